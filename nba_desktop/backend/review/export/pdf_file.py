"""For paper: what it is of, then a table of each kind of line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from nba_desktop.backend.review.export.about import about_lines
from nba_desktop.backend.review.export.lines import About, Cell
from nba_desktop.backend.review.export.words import export_word

_MARGIN_MM: Final = 15
_GREY: Final = (90, 98, 108)
_RULE: Final = (221, 227, 234)
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
_TABLES: Final = (
    ("total", _OF_ACTIONS),
    ("agent", _OF_PEOPLE),
    ("action", _OF_ACTIONS),
    ("objection", _OF_OBJECTIONS),
    ("not_addressed", ("name", "count")),
)
_WIDE: Final = {"name": 2.6, "statement": 2.2, "opportunities": 1.9}


def pdf_file(about: About, lines: Sequence[dict[str, Cell]], fonts: Path) -> bytes:
    """Return an A4 document in landscape; `fonts` is the folder with the product's own."""
    page = _Pages(about, fonts)
    page.add_page()
    page.set_font("Inter", "B", 15)
    page.cell(0, 8, page.word("title"), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    for name, words in about_lines(about):
        page.fact(name, words)
    for level, columns in _TABLES:
        shown = [line for line in lines if line["level"] == level]
        if shown:
            page.ln(4)
            page.set_font("Inter", "B", 11)
            page.cell(0, 7, page.word(level), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            page.table_of(columns, shown)
    page.ln(3)
    page.set_font("Inter", "", 8)
    page.multi_cell(0, 4, page.word("interval"), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    return bytes(page.output())


class _Pages(FPDF):
    """Pages with the notice and a number at their foot."""

    def __init__(self, about: About, fonts: Path) -> None:
        super().__init__(orientation="landscape", format="A4")
        self._about = about
        self.set_margin(_MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=_MARGIN_MM)
        self.add_font("Inter", "", fonts / "Inter-Regular.ttf")
        self.add_font("Inter", "B", fonts / "Inter-SemiBold.ttf")
        self.set_title(self.word("title"))
        self.set_lang(about.language)
        self.set_creation_date(about.head.counted_until)

    def word(self, key: str) -> str:
        """The word in the file's language."""
        return export_word(key, self._about.language)

    def footer(self) -> None:
        """Say on every page what the figures may not be used for."""
        self.set_y(-12)
        self.set_font("Inter", "", 8)
        self.set_text_color(*_GREY)
        self.cell(0, 8, self._about.head.notice)
        self.cell(0, 8, f"{self.word('page')} {self.page_no()}/{{nb}}", align="R")
        self.set_text_color(0)

    def fact(self, name: str, words: str) -> None:
        """A line of what the figures are of."""
        self.set_font("Inter", "", 9)
        self.set_text_color(*_GREY)
        self.cell(45, 5, name)
        self.set_text_color(0)
        self.multi_cell(0, 5, words, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def table_of(self, columns: Sequence[str], lines: Sequence[dict[str, Cell]]) -> None:
        """A table with one row for each line."""
        self.set_font("Inter", "", 8)
        self.set_draw_color(*_RULE)
        widths = tuple(_WIDE.get(name, 1.6) for name in columns)
        heads = FontFace(emphasis="BOLD", color=_GREY)
        with self.table(
            borders_layout="HORIZONTAL_LINES",
            col_widths=widths,
            headings_style=heads,
            text_align="LEFT",
            line_height=4.5,
        ) as table:
            table.row([self.word(name) for name in columns])
            for line in lines:
                table.row([self._words(name, line) for name in columns])

    def _words(self, name: str, line: dict[str, Cell]) -> str:
        if name == "statement":
            said = str(line.get(name, ""))
            return self.word(f"often_{said}" if line["level"] == "objection" else said)
        if name == "name" and line["level"] == "not_addressed":
            return self.word(str(line["code"]))
        if f"{name}_percent" in line:
            value, low, high = (line.get(f"{name}_{part}") for part in ("percent", "low", "high"))
            interval = "" if low is None or high is None else f" ({self._number(low)}–{self._number(high)})"
            return "–" if value is None else f"{self._number(value)}\u00a0%{interval}"
        value = line.get(name)
        if value is None or isinstance(value, str):
            return value or "–"
        return f"{self._number(value)}\u00a0%" if isinstance(value, float) else self._number(value)

    def _number(self, value: Cell) -> str:
        written = f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"
        return written.translate(str.maketrans(",.", ".,")) if self._about.language == "de" else written
