"""The consent drawer: wording first, read aloud, then yes, no or not asked for each channel."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState
from nba_desktop.contract.consent import Consents, ConsentStatus, ConsentWording
from nba_desktop.domain.panel import ConsentDraft, ContactState
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel import keys
from nba_desktop.ui.panel.consent_rows import ChannelRow, StandingRow
from nba_desktop.ui.panel.objection_box import ObjectionBox
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.blocks import Frame, Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text
from nba_desktop.ui.texts.consent_words import consent_purpose, may_not_ask

_CHANNELS_READY = 6
_STANDING_READY = 4
_WORDS_MAX = 200
_STANDING = frozenset({ConsentState.GRANTED, ConsentState.PENDING_CONFIRMATION})


class ConsentDrawer(QWidget):
    """Slides over the tabs; only its middle scrolls, so that saving stays in sight."""

    consent_toggled = Signal(bool)
    read_aloud_toggled = Signal(bool)
    consent_answered = Signal(object, object, object)
    customer_words_entered = Signal(str)
    consent_saved = Signal()
    withdrawal_asked = Signal(object, object)
    withdrawal_confirmed = Signal()
    objection_asked = Signal(bool)
    objection_confirmed = Signal()

    def __init__(self, formats: Formats, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Consent"))
        self._formats = formats
        self._draft = ConsentDraft()
        self._page = ScrollPage(spacing=8)
        self._page.setAccessibleName(self.tr("Consent"))
        self._blocked = Label(role="small", variant="bad", wrap=True)
        self._page.body.addWidget(self._blocked)
        self._wordings = Pool(self._page.body, self._make_wording, ready=2)
        self._read = Button(self.tr("Read aloud"), role="chip")
        self._read.clicked.connect(lambda: self.read_aloud_toggled.emit(not self._draft.read_aloud))
        self._words = QLineEdit()
        self._words.setMaxLength(_WORDS_MAX)
        self._words.setPlaceholderText(self.tr("Customer’s words, e.g. “Yes, please”"))
        set_named(self._words, self.tr("Customer’s words"))
        self._words.editingFinished.connect(self._on_words)
        self._standing_title = Label(self.tr("Consents on file"), "smallstrong")
        self._objection = ObjectionBox()
        self._objection.objection_asked.connect(self.objection_asked)
        self._objection.objection_confirmed.connect(self.objection_confirmed)
        self._page.foot.setContentsMargins(0, 10, 0, 0)
        self._page.foot.setSpacing(6)
        self._page.foot.addWidget(self._standing_title)
        standing = QVBoxLayout()
        self._page.foot.addLayout(standing)
        self._standing = Pool(standing, self._make_standing, _STANDING_READY)
        self._page.foot.addWidget(Rule())
        self._page.foot.addWidget(self._objection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(self._make_head())
        column.addWidget(self._page, 1)
        column.addWidget(Rule())
        column.addWidget(self._make_foot())
        self.hide()

    def show_state(self, contact: ContactState) -> None:
        """Show what may be asked, what is ticked, and what stands."""
        draft = self._draft = contact.consent
        consents = contact.view.consents if contact.view else None
        if consents is None or not draft.open:
            return
        set_text(self._blocked, "" if consents.may_ask else may_not_ask(consents.may_not_ask_because))
        set_shown(self._blocked, not consents.may_ask)
        self._show_wordings(consents, draft)
        self._show_standing(consents, draft)
        asked_here = consents.may_ask and bool(consents.wordings)
        for widget in (self._read, self._words, self._save, self._why_not):
            set_shown(widget, asked_here)
        self._read.set_on(draft.read_aloud)
        self._read.set_icon("check" if draft.read_aloud else "speak")
        if not self._words.hasFocus() and self._words.text() != draft.customer_words:
            self._words.setText(draft.customer_words)
        set_enabled(self._save, draft.may_save)
        set_text(self._why_not, self._what_is_missing(draft))
        self._objection.show_objection(
            consents.objected, draft.objection_asked, _receipt_of(draft, ConsentPurpose.ADV_OWN, ConsentChannel.ANY)
        )

    def _show_wordings(self, consents: Consents, draft: ConsentDraft) -> None:
        wordings = consents.wordings if consents.may_ask else ()
        for box, wording in zip(self._wordings.shown(len(wordings)), wordings, strict=True):
            box.show_wording(wording, consents, draft)

    def _show_standing(self, consents: Consents, draft: ConsentDraft) -> None:
        standing = [status for status in consents.statuses if status.state in _STANDING]
        for row, status in zip(self._standing.shown(len(standing)), standing, strict=True):
            asked = draft.withdrawal_asked == (status.purpose, status.channel)
            row.show_standing(status, asked, _receipt_of(draft, status.purpose, status.channel))
        set_shown(self._standing_title, bool(standing))

    def _what_is_missing(self, draft: ConsentDraft) -> str:
        if draft.may_save:
            return ""
        if not draft.answers:
            return self.tr("No answer yet.")
        return self.tr("Read the wording aloud first.")

    def _on_words(self) -> None:
        if self._words.text() != self._draft.customer_words:
            self.customer_words_entered.emit(self._words.text())

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 7, 8, 0)
        close = Button(self.tr("Close"), role="link", variant="muted", icon="cross", key=keys.CLOSE)
        close.clicked.connect(lambda: self.consent_toggled.emit(False))
        head.addWidget(Label(self.tr("Consent"), "strong"), 1)
        head.addWidget(close)
        return head

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        foot.setProperty("role", "ground")
        self._why_not = Label(role="small", variant="muted", wrap=True)
        self._save = Button(self.tr("Save answers"), variant="primary")
        self._save.clicked.connect(self.consent_saved)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._read)
        top.addWidget(self._words, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self._why_not, 1)
        bottom.addWidget(self._save)
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(5)
        column.addLayout(top)
        column.addLayout(bottom)
        return foot

    def _make_wording(self) -> _WordingBox:
        box = _WordingBox(self._formats)
        box.answered.connect(self.consent_answered)
        return box

    def _make_standing(self) -> StandingRow:
        row = StandingRow(self._formats)
        row.withdrawal_asked.connect(self.withdrawal_asked)
        row.withdrawal_confirmed.connect(self.withdrawal_confirmed)
        return row


class _WordingBox(QWidget):
    """One wording, to be read out word for word, and the channels it covers."""

    answered = Signal(object, object, object)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._purpose = Label(role="smallstrong", wrap=True)
        self._version = Label(role="tiny", variant="muted")
        quote = Frame("quote", margins=(10, 6, 10, 6))
        self._text = Label(wrap=True)
        quote.body.addWidget(self._text)
        head = QHBoxLayout()
        head.addWidget(self._purpose, 1)
        head.addWidget(self._version)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(quote)
        self._rows = Pool(column, self._make_row, _CHANNELS_READY)

    def show_wording(self, wording: ConsentWording, consents: Consents, draft: ConsentDraft) -> None:
        set_text(self._purpose, consent_purpose(wording.purpose))
        spoken = {"de": self.tr("German"), "en": self.tr("English")}[wording.language]
        version = self.tr("{language}, version {number}").format(language=spoken, number=wording.version)
        set_text(self._version, version)
        set_text(self._text, self.tr("“{sentence}”").format(sentence=wording.text))
        statuses = [_status_of(consents, wording.purpose, channel) for channel in wording.channels]
        # What stands is not asked for again; what was answered in this call stays where it was answered.
        asked = [s for s in statuses if s.state not in _STANDING or _receipt_of(draft, s.purpose, s.channel)]
        for row, status in zip(self._rows.shown(len(asked)), asked, strict=True):
            channel = status.channel
            answer = draft.answer_of(wording.purpose, channel)
            row.show_channel(status, answer, _receipt_of(draft, wording.purpose, channel), consents.may_ask)

    def _make_row(self) -> ChannelRow:
        row = ChannelRow(self._formats)
        row.answered.connect(self.answered)
        return row


def _status_of(consents: Consents, purpose: ConsentPurpose, channel: ConsentChannel) -> ConsentStatus:
    for status in consents.statuses:
        if (status.purpose, status.channel) == (purpose, channel):
            return status
    return ConsentStatus(purpose=purpose, channel=channel, state=ConsentState.NOT_ASKED)


def _receipt_of(draft: ConsentDraft, purpose: ConsentPurpose, channel: ConsentChannel) -> Receipt | None:
    """How far the newest recorded line of one purpose and channel has come."""
    for recorded_purpose, recorded_channel, _answer, _event_id, receipt in reversed(draft.recorded):
        if (recorded_purpose, recorded_channel) == (purpose, channel):
            return receipt
    return None
