"""The page as it goes to a printer: the words and figures that are on the screen, and its bars in the light colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, Protocol

from PySide6.QtCore import QRectF, QUrl
from PySide6.QtGui import QFont, QImage, QPainter, QTextDocument, QTextOption

from nba_desktop.ui.primitives.labels import Label, RichLabel
from nba_desktop.ui.theme import scaled
from nba_desktop.ui.tokens import LIGHT, Tokens

_SHARPNESS: Final = 4
"""Dots of a picture for each of the screen's, that it is sharp on paper, too."""
_POINTS: Final = 9.0
_INK: Final = LIGHT.text
_MUTED: Final = LIGHT.muted
_STYLE: Final = f"""
h1 {{ color: {_INK}; font-size: 14pt; margin-bottom: 2px; }}
h2 {{ color: {_INK}; font-size: 10pt; margin-top: 10px; margin-bottom: 3px; }}
p {{ color: {_INK}; margin-top: 1px; margin-bottom: 3px; }}
p.muted {{ color: {_MUTED}; }}
td {{ color: {_INK}; vertical-align: middle; }}
th {{ text-align: left; color: {_MUTED}; font-weight: 600; }}
"""


class Drawing(Protocol):
    """What draws itself on the screen and on paper."""

    def draw(self, painter: QPainter, room: QRectF, tokens: Tokens) -> None: ...


class Paper:
    """Takes in a page from top to bottom; plain words are escaped, cells made with `drawn` and `rich` are not."""

    def __init__(self, family: str) -> None:
        self._document = QTextDocument()
        font = QFont(family)
        font.setPointSizeF(_POINTS)
        self._document.setDefaultFont(font)
        self._document.setDefaultStyleSheet(_STYLE)
        option = self._document.defaultTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        self._document.setDefaultTextOption(option)
        self._parts: list[str] = []
        self._pictures = 0

    def title(self, words: str) -> None:
        """Put what the page is about."""
        self._parts.append(f"<h1>{escape(words)}</h1>")

    def heading(self, words: str) -> None:
        """Put the heading of a section."""
        self._parts.append(f"<h2>{escape(words)}</h2>")

    def words(self, words: str, *, muted: bool = False) -> None:
        """Put a paragraph; nothing for no words."""
        if words:
            self._parts.append(f'<p class="{"muted" if muted else "plain"}">{escape(words)}</p>')

    def label(self, label: Label) -> None:
        """Put the words of a label as they are on the screen."""
        if not label.isHidden():
            self._parts.append(f"<p>{rich(label)}</p>")

    def table(self, rows: Iterable[Sequence[str]], heads: Sequence[str] = ()) -> None:
        """Put rows of cells that are markup; the heads are plain words and stand on each sheet again.

        A row of one cell goes over all columns.
        """
        lines = [tuple(row) for row in rows]
        columns = max((len(line) for line in lines), default=1)
        head = "".join(f"<th>{escape(one)}</th>" for one in heads)
        body = "".join(
            f'<tr><td colspan="{columns}">{line[0]}</td></tr>'
            if len(line) == 1
            else f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>"
            for line in lines
        )
        thead = f"<thead><tr>{head}</tr></thead>" if head else ""
        self._parts.append(f'<table width="100%" cellspacing="0" cellpadding="3">{thead}<tbody>{body}</tbody></table>')

    def drawn(self, drawing: Drawing, width: int, height: int) -> str:
        """Return the cell with a drawing of this size, in dots of the screen at a text size of 100 %."""
        image = QImage(scaled(width) * _SHARPNESS, scaled(height) * _SHARPNESS, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.scale(_SHARPNESS, _SHARPNESS)
        drawing.draw(painter, QRectF(0, 0, scaled(width), scaled(height)), LIGHT)
        painter.end()
        self._pictures += 1
        name = QUrl(f"picture:{self._pictures}")
        self._document.addResource(QTextDocument.ResourceType.ImageResource, name, image)
        return f'<img src="{name.toString()}" width="{width}" height="{height}"/>'

    def document(self) -> QTextDocument:
        """Return everything that was put, to be printed."""
        self._document.setHtml("".join(self._parts))
        return self._document


def rich(label: Label) -> str:
    """Return the cell with a label's words."""
    return label.text() if isinstance(label, RichLabel) else escape(label.text()).replace("\n", "<br>")
