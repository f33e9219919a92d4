"""What the values of a touchpoint are by their names: numbers, days or texts."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

ParamKind = Literal["number", "date", "text"]

LONGEST_TEXT: Final = 200

_NUMBERS: Final = frozenset({"kwh", "times", "minutes", "level", "days", "score", "number", "amount"})
_OF_NUMBERS: Final = (
    *("_eur", "_ct", "_kwh", "_kw", "_minutes", "_hours", "_days", "_months", "_count", "_number", "_pct"),
    *("_gb", "_mb", "_mbit"),
)
_OF_DAYS: Final = ("_date", "_on")


def param_kind(name: str) -> ParamKind:
    """Return what a value by that name is: `amount_eur` is a number, `ends_on` a day, anything else a text."""
    if name in _NUMBERS or name.endswith(_OF_NUMBERS):
        return "number"
    return "date" if name.endswith(_OF_DAYS) else "text"


def fits(name: str, value: object) -> bool:
    """Whether a value is of the kind that its name says; a missing one always fits."""
    if value is None:
        return True
    match param_kind(name):
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "date":
            return isinstance(value, str) and _is_day(value)
        case "text":
            return isinstance(value, str) and len(value) <= LONGEST_TEXT


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
