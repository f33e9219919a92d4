"""What was recorded last, how far it has come, and the way to take it back."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nba_desktop.contract.codes import RESPONSE_GROUPS
from nba_desktop.domain.panel import ContactState, ResponseEntry
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.panel import keys
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import RichLabel, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.receipt_words import receipt
from nba_desktop.ui.texts.response_words import response_code, response_group


def _short(entry: ResponseEntry) -> str:
    """The group's word instead of the code's."""
    group = next((g for g, codes in RESPONSE_GROUPS.items() if entry.code in codes), None)
    return response_group(group) if group else response_code(entry.code)


class ReceiptLine(QWidget):
    """Two lines that are always there, so that nothing moves when a response is recorded."""

    response_undone = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._event_id: UUID | None = None
        self._compact = False
        self._what = RichLabel("small")
        self._undo = Button(self.tr("Change"), role="link", key=keys.UNDO)
        self._undo.clicked.connect(self.undo)
        policy = self._undo.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._undo.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._what, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_compact(self, compact: bool) -> None:
        """On a small screen one line says place, group and how far it is; the tooltip has the rest."""
        self._compact = compact

    def show_state(self, contact: ContactState) -> None:
        """Show the newest response that stands."""
        entry = contact.last_response
        self._event_id = entry.event_id if entry else None
        set_shown(self._undo, entry is not None)
        self._what.ensurePolished()
        height = (1 if self._compact else 2) * self._what.fontMetrics().lineSpacing()
        if self._what.minimumHeight() != height:
            self._what.setMinimumHeight(height)
        if contact.failure is not None:
            failed = strong(self.tr("Not stored: {why}.").format(why=failure(contact.failure)))
            again = plain(self.tr("Nothing of the last click was kept. Please try again."))
            set_text(self._what, f"{failed} {again}")
        elif entry is None:
            set_text(self._what, "")
        else:
            title, said = self._title(contact, entry), response_code(entry.code)
            whole = f"{title}: {said}" if title else said
            if self._compact:
                said, title = _short(entry), title.partition(" ")[0]
            head = f"{plain(title)} {strong(said)}" if self._compact else f"{plain(title)}: {strong(said)}"
            set_text(self._what, f"{head if title else strong(said)} · {plain(receipt(entry.receipt))}")
            set_named(self._what, f"{whole} · {receipt(entry.receipt)}", whole)
            set_named(self._undo, self.tr("Change {response}").format(response=whole))
        refused = entry is not None and entry.receipt is Receipt.REFUSED
        set_variant(self._what, "bad" if refused or contact.failure is not None else "")

    def undo(self) -> None:
        """Ask to take the newest response back."""
        if self._event_id is not None:
            self.response_undone.emit(self._event_id)

    @staticmethod
    def _title(contact: ContactState, entry: ResponseEntry) -> str:
        for action in contact.recommendations:
            if action.action_id == entry.action_id:
                return f"{action.rank} {action.title}"
        missing = contact.view.decision.why_not if contact.view else ()
        return next((item.title for item in missing if item.action_id == entry.action_id), "")
