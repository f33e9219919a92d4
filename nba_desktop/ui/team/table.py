"""The lines of the review: agents or actions, with the interval of each drawn in its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from nba_desktop.contract.codes import ReviewStatement
from nba_desktop.contract.review import ActionRow, AgentRow, Comparison, Figures, Period, Rate
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.team.bars import IntervalBar, paint_interval, scale_end
from nba_desktop.ui.team.paper import Paper
from nba_desktop.ui.texts.review_words import (
    NOTHING,
    agent_words,
    counted_words,
    counts,
    rate_in_full,
    share,
    statement_words,
)
from nba_desktop.ui.theme import current_tokens, scaled

_ROW: Final = 44
_PAD: Final = 10
"""As wide as the style sheet's around headings."""
_RATES: Final = 2
_BAR: Final = 4
_LEAST_BAR: Final = 72
_GOOD_BAR: Final = 200
_LEAST_COLUMN: Final = 56
_ON_PAPER: Final = (220, 20)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its code, its words, its figures, and the comparison where there is one.

    `counted` are the parts of the period that the figures are of, where that is not all of it.
    """

    code: str
    title: str
    figures: Figures
    comparison: Comparison | None = None
    counted: tuple[Period, ...] = ()


def agent_lines(rows: Sequence[AgentRow]) -> tuple[Line, ...]:
    """The lines of agents, by the alphabet of what is shown of them: never by what they reach."""
    by_name = sorted(rows, key=lambda row: row.place)
    return tuple(Line(row.agent, agent_words(row), row.figures, row.comparison, row.counted) for row in by_name)


def action_lines(rows: Sequence[ActionRow]) -> tuple[Line, ...]:
    """The lines of actions, by name."""
    return tuple(sorted((Line(row.action_id, row.title, row.figures) for row in rows), key=lambda line: line.title))


class LinesModel(QAbstractTableModel):
    """What stands in the cells, and what a screen reader says of them."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._heads: tuple[str, ...] = ()
        self._cells: tuple[tuple[str, ...], ...] = ()
        self.lines: tuple[Line, ...] = ()
        self.most = 1.0

    def show_lines(self, what: str, lines: tuple[Line, ...], compared: bool) -> bool:
        """Show lines whose first column is headed `what`, with `compared` two columns more; say whether they differ."""
        heads = (
            what,
            self.tr("Opportunities"),
            self.tr("Presentation"),
            self.tr("Acceptance per opportunity"),
            "",
            *((self.tr("expected"), self.tr("Statement")) if compared else ()),
        )
        if (heads, lines) == (self._heads, self.lines):
            return False
        self.beginResetModel()
        self._heads, self.lines = heads, lines
        self._cells = tuple(self._words(line) for line in lines)
        self.most = scale_end(line.figures.per_opportunity.high or 0.0 for line in lines)
        self.endResetModel()
        return True

    def words_in(self, column: int) -> frozenset[str]:
        """Return what stands in a column, each once."""
        return frozenset(cells[column] for cells in self._cells)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and section < len(self._heads):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._heads[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cells[index.row()][index.column()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(index.row(), index.column())
        return None

    def _words(self, line: Line) -> tuple[str, ...]:
        formats, figures = self._formats, line.figures
        expected = None if line.comparison is None else line.comparison.expected
        return (
            line.title,
            self._opportunities(figures),
            self._with_counts(figures.presentation),
            self._with_counts(figures.per_opportunity),
            "",
            NOTHING if expected is None else formats.share(expected),
            "" if line.comparison is None else statement_words(line.comparison),
        )

    def _with_counts(self, rate: Rate) -> str:
        """A share, and in a second line what it was computed from."""
        counted = "" if rate.hidden else counts(rate, self._formats)
        return "\n".join(one for one in (share(rate, self._formats), counted) if one)

    def _opportunities(self, figures: Figures) -> str:
        return NOTHING if figures.opportunities is None else self._formats.number(figures.opportunities)

    def _spoken(self, row: int, column: int) -> str:
        figures = self.lines[row].figures
        rates = {2: figures.presentation, 3: figures.per_opportunity, 4: figures.per_opportunity}
        if column in rates:
            return rate_in_full(rates[column], self._formats)
        words = self._cells[row][column]
        counted = counted_words(self.lines[row].counted, self._formats) if column < _RATES else ""
        return " · ".join(one for one in (words, counted) if one)


class _Delegate(QStyledItemDelegate):
    """Paints a cell: words, or the bar of the row."""

    def __init__(self, model: LinesModel) -> None:
        super().__init__(model)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, rect = current_tokens(), option.rect
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, QColor(tokens.accent_soft))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(tokens.border))
        line = self._model.lines[index.row()]
        if index.column() == _BAR:
            pad = scaled(_PAD)
            room = QRectF(rect.left() + pad, rect.top(), rect.width() - 2 * pad, rect.height() - 1)
            expected = None if line.comparison is None else line.comparison.expected
            paint_interval(painter, room, line.figures.per_opportunity, expected, self._model.most, tokens)
        else:
            self._paint_words(painter, rect, index, line)
        if index.column() == 0 and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(tokens.accent))
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, index: Index, line: Line) -> None:
        tokens = current_tokens()
        is_statement = index.column() == _BAR + 2
        plain = line.comparison is not None and line.comparison.statement in (
            ReviewStatement.ABOVE,
            ReviewStatement.BELOW,
        )
        painter.setPen(QColor(tokens.muted if is_statement and not plain else tokens.text))
        room = rect.adjusted(scaled(_PAD), 0, -scaled(_PAD) // 2, 0)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        figure, _, beneath = str(index.data(Qt.ItemDataRole.DisplayRole)).partition("\n")
        if not beneath:
            painter.drawText(room, flags, figure)
            return
        line_height = painter.fontMetrics().height()
        room.setTop(room.center().y() - line_height)
        painter.drawText(room.adjusted(0, 0, 0, line_height - room.height()), flags, figure)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(room.adjusted(0, line_height, 0, 2 * line_height - room.height()), flags, beneath)


class LinesTable(QTableView):
    """Chosen with a click or Enter; the arrow keys go through the lines. Nobody is put in an order by a figure."""

    line_chosen = Signal(str)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._model = LinesModel(formats)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self._model))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideNone)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._measured: tuple[tuple[int, int], ...] = ()
        self._widths: dict[str, tuple[int, int]] = {}
        self._widths_in = QFont()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.clicked.connect(lambda index: self._choose(index.row()))

    def show_lines(self, what: str, lines: tuple[Line, ...], chosen: str | None, *, compared: bool) -> None:
        """Show lines of which one may be chosen."""
        if self._model.show_lines(what, lines, compared):
            self._measured = ()
        row = next((number for number, line in enumerate(lines) if line.code == chosen), None)
        if row is None:
            self.clearSelection()
        elif self.currentIndex().row() != row or not self.selectionModel().isRowSelected(row, QModelIndex()):
            self.selectRow(row)
        self._fit()

    def put_on(self, paper: Paper) -> None:
        """Put the lines on paper, all of them."""
        model, rows = self._model, []
        heads = [str(model.headerData(one, Qt.Orientation.Horizontal)) for one in range(model.columnCount())]
        for number, line in enumerate(model.lines):
            cells = [
                escape(str(model.index(number, column).data())).replace("\n", "<br>")
                for column in range(model.columnCount())
            ]
            bar = IntervalBar()
            expected = None if line.comparison is None else line.comparison.expected
            bar.show_rate(line.figures.per_opportunity, expected, model.most)
            cells[_BAR] = paper.drawn(bar, *_ON_PAPER)
            rows.append(cells)
        paper.table(rows, heads)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._choose(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._model.lines):
            self.line_chosen.emit(self._model.lines[row].code)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measured = ()
            self._fit()

    def _measure(self) -> tuple[tuple[int, int], ...]:
        """For each column the width its words need in two lines, and that in one; headings may always take two.

        Widths of words that are still there are kept from one filling to the next.
        """
        head, model = self.horizontalHeader(), self._model
        font = QFont(head.font())
        font.setWeight(QFont.Weight.DemiBold)
        head.setFont(font)
        bold, metrics, pad = QFontMetrics(font), self.fontMetrics(), 2 * scaled(_PAD)
        head.setMinimumHeight(max(scaled(_ROW), 2 * bold.height() + 10))
        self.verticalHeader().setDefaultSectionSize(max(scaled(_ROW), 2 * metrics.height() + 10))
        known = self._widths if self._widths_in == self.font() else {}
        columns = [model.words_in(column) for column in range(model.columnCount())]
        self._widths_in = QFont(self.font())
        self._widths = {one: known.get(one) or _widths(one, metrics) for words in columns for one in words}
        measured = []
        for column, words in enumerate(columns):
            title, _ = _widths(str(model.headerData(column, Qt.Orientation.Horizontal)), bold)
            least = max(title + pad, scaled(_LEAST_COLUMN))
            two = max((self._widths[one][0] + pad for one in words), default=0)
            whole = max((self._widths[one][1] + pad for one in words), default=0)
            measured.append((max(two, least), max(whole, least)))
        return tuple(measured)

    def _fit(self) -> None:
        """Give every column what its words need, in one line where there is room, and the bars what is left."""
        if self._model.columnCount() <= _BAR:
            return
        self._measured = self._measured or self._measure()
        room = self.viewport().width()
        others = [widths for column, widths in enumerate(self._measured) if column != _BAR]
        in_one_line = sum(whole for _, whole in others) + scaled(_GOOD_BAR) <= room
        taken = 0
        for column, (two, whole) in enumerate(self._measured):
            if column != _BAR:
                width = whole if in_one_line else two
                self.horizontalHeader().resizeSection(column, width)
                taken += width
        self.horizontalHeader().resizeSection(_BAR, max(scaled(_LEAST_BAR), room - taken))


def _widths(words: str, metrics: QFontMetrics) -> tuple[int, int]:
    """The least width at which words, broken at their spaces, take two lines at most, and that of one line.

    What stands in lines of its own is not broken once more.
    """
    if "\n" in words:
        width = max(map(metrics.horizontalAdvance, words.split("\n"))) + 2
        return width, width
    one_line = metrics.horizontalAdvance(words)
    parts = words.split(" ")
    broken = ((" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts)))
    return min((max(map(metrics.horizontalAdvance, lines)) for lines in broken), default=one_line) + 2, one_line + 2
