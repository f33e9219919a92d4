"""The figures of a team, or of one agent on his own page: in total, by line, and one agent beside the lines."""

from __future__ import annotations

from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.review import ReviewState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.primitives.blocks import BlockMessage, Frame
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.setters import set_named, set_shown
from nba_desktop.ui.team.paper import Paper
from nba_desktop.ui.team.person import PersonView
from nba_desktop.ui.team.rates import RatesView
from nba_desktop.ui.team.sections import Sections
from nba_desktop.ui.team.table import LinesTable, action_lines, agent_lines
from nba_desktop.ui.team.tiles import Tiles
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.theme import scaled

_MARGIN: Final = 16
_ABOVE: Final = 12
_LEAST_TABLE: Final = 320
_LEAST_LINES: Final = 280
_LEAST_SIDE: Final = 300
_BESIDE: Final = 870
"""From this width on there is room for an agent beside the lines."""


class _Lines(Enum):
    """What the lines are of."""

    AGENTS = auto()
    ACTIONS = auto()
    TOTAL = auto()


class FiguresPage(QWidget):
    """Shows the state once there are figures; wishes go out as signals."""

    agent_opened = Signal(str)
    agent_closed = Signal()
    action_opened = Signal(str)
    action_chosen = Signal(object)
    note_written = Signal(str)
    retry_asked = Signal()

    def __init__(self, formats: Formats, *, own: bool) -> None:
        super().__init__()
        self.setProperty("role", "ground")
        self._own = own
        self._state = ReviewState(own=own)
        self._lines_of = _Lines.AGENTS
        self._moved = False
        self._tiles = Tiles(formats)
        self._late, self._side_message = BlockMessage(), BlockMessage()
        self._table = LinesTable(formats)
        self._table.setMinimumWidth(_LEAST_TABLE)
        self._person = PersonView(formats, own=own)
        self._lines = Frame("card", margins=(1, 1, 1, 1))
        self._lines.body.setSpacing(0)
        self._lines.body.addWidget(self._make_tabs())
        self._lines.body.addWidget(self._table, 1)
        self._total = Sections()
        set_named(self._total, self._tabs[_Lines.TOTAL].text())
        self._rates = self._total.section(self.tr("All figures"), RatesView(formats))
        self._total.column.addStretch(1)
        self._lines.body.addWidget(self._total, 1)
        self._side = Frame("card", margins=(1, 1, 1, 1))
        self._side.body.addWidget(self._person)
        self._side.body.addWidget(self._side_message)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(12)
        self._split.addWidget(self._lines)
        self._split.addWidget(self._side)
        self._split.setStretchFactor(0, 2)
        self._split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _ABOVE, _MARGIN, _ABOVE)
        column.setSpacing(10)
        column.addWidget(self._tiles)
        column.addWidget(self._late)
        column.addWidget(self._split, 1)
        self._table.line_chosen.connect(self._on_line)
        self._person.closed.connect(self.agent_closed)
        self._person.note_written.connect(self.note_written)
        self._split.splitterMoved.connect(self._on_moved)
        for message in (self._late, self._side_message):
            message.retry_clicked.connect(self.retry_asked)

    def _make_tabs(self) -> QWidget:
        bar = QWidget()
        row = FlowLayout(bar, spacing=4, line_spacing=0)
        titles = {
            _Lines.AGENTS: self.tr("Agents"),
            _Lines.ACTIONS: self.tr("Actions"),
            _Lines.TOTAL: self.tr("Whole team"),
        }
        self._tabs = {lines: Button(title, role="tab") for lines, title in titles.items()}
        for lines, tab in self._tabs.items():
            tab.clicked.connect(lambda _=False, one=lines: self._show_lines(one))
            row.addWidget(tab)
        return bar

    def put_on(self, paper: Paper) -> None:
        """Put the figures on paper, with the lines and the agent that are shown."""
        self._tiles.put_on(paper)
        if not self._lines.isHidden():
            paper.heading(self._tabs[self._lines_of].text())
            (self._table if self._total.isHidden() else self._rates).put_on(paper)
        if not self._side.isHidden() and not self._person.isHidden():
            self._person.put_on(paper)

    def show_state(self, state: ReviewState) -> None:
        """Show a state with figures."""
        self._state = state
        if self._own and state.person is not None:
            self._tiles.show_figures(state.person.row.figures)
        elif state.team is not None:
            self._tiles.show_figures(state.team.total)
            self._rates.show_figures(state.team.total)
        self._show_late(state.person_block if self._own else state.team_block)
        set_shown(self._lines, not self._own)
        self._show_lines(self._lines_of)
        self._show_person(state)

    def _show_lines(self, wished: _Lines) -> None:
        """Show the lines of agents or of actions, or all figures of the team; agents only where they may be shown."""
        team = self._state.team
        if team is None:
            return
        lines = self._lines_of = wished if team.agents or wished is not _Lines.AGENTS else _Lines.ACTIONS
        set_shown(self._tabs[_Lines.AGENTS], bool(team.agents))
        for one, tab in self._tabs.items():
            tab.set_on(one is lines)
        if lines is _Lines.ACTIONS:
            self._table.show_lines(self.tr("Action"), action_lines(team.actions), None, compared=False)
        elif lines is _Lines.AGENTS:
            self._table.show_lines(self.tr("Agent"), agent_lines(team.agents), self._state.agent, compared=True)
        set_named(self._table, self.tr("{lines}, line by line").format(lines=self._tabs[lines].text()))
        set_shown(self._table, lines is not _Lines.TOTAL)
        set_shown(self._total, lines is _Lines.TOTAL)

    @property
    def agent_top(self) -> int:
        """Where the agent begins on this page, with the room above him."""
        return self._side.mapTo(self, QPoint()).y() - _ABOVE

    def set_room(self, width: int, height: int) -> None:
        """Put an agent beside the lines, or beneath them where a width is too little for both.

        Beneath them he has all the height there is, for whoever scrolls to him.
        """
        self._tiles.set_room(width)
        beside, least = width >= scaled(_BESIDE), scaled(_LEAST_LINES)
        beneath = not beside and not self._own and self._state.agent is not None
        whole = max(least, height - 2 * _ABOVE) if beneath else 0
        self._split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self._lines.setMinimumHeight(least if beneath else 0)
        self._side.setMinimumHeight(whole)
        over = least + self._split.handleWidth() + whole
        self._split.setMinimumHeight(over if beneath else least * (1 if beside else 2))
        # An agent who is looked at for the first time is given room at once.
        self._side.setMinimumWidth(scaled(_LEAST_SIDE) if beside and not self._own else 0)
        if beside and not self._moved:
            # The lines keep what they need, whatever the words beside them would take.
            side = max(scaled(_LEAST_SIDE), width * 3 // 10)
            self._split.setSizes([width - side, side])

    def _show_late(self, block: BlockState) -> None:
        """Figures that stay while newer ones are on their way, or could not be had, say so."""
        if block.status is BlockStatus.FAILED and block.failure is not None:
            words = self.tr("These figures are older than your choice. {why}").format(why=failure(block.failure))
            self._late.show_message("alert", words, retry=True)
        set_shown(self._late, block.status is BlockStatus.FAILED)

    def _show_person(self, state: ReviewState) -> None:
        person = state.person
        if person is not None:
            self._person.show_review(person, state.accesses, state.choices, state.note_failure)
        elif state.person_block.failure is not None:
            self._side_message.show_message("alert", failure(state.person_block.failure), retry=True)
        else:
            self._side_message.show_message("clock", self.tr("The figures are being counted …"))
        set_shown(self._person, person is not None)
        set_shown(self._side_message, person is None)
        set_shown(self._side, self._own or state.agent is not None)

    def _on_line(self, code: str) -> None:
        if self._lines_of is _Lines.AGENTS:
            self.agent_opened.emit(code)
        elif self._state.may_see_actions:
            self.action_opened.emit(code)
        else:
            self.action_chosen.emit(code)

    def _on_moved(self) -> None:
        self._moved = True
