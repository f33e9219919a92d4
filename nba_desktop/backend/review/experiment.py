"""The arms of an action's experiment: what came of it where it was shown, and where it was not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import IntArray
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.review.counting import CountedWeek, Sieve, number_in
from nba_desktop.backend.review.figures import rate
from nba_desktop.backend.review.segments import Segment
from nba_desktop.backend.review.statistics.newcombe import newcombe
from nba_desktop.backend.review.statistics.sample_size import sample_size
from nba_desktop.contract.review import ArmRow

_ARMS: Final = tuple(Arm)


def arm_rows(
    weeks: Sequence[tuple[CountedWeek, Segment]], action_id: str, sieve: Sieve, since: date, least_group: int
) -> tuple[ArmRow, ...]:
    """Return one row for each arm with a case, of weeks since a day whose time to be confirmed is over.

    A case is an opportunity call in which the action was shown, or withheld because the arm shows nothing; a success is
    that the customer completed it soon after, whether he accepted it in the call or later or did it by himself. A
    customer counts once: in the arm of his first opportunity call since that day, as calls of one customer are not
    independent. The lift is over the arm that shows nothing. A row of fewer agents than the least group is hidden.
    """
    trials, successes = np.zeros(len(_ARMS), np.int64), np.zeros(len(_ARMS), np.int64)
    agents: list[set[str]] = [set() for _ in _ARMS]
    for week, segment in weeks:
        call, kept = week.call, week.kept(sieve)
        case = week.action == number_in(week.names.actions, action_id)
        case &= segment.action_bit("shown") | segment.action_bit("withheld")
        if kept is not None:
            case &= kept[call]
        case &= (segment.call_bit("opportunity") & segment.first_chance_since(since))[call]
        arm = segment.calls["arm"][call]
        for number, one in enumerate(_ARMS):
            mask = case & (arm == number_in(segment.names["arms"], one.value))
            trials[number] += int(mask.sum())
            successes[number] += int((mask & segment.action_bit("completed_anyhow")).sum())
            worked = np.unique(segment.calls["agent"][call[mask]])
            agents[number].update(segment.names["agents"][place] for place in worked.tolist())
    return tuple(
        _row(number, trials, successes, [len(some) < least_group for some in agents])
        for number in range(len(_ARMS))
        if trials[number]
    )


def _row(number: int, trials: IntArray, successes: IntArray, few: Sequence[bool]) -> ArmRow:
    own = int(successes[number]), int(trials[number])
    name, control = _ARMS[number].value, _ARMS.index(Arm.NOTHING)
    if few[number]:
        return ArmRow(arm=name, rate=rate(*own, hidden=True))
    if number == control or few[control] or not trials[control]:
        return ArmRow(arm=name, rate=rate(*own))
    other = int(successes[control]), int(trials[control])
    interval = newcombe(*own, *other)
    base, share = other[0] / other[1], own[0] / own[1]
    plannable = 0 < base < 1 and 0 < share < 1 and share != base
    return ArmRow(
        arm=name,
        rate=rate(*own),
        lift=share - base,
        low=float(interval.low),
        high=float(interval.high),
        needed=sample_size(base, share - base) if plannable else None,
    )
