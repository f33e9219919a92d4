"""The one button: icon, words, count, key, in a row or in a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QKeySequence, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from nba_desktop.ui.icons import paint_icon
from nba_desktop.ui.setters import set_variant
from nba_desktop.ui.theme import current_tokens


@dataclass(frozen=True, slots=True)
class _Shape:
    pad: int
    height: int
    icon: int = 14
    gap: int = 5


_SHAPES: Final = {
    "": _Shape(pad=12, height=30),
    "chip": _Shape(pad=11, height=26),
    "tool": _Shape(pad=7, height=24),
    "link": _Shape(pad=4, height=22, icon=12, gap=3),
    "group": _Shape(pad=4, height=41, icon=10, gap=3),
    "tab": _Shape(pad=10, height=35),
    "row": _Shape(pad=8, height=28),
}


class Button(QPushButton):
    """A button that shows its key and changes only by the state it is given, never by the click itself.

    `role`: "" (framed), chip, tool (one icon), link, group (key under the words), tab, row (words at left).
    `variant`: "", good, bad, primary, quiet, muted. `on` marks the chosen one.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        variant: str = "",
        icon: str = "",
        trailing: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._shape = _SHAPES[role]
        self._column = role == "group"
        self._left = role == "row"
        self._icon = icon
        self._trailing = trailing
        self._key = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self._count = ""
        self.setProperty("role", role)
        self.setProperty("variant", variant)
        self.setProperty("on", "false")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        wide = QSizePolicy.Policy.Expanding if self._column or self._left else QSizePolicy.Policy.Fixed
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)

    @property
    def on(self) -> bool:
        """Whether this is the chosen one."""
        return str(self.property("on")) == "true"

    @property
    def key(self) -> str:
        """The key as it is shown."""
        return self._key

    def set_on(self, on: bool) -> None:
        """Mark as chosen or not; screen readers hear it as checked."""
        if on != self.on:
            self.setCheckable(True)
            self.setChecked(on)
        set_variant(self, "true" if on else "false", "on")

    def set_variant(self, variant: str) -> None:
        """Change how the button stands."""
        set_variant(self, variant)

    def set_text(self, text: str) -> None:
        """Change the words."""
        if text != self.text():
            self.setText(text)

    def set_icon(self, name: str) -> None:
        """Change the icon before the words; an empty name takes it away."""
        if name != self._icon:
            self._icon = name
            self._content_changed()

    def set_trailing(self, name: str) -> None:
        """Change the icon behind the words."""
        if name != self._trailing:
            self._trailing = name
            self._content_changed()

    def set_count(self, count: int) -> None:
        """Show a small number behind the words; zero shows none."""
        shown = str(count) if count else ""
        if shown != self._count:
            self._count = shown
            self._content_changed()

    def set_key(self, sequence: str) -> None:
        """Show another key, such as `Alt+1`; an empty one shows none."""
        shown = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)
        if shown != self._key:
            self._key = shown
            self._content_changed()

    def nextCheckState(self) -> None:
        """A click alone changes nothing: the state that it leads to does."""

    def sizeHint(self) -> QSize:
        words = self._words_width()
        key = self._small().horizontalAdvance(self._key)
        if self._column:
            inner = max(words, key)
            height = self.fontMetrics().height() + self._small().height() + 10
        else:
            inner = words + (key + self._shape.gap + 2 if self._key else 0)
            height = self.fontMetrics().height() + 8
        return QSize(inner + 2 * self._shape.pad, max(self._shape.height, height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        line = self.rect().adjusted(self._shape.pad, 0, -self._shape.pad, 0)
        if self._column and self._key:
            words_height, key_height = self.fontMetrics().height(), self._small().height()
            top = (self.height() - words_height - key_height) // 2
            under = QRect(0, top + words_height, self.width(), key_height)
            self._paint_key(painter, under, Qt.AlignmentFlag.AlignCenter)
            line = QRect(line.left(), top, line.width(), words_height)
        elif self._key:
            self._paint_key(painter, line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.setRight(line.right() - self._small().horizontalAdvance(self._key) - self._shape.gap - 2)
        self._paint_words(painter, line)

    def _paint_words(self, painter: QPainter, line: QRect) -> None:
        colour = self.palette().color(self._group(), QPalette.ColorRole.ButtonText)
        width = self._words_width()
        x = line.left() if self._left else line.left() + max(0, (line.width() - width) // 2)
        size, gap = self._shape.icon, self._shape.gap
        icon_top = line.top() + (line.height() - size) // 2
        painter.setFont(self.font())
        painter.setPen(colour)
        if self._icon:
            paint_icon(painter, self._icon, colour, x, icon_top, size)
            x += size + (gap if self.text() else 0)
        if self.text():
            advance = self.fontMetrics().horizontalAdvance(self.text())
            painter.drawText(x, line.top(), advance + 2, line.height(), Qt.AlignmentFlag.AlignVCenter, self.text())
            x += advance + gap
        if self._count:
            painter.setFont(self._small_font())
            painter.setPen(QColor(current_tokens().muted))
            advance = self._small().horizontalAdvance(self._count)
            painter.drawText(x, line.top() + 1, advance + 2, line.height(), Qt.AlignmentFlag.AlignVCenter, self._count)
            x += advance + gap
        if self._trailing:
            paint_icon(painter, self._trailing, colour, x, icon_top, size)

    def _paint_key(self, painter: QPainter, where: QRect, alignment: Qt.AlignmentFlag) -> None:
        primary = self.property("variant") == "primary" and self.isEnabled()
        muted = QColor(current_tokens().muted)
        painter.setFont(self._small_font())
        painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText) if primary else muted)
        painter.drawText(where, alignment, self._key)

    def _words_width(self) -> int:
        size, gap = self._shape.icon, self._shape.gap
        parts = []
        if self._icon:
            parts.append(size)
        if self.text():
            parts.append(self.fontMetrics().horizontalAdvance(self.text()))
        if self._count:
            parts.append(self._small().horizontalAdvance(self._count))
        if self._trailing:
            parts.append(size)
        return sum(parts) + gap * max(0, len(parts) - 1)

    def _small_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(11, font.pixelSize() - 2))
        font.setWeight(QFont.Weight.Normal)
        return font

    def _small(self) -> QFontMetrics:
        return QFontMetrics(self._small_font())

    def _group(self) -> QPalette.ColorGroup:
        return QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled

    def _content_changed(self) -> None:
        self.updateGeometry()
        self.update()
