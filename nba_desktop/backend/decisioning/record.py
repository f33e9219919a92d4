"""The record of a decision: everything it was made from, as it is kept and read again.

What is written is plain JSON: dates as ISO 8601, floats to six decimals. Names and contact points are never in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.attributes import Schema, Value
from nba_desktop.backend.decisioning.live import LiveState
from nba_desktop.contract.base import Language, Params
from nba_desktop.contract.codes import ActionKind, DecisionChannel, Load, NoRecommendation, Stage


@dataclass(frozen=True, slots=True)
class CandidateRecord:
    """An action that could have been shown, with every factor of its priority.

    `propensity` is the calibrated mean before arbitration and `deviation` its uncertainty in log-odds; `drawn` is the
    propensity that was tried, and `score` = drawn × context × value × levers. `levers` is 1 in the arm without levers.
    `moved_by` is in log-odds from `base_rate`, of what is shown only. `shown_probability` is over all arms and draws;
    see `exploration`.
    """

    action_id: str
    kind: ActionKind
    group: str
    propensity: float
    deviation: float
    drawn: float
    base_rate: float
    moved_by: Mapping[str, float]
    context: float
    value: float
    levers: float
    bonus_eur: float | None
    score: float
    quiet: bool
    shown_probability: float


@dataclass(frozen=True, slots=True)
class RemovedRecord:
    """An action that is not shown: the stage and rule that removed it, and the values of its sentence."""

    action_id: str
    stage: Stage
    rule: str
    params: Params


@dataclass(frozen=True, slots=True)
class WaitingRecord:
    """An event that raised an action by so many percent: the trigger, and the moment of its touchpoint."""

    action_id: str
    trigger_id: str
    percent: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LiveRecord:
    """What became of an attribute that a provider supplies, and when it answered; the value is among the inputs."""

    attribute: str
    provider: str
    state: LiveState
    at: datetime | None


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """One decision.

    `candidates` are best first, `removed` holds every action of the catalogue that is not in `slate`. `reserved` has
    the service actions a place was kept for, `demoted` the side product that may not be first, `explored` what stands
    higher than its mean propensity would put it, `unmodelled` the candidates the model does not know (they count with
    their base rate). The `context` of a candidate holds what `waiting` raised it by.
    """

    decided_at: datetime
    customer_id: str | None
    authenticated: bool
    language: Language
    channel: DecisionChannel
    placement: str | None
    concern: str | None
    concern_solved: bool | None
    catalogue_version: str
    model_version: str
    arm: Arm
    load: Load
    seed: str
    none_because: NoRecommendation | None
    inputs: Mapping[str, Value]
    withheld: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    candidates: tuple[CandidateRecord, ...] = ()
    removed: tuple[RemovedRecord, ...] = ()
    slate: tuple[str, ...] = ()
    slate_probability: float = 1.0
    reserved: tuple[str, ...] = ()
    demoted: str | None = None
    explored: tuple[str, ...] = ()
    unmodelled: tuple[str, ...] = ()
    waiting: tuple[WaitingRecord, ...] = ()
    live: tuple[LiveRecord, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the record as JSON can hold it."""
        return {
            "decided_at": self.decided_at.isoformat(),
            "customer_id": self.customer_id,
            "authenticated": self.authenticated,
            "language": self.language,
            "channel": self.channel.value,
            "placement": self.placement,
            "concern": self.concern,
            "concern_solved": self.concern_solved,
            "catalogue_version": self.catalogue_version,
            "model_version": self.model_version,
            "arm": self.arm.value,
            "load": self.load.value,
            "seed": self.seed,
            "none_because": None if self.none_because is None else self.none_because.value,
            "inputs": {name: _plain(value) for name, value in sorted(self.inputs.items())},
            "withheld": list(self.withheld),
            "unfit": list(self.unfit),
            "stale": list(self.stale),
            "candidates": [_candidate(one) for one in self.candidates],
            "removed": [
                {"action_id": one.action_id, "stage": one.stage.value, "rule": one.rule, "params": dict(one.params)}
                for one in self.removed
            ],
            "slate": list(self.slate),
            "slate_probability": self.slate_probability,
            "reserved": list(self.reserved),
            "demoted": self.demoted,
            "explored": list(self.explored),
            "unmodelled": list(self.unmodelled),
            "waiting": [
                {
                    "action_id": one.action_id,
                    "trigger_id": one.trigger_id,
                    "percent": one.percent,
                    "at": one.at.isoformat(),
                }
                for one in self.waiting
            ],
            "live": [
                {
                    "attribute": one.attribute,
                    "provider": one.provider,
                    "state": one.state,
                    "at": None if one.at is None else one.at.isoformat(),
                }
                for one in self.live
            ],
        }


_DECISION = tuple(one.name for one in fields(DecisionRecord))
_CANDIDATE = tuple(one.name for one in fields(CandidateRecord))


def read_record(plain: Mapping[str, Any], schema: Schema) -> DecisionRecord:
    """Read a record as it is kept; `schema` says which of its inputs are dates."""
    # Records of before there were triggers and providers know nothing of what waits and of who was asked.
    known = {name: plain[name] for name in _DECISION if name not in {"waiting", "live"}}
    none_because = plain["none_because"]
    return DecisionRecord(
        **known
        | {name: tuple(plain[name]) for name in ("withheld", "unfit", "stale", "slate", "reserved", "explored")}
        | {
            "unmodelled": tuple(plain["unmodelled"]),
            "waiting": tuple(
                WaitingRecord(**one | {"at": datetime.fromisoformat(one["at"])}) for one in plain.get("waiting", ())
            ),
            "live": tuple(
                LiveRecord(**one | {"at": None if one["at"] is None else datetime.fromisoformat(one["at"])})
                for one in plain.get("live", ())
            ),
            "decided_at": datetime.fromisoformat(plain["decided_at"]),
            "channel": DecisionChannel(plain["channel"]),
            "arm": Arm(plain["arm"]),
            "load": Load(plain["load"]),
            "none_because": None if none_because is None else NoRecommendation(none_because),
            "inputs": values_of(plain, schema),
            "candidates": candidates_of(plain),
            "removed": tuple(
                RemovedRecord(one["action_id"], Stage(one["stage"]), one["rule"], one["params"])
                for one in plain["removed"]
            ),
        }
    )


def candidates_of(plain: Mapping[str, Any]) -> tuple[CandidateRecord, ...]:
    """Return the candidates of a record as it is kept, best first."""
    return tuple(
        CandidateRecord(**{name: one[name] for name in _CANDIDATE} | {"kind": ActionKind(one["kind"])})
        for one in plain["candidates"]
    )


def values_of(plain: Mapping[str, Any], schema: Schema) -> dict[str, Value]:
    """Return the values a record's decision was made from, with dates as dates again."""
    return {name: _typed(value, name, schema) for name, value in plain["inputs"].items()}


def _typed(value: Any, name: str, schema: Schema) -> Value:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and name in schema and schema[name].type == "date":
        return date.fromisoformat(value)
    typed: Value = value
    return typed


def _candidate(one: CandidateRecord) -> dict[str, object]:
    plain: dict[str, object] = {name: getattr(one, name) for name in _CANDIDATE}
    plain["kind"] = one.kind.value
    plain["moved_by"] = dict(one.moved_by)
    return plain


def _plain(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
