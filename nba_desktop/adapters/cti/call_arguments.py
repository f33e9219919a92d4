"""The arguments that a telephone client starts `nba-desktop call` with, as the call URL that they stand for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Final, NoReturn

from nba_desktop.adapters.cti.call_url import MAX_LENGTH, build_call_url
from nba_desktop.domain.errors import CallUrlError

_PARAMETERS: Final = {
    "number": "the number at the other end",
    "id": "the telephone system's own id of the call; without it number and time tell which call is meant",
    "state": "ringing (if not given), answered, held, resumed or ended",
    "called": "the number that was called",
    "queue": "the queue the call came through",
    "customer_no": "the customer number, if the telephone system knows it",
    "direction": "inbound (if not given), outbound or internal",
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong without repeating an argument: it may be a number, or anything at all."""

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - the message is what must not be repeated
        raise CallUrlError("bad_arguments")


def call_url_of(arguments: Sequence[str]) -> str:
    """The call URL of `URL`, `-- URL` or `--number N [--id …] [--state …] …`; nothing else starts anything.

    What stands after `--` is a URL and never an option, so that a URL handler cannot be talked into one. The URL is
    judged by `parse_call_url`. `--help` prints and raises `SystemExit`. Raises `CallUrlError` (bad_arguments, too_long,
    bad_encoding).
    """
    if any(len(argument) > MAX_LENGTH for argument in arguments):
        raise CallUrlError("too_long")
    if arguments[:1] == ["--"]:
        if len(arguments) != 2:
            raise CallUrlError("bad_arguments")
        return arguments[1]
    options = vars(_parser().parse_args(arguments))
    url: str | None = options.pop("url")
    values = {name: value for name, value in options.items() if value is not None}
    if url is not None:
        if values:
            raise CallUrlError("bad_arguments")
        return url
    if not values:
        raise CallUrlError("bad_arguments")
    return build_call_url({"state": "ringing", **values})


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="nba-desktop call",
        description="Hand a call to the running panel, for telephone clients that open a URL or start a program.",
        allow_abbrev=False,
    )
    parser.add_argument("url", nargs="?", help="nba-desktop:call?number=…&id=…&state=ringing, instead of the options")
    for name, what in _PARAMETERS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", dest=name, metavar=name.upper(), help=what)
    return parser
