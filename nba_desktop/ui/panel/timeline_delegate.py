"""How a row of the long timeline is painted, and how high it is; nothing is cut, whatever the size of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nba_desktop.ui.panel.journey_strip import paint_mark
from nba_desktop.ui.panel.timeline_model import LANES, Index, TimelineModel
from nba_desktop.ui.panel.timeline_rows import Callout, Entry, Heading, Row
from nba_desktop.ui.theme import current_tokens
from nba_desktop.ui.tokens import Tokens

_LANE_WIDTH: Final = 9
_MARK: Final = 24
_PAD: Final = 12
_MARK_LEFT: Final = _PAD + LANES * _LANE_WIDTH
_WORDS_LEFT: Final = _MARK_LEFT + _MARK + 9
_ABOVE: Final = 6
_BAR: Final = 3
_TALL: Final = 100_000
_TOP_LEFT: Final = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
_WORDS: Final = _TOP_LEFT | Qt.TextFlag.TextWordWrap
_LETTERS: Final = _TOP_LEFT | Qt.TextFlag.TextWrapAnywhere


@dataclass(frozen=True, slots=True)
class _Line:
    """A text as it is set into the row's width: how high, and whether a word must be broken."""

    height: int
    flags: int


class TimelineDelegate(QStyledItemDelegate):
    """Paints contacts, headings and media breaks; `case_clicked` carries the row whose case was clicked."""

    case_clicked = Signal(int)

    def __init__(self, view: QListView, model: TimelineModel) -> None:
        super().__init__(view)
        self._list = view
        self._model = model
        self._width = 0
        self._lines: dict[tuple[str, int], _Line] = {}
        self._fonts: tuple[QFont, QFont, QFont] = (QFont(), QFont(), QFont())
        self._metrics: tuple[QFontMetrics, ...] = ()
        self.marked: str | None = None
        self.set_into(view.width(), view.font())
        model.measure = self._height

    # ---- how high

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row, heights = index.row(), self._model.heights
        if not heights[row]:
            heights[row] = self._height(self._model.rows[row])
        return QSize(self._width, heights[row])

    def set_into(self, width: int, font: QFont) -> None:
        """Measure anew, for another width of the list or another font."""
        self._width = width
        self._lines.clear()
        strong = _small(font)
        strong.setWeight(QFont.Weight.DemiBold)
        self._fonts = (QFont(font), _small(font), strong)
        self._metrics = tuple(QFontMetrics(one) for one in self._fonts)
        self._model.forget_heights()

    def _height(self, row: Row) -> int:
        match row:
            case Entry() as entry:
                words = self._line(entry.sentence, 0).height + self._line(entry.detail, 1).height
                case = self._line(entry.case, 1).height if entry.case else 0
                return max(_MARK, words + case) + 2 * _ABOVE
            case Callout() as callout:
                return self._metrics[2].height() + self._line(callout.words, 1).height + 2 * _ABOVE + 4
            case Heading() as heading:
                return self._line(heading.words, 2).height + 2 * _ABOVE

    def _line(self, words: str, font: int) -> _Line:
        line = self._lines.get((words, font))
        if line is None:
            line = self._lines[(words, font)] = self._measured(words, font)
        return line

    def _measured(self, words: str, font: int) -> _Line:
        metrics = self._metrics[font]
        room = max(1, self._width - (_MARK_LEFT if font == 2 else _WORDS_LEFT) - _PAD)
        if metrics.horizontalAdvance(words) <= room:
            return _Line(metrics.height(), int(_WORDS))
        fits = all(metrics.horizontalAdvance(word) <= room for word in words.split(" "))
        flags = int(_WORDS if fits else _LETTERS)
        return _Line(metrics.boundingRect(QRect(0, 0, room, _TALL), flags, words).height(), flags)

    # ---- how it looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tokens = current_tokens()
        row = self._model.rows[index.row()]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.accent_soft))
        elif isinstance(row, Heading):
            painter.fillRect(box, QColor(tokens.ground))
        self._paint_threads(painter, box, index.row(), tokens)
        match row:
            case Entry():
                self._paint_entry(painter, box, row, tokens)
            case Callout():
                self._paint_callout(painter, box, row, tokens)
            case Heading():
                colour = tokens.accent if row.recent else tokens.muted
                self._paint_text(painter, box, box.top() + _ABOVE, row.words, 2, colour, left=_MARK_LEFT)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_threads(self, painter: QPainter, box: QRect, row: int, tokens: Tokens) -> None:
        for lane in self._model.lanes[row]:
            strong = self.marked == lane.case_id
            painter.setPen(QPen(QColor(tokens.accent if strong else tokens.edge), 3 if strong else 1.5))
            x = box.left() + _PAD + lane.place * _LANE_WIDTH + 3
            middle = box.center().y()
            painter.drawLine(x, middle if lane.first else box.top(), x, middle if lane.last else box.bottom() + 1)
            if lane.here:
                painter.drawLine(x, middle, box.left() + _MARK_LEFT - 2, middle)

    def _paint_entry(self, painter: QPainter, box: QRect, row: Entry, tokens: Tokens) -> None:
        mark = QRect(box.left() + _MARK_LEFT, box.top() + (box.height() - _MARK) // 2, _MARK, _MARK)
        paint_mark(painter, mark, row.point.channel, row.point.experience, tokens)
        if row.recent:
            painter.fillRect(box.left(), box.top(), _BAR, box.height(), QColor(tokens.accent))
        top = self._paint_text(painter, box, box.top() + _ABOVE, row.sentence, 0, tokens.text)
        top = self._paint_text(painter, box, top, row.detail, 1, tokens.bad if row.warns else tokens.muted)
        if row.case:
            self._paint_text(painter, box, top, row.case, 1, tokens.bad if row.point.case_open else tokens.accent, True)

    def _paint_callout(self, painter: QPainter, box: QRect, row: Callout, tokens: Tokens) -> None:
        inner = box.adjusted(_WORDS_LEFT - _BAR - 6, 2, -_PAD + 4, -2)
        painter.fillRect(inner, QColor(tokens.bad_soft))
        painter.fillRect(inner.left(), inner.top(), _BAR, inner.height(), QColor(tokens.bad))
        top = self._paint_text(painter, box, box.top() + _ABOVE + 2, row.title, 2, tokens.bad, left=_WORDS_LEFT)
        self._paint_text(painter, box, top, row.words, 1, tokens.text)

    def _paint_text(
        self,
        painter: QPainter,
        box: QRect,
        top: int,
        words: str,
        font: int,
        colour: str,
        linked: bool = False,
        left: int = _WORDS_LEFT,
    ) -> int:
        """Paint a text at its place; returns where it ends."""
        line = self._line(words, font)
        shown = self._fonts[font]
        if linked:
            shown = QFont(shown)
            shown.setUnderline(True)
        painter.setFont(shown)
        painter.setPen(QColor(colour))
        painter.drawText(QRect(box.left() + left, top, box.width() - left - _PAD, line.height), line.flags, words)
        return top + line.height

    # ---- what is clicked

    def editorEvent(self, event: QEvent, _model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease:
            row = self._model.rows[index.row()]
            if isinstance(row, Entry) and row.case and self._on_case(event.position().toPoint(), option, row):
                self.case_clicked.emit(index.row())
                return True
        return False

    def _on_case(self, where: QPoint, option: QStyleOptionViewItem, row: Entry) -> bool:
        box: QRect = option.rect
        above = self._line(row.sentence, 0).height + self._line(row.detail, 1).height
        return where.x() < box.left() + _MARK_LEFT or (
            where.x() >= box.left() + _WORDS_LEFT and where.y() >= box.top() + _ABOVE + above
        )


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(max(11, round(font.pixelSize() * 12 / 13)))
    return small
