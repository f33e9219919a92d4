"""The band of the practice: says that nothing is recorded, what the made-up caller says, and moves the call on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from nba_desktop.domain.contact import Phase
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.help_said import say
from nba_desktop.ui.panel.keys import USUAL_KEYS, shown
from nba_desktop.ui.panel.practice_line import PracticeLine
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_named, set_shown, set_text
from nba_desktop.ui.shortcuts import add_shortcut

_EDGE: Final = 2
"""Below it, as in the style sheet."""
_SHARE: Final = 0.25
"""Of the window's height at most; a higher band is folded to one line and what is said."""
_TOLD_SHARE: Final = 0.2
"""Of the window's height at most for what is said below that line; more of it scrolls."""
_TOLD_LINES: Final = 3
_TOLD_MARGIN: Final = 8


class PracticeStep(Enum):
    """Where a practice call is; each but the wrap-up has a button that leads on."""

    READY = auto()
    RINGING = auto()
    TALKING = auto()
    WRAP_UP = auto()


@dataclass(frozen=True, slots=True)
class PracticeView:
    """What the band shows: the call's title, which one of how many it is, and what the caller says now.

    `sayings` is everything that is said in the call: room for the longest is kept from the beginning.
    """

    step: PracticeStep
    phase: Phase
    title: str
    number: int
    count: int
    says: str = ""
    sayings: tuple[str, ...] = ()
    nobody_known: bool = False


class PracticeBand(QFrame):
    """Built over the top of a panel's window, whose content keeps clear of it. `step_asked` carries the step to end.

    Where it would take more than a quarter of the window it is one line, and below it the caller's words and the hint,
    which scroll where they are long.
    """

    step_asked = Signal(object)
    end_asked = Signal()

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        self._keys = USUAL_KEYS
        self._view: PracticeView | None = None
        self._tallest = 0
        self._laid_out_for = (0, 0)
        self.setProperty("role", "practice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head = Label(role="strong", wrap=True)
        self._call = Label(role="small", wrap=True)
        self._says = Label(wrap=True)
        self._hint = Label(role="small", wrap=True)
        self._go_on = Button(variant="primary")
        self._go_on.clicked.connect(self._on_go_on)
        self._end = Button(role="link")
        self._end.clicked.connect(self.end_asked)
        head = FlowLayout(spacing=8)
        head.addWidget(Icon("flag"))
        head.add_stretched(self._head, ems=9.0)
        head.addWidget(self._end)
        way = FlowLayout()
        way.addWidget(self._go_on)
        self._whole = QWidget()
        self._whole.setProperty("role", "plain")
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        for label in (self._call, self._says, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            column.addWidget(label)
        column.addLayout(way)
        column.addStretch(1)
        self._line = PracticeLine()
        self._line.go_on_clicked.connect(self._on_go_on)
        self._line.end_clicked.connect(self.end_asked)
        self._line.hide()
        self._told = ScrollPage(spacing=2)
        self._told.inside.setProperty("role", "plain")
        self._told.fit_inside()
        self._told.setMinimumHeight(1)
        self._told_says, self._told_hint = Label(role="smallstrong", wrap=True), Label(role="small", wrap=True)
        for label in (self._told_says, self._told_hint):
            self._told.body.addWidget(label)
        inside = self._told.inside.layout()
        if inside is not None:
            inside.setContentsMargins(_TOLD_MARGIN, 0, _TOLD_MARGIN, 2)
        self._told.hide()
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self._whole)
        both.addWidget(self._line)
        both.addWidget(self._told, 1)
        # Its place is kept: the panel below must not move.
        kept = self._go_on.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._go_on.setSizePolicy(kept)
        self._shortcut = add_shortcut(panel, "", self._on_go_on)
        panel.installEventFilter(self)

    @property
    def step(self) -> PracticeStep | None:
        """The step that is shown."""
        return self._view.step if self._view is not None else None

    def renew(self, keys: KeyMap) -> None:
        """Say everything in the language that is spoken now, and take these keys."""
        self._keys = keys
        self._tallest = 0
        key = keys[Command.PRACTICE_STEP]
        self._shortcut.setKey(QKeySequence(key))
        self._go_on.set_key(key)
        self.setAccessibleName(self.tr("Practice"))
        set_text(self._head, self.tr("Practice – nothing is recorded"))
        self._end.set_text(self.tr("End practice"))
        set_named(self._end, self._end.text(), self.tr("Close this window; your panel stays as it is"))
        self._line.name_end(self._end.text(), self._end.accessibleDescription())
        if self._view is not None:
            self.show_view(self._view)

    def show_view(self, view: PracticeView) -> None:
        """Show where the practice call is."""
        self._view = view
        place = self.tr("Call {number} of {count}: {title}")
        set_text(self._call, place.format(number=view.number, count=view.count, title=view.title))
        said = self._said(view.says)
        if said != self._says.text():
            say(self, said)
            self._told.to_top()
        set_text(self._says, said)
        set_text(self._hint, self._words(view))
        set_text(self._told_says, said)
        set_shown(self._told_says, bool(said))
        set_text(self._told_hint, self._hint.text())
        words = self._button(view.step)
        set_shown(self._go_on, bool(words))
        self._go_on.set_text(words)
        how = " ".join(filter(None, (self._says.text(), self._hint.text())))
        set_named(self._go_on, words, how)
        told = "\n".join(filter(None, (self._head.text(), self._call.text(), self._says.text(), self._hint.text())))
        where = self.tr("Practice {number}/{count}: {step}")
        step = where.format(number=view.number, count=view.count, step=self._moment(view.step))
        short = self.tr("Ring") if view.step is PracticeStep.READY else words
        self._line.show_line(step, told, short, words, f"{how} ({self._shown(Command.PRACTICE_STEP)})")
        self._lay_out()

    def _button(self, step: PracticeStep) -> str:
        return {
            PracticeStep.READY: self.tr("Let it ring"),
            PracticeStep.RINGING: self.tr("Take the call"),
            PracticeStep.TALKING: self.tr("Hang up"),
            PracticeStep.WRAP_UP: "",
        }[step]

    def _moment(self, step: PracticeStep) -> str:
        return {
            PracticeStep.READY: self.tr("no call"),
            PracticeStep.RINGING: self.tr("it rings"),
            PracticeStep.TALKING: self.tr("in the call"),
            PracticeStep.WRAP_UP: self.tr("wrap-up"),
        }[step]

    def _said(self, words: str) -> str:
        return self.tr("The caller says: “{words}”").format(words=words) if words else ""

    def _words(self, view: PracticeView) -> str:
        """What the agent may do now."""
        if view.step is PracticeStep.READY:
            return self.tr("No customer is real, and no telephone is used.")
        match view.phase:
            case Phase.RINGING:
                return self.tr("The panel shows who may be calling. On your real telephone you would answer now.")
            case Phase.IDENTIFICATION | Phase.GREETING if view.nobody_known:
                return self.tr("Search for the customer ({key}), then check who is calling.").format(
                    key=self._shown(Command.SEARCH)
                )
            case Phase.IDENTIFICATION | Phase.GREETING:
                return self.tr("Tick what the caller got right, then confirm ({key}).").format(
                    key=self._shown(Command.CONFIRM_CALLER)
                )
            case Phase.CONCERN:
                return self.tr("Choose the concern, or search for it ({key}).").format(key=self._shown(Command.CONCERN))
            case Phase.SOLUTION:
                return self.tr("Solve the concern, then say so ({key}).").format(key=self._shown(Command.SOLVED))
            case Phase.WRAP_UP:
                return self.tr("Give what is still open a response, then finish ({key}).").format(
                    key=self._shown(Command.FINISH)
                )
            case _:
                return self.tr("Choose an action ({action}), say the bridge, record the response ({response}).").format(
                    action=self._shown(Command.ACTION_1), response=self._shown(Command.DIGIT_1)
                )

    def _shown(self, command: Command) -> str:
        return shown(self._keys[command])

    def _on_go_on(self) -> None:
        if self._view is not None and self.isVisible() and self._button(self._view.step):
            self.step_asked.emit(self._view.step)

    # ---- its place

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._lay_out()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            # Not at once: the parts get their own fonts after this.
            QTimer.singleShot(0, self, self._measure_anew)

    def _sayings(self) -> tuple[str, ...]:
        return tuple(map(self._said, self._view.sayings)) if self._view is not None else ()

    def _hints(self) -> tuple[str, ...]:
        """Every hint of the call."""
        view = self._view
        if view is None:
            return ()
        moments = [replace(view, step=PracticeStep.TALKING, phase=phase, nobody_known=False) for phase in Phase]
        moments.append(replace(moments[0], phase=Phase.IDENTIFICATION, nobody_known=True))
        return tuple(dict.fromkeys(map(self._words, (replace(view, step=PracticeStep.READY), *moments))))

    def _lay_out(self) -> None:
        width, limit = self._panel.width(), round(self._panel.height() * _SHARE)
        if (width, limit) != self._laid_out_for:
            self._laid_out_for = (width, limit)
            self._tallest = 0
        whole = self._height_of_whole(width)
        # What the caller says is longer here and shorter there; the panel below stays where it is.
        self._tallest = max(self._tallest, whole)
        folded = self._tallest > limit
        set_shown(self._whole, not folded)
        set_shown(self._line, folded)
        set_shown(self._told, folded)
        height = self._tallest
        if folded:
            told = self._height_of_told(width)
            self._told.setFixedHeight(told)
            height = self._line.height_at(width) + told
        self.setGeometry(0, 0, width, height)
        self._panel.setContentsMargins(0, height, 0, 0)
        self.raise_()

    def _height_of_told(self, width: int) -> int:
        """Room for the longest words of the call and their hint, as far as the window has it."""
        bar = self._told.verticalScrollBar().sizeHint().width()
        inner = QRect(0, 0, max(1, width - 2 * _TOLD_MARGIN - bar), 0)
        height = 4
        for label, texts in ((self._told_says, self._sayings()), (self._told_hint, self._hints())):
            label.ensurePolished()
            metrics = label.fontMetrics()
            height += max(
                (metrics.boundingRect(inner, Qt.TextFlag.TextWordWrap, one).height() for one in texts), default=0
            )
        least = _TOLD_LINES * self._told_hint.fontMetrics().lineSpacing()
        return min(height, max(least, round(self._panel.height() * _TOLD_SHARE)))

    def _height_of_whole(self, width: int) -> int:
        layout = self._whole.layout()
        if layout is None:
            return 0
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        margins = layout.contentsMargins()
        inner = QRect(0, 0, max(1, width - margins.left() - margins.right()), 0)
        for label, texts in ((self._says, self._sayings()), (self._hint, self._hints())):
            metrics = label.fontMetrics()
            heights = [metrics.boundingRect(inner, Qt.TextFlag.TextWordWrap, one).height() for one in texts]
            label.setMinimumHeight(max(heights, default=0))
        # A layout that is asked before its time still knows the sizes of before.
        for inner_layout in self._whole.findChildren(QLayout):
            inner_layout.invalidate()
        layout.invalidate()
        return layout.heightForWidth(width) + _EDGE

    def _measure_anew(self) -> None:
        self._tallest = 0
        self._lay_out()
