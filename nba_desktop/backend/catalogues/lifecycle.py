"""The lives of catalogue versions, as the fold of the steps that were ever taken; pure.

    submitted → draft → approved (by a second person) → live → retired

At most one version is live. Beside it may stand one that is ramped: approved, and deciding for a share of the
customers; and any number in shadow: drafts or approved ones that decide too, recorded and not shown. Whichever version
goes live retires the one before. A rollback takes back the newest change: a ramp if one is running, else it brings the
version back that was live before, and the next one goes further back: what was taken back once comes back only by being
submitted and approved again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from nba_desktop.backend.errors import LifecycleError
from nba_desktop.backend.rows.catalogues import StepRow

INSTALLATION: Final = "installation"
"""Who acts when a backend takes its first catalogue in at its start; no person goes by that name."""


class State(StrEnum):
    """How far a version has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    LIVE = "live"
    RETIRED = "retired"


class Step(StrEnum):
    """What happened to a version; the values are stored."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    ACTIVATED = "activated"
    RAMPED = "ramped"
    SHADOWED = "shadowed"
    SHADOW_ENDED = "shadow_ended"
    ROLLED_BACK = "rolled_back"
    RETIRED = "retired"
    CAME_BACK = "came_back"
    """Written beside the rollback that brought it back, so that each version's history is whole."""


@dataclass(frozen=True, slots=True)
class Life:
    """One version: its state since when, and who brought it there; `submitted_by` is the last who submitted it."""

    version: str
    state: State
    since: datetime
    submitted_by: str
    submitted_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ramp:
    """The version that decides for `percent` of the customers (1 to 99), the live one for the others."""

    version: str
    percent: int


@dataclass(frozen=True, slots=True)
class Lives:
    """All versions after some steps; `earlier` were live before `live`, the last one immediately before."""

    of: Mapping[str, Life] = field(default_factory=dict)
    live: str | None = None
    earlier: tuple[str, ...] = ()
    ramp: Ramp | None = None
    shadows: tuple[str, ...] = ()
    revision: int = 0
    only_installation: bool = True

    def after(self, step: StepRow) -> Lives:
        """Return the lives after one more step; raise `LifecycleError` when the step is not possible."""
        lives = _MOVES[Step(step.step)](self, step)
        return replace(
            lives,
            revision=max(self.revision, step.revision),
            only_installation=self.only_installation and step.actor == INSTALLATION,
        )

    def life(self, version: str) -> Life:
        """Return a version's life; raise `LifecycleError` when there is no such version."""
        life = self.of.get(version)
        if life is None:
            raise LifecycleError(f"there is no version {version}: `catalogue list` shows those there are")
        return life


def lives_of(steps: Iterable[StepRow]) -> Lives:
    """Return what the steps, in order, come to."""
    lives = Lives()
    for step in steps:
        lives = lives.after(step)
    return lives


def _submitted(lives: Lives, step: StepRow) -> Lives:
    known = lives.of.get(step.version)
    if known is not None and known.state is not State.RETIRED:
        raise LifecycleError(
            f"version {known.version} is there already: {described(lives, known)}, submitted by {known.submitted_by}; "
            f"{_next_step(lives, known)}"
        )
    return _put(lives, Life(step.version, State.DRAFT, step.at, step.actor, step.at))


def _approved(lives: Lives, step: StepRow) -> Lives:
    life = lives.life(step.version)
    if life.state is not State.DRAFT:
        raise _impossible(lives, life, "approved")
    if same_person(life.submitted_by, step.actor):
        raise LifecycleError(
            f"version {life.version} is a draft that {life.submitted_by} submitted: a second person has to approve it "
            f"(catalogue approve {life.version} --by SOMEONE-ELSE)"
        )
    return _put(lives, replace(life, state=State.APPROVED, since=step.at, approved_by=step.actor, approved_at=step.at))


def _activated(lives: Lives, step: StepRow) -> Lives:
    life = lives.life(step.version)
    at_installation = life.state is State.DRAFT and step.actor == INSTALLATION and lives.only_installation
    if life.state is not State.APPROVED and not at_installation:
        raise _impossible(lives, life, "activated")
    _check_no_other_ramp(lives, life, "activated")
    return _gone_live(lives, life, step)


def _ramped(lives: Lives, step: StepRow) -> Lives:
    life = lives.life(step.version)
    if life.state is not State.APPROVED:
        raise _impossible(lives, life, "ramped")
    if step.percent is None or not 1 <= step.percent <= 100:
        raise LifecycleError(
            f"version {life.version} cannot be ramped to {step.percent} %: give a share from 1 to 100 percent"
        )
    _check_no_other_ramp(lives, life, "ramped")
    if lives.live is None:
        raise LifecycleError(
            f"version {life.version} is {_is(lives, life)} and cannot be ramped: there is no live version beside "
            f"it; {_next_step(lives, life)}"
        )
    if step.percent == 100:
        return _gone_live(lives, life, step)
    return replace(_without_shadow(lives, life.version), ramp=Ramp(life.version, step.percent))


def _shadowed(lives: Lives, step: StepRow) -> Lives:
    life = lives.life(step.version)
    if life.state not in (State.DRAFT, State.APPROVED) or _is_ramped(lives, life) or life.version in lives.shadows:
        raise _impossible(lives, life, "put in shadow")
    return replace(lives, shadows=(*lives.shadows, life.version))


def _shadow_ended(lives: Lives, step: StepRow) -> Lives:
    life = lives.life(step.version)
    if life.version not in lives.shadows:
        raise LifecycleError(
            f"version {life.version} is {_is(lives, life)} and not in shadow: there is nothing to stop"
        )
    return _without_shadow(lives, life.version)


def _rolled_back(lives: Lives, step: StepRow) -> Lives:
    life = lives.life(step.version)
    if life.version != newest_change(lives):
        raise _impossible(lives, life, "rolled back")
    if _is_ramped(lives, life):
        return replace(lives, ramp=None)
    # One that was submitted anew since waits for its approval.
    earlier = [one for one in lives.earlier if lives.life(one).state is State.RETIRED]
    if not earlier:
        raise LifecycleError(
            f"version {life.version} is live and no version was live before it: there is nothing to go back to; "
            "submit, approve and activate another"
        )
    *further, back = earlier
    return replace(_gone_live(lives, lives.life(back), step), earlier=tuple(further))


def _came_back(lives: Lives, step: StepRow) -> Lives:
    life = lives.life(step.version)
    if life.version != lives.live:
        raise _impossible(lives, life, "brought back")
    return lives


def _retired(lives: Lives, step: StepRow) -> Lives:
    life = lives.life(step.version)
    if life.state not in (State.DRAFT, State.APPROVED):
        raise _impossible(lives, life, "retired")
    lives = _put(_without_shadow(lives, life.version), replace(life, state=State.RETIRED, since=step.at))
    return replace(lives, ramp=None) if _is_ramped(lives, life) else lives


_MOVES: Final[Mapping[Step, Callable[[Lives, StepRow], Lives]]] = {
    Step.SUBMITTED: _submitted,
    Step.APPROVED: _approved,
    Step.ACTIVATED: _activated,
    Step.RAMPED: _ramped,
    Step.SHADOWED: _shadowed,
    Step.SHADOW_ENDED: _shadow_ended,
    Step.ROLLED_BACK: _rolled_back,
    Step.RETIRED: _retired,
    Step.CAME_BACK: _came_back,
}


def newest_change(lives: Lives) -> str | None:
    """Return the version that a rollback takes back: the ramped one, else the live one."""
    return lives.live if lives.ramp is None else lives.ramp.version


def same_person(one: str, other: str) -> bool:
    """Whether two names are the same person's, however they are written."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def described(lives: Lives, life: Life) -> str:
    """Return a version's state in words, with its ramp and its shadow."""
    if _is_ramped(lives, life) and lives.ramp is not None:
        return f"approved and ramped to {lives.ramp.percent} %"
    if life.version in lives.shadows:
        return f"{life.state.value}, in shadow"
    return life.state.value


def _is(lives: Lives, life: Life) -> str:
    said = described(lives, life)
    return f"a {said}" if life.state is State.DRAFT else said


def _gone_live(lives: Lives, life: Life, step: StepRow) -> Lives:
    lives = _without_shadow(lives, life.version)
    before = lives.live
    if before is not None:
        lives = _put(lives, replace(lives.of[before], state=State.RETIRED, since=step.at))
    lives = _put(lives, replace(life, state=State.LIVE, since=step.at))
    earlier = lives.earlier if before is None else (*lives.earlier, before)
    return replace(lives, live=life.version, earlier=tuple(one for one in earlier if one != life.version), ramp=None)


def _put(lives: Lives, life: Life) -> Lives:
    return replace(lives, of={**lives.of, life.version: life})


def _without_shadow(lives: Lives, version: str) -> Lives:
    return replace(lives, shadows=tuple(one for one in lives.shadows if one != version))


def _is_ramped(lives: Lives, life: Life) -> bool:
    return lives.ramp is not None and lives.ramp.version == life.version


def _check_no_other_ramp(lives: Lives, life: Life, done: str) -> None:
    if lives.ramp is not None and lives.ramp.version != life.version:
        other = lives.ramp
        raise LifecycleError(
            f"version {life.version} is {_is(lives, life)} and cannot be {done} while version {other.version} is "
            f"ramped to {other.percent} %: finish that ramp (catalogue activate {other.version}) or end it "
            "(catalogue rollback)"
        )


def _impossible(lives: Lives, life: Life, done: str) -> LifecycleError:
    return LifecycleError(
        f"version {life.version} is {_is(lives, life)} and cannot be {done}: {_next_step(lives, life)}"
    )


def _next_step(lives: Lives, life: Life) -> str:
    """What can be done with a version as it is."""
    match life.state:
        case State.DRAFT:
            return f"it waits for a second person's approval (catalogue approve {life.version} --by NAME)"
        case State.APPROVED if _is_ramped(lives, life):
            return f"change its share or finish (catalogue activate {life.version}), or end it (catalogue rollback)"
        case State.APPROVED:
            return f"activate it (catalogue activate {life.version} --by NAME) or retire it"
        case State.LIVE:
            return "activate another version, or go back to the one before (catalogue rollback --by NAME)"
        case State.RETIRED:
            return f"submit it again (catalogue show {life.version} --out FOLDER writes its files)"
