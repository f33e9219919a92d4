"""The response row: what became of the action that is named in it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nba_desktop.contract.codes import ResponseGroup
from nba_desktop.domain.commands import codes_of
from nba_desktop.domain.panel import BlockStatus, ContactState
from nba_desktop.ui.panel import keys
from nba_desktop.ui.panel.note import NoteLine
from nba_desktop.ui.panel.receipt import ReceiptLine
from nba_desktop.ui.primitives.blocks import Section
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import RichLabel, plain, strong
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text
from nba_desktop.ui.texts.receipt_words import receipt
from nba_desktop.ui.texts.response_words import response_group

_HEIGHT_COMPACT = 36
_VARIANTS = {ResponseGroup.ACCEPTED: "good", ResponseGroup.DECLINED: "bad"}


class ResponseRow(Section):
    """Five groups with their keys, the note in place, and the receipt of the last response."""

    group_opened = Signal(object)
    response_given = Signal(object)
    response_undone = Signal(object)
    note_written = Signal(str)
    note_drafted = Signal(str)

    def __init__(self) -> None:
        super().__init__(top=3, bottom=6, spacing=3)
        self._contact: ContactState | None = None
        self._compact = False
        self._measured = False
        self._what_for = RichLabel("small")
        self._note_link = Button(self.tr("Note"), role="link", trailing="pen", key=keys.NOTE)
        self._note_link.clicked.connect(self.open_note)
        self._note = NoteLine()
        self._note.note_written.connect(self.note_written)
        self._note.note_drafted.connect(self.note_drafted)
        self._note.closed.connect(self._close_note)
        self._named = QWidget()
        self._named.setProperty("role", "plain")
        # As high as the note, which takes its place.
        self._named.setMinimumHeight(self._note.sizeHint().height())
        self._note.hide()
        head = QHBoxLayout(self._named)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._what_for, 1)
        head.addWidget(self._note_link)
        self._receipt = ReceiptLine()
        self._receipt.response_undone.connect(self.response_undone)
        self.body.addWidget(self._named)
        self.body.addWidget(self._note)
        self.body.addLayout(self._make_buttons())
        self.body.addWidget(self._receipt)

    def set_compact(self, compact: bool) -> None:
        """On a small screen the row is a little lower, and its receipt one line."""
        if compact == self._compact:
            return
        self._compact = compact
        self.set_tight(compact)
        self._receipt.set_compact(compact)
        for button in self._buttons.values():
            button.setFixedHeight(_HEIGHT_COMPACT if compact else button.sizeHint().height())
        if self._contact:
            self.show_state(self._contact)

    def show_state(self, contact: ContactState) -> None:
        """Show the row for the contact's chosen action."""
        self._contact = contact
        self._measure()
        action = contact.action
        if action is not None:
            name = strong(f"{action.rank} {action.title}")
            set_text(self._what_for, self.tr("Response to {action}").format(action=name))
        elif contact.authenticated or contact.actions_block.status is BlockStatus.FAILED:
            set_text(self._what_for, plain(self.tr("Response: no action chosen")))
        else:
            set_text(self._what_for, plain(self.tr("Response: once there are actions")))
        for group, button in self._buttons.items():
            codes = codes_of(contact, group)
            button.set_trailing("chevron-down" if len(codes) > 1 else "")
            # With an open group the keys belong to its reasons.
            button.set_key(keys.GROUPS[group] if contact.open_group is None else "")
            button.set_on(contact.open_group is group)
            set_enabled(button, bool(codes))
            set_named(button, button.text(), keys.shown(keys.GROUPS[group]))
        self._show_note(contact)
        self._receipt.show_state(contact)

    def choose(self, group: ResponseGroup) -> None:
        """Do what a click on a group's button does: record its only code, or open or close its reasons."""
        contact = self._contact
        codes = codes_of(contact, group) if contact else ()
        if len(codes) == 1:
            self.response_given.emit(codes[0])
        elif contact and codes:
            self.group_opened.emit(None if contact.open_group is group else group)

    def undo(self) -> None:
        """Ask to take the newest response back."""
        self._receipt.undo()

    def open_note(self) -> None:
        """Open the note in the place of the row's head."""
        if self._contact is not None:
            self._named.hide()
            self._note.show()
            self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave_note(self) -> None:
        """Take the keyboard out of the note, which keeps what was typed."""
        if self._note.hasFocus():
            self.window().setFocus()

    def _measure(self) -> None:
        """Give every button the room for its arrow, so that none moves from one action to the next."""
        if self._measured:
            return
        self._measured = True
        for button in self._buttons.values():
            button.set_trailing("chevron-down")
            button.ensurePolished()
            button.setMinimumWidth(button.sizeHint().width())

    def _close_note(self) -> None:
        if self._note.hasFocus():
            # Else Qt gives the keyboard to the control that happens to be next.
            self.window().setFocus()
        self._note.hide()
        self._named.show()

    def _show_note(self, contact: ContactState) -> None:
        note = contact.note
        if self._note.show_state(contact):
            # Another call is on the screen: its draft is in sight again, but the keyboard is not led to it.
            if note.draft:
                set_shown(self._named, False)
                set_shown(self._note, True)
            elif not self._note.isHidden():
                self._close_note()
        self._note_link.set_trailing("check" if note.text else "pen")
        how_far = receipt(note.receipt) if note.receipt else ""
        name = self.tr("Note: {text}").format(text=note.text) if note.text else self.tr("Write a note on this call")
        set_named(self._note_link, name, how_far)

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._buttons: dict[ResponseGroup, Button] = {}
        for group in ResponseGroup:
            button = Button(response_group(group), role="group", variant=_VARIANTS.get(group, ""))
            button.clicked.connect(lambda _checked=False, chosen=group: self.choose(chosen))
            self._buttons[group] = button
            row.addWidget(button)
        return row
