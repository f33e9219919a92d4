"""From priorities to a slate: the rules of selection, for one draw or for many at once.

A slate holds the highest priorities in their order, with these rules: at most one consent question; at least one
service action when there is a candidate and the slate has more than one slot (a place for one teaser has no room for a
second thing); what is quiet stands behind what is not; a side product never stands first while a strategic candidate
as loud as it is there.

A simulated draw and the one that is shown go through the same code, so that the probability of what is shown is the
probability of these rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, Places

_OUT: Final = -np.inf
_FIRST: Final = np.finfo(np.float64).max
_TINY: Final = np.finfo(np.float64).tiny


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the rules look at, (candidates,) each; of equal priorities the earlier candidate goes first."""

    service: BoolArray
    consent: BoolArray
    strategic: BoolArray
    quiet: BoolArray

    def __len__(self) -> int:
        return len(self.service)

    def keys(self, priorities: FloatArray) -> FloatArray:
        """Return priorities ≥ 0, (draws, candidates), as keys of one order in which quiet stands behind loud."""
        if not self.quiet.any():
            return priorities
        return np.where(self.quiet, -1 / np.maximum(priorities, _TINY), priorities)

    def of(self, places: Places) -> Candidates:
        """Return some of the candidates."""
        return Candidates(self.service[places], self.consent[places], self.strategic[places], self.quiet[places])


def slates(candidates: Candidates, keys: FloatArray, slots: int, kept: BoolArray | None = None) -> Places:
    """Choose a slate from each row of keys, (draws, candidates) → places of candidates, (draws, shown), best first.

    `kept`, (draws, candidates), is shown whatever its key; at most `slots` of a row. Every row holds the same number:
    the slots, or fewer where there are fewer candidates.
    """
    rows = np.arange(len(keys))
    work = keys.copy()
    if kept is not None:
        work[kept] = np.inf
    _lift_strategic(candidates, keys, work, rows)
    left = len(candidates) - _leave_one_consent(candidates, work, rows)
    shown = np.empty((len(keys), min(slots, left)), dtype=np.intp)
    for slot in range(shown.shape[1]):
        best = work.argmax(axis=1)
        shown[:, slot] = best
        work[rows, best] = _OUT
    if shown.shape[1] > 1:
        _reserve_service(candidates, keys, shown)
        order = np.argsort(-np.take_along_axis(keys, shown, axis=1), axis=1, kind="stable")
        shown = np.take_along_axis(shown, order, axis=1)
        _strategic_first(candidates, shown)
    return shown


def _lift_strategic(candidates: Candidates, keys: FloatArray, work: FloatArray, rows: Places) -> None:
    """See to it that a strategic candidate is in the slate where a side product has the highest key."""
    side_first = ~candidates.strategic[keys.argmax(axis=1)]
    if not side_first.any():
        return
    # Whatever is loudest comes first, in every draw.
    loudest = ~candidates.quiet if not candidates.quiet.all() else candidates.quiet
    able = np.flatnonzero(candidates.strategic & loudest)
    if len(able):
        best = able[keys[:, able].argmax(axis=1)]
        lifted = rows[side_first]
        work[lifted, best[side_first]] = np.maximum(work[lifted, best[side_first]], _FIRST)


def _leave_one_consent(candidates: Candidates, work: FloatArray, rows: Places) -> int:
    """Take all consent questions but each row's best out; return how many those are."""
    consents = np.flatnonzero(candidates.consent)
    if len(consents) < 2:
        return 0
    asked = work[:, consents]
    best = asked.argmax(axis=1)
    work[:, consents] = _OUT
    work[rows, consents[best]] = asked[rows, best]
    return len(consents) - 1


def _reserve_service(candidates: Candidates, keys: FloatArray, shown: Places) -> None:
    services = np.flatnonzero(candidates.service)
    if not len(services):
        return
    without = np.flatnonzero(~candidates.service[shown].any(axis=1))
    if len(without):
        shown[without, -1] = services[keys[np.ix_(without, services)].argmax(axis=1)]


def _strategic_first(candidates: Candidates, shown: Places) -> None:
    """Move the first strategic action that is as loud as the first to the front; the others keep their order."""
    first = shown[:, :1]
    able = candidates.strategic[shown] & (candidates.quiet[shown] == candidates.quiet[first])
    # Where none is able, argmax is 0 as well: nothing moves.
    moved_from = able.argmax(axis=1)
    if not moved_from.any():
        return
    for place in range(1, shown.shape[1]):
        those = np.flatnonzero(moved_from == place)
        shown[those, : place + 1] = np.roll(shown[those, : place + 1], 1, axis=1)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A candidate that is not in the slate; `place` is the one it would have, None for a consent question too many."""

    candidate: int
    rule: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules of selection did to a slate: who is left out, for whom a place was kept, who may not be first."""

    left_out: tuple[LeftOut, ...]
    reserved: tuple[int, ...]
    demoted: int | None


def tell(candidates: Candidates, order: Sequence[int], slate: Sequence[int]) -> Told:
    """Say what happened between the plain order of all candidates and the slate."""
    shown = set(slate)
    asked = next((one for one in order if candidates.consent[one] and one in shown), None)
    if asked is None:
        asked = next((one for one in order if candidates.consent[one]), None)
    too_many = [one for one in order if candidates.consent[one] and one != asked]
    plain = [one for one in order if one not in too_many]
    highest = plain[: len(slate)]
    reserved = tuple(one for one in slate if candidates.service[one] and one not in highest)
    left_out = [LeftOut(one, "one_consent_only") for one in too_many]
    for place, one in enumerate((one for one in plain if one not in shown), start=len(slate) + 1):
        rule = "service_reserved" if reserved and one in highest else "outranked"
        left_out.append(LeftOut(one, rule, place))
    first = highest[0] if highest else None
    overtaken = first is not None and not candidates.strategic[first] and first in slate[1:]
    return Told(tuple(left_out), reserved, first if overtaken else None)
