"""The arms of an action's experiment: what came of it where it was shown, and where it was not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.review.asking import Counted
from nba_desktop.backend.review.counting import number_in
from nba_desktop.backend.review.figures import rate
from nba_desktop.backend.review.parts import Part
from nba_desktop.backend.review.statistics.newcombe import newcombe
from nba_desktop.backend.review.statistics.sample_size import sample_size
from nba_desktop.contract.review import ArmRow

_ARMS: Final = tuple(Arm)
_CONTROL: Final = _ARMS.index(Arm.NOTHING)


@dataclass(slots=True)
class _Cases:
    """Of one arm in a block: how many cases, how many of them were completed, and whose they are."""

    trials: int = 0
    successes: int = 0
    agents: set[str] = field(default_factory=set)


def arm_rows(counted: Counted, action_id: str, least_group: int) -> tuple[ArmRow, ...]:
    """Return one row for each arm with a case, of calls whose time to be confirmed is over.

    A case is an opportunity call in which the action was shown, or withheld because the arm shows nothing; a success is
    that the customer completed it soon after, whether he accepted it in the call or later or did it by himself. A
    customer counts once: in the arm of his first opportunity call of the period, as calls of one customer are not
    independent. The lift is over the arm that shows nothing. A block in which an arm is of fewer agents than the least
    group counts for no arm; where nothing is left, the rows are hidden.
    """
    blocks: dict[tuple[str, int], list[_Cases]] = {}
    _add(blocks, counted, action_id)
    seen = [number for number in range(len(_ARMS)) if any(arms[number].trials for arms in blocks.values())]
    enough = [arms for arms in blocks.values() if all(not one.trials or len(one.agents) >= least_group for one in arms)]
    totals = [(sum(arms[n].successes for arms in enough), sum(arms[n].trials for arms in enough)) for n in seen]
    control = totals[seen.index(_CONTROL)] if _CONTROL in seen else (0, 0)
    return tuple(
        _row(_ARMS[number].value, own, (0, 0) if number == _CONTROL else control)
        for number, own in zip(seen, totals, strict=True)
    )


def _add(blocks: dict[tuple[str, int], list[_Cases]], counted: Counted, action_id: str) -> None:
    ready, names, since = counted.prepared.ready, counted.prepared.names, counted.prepared.span.period.first
    segment = ready.segment
    case: BoolArray = ready.action == number_in(names.actions, action_id)
    case &= segment.action_bit("shown") | segment.action_bit("withheld")
    calls = ready.mature & counted.kept.together[ready.line]
    calls &= segment.call_bit("opportunity") & segment.first_chance_since(since)
    let_through = ready.kept(counted.question.sieve)
    if let_through is not None:
        calls &= let_through
    case &= calls[ready.call]
    arm = segment.calls["arm"][ready.call]
    done = segment.action_bit("completed_anyhow")
    for number, one in enumerate(_ARMS):
        which = np.flatnonzero(case & (arm == number_in(segment.names["arms"], one.value)))
        lines = ready.line[ready.call[which]]
        trials = np.bincount(lines, minlength=len(counted.parts))
        successes = np.bincount(lines[done[which]], minlength=len(counted.parts))
        for line in np.flatnonzero(trials).tolist():
            part: Part = counted.parts[line]
            cases = blocks.setdefault((part.group, part.span.first), [_Cases() for _ in _ARMS])[number]
            cases.trials += int(trials[line])
            cases.successes += int(successes[line])
            cases.agents.add(part.agent)


def _row(name: str, own: tuple[int, int], control: tuple[int, int]) -> ArmRow:
    if not own[1]:
        return ArmRow(arm=name, rate=rate(*own, hidden=True))
    if not control[1]:
        return ArmRow(arm=name, rate=rate(*own))
    interval = newcombe(*own, *control)
    base, share = control[0] / control[1], own[0] / own[1]
    plannable = 0 < base < 1 and 0 < share < 1 and share != base
    return ArmRow(
        arm=name,
        rate=rate(*own),
        lift=share - base,
        low=float(interval.low),
        high=float(interval.high),
        needed=sample_size(base, share - base) if plannable else None,
    )
