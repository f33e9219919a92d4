"""Somebody else speaks for the customer: who that is, and what may then be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.codes import Speaker
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.leaving import Leaving, give_back
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.panel.word_button import WordButton
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, plain, strong
from nba_desktop.ui.setters import set_named, set_shown
from nba_desktop.ui.texts.customer_words import speaker_limits, speaker_words

_ICONS = {Speaker.CUSTOMER: "user", Speaker.REPRESENTATIVE: "users", Speaker.UNAUTHORISED: "block"}


class SpeakerView(QWidget):
    """A link that offers who may be speaking, and a line that stays while it is not the customer himself.

    With the customer authenticated there is no link: the head of the customer has a button for `toggle`.
    """

    speaker_named = Signal(object)

    def __init__(self, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._contact: ContactState | None = None
        self._speaker = Speaker.CUSTOMER
        key = keys[Command.SPEAKER]
        self._link = Button(self.tr("Somebody else is speaking"), role="link", icon="users", key=key)
        self._link.clicked.connect(self.toggle)
        self._change = Button(self.tr("Change"), role="link", key=key)
        set_named(self._change, self.tr("Change who is speaking"))
        self._line = MarkedLine("users", "accent", self._change)
        self._line.clicked.connect(self.toggle)
        self._line.setContentsMargins(0, 4, 0, 0)
        self._choice = Leaving()
        self._choice.left.connect(self.close_choice)
        close = Button(self.tr("Close"), role="link", variant="muted", key=keys[Command.CLOSE])
        close.clicked.connect(self.close_choice)
        head = FlowLayout(line_spacing=0)
        head.add_stretched(Label(self.tr("Who is speaking?"), "smallstrong", wrap=True))
        head.addWidget(close)
        column = QVBoxLayout(self._choice)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(head)
        self._rows = {speaker: self._new_row(speaker) for speaker in Speaker}
        for row in self._rows.values():
            column.addWidget(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addWidget(self._line)
        offer = FlowLayout()
        offer.addWidget(self._link)
        whole.addLayout(offer)
        whole.addWidget(self._choice)
        self._choice.hide()

    def _new_row(self, speaker: Speaker) -> WordButton:
        row = WordButton()
        row.clicked.connect(lambda: self._choose(speaker))
        return row

    def show_state(self, contact: ContactState) -> None:
        """Show who speaks in the contact; without a customer in question there is nothing to say."""
        before, self._contact = self._contact, contact
        other = before is None or before.contact_id != contact.contact_id
        if other or contact.speaker is not self._speaker:
            set_shown(self._choice, False)
        self._speaker = contact.speaker
        named = contact.speaker is not Speaker.CUSTOMER
        if named:
            rest = plain(speaker_limits(contact.speaker))
            self._line.show_line(f"{strong(speaker_words(contact.speaker))} – {rest}")
            self._line.set_mark(_ICONS[contact.speaker], "accent")
        set_shown(self._line, named)
        set_shown(self._link, not named and not contact.authenticated)
        if not self._choice.isHidden():
            self._show_rows()
        self._appear(contact)

    def _appear(self, contact: ContactState) -> None:
        """Take room only for what there is to see."""
        parts = (self._line, self._link, self._choice)
        set_shown(self, self._may_open(contact) and any(not part.isHidden() for part in parts))

    def _show_rows(self) -> None:
        for speaker, row in self._rows.items():
            words, limits = speaker_words(speaker), speaker_limits(speaker)
            row.show_words(words, _ICONS[speaker], on=speaker is self._speaker, under=limits)
            set_named(row, words, limits)

    def toggle(self) -> None:
        """Offer who may be speaking, or put the question away."""
        if self._contact is None or not self._may_open(self._contact):
            return
        if not self._choice.isHidden():
            self.close_choice()
            return
        self._show_rows()
        set_shown(self._choice, True)
        self._appear(self._contact)
        self._rows[self._speaker].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_choice(self) -> None:
        """Put the question away."""
        give_back(self._choice)
        set_shown(self._choice, False)
        if self._contact is not None:
            self._appear(self._contact)

    @staticmethod
    def _may_open(contact: ContactState) -> bool:
        ringing = contact.phase is Phase.RINGING
        in_question = contact.candidate is not None or (contact.view is not None and contact.view.customer is not None)
        return in_question and not ringing

    def _choose(self, speaker: Speaker) -> None:
        if speaker is self._speaker:
            self.close_choice()
        else:
            self.speaker_named.emit(speaker)
