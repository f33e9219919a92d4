"""One step of a guide: mark, instruction, branches, a small input."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from nba_desktop.contract.recommendation import GuideStep, StepInput
from nba_desktop.domain.guide import GuideRun, filled, input_is_valid
from nba_desktop.ui.panel.pool import Pool
from nba_desktop.ui.panel.step_mark import StepMark
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant

_CHIPS_READY = 3


class StepRow(QWidget):
    """Shows a step; says which mark was clicked, which branch taken, which valid value entered."""

    toggled = Signal(str)
    choice_made = Signal(str, str)
    input_entered = Signal(str, str, str)

    def __init__(self, decimal_comma: bool) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._step: GuideStep | None = None
        self._chips_made = 0
        self._mark = StepMark()
        self._mark.clicked.connect(self._on_mark)
        self._text = Label(wrap=True)
        self._extras = QWidget()
        self._extras.setProperty("role", "plain")
        flow = FlowLayout(self._extras)
        self._field = _Field(decimal_comma)
        self._field.entered.connect(self._on_entered)
        flow.addWidget(self._field)
        self._chips = Pool(flow, self._make_chip, _CHIPS_READY)
        self._line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._line.setSpacing(4)
        self._line.addWidget(self._text)
        self._line.addWidget(self._extras)
        self._arranged: tuple[bool, int] | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._line, 1)

    def show_step(self, number: int, step: GuideStep, run: GuideRun) -> None:
        """Fill the row with a step and how far the run is there."""
        self._step = step
        values = dict(run.values)
        text = filled(step.text, values)
        done = step.step_id in run.done
        set_text(self._text, text)
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
        self._text.ensurePolished()
        text = self._text.fontMetrics().horizontalAdvance(self._text.text()) + 4
        room = self.width() - self._mark.width() - 8
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

    def _on_chip(self, place: int) -> None:
        if self._step is not None:
            self.choice_made.emit(self._step.step_id, self._step.choices[place].code)

    def _on_entered(self, name: str, value: str) -> None:
        if self._step is not None:
            self.input_entered.emit(self._step.step_id, name, value)


class _Field(QWidget):
    """A line to type in, its unit, and what is wrong with what was typed."""

    entered = Signal(str, str)

    def __init__(self, decimal_comma: bool) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._decimal_comma = decimal_comma
        self._step_id = ""
        self._input: StepInput | None = None
        self._value = ""
        self._edit = QLineEdit()
        self._edit.setMaxLength(60)
        self._edit.textChanged.connect(self._check)
        self._edit.editingFinished.connect(self._on_finished)
        self._unit = Label(role="small", variant="muted")
        self._wrong = Label(role="small", variant="bad", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._edit)
        row.addWidget(self._unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(row)
        column.addWidget(self._wrong)
        self._wrong.hide()

    def show_input(self, step_id: str, asked: StepInput, value: str) -> None:
        """Show what is asked and what was entered; what is being typed is left alone."""
        same = (step_id, asked) == (self._step_id, self._input)
        if not same:
            self._step_id, self._input = step_id, asked
            self._edit.setPlaceholderText(asked.label)
            self._edit.ensurePolished()
            width = self._edit.fontMetrics().horizontalAdvance(asked.label) + 26
            self._edit.setFixedWidth(max(110, min(width, 260)))
            set_named(self._edit, asked.label)
            set_text(self._unit, asked.unit)
            set_shown(self._unit, bool(asked.unit))
        if not same or value != self._value:
            self._value = value
            if self._edit.text() != value:
                self._edit.setText(value)
        self._check()

    def _check(self) -> None:
        valid = self._input is None or input_is_valid(self._input, self._edit.text(), self._decimal_comma)
        set_variant(self._edit, "" if valid else "bad")
        set_text(self._wrong, "" if valid else self._what_is_wrong())
        set_shown(self._wrong, not valid)

    def _what_is_wrong(self) -> str:
        kind = self._input.kind if self._input else "text"
        if kind == "integer":
            return self.tr("Please enter a whole number.")
        if kind == "amount":
            example = "84,50" if self._decimal_comma else "84.50"
            return self.tr("Please enter an amount such as {example}.").format(example=example)
        return self.tr("Please enter a date such as 01.12.2026.")

    def _on_finished(self) -> None:
        value = self._edit.text().strip()
        if self._input is None or value == self._value:
            return
        if input_is_valid(self._input, value, self._decimal_comma):
            self._value = value
            self.entered.emit(self._input.name, value)
