"""The call URL that a telephone client starts the program with. Whatever comes is hostile until it is read."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import unquote_to_bytes

from nba_desktop.adapters.cti.numbers import NumberKind, NumberSettings, classify, party
from nba_desktop.contract.base import new_id
from nba_desktop.domain.call_event import Attached, CallEvent, CallEventType, Direction, Party
from nba_desktop.domain.errors import CallUrlError

MAX_LENGTH: Final = 2048
SOURCE: Final = "call_url"

_SCHEME: Final = "nba-desktop:"
_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_STATES: Final = {
    "ringing": CallEventType.RINGING,
    "answered": CallEventType.ANSWERED,
    "ended": CallEventType.ENDED,
    "held": CallEventType.HELD,
    "resumed": CallEventType.RESUMED,
}
_DIRECTIONS: Final[dict[str, Direction]] = {"inbound": "inbound", "outbound": "outbound", "internal": "internal"}
_REQUIRED: Final = ("id", "state")
_SHAPES: Final = {
    "number": re.compile(r"[+0-9*#][0-9*# ()/.\-]{0,31}|[A-Za-z]{0,16}"),
    "id": re.compile(r"[A-Za-z0-9._:@\-]{1,128}"),
    "state": re.compile("|".join(_STATES)),
    "queue": re.compile(r"[\w .\-]{1,64}"),
    "customer_no": re.compile(r"[A-Za-z0-9._/\-]{1,64}"),
    "direction": re.compile("|".join(_DIRECTIONS)),
}


def parse_call_url(text: str, numbers: NumberSettings, now: datetime) -> CallEvent:
    """Read `nba-desktop:call?number=…&id=…&state=…` (optional: queue, customer_no, direction) received `now` (UTC).

    Raises `CallUrlError` with one of the reasons too_long, control_character, wrong_scheme, unknown_command,
    bad_encoding, unknown_parameter, duplicate_parameter, missing_parameter, and bad_ with the parameter's name.
    """
    values = _values(_query(text))
    type_ = _STATES[values["state"]]
    direction = _DIRECTIONS[values.get("direction", "inbound")]
    other = _party(values.get("number", ""), numbers)
    outbound = direction == "outbound"
    return CallEvent(
        event_id=str(new_id()),
        source=SOURCE,
        type=type_,
        occurred_at=now,
        received_at=now,
        interaction_id=values["id"],
        leg_id=values["id"],
        direction=direction,
        caller=Party() if outbound else other,
        called=other if outbound else Party(),
        queue=values.get("queue"),
        attached=Attached(customer_no=values.get("customer_no")),
    )


def _query(text: str) -> str:
    if len(text) > MAX_LENGTH:
        raise CallUrlError("too_long")
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in text):
        raise CallUrlError("control_character")
    if text[: len(_SCHEME)].lower() != _SCHEME:
        raise CallUrlError("wrong_scheme")
    command, _, query = text[len(_SCHEME) :].partition("?")
    # Some systems write `scheme://call/?…` whatever was registered.
    if command.removeprefix("//").removesuffix("/") != "call":
        raise CallUrlError("unknown_command")
    return query


def _values(query: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for part in query.split("&"):
        name, _, escaped = part.partition("=")
        if name not in _SHAPES:
            raise CallUrlError("unknown_parameter")
        if name in values:
            raise CallUrlError("duplicate_parameter")
        value = _unescape(escaped)
        if not _SHAPES[name].fullmatch(value):
            raise CallUrlError(f"bad_{name}")
        values[name] = value
    if any(name not in values for name in _REQUIRED):
        raise CallUrlError("missing_parameter")
    return values


def _unescape(escaped: str) -> str:
    if _ESCAPE.search(escaped):
        raise CallUrlError("bad_encoding")
    try:
        # A plus stays a plus: telephone clients put the number in as it is.
        return unquote_to_bytes(escaped).decode("utf-8")
    except UnicodeError:
        raise CallUrlError("bad_encoding") from None


def _party(number: str, numbers: NumberSettings) -> Party:
    if number.isalpha() and classify(number, numbers) is NumberKind.UNREADABLE:
        raise CallUrlError("bad_number")
    return party(number, numbers)
