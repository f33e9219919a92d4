"""For a spreadsheet: the figures on one sheet, what they are of on another."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter

from nba_desktop.backend.review.export.about import about_lines
from nba_desktop.backend.review.export.lines import AFTER_OBJECTIONS, COLUMNS, RATES, About, Cell
from nba_desktop.backend.review.export.words import export_word
from nba_desktop.contract.base import Language


def xlsx_file(about: About, lines: Iterable[dict[str, Cell]]) -> bytes:
    """Return a workbook with headings and statements in the language asked for."""
    content = io.BytesIO()
    language = about.language
    # Words stay words, whatever they begin with.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"bold": True, "text_wrap": True})
        share = book.add_format({"num_format": "0.0"})
        sheet = book.add_worksheet(export_word("figures", language))
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, heading(name, language), wrapped)
        for row, line in enumerate(lines, start=1):
            for column, name in enumerate(COLUMNS):
                value = line.get(name)
                if isinstance(value, str):
                    coded = name in ("level", "statement") or (name == "name" and line["level"] == "not_addressed")
                    sheet.write_string(row, column, export_word(value, language) if coded else value)
                elif value is not None:
                    sheet.write_number(row, column, value, share if isinstance(value, float) else None)
        sheet.freeze_panes(1, 3)
        sheet.set_column(0, 1, 14)
        sheet.set_column(2, 2, 34)
        explained = book.add_worksheet(export_word("about", language))
        for row, (name, words) in enumerate(about_lines(about)):
            explained.write_string(row, 0, name, bold)
            explained.write_string(row, 1, words)
        explained.set_column(0, 0, 24)
        explained.set_column(1, 1, 70)
    return content.getvalue()


def heading(name: str, language: Language) -> str:
    """Return the heading of a column in words."""
    for rate in (*RATES, *AFTER_OBJECTIONS):
        part = name.removeprefix(f"{rate}_")
        if part != name:
            return f"{export_word(rate, language)}, {export_word(part, language)}"
    return export_word(name, language)
