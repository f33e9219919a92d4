"""The tables of a review on paper: for each kind of line the rates first, then the other figures.

Of a line of which everything is hidden there is only the name, once, below the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from nba_desktop.backend.review.export.lines import AFTER_OBJECTIONS, RATES, TIMES, Cell
from nba_desktop.backend.review.export.words import export_word
from nba_desktop.contract.base import Language

_OF_PEOPLE: Final = (
    "name",
    "opportunities",
    "presentation",
    "acceptance",
    "per_opportunity",
    "conversion",
    "coverage",
    "expected",
    "statement",
)
_OF_ACTIONS: Final = _OF_PEOPLE[:-2]
_OF_OBJECTIONS: Final = ("name", "count", "accepted", "declined", "others", "statement")
_MORE_OF_ACTIONS: Final = ("name", "calls", "offer", "consent_asked", "consent_granted", "consent_confirmed", *TIMES)
_MORE_OF_PEOPLE: Final = (*_MORE_OF_ACTIONS, "follow_up_kept")
_TABLES: Final = (
    ("total", (_OF_ACTIONS, _MORE_OF_PEOPLE)),
    ("agent", (_OF_PEOPLE, _MORE_OF_PEOPLE)),
    ("action", (_OF_ACTIONS, _MORE_OF_ACTIONS)),
    ("objection", (_OF_OBJECTIONS,)),
    ("not_addressed", (("name", "count"),)),
)
_WIDTHS: Final = {"name": 2.0, "statement": 2.0, "opportunities": 1.7, "expected": 1.1, "calls": 1.0, "count": 0.8}
_USUAL: Final = 1.6
"""A rate with its interval on one line, and the head of a time on two."""
_OF_SEVERAL: Final = {"agent": "agents", "action": "actions", "objection": "objections"}
_NOTHING: Final = "–"


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Words as they are printed; `widths` are the columns' shares of the page, `note` stands below the rows."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def paper_tables(lines: Sequence[dict[str, Cell]], language: Language) -> Iterator[PaperTable]:
    """Yield the tables of those lines that there are."""
    for level, tables in _TABLES:
        shown = [line for line in lines if line["level"] == level]
        named: set[str] = set()
        for number, columns in enumerate(tables if shown else ()):
            title = export_word(_OF_SEVERAL.get(level, level) if len(shown) > 1 else level, language)
            hidden = [line for line in shown if _is_hidden(columns, line, language)]
            names = [name for name in (_words("name", line, language) for line in hidden) if name not in named]
            named.update(names)
            rows = tuple(
                tuple(_words(name, line, language) for name in columns) for line in shown if line not in hidden
            )
            if not rows and not names:
                continue
            yield PaperTable(
                title=f"{title} – {export_word('more_figures', language)}" if number else title,
                heads=tuple(_head(name, language) for name in columns),
                widths=tuple(_WIDTHS.get(name, _USUAL) for name in columns),
                rows=rows,
                note=f"{export_word('hidden', language)}: {', '.join(names)}" if names else "",
            )


def _is_hidden(columns: Sequence[str], line: dict[str, Cell], language: Language) -> bool:
    """Say whether nothing of a line can be shown in some columns because something of it is hidden."""
    figures = [name for name in columns if name not in ("name", "statement")]
    hides = any(name in (*RATES, *AFTER_OBJECTIONS) and f"{name}_percent" not in line for name in figures)
    return hides and all(_words(name, line, language) == _NOTHING for name in figures)


def _head(name: str, language: Language) -> str:
    return export_word(f"{name}_clock" if name in TIMES else name, language)


def _words(name: str, line: dict[str, Cell], language: Language) -> str:
    if name == "statement":
        said = str(line.get(name, ""))
        return export_word(f"often_{said}" if line["level"] == "objection" else said, language)
    if name == "name" and line["level"] == "not_addressed":
        return export_word(str(line["code"]), language)
    if f"{name}_percent" in line:
        value, low, high = (line.get(f"{name}_{part}") for part in ("percent", "low", "high"))
        interval = "" if low is None or high is None else f" ({_number(low, language)}–{_number(high, language)})"
        if value is None:
            return _NOTHING
        successes, trials = (_number(line.get(f"{name}_{part}"), language) for part in ("successes", "trials"))
        counts = f"{successes} {export_word('trials', language)} {trials}"
        return f"{_percent(value, language)}{interval}\n{counts}"
    value = line.get(name)
    if value is None or isinstance(value, str):
        return value or _NOTHING
    if name in TIMES:
        return _clock(int(value))
    return _percent(value, language) if isinstance(value, float) else _number(value, language)


def _clock(seconds: int) -> str:
    """A time as the screen writes it: 03:12, from one hour on 1:03:12."""
    hours, rest = divmod(seconds, 3600)
    clock = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{clock}" if hours else clock


def _percent(value: Cell, language: Language) -> str:
    return f"{_number(value, language)}\u00a0%" if language == "de" else f"{_number(value, language)}%"


def _number(value: Cell, language: Language) -> str:
    written = f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"
    return written.translate(str.maketrans(",.", ".,")) if language == "de" else written
