"""One call's tab: who is at the other end, and below it how the call stands."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton

from nba_desktop.ui.icons import paint_icon
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.theme import current_tokens

_PAD, _GAP, _ICON = 5, 3, 11
LEAST: Final = 34
"""A tab is never narrower: its icon and the first letters can be seen."""


class CallTab(Button):
    """Two lines that are elided where there is no room for them; the accessible name is always whole.

    An open call that only rings is said in the accent colour, and by its icon and its word.
    """

    def __init__(self) -> None:
        super().__init__(role="tab")
        self.interaction_id = ""
        self._who = ""
        self._who_icon = ""
        self._state_words = ""
        self._state_icon = ""
        self._ringing = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @property
    def lines(self) -> tuple[str, str]:
        """What the two lines say, whole."""
        return self._who, self._state_words

    @property
    def icons(self) -> tuple[str, str]:
        """The icons before the two lines; the first may be empty."""
        return self._who_icon, self._state_icon

    def show_call(self, who: tuple[str, str], state: tuple[str, str], ringing: bool) -> None:
        """Fill the lines, each given as its words and its icon."""
        if (who, state, ringing) != ((self._who, self._who_icon), (self._state_words, self._state_icon), self._ringing):
            (self._who, self._who_icon), (self._state_words, self._state_icon) = who, state
            self._ringing = ringing
            self.update()

    def wanted_width(self) -> int:
        """The width in which nothing is elided."""
        self.ensurePolished()
        first = self._icon_width(self._who_icon) + QFontMetrics(self._who_font(True)).horizontalAdvance(self._who)
        second = self._icon_width(self._state_icon) + self._small().horizontalAdvance(self._state_words)
        return max(first, second) + 2 * _PAD + 2

    def line_heights(self) -> int:
        """The height that the two lines need."""
        return QFontMetrics(self._who_font(True)).height() + self._small().height()

    def sizeHint(self) -> QSize:
        return QSize(LEAST, self.line_heights())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        colour = self.palette().color(QPalette.ColorRole.ButtonText)
        accent = QColor(current_tokens().accent) if self._ringing else colour
        font = self._who_font(self.on)
        above, below = QFontMetrics(font).height(), self._small().height()
        top = (self.height() - above - below) // 2
        inner = self.width() - 2 * _PAD
        self._paint_line(painter, QRect(_PAD, top, inner, above), (self._who, self._who_icon), font, colour)
        line = QRect(_PAD, top + above, inner, below)
        self._paint_line(painter, line, (self._state_words, self._state_icon), self._small_font(), accent)

    @staticmethod
    def _paint_line(painter: QPainter, line: QRect, what: tuple[str, str], font: QFont, colour: QColor) -> None:
        words, icon = what
        if icon:
            paint_icon(painter, icon, colour, line.left(), line.top() + (line.height() - _ICON) // 2, _ICON)
            line = line.adjusted(_ICON + _GAP, 0, 0, 0)
        painter.setFont(font)
        painter.setPen(colour)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _icon_width(icon: str) -> int:
        return _ICON + _GAP if icon else 0

    def _who_font(self, chosen: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(12, font.pixelSize() - 1))
        font.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        return font
