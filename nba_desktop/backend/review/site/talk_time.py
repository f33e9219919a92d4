"""Acceptance by how long customers and agents talked: a correlation, and shown as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.review.counting import number_in
from nba_desktop.backend.review.figures import rate
from nba_desktop.backend.review.segments import NONE, Segment
from nba_desktop.contract.review import TalkBin

EDGES: Final = (0, 5, 10, 15, 20)
"""Minutes at which the bins begin; the last has no end."""


def talk_bins(segments: Sequence[Segment], least_group: int) -> tuple[TalkBin, ...]:
    """Return for each bin how many opportunity calls of that length were won, without the arm that shows nothing.

    A bin in which fewer agents than the least group talked is hidden, and with it the next smallest: the calls of all
    bins together are known.
    """
    trials, won = np.zeros(len(EDGES), np.int64), np.zeros(len(EDGES), np.int64)
    agents: list[set[str]] = [set() for _ in EDGES]
    for one in segments:
        chance = one.call_bit("opportunity") & (one.calls["talk_s"] != NONE)
        chance &= one.calls["arm"] != number_in(one.names["arms"], Arm.NOTHING.value)
        place = np.searchsorted(np.array(EDGES) * 60, one.calls["talk_s"], side="right") - 1
        trials += np.bincount(place[chance], minlength=len(EDGES))
        won += np.bincount(place[chance & one.call_bit("accepted")], minlength=len(EDGES))
        for number, some in enumerate(agents):
            worked = np.unique(one.calls["agent"][chance & (place == number)])
            some.update(one.names["agents"][agent] for agent in worked.tolist())
    hidden = _hidden(agents, trials.tolist(), least_group)
    return tuple(
        TalkBin(
            from_minutes=begin,
            to_minutes=EDGES[number + 1] if number + 1 < len(EDGES) else None,
            acceptance=rate(int(won[number]), int(trials[number]), hidden=number in hidden),
        )
        for number, begin in enumerate(EDGES)
    )


def _hidden(agents: Sequence[set[str]], trials: Sequence[int], least_group: int) -> set[int]:
    hidden = {number for number, some in enumerate(agents) if 0 < len(some) < least_group}
    others = [number for number in range(len(agents)) if trials[number] and number not in hidden]
    if hidden and len(set[str]().union(*(agents[number] for number in hidden))) < least_group and others:
        hidden.add(min(others, key=lambda number: trials[number]))
    return hidden
