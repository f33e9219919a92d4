"""A call as the panel makes one of it, over real HTTP."""

from __future__ import annotations

from datetime import datetime

from nba_desktop.contract.contact import ContactView
from tests.fakes.backend_site import Client, authenticated, started


def authenticated_call(agent: Client, number: str, customer_id: str, at: datetime) -> ContactView:
    """A call of a customer who proves who he is: what the panel shows."""
    start = started(number, at=at)
    ringing = ContactView.model_validate(agent.post("/v1/contacts", start).json()).identification
    (items,) = (one.security_items for one in ringing.candidates if one.customer_id == customer_id)
    passed = tuple(one.code for one in items[: ringing.security_items_required])
    step = authenticated(start.contact_id, customer_id, at=at, items_passed=passed)
    answer = agent.post(f"/v1/contacts/{start.contact_id}/caller", step)
    assert answer.status_code == 200, answer.text
    return ContactView.model_validate(answer.json())
