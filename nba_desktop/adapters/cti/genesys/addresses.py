"""Addresses of Genesys Cloud (`tel:+49…`, `sip:…@…`) as parties of a call."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from nba_desktop.adapters.cti.numbers import NumberKind, NumberSettings, classify, party
from nba_desktop.domain.call_event import Party

_SCHEMES: Final = ("tel:", "sips:", "sip:")
_WITHHELD: Final = frozenset({"anonymous", "restricted", "withheld", "private", "blocked"})


def party_of(address: str, numbers: NumberSettings) -> Party:
    """Make a party of an address; what is no number (the SIP name of a user) is left out, for nobody can read it."""
    written = number_of(address)
    if is_withheld(written):
        return party("", numbers, withheld=True)
    if classify(written, numbers) is NumberKind.UNREADABLE:
        return Party()
    return party(written, numbers)


def is_withheld(number: str) -> bool:
    """Whether what stands for the number says that the caller does not want it shown."""
    return number.lower() in _WITHHELD


def number_of(address: str) -> str:
    """Return what stands for the number in an address: no scheme, parameters or host."""
    written = address.strip()
    scheme = next((one for one in _SCHEMES if written.lower().startswith(one)), "")
    number = unquote(written[len(scheme) :].partition(";")[0].partition("@")[0]).strip()
    return "".join(sign for sign in number if sign.isprintable())
