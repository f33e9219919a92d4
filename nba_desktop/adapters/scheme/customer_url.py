"""The address that a CRM opens the panel with: a customer's number, and nothing else is taken."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_plus

from nba_desktop.adapters.scheme.state import SCHEME
from nba_desktop.contract.customer_no import ADDRESSABLE, is_addressable
from nba_desktop.domain.errors import CallUrlError

LONGEST: Final = 2048

_COMMAND: Final = re.compile(rf"{SCHEME}:(?://)?customer/?(?:\?|$)", re.IGNORECASE)
_KEY: Final = "customer_no="


def names_customer(text: str) -> bool:
    """Whether this is about a customer, well written or not; a call otherwise."""
    return _COMMAND.match(text) is not None


def parse_customer_url(text: str) -> str:
    """Read the number out of `nba-desktop:customer?customer_no=K-104776`.

    Raises `CallUrlError` with one of the reasons too_long, unknown_command, unknown_parameter and bad_customer_no.
    """
    if len(text) > LONGEST:
        raise CallUrlError("too_long")
    command = _COMMAND.match(text)
    if command is None:
        raise CallUrlError("unknown_command")
    query = text[command.end() :]
    if not query.startswith(_KEY) or "&" in query:
        raise CallUrlError("unknown_parameter")
    # Broken escapes come out as signs that no number has, and so would "+", which forms write for a blank.
    customer_no = unquote_plus(query.removeprefix(_KEY)).strip(" ")
    if not is_addressable(customer_no):
        raise CallUrlError("bad_customer_no", f"the customer number is not {ADDRESSABLE}")
    return customer_no
