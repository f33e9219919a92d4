"""Rows of the consent drawer: one channel to answer, one consent to withdraw."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose
from nba_desktop.contract.consent import ConsentStatus
from nba_desktop.domain.panel import ConsentAnswer
from nba_desktop.domain.receipts import Receipt
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, RichLabel, plain, strong
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text
from nba_desktop.ui.texts.consent_words import consent_answer, consent_channel, consent_purpose, consent_state
from nba_desktop.ui.texts.receipt_words import receipt


def state_words(status: ConsentStatus, formats: Formats) -> str:
    """Where a consent stands and since when, weak proof said."""
    words = consent_state(status.state)
    return f"{words} · {formats.day(status.since)}" if status.since else words


class ChannelRow(QWidget):
    """One channel, where it stands, and three answers of equal weight; none is preset."""

    answered = Signal(object, object, object)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._purpose = ConsentPurpose.ADV_OWN
        self._channel = ConsentChannel.ANY
        self._measured = False
        self._what = RichLabel("small")
        self._receipt = Label(role="tiny", variant="muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._what)
        words.addWidget(self._receipt)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addLayout(words, 1)
        self._buttons: dict[ConsentAnswer, Button] = {}
        for answer in ConsentAnswer:
            button = Button(consent_answer(answer), role="chip")
            button.clicked.connect(lambda _checked=False, said=answer: self._on_answer(said))
            self._buttons[answer] = button
            row.addWidget(button)

    def show_channel(
        self,
        status: ConsentStatus,
        answer: ConsentAnswer | None,
        recorded: Receipt | None,
        may_ask: bool,
    ) -> None:
        """Fill the row; `answer` is what is ticked, `recorded` how far the last saved answer has come."""
        self._measure()
        self._purpose, self._channel = status.purpose, status.channel
        channel = consent_channel(status.channel)
        set_text(self._what, f"{strong(channel)}<br>{plain(state_words(status, self._formats))}")
        set_text(self._receipt, receipt(recorded) if recorded else "")
        set_shown(self._receipt, recorded is not None)
        for said, button in self._buttons.items():
            button.set_on(said is answer)
            button.set_icon("check" if said is answer else "")
            set_enabled(button, may_ask)
            set_named(button, f"{channel}: {consent_answer(said)}")

    def _measure(self) -> None:
        """Give every answer the room of its ticked form, and yes the room of no: nothing moves, nothing is bigger."""
        if self._measured:
            return
        self._measured = True
        for button in self._buttons.values():
            button.set_icon("check")
            button.set_on(True)
            button.ensurePolished()
            button.setFixedWidth(button.sizeHint().width())
        yes, no = self._buttons[ConsentAnswer.YES], self._buttons[ConsentAnswer.NO]
        for button in (yes, no):
            button.setFixedWidth(max(yes.sizeHint().width(), no.sizeHint().width()))

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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._what, 1)
        row.addWidget(buttons)

    def show_standing(self, status: ConsentStatus, asked: bool, recorded: Receipt | None) -> None:
        """Fill the row; `asked` after the first click, `recorded` once something was recorded for it."""
        self._purpose, self._channel = status.purpose, status.channel
        channel = consent_channel(status.channel)
        details = [consent_purpose(status.purpose), state_words(status, self._formats)]
        if status.weak_proof:
            details.append(self.tr("weak proof"))
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
