"""The long timeline as a list that views and screen readers read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QAbstractListModel, QElapsedTimer, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from nba_desktop.ui.panel.threads import Lane, lanes_of
from nba_desktop.ui.panel.timeline_rows import Callout, Entry, Heading, Row, until

LANES: Final = 3
ROW: Final = int(Qt.ItemDataRole.UserRole)
_AT_ONCE: Final = 60
_AT_LEAST: Final = 20
_SLICE_MS: Final = 3
_MEASURED_AT_ONCE: Final = 120

Index = QModelIndex | QPersistentModelIndex


class TimelineModel(QAbstractListModel):
    """The rows of one journey. The first are there at once; the rest is made in slices, so that nothing stands still.

    `lanes` says of each row which threads pass it, `heights` how high it is: 0 until measured, by `measure`, which
    the delegate sets. All three are for the delegate, which is asked about thousands of rows at a time.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.lanes: list[tuple[Lane, ...]] = []
        self.heights: list[int] = []
        self.measure: Callable[[Row], int] = lambda _: 0
        self._coming: Iterator[Row] = iter(())
        self._made: list[Row] = []
        self._measured: list[int] = []
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._make_slice)

    def show_rows(self, rows: Iterator[Row]) -> None:
        """Show other rows, from the top."""
        self._coming = rows
        self._made, self._measured = until(_AT_ONCE, lambda: True, rows), []
        self._replace(self._made.copy(), [])
        self._slices.start()

    def lengthen(self, rows: Iterator[Row]) -> None:
        """Show rows that begin as the present ones do: whoever looks at those is not disturbed."""
        self._coming, self._made, self._measured = rows, [], []
        self._slices.start()

    def forget_heights(self) -> None:
        """The rows are set into another width, or in another size of text."""
        self.heights, self._measured = [0] * len(self.rows), []

    @property
    def is_whole(self) -> bool:
        """Whether every row is there."""
        return not self._slices.isActive()

    def finish(self) -> None:
        """Make what is left at once."""
        if not self.is_whole:
            self._made.extend(self._coming)
            self._end()

    def _make_slice(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        taken = until(_AT_LEAST, lambda: clock.elapsed() >= _SLICE_MS, self._coming)
        self._made.extend(taken)
        done = len(self._measured)
        self._measured.extend(self.measure(row) for row in self._made[done : done + _MEASURED_AT_ONCE])
        if not taken and len(self._measured) == len(self._made):
            self._end()

    def _end(self) -> None:
        self._slices.stop()
        made, measured, there = self._made, self._measured, len(self.rows)
        self._made, self._measured = [], []
        if made[:there] != self.rows:
            self._replace(made, measured)
        elif len(made) > there:
            self.beginInsertRows(QModelIndex(), there, len(made) - 1)
            self._take(made, measured)
            self.endInsertRows()
            # A thread that ended at the last row may go on behind it.
            self.dataChanged.emit(self.index(0), self.index(there), [ROW])

    def _replace(self, rows: list[Row], heights: list[int]) -> None:
        self.beginResetModel()
        self._take(rows, heights)
        self.endResetModel()

    def _take(self, rows: list[Row], heights: list[int]) -> None:
        self.rows = rows
        self.heights = heights + [0] * (len(rows) - len(heights))
        self.lanes = lanes_of([row.point.case_id if isinstance(row, Entry) else None for row in rows], LANES)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        # The arrow keys pass headings by; their words are in those of the contacts.
        if not index.isValid() or isinstance(self.rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == ROW:
            return self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(self.rows[index.row()])
        return None

    def _spoken(self, row: Row) -> str:
        match row:
            case Entry():
                return row.spoken
            case Callout():
                return f"{row.title}: {row.words}"
            case Heading():
                return row.words
