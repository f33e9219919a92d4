"""Outcomes that change nothing but the list of outcomes, written many at a time.

Most lines of a file are of that kind: nothing of it is known, the customer never spoke about the action, nothing waits
for his answer, so that no decision is found and nothing learnt. They become what `OutcomeService` would make of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from nba_desktop.backend.decisions.known_actions import KnownActions
from nba_desktop.backend.errors import InvalidMessage
from nba_desktop.backend.messages import check_kept
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.review.records import SOON
from nba_desktop.backend.rows.outcomes import OutcomeRow
from nba_desktop.backend.text import fold_code
from nba_desktop.contract.outcome import OutcomeReported


class PlainOutcomes:
    """Knows which of some outcomes are plain; those it takes are in the store after `write`."""

    def __init__(
        self, unit: Unit, outcomes: Sequence[OutcomeReported], known: KnownActions, clock: Callable[[], datetime]
    ) -> None:
        self._unit = unit
        self._clock = clock
        self._ids = unit.imports.customer_ids(
            sorted({fold_code(one.customer_no) for one in outcomes if one.customer_no is not None})
        )
        named = {one.customer_id for one in outcomes if one.customer_id is not None}
        self._customers = unit.imports.of_customers(sorted(named.union(self._ids.values())))
        self._known = unit.imports.known_events([one.event_id for one in outcomes])
        self._actions = {one for one in {each.action_id for each in outcomes} if known.in_a_catalogue(unit, one)}
        self._rows: list[OutcomeRow] = []

    def takes(self, outcome: OutcomeReported) -> bool:
        """Take an outcome, if it is plain."""
        customer_id = outcome.customer_id or self._ids.get(fold_code(outcome.customer_no or ""))
        if (
            customer_id is None
            or customer_id not in self._customers.there
            or outcome.decision_id is not None
            or outcome.event_id in self._known
            or outcome.action_id not in self._actions
            or (customer_id, outcome.action_id) in self._customers.spoken_of
        ):
            return False
        try:
            check_kept(outcome.at, (), outcome.model_dump())
        except InvalidMessage:
            return False
        # The same row once more is judged by itself, behind this one.
        self._known.add(outcome.event_id)
        self._rows.append(
            OutcomeRow(
                event_id=outcome.event_id,
                source=outcome.source,
                decision_id=None,
                customer_id=customer_id,
                action_id=outcome.action_id,
                code=outcome.code,
                at=outcome.at,
                received_at=self._clock(),
            )
        )
        return True

    def write(self) -> None:
        """Write what was taken since."""
        rows, self._rows = self._rows, []
        self._unit.outcomes.add_all(rows)
        first: dict[str, datetime] = {}
        for row in rows:
            if row.customer_id in self._customers.called:
                first[row.customer_id] = min(row.at, first.get(row.customer_id, row.at))
        for customer_id, at in first.items():
            self._unit.review.changed_customer(customer_id, at - SOON, self._clock())
