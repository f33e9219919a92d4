"""What proves the customer's consents: one card for each entry of the ledger, and whether none was changed since."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from nba_desktop.contract.codes import ConsentPurpose
from nba_desktop.contract.consent import ConsentProof, ConsentProofEntry
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.consent_draft import ProofState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.blocks import BlockMessage, Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.texts.consent_words import consent_channel, consent_purpose
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.proof_words import proof_details, proof_event

_READY = 2


class ProofPage(ScrollPage):
    """Newest first, purpose by purpose; an entry shows its wording and the rest of its proof when it is opened."""

    retry_clicked = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__(spacing=6)
        self._formats = formats
        self.fit_inside()
        self.setAccessibleName(self.tr("Proof of the consents"))
        self._message = BlockMessage()
        self._message.retry_clicked.connect(self.retry_clicked)
        self._chain = MarkedLine("check", "good")
        self.body.addWidget(self._message)
        self.body.addWidget(self._chain)
        cards = QVBoxLayout()
        cards.setSpacing(6)
        self.body.addLayout(cards)
        self._cards = Pool(cards, lambda: _EntryCard(formats), _READY)
        self._proof: ConsentProof | None = None

    def show_state(self, state: ProofState) -> None:
        """Show the proof, or why it is not there."""
        proof = state.proof
        entries = _by_purpose(proof) if proof is not None else ()
        self._show_message(state, bool(entries))
        set_shown(self._chain, bool(entries))
        if proof is not None and entries:
            good = ("check", "good") if proof.intact else ("alert", "bad")
            self._chain.set_mark(*good)
            words = self.tr("No entry was changed since it was written.")
            if not proof.intact:
                words = self.tr("An entry does not fit the others any more. Please inform your administrator.")
            self._chain.show_line(strong(words))
        other = proof is not self._proof
        self._proof = proof
        for card, entry in zip(self._cards.shown(len(entries)), entries, strict=True):
            card.show_entry(entry)
        if other:
            self.to_top()

    def _show_message(self, state: ProofState, filled: bool) -> None:
        words, icon, retry = "", "dots", False
        if state.status is BlockStatus.FAILED:
            why = failure(state.failure or FailureCode.TOO_LATE)
            words, icon, retry = self.tr("The proof is not there: {why}.").format(why=why), "alert", True
        elif state.status is BlockStatus.SLOW:
            words = self.tr("The proof is being fetched – this takes longer than usual.")
        elif state.status in (BlockStatus.LOADING, BlockStatus.IDLE):
            words = self.tr("The proof is being fetched …")
        elif not filled:
            words, icon = self.tr("Nothing is on file: this customer was never asked."), "info"
        set_shown(self._message, bool(words))
        if words:
            self._message.show_message(icon, words, retry)


def _by_purpose(proof: ConsentProof) -> tuple[ConsentProofEntry, ...]:
    """Purpose by purpose, the newest first within each."""
    order = list(ConsentPurpose)
    return tuple(sorted(proof.entries, key=lambda entry: order.index(entry.purpose)))


class _EntryCard(Frame):
    """One entry: what was said when, and behind a click how that is proven."""

    def __init__(self, formats: Formats) -> None:
        super().__init__("card")
        self._formats = formats
        self._entry: ConsentProofEntry | None = None
        self._head = RichLabel("small")
        self._open = Button(role="link", trailing="chevron-down")
        self._open.clicked.connect(self._on_toggled)
        self._details = RichLabel("tiny")
        self._quote = Frame("quote", margins=(10, 6, 10, 6))
        self._text = Label(role="small", wrap=True)
        self._quote.body.addWidget(self._text)
        self.body.addWidget(self._head)
        self.body.addWidget(self._open)
        self.body.addWidget(self._details)
        self.body.addWidget(self._quote)

    def show_entry(self, entry: ConsentProofEntry) -> None:
        """Fill the card; another entry than before is shown closed."""
        if entry is not self._entry:
            same = self._entry is not None and self._entry.event_id == entry.event_id
            self._entry = entry
            self._show(same and not self._details.isHidden())

    def _show(self, opened: bool) -> None:
        entry = self._entry
        if entry is None:
            return
        what = f"{consent_purpose(entry.purpose)} · {consent_channel(entry.channel)}"
        when = f"{self._formats.day(entry.at)}, {self._formats.time(entry.at)}"
        set_text(self._head, f"{strong(proof_event(entry.event))} · {plain(when)}<br>{plain(what)}")
        self._open.set_text(self.tr("Less") if opened else self.tr("How it is proven"))
        self._open.set_trailing("chevron-up" if opened else "chevron-down")
        self._open.set_opened(opened)
        self._open.set_on(opened)
        set_named(self._open, f"{self._open.text()}: {proof_event(entry.event)}, {what}, {when}")
        details = proof_details(entry, self._formats)
        set_text(self._details, "<br>".join(f"{plain(name)}: {strong(value)}" for name, value in details))
        set_shown(self._details, opened)
        set_shown(self._quote, opened and entry.wording is not None)
        text = entry.wording.text if entry.wording else ""
        set_text(self._text, self.tr("“{sentence}”").format(sentence=text) if text else "")

    def _on_toggled(self) -> None:
        self._show(self._details.isHidden())
