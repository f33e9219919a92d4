"""Try single sign-on by hand: `python -m tests.oidc` runs the tests' provider on loopback until Ctrl+C or SIGTERM.

It prints what backend and panel need to know of it, and the token of a person for `sign-in check --token`.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.oidc.browser import sign_in
from tests.oidc.provider import USERS, oidc_provider
from tests.oidc.site_file import sign_in_file

_WORK_DAY_S = 8 * 3600


def main() -> None:
    """Run the provider until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.oidc", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="its port; a free one unless told")
    parser.add_argument("--sign-in-as", choices=sorted(USERS), default="anna", help="who signs in (default: anna)")
    args = parser.parse_args()
    with (
        until_ended(),
        tempfile.TemporaryDirectory() as folder,
        oidc_provider(port=args.port, sign_in_as=args.sign_in_as, access_token_s=_WORK_DAY_S) as provider,
    ):
        site_file, token_file = sign_in_file(provider, Path(folder)), Path(folder) / "token.txt"
        token_file.write_text(sign_in(provider)["access_token"], encoding="ascii")
        sys.stdout.write(
            f"sign_in.issuer     {provider.issuer}\n"
            f"sign_in.client_id  {provider.client_id}\n"
            f"sign_in.yaml       {site_file}\n"
            f"token of {args.sign_in_as:<9} {token_file}\n\n{token_file.read_text(encoding='ascii')}\n\n"
            f"nba-desktop-backend sign-in check {site_file} --token {token_file}\n"
            "Ctrl+C ends it, and deletes the files.\n"
        )
        sys.stdout.flush()
        threading.Event().wait()


@contextmanager
def until_ended() -> Iterator[None]:
    """Leave the block in order, whether Ctrl+C or SIGTERM ends it."""
    # A shell that starts it in the background has Ctrl+C ignored.
    before = {one: signal.signal(one, signal.default_int_handler) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


if __name__ == "__main__":
    main()
