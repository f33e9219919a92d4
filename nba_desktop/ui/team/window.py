"""The team lead's window, and with `own` an agent's page about himself: the same figures, the same words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from nba_desktop.contract.codes import ReviewMode
from nba_desktop.contract.review import ReviewHead
from nba_desktop.domain.blocked import Blocked
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.key_map import Command
from nba_desktop.domain.review import ReviewState, View
from nba_desktop.domain.signing_in import SignInState, SignInStatus
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import window_icon
from nba_desktop.ui.panel.keys import USUAL_KEYS
from nba_desktop.ui.panel.page_scroll import PageScroll
from nba_desktop.ui.panel.sign_in_view import SignInView
from nba_desktop.ui.primitives.blocks import BlockMessage, Rule
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.primitives.labels import Label
from nba_desktop.ui.setters import set_shown, set_text
from nba_desktop.ui.shortcuts import add_shortcut
from nba_desktop.ui.team.actions import ActionsPage
from nba_desktop.ui.team.figures import FiguresPage
from nba_desktop.ui.team.head import Head
from nba_desktop.ui.team.own_log import OwnLogPage
from nba_desktop.ui.team.paper import Paper
from nba_desktop.ui.team.printing import PRINT_KEYS
from nba_desktop.ui.team.reason import ReasonPage
from nba_desktop.ui.team.site import SitePage
from nba_desktop.ui.team.views import Views
from nba_desktop.ui.texts.blocked_words import blocked_facts, blocked_title, blocked_way_out
from nba_desktop.ui.texts.failures import failure
from nba_desktop.ui.texts.review_words import blocks_words, level_words
from nba_desktop.ui.texts.sign_in_words import review_sign_in_sentence, signed_in_words

SIZE: Final = (1200, 800)
SMALLEST: Final = (760, 560)
_MARGIN: Final = 16


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
    print_asked = Signal()
    retry_asked = Signal()
    view_chosen = Signal(object)
    site_period_chosen = Signal(object)
    action_opened = Signal(str)
    actions_period_chosen = Signal(object)
    actions_queue_chosen = Signal(object)
    actions_concern_chosen = Signal(object)
    earlier_reads_asked = Signal()
    sign_in_asked = Signal()
    sign_in_given_up = Signal()
    sign_out_chosen = Signal()

    def __init__(self, formats: Formats, *, own: bool = False) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setWindowTitle(self.tr("My review – NBA Desktop") if own else self.tr("Team review – NBA Desktop"))
        self.setWindowIcon(window_icon())
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self._formats, self._own = formats, own
        self._state = ReviewState(own=own)
        self._head = Head(formats, own=own)
        self._reason = ReasonPage()
        self._message = BlockMessage()
        self._figures = FiguresPage(formats, own=own)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._message_page())
        self._reason_place = PageScroll(self._reason)
        self._pages.addWidget(self._reason_place)
        self._figures_place = PageScroll(self._figures)
        self._pages.addWidget(self._figures_place)
        # Few look at every page: each of these is made once it is opened.
        self._site: SitePage | None = None
        self._actions: ActionsPage | None = None
        self._own_log: OwnLogPage | None = None
        self._places: dict[View, PageScroll] = {}
        self._sign_in = SignInState()
        self._sign_in_page: SignInView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._views = Views(own=own)
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

    def _make_footer(self) -> QWidget:
        footer = QWidget()
        footer.setProperty("role", "sheet")
        row = QHBoxLayout(footer)
        row.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        row.setSpacing(16)
        self._legend = Label(role="small", variant="muted", wrap=True)
        row.addWidget(self._legend, 2)
        self._notice = Label(role="small", variant="muted", wrap=True)
        self._notice.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._notice, 1)
        self._signed_in = Label(role="small", variant="muted")
        self._sign_out = Button(self.tr("Sign out"), role="link")
        self._sign_out.clicked.connect(self.sign_out_chosen)
        for widget in (self._signed_in, self._sign_out):
            widget.hide()
            row.addWidget(widget)
        return footer

    def _connect(self) -> None:
        head = self._head
        head.team_chosen.connect(self.team_chosen)
        head.period_chosen.connect(self.period_chosen)
        head.action_chosen.connect(self.action_chosen)
        head.queue_chosen.connect(self.queue_chosen)
        head.concern_chosen.connect(self.concern_chosen)
        head.export_asked.connect(self.export_asked)
        head.print_asked.connect(self.print_asked)
        self._reason.given.connect(self.reason_given)
        self._views.chosen.connect(self.view_chosen)
        self._message.retry_clicked.connect(self.retry_asked)
        figures = self._figures
        figures.agent_opened.connect(self.agent_opened)
        figures.agent_closed.connect(self.agent_closed)
        figures.action_opened.connect(self.action_opened)
        figures.action_chosen.connect(self.action_chosen)
        figures.note_written.connect(self.note_written)
        figures.retry_asked.connect(self.retry_asked)
        add_shortcut(self, Qt.Key.Key_Escape, self._go_back)
        add_shortcut(self, Qt.Key.Key_F5, self.retry_asked.emit)
        add_shortcut(self, PRINT_KEYS, self._ask_to_print)
        add_shortcut(self, USUAL_KEYS[Command.SIGN_IN], self._on_sign_in_key)

    def _site_page(self) -> SitePage:
        """The site's page, made when it is opened for the first time."""
        if self._site is None:
            self._site = SitePage(self._formats)
            self._site.period_chosen.connect(self.site_period_chosen)
            self._place(View.SITE, self._site)
        return self._site

    def _actions_page(self) -> ActionsPage:
        """The page on actions, made when it is opened for the first time."""
        if self._actions is None:
            self._actions = ActionsPage(self._formats)
            self._actions.action_chosen.connect(self.action_opened)
            self._actions.period_chosen.connect(self.actions_period_chosen)
            self._actions.queue_chosen.connect(self.actions_queue_chosen)
            self._actions.concern_chosen.connect(self.actions_concern_chosen)
            self._place(View.ACTIONS, self._actions)
        return self._actions

    def _own_log_page(self) -> OwnLogPage:
        """The page on the log of readings, made when it is opened for the first time."""
        if self._own_log is None:
            self._own_log = OwnLogPage(self._formats)
            self._own_log.retry_asked.connect(self.retry_asked)
            self._own_log.earlier_asked.connect(self.earlier_reads_asked)
            self._pages.addWidget(self._own_log)
        return self._own_log

    def _place(self, view: View, page: SitePage | ActionsPage) -> None:
        page.retry_asked.connect(self.retry_asked)
        page.print_asked.connect(self.print_asked)
        page.set_room(self.width() - 2 * _MARGIN)
        place = PageScroll(page)
        self._places[view] = place
        self._pages.addWidget(place)

    def _sign_in_view(self) -> SignInView:
        """The page that stands in everything's place while nobody is signed in, made when it is first needed."""
        if self._sign_in_page is None:
            self._sign_in_page = SignInView(sentence=review_sign_in_sentence)
            self._sign_in_page.sign_in_clicked.connect(self.sign_in_asked)
            self._sign_in_page.given_up.connect(self.sign_in_given_up)
            self._pages.addWidget(self._sign_in_page)
        return self._sign_in_page

    def _on_sign_in_key(self) -> None:
        if self._sign_in.is_wanted:
            self.sign_in_asked.emit()

    # ---- state in

    def show_sign_in(self, state: SignInState) -> None:
        """Show who looks at this, or that nobody is signed in: then there is nothing else to see."""
        self._sign_in = state
        signed_in = state.status is SignInStatus.SIGNED_IN
        set_text(self._signed_in, signed_in_words(state.agent) if signed_in else "")
        for widget in (self._signed_in, self._sign_out):
            set_shown(widget, signed_in)
        self.show_state(self._state)

    def paper(self) -> QTextDocument:
        """Return the page as it is shown, to be printed."""
        paper = Paper(self.font().family())
        view = self._state.view
        if view is View.SITE:
            self._site_page().put_on(paper)
        elif view is View.ACTIONS:
            self._actions_page().put_on(paper)
        else:
            self._head.put_on(paper)
            self._figures.put_on(paper)
        paper.words(self._legend.text(), muted=True)
        paper.words(self._notice.text(), muted=True)
        return paper.document()

    def show_state(self, state: ReviewState) -> None:
        """Show the whole state."""
        before, self._state = self._state, state
        if self._sign_in.has_page:
            page = self._sign_in_view()
            page.show_sign_in(self._sign_in)
            for part in (self._views, self._head, self._legend, self._notice):
                set_shown(part, False)
            self._pages.setCurrentWidget(page)
            return
        for part in (self._legend, self._notice):
            set_shown(part, True)
        head = self._rules(state)
        view = state.view
        self._views.show_views(state.views, view)
        set_shown(self._head, view is View.TEAM)
        self._head.show_state(state, head)
        leaves = before.view is not view and self._pages.isAncestorOf(self.focusWidget())
        set_text(self._legend, self._legend_words(view, head))
        set_text(self._notice, self._notice_words(head) if view is View.TEAM else self._no_person_words(view))
        if view is View.SITE:
            self._site_page().show_state(state.site, may_print=state.may_print)
            self._pages.setCurrentWidget(self._places[view])
        elif view is View.ACTIONS:
            self._actions_page().show_state(state.actions, state.choices, may_print=state.may_print)
            self._pages.setCurrentWidget(self._places[view])
        elif view is View.OWN_LOG:
            self._own_log_page().show_state(state.own_log)
            self._pages.setCurrentWidget(self._own_log_page())
        elif state.waits_for_reason:
            if not before.waits_for_reason or before.team_id != state.team_id:
                self._reason.begin()
            self._reason.ask_for(self._team_title(state))
            self._pages.setCurrentWidget(self._reason_place)
        elif (state.person is None) if self._own else (state.team is None):
            self._say(state)
            self._pages.setCurrentIndex(0)
        else:
            self._figures.show_state(state)
            self._fit()
            self._pages.setCurrentWidget(self._figures_place)
            if state.agent is not None and state.agent != before.agent:
                self._bring_agent_into_sight()
        if leaves:
            # The keyboard does not stay on a page that is gone.
            (self._actions_page() if view is View.ACTIONS else self._views).take_focus()

    def _legend_words(self, view: View, head: ReviewHead | None) -> str:
        if view is View.OWN_LOG:
            return ""
        if view is View.SITE:
            return self.tr("Bands and bars: 95% interval · gap: not known")
        if view is View.ACTIONS:
            words = self.tr("Bars: 95% interval (Wilson) · differences: 95% interval (Newcombe)")
            return f"{words} · {blocks_words()}"
        parts = [self.tr("Bars: 95% interval (Wilson)")]
        team, person = self._state.team, self._state.person
        if not self._own and team is not None and team.agents:
            parts.append(self.tr("dashed: expected with the same mix of actions and reasons"))
            parts.append(self.tr("agents in alphabetical order"))
        if head is not None and person is not None and person.row.comparison.expected is not None:
            words = self.tr("difference: {level}% interval")
            parts.append(words.format(level=level_words(head.level, self._formats)))
        return " · ".join((*parts, blocks_words()))

    def _no_person_words(self, view: View) -> str:
        return "" if view is View.OWN_LOG else self.tr("No person is in these figures.")

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
            self._message.show_message("alert", _failure_words(failed.failure, state.blocked), retry=True)
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

    def _go_back(self) -> None:
        """From an agent to the whole team, from another page to the team."""
        if self._state.view is View.TEAM:
            self.agent_closed.emit()
        elif View.TEAM in self._state.views:
            self.view_chosen.emit(View.TEAM)

    def _ask_to_print(self) -> None:
        if self._state.may_print:
            self.print_asked.emit()

    def _bring_agent_into_sight(self) -> None:
        """Scroll to the agent who was opened, where large text leaves no room for him beside the lines."""
        self._figures_place.fit()
        self._figures_place.verticalScrollBar().setValue(self._figures.agent_top)

    def _fit(self) -> None:
        width = self.width() - 2 * _MARGIN
        self._figures.set_room(width, self._figures_place.height())
        for page in (self._site, self._actions):
            if page is not None:
                page.set_room(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _failure_words(code: FailureCode, blocked: Blocked | None) -> str:
    """What is wrong, and where no retry mends that, who does what about it."""
    if blocked is None:
        return failure(code)
    facts = " · ".join(f"{name} {value}" for name, value in blocked_facts(blocked))
    return "\n".join((blocked_title(blocked), blocked_way_out(blocked), facts))
