"""What a cell of a file says, in the notation of the system that wrote it: pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from decimal import Decimal
from math import inf
from typing import Any, Final, Literal

from nba_desktop.contract.numbers import NumberRules, read_number

CellType = Literal["text", "choice", "date", "moment", "integer", "number", "bool", "phone"]
Read = Callable[[Any], Any]
"""Reads a cell that is not empty; raises `Unfit`."""

EPOCH_S: Final = "epoch_s"
EPOCH_MS: Final = "epoch_ms"
"""Formats of moments that are numbers: seconds or milliseconds since 1970."""

_YEARS: Final = range(1900, 2200)
_LARGEST: Final = 2**31 - 1
_UNKEPT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Characters that no database keeps, or no line of text has."""


class Unfit(Exception):
    """A cell is not what it must be; the text is the rule it breaks, and never the cell."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How a system writes dates, numbers, truths and telephone numbers; formats as strftime has them, none is ISO."""

    zone: tzinfo
    date_formats: tuple[str, ...] = ()
    moment_formats: tuple[str, ...] = ()
    decimal: Literal[".", ","] = "."
    yes: frozenset[str] = frozenset({"true"})
    no: frozenset[str] = frozenset({"false"})
    numbers: NumberRules = field(default_factory=NumberRules)


def reader(
    kind: CellType,
    notation: Notation,
    choices: Collection[str] = (),
    longest: int = 200,
    latest: date | None = None,
) -> Read:
    """Return what reads cells of a type; `choices` and `longest` are for codes and texts, `latest` is for dates."""
    match kind:
        case "text":
            return _text(longest)
        case "choice":
            return _choice(choices)
        case "date":
            return _date(notation, latest)
        case "moment":
            return _moment(notation)
        case "integer" | "number":
            return _number(notation.decimal, whole=kind == "integer")
        case "bool":
            return _truth(notation)
        case "phone":
            return _phone(notation.numbers)


def as_text(cell: Any) -> str:
    """Return what is written in a cell; raises `Unfit` for what is no single value."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, int | float | Decimal):
        return str(cell)
    if isinstance(cell, date | datetime):
        return cell.isoformat()
    raise Unfit("is no single value")


def _text(longest: int) -> Read:
    def read(cell: Any) -> str:
        text = as_text(cell)
        if len(text) > longest:
            raise Unfit(f"is longer than {longest} characters")
        if _UNKEPT.search(text):
            raise Unfit("holds a control character")
        return text

    return read


def _choice(choices: Collection[str]) -> Read:
    known = {one: one for one in choices}
    rule = f"is none of {', '.join(sorted(known))}: the mapping can translate it with 'codes'"

    def read(cell: Any) -> str:
        found = known.get(as_text(cell))
        if found is None:
            raise Unfit(rule)
        return found

    return read


def _date(notation: Notation, latest: date | None) -> Read:
    formats = notation.date_formats
    # A year of two digits says no century.
    short = any("%y" in one for one in formats)
    rule = f"is no date as {' or '.join(formats) or '2026-03-12'}"

    def read(cell: Any) -> date:
        day: date
        if isinstance(cell, datetime):
            day = (cell if cell.tzinfo is None else cell.astimezone(notation.zone)).date()
        elif isinstance(cell, date):
            day = cell
        else:
            found = _parsed(as_text(cell), formats, date.fromisoformat)
            if found is None:
                raise Unfit(rule)
            day = found.date() if isinstance(found, datetime) else found
            if short and latest is not None and day > latest and str(day.year) not in as_text(cell):
                day = day.replace(year=day.year - 100)
        _check_year(day)
        if latest is not None and day > latest:
            raise Unfit(f"lies after {latest}")
        return day

    return read


def _moment(notation: Notation) -> Read:
    formats = tuple(one for one in notation.moment_formats if one not in {EPOCH_S, EPOCH_MS})
    parts = {EPOCH_S: 1, EPOCH_MS: 1000}
    epoch = next((parts[one] for one in notation.moment_formats if one in parts), None)
    rule = f"is no moment as {' or '.join(notation.moment_formats) or '2026-03-12T14:30'}"

    def read(cell: Any) -> datetime:
        if isinstance(cell, datetime):
            at = cell
        elif isinstance(cell, date):
            at = datetime.combine(cell, time())
        elif epoch is not None:
            try:
                at = datetime.fromtimestamp(float(as_text(cell)) / epoch, UTC)
            except (ValueError, OverflowError, OSError):
                raise Unfit(rule) from None
        else:
            found = _parsed(as_text(cell), formats, datetime.fromisoformat)
            if found is None:
                raise Unfit(rule)
            at = found
        _check_year(at)
        if at.tzinfo is None:
            at = at.replace(tzinfo=notation.zone)
        return at.astimezone(UTC)

    return read


def _parsed(text: str, formats: tuple[str, ...], iso: Callable[[str], Any]) -> Any:
    if not formats:
        try:
            return iso(text)
        except ValueError:
            return None
    for one in formats:
        try:
            return datetime.strptime(text, one)  # noqa: DTZ007 (the zone follows where the format has none)
        except ValueError:
            continue
    return None


def _check_year(day: date) -> None:
    if day.year not in _YEARS:
        raise Unfit(f"lies outside of the years {_YEARS.start} to {_YEARS.stop - 1}")


def _number(decimal: str, whole: bool) -> Read:
    group = "." if decimal == "," else ","
    form = re.compile(rf"[+-]?(?:\d+|\d{{1,3}}(?:[{group}'\u00a0\u202f]\d{{3}})+)(?:[{decimal}](\d+))?")
    grouping = str.maketrans("", "", f"{group}'\u00a0\u202f")
    shape = f"1{group}234" if whole else f"1{group}234{decimal}56"
    rule = f"is no {'whole ' if whole else ''}number as {shape}"

    def read(cell: Any) -> int | float:
        if isinstance(cell, bool):
            raise Unfit(rule)
        if isinstance(cell, int | float | Decimal):
            # A whole number may be larger than any that has a fraction.
            value = float(cell) if not isinstance(cell, int) or abs(cell) <= _LARGEST else inf
            exact = value.is_integer()
        else:
            found = form.fullmatch(as_text(cell))
            if found is None:
                raise Unfit(rule)
            exact = not (found[1] or "").strip("0")
            value = float(found[0].translate(grouping).replace(",", "."))
        if not abs(value) <= _LARGEST:
            raise Unfit("is too large")
        if not whole:
            return value
        if not exact:
            raise Unfit(rule)
        return int(value)

    return read


def _truth(notation: Notation) -> Read:
    known = {one.casefold(): True for one in notation.yes} | {one.casefold(): False for one in notation.no}
    rule = f"is none of {', '.join(sorted(known))}: the mapping names them as 'yes' and 'no'"

    def read(cell: Any) -> bool:
        if isinstance(cell, bool):
            return cell
        found = known.get(as_text(cell).casefold())
        if found is None:
            raise Unfit(rule)
        return found

    return read


def _phone(rules: NumberRules) -> Read:
    rule = f"is no telephone number as the mapping says ({rules.format.value}, {rules.region})"

    def read(cell: Any) -> str:
        number = read_number(as_text(cell), rules).e164
        if number is None:
            raise Unfit(rule)
        return number

    return read
