"""What a colleague did in a call, in the words of the catalogue his decisions were made with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.contacts.decided import DecidedActions
from nba_desktop.backend.contacts.handover import Handed
from nba_desktop.backend.contacts.state import ContactState, state_of
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import CallFlag, ResponseCode
from nba_desktop.contract.events import (
    ActionAddressed,
    AnyEvent,
    ContactNoteWritten,
    ObjectionRaised,
    ResponseRecorded,
    ResponseRetracted,
)
from nba_desktop.contract.handover import HandedAction, Handover, HandoverDetails

_NOT_RAISED: Final = frozenset(
    {ResponseCode.NOT_ADDRESSED_MOOD, ResponseCode.NOT_ADDRESSED_TIME, ResponseCode.NOT_ADDRESSED_UNSUITABLE}
)


@dataclass(slots=True)
class _Raised:
    """One action as it came up in the call; `decision_id` is the last decision that it was raised from."""

    decision_id: UUID | None = None
    was_said: bool = False
    objections: list[str] = field(default_factory=list)
    responses: dict[UUID, ResponseCode] = field(default_factory=dict)

    @property
    def response(self) -> ResponseCode | None:
        """The last response that stands; a call that ended without a code leaves the action open."""
        last = next(reversed(self.responses.values()), None)
        return None if last is ResponseCode.NO_CODE else last

    @property
    def counts(self) -> bool:
        """Whether the customer heard of it."""
        return self.was_said or any(code not in _NOT_RAISED for code in self.responses.values())


def handover_view(
    unit: Unit, catalogues: LiveCatalogues, handed: Handed, state: ContactState, language: Language
) -> Handover:
    """Return what the next agent is told; details only with the customer he authenticated, and only that one's.

    `state` is the contact with what was carried into it.
    """
    customer_id = state.authenticated_customer
    flags = handed.flags_told(state)
    events = () if customer_id is None else handed.events_about(customer_id)
    return Handover(
        certain=handed.certain,
        at=handed.at,
        authenticated=handed.authenticated,
        own=handed.own,
        flags=tuple(flag for flag in CallFlag if flag in flags),
        details=_details(unit, catalogues, events, language) if events else None,
    )


def _details(unit: Unit, catalogues: LiveCatalogues, events: Sequence[AnyEvent], language: Language) -> HandoverDetails:
    concern = state_of(events).concern_left
    # Each agent's last one: a later one of his own replaces it, a colleague's does not.
    written = (event for event in events if isinstance(event, ContactNoteWritten) and event.text.strip())
    notes = {event.contact_id: event.text for event in written}
    words = DecidedActions(unit, catalogues, language)
    return HandoverDetails(
        concern=None if concern is None else concern.code,
        solved=None if concern is None else concern.solved,
        actions=tuple(
            HandedAction(
                action_id=action_id,
                title=words.title(one.decision_id, action_id),
                objections=tuple(
                    words.phrase(one.decision_id, action_id, said) for said in dict.fromkeys(one.objections)
                ),
                response=one.response,
            )
            for action_id, one in _raised(events).items()
            if one.counts
        ),
        note=" · ".join(notes.values()),
    )


def _raised(events: Sequence[AnyEvent]) -> dict[str, _Raised]:
    """The actions by their ids, in the order in which they came up."""
    raised: dict[str, _Raised] = {}
    for event in events:
        match event:
            case ActionAddressed():
                one = raised.setdefault(event.action_id, _Raised())
                one.decision_id, one.was_said = event.decision_id, True
            case ObjectionRaised():
                one = raised.setdefault(event.action_id, _Raised())
                one.decision_id, one.was_said = event.decision_id, True
                one.objections.append(event.objection_id)
            case ResponseRecorded(action_id=str(action_id)):
                one = raised.setdefault(action_id, _Raised())
                one.decision_id = event.decision_id or one.decision_id
                one.responses[event.event_id] = event.code
            case ResponseRetracted():
                for one in raised.values():
                    one.responses.pop(event.retracts, None)
            case _:
                pass
    return raised
