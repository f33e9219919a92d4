"""The circuit breaker: whatever happens in whatever order, it does what it promises."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.providers.breaker import Breaker

STEPS = st.lists(st.tuples(st.sampled_from(["ask", "answer", "fail"]), st.floats(0, 20)), max_size=40)


@settings(max_examples=60)
@given(limit=st.integers(1, 4), pause_s=st.floats(1, 30), steps=STEPS)
def test_it_opens_after_its_failures_in_a_row_and_then_admits_one_at_a_time(
    limit: int, pause_s: float, steps: list[tuple[str, float]]
) -> None:
    breaker, now, in_a_row, pending = Breaker(limit, pause_s), 0.0, 0, 0
    failed_at, trial_since_failure = 0.0, False
    for step, later in steps:
        now += later
        is_open = in_a_row >= limit
        assert breaker.is_open is is_open
        assert breaker.admits(now) is (not is_open or (now >= failed_at + pause_s and not trial_since_failure))
        if step == "ask" and breaker.admits(now):
            breaker, pending, trial_since_failure = breaker.asked(), pending + 1, is_open
        elif step == "answer" and pending:
            breaker, pending, in_a_row, trial_since_failure = breaker.answered(), pending - 1, 0, False
        elif step == "fail" and pending:
            breaker, pending, in_a_row = breaker.failed(now), pending - 1, in_a_row + 1
            if in_a_row >= limit:
                failed_at, trial_since_failure = now, False


def test_a_failed_trial_waits_as_long_again_and_an_answered_one_closes_it() -> None:
    opened = Breaker(limit=2, pause_s=30).failed(0).failed(1)
    assert (opened.admits(30.9), opened.admits(31)) == (False, True)
    trying = opened.asked()
    assert not trying.admits(99)
    assert (trying.failed(40).admits(69), trying.failed(40).admits(70)) == (False, True)
    assert trying.answered() == Breaker(limit=2, pause_s=30)
