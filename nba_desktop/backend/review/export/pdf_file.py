"""For paper: what it is of, then tables of each kind of line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from nba_desktop.backend.review.export.about import about_lines
from nba_desktop.backend.review.export.lines import About, Cell
from nba_desktop.backend.review.export.paper_tables import PaperTable, paper_tables
from nba_desktop.backend.review.export.words import export_word

_MARGIN_MM: Final = 15
_HEAD_MM: Final = 30
"""A title stands on one page with the heads of its table and a line of it."""
_LEAST_SHARE_MM: Final = 34
"""A table of few columns is no wider than this for each share: else its words stand far apart."""
_GREY: Final = (90, 98, 108)
_RULE: Final = (221, 227, 234)


def pdf_file(about: About, lines: Sequence[dict[str, Cell]], fonts: Path) -> bytes:
    """Return an A4 document in landscape; `fonts` is the folder with the product's own."""
    page = _Pages(about, fonts)
    page.add_page()
    page.set_font("Inter", "B", 15)
    page.cell(0, 8, page.word("title"), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    for name, words in about_lines(about):
        page.fact(name, words)
    for table in paper_tables(lines, about.language):
        page.ln(4)
        if page.will_page_break(_HEAD_MM):
            page.add_page()
        page.set_font("Inter", "B", 11)
        page.cell(0, 7, table.title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        page.put(table)
    page.ln(3)
    page.set_font("Inter", "", 8)
    legend = page.word("interval").format(level=f"{100 * about.head.level:g}")
    page.multi_cell(0, 4, legend, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
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
        self.multi_cell(0, 5, words, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def put(self, table: PaperTable) -> None:
        """A table with one row for each line, and what is said below it."""
        if table.rows:
            self._grid(table)
        if table.note:
            self.ln(1)
            self.set_font("Inter", "", 8)
            self.multi_cell(0, 4, table.note, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _grid(self, table: PaperTable) -> None:
        self.set_font("Inter", "", 8)
        self.set_draw_color(*_RULE)
        heads = FontFace(emphasis="BOLD", color=_GREY)
        with self.table(
            borders_layout="HORIZONTAL_LINES",
            col_widths=table.widths,
            headings_style=heads,
            text_align="LEFT",
            line_height=4.2,
            padding=(0.9, 1),
            width=min(self.epw, sum(table.widths) * _LEAST_SHARE_MM),
            align="LEFT",
        ) as grid:
            grid.row(table.heads)
            for row in table.rows:
                grid.row(row)
