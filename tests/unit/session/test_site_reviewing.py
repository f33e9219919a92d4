"""The site's page asks once it is opened, and keeps what it has until something newer comes."""

from __future__ import annotations

import pytest

from nba_desktop.contract.review import ReviewChoices
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.review import ReviewState
from nba_desktop.domain.site_figures import SiteState, site_periods
from nba_desktop.session.reviewing import Reviewing
from tests.fakes.ports import FakeTasks
from tests.fakes.review import CHOICES, FakeReviewBackend
from tests.fakes.site import HALF_YEAR


class Lead:
    """A team window without widgets."""

    def __init__(self, choices: ReviewChoices = CHOICES, own: bool = False) -> None:
        self.backend = FakeReviewBackend(choices)
        self.tasks = FakeTasks()
        self.shown: list[ReviewState] = []
        self.reviewing = Reviewing(self.backend, self.tasks, self.shown.append, own)
        self.reviewing.start()
        self.tasks.finish_all()

    @property
    def site(self) -> SiteState:
        return self.reviewing.state.site

    def opens(self) -> None:
        self.reviewing.site.open()
        self.tasks.finish_all()


@pytest.fixture
def lead() -> Lead:
    return Lead()


def test_nothing_of_the_site_is_asked_for_before_its_page_is_opened(lead: Lead) -> None:
    assert lead.backend.asked_of_site == []
    lead.opens()
    assert lead.backend.asked_of_site == [("weeks", None), ("talk time", None), ("flow", None)]
    assert lead.site.period == HALF_YEAR
    assert lead.site.weeks is not None
    assert lead.site.talk_time is not None
    assert lead.site.flow is not None
    assert lead.shown[-1].site == lead.site


def test_turning_away_and_back_asks_nothing_again(lead: Lead) -> None:
    lead.opens()
    lead.reviewing.site.close()
    lead.opens()
    assert [one.site.opened for one in lead.shown[-2:]] == [False, True]
    assert len(lead.backend.asked_of_site) == 3


def test_other_weeks_are_asked_for_once_and_the_old_ones_stay_until_they_come(lead: Lead) -> None:
    lead.opens()
    short = site_periods(HALF_YEAR)[0]
    lead.reviewing.site.choose_period(short)
    lead.reviewing.site.choose_period(short)
    assert lead.site.weeks is not None
    assert lead.site.weeks.period == HALF_YEAR
    assert lead.site.weeks_block.status is BlockStatus.LOADING
    lead.tasks.finish_all()
    assert lead.site.weeks.period == short
    assert lead.backend.asked_of_site[3:] == [("weeks", short), ("talk time", short), ("flow", short)]


def test_an_answer_that_comes_after_a_newer_question_is_dropped(lead: Lead) -> None:
    lead.opens()
    short, _, long = site_periods(HALF_YEAR)
    lead.reviewing.site.choose_period(short)
    lead.reviewing.site.choose_period(long)
    lead.tasks.finish_all()
    assert lead.site.weeks is not None
    assert lead.site.period == lead.site.weeks.period == long
    assert all(one.site.weeks is None or one.site.weeks.period != short for one in lead.shown)


def test_what_failed_is_asked_for_again(lead: Lead) -> None:
    lead.backend.fails = True
    lead.opens()
    assert lead.site.weeks_block.failure is FailureCode.OFFLINE
    assert lead.site.flow_block.failure is FailureCode.OFFLINE
    lead.backend.fails = False
    lead.reviewing.retry()
    lead.tasks.finish_all()
    assert lead.site.weeks_block.status is BlockStatus.READY
    assert lead.site.weeks is not None


def test_who_leads_no_team_but_may_see_the_site_is_there_at_once() -> None:
    lead = Lead(CHOICES.model_copy(update={"teams": ()}))
    assert lead.site.opened
    assert lead.site.weeks is not None


@pytest.mark.parametrize("own", [False, True])
def test_nobody_else_gets_there(own: bool) -> None:
    lead = Lead(CHOICES.model_copy(update={"teams": (), "may_see_site": own}), own=own)
    assert not lead.site.opened
    assert lead.backend.asked_of_site == []
    assert not lead.reviewing.state.may_see_site


def test_the_offered_periods_end_with_the_last_week_and_contain_the_chosen_one() -> None:
    found = site_periods(HALF_YEAR)
    assert [((one.last - one.first).days + 1) // 7 for one in found] == [12, 26, 52]
    assert {one.last for one in found} == {HALF_YEAR.last}
    assert HALF_YEAR in found
