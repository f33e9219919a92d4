"""The pauses between attempts of every line."""

from __future__ import annotations

from nba_desktop.adapters.cti.retry import Backoff


def test_pauses_double_up_to_the_longest_and_begin_anew_after_a_success() -> None:
    backoff = Backoff(500, 3_000, lambda: 1.0)
    assert [backoff.next_pause() for _ in range(5)] == [500, 1_000, 2_000, 3_000, 3_000]
    backoff.reset()
    assert backoff.next_pause() == 500


def test_half_of_a_pause_is_chance() -> None:
    assert Backoff(500, 3_000, lambda: 0.0).next_pause() == 250


def test_what_the_other_side_asks_for_is_the_first_pause_where_it_is_longer() -> None:
    backoff = Backoff(500, 3_000, lambda: 1.0)
    assert [backoff.next_pause(800), backoff.next_pause(100), backoff.next_pause(9_000)] == [800, 1_000, 3_000]


def test_a_thousand_attempts_are_no_problem() -> None:
    backoff = Backoff(500, 30_000, lambda: 1.0)
    assert {backoff.next_pause() for _ in range(1_000)} >= {30_000}
