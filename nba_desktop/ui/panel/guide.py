"""The guide of the chosen action: the bridge sentence first, then the steps, then what is owed before closing."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.codes import ActionKind
from nba_desktop.contract.recommendation import Recommendation, StepInput
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.guide_input import as_typed
from nba_desktop.domain.guide_words import Wording, values_of, wording_of, wording_problem
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.library import LibraryState
from nba_desktop.domain.own import BRIDGE, step_part
from nba_desktop.domain.template import TemplateProblem, parts
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.bridge_quote import BridgeQuote
from nba_desktop.ui.panel.guide_tools import GuideTools
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.panel.step_row import StepRow
from nba_desktop.ui.panel.wording_editor import WordingEditor
from nba_desktop.ui.primitives.blocks import Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import in_line
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text
from nba_desktop.ui.texts.action_words import closing_form_duty, duty

_STEPS_READY = 8
_DUTIES_READY = 4


class GuidePage(ScrollPage):
    """Follows the agent through the guide; it never forces an order on him."""

    bridge_said = Signal()
    step_toggled = Signal(str)
    choice_made = Signal(str, str)
    choice_taken_back = Signal()
    input_entered = Signal(str, str, str)
    consent_toggled = Signal(bool)
    worded = Signal(str, str)
    """A part of the guide and the agent's own version of it; an empty one resets it."""
    compact_chosen = Signal(bool)
    question_clicked = Signal()

    def __init__(self, decimal_comma: bool, formats: Formats | None = None, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self._formats = formats or Formats("de" if decimal_comma else "en")
        self._contact: ContactState | None = None
        self._library = LibraryState()
        self._action_id: str | None = None
        self._wording = False
        self._unfolded = False
        self._edited: str | None = None
        self._make_bridge()
        self._duties = Frame("callout", margins=(9, 2, 0, 2))
        self._duties.setProperty("variant", "accent")
        self._duties.body.setSpacing(2)
        self._duties.body.addWidget(Label(self.tr("Before closing"), "smallstrong"))
        self._duty_rows = Pool(self._duties.body, lambda: Label(role="small", wrap=True), _DUTIES_READY)
        self._folded = Button(role="link", variant="muted", icon="check")
        self._folded.clicked.connect(self._on_fold)
        self.body.addLayout(in_line(self._folded))
        self._steps = Pool(self.body, self._make_step, _STEPS_READY)
        self._editor = WordingEditor()
        self._editor.kept.connect(self._on_worded)
        self._editor.left.connect(self._leave_editor)
        self._quote_column.addWidget(self._editor)
        self._editor.hide()
        self._tools = GuideTools(keys)
        self._tools.back_clicked.connect(self.choice_taken_back)
        self._tools.wording_toggled.connect(self._on_wording)
        self._tools.compact_chosen.connect(self.compact_chosen)
        self._tools.question_clicked.connect(self.question_clicked)
        self.foot.setContentsMargins(0, 7, 0, 0)
        self._consent = Button(
            self.tr("Open consent"), role="chip", trailing="chevron-right", key=keys[Command.CONSENT]
        )
        self._consent.clicked.connect(lambda: self.consent_toggled.emit(True))
        self.foot.setSpacing(7)
        self.foot.addWidget(self._duties)
        self.foot.addLayout(in_line(self._consent))
        self.foot.addWidget(self._tools)

    def _make_bridge(self) -> None:
        self._quote = BridgeQuote()
        self._quote.said_clicked.connect(self.bridge_said)
        self._quote.wording_asked.connect(lambda: self._open_editor(BRIDGE))
        whole = QWidget()
        whole.setProperty("role", "plain")
        self._quote_column = QVBoxLayout(whole)
        self._quote_column.setContentsMargins(0, 0, 0, 0)
        self._quote_column.setSpacing(2)
        self._quote_column.addWidget(self._quote)
        self.body.addWidget(whole)

    def back(self) -> None:
        """Take back the last choice, where there is one."""
        self._tools.back()

    # ---- state in

    def show_library(self, library: LibraryState) -> None:
        """Take what is the agent's own: his wording, and how he likes the guide."""
        if library is not self._library:
            self._library = library
            if self._contact is not None:
                self.show_state(self._contact)

    def show_state(self, contact: ContactState) -> None:
        """Show the chosen action's guide and how far it is."""
        self._contact = contact
        action = contact.action
        set_shown(self._quote, action is not None)
        if action is None:
            self._action_id = None
            self._leave_editor()
            self._steps.shown(0)
            for widget in (self._duties, self._consent, self._tools, self._folded):
                set_shown(widget, False)
            return
        if action.action_id != self._action_id:
            self._action_id = action.action_id
            self._unfolded = self._wording = False
            self._leave_editor()
            self.to_top()
            # The keyboard leaves what is hidden now, and Qt scrolls to wherever it goes.
            QTimer.singleShot(0, self, self.to_top)
        run = contact.guide
        self._show_bridge(action, said=run.bridge_said or action.action_id in contact.addressed)
        self._show_steps(action)
        self._show_duties(action)
        set_shown(self._consent, action.kind is ActionKind.CONSENT)
        set_shown(self._tools, True)
        questioned = contact.questioned is not None
        self._tools.show_tools(bool(run.choices), self._wording, self._library.own.compact, questioned)

    def _show_bridge(self, action: Recommendation, said: bool) -> None:
        wording = self._said_as(action, BRIDGE)
        words = parts(wording.template, self._values(action))
        may_word = self._wording and wording.original is not None
        self._quote.show_bridge(words, action.title, said, wording.own, may_word)

    def _show_steps(self, action: Recommendation) -> None:
        run, values = self._run, self._values(action)
        steps = run.visible(action.steps)
        numbered = list(enumerate(steps, start=1))
        done = sum(step.step_id in run.done for step in steps)
        compact = self._library.own.compact and done > 0
        set_shown(self._folded, compact)
        self._folded.set_text(self.tr("{count} of {all} done").format(count=done, all=len(steps)))
        self._folded.set_trailing("chevron-up" if self._unfolded else "chevron-down")
        self._folded.set_opened(self._unfolded)
        if compact and not self._unfolded:
            numbered = [(number, step) for number, step in numbered if step.step_id not in run.done]
        for row, (number, step) in zip(self._steps.shown(len(numbered)), numbered, strict=True):
            said = self._said_as(action, step_part(step.step_id))
            may_word = self._wording and said.original is not None
            row.show_step(number, step, run, parts(said.template, values), said.own, may_word)

    def _said_as(self, action: Recommendation, part: str) -> Wording:
        assert self._contact is not None
        language = self._contact.view.language if self._contact.view else self._formats.language
        return wording_of(action, part, self._library.own, language)

    def _values(self, action: Recommendation) -> dict[str, str]:
        return values_of(action, self._run, self._written)

    @property
    def _run(self) -> GuideRun:
        return self._contact.guide if self._contact else GuideRun()

    def _written(self, asked: StepInput, value: str) -> str:
        if asked.kind == "date":
            return self._formats.date(date.fromisoformat(value))
        return as_typed(asked, value, self._formats.language == "de")

    def _show_duties(self, action: Recommendation) -> None:
        first = closing_form_duty(action.closing_form)
        owed = ([first] if first else []) + [duty(one) for one in action.duties]
        for label, sentence in zip(self._duty_rows.shown(len(owed)), owed, strict=True):
            set_text(label, f"• {sentence}")
        set_shown(self._duties, bool(owed))

    def _make_step(self) -> StepRow:
        row = StepRow(self._formats)
        row.toggled.connect(self.step_toggled)
        row.choice_made.connect(self.choice_made)
        row.input_entered.connect(self.input_entered)
        row.wording_asked.connect(lambda step_id: self._open_editor(step_part(step_id), row))
        return row

    # ---- made anew

    def kept_open(self) -> object:
        """Whether what is done is unfolded, whether words can be changed, and which sentence is being changed."""
        kept = (self._unfolded, self._wording, self._edited)
        return kept if any(kept) else None

    def open_again(self, kept: object) -> None:
        """Unfold, and open the editor, as in the page that this one takes the place of."""
        if not isinstance(kept, tuple) or self._contact is None:
            return
        self._unfolded, self._wording, edited = kept
        self.show_state(self._contact)
        rows = (row for row in self._steps.shown_now if step_part(row.step_id) == edited)
        if edited is not None:
            self._open_editor(edited, None if edited == BRIDGE else next(rows, None))

    # ---- folded, and worded by the agent

    def _on_fold(self) -> None:
        self._unfolded = not self._unfolded
        if self._contact is not None:
            self.show_state(self._contact)

    def _on_wording(self, wanted: bool) -> None:
        self._wording = wanted
        if not wanted:
            self._leave_editor()
        if self._contact is not None:
            self.show_state(self._contact)

    def _open_editor(self, part: str, row: StepRow | None = None) -> None:
        contact = self._contact
        if contact is None or contact.action is None:
            return
        if row is None:
            self._quote_column.addWidget(self._editor)
        else:
            row.take_below(self._editor)
        self._edited = part
        self._editor.show()
        self._editor.open(
            self._said_as(contact.action, part), self._values(contact.action), lambda text: self._judge(part, text)
        )
        self.ensureWidgetVisible(self._editor)

    def _judge(self, part: str, text: str) -> TemplateProblem | None:
        return wording_problem(self._contact, part, text, self._written) if self._contact else None

    def _on_worded(self, text: str) -> None:
        part = self._edited
        self._leave_editor()
        if part is not None:
            self.worded.emit(part, text)

    def _leave_editor(self) -> None:
        self._edited = None
        set_shown(self._editor, False)
