"""How a value that is not well formed is probably meant: numbers, dates, true or false, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from annotated_types import Ge, Gt, Le, Lt

_UNITS: Final = re.compile(r"\s*(€|eur|euro|kwh|min|minuten|minutes|tage|days)\.?$", re.IGNORECASE)
_YES: Final = {"ja": "true", "yes": "true", "wahr": "true", "nein": "false", "no": "false", "falsch": "false"}


def number_hint(given: Any, *, whole: bool = False) -> str:
    """`0,4`, `40 %` or `95 €` as a catalogue writes them; what a number looks like, where it cannot be told."""
    example = "write a whole number such as 30" if whole else "write a number such as 40 or 0.4"
    if not isinstance(given, str):
        return example
    text = _UNITS.sub("", given.strip().removeprefix("€").strip())
    percent = text.endswith("%")
    text = text.removesuffix("%").strip()
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text) and not percent:
        text = text.replace(",", ".")
        return f"write {text.replace('.', '')} or {float(text):g}"
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+,\d+|\d+,\d+|[1-9]\d{0,2}(\.\d{3}){2,}", text):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text):
        return example
    number = float(text) / 100 if percent and not whole else float(text)
    return example if whole and not number.is_integer() else f"write {number:.12g}"


def date_hint(given: Any, *, last: bool) -> str:
    """A day as year-month-day; of a mere year the `last` day or the first."""
    text = str(given).strip()
    day: date | None = None
    if re.fullmatch(r"[12]\d{3}", text):
        day = date(int(text), 12, 31) if last else date(int(text), 1, 1)
    for form in ("%d.%m.%Y", "%d.%m.%y", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d"):
        day = day or _day(text, form)
    if day is None and re.match(r"\d{4}-\d\d-\d\d[T ]", text):
        day = _day(text[:10], "%Y-%m-%d")
    if day is None and re.fullmatch(r"\d{4}-\d\d?-\d\d?|\d\d?\.\d\d?\.\d{4}", text):
        return "the calendar has no such day"
    return f"write {day or '2026-12-31, with the year first'}"


def _day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007
    except ValueError:
        return None


def truth_hint(given: Any) -> str:
    """`ja` and `nein` as a catalogue writes them."""
    return f"write {_YES.get(str(given).strip().lower(), 'true or false')}"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number may be, in words; None where there is no bound."""

    least: float | None
    most: float | None
    above: bool = False
    below: bool = False

    def hint(self, given: Any) -> str:
        """What is allowed, and for a percentage where a share belongs the share."""
        words = self._words(given)
        if isinstance(given, int | float) and self.least == 0 and self.most == 1 and 1 < given <= 100:
            share = given / 100
            if share < 1 or not self.below:
                return f"{words}: write {share:.12g}"
        return words

    def _words(self, given: Any) -> str:
        least, most = self.least, self.most
        if least is None or most is None:
            if least is not None:
                return f"{'more than' if self.above else 'at least'} {least:g}"
            return "" if most is None else f"{'less than' if self.below else 'at most'} {most:g}"
        if self.above and given == least:
            return f"more than {least:g}"
        if self.below and given == most:
            return f"less than {most:g}"
        return f"between {least:g} and {most:g}"


def bounds_of(metadata: Iterable[Any]) -> Bounds:
    """The bounds that a field's metadata declare."""
    least: Any = None
    most: Any = None
    above = below = False
    for one in metadata:
        match one:
            case Gt(gt=bound):
                least, above = bound, True
            case Ge(ge=bound):
                least = bound
            case Lt(lt=bound):
                most, below = bound, True
            case Le(le=bound):
                most = bound
    return Bounds(least, most, above, below)
