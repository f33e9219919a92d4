"""The field that finds a contact reason while it is typed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QStyledItemDelegate

from nba_desktop.contract.base import Language
from nba_desktop.contract.contact import Concern
from nba_desktop.domain.concern_search import ConcernIndex, FoundConcern
from nba_desktop.domain.stems import stem_of
from nba_desktop.ui.panel.leaving import claims_escape
from nba_desktop.ui.primitives.fields import Line
from nba_desktop.ui.primitives.popups import keep_in_window

_BELOW: Final = 2
_LABEL: Final = Qt.ItemDataRole.UserRole
_NEVER: Final = Qt.ItemDataRole.UserRole + 1
"""A role without data: Qt's own matching must choose no line, the best one is the first."""


class _Ranked(QCompleter):
    """Shows what the index found in its order; a line that is chosen writes the concern's name."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(_LABEL) or "")


class ConcernSearch(Line):
    """Finds a contact reason by its name or one of its synonyms; Return takes the best one, Esc leaves it."""

    concern_found = Signal(str)
    left = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setPlaceholderText(self.tr("Search concerns …"))
        self.setAccessibleName(self.tr("Search for a concern"))
        self._language = language
        self._concerns: tuple[Concern, ...] = ()
        self._index: ConcernIndex | None = None
        self._found: tuple[FoundConcern, ...] = ()
        self._model = QStandardItemModel(self)
        completer = _Ranked(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCompletionRole(_NEVER)
        completer.activated[QModelIndex].connect(self._on_activated)  # type: ignore[index]  # not in Qt's stubs
        self.setCompleter(completer)
        popup = completer.popup()
        assert popup is not None  # Qt makes one when it is asked for
        self._popup = popup
        popup.setProperty("role", "completions")
        # The completer's own delegate knows nothing of the style sheet's padding.
        popup.setItemDelegate(QStyledItemDelegate(popup))
        popup.installEventFilter(self)
        self.textEdited.connect(self._on_edited)
        self.put.connect(self._on_put)
        self.returnPressed.connect(self._on_return)

    def show_concerns(self, concerns: tuple[Concern, ...]) -> None:
        """Offer the site's contact reasons."""
        if concerns != self._concerns:
            self._concerns = concerns
            self._index = None

    def _on_edited(self, typed: str) -> None:
        """Fill the list before Qt shows it, which it does next."""
        if self._index is None:
            # Only now: whoever never searches need not wait for the stemmer.
            self._index = ConcernIndex(self._concerns, stem_of(self._language), compounds=self._language == "de")
        self._found = self._index.search(typed)
        self._model.clear()
        for found in self._found:
            label = found.concern.label
            shown = self.tr("{concern} – {synonym}").format(concern=label, synonym=found.synonym)
            item = QStandardItem(shown if found.synonym else label)
            item.setData(label, _LABEL)
            self._model.appendRow(item)
        if not self._found and typed.strip():
            nothing = QStandardItem(self.tr("Nothing found. Try another word."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._model.appendRow(nothing)

    def _on_put(self) -> None:
        # While the list is walked through, Qt writes each of its lines here.
        if not self._popup.isVisible():
            self._on_edited(self.text())
            self._on_return()

    def _on_activated(self, index: QModelIndex) -> None:
        if index.row() < len(self._found):
            self.concern_found.emit(self._found[index.row()].concern.code)

    def _on_return(self) -> None:
        """Take the best concern for what was typed; a line chosen in the list tells of itself."""
        if self._popup.isVisible() and self._popup.currentIndex().isValid():
            return
        if self._found and self.text().strip():
            self.concern_found.emit(self._found[0].concern.code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Left to itself the list only closes when Return is pressed and nothing in it is chosen.
        if (
            watched is self._popup
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not self._popup.currentIndex().isValid()
        ):
            self._popup.hide()
            self._on_return()
            return True
        if watched is self._popup and event.type() in (QEvent.Type.Show, QEvent.Type.Move):
            self._clear_of_field()
            keep_in_window(self._popup, self.window(), self.mapToGlobal(QPoint(0, 0)).x())
        return super().eventFilter(watched, event)

    def _clear_of_field(self) -> None:
        """Qt puts the list over the field's lower edge."""
        top = self.mapToGlobal(QPoint(0, 0)).y()
        bottom = top + self.height()
        if top <= self._popup.y() < bottom + _BELOW:
            self._popup.move(self._popup.x(), bottom + _BELOW)

    def hideEvent(self, event: QHideEvent) -> None:
        self._popup.hide()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
