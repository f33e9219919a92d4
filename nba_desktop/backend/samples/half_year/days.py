"""The calls of one day after the other, as agents take them."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from nba_desktop.backend.samples.half_year import timetable, truth
from nba_desktop.backend.samples.half_year.call import Caller
from nba_desktop.backend.samples.half_year.people import Person, SampleAgent, Shifts
from nba_desktop.backend.samples.half_year.told import Ground, Incoming, Told


class Days:
    """Tells the calls of a timetable: a list for each day, in order of their begin."""

    def __init__(
        self,
        ground: Ground,
        table: timetable.Timetable,
        people: Sequence[Person],
        agents: Sequence[SampleAgent],
        chance: random.Random,
    ) -> None:
        self._ground = ground
        self._table = table
        self._people = people
        self._chance = chance
        self._shifts = Shifts(chance, agents)
        self._caller = Caller(ground, chance)

    def __iter__(self) -> Iterator[list[Told]]:
        bounds = np.searchsorted(self._table.day, np.arange(len(self._table.days) + 1)).tolist()
        for first, behind in pairwise(bounds):
            self._shifts.begin_day()
            yield sorted(self._day(first, behind), key=lambda one: (one.contact.started_at, one.contact.contact_id))

    def _day(self, first: int, behind: int) -> Iterator[Told]:
        table = self._table
        waiting: list[tuple[float, int, Incoming, SampleAgent | None]] = [
            (float(table.at[place]), place, self._incoming(place), None) for place in range(first, behind)
        ]
        heapq.heapify(waiting)
        while waiting:
            at, place, incoming, before = heapq.heappop(waiting)
            agent, start = self._shifts.take(at, incoming.queue, besides=before)
            told = self._caller.tell(incoming, agent, start)
            self._shifts.busy(agent, told.until)
            yield told
            if incoming.transferred:
                solved = self._chance.random() < truth.SOLVED
                again = Incoming(
                    incoming.person,
                    incoming.concern,
                    incoming.level,
                    timetable.SOLVED if solved else timetable.UNSOLVED,
                    False,
                    incoming.queue,
                    incoming.interaction_id,
                )
                heapq.heappush(waiting, (told.ended_at, place, again, agent))

    def _incoming(self, place: int) -> Incoming:
        table = self._table
        concern = self._ground.concerns[int(table.concern[place])]
        return Incoming(
            person=self._people[int(table.customer[place])],
            concern=concern,
            level=int(table.level[place]),
            solved=int(table.solved[place]),
            transferred=bool(table.transferred[place]),
            queue=truth.QUEUES.get(concern, truth.OTHER_QUEUE),
            interaction_id=f"sample-{place + 1}",
        )
