"""A button whose words go on in the next line, as a customer's sentence needs, with a line below that says its deed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QWidget

from nba_desktop.ui.icons import paint_icon
from nba_desktop.ui.primitives.breaking import broken
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.theme import current_tokens, scaled

_PAD, _ICON, _GAP = 4, 14, 8
_ENDLESS = 10_000
_WRAP = int(Qt.TextFlag.TextWordWrap)


class WordButton(Button):
    """A row to click with an icon before words of any length; its height follows its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(role="row", parent=parent)
        self._mark = ""
        self._under = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def under(self) -> str:
        """What stands below the words."""
        return self._under

    def show_words(self, words: str, icon: str, on: bool, under: str = "") -> None:
        """Fill the row; `under` says in small letters what a click does."""
        if under != self._under:
            self._under = under
            self.updateGeometry()
            self.update()
        if icon != self._mark:
            self._mark = icon
            self.update()
        if words != self.text():
            self.setText(words)
            self.updateGeometry()
        self.set_on(on)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = max(1, width - self._words_left() - _PAD)
        # The widest the words may be once the row is chosen and semi-bold.
        metrics = QFontMetrics(self._chosen_font())
        bounds = metrics.boundingRect(0, 0, room, _ENDLESS, _WRAP, self._wrapped(room))
        return max(28, bounds.height() + self._under_height(room) + 10)

    def _words_left(self) -> int:
        return _PAD + scaled(_ICON) + _GAP

    def _chosen_font(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def _wrapped(self, room: int) -> str:
        metrics = QFontMetrics(self._chosen_font())
        return broken(self.text(), lambda word: metrics.horizontalAdvance(word) <= room)

    def _wrapped_under(self, room: int) -> str:
        metrics = self._small()
        return broken(self._under, lambda word: metrics.horizontalAdvance(word) <= room)

    def _under_height(self, room: int) -> int:
        if not self._under:
            return 0
        return self._small().boundingRect(0, 0, room, _ENDLESS, _WRAP, self._wrapped_under(room)).height()

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        colour = self.palette().buttonText().color()
        size = scaled(_ICON)
        paint_icon(painter, self._mark, colour, _PAD, (self.height() - size) // 2, size)
        painter.setPen(colour)
        words = self.rect().adjusted(self._words_left(), 0, -_PAD, 0)
        below = self._under_height(words.width())
        top = words.adjusted(0, 0, 0, -below)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._wrapped(words.width()))
        if below:
            painter.setFont(self._small_font())
            painter.setPen(QColor(current_tokens().accent))
            lowest = words.adjusted(0, words.height() - below - 4, 0, -4)
            painter.drawText(lowest, _WRAP, self._wrapped_under(words.width()))
