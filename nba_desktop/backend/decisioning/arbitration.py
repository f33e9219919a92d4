"""From every action of the catalogue to the few that are shown: stages, score, selection.

Stages in their order: legal block → eligibility → applicability → suitability → contact policy → agent. The first
rule that fails removes the action. What remains is scored (propensity × context × value × levers) and selected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue, Rule
from nba_desktop.backend.decisioning.contact_policy import Removal, blocked_by_consent, blocked_by_past
from nba_desktop.backend.decisioning.propensity import Propensity, PropensityModel
from nba_desktop.backend.model import ConsentFacts, PastResponse
from nba_desktop.contract.codes import ActionKind, Stage

SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Situation:
    """What arbitration looks at besides the catalogue."""

    values: Mapping[str, Value]
    consents: ConsentFacts
    past: tuple[PastResponse, ...]
    now: datetime
    agent_skills: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An action that may be shown, with every factor of its score."""

    action: Action
    propensity: Propensity
    context: float
    levers: float
    quiet: bool

    @property
    def score(self) -> float:
        return self.propensity.value * self.context * self.action.value * self.levers


@dataclass(frozen=True, slots=True)
class Removed:
    """An action that is not shown; `rule` is the catalogue's rule where it was one of those."""

    action: Action
    removal: Removal
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Slate:
    """What is shown, in order, and what the selection left out."""

    shown: tuple[Candidate, ...]
    left_out: tuple[Removed, ...]
    service_reserved: str | None = None
    demoted: str | None = None


def arbitrate(
    catalogue: Catalogue, propensities: PropensityModel, situation: Situation
) -> tuple[tuple[Candidate, ...], tuple[Removed, ...]]:
    """Split the catalogue into candidates (best first) and removed actions (in the catalogue's order)."""
    groups = {action.action_id: action.entry.group for action in catalogue.actions}
    candidates: list[Candidate] = []
    removed: list[Removed] = []
    for action in catalogue.actions:
        out = _removed(catalogue, action, groups, situation)
        if out is not None:
            removed.append(out)
        else:
            candidates.append(_candidate(catalogue, propensities, action, situation))
    candidates.sort(key=lambda one: (one.quiet, -one.score, one.action.action_id))
    return tuple(candidates), tuple(removed)


def select(candidates: tuple[Candidate, ...]) -> Slate:
    """Choose the slate from candidates in their order: one consent question at most, one service action at least."""
    left_out: list[Removed] = []
    ranked: list[Candidate] = []
    consent_seen = False
    for one in candidates:
        if one.action.entry.kind is ActionKind.CONSENT:
            if consent_seen:
                left_out.append(Removed(one.action, Removal(Stage.SELECTION, "one_consent_only", {})))
                continue
            consent_seen = True
        ranked.append(one)
    shown, rest = ranked[:SHOWN], ranked[SHOWN:]
    reserved = _reserve_service(shown, rest)
    demoted = _strategic_first(shown)
    for place, one in enumerate(rest, start=SHOWN + 1):
        gave_way = reserved is not None and place == SHOWN + 1
        rule = "service_reserved" if gave_way else "outranked"
        left_out.append(Removed(one.action, Removal(Stage.SELECTION, rule, {"place": place})))
    return Slate(tuple(shown), tuple(left_out), reserved, demoted)


def _reserve_service(shown: list[Candidate], rest: list[Candidate]) -> str | None:
    if any(one.action.entry.kind is ActionKind.SERVICE for one in shown):
        return None
    best = next((one for one in rest if one.action.entry.kind is ActionKind.SERVICE), None)
    if best is None:
        return None
    rest.remove(best)
    rest.insert(0, shown.pop())
    shown.append(best)
    return best.action.action_id


def _strategic_first(shown: list[Candidate]) -> str | None:
    """A side product never ranks first because it is easy to sell; quiet actions do not pass loud ones for that."""
    if not shown or shown[0].action.entry.strategic:
        return None
    first = shown[0]
    for place, one in enumerate(shown):
        if one.action.entry.strategic and one.quiet == first.quiet:
            shown.insert(0, shown.pop(place))
            return first.action.action_id
    return None


def _removed(catalogue: Catalogue, action: Action, groups: Mapping[str, str], situation: Situation) -> Removed | None:
    if action.advertising and situation.consents.objected:
        return Removed(action, Removal(Stage.LEGAL, "advertising_objection", {}))
    for stage in (Stage.ELIGIBILITY, Stage.APPLICABILITY, Stage.SUITABILITY):
        if stage is Stage.APPLICABILITY and action.advertising and situation.values.get("open_complaint") is True:
            return Removed(action, Removal(stage, "open_complaint", {}))
        for at, rule in action.rules:
            if at is stage and not _lets_pass(rule, situation.values):
                unknown = rule.condition(situation.values) is None
                return Removed(action, Removal(stage, rule.entry.id, {"unknown": unknown}), rule)
    purpose = action.entry.consent_purpose
    if purpose is not None:
        settled = blocked_by_consent(catalogue, purpose, situation.consents, situation.now)
        if settled is not None:
            return Removed(action, settled)
    resting = blocked_by_past(action, situation.past, groups, situation.now, catalogue.zone)
    if resting is not None:
        return Removed(action, resting)
    for skill in action.entry.skills:
        if skill not in situation.agent_skills:
            return Removed(action, Removal(Stage.AGENT, "skill_missing", {"skill": skill}))
    return None


def _lets_pass(rule: Rule, values: Mapping[str, Value]) -> bool:
    """Unknown makes nothing eligible and excludes nothing."""
    answer = rule.condition(values)
    return answer is True if rule.required else answer is not True


def _candidate(catalogue: Catalogue, propensities: PropensityModel, action: Action, situation: Situation) -> Candidate:
    concern = situation.values.get("concern")
    weights = [one.weight for one in catalogue.entry.context if one.concern == concern and aims_at(one.target, action)]
    levers = [one.percent for one in catalogue.entry.levers if aims_at(one.target, action)]
    return Candidate(
        action=action,
        propensity=propensities.propensity(action, situation.values),
        context=_factor(weights),
        levers=_factor(levers),
        quiet=action.advertising and situation.values.get("concern_solved") is not True,
    )


def aims_at(target: str, action: Action) -> bool:
    """Whether `issue/…`, `group/…` or `action/…` means this action; the issue is the action's kind."""
    level, _, name = target.partition("/")
    match level:
        case "issue":
            return name == action.entry.kind.value
        case "group":
            return name == action.entry.group
    return name == action.action_id


def _factor(percents: list[int]) -> float:
    return max(1 + sum(percents) / 100, 0.0)
