"""Open cases."""

from __future__ import annotations

from nba_desktop.backend.journey.cases import open_cases
from tests.fakes.decisions import touchpoint


def test_the_newest_touchpoint_decides_whether_a_case_is_open() -> None:
    found = open_cases(
        (
            touchpoint(1, "call_solved", case_id="closed"),
            touchpoint(5, "call_open", case_id="closed", case_open=True),
            touchpoint(9, "complaint", case_id="open", case_open=True),
            touchpoint(2, "portal_login"),
        )
    )
    assert found == {"open"}
