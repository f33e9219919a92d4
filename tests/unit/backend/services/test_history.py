"""The rest of a journey: only for the agent who has authenticated the customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from nba_desktop.backend.contacts.history import HistoryService
from nba_desktop.backend.errors import Forbidden, InvalidMessage, UnknownContact
from nba_desktop.contract.base import new_id
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import JOURNEY, NOW, authenticated, started


def service(services: Services) -> HistoryService:
    return HistoryService(services.store, services.catalogues, services.clock)


def begun(services: Services) -> UUID:
    start = started("+4915112345678")
    services.contacts.start(services.agent, start)
    return start.contact_id


@pytest.fixture
def contact_id(services: Services) -> UUID:
    """Lisa, authenticated, with five contacts of which one is of tomorrow and two of the same moment."""
    more = (
        replace(JOURNEY[0], touchpoint_id="t-0", at=JOURNEY[0].at),
        replace(JOURNEY[0], touchpoint_id="t-9", at=NOW + timedelta(days=1)),
    )
    with services.store.write() as unit:
        unit.customers.add([], more)
    contact_id = begun(services)
    services.contacts.step(services.agent, contact_id, authenticated(contact_id))
    return contact_id


def test_the_journey_comes_newest_first_page_after_page_and_nothing_of_the_future(
    services: Services, contact_id: UUID
) -> None:
    found: list[str] = []
    before: str | None = None
    for left in (True, True, True, False):
        page = service(services).page(services.agent, contact_id, before, 1)
        assert (len(page.touchpoints), page.more, page.contact_id) == (1, left, contact_id)
        before = page.touchpoints[0].touchpoint_id
        found.append(before)
    assert found == ["t-3", "t-2", "t-1", "t-0"]
    end = service(services).page(services.agent, contact_id, before, 10)
    assert (end.touchpoints, end.more) == ((), False)


def test_before_authentication_and_for_another_agent_there_is_no_journey(services: Services, contact_id: UUID) -> None:
    with pytest.raises(Forbidden, match="authenticated"):
        service(services).page(services.agent, begun(services), None, 10)
    with pytest.raises(Forbidden, match="another agent"):
        service(services).page(services.colleague, contact_id, None, 10)
    with pytest.raises(UnknownContact):
        service(services).page(services.agent, new_id(), None, 10)


def test_a_touchpoint_of_somebody_else_is_no_place_in_this_journey(services: Services, contact_id: UUID) -> None:
    with pytest.raises(InvalidMessage, match="before"):
        service(services).page(services.agent, contact_id, "t-9", 10)
