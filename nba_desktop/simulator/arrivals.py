"""A day in a queue: who calls when, who takes it, and how it goes; the same for the same seed."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from nba_desktop.simulator.order import PlayOrder
from nba_desktop.simulator.profile import DayProfile

GIVES_UP: Final = "02"
"""The recording of a caller who gives up; without an agent in it, he does so while he waits."""

KINDS: Final = (("01", 72), ("08", 7), (GIVES_UP, 6), ("09", 4), ("03", 4), ("05", 3), ("06", 2), ("04", 2))
"""How calls go, by recording, and how often of a hundred."""

_OF_TWO: Final = frozenset({"09", "03", "04"})
"""The recordings in which a second agent has a part."""

NAMELESS: Final = frozenset({"05"})
"""The recordings whose caller has no number at all."""


@dataclass(frozen=True, slots=True)
class Team:
    """Who takes the calls; times are means in seconds. In the busiest hour each is busy for `occupancy` of the time."""

    agents: int = 6
    talk_s: float = 150.0
    patience_s: float = 120.0
    wrap_up_s: float = 25.0
    ring_s: float = 5.0
    occupancy: float = 0.8

    def __post_init__(self) -> None:
        if not 1 <= self.agents <= 99:
            raise ValueError("a team has 1 to 99 agents")

    @property
    def handling_s(self) -> float:
        """How long a call keeps an agent busy on average."""
        return self.ring_s + self.talk_s + self.wrap_up_s


@dataclass(frozen=True, slots=True)
class Length:
    """How long a recording takes besides its gates, in seconds: until a telephone rings, and from then on.

    `answered` is false where the first agent never answers.
    """

    before_s: float
    after_s: float
    answered: bool = True


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """One call of the day; times are seconds after midnight. `agents` take part in it, none when the caller gives up.

    `rings_s` is when the first telephone rings; an agent is busy from then until `free_s`.
    """

    order: PlayOrder
    arrives_s: float
    agents: tuple[int, ...]
    rings_s: float
    ends_s: float
    free_s: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The calls in the order in which they arrive; `scale` is what the profile was multiplied by to fit the team."""

    calls: tuple[PlannedCall, ...]
    scale: float


def scale_for(profile: DayProfile, team: Team) -> float:
    """Return what to multiply the profile by, so that its busiest hour keeps the team as busy as it should be."""
    return team.occupancy * team.agents / team.handling_s / profile.busiest_per_s()


def arrival_times(profile: DayProfile, scale: float, from_s: float, to_s: float, chance: random.Random) -> list[float]:
    """Return the times of a Poisson process with the profile's rate, in order.

    Unit exponential gaps are laid along the expected number of calls, which is piecewise linear in time.
    """
    edges = [
        (max(begin, from_s), min(end, to_s), calls * scale / profile.bin_s) for begin, end, calls in profile.bins()
    ]
    pieces = [(begin, end, rate) for begin, end, rate in edges if end > begin and rate > 0]
    sums = [0.0, *accumulate((end - begin) * rate for begin, end, rate in pieces)]
    times: list[float] = []
    done = chance.expovariate(1.0)
    while pieces and done < sums[-1]:
        index = bisect_right(sums, done) - 1
        begin, _, rate = pieces[index]
        times.append(begin + (done - sums[index]) / rate)
        done += chance.expovariate(1.0)
    return times


def plan_day(
    profile: DayProfile,
    team: Team,
    window: tuple[float, float],
    callers: Sequence[str],
    lengths: Mapping[str, Length],
    seed: int,
) -> Plan:
    """Plan the calls that arrive in `window` (seconds after midnight); every one ends, with or without an agent."""
    chance = random.Random(seed)
    scale = scale_for(profile, team)
    times = arrival_times(profile, scale, *window, chance)
    return Plan(tuple(_calls(times, team, window[0], callers, lengths, chance)), scale)


def _calls(
    times: Sequence[float],
    team: Team,
    begin_s: float,
    callers: Sequence[str],
    lengths: Mapping[str, Length],
    chance: random.Random,
) -> Iterator[PlannedCall]:
    # Everybody is there at the beginning; who has waited longest takes the next call.
    free = {agent: begin_s + chance.random() - 1 for agent in range(1, team.agents + 1)}
    kinds, weights = zip(*KINDS, strict=True)
    for number, arrives in enumerate(times, start=1):
        recording: str = chance.choices(kinds, weights)[0]
        caller = chance.choice(callers)
        patience = max(5.0, chance.expovariate(1 / team.patience_s))
        ring = chance.uniform(0.5, 1.5) * team.ring_s
        talk = min(900.0, max(10.0, chance.lognormvariate(0.0, 0.5) * team.talk_s))
        wrap_up = chance.uniform(0.5, 1.5) * team.wrap_up_s
        first, *others = sorted(free, key=lambda agent: (free[agent], agent))
        rings = max(arrives + lengths[recording].before_s, free[first])
        agents: tuple[int, ...] = (first,)
        if recording in _OF_TWO:
            # Who is called for help must be there from the beginning, or the call goes without.
            if others and free[others[0]] <= rings:
                agents = (first, others[0])
            else:
                recording = "01"
                rings = max(arrives + lengths[recording].before_s, free[first])
        wait: float | None = max(0.0, rings - arrives - lengths[recording].before_s)
        if rings - arrives > patience:
            recording, agents, wait, rings = GIVES_UP, (), None, arrives + patience
            ends = arrives + sum((lengths[GIVES_UP].before_s, lengths[GIVES_UP].after_s, patience))
        else:
            answered = lengths[recording].answered
            talk = talk if answered else ring
            ends = rings + lengths[recording].after_s + talk + (ring if answered else 0.0)
        order = PlayOrder(
            recording=recording,
            caller=None if recording in NAMELESS else caller,
            call=str(number),
            pause=False,
            after_s=arrives - begin_s,
            wait_s=wait,
            ring_s=ring,
            talk_s=talk if agents else patience,
            agents=agents,
        )
        free_at = ends + wrap_up
        for agent in agents:
            free[agent] = free_at
        yield PlannedCall(order, arrives, agents, rings, ends, free_at)
