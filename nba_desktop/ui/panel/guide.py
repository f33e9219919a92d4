"""The guide of the chosen action: the bridge sentence first, then the steps, then what is owed before closing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from nba_desktop.contract.codes import ActionKind
from nba_desktop.contract.recommendation import Recommendation
from nba_desktop.domain.panel import ContactState
from nba_desktop.ui.panel import keys
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.panel.step_row import StepRow
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_enabled, set_named, set_shown, set_text
from nba_desktop.ui.texts.action_words import closing_form_duty, duty

_STEPS_READY = 8
_DUTIES_READY = 4


class GuidePage(ScrollPage):
    """Follows the agent through the guide; it never forces an order on him."""

    bridge_said = Signal()
    step_toggled = Signal(str)
    choice_made = Signal(str, str)
    input_entered = Signal(str, str, str)
    consent_toggled = Signal(bool)

    def __init__(self, decimal_comma: bool) -> None:
        super().__init__()
        self._decimal_comma = decimal_comma
        self._action_id: str | None = None
        self._quote = Frame("quote", horizontal=True)
        self._bridge = Label(wrap=True)
        self._said = Button(role="chip")
        self._said.clicked.connect(self.bridge_said)
        self._quote.body.addWidget(self._bridge, 1)
        self._quote.body.addWidget(self._said, 0, Qt.AlignmentFlag.AlignVCenter)
        self._duties = Frame("callout", margins=(9, 2, 0, 2))
        self._duties.setProperty("variant", "accent")
        self._duties.body.setSpacing(2)
        self._duties.body.addWidget(Label(self.tr("Before closing"), "smallstrong"))
        self._duty_rows = Pool(self._duties.body, lambda: Label(role="small", wrap=True), _DUTIES_READY)
        self.body.addWidget(self._quote)
        self._steps = Pool(self.body, self._make_step, _STEPS_READY)
        self.foot.setContentsMargins(0, 7, 0, 0)
        self._consent = Button(self.tr("Open consent"), role="chip", trailing="chevron-right", key=keys.CONSENT)
        self._consent.clicked.connect(lambda: self.consent_toggled.emit(True))
        self.foot.setSpacing(7)
        self.foot.addWidget(self._duties)
        self.foot.addWidget(self._consent)

    def show_state(self, contact: ContactState) -> None:
        """Show the chosen action's guide and how far it is."""
        action = contact.action
        set_shown(self._quote, action is not None)
        if action is None:
            self._action_id = None
            self._steps.shown(0)
            set_shown(self._duties, False)
            set_shown(self._consent, False)
            return
        run = contact.guide
        set_text(self._bridge, self.tr("“{sentence}”").format(sentence=action.bridge))
        self._show_said(action, said=run.bridge_said or action.action_id in contact.addressed)
        steps = run.visible(action.steps)
        for number, (row, step) in enumerate(zip(self._steps.shown(len(steps)), steps, strict=True), start=1):
            row.show_step(number, step, run)
        self._show_duties(action)
        set_shown(self._consent, action.kind is ActionKind.CONSENT)
        if action.action_id != self._action_id:
            self._action_id = action.action_id
            self.to_top()

    def _show_said(self, action: Recommendation, said: bool) -> None:
        self._said.set_text(self.tr("Raised"))
        self._said.set_icon("check" if said else "speak")
        self._said.set_variant("good" if said else "")
        self._said.set_on(said)
        set_enabled(self._said, not said)
        name = self.tr("{action} was raised with the customer") if said else self.tr("Mark {action} as raised")
        set_named(self._said, name.format(action=action.title))

    def _show_duties(self, action: Recommendation) -> None:
        first = closing_form_duty(action.closing_form)
        owed = ([first] if first else []) + [duty(one) for one in action.duties]
        for label, sentence in zip(self._duty_rows.shown(len(owed)), owed, strict=True):
            set_text(label, f"• {sentence}")
        set_shown(self._duties, bool(owed))

    def _make_step(self) -> StepRow:
        row = StepRow(self._decimal_comma)
        row.toggled.connect(self.step_toggled)
        row.choice_made.connect(self.choice_made)
        row.input_entered.connect(self.input_entered)
        return row
