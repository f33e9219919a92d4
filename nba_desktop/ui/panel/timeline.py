"""The long timeline: every touchpoint the panel has, by channel, with the threads of its cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from nba_desktop.contract.codes import ContactChannel
from nba_desktop.contract.contact import Concern
from nba_desktop.contract.journey import JourneyHead, Touchpoint
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel import keys
from nba_desktop.ui.panel.journey_strip import CHANNEL_ICONS, paint_mark
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.threads import Lane, lanes_of
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, SectionHeader
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.journey import channel_word, experience_word, timeline_case, touchpoint_sentence
from nba_desktop.ui.theme import Tokens, current_tokens

_ROW: Final = Qt.ItemDataRole.UserRole
_LANES: Final = 3
_LANE_WIDTH: Final = 9
_MARK: Final = 24
_PAD: Final = 12
_GAP: Final = 8
_MARK_LEFT: Final = _PAD + _LANES * _LANE_WIDTH
_WORDS_LEFT: Final = _MARK_LEFT + _MARK + 9

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One touchpoint in words, with the threads that pass it."""

    point: Touchpoint
    day: str
    sentence: str
    detail: str
    lanes: tuple[Lane, ...]
    thread: str | None


class TimelineModel(QAbstractListModel):
    """The touchpoints of one journey, newest first, of one channel or of all."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._rows: tuple[TimelineRow, ...] = ()

    def show_points(self, points: tuple[Touchpoint, ...], concerns: tuple[Concern, ...]) -> None:
        """Replace the rows."""
        self.beginResetModel()
        lanes = lanes_of([point.case_id for point in points], _LANES)
        self._rows = tuple(self._row(point, passing, concerns) for point, passing in zip(points, lanes, strict=True))
        self.endResetModel()

    def _row(self, point: Touchpoint, lanes: tuple[Lane, ...], concerns: tuple[Concern, ...]) -> TimelineRow:
        own = next((lane for lane in lanes if lane.here), None)
        parts = (
            self._formats.time(point.at),
            channel_word(point.channel),
            self._break_word() if point.media_break else "",
            timeline_case(point),
        )
        return TimelineRow(
            point=point,
            day=self._formats.day(point.at),
            sentence=touchpoint_sentence(point, self._formats, concerns),
            detail=" · ".join(filter(None, parts)),
            lanes=lanes,
            thread=own.case_id if own else None,
        )

    def _break_word(self) -> str:
        return self.tr("Media break")

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{row.day}: {row.sentence}, {row.detail}, {experience_word(row.point.experience)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.sentence
        return None


class TimelineDelegate(QStyledItemDelegate):
    """Paints a row: day, mark, sentence, detail, and the threads of its cases at the left."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._list = view
        self.marked: str | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: TimelineRow = index.data(_ROW)
        font = option.font
        metrics, small = QFontMetrics(font), QFontMetrics(_small(font))
        room = self._list.viewport().width() - _WORDS_LEFT - _PAD - small.horizontalAdvance(row.day) - _GAP
        lines = 1 if metrics.horizontalAdvance(row.sentence) <= room else 2
        return QSize(room, lines * metrics.height() + small.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TimelineRow = index.data(_ROW)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tokens = current_tokens()
        font: QFont = option.font
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(tokens.accent_soft))
        self._paint_threads(painter, box, row, tokens)
        mark = QRect(box.left() + _MARK_LEFT, box.top() + (box.height() - _MARK) // 2, _MARK, _MARK)
        paint_mark(painter, mark, row.point.channel, row.point.experience, tokens)
        self._paint_words(painter, box.adjusted(_WORDS_LEFT, 6, -_PAD, -6), row, font, tokens)
        painter.restore()

    def _paint_threads(self, painter: QPainter, box: QRect, row: TimelineRow, tokens: Tokens) -> None:
        for lane in row.lanes:
            strong = self.marked == lane.case_id
            painter.setPen(QPen(QColor(tokens.accent if strong else tokens.edge), 3 if strong else 1.5))
            x = box.left() + _PAD + lane.place * _LANE_WIDTH + 3
            middle = box.center().y()
            painter.drawLine(x, middle if lane.first else box.top(), x, middle if lane.last else box.bottom() + 1)
            if lane.here:
                painter.drawLine(x, middle, box.left() + _PAD + _LANES * _LANE_WIDTH - 2, middle)

    def _paint_words(self, painter: QPainter, box: QRect, row: TimelineRow, font: QFont, tokens: Tokens) -> None:
        small = _small(font)
        small_metrics = QFontMetrics(small)
        day = small_metrics.horizontalAdvance(row.day) + _GAP
        detail = box.adjusted(0, box.height() - small_metrics.height(), 0, 0)
        sentence = box.adjusted(0, 0, -day, -small_metrics.height())
        top_left = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        painter.drawText(sentence, top_left | Qt.TextFlag.TextWordWrap, row.sentence)
        painter.setFont(small)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, row.day)
        painter.setPen(QColor(tokens.bad if row.point.media_break or row.point.case_open else tokens.muted))
        painter.drawText(detail, top_left, row.detail)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(max(10, font.pixelSize() - 2))
    return small


class _ChannelChip(Button):
    def __init__(self) -> None:
        super().__init__(role="chip")
        self.channel: ContactChannel | None = None


class Timeline(Overlay):
    """The overlay with filter and list; Esc or the close button leave it."""

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = TimelineModel(formats)
        self._journey: JourneyHead | None = None
        self._concerns: tuple[Concern, ...] = ()
        self._channel: ContactChannel | None = None
        close = Button(self.tr("Close"), role="link", icon="cross", key=keys.CLOSE)
        close.clicked.connect(self.closed)
        filters = QWidget()
        flow = FlowLayout(filters)
        self._chips = {channel: self._new_chip(channel) for channel in (None, *ContactChannel)}
        for chip in self._chips.values():
            flow.addWidget(chip)
        self._count = Label(role="tiny", variant="muted")
        self._list = QListView()
        self._list.setAccessibleName(self.tr("All contacts"))
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setModel(self._model)
        self._delegate = TimelineDelegate(self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.selectionModel().currentChanged.connect(self._on_current)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(SectionHeader(self.tr("All contacts"), close))
        head.addWidget(filters)
        head.addWidget(self._count)
        column.addLayout(head)
        column.addWidget(self._list, 1)

    def _new_chip(self, channel: ContactChannel | None) -> _ChannelChip:
        chip = _ChannelChip()
        chip.channel = channel
        chip.set_text(channel_word(channel) if channel else self.tr("All", "channels"))
        chip.set_icon(CHANNEL_ICONS[channel] if channel else "")
        chip.clicked.connect(lambda: self._filter(channel))
        return chip

    def show_journey(self, journey: JourneyHead | None, concerns: tuple[Concern, ...]) -> None:
        """Show a journey; the filter starts anew with each."""
        if journey == self._journey and concerns == self._concerns:
            return
        self._journey, self._concerns = journey, concerns
        present = {point.channel for point in journey.touchpoints} if journey else set()
        for channel, chip in self._chips.items():
            set_shown(chip, channel is None or channel in present)
        self._filter(None)

    def open(self) -> None:
        """Come to the front with the keyboard in the list."""
        self.show()
        self.raise_()
        self._list.setFocus()

    def _filter(self, channel: ContactChannel | None) -> None:
        self._channel = channel
        points = self._journey.touchpoints if self._journey else ()
        shown = tuple(point for point in points if channel in (None, point.channel))
        self._delegate.marked = None
        self._model.show_points(shown, self._concerns)
        for one, chip in self._chips.items():
            chip.set_on(one is channel)
        total = self._journey.total if self._journey else 0
        words = self.tr("{shown} of {total} contacts").format(shown=len(shown), total=total)
        set_text(self._count, words)
        set_named(self._list, self.tr("All contacts"), "")

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        row: TimelineRow | None = current.data(_ROW) if current.isValid() else None
        thread = row.thread if row else None
        if thread != self._delegate.marked:
            self._delegate.marked = thread
            self._list.viewport().update()
