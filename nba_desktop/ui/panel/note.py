"""The contact's one-line note, written in place."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from nba_desktop.domain.contact import ContactState
from nba_desktop.ui.panel.leaving import claims_escape
from nba_desktop.ui.primitives.fields import Field

MAX_LENGTH = 500


class NoteLine(Field):
    """Enter or leaving the line keeps the note, Escape leaves it as it was.

    What is being typed belongs to its call: `note_drafted` hands every change of it on, empty when nothing differs
    from what is kept, and the contact's draft is shown again when its call comes back to the front.
    """

    note_written = Signal(str)
    note_drafted = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaxLength(MAX_LENGTH)
        self.setAccessibleName(self.tr("Note on this call"))
        self.set_hints(self.tr("One line on this call – Enter keeps it"), self.tr("Note on this call"))
        self._contact_id: UUID | None = None
        self._kept = ""
        self._drafted = ""
        self.typed.connect(self._on_edited)
        self.put.connect(self._on_put)
        self.editingFinished.connect(self._on_finished)

    def show_state(self, contact: ContactState) -> bool:
        """Show the contact's note or its draft; says whether another contact's than before is shown.

        What is being typed to the same call is left alone.
        """
        note = contact.note
        other = contact.contact_id != self._contact_id
        if other:
            self._contact_id, self._kept, self._drafted = contact.contact_id, note.text, note.draft
            self.show_text(note.draft or note.text)
        elif note.text != self._kept:
            self._kept, self._drafted = note.text, note.draft
            if not self.hasFocus():
                self.show_text(note.draft or note.text)
        return other

    @property
    def is_full(self) -> bool:
        """Whether no character more finds room."""
        return len(self.text()) >= MAX_LENGTH

    @property
    def has_draft(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self.text().strip() != self._kept

    def event(self, event: QEvent) -> bool:
        return claims_escape(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.show_text(self._kept)
            self._tell("")
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # Another window in front is no reason to close the line, nor is its own menu.
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.closed.emit()

    def _on_edited(self) -> None:
        self._tell(self.text() if self.has_draft else "")

    def _tell(self, draft: str) -> None:
        if draft != self._drafted:
            self._drafted = draft
            self.note_drafted.emit(draft)

    def _on_put(self) -> None:
        self._on_finished()
        self.closed.emit()

    def _on_finished(self) -> None:
        # A line that left the screen with its call has been kept as that call's draft.
        if self.has_draft and self.isVisible():
            self.note_written.emit(self.text().strip())
        if self.hasFocus():
            self.closed.emit()
