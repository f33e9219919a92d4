"""A chip that is only read: an icon, a strong part, a plain part."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOption, QWidget

from nba_desktop.ui.icons import paint_icon
from nba_desktop.ui.setters import set_variant

_PAD, _GAP, _ICON, _HEIGHT = 9, 4, 12, 22


class Chip(QWidget):
    """A read-only chip; `variant`: "", good, bad, accent, muted, bare (no ground)."""

    def __init__(self, text: str = "", variant: str = "", icon: str = "", pad: int = _PAD) -> None:
        super().__init__()
        self._pad = 0 if variant == "bare" else pad
        self._strong = ""
        self._text = text
        self._icon = icon
        self._trailing = ""
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
            self.updateGeometry()
            self.update()
        if variant is not None:
            set_variant(self, variant)

    def sizeHint(self) -> QSize:
        widths = self._widths()
        inner = sum(widths) + _GAP * max(0, len(widths) - 1)
        return QSize(inner + 2 * self._pad, max(_HEIGHT, self.fontMetrics().height() + 6))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        colour = self.palette().color(self.foregroundRole())
        painter.setPen(colour)
        x = self._pad
        top = (self.height() - _ICON) // 2
        if self._icon:
            paint_icon(painter, self._icon, colour, x, top, _ICON)
            x += _ICON + _GAP
        for words, font in ((self._strong, self._strong_font()), (self._text, self.font())):
            if words:
                advance = QFontMetrics(font).horizontalAdvance(words)
                painter.setFont(font)
                painter.drawText(x, 0, advance + 2, self.height(), Qt.AlignmentFlag.AlignVCenter, words)
                x += advance + _GAP
        if self._trailing:
            paint_icon(painter, self._trailing, colour, x, top, _ICON)

    def _strong_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _widths(self) -> list[int]:
        widths = [_ICON] if self._icon else []
        if self._strong:
            widths.append(QFontMetrics(self._strong_font()).horizontalAdvance(self._strong))
        if self._text:
            widths.append(self.fontMetrics().horizontalAdvance(self._text))
        return [*widths, _ICON] if self._trailing else widths
