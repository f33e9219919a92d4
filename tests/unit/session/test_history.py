"""The journey behind its head, as the session asks for it."""

from __future__ import annotations

import pytest

from nba_desktop.domain.call_event import CallEventType
from nba_desktop.domain.errors import BackendOffline, FailureCode
from nba_desktop.domain.history import HistoryState, HistoryStatus, whole_journey
from nba_desktop.session.history import PAGE
from nba_desktop.session.questions import SLOW_AFTER_MS, TOO_LATE_AFTER_MS
from tests.fakes.desk import Desk
from tests.fakes.journeys import journey_head, touchpoints

LONG = touchpoints(60 + 2 * PAGE + 7)


@pytest.fixture
def talking(desk: Desk) -> Desk:
    """An authenticated customer with a long journey, of which the head is there."""
    desk.backend.history = LONG
    desk.answer_call()
    desk.authenticate()
    return desk


def history(desk: Desk) -> HistoryState:
    return desk.contact().history


def known(desk: Desk) -> list[str]:
    view = desk.contact().view
    assert view is not None
    return [point.touchpoint_id for point in whole_journey(view.journey, history(desk), view.customer_id)]


def asked(desk: Desk) -> list[str]:
    return [one for one in desk.backend.asked if one.startswith("journey")]


def test_the_rest_of_the_journey_comes_page_after_page_when_somebody_looks(talking: Desk) -> None:
    assert (len(known(talking)), asked(talking)) == (60, [])
    talking.session.history.load()
    assert history(talking).status is HistoryStatus.LOADING
    talking.tasks.finish_all()
    assert known(talking) == [point.touchpoint_id for point in LONG]
    assert history(talking).status is HistoryStatus.COMPLETE
    assert asked(talking) == [
        "journey before t-59",
        f"journey before t-{59 + PAGE}",
        f"journey before t-{59 + 2 * PAGE}",
    ]
    talking.session.history.load()
    assert len(talking.tasks.waiting) == 0


def test_a_journey_that_is_there_is_not_asked_for(desk: Desk) -> None:
    desk.backend.history = touchpoints(60)
    desk.answer_call()
    desk.authenticate()
    desk.session.history.load()
    assert (history(desk).status, asked(desk)) == (HistoryStatus.COMPLETE, [])


def test_before_authentication_nothing_is_asked(desk: Desk) -> None:
    desk.session.history.load()
    desk.answer_call()
    desk.session.history.load()
    desk.tasks.finish_all()
    assert (history(desk), asked(desk)) == (HistoryState(), [])


def test_a_failure_is_said_and_may_be_tried_again(talking: Desk) -> None:
    talking.backend.broken = BackendOffline()
    talking.session.history.load()
    talking.tasks.finish_all()
    assert (history(talking).status, history(talking).failure) == (HistoryStatus.FAILED, FailureCode.OFFLINE)
    talking.backend.broken = None
    talking.session.history.load()
    talking.tasks.finish_all()
    assert (history(talking).status, history(talking).failure) == (HistoryStatus.COMPLETE, None)
    assert len(known(talking)) == len(LONG)


def test_what_takes_long_is_said_and_a_late_answer_still_comes(talking: Desk) -> None:
    talking.session.history.load()
    talking.clock.pass_ms(SLOW_AFTER_MS)
    assert history(talking).status is HistoryStatus.SLOW
    talking.clock.pass_ms(TOO_LATE_AFTER_MS - SLOW_AFTER_MS)
    assert (history(talking).status, history(talking).failure) == (HistoryStatus.FAILED, FailureCode.TOO_LATE)
    talking.tasks.finish_all()
    assert history(talking).status is HistoryStatus.COMPLETE
    assert len(known(talking)) == len(LONG)


def test_a_newer_head_takes_nothing_twice(talking: Desk) -> None:
    talking.session.history.load()
    talking.tasks.finish_all()
    newer = journey_head(touchpoints(len(LONG)), longest=62)
    assert len(whole_journey(newer, history(talking), "c-helmut")) == len(LONG)


def test_another_customers_history_is_never_shown(talking: Desk) -> None:
    talking.session.history.load()
    talking.tasks.finish_all()
    assert len(whole_journey(journey_head(LONG), history(talking), "c-ilse")) == 60
    assert whole_journey(None, history(talking), "c-helmut") == ()


def test_while_it_is_on_its_way_it_is_not_asked_for_again(talking: Desk) -> None:
    for _ in range(3):
        talking.session.history.load()
    assert len(talking.tasks.waiting) == 1


def test_the_answer_to_a_call_that_is_gone_is_dropped(talking: Desk) -> None:
    talking.session.history.load()
    talking.phone(CallEventType.ENDED)
    talking.session.finish_wrap_up()
    talking.tasks.finish_all()
    assert talking.session.state.contact is None
