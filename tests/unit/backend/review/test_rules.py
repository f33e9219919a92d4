"""How far the review goes on a day, and what weeks a period is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nba_desktop.backend.errors import Forbidden
from nba_desktop.backend.review.rules import ModeNow, check_on, check_persons, mode_now, whole_weeks
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.contract.codes import ReviewMode
from nba_desktop.contract.review import Period
from tests.fakes.backend_site import NOW

TODAY = date(2026, 3, 12)


def row(mode: ReviewMode, until: date | None = None) -> ReviewModeRow:
    return ReviewModeRow(mode, None if until is None else "BV 2026/07", until, NOW, "carla")


@pytest.mark.parametrize(
    ("rows", "mode"),
    [
        ([], ReviewMode.TEAM_ONLY),
        ([row(ReviewMode.OFF)], ReviewMode.OFF),
        ([row(ReviewMode.OFF), row(ReviewMode.TEAM_ONLY)], ReviewMode.TEAM_ONLY),
        ([row(ReviewMode.COACHING, TODAY)], ReviewMode.COACHING),
        ([row(ReviewMode.COACHING, TODAY - timedelta(days=1))], ReviewMode.TEAM_ONLY),
        ([row(ReviewMode.COACHING)], ReviewMode.TEAM_ONLY),
        ([row(ReviewMode.COACHING, TODAY), row(ReviewMode.OFF)], ReviewMode.OFF),
    ],
)
def test_the_last_that_was_set_counts_until_its_agreement_ends(rows: list[ReviewModeRow], mode: ReviewMode) -> None:
    assert mode_now(rows, TODAY).mode is mode


def test_an_agreement_is_named_as_long_as_it_counts() -> None:
    rows = [row(ReviewMode.COACHING, TODAY)]
    assert mode_now(rows, TODAY) == ModeNow(ReviewMode.COACHING, "BV 2026/07", TODAY)
    assert mode_now(rows, TODAY + timedelta(days=1)) == ModeNow(ReviewMode.TEAM_ONLY)


def test_persons_need_an_agreement_and_anything_needs_the_review_on() -> None:
    check_persons(ModeNow(ReviewMode.COACHING))
    check_on(ModeNow(ReviewMode.TEAM_ONLY))
    with pytest.raises(Forbidden, match="no works agreement in force"):
        check_persons(ModeNow(ReviewMode.TEAM_ONLY))
    for check in (check_on, check_persons):
        with pytest.raises(Forbidden, match="switched off"):
            check(ModeNow(ReviewMode.OFF))


def test_a_period_becomes_the_weeks_it_touches() -> None:
    weeks = Period(first=date(2026, 2, 16), last=date(2026, 3, 15))
    assert whole_weeks(weeks) == weeks
    touching = Period(first=date(2026, 2, 22), last=date(2026, 3, 23))
    assert whole_weeks(touching) == Period(first=date(2026, 2, 16), last=date(2026, 3, 29))
