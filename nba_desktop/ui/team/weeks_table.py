"""Every value of the plots in words, week by week, for the keyboard and the ear."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from nba_desktop.ui.setters import set_named
from nba_desktop.ui.team.paper import Paper
from nba_desktop.ui.team.plots import Trend
from nba_desktop.ui.theme import scaled

_ROWS: Final = 8
_PAD: Final = 12
_COLUMNS: Final = 7
"""Figures that fit beside each other on paper."""

Index = QModelIndex | QPersistentModelIndex


class WeeksModel(QAbstractTableModel):
    """A row for each week, the newest first, and a column for each figure behind the week."""

    def __init__(self) -> None:
        super().__init__()
        self._trends: tuple[Trend, ...] = ()

    def show_trends(self, trends: tuple[Trend, ...]) -> bool:
        """Show trends of the same weeks; say whether they are others."""
        if trends == self._trends:
            return False
        self.beginResetModel()
        self._trends = trends
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() or not self._trends else len(self._trends[0].points)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self._trends) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.tr("Week from") if section == 0 else self._trends[section - 1].title
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        # The newest week is read first.
        place = self.rowCount() - 1 - index.row()
        if index.column() == 0:
            point = self._trends[0].points[place]
            return point.week if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        point = self._trends[index.column() - 1].points[place]
        if role == Qt.ItemDataRole.DisplayRole:
            return point.words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return point.spoken
        return None


class WeeksTable(QTableView):
    """Read with the arrow keys."""

    def __init__(self) -> None:
        super().__init__()
        self._model = WeeksModel()
        self.setModel(self._model)
        set_named(self, self.tr("Figures by week"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def put_on(self, paper: Paper) -> None:
        """Put every value on paper, some columns in each table."""
        model = self._model
        for first in range(1, model.columnCount(), _COLUMNS):
            columns = (0, *range(first, min(first + _COLUMNS, model.columnCount())))
            heads = [str(model.headerData(one, Qt.Orientation.Horizontal)) for one in columns]
            rows = ([escape(str(model.index(row, one).data())) for one in columns] for row in range(model.rowCount()))
            paper.table(rows, heads)

    def show_trends(self, trends: tuple[Trend, ...]) -> None:
        """Show the values of trends."""
        if not self._model.show_trends(trends):
            return
        head, metrics = self.horizontalHeader(), self.fontMetrics()
        for column in range(self._model.columnCount()):
            title = str(self._model.headerData(column, Qt.Orientation.Horizontal))
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            width = max(self.sizeHintForColumn(column), metrics.horizontalAdvance(title) * 11 // 10)
            head.resizeSection(column, width + 2 * scaled(_PAD))
        row = max(scaled(28), metrics.height() + 8)
        self.verticalHeader().setDefaultSectionSize(row)
        self.setMinimumHeight(row * (min(_ROWS, self._model.rowCount()) + 1) + 2 * _PAD)
