"""Telephone numbers as a source writes them, in the panel's words; `contract.numbers` understands them."""

from __future__ import annotations

from nba_desktop.contract.numbers import NumberFormat, NumberKind, NumberRules, classify, read_number
from nba_desktop.domain.call_event import Party
from nba_desktop.domain.errors import SettingsError

__all__ = ["NumberFormat", "NumberKind", "NumberSettings", "classify", "party"]


class NumberSettings(NumberRules):
    """How one source writes numbers, as this panel's settings say; raises `SettingsError`."""

    __slots__ = ()

    def __post_init__(self) -> None:
        try:
            super().__post_init__()
        except ValueError as error:
            raise SettingsError("number format", str(error)) from error


def party(raw: str, settings: NumberRules, *, withheld: bool = False) -> Party:
    """Make a `Party` of a number as the source wrote it.

    With `withheld` the number is dropped: the caller asked the network not to show it, so that it may neither be shown
    nor looked up.
    """
    if withheld:
        return Party(raw="", e164=None, presentation="restricted")
    number = read_number(raw, settings)
    return Party(raw=number.raw, e164=number.e164, presentation=number.presentation)
