from __future__ import annotations

from datetime import date, timedelta

import pytest

from nba_desktop.contract.codes import ReviewReason
from nba_desktop.contract.review import AgentAsked, ExportAsked, NoteWritten, OwnAsked, ReviewChoices, TeamAsked
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import BackendMismatch, FailureCode
from nba_desktop.domain.review import ExportStatus, ReviewState, periods
from nba_desktop.session.reviewing import Reviewing
from tests.fakes.ports import FakeTasks
from tests.fakes.review import CHOICES, LAST, PERIOD, FakeReviewBackend


class Lead:
    """A team window without widgets."""

    def __init__(self, own: bool = False, backend: FakeReviewBackend | None = None) -> None:
        self.backend = backend or FakeReviewBackend()
        self.tasks = FakeTasks()
        self.shown: list[ReviewState] = []
        self.reviewing = Reviewing(self.backend, self.tasks, self.shown.append, own)

    @property
    def state(self) -> ReviewState:
        return self.reviewing.state

    def starts(self) -> None:
        self.reviewing.start()
        self.tasks.finish_all()

    def looks(self) -> None:
        self.reviewing.give_reason(ReviewReason.COACHING_TALK, " Gespräch am Freitag ")
        self.tasks.finish_all()


@pytest.fixture
def lead() -> Lead:
    found = Lead()
    found.starts()
    return found


def test_nothing_of_a_team_is_asked_for_before_the_lead_says_what_for(lead: Lead) -> None:
    assert lead.state.waits_for_reason
    assert lead.state.team_id == "dresden"
    assert lead.backend.asked == []


def test_with_a_reason_the_last_four_whole_weeks_are_asked_for(lead: Lead) -> None:
    lead.looks()
    [asked] = lead.backend.asked
    assert isinstance(asked, TeamAsked)
    assert (asked.team_id, asked.reason, asked.note) == ("dresden", ReviewReason.COACHING_TALK, "Gespräch am Freitag")
    assert asked.filter.period == PERIOD
    assert lead.state.team_block.status is BlockStatus.READY
    assert lead.state.team is not None


def test_another_team_needs_a_reason_of_its_own(lead: Lead) -> None:
    lead.looks()
    lead.reviewing.choose_team("leipzig")
    lead.tasks.finish_all()
    assert lead.state.waits_for_reason
    assert lead.state.team is None
    assert len(lead.backend.asked) == 1


def test_another_filter_is_asked_for_at_once_with_the_reason_given(lead: Lead) -> None:
    lead.looks()
    lead.reviewing.choose_queue("gas")
    lead.reviewing.choose_queue("gas")
    lead.tasks.finish_all()
    asked = lead.backend.asked[1:]
    assert [one.filter.queue for one in asked if isinstance(one, TeamAsked)] == ["gas"]


def test_figures_stay_on_the_screen_until_those_of_the_new_filter_come(lead: Lead) -> None:
    lead.looks()
    before = lead.state.team
    lead.reviewing.choose_action("heat_pump_tariff")
    assert lead.state.team is before
    assert lead.state.team_block.status is BlockStatus.LOADING
    lead.tasks.finish_all()
    assert lead.state.team is not before


def test_an_agent_is_looked_at_beside_the_team_and_follows_the_filter(lead: Lead) -> None:
    lead.looks()
    lead.reviewing.open_agent("A-4F7H2J6N")
    lead.tasks.finish_all()
    assert lead.state.person is not None
    lead.reviewing.choose_concern("move")
    lead.tasks.finish_all()
    person = [one for one in lead.backend.asked if isinstance(one, AgentAsked)]
    assert [(one.agent, one.filter.concern) for one in person] == [("A-4F7H2J6N", None), ("A-4F7H2J6N", "move")]
    lead.reviewing.close_agent()
    assert lead.state.person is None


def test_the_answer_of_an_agent_who_was_left_is_dropped(lead: Lead) -> None:
    lead.looks()
    lead.reviewing.open_agent("A-4F7H2J6N")
    lead.reviewing.open_agent("A-5A2X8Y3Z")
    lead.tasks.finish_all()
    assert lead.state.person is not None
    assert lead.state.person.row.agent == "A-5A2X8Y3Z"
    lead.reviewing.open_agent("A-4F7H2J6N")
    lead.reviewing.close_agent()
    lead.tasks.finish_all()
    assert lead.state.person is None


def test_a_backend_that_is_away_is_said_and_asked_again(lead: Lead) -> None:
    lead.backend.fails = True
    lead.looks()
    assert lead.state.team_block.failure is FailureCode.OFFLINE
    lead.backend.fails = False
    lead.reviewing.retry()
    lead.tasks.finish_all()
    assert lead.state.team_block.status is BlockStatus.READY


def test_choices_that_could_not_be_had_are_asked_for_again() -> None:
    lead = Lead()
    lead.backend.fails = True
    lead.starts()
    assert lead.state.choices_block.failure is FailureCode.OFFLINE
    lead.backend.fails = False
    lead.reviewing.retry()
    lead.tasks.finish_all()
    assert lead.state.waits_for_reason


def test_a_backend_that_wants_a_newer_program_is_said_with_what_it_wants() -> None:
    class Wanting(FakeReviewBackend):
        def choices(self) -> ReviewChoices:
            raise BackendMismatch(FailureCode.PANEL_TOO_OLD, "1.2.0", "1.4.0", "1.4.0")

    lead = Lead(backend=Wanting())
    lead.starts()
    assert lead.state.choices_block.failure is FailureCode.PANEL_TOO_OLD
    assert lead.state.blocked is not None
    assert lead.state.blocked.needed == "1.4.0"


def test_a_note_is_written_about_the_agent_and_read_back(lead: Lead) -> None:
    lead.looks()
    lead.reviewing.open_agent("A-4F7H2J6N")
    lead.tasks.finish_all()
    lead.reviewing.write_note("  ")
    lead.reviewing.write_note(" Erst der Nutzen. ")
    lead.tasks.finish_all()
    notes = [one for one in lead.backend.asked if isinstance(one, NoteWritten)]
    assert [(one.agent, one.text) for one in notes] == [("A-4F7H2J6N", "Erst der Nutzen.")]
    assert isinstance(lead.backend.asked[-1], AgentAsked)


def test_a_note_that_was_not_kept_is_said(lead: Lead) -> None:
    lead.looks()
    lead.reviewing.open_agent("A-4F7H2J6N")
    lead.tasks.finish_all()
    lead.backend.fails = True
    lead.reviewing.write_note("Erst der Nutzen.")
    lead.tasks.finish_all()
    assert lead.state.note_failure is FailureCode.OFFLINE


def test_the_file_is_of_what_is_on_the_screen(lead: Lead) -> None:
    lead.looks()
    lead.reviewing.choose_queue("gas")
    lead.tasks.finish_all()
    kept: list[bytes] = []
    lead.reviewing.export("xlsx", kept.append)
    lead.tasks.finish_all()
    assert kept == [b"a file"]
    assert [one.export for one in lead.shown][-2:] == [ExportStatus.RUNNING, ExportStatus.SAVED]
    [asked] = [one for one in lead.backend.asked if isinstance(one, ExportAsked)]
    assert (asked.format, asked.filter.queue, asked.agent) == ("xlsx", "gas", None)


def test_an_agents_own_page_needs_no_reason_and_shows_who_looked() -> None:
    agent = Lead(own=True)
    agent.starts()
    [asked] = agent.backend.asked
    assert isinstance(asked, OwnAsked)
    assert agent.state.person is not None
    assert agent.state.accesses
    agent.reviewing.write_note("Ich frage jetzt zuerst nach dem Verbrauch.")
    agent.tasks.finish_all()
    notes = [one for one in agent.backend.asked if isinstance(one, NoteWritten)]
    assert [one.agent for one in notes] == [None]


def test_periods_are_whole_weeks_and_the_longest_begins_with_the_figures() -> None:
    offered = periods(CHOICES)
    assert [(one.last - one.first).days + 1 for one in offered] == [28, 56, 84, 119]
    assert {one.last for one in offered} == {LAST}
    assert LAST.isoweekday() == 7


def test_fewer_than_four_weeks_of_figures_offer_no_period() -> None:
    short = CHOICES.model_copy(update={"first_day": LAST - timedelta(days=26)})
    assert periods(short) == ()
    none = ReviewChoices(mode=CHOICES.mode)
    assert periods(none) == ()
    assert periods(CHOICES.model_copy(update={"first_day": date(2026, 9, 28)})) == (PERIOD,)


def test_without_a_period_nothing_is_asked_for() -> None:
    agent = Lead(own=True)
    agent.backend.choices = lambda: CHOICES.model_copy(update={"first_day": None, "last_day": None})  # type: ignore[method-assign]
    agent.starts()
    assert agent.backend.asked == []
    assert agent.state.filter is None
