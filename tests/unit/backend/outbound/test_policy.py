"""When something is tried again: later each time, never before it is asked for, and not for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.outbound.policy import (
    FIRST_WAIT_S,
    LONGEST_ASKED_S,
    LONGEST_PAUSE_S,
    LONGEST_WAIT_AWAY_S,
    LONGEST_WAIT_S,
    Answer,
    GiveUp,
    Pause,
    Said,
    Tried,
    TryAgain,
    after_failure,
)
from tests.fakes.backend_site import NOW

CHANCES = st.floats(0, 1, exclude_max=True)
FAILURES = st.sampled_from([Answer(None, "no connection"), Answer(500), Answer(404), Answer(503, retry_after_s=900.0)])


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, Said.RECEIVED), (204, Said.RECEIVED), (301, Said.REFUSED), (400, Said.REFUSED), (401, Said.REFUSED),
        (408, Said.AWAY), (410, Said.GONE), (429, Said.AWAY), (500, Said.REFUSED), (503, Said.AWAY), (None, Said.AWAY),
    ],
)  # fmt: skip
def test_an_answer_is_about_the_event_or_about_the_endpoint(status: int | None, said: Said) -> None:
    assert Answer(status, "no connection").said is said


@given(st.lists(st.tuples(FAILURES, CHANCES), min_size=1, max_size=80), st.integers(1, 10))
def test_a_delivery_is_tried_later_each_time_and_given_up_by_its_days_alone(
    answers: list[tuple[Answer, float]], days: int
) -> None:
    now, tried = NOW, Tried()
    for number, (answer, chance) in enumerate(answers, start=1):
        match after_failure(tried, answer, now, days, chance):
            case TryAgain(at, tried):
                assert (tried.attempts, tried.first_at) == (number, NOW)
                longest = LONGEST_WAIT_AWAY_S if answer.said is Said.AWAY else LONGEST_WAIT_S
                least = min(longest, FIRST_WAIT_S * 2 ** (number - 1)) / 2
                wait_s = (at - now).total_seconds()
                assert max(least, answer.retry_after_s or 0) - 1e-3 <= wait_s <= longest * 2
                now = at
            case GiveUp(attempts):
                assert (attempts, now - NOW >= timedelta(days=days)) == (number, True)
                return
    assert now - NOW < timedelta(days=days, seconds=LONGEST_WAIT_S)


@given(st.lists(st.tuples(FAILURES | st.just(Answer(200)), CHANCES), max_size=20))
def test_an_endpoint_is_left_alone_while_it_does_not_work_and_never_for_long(
    answers: list[tuple[Answer, float]],
) -> None:
    pause, now = Pause(), NOW
    for answer, chance in answers:
        before, pause = pause, pause.after(answer, now, chance)
        if answer.said is not Said.AWAY:
            assert pause == Pause()
            continue
        assert pause.failures == before.failures + 1
        assert pause.holds(now)
        assert pause.until is not None
        assert pause.until - now <= timedelta(seconds=max(LONGEST_PAUSE_S, answer.retry_after_s or 0))
        now = pause.until
        assert not pause.holds(now)


def test_an_endpoint_cannot_ask_to_be_left_alone_for_days() -> None:
    pause = Pause().after(Answer(503, retry_after_s=1e6), NOW, 0.0)
    assert pause.until == NOW + timedelta(seconds=LONGEST_ASKED_S)
