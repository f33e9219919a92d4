"""For other programs: one line of codes as its head, a point for decimals, UTF-8."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from nba_desktop.backend.review.export.lines import COLUMNS, Cell

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_file(lines: Iterable[dict[str, Cell]]) -> bytes:
    """Return the lines as CSV (RFC 4180) with a byte order mark, by which spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    for line in lines:
        writer.writerow({name: _harmless(value) for name, value in line.items()})
    return text.getvalue().encode("utf-8-sig")


def _harmless(value: Cell) -> Cell:
    """Words that a spreadsheet would take for a formula get an apostrophe before them."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
