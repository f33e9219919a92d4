"""A line to type a small value in, its unit, and what is wrong with what was typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.recommendation import StepInput
from nba_desktop.domain.guide_input import Reading, as_typed, read_input
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.in_sight import bring_into_sight
from nba_desktop.ui.primitives.fields import Line
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.guide_problems import input_fault

_LONGEST = 60
_WIDTHS = (110, 260)
_WIDEST = {"date": "00.00.0000", "amount": "00.000,00", "integer": "000.000", "number": "000.000"}


class TypedField(QWidget):
    """Says the input's name and the value in its kept form, once it is valid."""

    entered = Signal(str, str)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._step_id = ""
        self._input: StepInput | None = None
        self._value = ""
        self._edit = Line()
        self._edit.setMaxLength(_LONGEST)
        self._edit.textChanged.connect(self._check)
        self._edit.editingFinished.connect(self._on_finished)
        self._edit.put.connect(self._on_finished)
        self._unit = Label(role="small", variant="muted")
        self._wrong = Label(role="small", variant="bad", wrap=True)
        # In large text and a narrow panel the unit stands below.
        row = FlowLayout(line_spacing=1)
        row.addWidget(self._edit)
        row.addWidget(self._unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(row)
        column.addWidget(self._wrong)
        self._wrong.hide()

    @property
    def _decimal_comma(self) -> bool:
        return self._formats.language == "de"

    def show_input(self, step_id: str, asked: StepInput, value: str) -> None:
        """Show what is asked and what was entered; what is being typed is left alone."""
        same = (step_id, asked) == (self._step_id, self._input)
        # The same value asked in another language: what is being typed for it, wrong as it may be, is typed still.
        kept = same or (self._edit.isModified() and (step_id, _unworded(asked)) == (self._step_id, self._unworded))
        if not same:
            self._step_id, self._input = step_id, asked
            self._edit.setPlaceholderText(asked.label)
            set_named(self._edit, asked.label)
            set_text(self._unit, asked.unit)
            set_shown(self._unit, bool(asked.unit))
            self._measure()
        if not kept or value != self._value:
            self._value = value
            typed = as_typed(asked, value, self._decimal_comma)
            self._edit.show_text(typed)
        self._check()

    @property
    def _unworded(self) -> StepInput | None:
        return _unworded(self._input) if self._input is not None else None

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._measure()

    def _measure(self) -> None:
        """As wide as the longest value, in the size of its text."""
        asked = self._input
        if asked is None:
            return
        self._edit.ensurePolished()
        metrics = self._edit.fontMetrics()
        width = max(metrics.horizontalAdvance(text) for text in (asked.label, _WIDEST.get(asked.kind, ""))) + 26
        narrowest, widest = _WIDTHS
        self._edit.setFixedWidth(max(narrowest, min(width, widest)))
        # What a line counts with: else the unit would stand below where there is just room for it.
        self._unit.setMinimumWidth(self._unit.line_width())

    def _reading(self) -> Reading:
        if self._input is None:
            return Reading()
        return read_input(self._input, self._edit.text(), self._decimal_comma, self._formats.today())

    def _check(self) -> None:
        reading = self._reading()
        wrong = input_fault(self._input, reading, self._decimal_comma) if self._input else ""
        set_variant(self._edit, "bad" if wrong else "")
        if wrong and self._wrong.isHidden() and self._edit.hasFocus():
            bring_into_sight(self)
        set_text(self._wrong, wrong)
        set_shown(self._wrong, bool(wrong))
        if self._edit.accessibleDescription() != wrong:
            self._edit.setAccessibleDescription(wrong)

    def _on_finished(self) -> None:
        reading = self._reading()
        if self._input is None:
            return
        if reading.fault is not None:
            if self._edit.hasFocus():
                bring_into_sight(self)
            return
        typed = as_typed(self._input, reading.value, self._decimal_comma)
        self._edit.show_text(typed)
        # From here on it is the guide's, which writes it in each language as that does.
        self._edit.setModified(False)
        if reading.value != self._value:
            self._value = reading.value
            self.entered.emit(self._input.name, reading.value)


def _unworded(asked: StepInput) -> StepInput:
    """What is asked, in no language."""
    return asked.model_copy(update={"label": "", "unit": ""})
