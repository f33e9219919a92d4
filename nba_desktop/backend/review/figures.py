"""From counts to what is said: rates with their intervals, durations, and nothing of what is to be hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray
from nba_desktop.backend.review.counts import ACTION_MEASURES, PARTS, ActionCounts, Counts
from nba_desktop.backend.review.crowd import Crowd
from nba_desktop.backend.review.statistics.wilson import wilson
from nba_desktop.contract.review import Duration, Figures, Handling, Rate

_OF_ACTIONS: Final = {
    "presentation": ("presented", "opportunities"),
    "offer": ("offered", "addressed"),
    "acceptance": ("accepted", "decided"),
    "per_opportunity": ("won", "chances"),
    "conversion": ("converted", "mature"),
    "coverage": ("coded", "addressed"),
}
_OF_CALLS: Final = {
    "presentation": ("presented", "opportunities"),
    "per_opportunity": ("won", "chances"),
    "consent_asked": ("asked", "missing"),
    "consent_granted": ("granted", "asked"),
    "consent_confirmed": ("confirmed", "pending"),
}
_BEFORE: Final = {
    "decided": ("addressed",),
    "mature": ("addressed", "decided"),
    "chances": ("opportunities",),
    "asked": ("missing",),
    "pending": ("missing", "asked"),
}
"""What a case has been before it is one of these: of few of those, it tells something that nobody is among these."""
_OF_FOLLOW_UPS: Final = {"follow_up_kept": ("kept", "due")}
_PARTS: Final = dict(zip(PARTS, ("talk", "hold", "after_call_work", "handling"), strict=True))
_KINDS: Final = ("without_action", "with_action")
# Most of a large team's are one of these: to make each anew takes the longest.
_NO_RATE: Final = Rate(successes=0, trials=0)
_HIDDEN_RATE: Final = Rate(hidden=True)
_NO_DURATION: Final = Duration(calls=0)
_HIDDEN_DURATION: Final = Duration(hidden=True)
_NO_HANDLING: Final = Handling(**dict.fromkeys(_PARTS.values(), _HIDDEN_DURATION))
HIDDEN: Final = Figures(
    **dict.fromkeys((*_OF_ACTIONS, *_OF_CALLS, *_OF_FOLLOW_UPS), _HIDDEN_RATE),
    with_action=_NO_HANDLING,
    without_action=_NO_HANDLING,
)
"""What is said where there are too few cases."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Successes and trials, one of each for each row; `hidden` says in which rows they are not said."""

    successes: IntArray
    trials: IntArray
    hidden: BoolArray

    def rates(self) -> list[Rate]:
        """Return one rate for each row."""
        interval = wilson(self.successes, self.trials)
        rows = zip(
            self.successes.tolist(),
            self.trials.tolist(),
            interval.low.tolist(),
            interval.high.tolist(),
            self.hidden.tolist(),
            strict=True,
        )
        return [_rate(*row) for row in rows]


@dataclass(slots=True)
class _Rows:
    """Everything of some rows."""

    calls: Sequence[int | None]
    opportunities: Sequence[int | None]
    shown: Sequence[bool]
    rates: dict[str, list[Rate]] = field(default_factory=dict)
    handling: dict[str, list[Handling]] = field(default_factory=dict)

    def figures(self) -> list[Figures]:
        return [
            Figures(
                calls=self.calls[row],
                opportunities=self.opportunities[row],
                **{name: rates[row] for name, rates in self.rates.items()},
                **{name: handling[row] for name, handling in self.handling.items()},
            )
            if shown
            else HIDDEN
            for row, shown in enumerate(self.shown)
        ]


def figures_of_agents(counts: Counts, one_action: bool, shown: BoolArray) -> list[Figures]:
    """Return the figures of each line, an agent's; `shown` says whose may be."""
    nobody = np.zeros(len(shown), np.bool_)
    rows = _Rows(counts.calls["calls"].tolist(), counts.calls["opportunities"].tolist(), shown.tolist())
    for name, (x, n) in _pairs_of_agents(counts, one_action).items():
        rows.rates[name] = Pairs(x, n, nobody).rates()
    for kind, name in enumerate(_KINDS):
        parts = {part: (counts.seconds[part][:, kind], counts.timed[part][:, kind], nobody) for part in PARTS}
        rows.handling[name] = _handlings(parts)
    return rows.figures()


def figures_of_all(counts: Counts, one_action: bool, crowd: Crowd) -> Figures:
    """Return the figures of all lines together; each only where enough agents have a part in it."""
    calls, opportunities = (crowd.totals(counts.calls[name][:, np.newaxis])[0] for name in ("calls", "opportunities"))
    rows = _Rows([calls], [opportunities], [True])
    for name, (x, n) in _pairs_of_agents(counts, one_action).items():
        hidden = crowd.few(n[:, np.newaxis])
        for before in _before(counts, name):
            hidden |= (n.sum() == 0) & crowd.few(before[:, np.newaxis])
        rows.rates[name] = Pairs(x.sum(keepdims=True), n.sum(keepdims=True), hidden).rates()
    for kind, name in enumerate(_KINDS):
        parts = {
            part: (
                counts.seconds[part][:, kind].sum(keepdims=True),
                counts.timed[part][:, kind].sum(keepdims=True),
                crowd.few(counts.timed[part][:, kind, np.newaxis]),
            )
            for part in PARTS
        }
        rows.handling[name] = _handlings(parts)
    return rows.figures()[0]


def figures_of_actions(counts: ActionCounts, shown: BoolArray, crowd: Crowd) -> list[Figures]:
    """Return the figures of each action over all lines; `shown` says of which."""
    of = {name: counts.measure(name) for name in ACTION_MEASURES}
    rows = _Rows(
        of["shown"].sum(axis=0).tolist(),
        crowd.totals(of["opportunities"]),
        (shown & ~crowd.few(of["shown"])).tolist(),
    )
    for name, (x, n) in _OF_ACTIONS.items():
        successes, trials = of[x], of[n]
        hidden = crowd.few(trials)
        for before in _BEFORE.get(n, ()):
            hidden |= ~trials.any(axis=0) & crowd.few(of[before])
        rows.rates[name] = Pairs(successes.sum(axis=0), trials.sum(axis=0), hidden).rates()
    return rows.figures()


def figures_of_one(counts: ActionCounts) -> list[Figures]:
    """Return the figures of each action of one line."""
    own = {name: counts.measure(name)[0] for name in ACTION_MEASURES}
    everything = np.ones(len(own["shown"]), np.bool_)
    rows = _Rows(own["shown"].tolist(), own["opportunities"].tolist(), everything.tolist())
    for name, (x, n) in _OF_ACTIONS.items():
        rows.rates[name] = Pairs(own[x], own[n], ~everything).rates()
    return rows.figures()


def rate(successes: int, trials: int, hidden: bool = False) -> Rate:
    """Return one rate."""
    return Pairs(np.array([successes]), np.array([trials]), np.array([hidden])).rates()[0]


def _pairs_of_agents(counts: Counts, one_action: bool) -> dict[str, tuple[IntArray, IntArray]]:
    actions, calls = counts.actions, counts.calls
    pairs = {name: (actions[x], actions[n]) for name, (x, n) in _OF_ACTIONS.items()}
    pairs |= {name: (calls[x], calls[n]) for name, (x, n) in _OF_CALLS.items()}
    pairs |= {name: (counts.follow_ups[x], counts.follow_ups[n]) for name, (x, n) in _OF_FOLLOW_UPS.items()}
    if not one_action:
        # The reason for raising nothing is the call's, and no single action's.
        x, n = pairs["coverage"]
        pairs["coverage"] = (x + calls["reasons"], n + calls["unraised"])
    return pairs


def _before(counts: Counts, name: str) -> list[IntArray]:
    """By line, what the cases of a rate have been before."""
    if name in _OF_FOLLOW_UPS:
        return []
    of_calls = name in _OF_CALLS
    trials = (_OF_CALLS if of_calls else _OF_ACTIONS)[name][1]
    return [(counts.calls if of_calls else counts.actions)[before] for before in _BEFORE.get(trials, ())]


def _rate(successes: int, trials: int, low: float, high: float, hidden: bool) -> Rate:
    if hidden:
        return _HIDDEN_RATE
    if not trials:
        return _NO_RATE
    return Rate(successes=successes, trials=trials, value=successes / trials, low=low, high=high)


def _handlings(parts: Mapping[str, tuple[FloatArray, IntArray, BoolArray]]) -> list[Handling]:
    columns = {
        _PARTS[part]: [_duration(*row) for row in zip(seconds.tolist(), calls.tolist(), hidden.tolist(), strict=True)]
        for part, (seconds, calls, hidden) in parts.items()
    }
    names, lists = list(columns), list(columns.values())
    return [Handling(**dict(zip(names, row, strict=True))) for row in zip(*lists, strict=True)]


def _duration(seconds: float, calls: int, hidden: bool) -> Duration:
    if hidden:
        return _HIDDEN_DURATION
    return Duration(calls=calls, mean_s=seconds / calls) if calls else _NO_DURATION
