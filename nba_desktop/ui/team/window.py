"""The team lead's window, and with `own` an agent's page about himself: the same figures, the same words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from nba_desktop.contract.codes import ReviewMode
from nba_desktop.contract.review import ReviewHead
from nba_desktop.domain.blocks import BlockState, BlockStatus
from nba_desktop.domain.review import ReviewState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import window_icon
from nba_desktop.ui.panel.page_scroll import PageScroll
from nba_desktop.ui.primitives.blocks import BlockMessage, Frame, Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.flow import FlowLayout
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text
from nba_desktop.ui.shortcuts import add_shortcut
from nba_desktop.ui.team.head import Head
from nba_desktop.ui.team.person import PersonView
from nba_desktop.ui.team.reason import ReasonPage
from nba_desktop.ui.team.site import SitePage
from nba_desktop.ui.team.table import LinesTable, action_lines, agent_lines
from nba_desktop.ui.team.tiles import Tiles
from nba_desktop.ui.team.views import Views
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.theme import scaled

SIZE: Final = (1200, 800)
SMALLEST: Final = (760, 560)
_MARGIN: Final = 16
_LEAST_LINES: Final = 280
_LEAST_SIDE: Final = 300
_BESIDE: Final = 700
"""From this width on there is room for an agent beside the lines."""


class TeamWindow(QWidget):
    """Everything is shown by `show_state`; every wish goes out as a signal."""

    team_chosen = Signal(object)
    reason_given = Signal(object, str)
    period_chosen = Signal(object)
    action_chosen = Signal(object)
    queue_chosen = Signal(object)
    concern_chosen = Signal(object)
    agent_opened = Signal(str)
    agent_closed = Signal()
    note_written = Signal(str)
    export_asked = Signal(str)
    retry_asked = Signal()
    site_opened = Signal()
    site_closed = Signal()
    site_period_chosen = Signal(object)

    def __init__(self, formats: Formats, *, own: bool = False) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setWindowTitle(self.tr("My review – NBA Desktop") if own else self.tr("Team review – NBA Desktop"))
        self.setWindowIcon(window_icon())
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self._formats, self._own = formats, own
        self._by_action = False
        self._state = ReviewState(own=own)
        self._head = Head(formats, own=own)
        self._reason = ReasonPage()
        self._message = BlockMessage()
        self._tiles = Tiles(formats)
        self._late = BlockMessage()
        self._tabs = self._make_tabs()
        self._table = LinesTable(formats)
        self._table.setMinimumWidth(320)
        self._person = PersonView(formats, own=own)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._message_page())
        self._reason_place = PageScroll(self._reason)
        self._pages.addWidget(self._reason_place)
        self._figures = PageScroll(self._figures_page())
        self._pages.addWidget(self._figures)
        self._site = SitePage(formats)
        self._site_place = PageScroll(self._site)
        self._pages.addWidget(self._site_place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._views = Views()
        column.addWidget(self._views)
        column.addWidget(self._head)
        column.addWidget(Rule())
        # What scrolls gives way to what does not.
        self._pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column.addWidget(self._pages, 1)
        column.addWidget(Rule())
        column.addWidget(self._make_footer())
        self._connect()
        self.show_state(self._state)

    # ---- made once

    def _message_page(self) -> QWidget:
        page = QWidget()
        page.setProperty("role", "ground")
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addWidget(self._message)
        column.addStretch(1)
        return page

    def _make_tabs(self) -> QWidget:
        bar = QWidget()
        row = FlowLayout(bar, spacing=4, line_spacing=0)
        self._agents_tab = Button(self.tr("Agents"), role="tab")
        self._actions_tab = Button(self.tr("Actions"), role="tab")
        for button, by_action in ((self._agents_tab, False), (self._actions_tab, True)):
            button.clicked.connect(lambda _=False, one=by_action: self._show_lines(by_action=one))
            row.addWidget(button)
        return bar

    def _figures_page(self) -> QWidget:
        page = QWidget()
        page.setProperty("role", "ground")
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        column.setSpacing(10)
        column.addWidget(self._tiles)
        column.addWidget(self._late)
        lines = Frame("card", margins=(1, 1, 1, 1))
        lines.body.setSpacing(0)
        lines.body.addWidget(self._tabs)
        lines.body.addWidget(self._table, 1)
        self._side = Frame("card", margins=(1, 1, 1, 1))
        self._side.body.addWidget(self._person)
        self._side_message = BlockMessage()
        self._side.body.addWidget(self._side_message)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(12)
        self._lines = lines
        self._split.addWidget(lines)
        self._split.addWidget(self._side)
        self._split.setStretchFactor(0, 5)
        self._split.setStretchFactor(1, 3)
        column.addWidget(self._split, 1)
        return page

    def _make_footer(self) -> QWidget:
        footer = QWidget()
        footer.setProperty("role", "sheet")
        row = QHBoxLayout(footer)
        row.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        row.setSpacing(16)
        self._legend = Label(role="small", variant="muted", wrap=True)
        row.addWidget(self._legend, 1)
        self._notice = Label(role="small", variant="muted", wrap=True)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._notice, 1)
        return footer

    def _connect(self) -> None:
        head = self._head
        head.team_chosen.connect(self.team_chosen)
        head.period_chosen.connect(self.period_chosen)
        head.action_chosen.connect(self.action_chosen)
        head.queue_chosen.connect(self.queue_chosen)
        head.concern_chosen.connect(self.concern_chosen)
        head.export_asked.connect(self.export_asked)
        self._reason.given.connect(self.reason_given)
        self._table.line_chosen.connect(self._on_line)
        self._views.site_opened.connect(self.site_opened)
        self._views.site_closed.connect(self.site_closed)
        self._site.period_chosen.connect(self.site_period_chosen)
        self._site.retry_asked.connect(self.retry_asked)
        self._person.closed.connect(self.agent_closed)
        self._person.note_written.connect(self.note_written)
        for message in (self._message, self._late, self._side_message):
            message.retry_clicked.connect(self.retry_asked)
        for keys, pressed in ((Qt.Key.Key_Escape, self.agent_closed.emit), (Qt.Key.Key_F5, self.retry_asked.emit)):
            add_shortcut(self, keys, pressed)

    # ---- state in

    def show_state(self, state: ReviewState) -> None:
        """Show the whole state."""
        before, self._state = self._state, state
        head = self._rules(state)
        in_site = state.may_see_site and state.site.opened
        self._views.show_state(there=state.may_see_site, in_site=in_site)
        set_shown(self._head, not in_site)
        self._head.show_state(state, head)
        set_text(self._legend, self._legend_words(in_site=in_site))
        set_text(self._notice, self.tr("No person is in these figures.") if in_site else self._notice_words(head))
        if in_site:
            self._site.show_state(state.site)
            self._pages.setCurrentWidget(self._site_place)
        elif state.waits_for_reason:
            if not before.waits_for_reason or before.team_id != state.team_id:
                self._reason.begin()
            self._reason.ask_for(self._team_title(state))
            self._pages.setCurrentWidget(self._reason_place)
        elif (state.person is None) if self._own else (state.team is None):
            self._say(state)
            self._pages.setCurrentIndex(0)
        else:
            self._show_figures(state)
            self._pages.setCurrentWidget(self._figures)

    def _legend_words(self, *, in_site: bool) -> str:
        if in_site:
            return self.tr("Bands and bars: 95% interval · gap: not known")
        return self.tr("Bars: 95% interval (Wilson) · dashed: expected with the same mix of actions and reasons")

    @staticmethod
    def _rules(state: ReviewState) -> ReviewHead | None:
        if state.team is not None:
            return state.team.head
        return None if state.person is None else state.person.head

    def _notice_words(self, head: ReviewHead | None) -> str:
        if head is None:
            return ""
        left_out = self._left_out(head)
        if self._own:
            return f"{left_out} {head.notice}".strip()
        seen = self.tr("This access is written down and visible to those it is about.")
        return f"{left_out} {head.notice} {seen}".strip()

    def _left_out(self, head: ReviewHead) -> str:
        if not head.left_out_weeks:
            return ""
        words = self.tr("%n week(s) with fewer than {least} agents are not counted.", "", head.left_out_weeks)
        return words.format(least=head.least_group)

    @staticmethod
    def _team_title(state: ReviewState) -> str:
        teams = () if state.choices is None else state.choices.teams
        return next((team.title for team in teams if team.code == state.team_id), "")

    def _say(self, state: ReviewState) -> None:
        """Say why there are no figures."""
        choices = state.choices
        failed = next(
            (one for one in (state.choices_block, state.team_block, state.person_block) if one.failure is not None),
            None,
        )
        if failed is not None and failed.failure is not None:
            self._message.show_message("alert", failure(failed.failure), retry=True)
        elif choices is not None and choices.mode is ReviewMode.OFF:
            self._message.show_message("info", self.tr("The review is switched off at this site."))
        elif choices is not None and not self._own and not choices.teams:
            words = self.tr("You lead no team here. An administrator says who leads which team.")
            self._message.show_message("info", words)
        elif choices is not None and state.filter is None:
            words = self.tr("There are not four whole weeks of calls yet; shorter periods are not shown.")
            self._message.show_message("info", words)
        elif self._own and state.person_block.status is BlockStatus.READY:
            words = self.tr("At this site nobody sees figures of one person, and neither do you.")
            self._message.show_message("info", words)
        else:
            self._message.show_message("clock", self.tr("The figures are being counted …"))

    def _show_figures(self, state: ReviewState) -> None:
        if self._own and state.person is not None:
            self._tiles.show_figures(state.person.row.figures)
        elif state.team is not None:
            self._tiles.show_figures(state.team.total)
        self._show_late(state.person_block if self._own else state.team_block)
        set_shown(self._lines, not self._own)
        self._show_lines(by_action=self._by_action)
        self._show_person(state)
        self._fit()

    def _show_late(self, block: BlockState) -> None:
        """Figures that stay while newer ones are on their way, or could not be had, say so."""
        if block.status is BlockStatus.FAILED and block.failure is not None:
            words = self.tr("These figures are older than your choice. {why}").format(why=failure(block.failure))
            self._late.show_message("alert", words, retry=True)
        set_shown(self._late, block.status is BlockStatus.FAILED)

    def _show_lines(self, *, by_action: bool) -> None:
        team = self._state.team
        if team is None:
            return
        has_agents = bool(team.agents)
        self._by_action = by_action or not has_agents
        set_shown(self._agents_tab, has_agents)
        self._agents_tab.set_on(not self._by_action)
        self._actions_tab.set_on(self._by_action)
        if self._by_action:
            self._table.show_lines(self.tr("Action"), action_lines(team.actions), None, compared=False)
        else:
            self._table.show_lines(self.tr("Agent"), agent_lines(team.agents), self._state.agent, compared=True)

    def _show_person(self, state: ReviewState) -> None:
        person = state.person
        if person is not None:
            self._person.show_review(person, state.accesses, state.note_failure)
        elif state.person_block.failure is not None:
            self._side_message.show_message("alert", failure(state.person_block.failure), retry=True)
        else:
            self._side_message.show_message("clock", self.tr("The figures are being counted …"))
        set_shown(self._person, person is not None)
        set_shown(self._side_message, person is None)
        set_shown(self._side, self._own or state.agent is not None)

    def _on_line(self, code: str) -> None:
        if self._by_action:
            self.action_chosen.emit(code)
        else:
            self.agent_opened.emit(code)

    def _fit(self) -> None:
        self._tiles.set_room(self.width() - 2 * _MARGIN)
        self._site.set_room(self.width() - 2 * _MARGIN)
        beside = self.width() >= scaled(_BESIDE)
        self._split.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)
        self._split.setMinimumHeight(scaled(_LEAST_LINES) * (1 if beside else 2))
        # An agent who is looked at for the first time is given room at once.
        self._side.setMinimumWidth(scaled(_LEAST_SIDE) if beside and not self._own else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
