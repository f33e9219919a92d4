"""What the agent types at a step: read as his language writes it, kept in one form, written back the same way.

The kept form: a whole number `12345`, a number `12.5`, an amount `84` or `84.50`, a date `2026-12-01`, a text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from nba_desktop.contract.recommendation import StepInput

_BLANKS: Final = " \u00a0\u202f"
_MOST_DIGITS: Final = 12
_DECIMALS: Final = {"integer": 0, "amount": 2, "number": 4}
_EURO: Final = ("€", "euro", "eur")
_YEARS: Final = range(1900, 2200)
_YEARS_AHEAD: Final = 20
"""A year of two digits that would lie further ahead than this is one of the last century."""
_NUMBERS: Final = {
    # Grouping is the same sign throughout, and only before three digits: 12.5 is no German number, 12,5 no English one.
    True: re.compile(rf"([+-]?)(\d{{1,3}}(?:([.{_BLANKS}])\d{{3}}(?:\3\d{{3}})*)|\d+)(?:,(\d+))?", re.ASCII),
    False: re.compile(rf"([+-]?)(\d{{1,3}}(?:([,{_BLANKS}])\d{{3}}(?:\3\d{{3}})*)|\d+)(?:\.(\d+))?", re.ASCII),
}
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAYS: Final = {
    True: re.compile(r"(\d{1,2})\.\s*(\d{1,2})(?:\.\s*(\d{4}|\d{2})?)?", re.ASCII),
    False: re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?", re.ASCII),
}


class InputFault(StrEnum):
    """What is wrong with what was typed."""

    NOT_WHOLE = "not_whole"
    NOT_A_NUMBER = "not_a_number"
    NOT_AN_AMOUNT = "not_an_amount"
    NOT_A_DATE = "not_a_date"
    NO_SUCH_DAY = "no_such_day"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the value in its kept form, or a fault with the limit (in kept form) that it breaks."""

    value: str = ""
    fault: InputFault | None = None
    limit: str = ""


def read_input(asked: StepInput, typed: str, decimal_comma: bool, today: date) -> Reading:
    """Read what was typed; nothing typed is no value and no fault, it takes the entry back.

    With `decimal_comma` 1.234,5 and 01.12.2026, without 1,234.5 and 01/12/2026; 2026-12-01 in both. A day without a
    year is the next such day, or the last one where only that is within the limits.
    """
    text = " ".join(typed.split())
    if not text or asked.kind == "text":
        return Reading(text)
    if asked.kind == "date":
        return _read_day(asked, text, decimal_comma, today)
    return _read_number(asked, text, decimal_comma)


def as_typed(asked: StepInput, value: str, decimal_comma: bool) -> str:
    """A kept value as the agent would type it; reading it again gives the same value."""
    if not value or asked.kind == "text":
        return value
    if asked.kind == "date":
        day = date.fromisoformat(value)
        return (
            f"{day.day:02d}.{day.month:02d}.{day.year}"
            if decimal_comma
            else f"{day.day:02d}/{day.month:02d}/{day.year}"
        )
    text = f"{Decimal(value):,f}"
    return text.translate(str.maketrans(",.", ".,")) if decimal_comma else text


def _read_number(asked: StepInput, text: str, decimal_comma: bool) -> Reading:
    fault = {"integer": InputFault.NOT_WHOLE, "amount": InputFault.NOT_AN_AMOUNT}.get(
        asked.kind, InputFault.NOT_A_NUMBER
    )
    bare = _without_unit(text, (asked.unit, *_EURO) if asked.kind == "amount" else (asked.unit,))
    match = _NUMBERS[decimal_comma].fullmatch(bare)
    if match is None or len(match[4] or "") > _DECIMALS[asked.kind]:
        return Reading(fault=fault)
    digits = "".join(one for one in match[2] if one.isdigit())
    number = Decimal(f"{match[1]}{digits}.{match[4] or '0'}")
    least = Decimal(str(asked.least)) if asked.least is not None else Decimal(0)
    most = Decimal(str(asked.most)) if asked.most is not None else Decimal(10) ** _MOST_DIGITS - 1
    if number < least:
        return Reading(fault=InputFault.TOO_SMALL, limit=_kept(asked, least))
    if number > most:
        return Reading(fault=InputFault.TOO_LARGE, limit=_kept(asked, most))
    return Reading(_kept(asked, number))


def _kept(asked: StepInput, number: Decimal) -> str:
    if number == number.to_integral_value():
        return str(int(number))
    return f"{number:.2f}" if asked.kind == "amount" else f"{number.normalize():f}"


def _without_unit(text: str, units: tuple[str, ...]) -> str:
    folded = text.casefold()
    for unit in units:
        sign = unit.casefold()
        if sign and folded.endswith(sign):
            return text[: len(text) - len(sign)].rstrip()
        if sign and folded.startswith(sign):
            return text[len(sign) :].lstrip()
    return text


def _read_day(asked: StepInput, text: str, decimal_comma: bool, today: date) -> Reading:
    earliest, latest = _on(today, asked.least), _on(today, asked.most)
    iso = _ISO.fullmatch(text)
    if iso:
        day = _day(int(iso[1]), int(iso[2]), int(iso[3]))
        return _within(day, earliest, latest)
    match = _DAYS[decimal_comma].fullmatch(text)
    if match is None:
        return Reading(fault=InputFault.NOT_A_DATE)
    number, month = int(match[1]), int(match[2])
    if match[3]:
        year = int(match[3])
        if len(match[3]) == 2:
            year += 2000 if 2000 + year <= today.year + _YEARS_AHEAD else 1900
        return _within(_day(year, month, number), earliest, latest)
    return _nearest(lambda year: _day(year, month, number), today, earliest, latest)


def _nearest(in_year: Callable[[int], date | None], today: date, earliest: date | None, latest: date | None) -> Reading:
    days = [day for year in range(today.year - 8, today.year + 9) if (day := in_year(year)) is not None]
    next_one = min((day for day in days if day >= today), default=None)
    last_one = max((day for day in days if day < today), default=None)
    upcoming = _within(next_one, earliest, latest)
    if upcoming.fault is None or last_one is None:
        return upcoming
    past = _within(last_one, earliest, latest)
    return past if past.fault is None else upcoming


def _within(day: date | None, earliest: date | None, latest: date | None) -> Reading:
    if day is None:
        return Reading(fault=InputFault.NO_SUCH_DAY)
    if earliest is not None and day < earliest:
        return Reading(fault=InputFault.TOO_EARLY, limit=earliest.isoformat())
    if latest is not None and day > latest:
        return Reading(fault=InputFault.TOO_LATE, limit=latest.isoformat())
    return Reading(day.isoformat())


def _day(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _on(today: date, days: float | None) -> date | None:
    return None if days is None else today + timedelta(days=int(days))
