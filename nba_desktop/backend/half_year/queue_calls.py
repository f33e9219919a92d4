"""What a telephone system says of made-up calls: when each was offered, and which callers gave up before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from nba_desktop.backend.rows.site_figures import QueueCallRow
from nba_desktop.backend.samples.half_year import truth
from nba_desktop.backend.samples.half_year.ids import id_at
from nba_desktop.backend.samples.half_year.told import SOURCE, Told


class QueueCalls:
    """Makes the queue's side of calls that are told in order; `chance` settles who waits, and how long."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._passed_on: set[str] = set()

    def of(self, told: Told) -> Iterator[QueueCallRow]:
        """Yield the call as it was offered, and now and then another whose caller gave up; a transfer is none."""
        interaction_id = told.incoming.interaction_id
        if interaction_id in self._passed_on:
            return
        if told.incoming.transferred:
            self._passed_on.add(interaction_id)
        answered_at = told.ended.at - timedelta(seconds=told.ended.duration_s)
        offered_at = answered_at - timedelta(seconds=self._waited())
        yield QueueCallRow(
            call_id=id_at(self._chance, offered_at.timestamp()),
            source=SOURCE,
            queue=told.contact.queue,
            offered_at=offered_at,
            answered_at=answered_at,
            ended_at=told.ended.at,
        )
        if self._chance.random() < truth.GIVES_UP:
            yield self._given_up(told, offered_at)

    def _waited(self) -> float:
        queued = self._chance.expovariate(1 / truth.QUEUED_S) if self._chance.random() < truth.QUEUED else 0.0
        return queued + self._chance.uniform(*truth.RINGS_S)

    def _given_up(self, told: Told, before: datetime) -> QueueCallRow:
        ended_at = before - timedelta(seconds=self._chance.uniform(0, 600))
        offered_at = ended_at - timedelta(seconds=self._chance.expovariate(1 / truth.PATIENCE_S))
        return QueueCallRow(
            call_id=id_at(self._chance, offered_at.timestamp()),
            source=SOURCE,
            queue=told.contact.queue,
            offered_at=offered_at,
            ended_at=ended_at,
            abandoned=True,
        )
