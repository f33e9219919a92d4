"""The export as one web page that needs nothing else: read on a screen, by a screen reader, or printed."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from nba_desktop.backend.subject.export import SECTIONS, Export
from nba_desktop.backend.subject.reading import Readable, ReadableEntry

_STYLE: Final = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1d21;
  background: #fff; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 1px solid #8a929c; }
h3 { font-size: 1rem; margin: 1.25rem 0 0.25rem; }
dl { display: grid; grid-template-columns: minmax(9rem, 16rem) 1fr; gap: 0 1rem; margin: 0; }
dt { color: #4a525c; } dd { margin: 0; overflow-wrap: anywhere; }
a { color: #0b5cad; }
@media print { body { font-size: 10pt; margin: 0; } nav { display: none; } article { break-inside: avoid; } }
"""


def as_page(export: Export) -> Iterator[str]:
    """Return the page's text, in pieces."""
    readable = Readable(export.language, export.zone, export.own_words)
    title = escape(readable.word("title"))
    yield (
        f'<!doctype html>\n<html lang="{export.language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    )
    if export.only_proof:
        yield f"<p>{escape(readable.word('erased_only_proof'))}</p>\n"
    yield f'<nav aria-label="{escape(readable.word("contents"))}">\n<ul>\n'
    for name in ("about", *SECTIONS):
        yield f'<li><a href="#{name}">{escape(readable.word(name))}</a></li>\n'
    yield "</ul>\n</nav>\n"
    yield _section("about", readable)
    yield _list(readable.entry(export.about))
    yield "</section>\n"
    for name, entries in export.sections():
        yield _section(name, readable)
        empty = True
        for entry in entries:
            empty = False
            read = readable.entry(entry)
            heading = f"<h3>{escape(read.heading)}</h3>\n" if read.heading else ""
            yield f"<article>\n{heading}{_list(read)}</article>\n"
        if empty:
            yield f"<p>{escape(readable.word('none'))}</p>\n"
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def _section(name: str, readable: Readable) -> str:
    return f'<section aria-labelledby="{name}">\n<h2 id="{name}">{escape(readable.word(name))}</h2>\n'


def _list(entry: ReadableEntry) -> str:
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>\n" for label, text in entry.lines)
    return f"<dl>\n{lines}</dl>\n"
