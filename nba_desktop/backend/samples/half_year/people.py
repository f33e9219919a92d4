"""Teams, agents and the customers who call them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from nba_desktop.backend.samples.half_year import truth
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel

_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_RIVERS: Final = ("Elbe", "Saale", "Mulde", "Spree", "Havel", "Neiße", "Oder", "Unstrut")
_ABSENT: Final = 0.12


@dataclass(frozen=True, slots=True)
class SampleTeam:
    """A team and who is in it."""

    team_id: str
    name: str


@dataclass(frozen=True, slots=True)
class SampleAgent:
    """An agent; `effect` is what is true of him, `weights` how readily he takes a call of each queue."""

    agent_id: str
    code: str
    name: str
    team: SampleTeam
    effect: truth.AgentEffect

    def weight(self, queue: str) -> float:
        """How readily he takes a call of a queue."""
        return truth.EASY_WEIGHT if self.effect.number in truth.EASY_MIX and queue == truth.EASY_QUEUE else 1.0


@dataclass(slots=True)
class Person:
    """A customer as calls need him; `missing` are the channels he was never asked to be advertised to by."""

    customer_id: str
    customer_no: str
    first_name: str
    last_name: str
    address: str
    language: Language
    email: str | None
    phones: tuple[str, ...]
    missing: set[ConsentChannel] = field(default_factory=set)
    objected: bool = False


def sample_teams(number: int) -> tuple[SampleTeam, ...]:
    """Return so many teams; the first is the one that a backend with samples has from the start."""
    names = [*_RIVERS, *(f"{river} {turn}" for turn in range(2, 2 + number) for river in _RIVERS)]
    return tuple(SampleTeam(f"team_{place}", f"Team {name}") for place, name in enumerate(names[:number], start=1))


def sample_agents(
    seed: int, number: int, teams: Sequence[SampleTeam], families: Sequence[str]
) -> tuple[SampleAgent, ...]:
    """Return so many agents, dealt to the teams in turn, with the same pseudonyms for the same seed."""
    chance = random.Random(f"{seed}/agents")
    codes: dict[str, None] = {}
    while len(codes) < number:
        codes["A-" + "".join(chance.choices(_ALPHABET, k=8))] = None
    titles = chance.choices(("Frau", "Herr"), k=number)
    names = chance.sample(list(families), k=min(number, len(families)))
    return tuple(
        SampleAgent(
            agent_id=f"sample-agent-{place + 1:03}",
            code=code,
            name=f"{titles[place]} {names[place % len(names)]}",
            team=teams[place % len(teams)],
            effect=truth.effect_of(place + 1),
        )
        for place, code in enumerate(codes)
    )


class Shifts:
    """Knows who is there on a day and free at a moment; an agent has one call at a time."""

    def __init__(self, chance: random.Random, agents: Sequence[SampleAgent]) -> None:
        self._chance = chance
        self._agents = agents
        self._weights: dict[str, list[float]] = {}
        self._there: list[int] = []
        self._free_at: list[float] = []

    def begin_day(self) -> None:
        """Let some be absent today, never all."""
        there = [place for place in range(len(self._agents)) if self._chance.random() >= _ABSENT]
        self._there = there or list(range(len(self._agents)))
        self._free_at = [0.0] * len(self._agents)

    def take(self, at: float, queue: str, besides: SampleAgent | None = None) -> tuple[SampleAgent, float]:
        """Return who takes a call that comes at a moment, and when: at once, or as soon as the first is free."""
        weights = self._weights.get(queue)
        if weights is None:
            weights = self._weights[queue] = [one.weight(queue) for one in self._agents]
        there = [one for one in self._there if self._agents[one] is not besides] or self._there
        free = [one for one in there if self._free_at[one] <= at]
        if free:
            return self._agents[self._chance.choices(free, [weights[one] for one in free])[0]], at
        first = min(there, key=lambda one: self._free_at[one])
        return self._agents[first], self._free_at[first]

    def busy(self, agent: SampleAgent, until: float) -> None:
        """Say until when an agent is not free."""
        self._free_at[agent.effect.number - 1] = until
