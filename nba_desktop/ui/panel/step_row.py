"""One step of a guide: mark, instruction, branches, a small input, the agent's own words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from nba_desktop.contract.recommendation import GuideStep
from nba_desktop.domain.guide import GuideRun
from nba_desktop.domain.template import Part
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.said_label import SaidLabel
from nba_desktop.ui.panel.step_mark import StepMark
from nba_desktop.ui.panel.typed_field import TypedField
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_variant

_CHIPS_READY = 3


class StepRow(QWidget):
    """Shows a step; says which mark was clicked, which branch taken, which valid value entered, and that the agent
    wants to word it himself.
    """

    toggled = Signal(str)
    choice_made = Signal(str, str)
    input_entered = Signal(str, str, str)
    wording_asked = Signal(str)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._step: GuideStep | None = None
        self._chips_made = 0
        self._mark = StepMark()
        self._mark.clicked.connect(self._on_mark)
        self._text = SaidLabel()
        self._extras = QWidget()
        self._extras.setProperty("role", "plain")
        flow = FlowLayout(self._extras)
        self._field = TypedField(formats)
        self._field.entered.connect(self._on_entered)
        flow.addWidget(self._field)
        self._chips = Pool(flow, self._make_chip, _CHIPS_READY)
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._line.setSpacing(4)
        self._line.addWidget(self._text)
        self._line.addWidget(self._extras)
        self._arranged: tuple[bool, int] | None = None
        self._own = Label(self.tr("Your own wording"), "tiny", "accent")
        self._pen = Button(role="tool", icon="pen")
        self._pen.clicked.connect(self._on_pen)
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._line, 1)
        self._row.addWidget(self._pen, 0, Qt.AlignmentFlag.AlignTop)
        # Below the row, indented as its words are: the tag of an own wording, and the editor while it is open.
        self._below = QVBoxLayout()
        self._below.setContentsMargins(self._mark.width() + 8, 0, 0, 0)
        self._below.addWidget(self._own)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(self._row)
        column.addLayout(self._below)

    def take_below(self, widget: QWidget) -> None:
        """Take the editor in, below the words."""
        self._below.addWidget(widget)

    @property
    def step_id(self) -> str:
        """The step that is shown; empty before there is one."""
        return self._step.step_id if self._step is not None else ""

    def show_step(
        self, number: int, step: GuideStep, run: GuideRun, parts: Sequence[Part], own: bool, may_word: bool
    ) -> None:
        """Fill the row with a step and how far the run is there; `parts` are its words, `own` if the agent's."""
        self._step = step
        values = dict(run.values)
        text = "".join(part.text for part in parts)
        done = step.step_id in run.done
        self._text.show_parts(parts)
        set_shown(self._own, own)
        set_shown(self._pen, may_word)
        set_named(self._pen, self.tr("Word this yourself: {text}").format(text=text))
        set_variant(self._text, "muted" if done else "")
        state = self.tr("done") if done else self.tr("open")
        self._mark.show_mark(number, done, self.tr("Step {number}: {text}").format(number=number, text=text))
        if self._mark.accessibleDescription() != state:
            self._mark.setAccessibleDescription(state)
        taken = run.choice_at(step.step_id)
        for chip, choice in zip(self._chips.shown(len(step.choices)), step.choices, strict=True):
            chip.set_text(choice.label)
            chip.set_on(choice.code == taken)
            chip.set_icon("check" if choice.code == taken else "")
        set_shown(self._field, step.input is not None)
        if step.input is not None:
            self._field.show_input(step.step_id, step.input, values.get(step.input.name, ""))
        set_shown(self._extras, bool(step.choices) or step.input is not None)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Branches and input go beside a short instruction, below a long one."""
        text = self._text.line_width()
        pen = 0 if self._pen.isHidden() else self._pen.width() + 8
        room = self.width() - self._mark.width() - 8 - pen
        beside = self._extras.isHidden() or text + 8 + self._extras.sizeHint().width() <= room
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != direction:
            self._line.setDirection(direction)
        in_line = beside and not self._extras.isHidden()
        if (in_line, text) == self._arranged:
            return  # Qt lays out anew for every one of the following, also when it changes nothing
        self._arranged = (in_line, text)
        self._line.setStretch(1, 1 if in_line else 0)
        self._text.setMinimumWidth(text if in_line else 0)
        # One line with chips has one middle; a text of several lines has its mark at the first.
        middle = Qt.AlignmentFlag.AlignVCenter if in_line else Qt.AlignmentFlag.AlignTop
        self._row.setAlignment(self._mark, middle)
        self._text.setContentsMargins(0, 0 if in_line else 1, 0, 0)

    def _make_chip(self) -> Button:
        chip, place = Button(role="chip"), self._chips_made
        self._chips_made += 1
        chip.clicked.connect(lambda: self._on_chip(place))
        return chip

    def _on_mark(self) -> None:
        if self._step is not None:
            self.toggled.emit(self._step.step_id)

    def _on_pen(self) -> None:
        if self._step is not None:
            self.wording_asked.emit(self._step.step_id)

    def _on_chip(self, place: int) -> None:
        if self._step is not None:
            self.choice_made.emit(self._step.step_id, self._step.choices[place].code)

    def _on_entered(self, name: str, value: str) -> None:
        if self._step is not None:
            self.input_entered.emit(self._step.step_id, name, value)
