"""The lines of the review: agents or actions, with the interval of each drawn in its row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
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
from nba_desktop.contract.review import ActionRow, AgentRow, Comparison, Figures
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.team.bars import paint_interval
from nba_desktop.ui.texts.review_words import NOTHING, agent_words, rate_in_full, share, statement_words
from nba_desktop.ui.theme import current_tokens, scaled

_ROW: Final = 44
_PAD: Final = 10
_BAR: Final = 4
_LEAST_BAR: Final = 120
_LEAST_COLUMN: Final = 56
_SCALE_STEPS: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its code, its words, its figures, and the comparison where there is one."""

    code: str
    title: str
    figures: Figures
    comparison: Comparison | None = None


def agent_lines(rows: Sequence[AgentRow]) -> tuple[Line, ...]:
    """The lines of agents, in the order of their pseudonyms: never by what they reach."""
    lines = (Line(row.agent, agent_words(row), row.figures, row.comparison) for row in rows)
    return tuple(sorted(lines, key=lambda line: line.code))


def action_lines(rows: Sequence[ActionRow]) -> tuple[Line, ...]:
    """The lines of actions, by name."""
    return tuple(sorted((Line(row.action_id, row.title, row.figures) for row in rows), key=lambda line: line.title))


class LinesModel(QAbstractTableModel):
    """What stands in the cells, and what a screen reader says of them."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._heads: tuple[str, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self.most = 1.0

    def show_lines(self, what: str, lines: tuple[Line, ...], compared: bool) -> None:
        """Show lines whose first column is headed `what`; with `compared` there are two columns more."""
        heads = (
            what,
            self.tr("Opportunities"),
            self.tr("Presentation"),
            self.tr("Acceptance per opportunity"),
            "",
            *((self.tr("expected"), self.tr("Statement")) if compared else ()),
        )
        if (heads, lines) == (self._heads, self.lines):
            return
        self.beginResetModel()
        self._heads, self.lines = heads, lines
        highest = max((line.figures.per_opportunity.high or 0.0 for line in lines), default=1.0)
        self.most = next((step for step in _SCALE_STEPS if step >= highest), 1.0)
        self.endResetModel()

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
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(line, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(line, column)
        return None

    def _words(self, line: Line, column: int) -> str:
        formats, figures = self._formats, line.figures
        expected = None if line.comparison is None else line.comparison.expected
        return (
            line.title,
            self._opportunities(figures),
            share(figures.presentation, formats),
            share(figures.per_opportunity, formats),
            "",
            NOTHING if expected is None else formats.share(expected),
            "" if line.comparison is None else statement_words(line.comparison),
        )[column]

    def _opportunities(self, figures: Figures) -> str:
        return NOTHING if figures.opportunities is None else self._formats.number(figures.opportunities)

    def _spoken(self, line: Line, column: int) -> str:
        rates = {2: line.figures.presentation, 3: line.figures.per_opportunity, 4: line.figures.per_opportunity}
        if column in rates:
            return rate_in_full(rates[column], self._formats)
        return self._words(line, column)


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
            room = QRectF(rect.left() + _PAD, rect.top(), rect.width() - 2 * _PAD, rect.height() - 1)
            expected = None if line.comparison is None else line.comparison.expected
            paint_interval(painter, room, line.figures.per_opportunity, expected, self._model.most)
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
        room = rect.adjusted(_PAD, 0, -_PAD // 2, 0)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, str(index.data(Qt.ItemDataRole.DisplayRole)))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        metrics = option.fontMetrics
        width = scaled(_LEAST_BAR) if index.column() == _BAR else metrics.horizontalAdvance(words)
        return QSize(width + 2 * _PAD, max(scaled(_ROW), metrics.height() + 12))


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
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.clicked.connect(lambda index: self._choose(index.row()))

    def show_lines(self, what: str, lines: tuple[Line, ...], chosen: str | None, *, compared: bool) -> None:
        """Show lines of which one may be chosen."""
        self._model.show_lines(what, lines, compared)
        row = next((number for number, line in enumerate(lines) if line.code == chosen), None)
        if row is None:
            self.clearSelection()
        elif self.currentIndex().row() != row or not self.selectionModel().isRowSelected(row, QModelIndex()):
            self.selectRow(row)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._choose(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._model.lines):
            self.line_chosen.emit(self._model.lines[row].code)

    def _fit(self) -> None:
        """Give every column what its words need, and the bars what is left."""
        head = self.horizontalHeader()
        font = QFont(head.font())
        font.setWeight(QFont.Weight.DemiBold)
        head.setFont(font)
        bold = QFontMetrics(font)
        for column in range(self._model.columnCount()):
            if column == _BAR:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
                continue
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            title = str(self._model.headerData(column, Qt.Orientation.Horizontal))
            wanted = _width_in_two_lines(title, bold) + 2 * _PAD
            head.resizeSection(column, max(self.sizeHintForColumn(column), wanted, scaled(_LEAST_COLUMN)))
        head.setMinimumHeight(max(scaled(_ROW), 2 * bold.height() + 10))
        self.verticalHeader().setDefaultSectionSize(max(scaled(_ROW), self.fontMetrics().height() + 12))


def _width_in_two_lines(title: str, metrics: QFontMetrics) -> int:
    """The least width at which a heading, broken between words, takes two lines at most."""
    words = title.split()
    broken = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words) + 1))
    return min((max(map(metrics.horizontalAdvance, lines)) for lines in broken), default=0) + 2
