"""Who usually calls from a number: learnt from the calls that came before, and from nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from nba_desktop.backend.journey.days import half_after_180_days
from nba_desktop.backend.rows.contacts import PastCall

Habit = Literal["usual", "usual_here"]
Way = tuple[str | None, ...]

CALLS_LOOKED_AT: Final = 200
_PRIOR_CALLS: Final = 2.0
_FEWEST_CALLS: Final = 3
_CLEAR_SHARE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Habits:
    """How probable each candidate is, and whose call this usually is."""

    probability: Mapping[str, float]
    usual: Mapping[str, Habit]


def habits(
    calls: Sequence[PastCall], candidates: Sequence[str], queue: str | None, ivr_path: str | None, now: datetime
) -> Habits:
    """Return what earlier calls from a number say about who calls now, by this queue and this way in the voice menu.

    A call counts for the customer who was authenticated in it, with the weight w = 2 ** (-days ago / 180); of a call
    that went through several hands the last one says who it was. The probability of a member m is smoothed level by
    level, from wide to narrow – all calls of the number, those of this queue, those of this queue and path:

        P(m) = (W(m) + 2 * P'(m)) / (W + 2)

    where W(m) are the weights of m's calls on that level, W those of all its calls, and P'(m) is the P(m) of the next
    wider level; the widest starts from 1 / number of candidates. So three calls of the same way outweigh the household
    as a whole, and a way never seen says what the household says.

    `usual_here` is who made at least 3 calls and 60 % of the weight on the narrowest level (below all calls) that has
    3 calls; `usual` is, of the others, who did so of all calls.
    """
    counted = _one_for_each_call(calls)
    # From wide to narrow; a queue or path that is not known narrows nothing.
    levels = [counted]
    if queue is not None:
        levels.append([one for one in levels[-1] if one.queue == queue])
    if ivr_path is not None:
        levels.append([one for one in levels[-1] if one.ivr_path == ivr_path])
    probability = {member: 1 / len(candidates) for member in candidates}
    for level in levels:
        weights = _weights(level, now)
        total = sum(weights.values()) + _PRIOR_CALLS
        probability = {
            member: (weights.get(member, 0.0) + _PRIOR_CALLS * wider) / total for member, wider in probability.items()
        }
    usual: dict[str, Habit] = {}
    everywhere = _clear(levels[0], now)
    if everywhere is not None:
        usual[everywhere] = "usual"
    here = _clear(next((level for level in reversed(levels[1:]) if len(level) >= _FEWEST_CALLS), []), now)
    if here is not None:
        usual[here] = "usual_here"
    return Habits(probability, usual)


def _one_for_each_call(calls: Sequence[PastCall]) -> list[PastCall]:
    """The last hand's word on each call."""
    last: dict[object, PastCall] = {}
    for place, one in enumerate(sorted(calls, key=lambda one: one.at)):
        last[(one.source, one.interaction_id) if one.source else place] = one
    return list(last.values())


def _weights(calls: Sequence[PastCall], now: datetime) -> dict[str, float]:
    weights: dict[str, float] = {}
    for one in calls:
        weights[one.customer_id] = weights.get(one.customer_id, 0.0) + half_after_180_days(one.at, now)
    return weights


def _clear(calls: Sequence[PastCall], now: datetime) -> str | None:
    """Who clearly makes these calls, or None."""
    weights = _weights(calls, now)
    if not weights:
        return None
    member = max(weights, key=lambda one: (weights[one], one))
    often = sum(one.customer_id == member for one in calls)
    return member if often >= _FEWEST_CALLS and weights[member] >= _CLEAR_SHARE * sum(weights.values()) else None
