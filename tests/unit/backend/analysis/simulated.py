"""A small population with a past, and versions of the sample catalogue, for the tests of simulations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import cycle
from typing import Any

from nba_desktop.backend.analysis.population import Person, Population, generated_population
from nba_desktop.backend.analysis.simulation import Setting, Version, simulate
from nba_desktop.backend.analysis.simulation_report import SimulationReport
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.entries.policies import LearningEntry
from nba_desktop.backend.model import PastExposure, PastResponse
from nba_desktop.contract.codes import OutcomeCode, ResponseCode
from tests.fakes.decisions import NOW, RESOURCES, model_for, sample_catalogue

SETTING = Setting(NOW)
SKILLS = frozenset({"energy_advice"})


def exploring(catalogue: Catalogue) -> Catalogue:
    """The catalogue as a site has it that tries things out."""
    learning = LearningEntry(mode="bayes", exploration=1)
    return replace(catalogue, entry=catalogue.entry.model_copy(update={"learning": learning}))


def changed(catalogue: Catalogue, action_id: str, change: Callable[[Action], Action]) -> Catalogue:
    """The catalogue, compiled, with one action changed."""
    actions = tuple(change(one) if one.action_id == action_id else one for one in catalogue.actions)
    return replace(catalogue, actions=actions, version="changed")


def without(catalogue: Catalogue, action_id: str) -> Catalogue:
    """The catalogue without one action."""
    return replace(
        catalogue, actions=tuple(one for one in catalogue.actions if one.action_id != action_id), version="shorter"
    )


@cache
def people() -> tuple[Person, ...]:
    """50 customers; every other one has answered something, and some have heard of much already."""
    ids = cycle([one.action_id for one in sample_catalogue().actions])
    codes = cycle([*ResponseCode, *OutcomeCode])
    found: list[Person] = []
    for number, person in enumerate(generated_population(RESOURCES, NOW, 50, 7).people):
        past, exposures = person.past, person.exposures
        if number % 2:
            past += tuple(
                PastResponse(next(ids), next(codes), NOW - timedelta(days=days), household=days == 5)
                for days in (5, 20, 60)
            )
        if number % 5 == 0:
            exposures = tuple(
                PastExposure(one.action_id, "addressed", NOW - timedelta(days=days))
                for one in sample_catalogue().actions
                for days in (2, 9)
            )
        found.append(replace(person, past=past, exposures=exposures))
    return tuple(found)


def population(size: int | None = None) -> Population:
    some = people()[:size]
    return Population(len(some), "generated", 7, iter(some))


def version(catalogue: Catalogue, **changes: Any) -> Version:
    given: dict[str, Any] = {
        "name": "sample",
        "catalogue": catalogue,
        "model": model_for(catalogue, "bayes"),
        "skills": SKILLS,
        "authority": "senior",
    }
    return Version(**{**given, **changes})


def simulated(
    catalogue: Catalogue | None = None,
    against: Catalogue | None = None,
    setting: Setting = SETTING,
    **changes: Any,
) -> SimulationReport:
    """Simulate with 50 customers."""
    if catalogue is None and against is None and not changes:
        return _simulated_as_it_is(setting)
    return _simulated(catalogue or exploring(sample_catalogue()), against, setting, **changes)


@cache
def _simulated_as_it_is(setting: Setting) -> SimulationReport:
    """What many tests look at, each at another part."""
    return _simulated(exploring(sample_catalogue()), None, setting)


def _simulated(catalogue: Catalogue, against: Catalogue | None, setting: Setting, **changes: Any) -> SimulationReport:
    return simulate(
        population(),
        version(catalogue, **changes),
        None if against is None else version(against, **changes),
        setting,
        lambda _done, _seconds: None,
    )
