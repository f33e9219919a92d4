"""The contact's one-line note, written in place."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from nba_desktop.domain.panel import ContactState

MAX_LENGTH = 500


class NoteLine(QLineEdit):
    """Enter or leaving the line keeps the note, Escape leaves it as it was.

    What is being typed belongs to its call: it is put aside when another call comes to the front.
    """

    note_written = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(MAX_LENGTH)
        self.setPlaceholderText(self.tr("One line on this call – Enter keeps it"))
        self.setAccessibleName(self.tr("Note on this call"))
        self._contact_id: UUID | None = None
        self._kept = ""
        self._drafts: dict[UUID, str] = {}
        self.editingFinished.connect(self._on_finished)

    def show_state(self, contact: ContactState) -> None:
        """Show the contact's note; what is being typed to the same call is left alone."""
        same = contact.contact_id == self._contact_id
        if not same and self._contact_id is not None and self.text() != self._kept:
            self._drafts[self._contact_id] = self.text()
        if not same or contact.note.text != self._kept:
            typed = self.text() if same and self.hasFocus() else None
            self._contact_id, self._kept = contact.contact_id, contact.note.text
            draft = self._drafts.pop(contact.contact_id, None)
            self.setText(next(text for text in (typed, draft, contact.note.text) if text is not None))

    @property
    def has_draft(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self.text().strip() != self._kept

    def event(self, event: QEvent) -> bool:
        # Escape belongs to the line while it is being written, not to what is open elsewhere.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._kept)
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Another window in front is no reason to close the line.
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.closed.emit()

    def _on_finished(self) -> None:
        if self.has_draft:
            self.note_written.emit(self.text().strip())
        if self.hasFocus():
            self.closed.emit()
