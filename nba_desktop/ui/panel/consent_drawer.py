"""The consent drawer: wording first, read aloud, then yes, no or not asked for each channel."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.consent import Consents
from nba_desktop.domain.consent_draft import ConsentDraft
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.consent_proof import ProofPage
from nba_desktop.ui.panel.consent_rows import StandingRow, receipt_of, stands
from nba_desktop.ui.panel.consent_wording import WordingBox
from nba_desktop.ui.panel.in_sight import bring_into_sight
from nba_desktop.ui.panel.keys import USUAL_KEYS, shown
from nba_desktop.ui.panel.objection_box import ObjectionBox
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.blocks import Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.fields import Line
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text
from nba_desktop.ui.texts.consent_words import (
    OBJECTED_IN,
    consent_purpose,
    may_not_ask,
    weak_proof_words,
)

_STANDING_READY = 4
_WORDS_MAX = 200
_FOOTS = 4


class ConsentDrawer(QWidget):
    """Slides over the tabs; only its middle scrolls, so that saving stays in sight.

    The proof takes the place of the questions while it is open.
    """

    consent_toggled = Signal(bool)
    read_aloud_toggled = Signal(str)
    consent_answered = Signal(object, object, object)
    customer_words_entered = Signal(str)
    consent_saved = Signal()
    withdrawal_asked = Signal(object, object)
    withdrawal_confirmed = Signal()
    objection_asked = Signal(bool)
    objection_confirmed = Signal()
    proof_toggled = Signal(bool)

    def __init__(self, formats: Formats, parent: QWidget, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__(parent)
        self.setProperty("role", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Consent"))
        self._formats = formats
        self._draft = ConsentDraft()
        self._contact_id: UUID | None = None
        self._proving = self._reveals = False
        self._page = ScrollPage(spacing=10)
        self._page.fit_inside()
        self._page.setAccessibleName(self.tr("Consent"))
        self._page.verticalScrollBar().rangeChanged.connect(self._reveal)
        self._leaving = Label(role="smallstrong", variant="bad", wrap=True)
        self._leaving.setContentsMargins(12, 4, 12, 0)
        self._finish_key = shown(keys[Command.FINISH])
        self._blocked = Label(role="small", variant="bad", wrap=True)
        self._page.body.addWidget(self._blocked)
        self._wordings = Pool(self._page.body, self._make_wording, ready=2)
        self._proof = ProofPage(formats)
        self._proof.retry_clicked.connect(lambda: self.proof_toggled.emit(True))
        self._fill_foot_of_page()
        self._column = column = QVBoxLayout(self)
        self._foot_scrolls = False
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(self._make_head(keys))
        column.addWidget(self._leaving)
        column.addWidget(self._page, 1)
        column.addWidget(self._proof, 1)
        self._foot_rule = Rule()
        column.addWidget(self._foot_rule)
        column.addWidget(self._make_foot())
        self.hide()

    def _fill_foot_of_page(self) -> None:
        self._standing_title = Label(self.tr("Consents on file"), "smallstrong")
        self._weak = Label(weak_proof_words(), "tiny", "muted", wrap=True)
        self._objection = ObjectionBox()
        self._objection.objection_asked.connect(self.objection_asked)
        self._objection.objection_confirmed.connect(self.objection_confirmed)
        self._page.foot.setContentsMargins(0, 10, 0, 0)
        self._page.foot.setSpacing(6)
        self._page.foot.addWidget(self._standing_title)
        standing = QVBoxLayout()
        self._page.foot.addLayout(standing)
        self._standing = Pool(standing, self._make_standing, _STANDING_READY)
        self._page.foot.addWidget(self._weak)
        self._page.foot.addWidget(Rule())
        self._page.foot.addWidget(self._objection)

    # ---- state in

    def show_state(self, contact: ContactState) -> None:
        """Show what may be asked, what is ticked, and what stands; or the proof of it."""
        before, draft = self._draft, contact.consent
        self._draft = draft
        consents = contact.view.consents if contact.view else None
        if consents is None or not draft.open:
            return
        self._proving = contact.proof.open
        leaves = draft.leaving and draft.is_begun
        set_shown(self._leaving, leaves)
        set_shown(self._page, not self._proving)
        set_shown(self._proof, self._proving)
        self._to_proof.set_text(self.tr("Back to the questions") if self._proving else self.tr("Proof"))
        self._to_proof.set_icon("chevron-left" if self._proving else "shield")
        if self._proving:
            self._proof.show_state(contact.proof)
        else:
            self._show_questions(contact.contact_id, consents, draft)
        self._show_foot(consents, draft, contact.contact_id)
        self._objection.show_objection(consents.objected, draft.objection_asked, receipt_of(draft, *OBJECTED_IN))
        asked_before = before.objection_asked and contact.contact_id == self._contact_id
        self._reveals = draft.objection_asked and not asked_before
        if self._reveals:
            self._reveal()
        if leaves:
            words, where = self._what_is_open(consents, draft)
            set_text(self._leaving, words.format(key=self._finish_key))
            if where is not None and not (before.leaving and contact.contact_id == self._contact_id):
                bring_into_sight(where)
        self._contact_id = contact.contact_id

    def _what_is_open(self, consents: Consents, draft: ConsentDraft) -> tuple[str, QWidget | None]:
        """What finishing would lose, with the ways out, and where it stands."""
        if draft.withdrawal_asked is not None:
            words = self.tr("A withdrawal is not recorded yet: record it, or finish once more ({key}) without it.")
            rows = zip(self._standing.shown_now, (one for one in consents.statuses if stands(one)), strict=False)
            asked = (row for row, status in rows if draft.withdrawal_asked == (status.purpose, status.channel))
            return words, next(asked, None)
        if draft.objection_asked:
            words = self.tr("An objection is not recorded yet: record it, or finish once more ({key}) without it.")
            return words, self._objection
        if not draft.answers:
            words = self.tr("An answer is missing: ask for it, or finish once more ({key}) without it.")
            return words, next(iter(self._wordings.shown_now), None)
        if not draft.may_save(consents.wordings):
            words = self.tr("A wording was not read aloud: read it, or finish once more ({key}) without the answers.")
            unread = draft.unread(consents.wordings)
            boxes = zip(self._wordings.shown_now, consents.wordings, strict=False)
            return words, next((box for box, wording in boxes if wording.purpose in unread), None)
        words = self.tr("This is not saved yet. Save it, or finish once more ({key}) without it.")
        return words, self._save

    def _reveal(self) -> None:
        """Show the objection's question, at once and when the page has become as high as what it holds."""
        if self._reveals:
            self._page.ensureWidgetVisible(self._objection)

    def _show_questions(self, contact_id: UUID, consents: Consents, draft: ConsentDraft) -> None:
        set_text(self._blocked, "" if consents.may_ask else may_not_ask(consents.may_not_ask_because))
        set_shown(self._blocked, not consents.may_ask)
        wordings = consents.wordings if consents.may_ask else ()
        for box, wording in zip(self._wordings.shown(len(wordings)), wordings, strict=True):
            box.show_wording(contact_id, wording, consents, draft)
        standing = [status for status in consents.statuses if stands(status)]
        for row, status in zip(self._standing.shown(len(standing)), standing, strict=True):
            asked = draft.withdrawal_asked == (status.purpose, status.channel)
            row.show_standing(status, asked, receipt_of(draft, status.purpose, status.channel))
        set_shown(self._standing_title, bool(standing))
        set_shown(self._weak, any(status.weak_proof for status in standing))

    def _show_foot(self, consents: Consents, draft: ConsentDraft, contact_id: UUID) -> None:
        asked_here = consents.may_ask and bool(consents.wordings) and not self._proving
        set_shown(self._foot, asked_here)
        set_shown(self._foot_rule, asked_here)
        other = contact_id != self._contact_id
        if (other or not self._words.hasFocus()) and self._words.text() != draft.customer_words:
            self._words.show_text(draft.customer_words)
        set_enabled(self._save, draft.may_save(consents.wordings))
        set_text(self._why_not, self._what_is_missing(consents, draft))

    def _what_is_missing(self, consents: Consents, draft: ConsentDraft) -> str:
        unread = draft.unread(consents.wordings)
        if not draft.answers:
            return self.tr("No answer yet.")
        if not unread:
            return ""
        if len(consents.wordings) == 1:
            return self.tr("Read the wording aloud first.")
        named = ", ".join(consent_purpose(purpose) for purpose in unread)
        return self.tr("Read aloud first: {purposes}").format(purposes=named)

    def _on_close(self) -> None:
        if self._proving:
            self.proof_toggled.emit(False)
        self.consent_toggled.emit(False)

    def keep_words(self) -> None:
        """Hand on what is typed of the customer's words."""
        if self._words.text() != self._draft.customer_words:
            self.customer_words_entered.emit(self._words.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where large text leaves little room, what stands below the questions scrolls with them.
        scrolls = self.height() < _FOOTS * self._foot.sizeHint().height()
        if scrolls != self._foot_scrolls:
            self._foot_scrolls = scrolls
            for part in (self._foot_rule, self._foot):
                (self._page.foot if scrolls else self._column).addWidget(part)

    # ---- its parts

    def _make_head(self, keys: KeyMap) -> FlowLayout:
        head = FlowLayout(line_spacing=0)
        head.setContentsMargins(12, 7, 8, 0)
        self._to_proof = Button(self.tr("Proof"), role="link", icon="shield")
        self._to_proof.clicked.connect(lambda: self.proof_toggled.emit(not self._proving))
        close = Button(self.tr("Close"), role="link", variant="muted", icon="cross", key=keys[Command.CLOSE])
        close.clicked.connect(self._on_close)
        head.add_stretched(Label(self.tr("Consent"), "strong", wrap=True), 4)
        head.addWidget(self._to_proof)
        head.addWidget(close)
        return head

    def _make_foot(self) -> QWidget:
        self._foot = foot = QWidget()
        foot.setProperty("role", "ground")
        self._words = Line()
        self._words.setMaxLength(_WORDS_MAX)
        self._words.setPlaceholderText(self.tr("Customer’s words"))
        set_named(self._words, self.tr("Customer’s words"))
        self._words.editingFinished.connect(self.keep_words)
        self._words.put.connect(self.keep_words)
        self._why_not = Label(role="small", variant="muted", wrap=True)
        self._save = Button(self.tr("Save answers"), variant="primary")
        self._save.clicked.connect(self.consent_saved)
        bottom = FlowLayout()
        bottom.add_stretched(self._why_not)
        bottom.addWidget(self._save)
        column = QVBoxLayout(foot)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(5)
        column.addWidget(self._words)
        column.addLayout(bottom)
        return foot

    def _make_wording(self) -> WordingBox:
        box = WordingBox(self._formats)
        box.answered.connect(self.consent_answered)
        box.read_aloud_toggled.connect(self.read_aloud_toggled)
        return box

    def _make_standing(self) -> StandingRow:
        row = StandingRow(self._formats)
        row.withdrawal_asked.connect(self.withdrawal_asked)
        row.withdrawal_confirmed.connect(self.withdrawal_confirmed)
        return row
