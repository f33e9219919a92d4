"""What can go wrong on the line to Genesys Cloud, in the codes of `LinkState`; foreign exceptions end here."""

from __future__ import annotations

from nba_desktop.adapters.network.trouble import trouble_of


class LineTrouble(Exception):
    """The line is lost or does not come up; never leaves this package.

    `code` is one of `LinkState`'s. `lacking` names the permission that is missing, `retry_after_ms` what the service
    asks to wait.
    """

    def __init__(self, code: str, *, retry_after_ms: int = 0, lacking: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.retry_after_ms = retry_after_ms
        self.lacking = lacking


class TokenRefused(LineTrouble):
    """The service does not take the access token (any more)."""

    def __init__(self) -> None:
        super().__init__("login_refused")


def line_trouble(error: BaseException) -> LineTrouble:
    """Translate what `requests`, `websockets` or a socket raised."""
    return LineTrouble(trouble_of(error).value)
