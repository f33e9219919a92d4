"""The one button: icon, words, count, key, in a row or in a column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleStateChangeEvent,
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from nba_desktop.ui.icons import paint_icon
from nba_desktop.ui.primitives.breaking import broken
from nba_desktop.ui.setters import set_variant
from nba_desktop.ui.theme import current_tokens, scaled


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
    "link": _Shape(pad=4, height=24, icon=12, gap=3),
    "group": _Shape(pad=4, height=41, icon=10, gap=3),
    "tab": _Shape(pad=4, height=41),
    "row": _Shape(pad=8, height=28),
}
_TIGHT: Final = {"group": 36, "tab": 32}
_STEADY: Final = ("chip", "tab", "group")
"""Words that can be chosen: they have the room to be semi-bold."""
_ENDLESS: Final = 10_000
_KEY_SHARE: Final = 0.4
"""Of a row's width at most for its key, beside words that take more than one line."""


@dataclass(frozen=True, slots=True)
class _Faces:
    """What a button's font comes to; made once for as long as it has that font."""

    small: QFont
    small_metrics: QFontMetrics
    steady_metrics: QFontMetrics
    line_height: int


class Button(QPushButton):
    """A button that shows its key and changes only by the state it is given, never by the click itself.

    `role`: "" (framed), chip, tool (one icon), link, group and tab (key under the words), row (words at left).
    `variant`: "", good, bad, primary, quiet, muted. `on` marks the chosen one, which takes no more room than before.
    Where it gets less width than it wants, its words go on in the next line.
    """

    _faces: _Faces | None = None
    _wanted: tuple[str, QSize] | None = None
    """The size that these words want: layouts and every painting ask for it again."""

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
        self._role = role
        self._tight = False
        self._kept: tuple[bool, bool] = (False, False)
        self._column = role in ("group", "tab")
        self._left = role == "row"
        self._icon = icon
        self._trailing = trailing
        self._key = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self._count = ""
        self._opened: bool | None = None
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
    def is_tab(self) -> bool:
        """Whether this is one of several tabs."""
        return self._role == "tab"

    @property
    def opened(self) -> bool | None:
        """Whether what this opens is open; None for a button that opens nothing in place."""
        return self._opened

    @property
    def key(self) -> str:
        """The key as it is shown."""
        return self._key

    def set_on(self, on: bool) -> None:
        """Mark as chosen or not; from the first time on, screen readers hear whether it is checked."""
        self.setCheckable(True)
        if on != self.isChecked():
            self.setChecked(on)
        set_variant(self, "true" if on else "false", "on")

    def set_opened(self, opened: bool | None) -> None:
        """Say to a screen reader whether what this opens in place is open; None for a button that opens nothing."""
        before, self._opened = self._opened, opened
        if opened != before and before is not None and QAccessible.isActive():
            changed = QAccessible.State()
            changed.expanded = True
            QAccessible.updateAccessibility(QAccessibleStateChangeEvent(self, changed))

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

    def keep_room(self, icon: bool = False, trailing: bool = False) -> None:
        """Keep the room of an icon that comes and goes, so that nothing moves when it does."""
        if (icon, trailing) != self._kept:
            self._kept = (icon, trailing)
            self._content_changed()

    def set_tight(self, tight: bool) -> None:
        """Take less height on a small screen."""
        if tight != self._tight:
            self._tight = tight
            self._content_changed()

    def sizeHint(self) -> QSize:
        text = self.text()
        if self._wanted is None or self._wanted[0] != text:
            self._wanted = (text, self._measured())
        return QSize(self._wanted[1])

    def _measured(self) -> QSize:
        words = self._words_width()
        key = self._small().horizontalAdvance(self._key) if self._key else 0
        beside = key + self._shape.gap + 2 if self._key else 0
        inner = max(words, key) if self._column else words + beside
        return QSize(inner + 2 * self._shape.pad, self._height_of(self._line_height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return False

    def heightForWidth(self, width: int) -> int:
        """The height at a width, also at less than is wanted; only layouts that break lines ask for that."""
        wanted = self.sizeHint()
        if width >= wanted.width():
            return wanted.height()
        at_the_side = self._key_at_the_side(width)
        room = width - 2 * self._shape.pad - self._beside_words() - at_the_side
        height = self._bounds(room).height()
        if self._key and not self._column and not at_the_side:
            height += self._small().height()
        return self._height_of(height)

    def _key_at_the_side(self, width: int) -> int:
        """The room of the key beside wrapped words: in a list the keys stand in one column; 0 where it goes below."""
        if not self._left or not self._key:
            return 0
        room = self._small().horizontalAdvance(self._key) + self._shape.gap + 2
        return room if room <= width * _KEY_SHARE else 0

    def _height_of(self, words: int) -> int:
        """The height around words of this height."""
        shape = _TIGHT.get(self._role, self._shape.height) if self._tight else self._shape.height
        if not self._column:
            return max(shape, words + 8)
        if self._key:
            words += self._small().height()
        return max(shape, words + (4 if self._tight else 10))

    def _line_height(self) -> int:
        return self._with_font().line_height

    def _bounds(self, room: int) -> QRect:
        """The place that the wrapped words need."""
        flags = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter)
        metrics = self._with_font().steady_metrics
        return metrics.boundingRect(0, 0, max(1, room), _ENDLESS, flags, self._wrapped(room))

    def _wrapped(self, room: int) -> str:
        metrics = self._with_font().steady_metrics
        return broken(self.text(), lambda word: metrics.horizontalAdvance(word) <= room)

    def _is_narrow(self) -> bool:
        return bool(self.text()) and self.width() < self.sizeHint().width()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        line = self.rect().adjusted(self._shape.pad, 0, -self._shape.pad, 0)
        narrow = self._is_narrow()
        if self._key and (self._column or (narrow and not self._key_at_the_side(self.width()))):
            words_height, key_height = self._line_height(), self._small().height()
            if narrow:
                words_height = self._bounds(line.width() - self._beside_words()).height()
            top = (self.height() - words_height - key_height) // 2
            under = QRect(0, top + words_height, self.width(), key_height)
            if self._left:
                under = QRect(line.left(), under.top(), line.width(), key_height)
            self._paint_key(painter, under, Qt.AlignmentFlag.AlignRight if self._left else Qt.AlignmentFlag.AlignCenter)
            line = QRect(line.left(), top, line.width(), words_height)
        elif self._key:
            self._paint_key(painter, line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line.setRight(line.right() - self._small().horizontalAdvance(self._key) - self._shape.gap - 2)
        self._paint_words(painter, line)

    def _paint_words(self, painter: QPainter, line: QRect) -> None:
        colour = self.palette().color(self._group(), QPalette.ColorRole.ButtonText)
        size, gap = self._icon_size(), scaled(self._shape.gap)
        narrow = self._is_narrow()
        advance = self.fontMetrics().horizontalAdvance(self.text())
        if narrow:
            advance = min(advance, max(1, line.width() - self._beside_words()))
        width = advance + self._painted_beside()
        x = line.left() if self._left else line.left() + max(0, (line.width() - width) // 2)
        icon_top = line.top() + (line.height() - size) // 2
        painter.setFont(self.font())
        painter.setPen(colour)
        if self._icon:
            paint_icon(painter, self._icon, colour, x, icon_top, size)
            x += size + (gap if self.text() else 0)
        if self.text():
            where = QRect(x, line.top(), advance + 2, line.height())
            if narrow:
                centred = Qt.AlignmentFlag.AlignLeft if self._left or self._icon else Qt.AlignmentFlag.AlignHCenter
                flags = Qt.AlignmentFlag.AlignVCenter | centred | Qt.TextFlag.TextWordWrap
                painter.drawText(where, int(flags), self._wrapped(advance))
            else:
                painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, self.text())
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
        """The width of icon, words, count and icon; words that can be chosen have the room to be semi-bold."""
        text = self.text()
        words = self._with_font().steady_metrics.horizontalAdvance(text) if text else 0
        return words + self._beside_words()

    def _beside_words(self) -> int:
        size, gap = self._icon_size(), scaled(self._shape.gap)
        parts = []
        if self._icon or self._kept[0]:
            parts.append(size)
        if self._count:
            parts.append(self._small().horizontalAdvance(self._count))
        if self._trailing or self._kept[1]:
            parts.append(size)
        gaps = len(parts) if self.text() else max(0, len(parts) - 1)
        return sum(parts) + gap * gaps

    def _painted_beside(self) -> int:
        """What stands beside the words now; the room that is only kept is left out, so that words stay centred."""
        kept, self._kept = self._kept, (False, False)
        width = self._beside_words()
        self._kept = kept
        return width

    def _icon_size(self) -> int:
        return scaled(self._shape.icon)

    def _with_font(self) -> _Faces:
        if self._faces is None:
            steady, small = QFont(self.font()), QFont(self.font())
            if self._role in _STEADY:
                steady.setWeight(QFont.Weight.DemiBold)
            small.setPixelSize(max(11, small.pixelSize() - 2))
            small.setWeight(QFont.Weight.Normal)
            self._faces = _Faces(small, QFontMetrics(small), QFontMetrics(steady), self.fontMetrics().height())
        return self._faces

    def _small_font(self) -> QFont:
        return self._with_font().small

    def _small(self) -> QFontMetrics:
        return self._with_font().small_metrics

    def _group(self) -> QPalette.ColorGroup:
        return QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled

    def changeEvent(self, event: QEvent) -> None:
        # Font, style, and with the style how large the text is.
        self._faces = self._wanted = None
        super().changeEvent(event)

    def _content_changed(self) -> None:
        self._wanted = None
        self.updateGeometry()
        self.update()
