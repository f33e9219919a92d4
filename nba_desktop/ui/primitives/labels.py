"""Words on the screen: plain, rich, elided, and the heading of a section."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget


class Label(QLabel):
    """Plain words; customer data is never read as markup.

    `role`: body, title, strong, small, smallstrong, tiny, section, rank. `variant`: muted, good, bad, accent.
    """

    def __init__(self, text: str = "", role: str = "body", variant: str = "", wrap: bool = False) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("variant", variant)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)


class RichLabel(Label):
    """Words of which some are strong; make the parts with `strong` and `plain`, which escape them."""

    def __init__(self, role: str = "body", variant: str = "", wrap: bool = True) -> None:
        super().__init__("", role, variant, wrap)
        self.setTextFormat(Qt.TextFormat.RichText)


def strong(text: str) -> str:
    """A part of a rich text in semi-bold."""
    return f'<span style="font-weight:600">{escape(text)}</span>'


def plain(text: str) -> str:
    """A part of a rich text as it is."""
    return escape(text)


class ElidedLabel(Label):
    """One line that may be cut with an ellipsis; the whole text is in the tooltip then.

    Only for what is secondary and of any length, such as a queue's name.
    """

    def __init__(self, role: str = "body", variant: str = "") -> None:
        super().__init__("", role, variant)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self.alignment(), shown)
        cut = self.text() if shown != self.text() else ""
        if self.toolTip() != cut:
            self.setToolTip(cut)


class SectionHeader(QWidget):
    """The heading of a section, with room at the right for a link or buttons."""

    def __init__(self, title: str, link: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        label = Label(title, "section")
        font = QFont(label.font())
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
        label.setFont(font)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._row.addWidget(label)
        self._row.addStretch(1)
        if link is not None:
            self.add(link)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)
