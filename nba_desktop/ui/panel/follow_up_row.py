"""A promise to the customer: its day in one click, with time and words where he named them; then what was promised."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nba_desktop.contract.codes import FollowUpKind, ResponseCode
from nba_desktop.domain.due import DAYS_AHEAD, DUE_DAY, earliest_clock, offered_days, read_clock, read_day
from nba_desktop.domain.entries import FollowUpDraft, FollowUpEntry
from nba_desktop.domain.guide_input import as_typed
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.pen import one_line
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.in_sight import bring_into_sight
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.leaving import Leaving
from nba_desktop.ui.panel.marked_line import MarkedLine
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.fields import Line
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label, plain, strong
from nba_desktop.ui.setters import set_named, set_shown, set_text, set_variant
from nba_desktop.ui.texts.follow_up_words import (
    clock_fault,
    clock_over,
    due_words,
    follow_up_question,
    offered_day,
    promised_words,
)
from nba_desktop.ui.texts.guide_problems import input_fault
from nba_desktop.ui.texts.receipt_words import receipt

_DIGITS: Final = (
    Command.DIGIT_1,
    Command.DIGIT_2,
    Command.DIGIT_3,
    Command.DIGIT_4,
    Command.DIGIT_5,
    Command.DIGIT_6,
)
_LONGEST_WORDS: Final = 200
_LONGEST_DAY: Final = 20
_LONGEST_TIME: Final = 10


class FollowUpRow(QWidget):
    """One click on a day promises it; time and words are taken along where they were entered before.

    `planned` carries the day and follows `time_entered` and `words_entered`, which also follows what is typed. `closed`
    asks to leave the draft as it is, without a promise; `cancelled` asks to take the promise that is shown back. The
    row hides itself while it has neither. Its keys, the first six of `choose`, are the host's to connect: they belong
    to whatever is open.
    """

    planned = Signal(object)
    time_entered = Signal(object)
    words_entered = Signal(str)
    closed = Signal()
    cancelled = Signal()

    def __init__(self, formats: Formats, keys: KeyMap = USUAL_KEYS) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self._formats = formats
        self._draft: FollowUpDraft | None = None
        self._which: tuple[object, FollowUpKind, ResponseCode | None] | None = None
        self._has_planned = False
        self._at_fault: Line | None = None
        self._promise: QWidget | None = None
        self._question = Label(role="smallstrong", wrap=True)
        self._reached = Label(role="small", variant="muted", wrap=True)
        self._close = Button(self.tr("Close"), role="link", variant="muted", key=keys[Command.CLOSE])
        self._close.clicked.connect(self.closed)
        self._time = self._new_line(_LONGEST_TIME, self.tr("Time"), self.tr("Time of day, if the customer named one"))
        self._time.typed.connect(lambda: self._show_fault(""))
        self._time.editingFinished.connect(self._tell_time)
        self._time.put.connect(self._tell_time)
        name = self.tr("Customer’s words")
        self._words = self._new_line(_LONGEST_WORDS, name, self.tr("What was agreed, in the customer’s words"))
        self._words.typed.connect(self._tell_words)
        self._words.editingFinished.connect(self._tell_words)
        self._words.put.connect(self._tell_words)
        self._days: tuple[date, ...] = ()
        self._chips = tuple(self._new_chip(place, keys[_DIGITS[place]]) for place in range(len(DAYS_AHEAD)))
        self._other = Button(self.tr("Date …"), role="chip", icon="calendar", key=keys[_DIGITS[len(DAYS_AHEAD)]])
        self._other.clicked.connect(self._toggle_day)
        self._day = self._new_line(_LONGEST_DAY, self._example(), self.tr("Day of the follow-up"))
        self._day.typed.connect(lambda: self._show_fault(""))
        self._day.returnPressed.connect(self._plan_typed)
        self._set = Button(self.tr("Promise"), role="chip", icon="check")
        self._set.clicked.connect(self._plan_typed)
        self._wrong = Label(role="small", variant="bad", wrap=True)
        self._entry_line = MarkedLine("clock", "accent", self._new_cancel())
        # Shown before it is in the panel, it would be a window of its own for a moment.
        self._entry_line.hide()
        self.hide()
        self._lay_out()
        self.show_draft(None)
        self.show_entry(None)

    def _example(self) -> str:
        """How a day is typed in this language."""
        last = date(self._formats.today().year, 12, 31)
        return as_typed(DUE_DAY, last.isoformat(), self._formats.language == "de")

    def _new_line(self, longest: int, placeholder: str, name: str) -> Line:
        line = Line()
        line.setMaxLength(longest)
        line.setPlaceholderText(placeholder)
        set_named(line, name)
        return line

    def _new_chip(self, place: int, key: str) -> Button:
        chip = Button(role="chip", key=key)
        chip.clicked.connect(lambda: self._plan(self._days[place]))
        return chip

    def _new_cancel(self) -> Button:
        self._cancel = Button(self.tr("Cancel"), role="link")
        self._cancel.clicked.connect(self.cancelled)
        return self._cancel

    def _lay_out(self) -> None:
        head = FlowLayout(line_spacing=0)
        head.add_stretched(self._question)
        head.addWidget(self._close)
        said = FlowLayout()
        said.add_stretched(self._time, ems=5)
        said.add_stretched(self._words, ems=11)
        chips = FlowLayout()
        for chip in (*self._chips, self._other):
            chips.addWidget(chip)
        self._typed = Leaving()
        self._typed.left.connect(self._leave_day)
        typed = FlowLayout(self._typed)
        typed.add_stretched(self._day)
        typed.addWidget(self._set)
        self._open = QWidget()
        self._open.setProperty("role", "plain")
        column = QVBoxLayout(self._open)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._reached)
        column.addLayout(said)
        column.addLayout(chips)
        column.addWidget(self._typed)
        column.addWidget(self._wrong)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self._open)
        whole.addWidget(self._entry_line)

    # ---- state in

    @property
    def is_open(self) -> bool:
        """Whether days are offered, so that the keys of digits are this row's."""
        return self._draft is not None

    @property
    def code(self) -> ResponseCode | None:
        """The response code the open draft is for; None for the concern, or without a draft."""
        return self._draft.code if self._draft else None

    def show_draft(self, draft: FollowUpDraft | None, of: object = None, reached: str = "") -> None:
        """Offer the days; what is being typed is left alone while it is the same draft of the same contact `of`.

        `reached` says to whom the promise goes where that is not plain.
        """
        before, self._draft = self._draft, draft
        which = None if draft is None else (of, draft.kind, draft.code)
        if which != self._which:
            self._which, before = which, None
            self._close_day()
            self._show_fault("")
            self._has_planned = self._has_planned and draft is None
        if draft is not None:
            set_text(self._question, follow_up_question(draft.kind))
            set_text(self._reached, reached)
            set_shown(self._reached, bool(reached))
            self._offer_days()
            if before is None or draft.at_time != before.at_time:
                self._time.show_text(self._formats.clock(draft.at_time) if draft.at_time else "")
            if before is None or draft.words not in (before.words, self._read_words()):
                self._words.show_text(draft.words)
        set_shown(self._open, draft is not None)
        self._show_self()

    def show_entry(self, entry: FollowUpEntry | None) -> None:
        """Show what was promised and how far the promise has come; one that was taken back is not shown."""
        live = entry if entry is not None and not entry.cancelled else None
        set_shown(self._entry_line, live is not None)
        if live is not None:
            what = promised_words(live, self._formats)
            rest = " · ".join(filter(None, (self._quoted(live.words), receipt(live.receipt))))
            self._entry_line.show_line(f"{strong(what)} {plain(rest)}")
            set_named(self._cancel, self.tr("Cancel: {what}").format(what=what))
        self._show_self()

    def _show_self(self) -> None:
        set_shown(self, self._draft is not None or not self._entry_line.isHidden())

    def _quoted(self, words: str) -> str:
        return self.tr("“{words}”").format(words=words) if words else ""

    def _offer_days(self) -> None:
        days = offered_days(self._formats.today())
        if days == self._days:
            return
        self._days = days
        for chip, ahead, day in zip(self._chips, DAYS_AHEAD, days, strict=True):
            chip.set_text(offered_day(ahead, day, self._formats))
            set_named(chip, chip.text(), due_words(day, None, self._formats))

    # ---- the keyboard

    def take_keyboard(self) -> None:
        """Take the keyboard to the customer's words: time before them, days behind them."""
        self._words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def stays_at(self, promise: QWidget) -> None:
        """Say where the promise stands once it is given, where that is not in this row."""
        self._promise = promise

    def heir_of(self, holder: QWidget) -> QWidget | None:
        """Once a day is promised the keyboard stays at the promise."""
        return (self._promise or self._cancel) if self._has_planned and self._open.isAncestorOf(holder) else None

    # ---- clicks and keys out

    def choose(self, place: int) -> None:
        """Do what a click on the chip in this place does; the last one opens the field for another day."""
        if self._draft is None:
            return
        if place < len(self._days):
            self._plan(self._days[place])
        elif place == len(self._days):
            self._toggle_day()

    def _toggle_day(self) -> None:
        if not self._typed.isHidden():
            self._close_day()
            return
        set_shown(self._typed, True)
        self._other.set_on(True)
        bring_into_sight(self._open)
        self._day.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _leave_day(self) -> None:
        self._other.setFocus()
        self._close_day()

    def _close_day(self) -> None:
        self._day.show_text("")
        if self._at_fault is self._day:
            self._show_fault("")
        set_shown(self._typed, False)
        self._other.set_on(False)

    def _plan_typed(self) -> None:
        decimal_comma = self._formats.language == "de"
        reading = read_day(self._day.text(), decimal_comma, self._formats.today())
        if reading.fault is None and reading.value:
            self._plan(date.fromisoformat(reading.value))
            return
        self._show_fault(input_fault(DUE_DAY, reading, decimal_comma), self._day)
        self._day.setFocus()

    def _plan(self, day: date) -> None:
        if self._draft is None or not self._tell_time():
            return
        earliest = earliest_clock(day, read_clock(self._time.text()), self._formats.now())
        if earliest is not None:
            self._show_fault(clock_over(earliest, self._formats), self._time)
            self._time.setFocus()
            return
        self._tell_words()
        self._has_planned = True
        self.planned.emit(day)

    def _tell_time(self) -> bool:
        """Hand the time on; False when what was typed is none, which is said in place."""
        try:
            at_time = read_clock(self._time.text())
        except ValueError:
            self._show_fault(clock_fault(self._formats), self._time)
            return False
        if self._draft is not None and at_time != self._draft.at_time:
            self.time_entered.emit(at_time)
        return True

    def _read_words(self) -> str:
        return one_line(self._words.text(), _LONGEST_WORDS)

    def _tell_words(self) -> None:
        words = self._read_words()
        if self._draft is not None and words != self._draft.words:
            self.words_entered.emit(words)

    def _show_fault(self, fault: str, where: Line | None = None) -> None:
        """Say what cannot be, at its field; typing on takes it away."""
        self._at_fault = where
        for line in (self._time, self._day):
            here = fault if line is where else ""
            set_variant(line, "bad" if here else "")
            if line.accessibleDescription() != here:
                line.setAccessibleDescription(here)
        set_text(self._wrong, fault)
        set_shown(self._wrong, bool(fault))
        if where is not None and where.hasFocus():
            bring_into_sight(where, self._wrong)
