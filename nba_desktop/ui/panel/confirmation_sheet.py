"""What else belongs to a response that was given: its confirmation in text form, a day, one line."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.codes import ConsentChannel, ResponseCode
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ResponseEntry
from nba_desktop.domain.follow_ups import CONFIRMED_BY, KINDS, confirmation_due
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.follow_up_row import FollowUpRow
from nba_desktop.ui.panel.keys import DIGITS, USUAL_KEYS
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.panel.receipt import promise_of, title_of
from nba_desktop.ui.panel.row_sheet import RowSheet
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.fields import Line
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.consent_words import consent_channel
from nba_desktop.ui.texts.receipt_words import receipt
from nba_desktop.ui.texts.response_words import confirmation_due_words, confirmation_sent_words, response_code

_LONGEST = 500
_ICONS = {ConsentChannel.EMAIL: "email", ConsentChannel.SMS: "sms", ConsentChannel.POST: "post"}


class ConfirmationRow(QWidget):
    """That the law wants it in text form, and the ways to send that, one click each; then the receipt."""

    confirmation_requested = Signal(object)

    def __init__(self, keys: KeyMap | None = None) -> None:
        """`keys` are those of digits, shown on the ways; without them, as where several wait, none are."""
        super().__init__()
        self.setProperty("role", "plain")
        self.action_id: str | None = None
        self._line = MarkedLine("flag", "accent")
        self._ways = QWidget()
        self._ways.setProperty("role", "plain")
        flow = FlowLayout(self._ways)
        self._buttons = {channel: self._make_way(channel) for channel in CONFIRMED_BY}
        for button, command in zip(self._buttons.values(), DIGITS, strict=False):
            flow.addWidget(button)
            if keys is not None:
                button.set_key(keys[command])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self._line)
        column.addWidget(self._ways)

    @property
    def offers_ways(self) -> bool:
        """Whether a way is to be chosen."""
        return not self.isHidden() and not self._ways.isHidden()

    def choose(self, place: int) -> None:
        """Do what a click on the way in this place does."""
        if self.offers_ways and place < len(CONFIRMED_BY):
            self.confirmation_requested.emit(CONFIRMED_BY[place])

    def show_state(self, contact: ContactState, action_id: str | None, title: str = "") -> None:
        """Show what is due for the action, or how far it has come; hidden where nothing is."""
        self.action_id = action_id
        action = next((one for one in contact.known_actions if one.action_id == action_id), None)
        due = action is not None and confirmation_due(contact, action)
        sent = [entry for entry in contact.confirmations if entry.action_id == action_id]
        set_shown(self, due or bool(sent))
        set_shown(self._ways, due)
        for channel, button in self._buttons.items():
            name = self.tr("Send the text form by {channel}").format(channel=consent_channel(channel))
            # In the wrap-up several actions may wait for theirs.
            set_named(button, f"{name}: {title}" if title else name)
        if due:
            self._line.set_mark("flag", "accent")
            head = f"{strong(title)}: " if title else ""
            self._line.show_line(head + (plain if title else strong)(confirmation_due_words()))
        elif sent:
            self._line.set_mark("check", "good")
            words = confirmation_sent_words(sent[-1].channel)
            self._line.show_line(f"{strong(words)} · {plain(receipt(sent[-1].receipt))}")

    def _make_way(self, channel: ConsentChannel) -> Button:
        way = Button(consent_channel(channel), role="chip", icon=_ICONS[channel])
        way.clicked.connect(lambda: self.confirmation_requested.emit(channel))
        return way


class ConfirmationSheet(RowSheet):
    """Stands in the place of the reasons once a response is given; Esc leaves it, and nothing in it must be done."""

    confirmation_requested = Signal(object)
    follow_up_begun = Signal(object)
    follow_up_cancelled = Signal(object)
    response_noted = Signal(object, str)
    closed = Signal()

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        self._entry: ResponseEntry | None = None
        self._head = Label(role="smallstrong", wrap=True)
        close = Button(self.tr("Close"), role="link", variant="muted", key=keys[Command.CLOSE])
        close.clicked.connect(self.closed)
        head = FlowLayout(line_spacing=0)
        head.add_stretched(self._head)
        head.addWidget(close)
        self._confirmation = ConfirmationRow(keys)
        self._confirmation.confirmation_requested.connect(self.confirmation_requested)
        self._day = Button(self.tr("Agree on a day …"), role="chip", icon="calendar")
        self._day.clicked.connect(self._on_day)
        days = FlowLayout()
        days.addWidget(self._day)
        self._promised = FollowUpRow(formats, keys)
        self._promised.cancelled.connect(self._on_cancelled)
        self._promised_id: UUID | None = None
        self._note = Line()
        self._note.setMaxLength(_LONGEST)
        self._note.setPlaceholderText(self.tr("One line: why?"))
        set_named(self._note, self.tr("One line on this response"))
        self._note.editingFinished.connect(self._on_noted)
        self._note.put.connect(self._on_noted)
        self.body.addLayout(head)
        self.body.addWidget(self._confirmation)
        self.body.addWidget(self._promised)
        self.body.addLayout(days)
        self.body.addWidget(self._note)

    @property
    def offers_ways(self) -> bool:
        """Whether a way for the text form is to be chosen."""
        return self._confirmation.offers_ways

    def choose(self, place: int) -> None:
        """Do what a click on the way in this place does."""
        self._confirmation.choose(place)

    def show_response(self, contact: ContactState, entry: ResponseEntry) -> None:
        """Show what belongs to a response of the contact."""
        before, self._entry = self._entry, entry
        title, said = title_of(contact, entry.action_id), response_code(entry.code)
        set_text(self._head, f"{title}: {said}" if title else said)
        self._confirmation.show_state(contact, entry.action_id)
        promised = promise_of(contact, entry.action_id)
        self._promised_id = promised.event_id if promised else None
        self._promised.show_entry(promised)
        set_shown(self._day, promised is None and entry.code in KINDS)
        if before is None or (before.event_id, before.note) != (entry.event_id, entry.note):
            same = before is not None and (before.action_id, before.code) == (entry.action_id, entry.code)
            if not (same and self._note.hasFocus()):
                self._note.show_text(entry.note)

    def _on_day(self) -> None:
        code: ResponseCode | None = self._entry.code if self._entry else None
        if code is not None:
            self.follow_up_begun.emit(code)

    def _on_cancelled(self) -> None:
        if self._promised_id is not None:
            self.follow_up_cancelled.emit(self._promised_id)

    def _on_noted(self) -> None:
        line = self._note.text().strip()
        if self._entry is not None and line != self._entry.note:
            self.response_noted.emit(self._entry.event_id, line)
