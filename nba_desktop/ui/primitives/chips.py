"""A chip that is only read: an icon, a strong part, a plain part."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOption, QWidget

from nba_desktop.ui.icons import paint_icon
from nba_desktop.ui.primitives.breaking import broken
from nba_desktop.ui.setters import set_variant
from nba_desktop.ui.theme import scaled

_PAD, _GAP, _TIGHT_GAP, _ICON, _HEIGHT = 9, 4, 2, 12, 22
_ENDLESS = 10_000


class Chip(QWidget):
    """A read-only chip; `variant`: "", good, bad, accent, muted, bare (no ground).

    With `keeps` there is always room for these words: what comes and goes then moves nothing beside the chip.
    """

    def __init__(self, text: str = "", variant: str = "", icon: str = "", pad: int = _PAD, keeps: str = "") -> None:
        super().__init__()
        self._keeps = keeps
        # The room that is kept is dear: it is taken from between the parts.
        self._gap_wanted = _TIGHT_GAP if keeps else _GAP
        self._pad = 0 if variant == "bare" else pad
        self._strong = ""
        self._text = text
        self._icon = icon
        self._trailing = ""
        self._wanted: QSize | None = None
        self._bold: QFont | None = None
        self.setProperty("variant", variant)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """All words of the chip."""
        return f"{self._strong} {self._text}".strip()

    def show_parts(
        self, text: str = "", strong: str = "", icon: str = "", trailing: str = "", variant: str | None = None
    ) -> None:
        """Fill the chip: icon, strong words, words, icon behind them."""
        if (text, strong, icon, trailing) != (self._text, self._strong, self._icon, self._trailing):
            self._text, self._strong, self._icon, self._trailing = text, strong, icon, trailing
            before, self._wanted = self._wanted, None
            if before != self.sizeHint():
                self.updateGeometry()
            self.update()
        if variant is not None:
            set_variant(self, variant)

    def changeEvent(self, event: QEvent) -> None:
        # Font, style, and with the style how large the text is.
        self._wanted = self._bold = None
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        # Every layout around this one asks again, and every painting.
        if self._wanted is None:
            widths = self._widths()
            inner = sum(widths) + self._gap() * max(0, len(widths) - 1)
            self._wanted = QSize(inner + 2 * self._pad, self._height_of(self.fontMetrics().height()))
        return QSize(self._wanted)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return False

    def heightForWidth(self, width: int) -> int:
        """The height at a width, also at less than is wanted; only layouts that break lines ask for that."""
        wanted = self.sizeHint()
        if width >= wanted.width():
            return wanted.height()
        return self._height_of(self._bounds(width - 2 * self._pad - self._beside_words()).height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        colour = self.palette().color(self.foregroundRole())
        painter.setPen(colour)
        size = self._icon_size()
        x, top = self._pad, (self.height() - size) // 2
        if self._icon:
            paint_icon(painter, self._icon, colour, x, top, size)
            x += size + self._gap()
        if self.width() < self.sizeHint().width():
            x = self._paint_wrapped(painter, x)
        else:
            for words, font in ((self._strong, self._strong_font()), (self._text, self.font())):
                if words:
                    advance = QFontMetrics(font).horizontalAdvance(words)
                    painter.setFont(font)
                    painter.drawText(x, 0, advance + 2, self.height(), Qt.AlignmentFlag.AlignVCenter, words)
                    x += advance + self._gap()
        if self._trailing:
            x = self.width() - self._pad - size if self._keeps else x
            paint_icon(painter, self._trailing, colour, x, top, size)

    def _paint_wrapped(self, painter: QPainter, x: int) -> int:
        """In several lines all words stand in one weight."""
        room = self.width() - 2 * self._pad - self._beside_words()
        painter.setFont(self._strong_font() if self._strong else self.font())
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(QRect(x, 0, room, self.height()), flags, self._wrapped(room))
        return x + room + self._gap()

    def _height_of(self, words: int) -> int:
        return max(_HEIGHT, words + 6)

    def _bounds(self, room: int) -> QRect:
        metrics = QFontMetrics(self._strong_font() if self._strong else self.font())
        return metrics.boundingRect(0, 0, max(1, room), _ENDLESS, int(Qt.TextFlag.TextWordWrap), self._wrapped(room))

    def _wrapped(self, room: int) -> str:
        metrics = QFontMetrics(self._strong_font() if self._strong else self.font())
        return broken(self.text(), lambda word: metrics.horizontalAdvance(word) <= room)

    def _gap(self) -> int:
        return scaled(self._gap_wanted)

    def _icon_size(self) -> int:
        return scaled(_ICON)

    def _beside_words(self) -> int:
        return (self._icon_size() + self._gap()) * (bool(self._icon) + bool(self._trailing))

    def _strong_font(self) -> QFont:
        if self._bold is None:
            self._bold = QFont(self.font())
            self._bold.setWeight(QFont.Weight.DemiBold)
        return self._bold

    def _widths(self) -> list[int]:
        widths = [self._icon_size()] if self._icon else []
        if self._strong:
            widths.append(QFontMetrics(self._strong_font()).horizontalAdvance(self._strong))
        if self._text or self._keeps:
            metrics = self.fontMetrics()
            widths.append(max(metrics.horizontalAdvance(words) for words in (self._text, self._keeps)))
        return [*widths, self._icon_size()] if self._trailing else widths
