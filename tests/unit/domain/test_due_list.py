"""What of the promises waits, and when each is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from nba_desktop.contract.follow_up import FollowUps
from nba_desktop.domain.due_list import DueState, next_time, reached_by
from nba_desktop.domain.receipts import Receipt
from tests.fakes.states.moments import NOW
from tests.fakes.states.waiting import COMING, LATE, NOW_DUE, TODAY, due_state, follow_ups

LISTED = FollowUps(day=NOW.date(), until=NOW.date() + timedelta(days=7), follow_ups=follow_ups("de"))


def test_what_is_due_and_what_is_late_is_counted_apart() -> None:
    assert (due_state("de").today, due_state("de").late) == (2, 1)
    assert (DueState().today, DueState().late, DueState().waiting) == (0, 0, ())


def test_what_is_done_waits_no_more_unless_the_backend_refused_it() -> None:
    done = due_state("de", done=((LATE, Receipt.STORED), (TODAY, Receipt.ACCEPTED), (COMING, Receipt.REFUSED)))
    assert [one.follow_up_id for one in done.waiting] == [NOW_DUE, COMING]
    assert (done.today, done.late) == (1, 0)
    assert done.receipt_of(COMING) is Receipt.REFUSED
    assert done.receipt_of(NOW_DUE) is None


def test_a_promise_is_due_from_its_minute_on_and_only_on_its_day() -> None:
    before, at = NOW.replace(hour=9, minute=59), NOW.replace(hour=10, minute=0, second=0)
    assert reached_by(LISTED, before) == frozenset()
    assert next_time(LISTED, before) == at
    assert reached_by(LISTED, at) == frozenset({NOW_DUE})
    assert next_time(LISTED, at) is None
    assert reached_by(LISTED, at + timedelta(days=1)) == frozenset()


def test_the_one_whose_time_came_last_is_said_until_it_is_done() -> None:
    state = due_state("de")
    assert state.now_due is not None
    assert state.now_due.follow_up_id == NOW_DUE
    assert replace(state, done=((NOW_DUE, Receipt.SENT),)).now_due is None
    assert replace(state, reached=frozenset()).now_due is None
