"""What a touchpoint raises as it arrives: the triggers it meets, and the calls that want to know at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.backend.arrivals.reading import journey_of
from nba_desktop.backend.consent.ledger import consent_facts
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.customer_values import customer_values
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisioning.triggers import Trigger
from nba_desktop.backend.model import CustomerRecord, TouchpointRecord
from nba_desktop.backend.ports import Unit
from nba_desktop.backend.rows import WaitingRow

_LONGEST_CALL: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class CallNews:
    """What a running call's agent is told: which actions something has just raised."""

    agent_id: str
    contact_id: UUID
    action_ids: tuple[str, ...]


def raise_actions(
    unit: Unit, catalogue: Catalogue, customer: CustomerRecord, touchpoint: TouchpointRecord, now: datetime
) -> tuple[CallNews, ...]:
    """Have everything wait that a touchpoint raises; return what the customer's running calls are to be told."""
    met = [one for one in catalogue.triggers if one.is_met_by(touchpoint, now)]
    if any(one.when is not None for one in met):
        values = _values(unit, catalogue, customer, now)
        met = [one for one in met if one.when is None or one.when(values) is True]
    rows = [row for one in met for row in _rows(one, touchpoint, now)]
    unit.arrivals.wait(rows)
    action_ids = tuple(dict.fromkeys(row.action_id for row in rows))
    if not action_ids:
        return ()
    running = unit.arrivals.running(customer.customer_id, now - _LONGEST_CALL)
    return tuple(CallNews(call.agent_id, call.contact_id, action_ids) for call in running)


def _rows(trigger: Trigger, touchpoint: TouchpointRecord, now: datetime) -> Sequence[WaitingRow]:
    return [
        WaitingRow(
            touchpoint_id=touchpoint.touchpoint_id,
            trigger_id=trigger.entry.id,
            action_id=action_id,
            customer_id=touchpoint.customer_id,
            touchpoint_type=touchpoint.type,
            at=touchpoint.at,
            raised_at=now,
            expires_at=trigger.expires_at(touchpoint.at),
        )
        for action_id in trigger.raises
    ]


def _values(unit: Unit, catalogue: Catalogue, customer: CustomerRecord, now: datetime) -> dict[str, Value]:
    """What may be asked of the customer outside a contact."""
    journey = journey_of(unit, customer.customer_id, catalogue, now)
    request = DecisionRequest(
        customer=customer,
        authenticated=True,
        touchpoints=journey.touchpoints,
        older=journey.older,
        consents=consent_facts(unit.consents.of_customer(customer.customer_id)),
        past=(),
        now=now,
        language=customer.language,
        concern=None,
        concern_solved=None,
    )
    return dict(customer_values(request, customer, catalogue, now.astimezone(catalogue.zone).date()).values)
