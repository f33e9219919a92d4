"""Words on the screen: plain, rich, elided, and the heading of a section."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from nba_desktop.ui.primitives.breaking import broken
from nba_desktop.ui.primitives.flow import FlowLayout

_LEAST_WIDTH: Final = 24
_TAG: Final = re.compile(r"<[^>]*>")


class Label(QLabel):
    """Plain words; customer data is never read as markup.

    `role`: body, title, strong, small, smallstrong, tiny, section, rank. `variant`: muted, good, bad, accent.
    With `wrap` the words go on in the next line, and a word that is wider than the label is broken.
    """

    def __init__(self, text: str = "", role: str = "body", variant: str = "", wrap: bool = False) -> None:
        super().__init__()
        self._whole = ""
        self._broken_for: tuple[str, int, QFont] | None = None
        self._measured_for: tuple[str, QFont] | None = None
        self._line_width = 0
        self._heights: dict[int, int] = {}
        self._read_out = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("variant", variant)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            # Else the longest word alone would make the panel wider than its window.
            self.setMinimumWidth(_LEAST_WIDTH)
        self.setText(text)

    def text(self) -> str:
        """The words as they were given."""
        return self._whole

    def setText(self, text: str) -> None:
        """Show words, broken where they must be."""
        self._whole = text
        self._broken_for = None
        self._heights.clear()
        if not self._break_words():
            super().setText(text)
            if self._read_out:
                self._name_whole(text)

    def line_width(self) -> int:
        """How wide the words are in one line."""
        self.ensurePolished()
        key = (self._whole, self.font())
        if key != self._measured_for:
            self._measured_for = key
            words, font = self._whole, self.font()
            if self.textFormat() is Qt.TextFormat.RichText:
                words, font = unescape(_TAG.sub("", words)), _semi_bold(font)
            self._line_width = QFontMetrics(font).horizontalAdvance(words) + 2
        return self._line_width

    def heightForWidth(self, width: int) -> int:
        # Every layout around this one asks again, many times in one pass, and Qt sets the words anew each time.
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = super().heightForWidth(width)
        return height

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break_words()

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._break_words()

    def _break_words(self) -> bool:
        """Break what is wider than the label; say whether anything is shown anew."""
        if not self.wordWrap() or not self._whole or not self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return False
        room = self.contentsRect().width()
        key = (self._whole, room, self.font())
        if room <= 0 or key == self._broken_for:
            return False
        self._broken_for = key
        markup = self.textFormat() is Qt.TextFormat.RichText
        metrics = QFontMetrics(_semi_bold(self.font()) if markup else self.font())
        # Most texts have no word that could be too long: that is seen without measuring any.
        widest = metrics.horizontalAdvance("m")
        fits = lambda word: len(word) * widest <= room or metrics.horizontalAdvance(word) <= room  # noqa: E731
        shown = broken(self._whole, fits, markup)
        if shown == super().text():
            return False
        super().setText(shown)
        self._heights.clear()
        self._name_whole(shown)
        return True

    def _name_whole(self, shown: str) -> None:
        """A screen reader hears the words without their breaks, unless they have a name of their own."""
        if self.accessibleName() != self._read_out:
            return
        self._read_out = "" if shown == self._whole else unescape(_TAG.sub("", self._whole))
        self.setAccessibleName(self._read_out)


def _semi_bold(font: QFont) -> QFont:
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy


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

    def setText(self, text: str) -> None:
        """Show words, as far as there is room for them."""
        super().setText(text)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment(), self._fitting())

    def _fitting(self) -> str:
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())

    def _tell(self) -> None:
        cut = self.text() if self._fitting() != self.text() else ""
        if self.toolTip() != cut:
            self.setToolTip(cut)


class SectionHeader(QWidget):
    """The heading of a section, with room at the right for links or buttons, below it where the width is short."""

    def __init__(self, title: str, link: QWidget | None = None) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._label = label = Label(title, "section", wrap=True)
        font = QFont(label.font())
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
        label.setFont(font)
        self._row = FlowLayout(self, line_spacing=0)
        self._row.add_stretched(label)
        if link is not None:
            self.add(link)

    def set_title(self, title: str) -> None:
        """Say something else."""
        if self._label.text() != title:
            self._label.setText(title)

    def is_one_line(self, width: int) -> bool:
        """Whether everything stands beside the title in a width."""
        return self._row.is_one_line(width)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)
