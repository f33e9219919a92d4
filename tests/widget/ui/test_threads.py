"""The threads of the timeline: each case one unbroken line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.ui.panel.threads import Lane, lanes_of

CASES = st.lists(st.sampled_from([None, "a", "b", "c", "d", "e"]), max_size=30)


def test_a_case_runs_from_its_newest_to_its_oldest_contact() -> None:
    rows = lanes_of(["a", None, "a", None], places=2)
    assert rows == [
        (Lane("a", 0, first=True, last=False, here=True),),
        (Lane("a", 0, first=False, last=False, here=False),),
        (Lane("a", 0, first=False, last=True, here=True),),
        (),
    ]


def test_cases_at_the_same_time_stand_side_by_side() -> None:
    rows = lanes_of(["a", "b", "a", "b", "c"], places=2)
    assert [lane.place for lane in rows[1]] == [0, 1]
    assert [(lane.case_id, lane.place) for lane in rows[4]] == [("c", 0)]


def test_a_case_without_a_free_place_gets_no_line() -> None:
    rows = lanes_of(["a", "b", "a", "b"], places=1)
    assert {lane.case_id for row in rows for lane in row} == {"a"}


@given(cases=CASES, places=st.integers(1, 6))
def test_every_line_is_whole_and_alone_in_its_place(cases: list[str | None], places: int) -> None:
    rows = lanes_of(cases, places)
    assert len(rows) == len(cases)
    for row in rows:
        taken = [lane.place for lane in row]
        assert len(set(taken)) == len(taken)
        assert all(0 <= place < places for place in taken)
    for case in {lane.case_id for row in rows for lane in row}:
        line = [(index, lane) for index, row in enumerate(rows) for lane in row if lane.case_id == case]
        indexes = [index for index, _ in line]
        own = [index for index, one in enumerate(cases) if one == case]
        assert indexes == list(range(own[0], own[-1] + 1))
        assert [index for index, lane in line if lane.here] == own
        assert [index for index, lane in line if lane.first] == own[:1]
        assert [index for index, lane in line if lane.last] == own[-1:]
        assert len({lane.place for _, lane in line}) == 1


@given(cases=CASES)
def test_with_room_enough_every_case_has_its_line(cases: list[str | None]) -> None:
    drawn = {lane.case_id for row in lanes_of(cases, places=6) for lane in row}
    assert drawn == set(cases) - {None}
