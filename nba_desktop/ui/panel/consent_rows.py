"""Rows of the consent drawer: one channel to answer, one consent to withdraw."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState
from nba_desktop.contract.consent import Consents, ConsentStatus
from nba_desktop.domain.consent_draft import ConsentAnswer, ConsentDraft
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text
from nba_desktop.ui.texts.consent_words import (
    consent_answer,
    consent_channel,
    consent_purpose,
    consent_state,
    state_words,
)
from nba_desktop.ui.texts.receipt_words import receipt

_EMS_OF_STATE: Final = 7
_STANDING = frozenset({ConsentState.GRANTED, ConsentState.PENDING_CONFIRMATION})


def stands(status: ConsentStatus) -> bool:
    """Whether there is a consent that can be withdrawn."""
    return status.state in _STANDING


def status_of(consents: Consents, purpose: ConsentPurpose, channel: ConsentChannel) -> ConsentStatus:
    """Where one purpose and channel stands; not asked yet where nothing is on file."""
    for status in consents.statuses:
        if (status.purpose, status.channel) == (purpose, channel):
            return status
    return ConsentStatus(purpose=purpose, channel=channel, state=ConsentState.NOT_ASKED)


def receipt_of(draft: ConsentDraft, purpose: ConsentPurpose, channel: ConsentChannel) -> Receipt | None:
    """How far the newest recorded line of one purpose and channel has come."""
    for recorded_purpose, recorded_channel, _answer, _event_id, reached in reversed(draft.recorded):
        if (recorded_purpose, recorded_channel) == (purpose, channel):
            return reached
    return None


class _Words(QWidget):
    """Wants the room of the usual state in one line, whatever the state: so the answers of all rows stand alike."""

    def __init__(self, first: Label) -> None:
        super().__init__()
        self._first = first

    def line_width(self) -> int:
        """How wide the usual state is."""
        self._first.ensurePolished()
        return self._first.fontMetrics().horizontalAdvance(consent_state(ConsentState.NOT_ASKED))


class ChannelRow(QWidget):
    """One channel, where it stands, and three answers of equal weight; none is preset.

    Of what rests nobody is asked: the answers come when the agent says that the customer has raised it himself.
    """

    answered = Signal(object, object, object)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._purpose = ConsentPurpose.ADV_OWN
        self._channel = ConsentChannel.ANY
        self._of: tuple[UUID, ConsentPurpose, ConsentChannel] | None = None
        self._raised = self._rests = False
        self._measured = False
        self._what = RichLabel("small")
        self._receipt = Label(role="tiny", variant="muted", wrap=True)
        words = _Words(self._what)
        words.setProperty("role", "plain")
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self._what)
        lines.addWidget(self._receipt)
        self._raise = Button(self.tr("Customer raises it"), role="chip")
        self._raise.clicked.connect(self._on_raised)
        self._answers = answers = QWidget()
        answers.setProperty("role", "plain")
        row = FlowLayout(answers, spacing=5)
        line = FlowLayout(self, spacing=5, line_spacing=2)
        line.add_stretched(words, _EMS_OF_STATE)
        line.addWidget(answers)
        line.addWidget(self._raise)
        self._buttons: dict[ConsentAnswer, Button] = {}
        for answer in ConsentAnswer:
            button = Button(consent_answer(answer), role="chip")
            button.keep_room(icon=True)
            button.clicked.connect(lambda _checked=False, said=answer: self._on_answer(said))
            self._buttons[answer] = button
            row.addWidget(button)

    def show_channel(
        self,
        contact_id: UUID,
        status: ConsentStatus,
        answer: ConsentAnswer | None,
        recorded: Receipt | None,
        may_ask: bool,
    ) -> None:
        """Fill the row; `answer` is what is ticked, `recorded` how far the last saved answer has come."""
        self._measure()
        of = (contact_id, status.purpose, status.channel)
        if of != self._of:
            self._of, self._raised = of, False
        self._rests = bool(status.rests) and answer is None and recorded is None
        self._purpose, self._channel = status.purpose, status.channel
        channel = consent_channel(status.channel)
        set_text(self._what, f"{strong(channel)}<br>{plain(state_words(status, self._formats))}")
        set_text(self._receipt, receipt(recorded) if recorded else "")
        set_shown(self._receipt, recorded is not None)
        for said, button in self._buttons.items():
            button.set_on(said is answer)
            button.set_icon("check" if said is answer else "")
            set_enabled(button, may_ask)
            set_named(button, f"{channel}: {consent_answer(said)}", consent_purpose(status.purpose))
        set_named(self._raise, self.tr("{channel}: customer raises it").format(channel=channel))
        self._show_answers()

    def _show_answers(self) -> None:
        asks = self._raised or not self._rests
        set_shown(self._answers, asks)
        set_shown(self._raise, not asks)

    def _on_raised(self) -> None:
        self._raised = True
        self._show_answers()
        self._buttons[next(iter(ConsentAnswer))].setFocus()

    def _measure(self) -> None:
        """Give yes and no the same room: neither is bigger than the other."""
        if self._measured:
            return
        self._measured = True
        alike = (self._buttons[ConsentAnswer.YES], self._buttons[ConsentAnswer.NO])
        for button in self._buttons.values():
            button.ensurePolished()
        widest = max(button.sizeHint().width() for button in alike)
        for button in alike:
            button.setMinimumWidth(widest)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measured = False

    def _on_answer(self, answer: ConsentAnswer) -> None:
        self.answered.emit(self._purpose, self._channel, answer)


class StandingRow(QWidget):
    """A consent that stands: withdrawn with two clicks, without a reason."""

    withdrawal_asked = Signal(object, object)
    withdrawal_confirmed = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._purpose = ConsentPurpose.ADV_OWN
        self._channel = ConsentChannel.ANY
        self._what = RichLabel("small")
        self._ask = Button(self.tr("Withdraw …"), role="chip")
        self._ask.clicked.connect(self._on_ask)
        self._confirm = Button(self.tr("Record withdrawal"), role="chip", variant="bad")
        self._confirm.clicked.connect(self.withdrawal_confirmed)
        self._leave = Button(self.tr("Leave it"), role="chip")
        self._leave.clicked.connect(self._on_ask)
        buttons = QWidget()
        buttons.setProperty("role", "plain")
        flow = FlowLayout(buttons, spacing=5)
        for button in (self._ask, self._confirm, self._leave):
            flow.addWidget(button)
        row = FlowLayout(self, spacing=5, line_spacing=2)
        row.add_stretched(self._what)
        row.addWidget(buttons)

    def show_standing(self, status: ConsentStatus, asked: bool, recorded: Receipt | None) -> None:
        """Fill the row; `asked` after the first click, `recorded` once something was recorded for it."""
        self._purpose, self._channel = status.purpose, status.channel
        channel = consent_channel(status.channel)
        details = [consent_purpose(status.purpose), state_words(status, self._formats)]
        if recorded:
            details.append(receipt(recorded))
        set_text(self._what, f"{strong(channel)}<br>{plain(' · '.join(details))}")
        set_shown(self._ask, not asked)
        set_shown(self._confirm, asked)
        set_shown(self._leave, asked)
        set_named(self._ask, self.tr("Withdraw the consent for {channel}").format(channel=channel))
        set_named(self._confirm, self.tr("Record the withdrawal for {channel}").format(channel=channel))

    def _on_ask(self) -> None:
        self.withdrawal_asked.emit(self._purpose, self._channel)
