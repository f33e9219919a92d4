"""The page for whoever answers for actions: their list, and beside it the one that is looked at."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from nba_desktop.contract.review import ReviewChoices
from nba_desktop.domain.action_figures import ActionsState
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.review import periods
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.blocks import BlockMessage, Frame
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text
from nba_desktop.ui.team.action import ActionView
from nba_desktop.ui.team.action_list import ActionList
from nba_desktop.ui.team.choice import Choice, all_or
from nba_desktop.ui.team.paper import Paper
from nba_desktop.ui.team.printing import PrintButton
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.review_words import blocks_words, length_words, period_words
from nba_desktop.ui.theme import scaled

_MARGIN: Final = 16
_BESIDE: Final = 640
"""From this width on there is room for an action beside the list."""
_LEAST: Final = 220
_LEAST_NAMES: Final = 120


class ActionsPage(QWidget):
    """Shows the state of the page; wishes go out as signals."""

    action_chosen = Signal(str)
    period_chosen = Signal(object)
    queue_chosen = Signal(object)
    concern_chosen = Signal(object)
    retry_asked = Signal()
    print_asked = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.setProperty("role", "ground")
        self._period: Choice[object] = Choice(self.tr("Period"))
        self._queue: Choice[str | None] = Choice(self.tr("Queue"))
        self._concern: Choice[str | None] = Choice(self.tr("Contact reason"))
        self._print = PrintButton()
        self._print.clicked.connect(lambda: self.print_asked.emit())
        self._counting = Label(role="small", variant="muted")
        self._list = ActionList()
        self._view = ActionView(formats)
        self._late, self._message = BlockMessage(), BlockMessage()
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        column.setSpacing(10)
        column.addWidget(self._make_head())
        column.addWidget(self._late)
        names = Frame("card", margins=(1, 1, 1, 1))
        names.body.addWidget(self._list)
        side = Frame("card", margins=(1, 1, 1, 1))
        side.body.addWidget(self._view, 1)
        words = QWidget()
        placed = QVBoxLayout(words)
        placed.setContentsMargins(14, 10, 14, 12)
        placed.addWidget(self._message)
        placed.addStretch(1)
        self._words = words
        side.body.addWidget(words, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(12)
        self._split.addWidget(names)
        self._split.addWidget(side)
        self._split.setStretchFactor(1, 1)
        self._moved = False
        self._split.splitterMoved.connect(self._on_moved)
        column.addWidget(self._split, 1)
        self._list.action_chosen.connect(self.action_chosen)
        self._period.chosen.connect(self.period_chosen)
        self._queue.chosen.connect(self.queue_chosen)
        self._concern.chosen.connect(self.concern_chosen)
        for message in (self._late, self._message):
            message.retry_clicked.connect(self.retry_asked)

    def _make_head(self) -> QWidget:
        head = QWidget()
        row = FlowLayout(head, spacing=8, line_spacing=6)
        self._title = Label(self.tr("Actions: all teams together"), role="title")
        row.addWidget(self._title)
        row.add_right(self._counting)
        for choice in (self._period, self._queue, self._concern):
            row.add_right(choice)
        row.add_right(self._print)
        return head

    def put_on(self, paper: Paper) -> None:
        """Put the action that is looked at on paper."""
        paper.title(self._title.text())
        paper.words(" · ".join(one.accessibleName() for one in (self._period, self._queue, self._concern)))
        self._view.put_on(paper)

    def show_state(self, state: ActionsState, choices: ReviewChoices | None, *, may_print: bool) -> None:
        """Show the whole state."""
        set_shown(self._print, may_print)
        actions = () if choices is None else choices.actions
        self._list.show_actions(actions, state.action_id)
        asked = state.asked
        for choice in (self._period, self._queue, self._concern):
            set_shown(choice, asked is not None)
        if choices is not None and asked is not None:
            offered = [(period, length_words(period)) for period in periods(choices)]
            # Which days are counted is the backend's to say.
            counted = "" if state.review is None else period_words(state.review.period, self._formats)
            self._period.show_values(offered, asked.period, counted, blocks_words())
            self._queue.show_values(
                [(None, self.tr("All queues")), *((queue, queue) for queue in choices.queues)], asked.queue
            )
            self._concern.show_values(all_or(self.tr("All reasons"), choices.concerns), asked.concern)
        review, failed = state.review, state.block.failure
        if review is not None:
            self._view.show_review(review)
        set_shown(self._view, review is not None)
        set_shown(self._words, review is None)
        self._say(state)
        late = review is not None and failed is not None
        if failed is not None and late:
            older = self.tr("These figures are older than your choice. {why}").format(why=failure(failed))
            self._late.show_message("alert", older, retry=True)
        set_shown(self._late, late)
        counting = review is not None and state.block.status is BlockStatus.LOADING
        set_text(self._counting, self.tr("Counting …") if counting else "")

    def _say(self, state: ActionsState) -> None:
        """Say what stands in the place of an action's figures."""
        if state.asked is None:
            words = self.tr("There are not four whole weeks of calls yet; shorter periods are not shown.")
            self._message.show_message("info", words)
        elif state.block.failure is not None:
            self._message.show_message("alert", failure(state.block.failure), retry=True)
        elif state.action_id is None:
            self._message.show_message("info", self.tr("Choose an action to see what became of it."))
        else:
            self._message.show_message("clock", self.tr("The figures are being counted …"))

    def _on_moved(self) -> None:
        self._moved = True

    def take_focus(self) -> None:
        """Have the keyboard in the list of actions."""
        self._list.setFocus()

    def set_room(self, width: int) -> None:
        """Put the action beside the list, or beneath it where a width is too little for both."""
        beside = width >= scaled(_BESIDE)
        self._split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self._split.setMinimumHeight(scaled(_LEAST) * (1 if beside else 2))
        if not self._moved:
            names = max(scaled(_LEAST), width * 3 // 10) if beside else scaled(_LEAST_NAMES)
            self._split.setSizes([names, max(scaled(_LEAST), width - names)])
