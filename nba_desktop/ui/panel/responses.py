"""The response row: what became of the action that is named in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from nba_desktop.contract.codes import ClosingForm, ResponseGroup
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.follow_ups import needs_confirmation
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.responses import codes_of
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.keys import GROUPS, USUAL_KEYS, shown
from nba_desktop.ui.panel.leaving import give_back
from nba_desktop.ui.panel.note import MAX_LENGTH, NoteLine
from nba_desktop.ui.panel.receipt import ReceiptLine
from nba_desktop.ui.primitives.blocks import Section
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import EvenLayout, FlowLayout
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.action_words import action_name, closing_form
from nba_desktop.ui.texts.receipt_words import receipt
from nba_desktop.ui.texts.response_words import response_group, text_form_needed

_BRIEF_BELOW_EMS = 22
_VARIANTS = {ResponseGroup.ACCEPTED: "good", ResponseGroup.DECLINED: "bad"}


class ResponseRow(Section):
    """Five groups with their keys, the note in place, and the receipt of the last response."""

    group_opened = Signal(object)
    response_given = Signal(object)
    response_undone = Signal(object)
    more_clicked = Signal()
    note_written = Signal(str)
    note_drafted = Signal(str)

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(top=3, bottom=6, spacing=3)
        self.setAccessibleName(self.tr("Response"))
        self._keys = keys
        self._contact: ContactState | None = None
        self._compact = self._brief = False
        self._keys_free = True
        self._what_for = RichLabel("small")
        self._note_link = Button(self.tr("Note"), role="link", trailing="pen", key=keys[Command.NOTE])
        self._note_link.clicked.connect(self.open_note)
        self._note = NoteLine()
        self._note.note_written.connect(self.note_written)
        self._note.note_drafted.connect(self.note_drafted)
        self._note.closed.connect(self._close_note)
        self._named = QWidget()
        self._named.setProperty("role", "plain")
        self._note.hide()
        self._full = Label(role="small", variant="bad", wrap=True)
        set_text(self._full, self.tr("{count} characters – no more fit.").format(count=MAX_LENGTH))
        self._full.hide()
        self._note.textChanged.connect(self._show_room)
        head = FlowLayout(self._named, line_spacing=0)
        head.add_stretched(self._what_for)
        head.addWidget(self._note_link)
        self._receipt = ReceiptLine(formats, keys)
        self._receipt.response_undone.connect(self.response_undone)
        self._receipt.more_clicked.connect(self.more_clicked)
        self.body.addWidget(self._named)
        self.body.addWidget(self._note)
        self.body.addWidget(self._full)
        self.body.addLayout(self._make_buttons())
        self.body.addWidget(self._receipt)

        self._keep_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._keep_height()

    def _keep_height(self) -> None:
        """As high as the note, which takes the place of what is named."""
        self._note.ensurePolished()
        self._named.setMinimumHeight(self._note.sizeHint().height())

    def set_compact(self, compact: bool) -> None:
        """On a small screen the row is a little lower, and its receipt one line."""
        if compact == self._compact:
            return
        self._compact = compact
        self.set_tight(compact)
        self._receipt.set_compact(compact)
        for button in self._buttons.values():
            button.set_tight(compact)
        if self._contact:
            self.show_state(self._contact)

    @property
    def promise(self) -> QWidget:
        """Where the day stands that was promised with the newest response."""
        return self._receipt.more

    def set_keys_free(self, free: bool) -> None:
        """Show the keys of the groups, or none while they belong to what is open above the row."""
        if free != self._keys_free:
            self._keys_free = free
            if self._contact is not None:
                self.show_state(self._contact)

    def show_state(self, contact: ContactState) -> None:
        """Show the row for the contact's chosen action."""
        self._contact = contact
        action = contact.action
        if action is not None:
            name = strong(action_name(action))
            # What the law wants is said before anything is agreed.
            needed = needs_confirmation(action)
            whole = self.tr("Response to {action}").format(action=action_name(action))
            duty = f" · {plain(closing_form(ClosingForm.TEXT_FORM))}" if needed else ""
            words = name if self._brief else self.tr("Response to {action}").format(action=name)
            set_text(self._what_for, words + duty)
            set_named(self._what_for, whole, text_form_needed() if needed else "")
        elif any(codes_of(contact, group) for group in ResponseGroup):
            # What is said then is said of the call.
            self._name_nothing(self.tr("Response to the whole call"))
        elif contact.authenticated or contact.actions_block.status is BlockStatus.FAILED:
            self._name_nothing(self.tr("Response: no action chosen"))
        else:
            self._name_nothing(self.tr("Response: once there are actions"))
        for group, button in self._buttons.items():
            codes = codes_of(contact, group)
            button.set_trailing("chevron-down" if len(codes) > 1 else "")
            # With an open group the keys belong to its reasons, with an open promise to its days, and so on.
            free = self._keys_free and contact.open_group is None and not _offers_days(contact)
            button.set_key(self._keys[GROUPS[group]] if free else "")
            set_variant(button, "true" if contact.open_group is group else "false", "on")
            button.set_opened(contact.open_group is group if len(codes) > 1 else None)
            set_enabled(button, bool(codes))
            set_named(button, button.text(), shown(self._keys[GROUPS[group]]))
        self._show_note(contact)
        self._receipt.show_state(contact)

    def _name_nothing(self, words: str) -> None:
        set_text(self._what_for, plain(words))
        set_named(self._what_for, words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        brief = self.width() < _BRIEF_BELOW_EMS * self._what_for.fontMetrics().height()
        if brief != self._brief:
            self._brief = brief
            self._receipt.set_brief(brief)
            if self._contact:
                self.show_state(self._contact)

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
        """Open the note in the place of the row's head; without the row, as while it rings, there is no such place."""
        if self._contact is not None and not self.isHidden():
            self._named.hide()
            self._note.show()
            self._show_room()
            self._note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave_note(self) -> None:
        """Take the keyboard out of the note, which keeps what was typed."""
        if self._note.hasFocus():
            self.window().setFocus()

    def _close_note(self) -> None:
        # Else Qt gives the keyboard to the control that happens to be next.
        give_back(self._note)
        self._note.hide()
        self._full.hide()
        self._named.show()

    def _show_room(self) -> None:
        """Say it when no character more finds room in the note."""
        full = not self._note.isHidden() and self._note.is_full
        set_shown(self._full, full)
        self._note.setAccessibleDescription(self._full.text() if full else "")

    def _show_note(self, contact: ContactState) -> None:
        note = contact.note
        if self._note.show_state(contact):
            # Another call is on the screen: its draft is in sight again, but the keyboard is not led to it.
            if note.draft:
                set_shown(self._named, False)
                set_shown(self._note, True)
                self._show_room()
            elif not self._note.isHidden():
                self._close_note()
        self._note_link.set_trailing("check" if note.text else "pen")
        how_far = receipt(note.receipt) if note.receipt else ""
        name = self.tr("Note: {text}").format(text=note.text) if note.text else self.tr("Write a note on this call")
        set_named(self._note_link, name, how_far)

    def _make_buttons(self) -> EvenLayout:
        row = EvenLayout()
        self._buttons: dict[ResponseGroup, Button] = {}
        for group in ResponseGroup:
            button = Button(response_group(group), role="group", variant=_VARIANTS.get(group, ""))
            # The arrow comes and goes with the action, and no button moves for it.
            button.keep_room(trailing=True)
            button.clicked.connect(lambda _checked=False, chosen=group: self.choose(chosen))
            self._buttons[group] = button
            row.addWidget(button)
        return row


def _offers_days(contact: ContactState) -> bool:
    """Whether the days of a promise that belongs to a response are open above the row."""
    return contact.follow_up_draft is not None and contact.follow_up_draft.code is not None
