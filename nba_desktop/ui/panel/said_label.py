"""A sentence as it is to be said: values strong, gaps marked."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from nba_desktop.domain.template import Part
from nba_desktop.ui.primitives.labels import Label, strong
from nba_desktop.ui.setters import set_text


class SaidLabel(Label):
    """Wraps; what is customer data is never read as markup, and a screen reader hears the plain words."""

    def __init__(self, role: str = "body") -> None:
        super().__init__(role=role, wrap=True)
        self._parts: tuple[Part, ...] = ()
        self._frame = ""

    def show_parts(self, parts: Sequence[Part], frame: str = "{sentence}") -> None:
        """Show a filled sentence within `frame`, such as quotation marks."""
        if tuple(parts) == self._parts and frame == self._frame:
            return
        self._frame = frame
        words = "".join(part.text for part in parts)
        framed = frame.format(sentence=words)
        self._parts = tuple(parts)
        if all(part.kind == "words" for part in parts):
            self.setTextFormat(Qt.TextFormat.PlainText)
            set_text(self, framed)
        else:
            marked = "".join(escape(p.text) if p.kind == "words" else strong(p.text) for p in parts)
            self.setTextFormat(Qt.TextFormat.RichText)
            set_text(self, escape(frame).replace("{sentence}", marked))
        if self.accessibleName() != framed:
            self.setAccessibleName(framed)

    def line_width(self) -> int:
        """How wide the sentence is in one line."""
        self.ensurePolished()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        plain, heavy = self.fontMetrics(), QFontMetrics(bold)
        return sum((plain if p.kind == "words" else heavy).horizontalAdvance(p.text) for p in self._parts) + 4
