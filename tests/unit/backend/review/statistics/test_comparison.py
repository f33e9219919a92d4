"""A team compared: the verdict in data, for all judged agents at once, whatever their order."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.review.statistics.cells import Cells
from nba_desktop.backend.review.statistics.comparison import Verdict, compare
from tests.bench.review_statistics import MIXES, check, worst
from tests.unit.backend.review.statistics.draws import cells, teams

NONE = Verdict.NO_RELIABLE_DIFFERENCE


def test_who_is_far_above_or_below_is_said_to_be_and_the_others_are_not() -> None:
    found = compare(cells([(160, 400)], [(40, 400)], *([(80, 400)] for _ in range(8))))
    assert found.verdicts == (Verdict.ABOVE, Verdict.BELOW, *([NONE] * 8))
    assert found.difference[:2] == pytest.approx([0.2 - 0.4 / 90, -0.1 - 1.2 / 90], abs=0.02)


def test_the_easy_actions_make_nobody_better() -> None:
    # Each agent's customers accept what they are offered as often as anybody's; who is offered what differs.
    found = compare(cells([(180, 360), (4, 40)], [(20, 40), (36, 360)], [(100, 200), (20, 200)]))
    assert found.verdicts == (NONE, NONE, NONE)
    assert found.difference.tolist() == pytest.approx([0, 0, 0])
    plain = compare(cells([(184, 400)], [(56, 400)], [(120, 400)]))
    assert plain.verdicts == (Verdict.ABOVE, Verdict.BELOW, NONE)


def test_more_looks_ask_for_more() -> None:
    rows = [[(104, 400)], *([[(80, 400)]] * 19)]
    team = cells(*rows)
    assert compare(team).verdicts[0] is NONE
    one = np.arange(20) == 0
    assert compare(team, judged=one).verdicts[0] is Verdict.ABOVE
    assert compare(team, judged=~one).verdicts[0] is NONE


def test_who_is_not_judged_is_still_part_of_what_the_others_are_compared_with() -> None:
    team = cells([(160, 400)], [(40, 400)], [(80, 400)])
    some = compare(team, judged=np.array([True, False, True]))
    assert some.difference.tolist() == compare(team).difference.tolist()
    assert some.verdicts[1] is NONE


@given(teams(agents=(2, 5)), st.data())
def test_the_order_of_agents_makes_no_difference(team: Cells, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(team.trials))))
    found, turned = compare(team, q=0.3), compare(Cells(team.trials[order], team.successes[order]), q=0.3)
    assert turned.verdicts == tuple(found.verdicts[i] for i in order)
    assert turned.p_value == pytest.approx(found.p_value[order], abs=1e-12)
    assert turned.difference == pytest.approx(found.difference[order], abs=1e-12, nan_ok=True)


@pytest.mark.parametrize(
    "team",
    [
        cells([(0, 0)]),
        cells([(9, 9)]),
        cells([(0, 0)], [(0, 0)]),
        cells([(0, 90), (0, 90)], [(0, 90), (0, 90)]),
        cells([(90, 90)], [(90, 90)]),
        cells([(90, 90), (0, 0)], [(0, 0), (0, 90)]),
        Cells(np.zeros((3, 0), dtype=np.int64), np.zeros((3, 0), dtype=np.int64)),
        Cells(np.zeros((0, 3), dtype=np.int64), np.zeros((0, 3), dtype=np.int64)),
    ],
)
def test_where_nothing_can_be_known_no_difference_is_reliable(team: Cells) -> None:
    assert set(compare(team).verdicts) <= {NONE}


def test_a_mask_that_does_not_fit_is_refused() -> None:
    with pytest.raises(EvaluationError, match="there are 2 agents"):
        compare(cells([(1, 2)], [(1, 2)]), judged=np.array([True]))


def test_teams_without_a_difference_show_none_and_a_true_one_is_found() -> None:
    own_mix = check(MIXES[-1], teams=150)
    false, found = worst({"own mix": own_mix})
    assert false <= 0.02
    assert found >= 0.8
    # The mix alone makes differences of plain rates, in next to every team.
    assert own_mix.naive_false_team_share > 0.9
