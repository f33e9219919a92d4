"""Every reading of a customer is kept: once where the same is read again and again, each time for a stated reason."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.contacts.day import DayService
from nba_desktop.backend.contacts.follow_ups import FollowUpService
from nba_desktop.backend.contacts.history import HistoryService
from nba_desktop.backend.decisions.feedback import FeedbackService
from nba_desktop.backend.errors import Forbidden
from nba_desktop.contract.codes import FollowUpKind
from tests.fakes.backend_readings import kept
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import PORTAL_CATALOGUE, started
from tests.fakes.handed_calls import HOME, call

pytestmark = pytest.mark.usefixtures("each_store")


def read(services: Services, *operations: str) -> list[tuple[str, str, str | None]]:
    return [(row.operation, row.basis, row.customer_id) for row in kept(services.store, *operations)]


def test_a_call_is_one_line_for_each_customer_and_what_of_him_is_shown(services: Services) -> None:
    desk = call(services, services.agent, HOME)
    desk.settles()
    desk.chooses("bill")
    desk.chooses("move")
    services.contacts.start(services.agent, desk.start)
    history = HistoryService(services.store, services.catalogues, services.clock)
    for before in (None, "t-3"):
        history.page(services.agent, desk.start.contact_id, before, 1)
    assert read(services) == [
        # Who may be calling from that number.
        ("start_contact", "contact", "c-jan"),
        ("start_contact", "contact", "c-lisa"),
        ("settle_caller", "contact", "c-lisa"),
        ("contact_journey", "contact", "c-lisa"),
    ]
    assert {(row.agent_id, row.role, row.contact_id, row.reason) for row in kept(services.store)} == {
        ("anna", "agent", desk.start.contact_id, "")
    }
    assert [row.together for row in kept(services.store)] == [2, 2, 1, 1]


def test_somebody_else_who_is_settled_on_is_a_line_of_his_own(services: Services) -> None:
    desk = call(services, services.agent)
    desk.settles("c-lisa")
    desk.settles("c-ann")
    assert read(services, "settle_caller") == [
        ("settle_caller", "contact", "c-lisa"),
        ("settle_caller", "contact", "c-ann"),
    ]


def test_what_is_refused_is_not_kept_as_read(services: Services) -> None:
    desk = call(services, services.agent)
    desk.settles()
    before = kept(services.store)
    with pytest.raises(Forbidden):
        services.contacts.start(services.colleague, desk.start)
    with pytest.raises(Forbidden):
        services.search.search(services.colleague, "Müller", desk.start.contact_id, "", "de")
    assert kept(services.store) == before


def test_an_agents_own_lists_are_a_line_a_day_for_each_customer(services: Services) -> None:
    desk = call(services, services.agent)
    desk.settles()
    desk.promises(FollowUpKind.CALLBACK)
    days = DayService(services.store, services.catalogues, services.clock)
    promises = FollowUpService(services.store, services.catalogues, services.clock)
    week = (services.clock.now + timedelta(days=8)).date()
    for _ in range(2):
        days.today(services.agent)
        promises.open(services.agent, week, "de")
        promises.calendar(services.agent, "de")
    lists = ("contacts_of_today", "open_follow_ups", "follow_up_calendar")
    assert read(services, *lists) == [
        ("contacts_of_today", "contact", "c-lisa"),
        ("open_follow_ups", "task", "c-lisa"),
        ("follow_up_calendar", "task", "c-lisa"),
    ]
    # What ties them to the call goes when nobody may tell any more who took it.
    assert {row.contact_id for row in kept(services.store, *lists)} == {desk.start.contact_id}
    services.clock.now += timedelta(days=1)
    promises.open(services.agent, week, "de")
    assert len(read(services, "open_follow_ups")) == 2


def test_a_list_without_customers_is_no_reading(services: Services) -> None:
    services.contacts.start(services.agent, started(None))
    DayService(services.store, services.catalogues, services.clock).today(services.agent)
    FollowUpService(services.store, services.catalogues, services.clock).open(services.agent, None, "de")
    FeedbackService(services.store, services.catalogues, services.clock).mine(services.agent, "de")
    assert kept(services.store) == []


def test_each_stated_reason_is_a_line(services: Services) -> None:
    for reason in ("Rückfrage", "Rückfrage", "Beschwerde"):
        services.search.search(services.agent, "K-104233", None, reason, "de")
    assert [row.reason for row in kept(services.store)] == ["Rückfrage", "Rückfrage", "Beschwerde"]


def test_a_system_is_a_line_a_day_for_each_customer(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        for customer_id in ("c-lisa", "c-lisa", "c-jan"):
            services.teasers.teasers(services.portal, customer_id, "home", None)
        rows = kept(services.store)
    assert [(row.agent_id, row.role, row.basis, row.customer_id) for row in rows] == [
        ("portal", "machine", "system", "c-lisa"),
        ("portal", "machine", "system", "c-jan"),
    ]
