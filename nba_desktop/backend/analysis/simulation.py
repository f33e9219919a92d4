"""Decides for many customers with the engine itself, with one version of the catalogue or two, and counts.

Nothing is tried out and nobody is in a control arm: what counts are the mean propensities.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np

from nba_desktop.backend.analysis.obstacles import Obstacles
from nba_desktop.backend.analysis.population import Person, Population
from nba_desktop.backend.analysis.rule_costs import RuleAt, RuleCosts, RuleOf
from nba_desktop.backend.analysis.sensitivity import Sensitivity
from nba_desktop.backend.analysis.simulation_changes import Changes
from nba_desktop.backend.analysis.simulation_report import (
    GOOD_CHOICE,
    ActionResult,
    Choice,
    FunnelStep,
    IssueResult,
    LostTo,
    RuleCost,
    SimulationReport,
    Stop,
    VersionResult,
    WithoutAction,
)
from nba_desktop.backend.analysis.simulation_rules import RuleSentences
from nba_desktop.backend.decisioning.built_in_rules import LOAD_GATE
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.engine import Engine
from nba_desktop.backend.decisioning.entries.policies import ArmsEntry
from nba_desktop.backend.decisioning.learning.protocols import PropensityModel
from nba_desktop.backend.decisioning.record import DecisionRecord
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisioning.scoring import believer
from nba_desktop.backend.journey.concerns import probable_concerns
from nba_desktop.contract.codes import ActionKind, Load, Stage

STEPS: Final = (
    *(stage.value for stage in Stage if stage is not Stage.SELECTION),
    LOAD_GATE,
    Stage.SELECTION.value,
)
"""The steps of the funnel; the load gate is a part of the selection that comes before any score."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The situation everybody is in; `concern` None is each customer's most probable one."""

    now: datetime
    concern: str | None = None
    solved: bool = True
    load: Load = Load.NORMAL


@dataclass(frozen=True, slots=True)
class Version:
    """A catalogue to simulate with its model, and what the agent may do; `name` is what it is called in the report."""

    name: str
    catalogue: Catalogue
    model: PropensityModel
    skills: frozenset[str]
    authority: str | None


def simulate(
    population: Population,
    version: Version,
    against: Version | None,
    setting: Setting,
    progress: Callable[[int, float], None],
) -> SimulationReport:
    """Decide for everybody; `progress` is told after each customer how many are done, and after how many seconds."""
    trials = [Trial(one, setting) for one in (version, against) if one is not None]
    changes = Changes()
    began = time.perf_counter()
    customers = 0
    for customers, person in enumerate(population.people, start=1):
        records = [trial.decide(person) for trial in trials]
        if len(records) == 2:
            changes.add(records[1].slate, records[0].slate)
        progress(customers, time.perf_counter() - began)
    results = [trial.result() for trial in trials]
    seconds = time.perf_counter() - began
    return SimulationReport(
        customers=customers,
        source=population.source,
        seed=population.seed,
        at=setting.now,
        concern=setting.concern,
        solved=setting.solved,
        load=setting.load.value,
        seconds=round(seconds, 3),
        customers_per_second=round(customers / seconds, 1),
        result=results[0],
        against=results[1] if against is not None else None,
        comparison=changes.result(results[0], results[1], customers) if against is not None else None,
    )


def request_for(person: Person, setting: Setting, skills: frozenset[str], authority: str | None) -> DecisionRequest:
    """The question that is asked about one person."""
    concern = setting.concern
    if concern is None:
        concern = probable_concerns(person.touchpoints, person.record.facts, setting.now)[0].code
    return DecisionRequest(
        customer=person.record,
        authenticated=True,
        touchpoints=person.touchpoints,
        consents=person.consents,
        past=person.past,
        now=setting.now,
        language="en",
        concern=concern,
        concern_solved=setting.solved,
        agent_skills=skills,
        authority=authority,
        exposures=person.exposures,
        load=setting.load,
        seed="simulation",
    )


def certain(catalogue: Catalogue) -> Catalogue:
    """The catalogue with nothing tried out and no control arms, under its own version."""
    learning = catalogue.entry.learning.model_copy(update={"exploration": 0.0})
    arms = ArmsEntry(ranked=100, without_levers=0, random=0, nothing=0)
    return replace(catalogue, entry=catalogue.entry.model_copy(update={"learning": learning, "arms": arms}))


class Trial:
    """One version of the catalogue, and what it has come to so far."""

    def __init__(self, version: Version, setting: Setting) -> None:
        catalogue = version.catalogue
        self._version = version
        self._setting = setting
        self._today = setting.now.astimezone(catalogue.zone).date()
        self._engine = Engine(certain(catalogue))
        base_rates = np.array([one.entry.base_rate for one in catalogue.actions])
        self._believed = believer(tuple(one.action_id for one in catalogue.actions), base_rates)
        self._kind_of = {one.action_id: one.entry.kind for one in catalogue.actions}
        self._obstacles = Obstacles(catalogue, version.skills, setting.load, setting.now)
        self._rules = RuleCosts(catalogue)
        self._sensitivity = Sensitivity(catalogue, version.authority)
        self._customers = 0
        self._removed: Counter[str] = Counter()
        self._left_with: Counter[str] = Counter()
        self._stops: Counter[tuple[str, Stage, str]] = Counter()
        self._first: Counter[str] = Counter()
        self._shown: Counter[str] = Counter()
        self._issue_customers: Counter[ActionKind] = Counter()
        self._choices: Counter[int] = Counter()

    def decide(self, person: Person) -> DecisionRecord:
        """Decide for one person, count, and return the engine's record."""
        version = self._version
        request = request_for(person, self._setting, version.skills, version.authority)
        record = self._engine.judge(version.model, request)
        means = None
        if len(record.candidates) > 1 or self._obstacles.gated:
            means = self._believed(version.model, record.inputs)[0].means
        self._rules.add(record.inputs, self._obstacles.of(person, record.inputs, means))
        if means is not None:
            self._sensitivity.add(record, means)
        self._count(record)
        return record

    def result(self) -> VersionResult:
        """Return what it has come to."""
        self._rules.finish()
        version, catalogue, customers = self._version, self._version.catalogue, self._customers
        sentences = RuleSentences(catalogue, self._today)
        return VersionResult(
            name=version.name,
            version=catalogue.version,
            model_version=version.model.version,
            authority=version.authority,
            skills=tuple(sorted(version.skills)),
            funnel=self._funnel(),
            actions=tuple(self._action(one, sentences) for one in catalogue.actions),
            issues=tuple(self._issue(kind) for kind in ActionKind if kind in self._kind_of.values()),
            rules=self._rule_costs(sentences),
            choice=self._choice(),
            without=self._without(sentences),
            factors=self._sensitivity.result(max(customers, 1)),
        )

    def _count(self, record: DecisionRecord) -> None:
        self._customers += 1
        removed: Counter[str] = Counter()
        for one in record.removed:
            gated = one.stage is Stage.SELECTION and one.rule == LOAD_GATE
            removed[LOAD_GATE if gated else one.stage.value] += 1
            self._stops[one.action_id, one.stage, one.rule] += 1
        self._removed += removed
        left = len(self._kind_of)
        for step in STEPS:
            left -= removed[step]
            self._left_with[step] += left > 0
        self._choices[len(record.candidates)] += 1
        self._first.update(record.slate[:1])
        self._shown.update(record.slate)
        self._issue_customers.update({self._kind_of[action_id] for action_id in record.slate})

    def _funnel(self) -> tuple[FunnelStep, ...]:
        left = self._customers * len(self._kind_of)
        steps: list[FunnelStep] = []
        for step in STEPS:
            left -= self._removed[step]
            steps.append(FunnelStep(step, self._removed[step], left, self._left_with[step]))
        return tuple(steps)

    def _action(self, action: Action, sentences: RuleSentences) -> ActionResult:
        action_id = action.action_id
        stops = [
            Stop(stage.value, rule, sentences.of(action_id, stage, rule), customers)
            for (of, stage, rule), customers in self._stops.items()
            if of == action_id
        ]
        selected = sum(one.customers for one in stops if one.stage == Stage.SELECTION.value and one.rule != LOAD_GATE)
        return ActionResult(
            action_id=action_id,
            title=sentences.title(action),
            issue=action.entry.kind.value,
            group=action.entry.group,
            candidates=self._shown[action_id] + selected,
            shown=self._shown[action_id],
            first=self._first[action_id],
            stops=tuple(sorted(stops, key=lambda one: (-one.customers, one.stage, one.rule))),
        )

    def _issue(self, kind: ActionKind) -> IssueResult:
        ids = [action_id for action_id, of in self._kind_of.items() if of is kind]
        return IssueResult(
            issue=kind.value,
            actions=len(ids),
            first=sum(self._first[one] for one in ids),
            shown=sum(self._shown[one] for one in ids),
            customers=self._issue_customers[kind],
        )

    def _rule_costs(self, sentences: RuleSentences) -> tuple[RuleCost, ...]:
        counts = self._rules.counts

        def cost(at: RuleAt) -> RuleCost:
            owner, stage, rule = at.of
            return RuleCost(
                action_id=at.action_id,
                owner=owner,
                stage=stage.value,
                rule=rule,
                sentence=sentences.of(at.action_id, stage, rule),
                fails=counts.fails[at],
                unknown=counts.unknown[at],
                removes=self._stops[at.action_id, stage, rule],
                only=counts.only[at],
            )

        costs = [cost(at) for at in counts.fails]
        return tuple(sorted(costs, key=lambda one: (-one.only, -one.fails, one.action_id, one.stage, one.rule)))

    def _choice(self) -> Choice:
        most = max(self._choices, default=0)
        histogram = tuple(self._choices[n] for n in range(most + 1))
        enough = sum(histogram[GOOD_CHOICE:])
        return Choice(
            median=_median(histogram),
            enough=enough,
            enough_share=enough / max(self._customers, 1),
            histogram=histogram,
        )

    def _without(self, sentences: RuleSentences) -> WithoutAction:
        counts = self._rules.counts
        at = {one.of: one.action_id for one in counts.fails}

        def lost(of: RuleOf) -> LostTo:
            sentence = sentences.of(at[of], of.stage, of.rule)
            return LostTo(of.owner, of.stage.value, of.rule, sentence, counts.blocks[of], counts.wins_back[of])

        rules = [lost(of) for of, customers in counts.blocks.items() if customers]
        return WithoutAction(
            customers=self._choices[0],
            share=self._choices[0] / max(self._customers, 1),
            rules=tuple(sorted(rules, key=lambda one: (-one.won_back, -one.customers, one.owner, one.rule))),
        )


def _median(histogram: tuple[int, ...]) -> float:
    """The median of numbers of which `histogram[n]` are n."""
    total = sum(histogram)
    if total == 0:
        return 0.0

    def at(rank: int) -> int:
        for number, count in enumerate(histogram):
            rank -= count
            if rank < 0:
                return number
        return len(histogram) - 1

    return (at((total - 1) // 2) + at(total // 2)) / 2
