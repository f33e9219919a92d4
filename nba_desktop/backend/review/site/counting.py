"""One week of the site, counted from its teams' packed weeks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.review.counting import number_in
from nba_desktop.backend.review.figures import rate
from nba_desktop.backend.review.segments import NONE, Segment
from nba_desktop.backend.review.statistics.uplift import Counts, NotYet, Uplift, uplift
from nba_desktop.contract.review import Duration, Handling, Rate

_SHARE: Final = 0.95
_PARTS: Final = {"talk": "talk_s", "hold": "hold_s", "after_call_work": "after_s"}


def handling_of(segments: Sequence[Segment]) -> Handling:
    """Return the mean times of calls; the whole where talk and after-call work are known."""
    columns = {part: _column(segments, name) for part, name in _PARTS.items()}
    known = {part: column != NONE for part, column in columns.items()}
    every = known["talk"] & known["after_call_work"]
    # Holding that nobody told of is in the talk.
    whole = columns["talk"] + np.where(known["hold"], columns["hold"], 0) + columns["after_call_work"]
    means = {part: _mean(column[known[part]]) for part, column in columns.items()}
    return Handling(**means, handling=_mean(whole[every]))


def resolution_of(segments: Sequence[Segment]) -> Rate:
    """Return the share of solved contacts without a repeat, of those in which the customer was known for sure."""
    trials = successes = 0
    for one in segments:
        solved = one.call_bit("solved") & one.call_bit("authenticated")
        trials += int(solved.sum())
        successes += int((solved & ~one.call_bit("repeated")).sum())
    return rate(successes, trials)


def transfers_of(segments: Sequence[Segment]) -> Rate:
    """Return the share of calls that were given to somebody else."""
    given = sum(int(one.call_bit("transferred").sum()) for one in segments)
    return rate(given, calls_of(segments))


def availability_of(segments: Sequence[Segment]) -> Rate:
    """Return the share of identified calls with a recommendation on the screen, without those that are to show none."""
    trials = successes = 0
    for one in segments:
        identified = one.call_bit("identified") & ~_arm(one, Arm.NOTHING)
        trials += int(identified.sum())
        successes += int((identified & _any_of(one, one.action_bit("shown"))).sum())
    return rate(successes, trials)


def consent_asked_of(segments: Sequence[Segment]) -> Rate:
    """Return the share of calls in which a consent was asked for, of those in which one was missing."""
    missing = sum(int(one.call_bit("consent_missing").sum()) for one in segments)
    asked = sum(int((one.call_bit("consent_missing") & one.call_bit("consent_asked")).sum()) for one in segments)
    return rate(asked, missing)


def latency_of(segments: Sequence[Segment]) -> float | None:
    """Return the 95th percentile of how long views took, in milliseconds, or None without any."""
    times = _column(segments, "painted_ms")
    known = times[times != NONE]
    return float(np.quantile(known, _SHARE)) if len(known) else None


def withheld_in(segments: Sequence[Segment]) -> frozenset[str]:
    """Return the actions that are withheld where nothing is shown; others are shown there, too, and cannot tell."""
    found: set[str] = set()
    for one in segments:
        numbers = np.unique(one.actions["action"][one.action_bit("withheld")])
        found.update(one.names["actions"][number] for number in numbers.tolist())
    return frozenset(found)


def uplift_of(segments: Sequence[Segment], withheld: frozenset[str], since: date, planned: int) -> Uplift | NotYet:
    """Return what customers complete more of the best actions where these are shown than where they are withheld.

    A case is a customer's first opportunity call since a day, with at least one of the actions that are `withheld` in
    the other group, and a success that one of these was completed soon after, whether the customer accepted it in the
    call or later or did it by himself.
    """
    treated, control = [0, 0], [0, 0]
    for one in segments:
        chance = one.call_bit("opportunity") & one.first_chance_since(since)
        numbers = [number for number, name in enumerate(one.names["actions"]) if name in withheld]
        counts = np.isin(one.actions["action"], numbers)
        for sums, arm, bit in ((treated, Arm.RANKED, "shown"), (control, Arm.NOTHING, "withheld")):
            case = counts & one.action_bit(bit)
            calls = chance & _arm(one, arm) & _any_of(one, case)
            sums[0] += int((calls & _any_of(one, case & one.action_bit("completed_anyhow"))).sum())
            sums[1] += int(calls.sum())
    return uplift(Counts(*treated), Counts(*control), planned)


def calls_of(segments: Sequence[Segment]) -> int:
    """Return how many calls there are."""
    return sum(len(one.calls["agent"]) for one in segments)


def _arm(segment: Segment, arm: Arm) -> BoolArray:
    mask: BoolArray = segment.calls["arm"] == number_in(segment.names["arms"], arm.value)
    return mask


def _any_of(segment: Segment, actions: BoolArray) -> BoolArray:
    """Which calls have one of some actions."""
    found = np.zeros(len(segment.calls["agent"]), np.bool_)
    found[segment.call_of_action[actions]] = True
    return found


def _column(segments: Sequence[Segment], name: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.concatenate([one.calls[name].astype(np.int64) for one in segments] or [np.zeros(0, np.int64)])


def _mean(seconds: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Duration:
    return Duration(calls=len(seconds), mean_s=float(seconds.mean())) if len(seconds) else Duration(calls=0)
