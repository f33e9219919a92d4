"""A simulation's report for the terminal: as tables, or as one line of JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import zip_longest
from typing import Final

from nba_desktop.backend.analysis.simulation_cells import Table, count
from nba_desktop.backend.analysis.simulation_report import SimulationReport, VersionResult
from nba_desktop.backend.analysis.simulation_tables import tables_of

_MOST_RULES: Final = 25
_WIDTH: Final = 120
_LONGEST_WORD: Final = 32


def as_text(report: SimulationReport) -> str:
    """The report as tables."""
    lines = [*(line for one in heading(report) for line in _wrapped(one, "", "  ")), ""]
    for table in tables_of(report, _MOST_RULES):
        lines += [table.title, *_wrapped(table.note, "  ", "  "), *_written(table), ""]
    return "\n".join(lines).rstrip("\n")


def as_json(report: SimulationReport) -> str:
    """The report as one line of JSON, complete; moments as ISO 8601."""
    return json.dumps(asdict(report), default=_plain, ensure_ascii=False, allow_nan=False)


def heading(report: SimulationReport) -> tuple[str, ...]:
    """What was simulated, in a few lines."""
    source = (
        f"generated customers (seed {report.seed})"
        if report.source == "generated"
        else f"customers of the store (drawn with seed {report.seed})"
    )
    concern = "each with his most probable concern" if report.concern is None else f"all with concern {report.concern}"
    lines = [
        f"Simulation of {count(report.customers)} {source}, {report.at:%Y-%m-%d %H:%M} {report.at.tzname()}",
        f"{concern}, {'solved' if report.solved else 'not solved'}; load {report.load}; nothing is tried out",
        f"Version {_version(report.result)}",
    ]
    if report.against is not None:
        lines.append(f"compared with {_version(report.against)}")
    lines.append(f"{report.seconds:.1f} s, {count(report.customers_per_second)} customers a second")
    return tuple(lines)


def _version(result: VersionResult) -> str:
    skills = ", ".join(result.skills) or "none"
    return (
        f"{result.version} ({result.name}), model {result.model_version}; "
        f"agent's authority {result.authority or 'none'}, "
        f"skills: {skills}"
    )


def _written(table: Table) -> list[str]:
    """The rows as columns of equal width, wrapped where they are too wide; words to the left, numbers to the right."""
    if not table.rows:
        return []
    widths = _widths(table)
    if widths is None:
        return _stacked(table)
    heads = _lines(table.heads, widths, table.words, bottom=True) if any(table.heads) else []
    return heads + [line for row in table.rows for line in _lines(row, widths, table.words)]


def _widths(table: Table) -> list[int] | None:
    """The width of each column, the widest words wrapped; None where not even that is narrow enough."""
    rows = [table.heads, *table.rows]
    columns = list(zip(*rows, strict=True))
    least = [_longest_word(cells) for cells in columns[: table.words]]
    widths = [max(len(cell) for cell in cells) for cells in columns[: table.words]]
    widths += [max(_longest_word(cells[:1]), *(len(cell) for cell in cells[1:])) for cells in columns[table.words :]]
    while sum(widths) + 2 * len(widths) > _WIDTH:
        shrinking = [place for place in range(table.words) if widths[place] > least[place]]
        if not shrinking:
            return None
        widths[max(shrinking, key=lambda place: widths[place])] -= 1
    return widths


def _longest_word(cells: Sequence[str]) -> int:
    return min(max((len(word) for cell in cells for word in cell.split()), default=0), _LONGEST_WORD)


def _lines(row: Sequence[str], widths: Sequence[int], words: int, *, bottom: bool = False) -> list[str]:
    """One row of cells, over several lines where a cell is wrapped."""
    cells = [
        textwrap.wrap(cell, max(width, 1), break_on_hyphens=False) if place < words or bottom else [cell]
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    if bottom:
        most = max(len(one) for one in cells)
        cells = [[""] * (most - len(one)) + one for one in cells]
    return [
        "".join(
            f"  {part.ljust(width) if place < words else part.rjust(width)}"
            for place, (part, width) in enumerate(zip(parts, widths, strict=True))
        ).rstrip()
        for parts in zip_longest(*cells, fillvalue="")
    ]


def _stacked(table: Table) -> list[str]:
    """The words of each row above its numbers, where both do not fit beside each other."""
    numbers = list(zip(*(row[table.words :] for row in (table.heads, *table.rows)), strict=True))
    widths = [max(_longest_word(cells[:1]), *(len(cell) for cell in cells[1:])) for cells in numbers]
    lines: list[str] = []
    for place, row in enumerate((table.heads, *table.rows)):
        lines += _wrapped(" · ".join(row[: table.words]), "  ", "    ")
        lines += [f"  {line}" for line in _lines(row[table.words :], widths, 0, bottom=place == 0)]
    return lines


def _wrapped(text: str, first: str, others: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False
    )


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not JSON")
