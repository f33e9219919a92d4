"""The actions to choose from, by name."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from nba_desktop.contract.review import Named
from nba_desktop.ui.setters import set_named
from nba_desktop.ui.theme import current_tokens, scaled

_PAD: Final = 10
_ROW: Final = 36
_WRAPPED: Final = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)

Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    """The names, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.actions: tuple[Named, ...] = ()

    def show_actions(self, actions: tuple[Named, ...]) -> None:
        """Show actions in place of those before."""
        by_name = tuple(sorted(actions, key=lambda one: one.title.casefold()))
        if by_name != self.actions:
            self.beginResetModel()
            self.actions = by_name
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 – Qt's own signature
        return 0 if parent.isValid() else len(self.actions)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.actions[index.row()].title
        return None


class _Delegate(QStyledItemDelegate):
    """Paints a name as the lines of the review are painted; a long one goes on in the next line."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, rect = current_tokens(), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.accent_soft))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(tokens.border))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(tokens.accent))
        painter.setPen(QColor(tokens.text))
        room = rect.adjusted(scaled(_PAD), 0, -scaled(_PAD), 0)
        painter.drawText(room, _WRAPPED, str(index.data(Qt.ItemDataRole.DisplayRole)))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        room = QRect(0, 0, max(1, width - 2 * scaled(_PAD)), 10_000)
        words = option.fontMetrics.boundingRect(room, _WRAPPED, str(index.data(Qt.ItemDataRole.DisplayRole)))
        return QSize(width, max(scaled(_ROW), words.height() + 16))


class ActionList(QListView):
    """Chosen with a click or Enter; the arrow keys go through the names, and letters lead to one."""

    action_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        set_named(self, self.tr("Actions"))
        self.clicked.connect(lambda index: self._choose(index.row()))

    def show_actions(self, actions: tuple[Named, ...], chosen: str | None) -> None:
        """Show actions of which one may be chosen."""
        self._model.show_actions(actions)
        row = next((number for number, one in enumerate(self._model.actions) if one.code == chosen), None)
        if row is None:
            self.clearSelection()
        elif self.currentIndex().row() != row or not self.selectionModel().isSelected(self._model.index(row, 0)):
            self.setCurrentIndex(self._model.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._choose(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Names go on in other lines at another width.
        self.scheduleDelayedItemsLayout()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._model.actions):
            self.action_chosen.emit(self._model.actions[row].code)
