"""The export to be printed: an A4 document with the same words as the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from nba_desktop.backend.subject.export import Export
from nba_desktop.backend.subject.reading import Readable, ReadableEntry

_MARGIN_MM: Final = 20
_LABEL_MM: Final = 60
_LINE_MM: Final = 4.5
_SMALL: Final = 8
_TOGETHER: Final = 8
"""Lines that stay on one page: a heading with what follows it, and a text that is no longer."""
_GREY: Final = (90, 98, 108)
_COMPACT: Final = frozenset({"events", "exposures", "recommended_actions", "touchpoints"})
"""Sections with many short entries: each is one paragraph."""
_PAGES: Final = "{pages}"
"""What stands in the foot until the number of pages is known."""


def as_pdf(export: Export, fonts: Path) -> bytes:
    """Return the document; `fonts` is the folder with the product's own."""
    readable = Readable(export.language, export.zone, export.own_words)
    pages = _Pages(readable, fonts)
    pages.set_lang(export.language)
    pages.set_creation_date(export.made_at)
    pages.add_page()
    pages.heading(readable.word("title"), 16)
    if export.only_proof:
        pages.words(readable.word("erased_only_proof"))
    pages.heading(readable.word("about"), 12)
    pages.entry(readable.entry(export.about))
    for name, entries in export.sections():
        pages.heading(readable.word(name), 12)
        empty = True
        for entry in entries:
            empty = False
            read = readable.entry(entry)
            if name in _COMPACT:
                pages.paragraph(read)
            else:
                pages.entry(read)
        if empty:
            pages.words(readable.word("none"))
    return bytes(pages.output())


class _Pages(FPDF):
    """Pages with a foot, headings, and entries."""

    def __init__(self, readable: Readable, fonts: Path) -> None:
        super().__init__(format="A4")
        self._page_word = readable.word("page")
        self.set_margin(_MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=_MARGIN_MM)
        self.add_font("Inter", "", fonts / "Inter-Regular.ttf")
        self.add_font("Inter", "B", fonts / "Inter-SemiBold.ttf")
        self.set_title(readable.word("title"))
        self.alias_nb_pages(_PAGES)
        self._widths: dict[str, float] = {}

    def footer(self) -> None:
        """Number the pages: one that is missing is seen."""
        self.set_y(-15)
        self.set_font("Inter", "", 8)
        self.set_text_color(*_GREY)
        self.cell(0, 10, f"{self._page_word} {self.page_no()}/{_PAGES}", align="R")
        self.set_text_color(0)

    def heading(self, text: str, size: int) -> None:
        """A line that begins a part, never the last one of a page."""
        self._keep(_TOGETHER)
        self.ln(_LINE_MM)
        self.set_font("Inter", "B", size)
        self.multi_cell(0, size * 0.5, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.ln(1)

    def words(self, text: str) -> None:
        """Words over the whole width."""
        self.set_font("Inter", "", 9)
        self.multi_cell(0, _LINE_MM, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def paragraph(self, entry: ReadableEntry) -> None:
        """An entry as one paragraph."""
        said = "; ".join(f"{label}: {text}" for label, text in entry.lines)
        lines = self._broken(said, self._room(0))
        self._keep(len(lines) + 1)
        self.set_font("Inter", "B", _SMALL)
        self.cell(0, _LINE_MM, entry.heading, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_font("Inter", "", _SMALL)
        self._print(lines, 0)
        self.ln(1)

    def entry(self, entry: ReadableEntry) -> None:
        """An entry with its lines."""
        if entry.heading:
            self._keep(3)
            self.set_font("Inter", "B", 9)
            self.multi_cell(0, _LINE_MM, entry.heading, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_font("Inter", "", _SMALL)
        for label, text in entry.lines:
            lines = self._broken(text, self._room(_LABEL_MM))
            self._keep(len(lines))
            self.set_text_color(*_GREY)
            self.cell(_LABEL_MM, _LINE_MM, label)
            self.set_text_color(0)
            self._print(lines, _LABEL_MM)
        self.ln(1.5)

    def _keep(self, lines: int) -> None:
        """Begin a page where so many lines would not fit on this one any more, if they are few."""
        if lines <= _TOGETHER and self.will_page_break(lines * _LINE_MM):
            self.add_page()

    def _room(self, indent: float) -> float:
        return self.epw - indent - 2 * self.c_margin

    def _print(self, lines: Sequence[str], indent: float) -> None:
        for line in lines:
            self.set_x(self.l_margin + indent)
            self.cell(0, _LINE_MM, line, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _broken(self, text: str, width: float) -> list[str]:
        """Break a paragraph of the small font into lines.

        What the library offers for it measures each line anew with every letter, a minute for a long history.
        """
        self.set_font("Inter", "", _SMALL)
        return list(self._lines(text, width)) or [""]

    def _lines(self, text: str, width: float) -> Iterator[str]:
        line, used = "", 0.0
        for word in text.split():
            wide = self._wide(word)
            if line and used + self._wide(" ") + wide <= width:
                line, used = f"{line} {word}", used + self._wide(" ") + wide
                continue
            if line:
                yield line
            while wide > width:
                # Without a place to break, such as a hash.
                fitting = max(1, int(len(word) * width / wide) - 1)
                yield word[:fitting]
                word = word[fitting:]
                wide = self._wide(word)
            line, used = word, wide
        if line:
            yield line

    def _wide(self, word: str) -> float:
        """How wide a word is in the small font; most words come again."""
        if word not in self._widths:
            self._widths[word] = self.get_string_width(word)
        return self._widths[word]
