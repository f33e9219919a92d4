"""Layouts that go on in the next line when the width is used up."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QWidget
from shiboken6 import isValid

_LEAST = 72
"""Nothing is ever asked to be narrower: below it not even broken words can be read."""
_ENDLESS = 10_000


@dataclass(slots=True)
class _Shown:
    """An item that is shown, what it wants, and how wide it is in one line where its words could go on in the next.

    All of it holds until the layout is invalidated. Its height at a width is asked anew: words break where they stand.
    """

    item: QLayoutItem
    widget: QWidget | None
    width: int
    height: int
    in_line: int

    def height_at(self, width: int) -> int:
        """How high it is in a width; it may be less than it wanted."""
        if self.item.hasHeightForWidth():
            return self.item.heightForWidth(width)
        if self.widget is not None and width < self.in_line:
            return max(self.height, self.widget.heightForWidth(width))
        return self.height

    def put(self, left: int, top: int, width: int, height: int) -> None:
        """Place it; a widget of fixed size may be higher than it wants where it got less width."""
        if self.widget is None:
            self.item.setGeometry(QRect(left, top, width, height))
        else:
            self.widget.setGeometry(left, top, width, height)


class LineLayout(QLayout):
    """What both layouts are: items in lines, whose height follows the width."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6, line_spacing: int = 5) -> None:
        super().__init__(parent)
        self._kept: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._line_widths: dict[QLayoutItem, Callable[[], int] | None] = {}
        self._measured: list[_Shown] | None = None
        self._spacing = spacing
        self._line_spacing = line_spacing
        self.setContentsMargins(0, 0, 0, 0)

    @property
    def _items(self) -> list[QLayoutItem]:
        """The items in their order.

        PySide takes an item for its widget's child and forgets it with that widget's wrapper: such an item cannot even
        be handed to Qt any more, which would crash at the next one that asks for it.
        """
        if not all(map(isValid, self._kept)):
            gone = [item for item in self._kept if not isValid(item)]
            self._kept = [item for item in self._kept if isValid(item)]
            for item in gone:
                self._line_widths.pop(item, None)
            self._heights.clear()
            self._measured = None
        return self._kept

    def addItem(self, item: QLayoutItem) -> None:
        self._kept.append(item)
        # What Qt suggests for words that may wrap is some shape of several lines.
        self._line_widths[item] = getattr(item.widget(), "line_width", None)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        items = self._items
        return items[index] if 0 <= index < len(items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._items):
            return None
        item = self._kept.pop(index)
        del self._line_widths[item]
        self._measured = None
        return item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        self._measured = None
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        # Every layout around this one asks again, many times in one pass.
        height = self._heights.get(width)
        if height is None:
            margins = self.contentsMargins()
            inner = QRect(0, 0, max(0, width - margins.left() - margins.right()), 0)
            height = self._place(inner, move=False) + margins.top() + margins.bottom()
            self._heights[width] = height
        return height

    def is_one_line(self, width: int) -> bool:
        """Whether all items stand beside each other in a width, each of them in one line."""
        return self.heightForWidth(width) == self.heightForWidth(_ENDLESS)

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def sizeHint(self) -> QSize:
        shown = self._shown()
        width = sum(one.width for one in shown) + self._spacing * max(0, len(shown) - 1)
        return self._with_margins(width, max((one.height for one in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = self._shown()
        # Without anything to show it is no size at all, which is not the same to the layout around it as an empty one.
        width = max((min(_LEAST, one.width) for one in shown), default=-1)
        return self._with_margins(width, max((one.height for one in shown), default=-1))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(self.contentsRect(), move=True)

    def _with_margins(self, width: int, height: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _shown(self) -> list[_Shown]:
        # Asked many times in one pass; what an item wants stays until it says otherwise.
        items = self._items
        if self._measured is None:
            self._measured = [self._measure(item, widget) for item, widget in self._there(items)]
        return self._measured

    def _there(self, items: list[QLayoutItem]) -> Iterator[tuple[QLayoutItem, QWidget | None]]:
        for item in items:
            if not item.isEmpty():
                widget = item.widget()
                if not self._is_empty(widget):
                    yield item, widget

    def _measure(self, item: QLayoutItem, widget: QWidget | None) -> _Shown:
        width, height = item.sizeHint().toTuple()
        line_width = self._line_widths[item]
        in_line = width if line_width is None else line_width()
        return _Shown(item, widget, width, height, in_line)

    def _is_empty(self, _widget: QWidget | None) -> bool:
        """Whether a widget is there but has nothing to show, and takes no room."""
        return False

    @abstractmethod
    def _place(self, rect: QRect, move: bool) -> int:
        """Put the items into the rectangle, or only say how high they are together."""


def _is_wordless(widget: QWidget | None) -> bool:
    return isinstance(widget, QLabel) and not widget.text() and not widget.minimumHeight()


@dataclass(slots=True)
class _Placed:
    shown: _Shown
    width: int
    stretch: bool


class FlowLayout(LineLayout):
    """Left to right, then down; hidden widgets take no room; every line is centred on its tallest widget,
    or, with `at_top`, begins with it.

    A widget added with `add_stretched` takes what is left of its line; the widgets behind it end at the right then.
    What is wider than a whole line goes on within itself where it can.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        spacing: int = 6,
        line_spacing: int = 5,
        centred: bool = False,
        at_top: bool = False,
    ) -> None:
        super().__init__(parent, spacing, line_spacing)
        self._centred = centred
        self._at_top = at_top
        self._stretched: dict[QWidget, float] = {}
        self._at_right: set[QWidget] = set()

    def add_stretched(self, widget: QWidget, ems: float = 8.0) -> None:
        """Add words that may wrap, and that want a line of at least `ems` times their height before others share it."""
        self._stretched[widget] = ems
        self.addWidget(widget)

    def add_right(self, widget: QWidget) -> None:
        """Add a widget that stands at the right end of its line, with all that follow in it."""
        self._at_right.add(widget)
        self.addWidget(widget)

    def _is_empty(self, widget: QWidget | None) -> bool:
        """Words that are empty take no room, unless they push what follows to the right."""
        return isinstance(widget, QLabel) and widget not in self._stretched and not widget.text()

    def _place(self, rect: QRect, move: bool) -> int:
        if move:
            for item in self._items:
                widget = item.widget()
                if widget is not None and self._is_empty(widget):
                    widget.setGeometry(QRect(rect.topLeft(), QSize(0, 0)))
        top = rect.top()
        line: list[_Placed] = []
        used = 0
        for shown in self._shown():
            placed = self._wanted(shown, rect.width())
            if line and used + self._spacing + placed.width > rect.width():
                top += self._place_line(line, rect, top, move) + self._line_spacing
                line, used = [], 0
            used += placed.width + (self._spacing if line else 0)
            line.append(placed)
        return top + self._place_line(line, rect, top, move) - rect.top()

    def _wanted(self, shown: _Shown, room: int) -> _Placed:
        widget = shown.widget
        ems = None if widget is None else self._stretched.get(widget)
        if widget is None or ems is None:
            return _Placed(shown, min(shown.in_line, room), stretch=False)
        wanted = min(shown.in_line, round(ems * widget.fontMetrics().height()), room)
        return _Placed(shown, wanted, stretch=True)

    def _place_line(self, line: list[_Placed], rect: QRect, top: int, move: bool) -> int:
        left_over = rect.width() - sum(one.width for one in line) - self._spacing * (len(line) - 1)
        takers = [one for one in line if one.stretch]
        for one in takers:
            one.width += max(0, left_over) // len(takers)
        heights = [0 if _is_wordless(one.shown.widget) else one.shown.height_at(one.width) for one in line]
        height = max(heights, default=0)
        if not move:
            return height
        gap = 0 if takers else max(0, left_over)
        # Without the words that push them to the right, buttons still end there.
        alone = self._stretched and len(line) < len(self._shown())
        left = rect.left() + (gap // 2 if self._centred else 0)
        for place, (one, own) in enumerate(zip(line, heights, strict=True)):
            if gap and (one.shown.widget in self._at_right or (alone and place == 0)):
                left, gap = left + gap, 0
            down = 0 if self._at_top else (height - own) // 2
            one.shown.put(left, top + down, one.width, own)
            left += one.width + self._spacing
        return height


def in_line(widget: QWidget) -> FlowLayout:
    """A line for one button, which goes on within itself where the line is too short for it."""
    line = FlowLayout()
    line.addWidget(widget)
    return line


class EvenLayout(LineLayout):
    """Fills its lines to both ends; what does not fit into one is spread over as few lines as hold it, evenly."""

    def _place(self, rect: QRect, move: bool) -> int:
        shown = self._shown()
        each = self._per_line([one.width for one in shown], rect.width())
        top = rect.top()
        for start in range(0, len(shown), each):
            top += self._place_line(shown[start : start + each], rect, top, move) + self._line_spacing
        return max(0, top - self._line_spacing - rect.top())

    def _per_line(self, widths: list[int], room: int) -> int:
        count = len(widths)
        for lines in range(1, count):
            each = math.ceil(count / lines)
            wholes = [widths[at : at + each] for at in range(0, count, each)]
            if all(sum(one) + self._spacing * (len(one) - 1) <= room for one in wholes):
                return each
        return 1

    def _place_line(self, line: list[_Shown], rect: QRect, top: int, move: bool) -> int:
        left_over = rect.width() - sum(one.width for one in line) - self._spacing * (len(line) - 1)
        share, more = divmod(left_over, len(line)) if left_over > 0 else (0, 0)
        widths = [min(one.width, rect.width()) + share + (place < more) for place, one in enumerate(line)]
        height = max((one.height_at(width) for one, width in zip(line, widths, strict=True)), default=0)
        left = rect.left()
        for one, width in zip(line, widths, strict=True):
            if move:
                one.put(left, top, width, height)
            left += width + self._spacing
        return height
