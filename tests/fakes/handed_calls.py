"""Calls that go from one agent to another, told to a backend as their panels tell it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from nba_desktop.backend.contacts.service import Step
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, CallFlag, FollowUpKind, ResponseCode, Speaker
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import (
    ActionAddressed,
    AnyEvent,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ContactEnded,
    ContactNoteWritten,
    ContactStarted,
    FollowUpPlanned,
    ObjectionRaised,
    ResponseRecorded,
    ResponseRetracted,
    SecurityItemCorrected,
    SecurityItemFailed,
    SpeakerNamed,
)
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW, authenticated, started

MOBILE = "+4915112345678"
HOME = "+493511234567"


@dataclass
class Desk:
    """One agent's contact; every step is a minute after the last one and goes to the backend at once."""

    services: Services
    caller: Caller
    start: ContactStarted
    view: ContactView
    seq: int = 1
    responses: dict[str, UUID] = field(default_factory=dict)

    def head(self) -> dict[str, Any]:
        self.seq += 1
        at = self.start.at + timedelta(seconds=self.seq)
        self.services.clock.now = max(self.services.clock.now, at)
        return {"event_id": new_id(), "contact_id": self.start.contact_id, "seq": self.seq, "at": at}

    def tell(self, event: AnyEvent) -> None:
        (verdict,) = self.services.events.record(self.caller, [event]).verdicts
        assert verdict.verdict == "accepted", verdict

    def settles(self, customer_id: str = "c-lisa", **changes: Any) -> ContactView:
        event = authenticated(self.start.contact_id, customer_id, **self.head(), **changes)
        self.view = self.services.contacts.step(self.caller, self.start.contact_id, event)
        return self.view

    def identifies(self, customer_id: str = "c-lisa") -> ContactView:
        return self.settles(customer_id, level=AuthLevel.IDENTIFIED, items_passed=())

    def fails(self, item: str, customer_id: str = "c-lisa") -> None:
        self.tell(SecurityItemFailed(**self.head(), customer_id=customer_id, item=item))

    def corrects(self, item: str, customer_id: str = "c-lisa") -> None:
        self.tell(SecurityItemCorrected(**self.head(), customer_id=customer_id, item=item))

    def is_spoken_by(self, speaker: Speaker, customer_id: str = "c-lisa") -> ContactView:
        return self.steps(SpeakerNamed(**self.head(), customer_id=customer_id, speaker=speaker))

    def flags(self, flag: CallFlag, on: bool = True) -> ContactView:
        return self.steps(CallFlagged(**self.head(), flag=flag, on=on))

    def steps(self, event: Step) -> ContactView:
        self.view = self.services.contacts.step(self.caller, self.start.contact_id, event)
        return self.view

    def refusal(self, event: AnyEvent) -> str:
        """The code with which an event is refused, empty when it is not."""
        (verdict,) = self.services.events.record(self.caller, [event]).verdicts
        return verdict.problem.code.value if verdict.problem else ""

    def chooses(self, concern: str) -> ContactView:
        event = ConcernChosen(**self.head(), concern=concern)
        self.view = self.services.contacts.step(self.caller, self.start.contact_id, event)
        return self.view

    def marks(self, solved: bool, **changes: Any) -> None:
        self.tell(ConcernSolved(**self.head(), solved=solved, **changes))

    def raises(self, action_id: str) -> None:
        self.tell(ActionAddressed(**self.head(), decision_id=self.view.decision.decision_id, action_id=action_id))

    def hears(self, action_id: str, objection_id: str) -> None:
        said = {"decision_id": self.view.decision.decision_id, "action_id": action_id, "objection_id": objection_id}
        self.tell(ObjectionRaised(**self.head(), **said))

    def records(self, action_id: str, code: ResponseCode) -> None:
        event = ResponseRecorded(
            **self.head(), decision_id=self.view.decision.decision_id, action_id=action_id, code=code
        )
        self.responses[action_id] = event.event_id
        self.tell(event)

    def retracts(self, action_id: str) -> None:
        self.tell(ResponseRetracted(**self.head(), retracts=self.responses[action_id]))

    def promises(self, kind: FollowUpKind, action_id: str | None = None) -> UUID:
        """Something for a week from now, for an action or for the concern; the event's id."""
        event = FollowUpPlanned(
            **self.head(),
            kind=kind,
            due=NOW.date() + timedelta(days=7),
            decision_id=self.view.decision.decision_id if action_id else None,
            action_id=action_id,
        )
        self.tell(event)
        return event.event_id

    def notes(self, text: str) -> None:
        self.tell(ContactNoteWritten(**self.head(), text=text))

    def ends(self, cause: Any = "transferred") -> None:
        self.tell(ContactEnded(**self.head(), cause=cause, duration_s=60))

    def looks_again(self) -> ContactView:
        """The panel asks once more, as with every later question."""
        return self.services.contacts.start(self.caller, self.start)


def call(
    services: Services, caller: Caller, number: str | None = MOBILE, /, minutes: float = 0, **changes: Any
) -> Desk:
    """A call comes to an agent, so many minutes after the first; without other words the same call of one system."""
    at = NOW + timedelta(minutes=minutes)
    services.clock.now = max(services.clock.now, at)
    start = started(number, **({"at": at, "source": "pbx", "interaction_id": "i-7"} | changes))
    return Desk(services, caller, start, services.contacts.start(caller, start))


def rings_beside(services: Services, caller: Caller, number: str, minutes: float, end: str | None) -> None:
    """The same call rings at nine other telephones, where nobody picks it up; without `end` they ring on."""
    for telephone in range(9):
        desk = call(services, caller, number, minutes=minutes + telephone / 100)
        if end is not None:
            desk.ends(end)
