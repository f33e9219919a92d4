"""Calls of the authenticated Lisa, for tests of what decisions do with her answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, OutcomeCode, ResponseCode
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import AnyEvent, ConsentRecorded, ResponseRecorded, ResponseRetracted
from nba_desktop.contract.outcome import OutcomeReported
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import authenticated, started


def in_call(services: Services, customer_id: str = "c-lisa", **changes: Any) -> ContactView:
    """A call of an authenticated customer: what the panel shows."""
    start = started("+4915112345678", at=services.clock.now, **changes)
    services.contacts.start(services.agent, start)
    step = authenticated(start.contact_id, customer_id, at=services.clock.now)
    return services.contacts.step(services.agent, start.contact_id, step)


def shown(view: ContactView) -> list[str]:
    return [one.action_id for one in view.decision.recommendations]


def response(
    view: ContactView, action_id: str, code: ResponseCode, seq: int = 3, at: datetime | None = None
) -> ResponseRecorded:
    return ResponseRecorded(
        event_id=new_id(),
        contact_id=view.contact_id,
        seq=seq,
        at=at or view.decision.decided_at,
        decision_id=view.decision.decision_id,
        action_id=action_id,
        code=code,
    )


def retraction(view: ContactView, taken_back: ResponseRecorded, seq: int = 4) -> ResponseRetracted:
    return ResponseRetracted(
        event_id=new_id(),
        contact_id=view.contact_id,
        seq=seq,
        at=view.decision.decided_at,
        retracts=taken_back.event_id,
    )


def objection(view: ContactView, seq: int = 3) -> ConsentRecorded:
    """The customer objects to all advertising."""
    return ConsentRecorded(
        event_id=new_id(),
        contact_id=view.contact_id,
        seq=seq,
        at=view.decision.decided_at,
        customer_id=view.customer_id or "",
        purpose=ConsentPurpose.ADV_OWN,
        channel=ConsentChannel.ANY,
        event=ConsentEventType.OBJECTED,
    )


def outcome(at: datetime, code: OutcomeCode, decision_id: UUID | None = None, /, **changes: Any) -> OutcomeReported:
    """What became of the solar roof, as the back office says it."""
    values: dict[str, Any] = {
        "event_id": new_id(),
        "source": "crm",
        "at": at,
        "customer_id": "c-lisa",
        "decision_id": decision_id,
        "action_id": "SALES_SOLAR",
        "code": code,
    }
    return OutcomeReported(**values | changes)


def tell(services: Services, *events: AnyEvent) -> list[str]:
    """Deliver events and return each verdict, with the code of a refusal."""
    return [
        one.problem.code.value if one.problem else one.verdict
        for one in services.events.record(services.agent, events).verdicts
    ]


def report(services: Services, *outcomes: OutcomeReported) -> list[str]:
    """Report outcomes and return each verdict, with the code of a refusal."""
    return [
        one.problem.code.value if one.problem else one.verdict for one in services.outcomes.record(outcomes).verdicts
    ]
