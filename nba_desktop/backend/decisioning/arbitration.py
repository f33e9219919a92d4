"""Which actions of the catalogue may be shown at all: the stages before any score.

Legal block → eligibility → applicability → suitability → contact policy → agent; the first rule that fails removes the
action. The conditions of all rules are one function per catalogue; only where a rule removes is it asked once more, by
itself, whether its answer was no or unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.built_in_rules import (
    ADVERTISING_OBJECTION,
    is_objected_to,
    out_of_date,
    skill_missing,
    value_missing,
)
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue, Rule
from nba_desktop.backend.decisioning.conditions import Condition, fuse
from nba_desktop.backend.decisioning.contact_policy import ContactPolicy, Removal, blocked_by_consent
from nba_desktop.backend.decisioning.quiet import (
    REPRESENTATIVE,
    is_held_back,
    is_the_customers_own,
    quiet_reasons,
    quiet_removals,
)
from nba_desktop.backend.decisioning.record import RemovedRecord
from nba_desktop.backend.model import ConsentFacts
from nba_desktop.contract.codes import ActionKind, DecisionChannel, QuietReason, Stage


@dataclass(frozen=True, slots=True)
class Situation:
    """What the stages look at besides the catalogue; `today` is the day where the site is."""

    values: Mapping[str, Value]
    consents: ConsentFacts
    policy: ContactPolicy
    now: datetime
    today: date
    agent_skills: frozenset[str]
    channel: DecisionChannel = DecisionChannel.CALL
    placement: str | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """What a quiet call holds back in all actions alike."""

    by_speaker: bool
    quiet: Removal | None


@dataclass(frozen=True, slots=True)
class _Check:
    """One rule: which answer of the fused function lets pass, and how the rule removes."""

    answer: int
    passes: bool
    stage: Stage
    rule: Rule


@dataclass(frozen=True, slots=True)
class _Staged:
    """An action with its checks, eligibility apart from what comes later."""

    action: Action
    eligibility: tuple[_Check, ...]
    later: tuple[_Check, ...]


class Stages:
    """The stages of one catalogue, compiled once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        answers: dict[str, int] = {}
        conditions: list[Condition] = []
        for action in catalogue.actions:
            for _, rule in action.rules:
                if rule.condition.source not in answers:
                    answers[rule.condition.source] = len(conditions)
                    conditions.append(rule.condition)
        self._truths = fuse(conditions)
        self._staged = tuple(_staged(action, answers) for action in catalogue.actions)
        self._placements = frozenset(one.id for one in catalogue.entry.placements)

    def split(self, situation: Situation) -> tuple[list[int], list[RemovedRecord]]:
        """Return the places of the actions that may be shown, and the removed ones, in the catalogue's order."""
        truths = self._truths(situation.values)
        reasons = quiet_reasons(situation.values, self._catalogue.entry.quiet)
        quiet = next(iter(quiet_removals(situation.values, reasons)), None)
        held = _Held(QuietReason.REPRESENTATIVE in reasons, quiet)
        consents: dict[object, Removal | None] = {}
        left: list[int] = []
        removed: list[RemovedRecord] = []
        for place, staged in enumerate(self._staged):
            out = self._removal(staged, truths, situation, held, consents)
            if out is None:
                left.append(place)
            else:
                removed.append(RemovedRecord(staged.action.action_id, out.stage, out.rule, out.params))
        return left, removed

    def _removal(
        self,
        staged: _Staged,
        truths: tuple[bool, ...],
        situation: Situation,
        held: _Held,
        consents: dict[object, Removal | None],
    ) -> Removal | None:
        action = staged.action
        if situation.consents.objected and is_objected_to(action):
            return ADVERTISING_OBJECTION
        if held.by_speaker and is_the_customers_own(action):
            return REPRESENTATIVE
        out = (
            out_of_date(action, situation.today)
            or _failed(staged.eligibility, truths, situation.values)
            or value_missing(action, situation.values)
        )
        if out is not None:
            return out
        if held.quiet is not None and is_held_back(action):
            return held.quiet
        if situation.channel is DecisionChannel.PORTAL and not self._may_stand(action, situation.placement):
            return Removal(Stage.APPLICABILITY, "placement", {"placement": situation.placement})
        settled = self._consent_settled(action, situation, consents)
        if settled is not None and settled.stage is Stage.APPLICABILITY:
            return settled
        out = _failed(staged.later, truths, situation.values) or settled or situation.policy.removal(action)
        if out is not None:
            return out
        return skill_missing(action, situation.agent_skills) if situation.channel is DecisionChannel.CALL else None

    def _may_stand(self, action: Action, placement: str | None) -> bool:
        """Whether the portal may show the action there.

        The portal has a page of its own for consents: a consent question is a teaser only where its action names the
        place.
        """
        if placement not in self._placements:
            return False
        named = action.entry.placements
        return placement in named if named or action.entry.kind is ActionKind.CONSENT else True

    def _consent_settled(
        self, action: Action, situation: Situation, found: dict[object, Removal | None]
    ) -> Removal | None:
        purpose = action.entry.consent_purpose
        if purpose is None:
            return None
        if purpose not in found:
            found[purpose] = blocked_by_consent(self._catalogue, purpose, situation.consents, situation.now)
        return found[purpose]


def _staged(action: Action, answers: Mapping[str, int]) -> _Staged:
    checks = tuple(_Check(answers[rule.condition.source], rule.required, stage, rule) for stage, rule in action.rules)
    return _Staged(
        action,
        tuple(one for one in checks if one.stage is Stage.ELIGIBILITY),
        tuple(one for one in checks if one.stage is not Stage.ELIGIBILITY),
    )


def _failed(checks: tuple[_Check, ...], truths: tuple[bool, ...], values: Mapping[str, Value]) -> Removal | None:
    """The first rule that does not let pass: what it requires must be true, what it excludes must not be true.

    So unknown makes nothing eligible and excludes nothing.
    """
    for one in checks:
        if truths[one.answer] is not one.passes:
            unknown = one.rule.condition(values) is None
            return Removal(one.stage, one.rule.entry.id, {"unknown": unknown})
    return None
