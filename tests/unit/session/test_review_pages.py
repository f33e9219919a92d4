"""The pages of the review beside the team's: actions over all teams, and what goes to a printer."""

from __future__ import annotations

from datetime import timedelta

from nba_desktop.contract.codes import ReviewReason
from nba_desktop.contract.review import ExportAsked, Period, ReviewChoices
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.review import ExportStatus, ReviewState, View
from nba_desktop.session.reviewing import Reviewing
from tests.fakes.ports import FakeTasks
from tests.fakes.review import CHOICES, LAST, OWNER_CHOICES, PERIOD, FakeReviewBackend

BOTH = CHOICES.model_copy(update={"may_see_actions": True})
LONGER = Period(first=LAST - timedelta(days=55), last=LAST)


class Window:
    """A review without widgets; `printed` counts the pages that went to a printer."""

    def __init__(self, choices: ReviewChoices, own: bool = False) -> None:
        self.backend = FakeReviewBackend(choices)
        self.tasks = FakeTasks()
        self.shown: list[ReviewState] = []
        self.printed = 0
        self.reviewing = Reviewing(self.backend, self.tasks, self.shown.append, own)
        self.reviewing.start()
        self.tasks.finish_all()

    @property
    def state(self) -> ReviewState:
        return self.reviewing.state

    def looks(self) -> None:
        self.reviewing.give_reason(ReviewReason.COACHING_TALK, "")
        self.tasks.finish_all()

    def prints(self) -> None:
        self.reviewing.print_page(self._count)
        self.tasks.finish_all()

    def _count(self) -> None:
        self.printed += 1


def test_who_answers_for_actions_alone_sees_their_list_at_once_and_no_team() -> None:
    owner = Window(OWNER_CHOICES)
    assert owner.state.view is View.ACTIONS
    assert owner.state.views == (View.ACTIONS, View.SITE)
    assert owner.backend.asked == []
    owner.reviewing.open_actions("price_guarantee")
    owner.tasks.finish_all()
    [(action_id, asked)] = owner.backend.asked_of_actions
    assert (action_id, asked.period) == ("price_guarantee", PERIOD)
    assert owner.state.actions.review is not None
    assert owner.state.actions.review.action_id == "price_guarantee"


def test_from_a_teams_line_the_action_opens_over_the_same_calls() -> None:
    lead = Window(BOTH)
    lead.looks()
    lead.reviewing.choose_queue("gas")
    lead.reviewing.choose_period(LONGER)
    lead.reviewing.open_actions("heat_pump_tariff")
    lead.tasks.finish_all()
    assert [lead.state.view] == [View.ACTIONS]
    (action_id, asked) = lead.backend.asked_of_actions[-1]
    assert (action_id, asked.period, asked.queue) == ("heat_pump_tariff", LONGER, "gas")
    lead.reviewing.open_view(View.SITE)
    assert [lead.state.view] == [View.SITE]
    lead.reviewing.open_view(View.TEAM)
    assert [lead.state.view] == [View.TEAM]


def test_the_calls_of_an_action_are_chosen_on_its_page_alone() -> None:
    owner = Window(OWNER_CHOICES)
    owner.reviewing.actions.choose_period(LONGER)
    assert owner.backend.asked_of_actions == []
    owner.reviewing.open_actions("price_guarantee")
    owner.reviewing.actions.choose_concern("move")
    owner.reviewing.actions.choose_queue("gas")
    owner.reviewing.actions.choose_queue("gas")
    owner.tasks.finish_all()
    assert len(owner.backend.asked_of_actions) == 3
    asked = owner.backend.asked_of_actions[-1][1]
    assert (asked.period, asked.queue, asked.concern) == (LONGER, "gas", "move")
    assert owner.state.filter is not None
    assert owner.state.filter.period == PERIOD


def test_figures_of_another_action_are_never_shown_under_a_new_name() -> None:
    owner = Window(OWNER_CHOICES)
    owner.reviewing.open_actions("price_guarantee")
    owner.tasks.finish_all()
    owner.reviewing.open_actions("heat_pump_tariff")
    owner.reviewing.open_actions("instalment_check")
    owner.tasks.finish_all()
    shown = [(one.actions.action_id, one.actions.review) for one in owner.shown]
    assert {action_id for action_id, review in shown if review is not None} == {"price_guarantee", "instalment_check"}
    assert all(review is None or review.action_id == action_id for action_id, review in shown)


def test_an_action_that_could_not_be_asked_is_asked_again() -> None:
    owner = Window(OWNER_CHOICES)
    owner.backend.fails = True
    owner.reviewing.open_actions("price_guarantee")
    owner.tasks.finish_all()
    assert owner.state.actions.block.failure is FailureCode.OFFLINE
    owner.backend.fails = False
    owner.reviewing.retry()
    owner.tasks.finish_all()
    assert owner.state.actions.block.status is BlockStatus.READY


def test_without_four_weeks_of_calls_the_page_is_there_and_asks_nothing() -> None:
    owner = Window(OWNER_CHOICES.model_copy(update={"first_day": None, "last_day": None}))
    owner.reviewing.open_actions("price_guarantee")
    owner.tasks.finish_all()
    assert owner.state.view is View.ACTIONS
    assert owner.state.actions.asked is None
    assert owner.backend.asked_of_actions == []


def test_who_may_not_see_actions_does_not_get_there() -> None:
    lead = Window(CHOICES)
    lead.looks()
    lead.reviewing.open_actions("price_guarantee")
    lead.tasks.finish_all()
    assert lead.state.view is View.TEAM
    assert lead.backend.asked_of_actions == []


def test_a_printed_page_is_written_down_before_it_leaves_for_everybody_on_it() -> None:
    lead = Window(BOTH)
    lead.looks()
    lead.reviewing.open_agent("A-4F7H2J6N")
    lead.tasks.finish_all()
    lead.prints()
    written = [one for one in lead.backend.asked if isinstance(one, ExportAsked)]
    assert [one.agent for one in written] == [None, "A-4F7H2J6N"]
    assert {one.filter.period for one in written} == {PERIOD}
    assert (lead.printed, lead.state.export) == (1, ExportStatus.PRINTED)
    lead.backend.fails = True
    lead.prints()
    assert (lead.printed, lead.state.export) == (1, ExportStatus.NOT_PRINTED)


def test_pages_without_figures_and_sites_that_keep_them_print_nothing() -> None:
    kept = Window(BOTH.model_copy(update={"may_export": False}))
    kept.looks()
    kept.prints()
    early = Window(BOTH)
    early.prints()
    assert (kept.printed, early.printed) == (0, 0)
    assert not any(isinstance(one, ExportAsked) for one in (*kept.backend.asked, *early.backend.asked))


def test_what_is_looked_at_without_a_trace_is_printed_without_one() -> None:
    owner, agent = Window(OWNER_CHOICES), Window(CHOICES, own=True)
    owner.reviewing.open_actions("price_guarantee")
    owner.tasks.finish_all()
    for window in (owner, agent):
        window.prints()
        assert window.printed == 1
        assert not any(isinstance(one, ExportAsked) for one in window.backend.asked)
