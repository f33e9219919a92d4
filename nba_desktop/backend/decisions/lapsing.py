"""A yes that was not confirmed in time lapses: written as an outcome of the backend itself, once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisioning.entries.cool_downs import FOREVER
from nba_desktop.backend.decisioning.pending import lapsed_at, pending_yes
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.decisions import ResponseRow
from nba_desktop.contract.codes import OutcomeCode, ResponseCode
from nba_desktop.contract.outcome import OutcomeReported

SOURCE: Final = "backend"
_AT_A_TIME: Final = 100
"""So many within one transaction, so that calls do not wait for long."""
_IDS: Final = UUID("0f6f6d0c-6d8f-5a3e-9b5a-7f0c5b1c2a11")
"""What the ids of lapses are made from, so that a yes lapses once, whoever writes it."""
_LOOKED_BACK: Final = timedelta(days=60)
"""Behind the end of a yes: a server may have stood still, and an outbox may deliver late."""

_log = logging.getLogger(__name__)


class Lapsing:
    """Ends what waits too long."""

    def __init__(
        self, store: Store, catalogues: LiveCatalogues, outcomes: OutcomeService, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._catalogues = catalogues
        self._outcomes = outcomes
        self._clock = clock

    def run(self) -> int:
        """Write every lapse that is due and return how many; what was written before stays as it is."""
        now, done = self._clock(), 0
        since, before = self._window(now)
        after = (since - timedelta(days=1), _IDS)
        while True:
            with self._store.read() as unit:
                found = unit.pending.waiting(since, before, after, _AT_A_TIME)
            if found:
                with self._store.write() as unit:
                    done += sum(self._lapse(unit, one, now) for one in found)
                after = (found[-1].at, found[-1].event_id)
            if len(found) < _AT_A_TIME:
                return done

    def _window(self, now: datetime) -> tuple[datetime, datetime]:
        """Return from when and until when a yes may have been said that lapses now."""
        with self._store.read() as unit:
            in_force = self._catalogues.in_force(unit)
        catalogues = (in_force.live, *(() if in_force.ramp is None else in_force.ramp[:1]))
        rests = {one.cool_down[ResponseCode.ACCEPTED_PENDING] for each in catalogues for one in each.actions}
        days: Sequence[int] = [int(one) for one in rests if one != FOREVER] or [0]
        return now - timedelta(days=max(days)) - _LOOKED_BACK, now - timedelta(days=max(min(days) - 1, 0))

    def _lapse(self, unit: Unit, said: ResponseRow, now: datetime) -> bool:
        """Write the lapse of a yes if it is due; a yes that a later word has replaced is not."""
        customer_id, action_id = said.customer_id or "", said.action_id or ""
        catalogue = self._catalogues.for_customer(unit, customer_id)
        pending = next(
            (
                one
                for one in pending_yes(unit.decisions.past_responses(customer_id), catalogue)
                if one.action_id == action_id and one.at == said.at
            ),
            None,
        )
        today = now.astimezone(catalogue.zone).date()
        if pending is None or pending.until is None or not pending.has_lapsed(today):
            return False
        verdict = self._outcomes.verdict(
            unit,
            OutcomeReported(
                event_id=uuid5(_IDS, str(said.event_id)),
                source=SOURCE,
                at=lapsed_at(pending.until, catalogue.zone),
                customer_id=customer_id,
                decision_id=said.decision_id,
                action_id=action_id,
                code=OutcomeCode.PENDING_LAPSED,
            ),
        )
        if verdict.problem is not None:
            _log.error("a lapse was not kept: %s", verdict.problem.detail)
        return verdict.verdict == "accepted"
