"""For other programs: one line of codes as its head, a point for decimals, UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from nba_desktop.backend.review.export.lines import ABOUT, COLUMNS, About, Cell

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_file(about: About, lines: Iterable[dict[str, Cell]]) -> bytes:
    """Return the lines as CSV (RFC 4180) with a byte order mark, by which spreadsheets know UTF-8.

    What they are of is in columns of its own behind the figures: a line before the head would be the head to most
    programs, and a line that is copied elsewhere takes its period and its notice with it.
    """
    said = {name: _harmless(value) for name, value in about.cells().items()}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, (*COLUMNS, *ABOUT), restval="")
    writer.writeheader()
    for line in lines:
        writer.writerow({name: _harmless(value) for name, value in line.items()} | said)
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: Cell) -> Cell:
    """Words that a spreadsheet would take for a formula get an apostrophe before them."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
