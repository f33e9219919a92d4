"""What a touchpoint raises as it arrives: the triggers that it meets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from nba_desktop.backend.arrivals.reading import journey_of
from nba_desktop.backend.consent.ledger import consent_facts
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.customer_values import customer_values
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisioning.triggers import Trigger
from nba_desktop.backend.model import CustomerRecord, TouchpointRecord
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.arrivals import WaitingRow


def raise_actions(
    unit: Unit, catalogue: Catalogue, customer: CustomerRecord, touchpoint: TouchpointRecord, now: datetime
) -> None:
    """Have everything wait that a touchpoint raises."""
    met = [one for one in catalogue.triggers if one.is_met_by(touchpoint, now)]
    if any(one.when is not None for one in met):
        values = _values(unit, catalogue, customer, now)
        met = [one for one in met if one.when is None or one.when(values) is True]
    unit.arrivals.wait([row for one in met for row in _rows(one, touchpoint, now)])


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
