"""What is sent to `/v1/events`: facts of contacts by agents, outcomes by other systems, in one batch or several."""

from __future__ import annotations

from collections.abc import Sequence

from nba_desktop.backend.contacts.events import EventService
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.backend.errors import Forbidden
from nba_desktop.backend.messages import UnreadableEvent
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.problem import problem_of
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.codes import Role
from nba_desktop.contract.events import AnyEvent, BatchVerdict, EventVerdict
from nba_desktop.contract.outcome import OutcomeReported


class Intake:
    """Hands each entry of a batch to whom it belongs; none is refused because of another."""

    def __init__(self, store: Store, events: EventService, outcomes: OutcomeService) -> None:
        self._store = store
        self._events = events
        self._outcomes = outcomes

    def record(self, caller: Caller, entries: Sequence[AnyEvent | OutcomeReported | UnreadableEvent]) -> BatchVerdict:
        """Take a batch in and return one verdict for each entry, in its order.

        The accepted ones are on disk when this returns. A store that fails raises `StoreUnavailable`: then none is.
        """
        with self._store.write() as unit:
            verdicts = tuple(self._verdict(unit, caller, entry) for entry in entries)
        return BatchVerdict(verdicts=verdicts)

    def _verdict(self, unit: Unit, caller: Caller, entry: AnyEvent | OutcomeReported | UnreadableEvent) -> EventVerdict:
        match entry:
            case UnreadableEvent():
                return self._events.verdict(unit, caller, entry)
            case OutcomeReported() if Role.MACHINE in caller.roles:
                return self._outcomes.verdict(unit, entry)
            case OutcomeReported():
                refusal = Forbidden("an outcome is reported by other systems, with the role machine")
            case _ if Role.AGENT in caller.roles:
                return self._events.verdict(unit, caller, entry)
            case _:
                refusal = Forbidden("what happens in a contact is told by its agent, with the role agent")
        return EventVerdict(event_id=entry.event_id, verdict="refused", problem=problem_of(refusal))
