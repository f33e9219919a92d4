"""Take in what other systems say became of recommendations: each once, kept always, learnt where it belongs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisioning.learning.labels import final_label
from nba_desktop.backend.decisions.known_actions import KnownActions
from nba_desktop.backend.decisions.teaching import Learn
from nba_desktop.backend.decisions.topics import group_decided
from nba_desktop.backend.errors import Conflict, InvalidMessage, NotFound, Refused, UnknownCustomer
from nba_desktop.backend.messages import UnreadableEvent, check_kept
from nba_desktop.backend.outbound.telling import tell_outcome
from nba_desktop.backend.ports.decisions import DecisionStore
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.problem import problem_of
from nba_desktop.backend.review.records import SOON
from nba_desktop.backend.rows.decisions import ResponseRow
from nba_desktop.backend.rows.outcomes import OutcomeRow
from nba_desktop.contract.codes import OutcomeCode
from nba_desktop.contract.events import BatchVerdict, EventVerdict
from nba_desktop.contract.outcome import OutcomeReported

_OF_TEASERS: Final = frozenset({OutcomeCode.TEASER_SEEN, OutcomeCode.TEASER_CLICKED, OutcomeCode.TEASER_DISMISSED})
_ANSWERS: Final = frozenset({OutcomeCode.COMPLETED, OutcomeCode.TEASER_CLICKED, OutcomeCode.TEASER_DISMISSED})
"""With these the customer has answered what an event raised: it waits no longer."""

_log = logging.getLogger(__name__)


class OutcomeService:
    """Records outcomes and lets the model learn from them."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, learn: Learn, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._known = KnownActions(catalogues)
        self._learn = learn
        self._clock = clock

    def record(self, outcomes: Sequence[OutcomeReported | UnreadableEvent]) -> BatchVerdict:
        """Take a batch in and return one verdict for each outcome, in its order; the accepted ones are on disk then."""
        with self._store.write() as unit:
            verdicts = tuple(self.verdict(unit, one) for one in outcomes)
        return BatchVerdict(verdicts=verdicts)

    def verdict(self, unit: Unit, outcome: OutcomeReported | UnreadableEvent) -> EventVerdict:
        """Take one outcome in, within the transaction of whoever asks; a refused one leaves nothing behind."""
        try:
            if isinstance(outcome, UnreadableEvent):
                raise InvalidMessage("the outcome breaks the contract", outcome.errors)
            # What a refused outcome began to write must not stay.
            with unit.part():
                is_new = self._append(unit, outcome)
        except Refused as refusal:
            _log.info("outcome refused: %s", refusal.code.value)
            return EventVerdict(event_id=outcome.event_id, verdict="refused", problem=problem_of(refusal))
        return EventVerdict(event_id=outcome.event_id, verdict="accepted" if is_new else "duplicate")

    def _append(self, unit: Unit, outcome: OutcomeReported) -> bool:
        check_kept(outcome.at, (), outcome.model_dump())
        row = OutcomeRow(
            event_id=outcome.event_id,
            source=outcome.source,
            decision_id=outcome.decision_id,
            customer_id=_customer_of(unit, outcome),
            action_id=outcome.action_id,
            code=outcome.code,
            at=outcome.at,
            received_at=self._clock(),
        )
        known = unit.outcomes.by_id(outcome.event_id)
        if known is not None:
            # Without a decision it was given one when it came first.
            decision_id = known.decision_id if outcome.decision_id is None else outcome.decision_id
            first = replace(row, decision_id=decision_id, received_at=known.received_at, group_id=known.group_id)
            if known != first:
                raise Conflict("another outcome is stored under this id")
            return False
        if unit.contacts.event_body(outcome.event_id) is not None:
            raise Conflict("an event of a contact is stored under this id")
        if row.decision_id is not None:
            _check_recommended(unit.decisions, row, row.decision_id)
        elif row.code in _OF_TEASERS:
            raise InvalidMessage("what became of a teaser needs the decision that showed it")
        else:
            self._known.check(unit, row.customer_id, row.action_id)
            row = replace(row, decision_id=_accepted_in(unit.decisions, row))
        stored = None if row.decision_id is None else unit.decisions.stored(row.decision_id)
        if row.decision_id is not None:
            row = replace(row, group_id=group_decided(stored, row.action_id))
        unit.outcomes.add(row)
        tell_outcome(unit, row)
        if row.code in _ANSWERS:
            unit.arrivals.use(row.customer_id, row.action_id, row.at, row.event_id)
        if stored is not None and stored.contact_id is not None:
            unit.review.changed(stored.contact_id, row.received_at)
        # What a customer does counts for each of his calls shortly before, whether it was shown there or not.
        unit.review.changed_customer(row.customer_id, row.at - SOON, row.received_at)
        if row.decision_id is not None:
            self._learn(unit, row.decision_id, row.action_id, row.event_id)
        return True


def _customer_of(unit: Unit, outcome: OutcomeReported) -> str:
    if outcome.customer_id is not None:
        customer = unit.customers.by_id(outcome.customer_id)
    else:
        customer = unit.customers.by_customer_no(outcome.customer_no or "")
    if customer is None:
        raise UnknownCustomer("no customer has the id or number of the outcome")
    return customer.customer_id


def _check_recommended(decisions: DecisionStore, row: OutcomeRow, decision_id: UUID) -> None:
    """Nothing may be learned of an action that no decision recommended to this customer."""
    stored = decisions.stored(decision_id)
    if stored is None:
        raise NotFound("there is no decision by that id")
    if stored.customer_id != row.customer_id:
        raise InvalidMessage("the decision is of another customer")
    if stored.contact_id is not None and row.code in _OF_TEASERS:
        raise InvalidMessage("the decision is of a call, it showed no teaser")
    if stored.contact_id is None:
        shown = decisions.shown_teasers(decision_id)
    else:
        shown = decisions.shown(decision_id, stored.contact_id)
    if row.action_id not in (shown or ()):
        raise InvalidMessage("the decision did not recommend that action")


def _accepted_in(decisions: DecisionStore, row: OutcomeRow) -> UUID | None:
    """The newest decision whose recommendation the customer accepted in a call and did not unsay.

    Of several the newest before the outcome; where all are later, as when a date comes without its hour, the newest.
    """
    calls: dict[UUID, list[ResponseRow]] = {}
    for one in decisions.answers(row.customer_id, row.action_id):
        if one.decision_id is not None:
            calls.setdefault(one.decision_id, []).append(one)
    accepted: list[tuple[datetime, UUID]] = []
    for decision_id, said in calls.items():
        label = final_label(one.code for one in said)
        if label is not None and label.accepted:
            accepted.append((said[-1].at, decision_id))
    before = [one for one in accepted if one[0] <= row.at]
    return max(before or accepted)[1] if accepted else None
