"""The customer: who he is, how sure we are, what he is worth, how he wants to be addressed, what he allows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.codes import ChurnClass, ConsentChannel, ConsentPurpose, ConsentState, Speaker, Trend
from nba_desktop.contract.consent import Consents
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.customer import Customer, CustomerValue
from nba_desktop.domain.blocks import Block as BlockName
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.identification import IdentificationView
from nba_desktop.ui.panel.keys import USUAL_KEYS, shown
from nba_desktop.ui.panel.speaker import SpeakerView
from nba_desktop.ui.primitives.blocks import Block, Section
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.chips import Chip
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.blocks import block_words
from nba_desktop.ui.texts.customer_words import (
    address_words,
    churn_words,
    consent_brief,
    consent_channel_word,
    full_name,
    last_spoken_words,
    level_words,
    since_words,
    trend_word,
)

_CHANNELS: Final = {
    ConsentChannel.PHONE: "phone",
    ConsentChannel.EMAIL: "email",
    ConsentChannel.SMS: "sms",
    ConsentChannel.POST: "post",
}
_GAP: Final = 5
_GAP_DENSE: Final = 2
_LINES: Final = 6.2
_LINES_ASKING: Final = 14.2
_TRENDS: Final = {Trend.UP: "trend-up", Trend.FLAT: "trend-flat", Trend.DOWN: "trend-down"}


class CustomerHead(QWidget):
    """The authenticated customer in four lines."""

    consent_clicked = Signal()
    speaker_clicked = Signal()
    crm_clicked = Signal()
    wish_clicked = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self._formats = formats
        self._dense = False
        self._customer: Customer | None = None
        self._name = Label(role="title", wrap=True)
        self._since = Label(variant="muted", wrap=True)
        self._speaker = Button(role="tool", icon="users")
        words = self.tr("Somebody else is speaking ({key})").format(key=shown(keys[Command.SPEAKER]))
        set_named(self._speaker, words, words)
        self._speaker.clicked.connect(self.speaker_clicked)
        self._crm = Button(role="tool", icon="outside")
        words = self.tr("Open in the CRM ({key})").format(key=shown(keys[Command.CRM]))
        set_named(self._crm, words, words)
        self._crm.clicked.connect(self.crm_clicked)
        self._wish = Button(role="tool", icon="pen")
        words = self.tr("Have data corrected or erased ({key})").format(key=shown(keys[Command.DATA_WISH]))
        set_named(self._wish, words, words)
        self._wish.clicked.connect(self.wish_clicked)
        self._auth = Chip(variant="good", icon="check")
        self._value = Chip()
        self._churn = Chip()
        self._complaint = Chip(self.tr("Complaint open"), "bad", "alert")
        self._address = Label(role="small", variant="muted", wrap=True)
        self._advertising = Label(self.tr("Advertising:"), "small", "muted")
        self._objection = Chip(self.tr("Marketing objection"), "bad", "block")
        self._consents = {channel: Chip(variant="bare") for channel in _CHANNELS}
        self._consent = Button(self.tr("Consent"), role="link", trailing="chevron-right", key=keys[Command.CONSENT])
        self._consent.clicked.connect(self.consent_clicked)
        self._lay_out()

    def _lay_out(self) -> None:
        head = FlowLayout(spacing=8, line_spacing=0)
        head.addWidget(self._name)
        head.addWidget(self._since)
        head.add_right(self._wish)
        head.add_right(self._crm)
        head.add_right(self._speaker)
        chips = FlowLayout(spacing=7)
        for chip in (self._auth, self._value, self._churn, self._complaint):
            chips.addWidget(chip)
        advertising = QWidget()
        consents = FlowLayout(advertising, spacing=9, line_spacing=0)
        for widget in (self._advertising, self._objection, *self._consents.values()):
            consents.addWidget(widget)
        foot = FlowLayout(spacing=4, line_spacing=0)
        foot.add_stretched(advertising, ems=19)
        foot.addWidget(self._consent)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addLayout(head)
        column.addLayout(chips)
        column.addWidget(self._address)
        column.addLayout(foot)

    def show_view(self, view: ContactView, consent_open: bool) -> None:
        """Show what the backend knows of the customer."""
        if view.customer is not None:
            self._show_customer(view.customer)
        own = view.handover is not None and view.handover.own
        self._auth.show_parts(level_words(view.auth_level, view.identification.vouched_by, own), icon="check")
        self._show_value(view.value, known=view.customer is not None and view.speaker is Speaker.CUSTOMER)
        self._show_consents(view.consents)
        self._consent.set_trailing("chevron-down" if consent_open else "chevron-right")
        self._consent.set_opened(consent_open)

    def set_dense(self, dense: bool) -> None:
        """Where the guide needs the room, with whom he last spoke is in the tooltip of how he is addressed."""
        if dense != self._dense:
            self._dense = dense
            self._column.setSpacing(_GAP_DENSE if dense else _GAP)
            if self._customer is not None:
                self._show_customer(self._customer)

    def _show_customer(self, customer: Customer) -> None:
        self._customer = customer
        set_text(self._name, full_name(customer))
        set_text(self._since, since_words(customer))
        set_shown(self._crm, customer.crm_url is not None)
        set_shown(self._complaint, customer.open_complaint)
        address, spoken = address_words(customer), last_spoken_words(customer, self._formats)
        whole = " · ".join(filter(None, (address, spoken)))
        folded = self._dense and bool(address)
        set_text(self._address, address if folded else whole)
        set_named(self._address, whole if folded else "", whole if folded else "")

    def _show_value(self, value: CustomerValue | None, known: bool) -> None:
        """Show the value, or that nobody has calculated it; of a customer not `known` nothing is said."""
        set_shown(self._value, value is not None or known)
        set_shown(self._churn, value is not None)
        if value is None:
            words = self.tr("Value not calculated")
            self._value.show_parts(words)
            set_named(self._value, words, "")
            return
        self._value.show_parts(
            self._formats.money_range(value.low_eur, value.high_eur),
            strong=self.tr("Value {name}").format(name=value.value_class.value),
            trailing=_TRENDS[value.trend],
        )
        as_of = self.tr("{trend}, as of {day}, over %n year(s)", "", value.horizon_years)
        words = as_of.format(trend=trend_word(value.trend), day=self._formats.date(value.as_of))
        set_named(self._value, self._value.text(), words)
        high = value.churn is ChurnClass.HIGH
        self._churn.show_parts(churn_words(value.churn), icon="alert" if high else "", variant="bad" if high else "")

    def _show_consents(self, consents: Consents | None) -> None:
        objected = consents is not None and consents.objected
        set_shown(self._objection, objected)
        states = {
            status.channel: status.state
            for status in (consents.statuses if consents else ())
            if status.purpose is ConsentPurpose.ADV_OWN
        }
        for channel, chip in self._consents.items():
            set_shown(chip, consents is not None and not objected)
            state = states.get(channel, ConsentState.NOT_ASKED)
            granted = state is ConsentState.GRANTED
            chip.show_parts(consent_brief(state), icon=_CHANNELS[channel], trailing="check" if granted else "")
            words = f"{consent_channel_word(channel)}: {consent_brief(state)}"
            set_named(chip, words, words)


class CustomerView(Section):
    """The customer's place: the search for the caller, the questions to him, and himself."""

    retry_requested = Signal(object)
    candidate_chosen = Signal(str)
    item_toggled = Signal(str)
    item_failed = Signal(str)
    item_corrected = Signal(str)
    speaker_named = Signal(object)
    caller_confirmed = Signal()
    search_clicked = Signal()
    consent_clicked = Signal()
    crm_asked = Signal(str)
    wish_toggled = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(top=10, bottom=9)
        self.setAccessibleName(self.tr("Customer"))
        self._head = CustomerHead(formats, keys)
        self._identification = IdentificationView(formats, keys)
        self._speaker = SpeakerView(keys)
        self._crm_url: str | None = None
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._head)
        column.addWidget(self._identification)
        column.addWidget(self._speaker)
        self._block = Block(content, reserved_lines=_LINES_ASKING)
        self.body.addWidget(self._block)
        self._block.retry_clicked.connect(lambda: self.retry_requested.emit(BlockName.CUSTOMER))
        self._head.consent_clicked.connect(self.consent_clicked)
        self._head.crm_clicked.connect(self.open_in_crm)
        self._head.wish_clicked.connect(self.wish_toggled)
        self._identification.candidate_chosen.connect(self.candidate_chosen)
        self._head.speaker_clicked.connect(self._speaker.toggle)
        self._speaker.speaker_named.connect(self.speaker_named)
        self._identification.item_toggled.connect(self.item_toggled)
        self._identification.item_failed.connect(self.item_failed)
        self._identification.item_corrected.connect(self.item_corrected)
        self._identification.caller_confirmed.connect(self.caller_confirmed)
        self._identification.search_clicked.connect(self.search_clicked)

    def set_dense(self, dense: bool) -> None:
        """Give the guide what room the customer can do without."""
        self._head.set_dense(dense)

    def confirm(self) -> None:
        """Confirm the caller where that is possible."""
        self._identification.confirm()

    def ask_speaker(self) -> None:
        """Offer who may be speaking, where there is a customer in question."""
        self._speaker.toggle()

    def open_in_crm(self) -> None:
        """Ask for the customer in the CRM, once he is authenticated and where the site has said where that is."""
        if self._crm_url is not None:
            self.crm_asked.emit(self._crm_url)

    def show_state(self, contact: ContactState) -> None:
        """Show the customer of a contact as far as he is known and may be shown."""
        known = contact.view.customer if contact.authenticated and contact.view else None
        self._crm_url = known.crm_url if known else None
        # The questions to the caller have their room before he is known: nothing moves when he is.
        words = block_words(BlockName.CUSTOMER, contact)
        lines = _LINES if contact.authenticated else _LINES_ASKING
        self._block.reserve(0 if contact.authenticated and words is None else lines)
        if words is not None:
            self._block.show_message(words.icon, words.text, words.retry)
            return
        if contact.view is not None:
            if contact.authenticated:
                self._head.show_view(contact.view, contact.consent.open)
            else:
                self._identification.show_state(contact)
        set_shown(self._head, contact.authenticated)
        set_shown(self._identification, not contact.authenticated)
        self._speaker.show_state(contact)
        self._block.show_content()
