"""Sentences for one customer: templates filled with values, written as his language writes them.

A gap is `{attribute}`, or `{attribute:how}` with how one of `abs` (without sign) and `month` (name of the month).
A missing value shows as `[…]`, so that nobody reads out a sentence that is not true. Beside the attributes there is
`bonus_eur`, the bonus of the offer at hand: `with_bonus` adds it to the values for the words of one action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from string import Formatter
from typing import Final

from nba_desktop.backend.decisioning.attributes import Schema, Unit, Value
from nba_desktop.contract.base import Language

GAP: Final = "[…]"
HOWS: Final = ("abs", "month")
BONUS_GAP: Final = "bonus_eur"
_NBSP: Final = "\u00a0"
_YEAR_NEEDED_AFTER_DAYS: Final = 300
_SILENT: Final = frozenset({"", "years", "days"})
"""Units that the sentence says in words."""

_MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    "de": (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_WORDS: Final[dict[Language, dict[str, str]]] = {
    "de": {
        "above": "über",
        "below": "unter",
        "credit": "Guthaben",
        "back_payment": "Nachzahlung",
        "PHONE": "telefonisch",
        "EMAIL": "per E-Mail",
        "SMS": "per SMS",
        "POST": "per Post",
        "ANY": "persönlich",
        "or": "oder",
    },
    "en": {
        "above": "above",
        "below": "below",
        "credit": "credit",
        "back_payment": "back payment",
        "PHONE": "by phone",
        "EMAIL": "by e-mail",
        "SMS": "by text message",
        "POST": "by post",
        "ANY": "personally",
        "or": "or",
    },
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One `{name:how}` of a template."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Filler:
    """Everything a template of one decision is filled from."""

    schema: Schema
    values: Mapping[str, Value]
    language: Language
    today: date

    def fill(self, template: str, keep: frozenset[str] = frozenset()) -> str:
        """Fill every gap; names in `keep` are inputs of the guide and stay `{name}` for the panel."""
        if "{" not in template and "}" not in template:
            return template
        parts: list[str] = []
        for literal, name, how, _ in Formatter().parse(template):
            parts.append(literal)
            if name is not None:
                parts.append(f"{{{name}}}" if name in keep else self._written(name, how or ""))
        return "".join(parts)

    def with_bonus(self, eur: float) -> Filler:
        """The filler for the words of an action whose offer holds this bonus."""
        return replace(self, values={**self.values, BONUS_GAP: eur})

    def _written(self, name: str, how: str) -> str:
        value = self.values.get(name)
        if value is None or value == ():
            return GAP
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, date):
            return self._month(value) if how == "month" else written_date(value, self.language, self.today)
        if isinstance(value, int | float):
            unit: Unit = "eur" if name == BONUS_GAP else self.schema[name].unit
            return written_number(abs(value) if how == "abs" else value, unit, self.language)
        if isinstance(value, tuple):
            return self._listed(value)
        return value

    def _month(self, day: date) -> str:
        return _MONTHS[self.language][day.month - 1]

    def _listed(self, codes: tuple[str, ...]) -> str:
        words = [_WORDS[self.language].get(code, code) for code in codes]
        last = f" {_WORDS[self.language]['or']} "
        return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def gaps(template: str) -> tuple[Gap, ...]:
    """The gaps of a template; raise `ValueError` with a sentence when its braces are wrong."""
    found = []
    try:
        for _, name, how, conversion in Formatter().parse(template):
            if name is None:
                continue
            if conversion or not name.isidentifier():
                raise ValueError(f"'{{{name}}}' is not a name in braces")
            found.append(Gap(name, how or ""))
    except ValueError as error:
        if "in braces" in str(error):
            raise
        raise ValueError("a brace is not closed or not opened") from error
    return tuple(found)


def written_number(value: float, unit: Unit, language: Language) -> str:
    """A number with its unit: 1.234,50 €, €1,234.50, 14 %, 20 GB; whole amounts without cents."""
    if unit == "year":
        return str(int(value))
    whole = float(value).is_integer()
    decimals = 0 if whole else {"eur": 2, "ct": 2}.get(unit, 1)
    text = f"{value:,.{decimals}f}"
    if language == "de":
        text = text.translate(str.maketrans(",.", ".,"))
    text = text.replace("-", "−")
    match unit, language:
        case "eur", "de":
            return f"{text}{_NBSP}€"
        case "eur", "en":
            return f"−€{text[1:]}" if text.startswith("−") else f"€{text}"
        case "percent", "en":
            return f"{text}%"
        case "percent", "de":
            return f"{text}{_NBSP}%"
        case "ct", _:
            return f"{text}{_NBSP}ct"
        case "kwh", _:
            return f"{text}{_NBSP}kWh"
        case "kw", _:
            return f"{text}{_NBSP}kW"
    return text if unit in _SILENT else f"{text}{_NBSP}{unit}"


def written_date(day: date, language: Language, today: date) -> str:
    """A date as it is said: 1. Januar, 1 January; with the year when it is far from today."""
    month = _MONTHS[language][day.month - 1]
    text = f"{day.day}.{_NBSP}{month}" if language == "de" else f"{day.day}{_NBSP}{month}"
    return text if abs((day - today).days) <= _YEAR_NEEDED_AFTER_DAYS else f"{text} {day.year}"
