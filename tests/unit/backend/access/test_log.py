"""The log of readings answers by customer and by employee, page by page, and each look at it is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from nba_desktop.backend.access.log import AuditService, Period
from nba_desktop.backend.errors import InvalidMessage, NotFound, ReasonRequired, UnknownCustomer
from nba_desktop.backend.rows.access import AgentProfile
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.subject.erasure import ErasureService
from nba_desktop.backend.subject.export import find_customer_id
from nba_desktop.contract.audit import AuditPage
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role
from tests.fakes.backend_readings import kept
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW
from tests.fakes.handed_calls import call

pytestmark = pytest.mark.usefixtures("each_store")
ALL = Period(None, None, 100)


@pytest.fixture
def log(services: Services) -> AuditService:
    return AuditService(services.store, services.catalogues, find_customer_id, services.clock)


def of_lisa(log: AuditService, officer: Caller, period: Period = ALL) -> AuditPage:
    return log.of_customer(officer, ReadOperation.READ_AUDIT, "K-104233", "Anfrage der Kundin", period)


def searches(services: Services, times: int) -> None:
    for number in range(times):
        services.clock.now = NOW + timedelta(minutes=number)
        services.search.search(services.agent, "Müller", None, f"Grund {number}", "de")


def test_a_customers_readings_come_newest_first_and_the_look_is_one_of_the_next(
    services: Services, log: AuditService
) -> None:
    searches(services, 1)
    call(services, services.agent, minutes=1).settles()
    services.clock.now += timedelta(minutes=2)
    first = of_lisa(log, services.officer).reads
    assert [(one.agent_id, one.operation, one.basis, one.customer_no) for one in first] == [
        ("anna", ReadOperation.SETTLE_CALLER, ReadBasis.CONTACT, "K-104233"),
        ("anna", ReadOperation.START_CONTACT, ReadBasis.CONTACT, "K-104233"),
        ("anna", ReadOperation.SEARCH_CUSTOMERS, ReadBasis.REASON, "K-104233"),
    ]
    second = of_lisa(log, services.officer).reads
    assert second[1:] == first
    assert (second[0].agent_id, second[0].operation, second[0].reason) == (
        "dana",
        ReadOperation.READ_AUDIT,
        "Anfrage der Kundin",
    )


def test_pages_hold_together(services: Services, log: AuditService) -> None:
    searches(services, 4)
    # Both customers of a search are of the same moment and the same reading.
    whole = log.of_agent(services.officer, "anna", "Prüfung", ALL)
    assert (len(whole.reads), whole.next) == (8, None)
    found, cursor = list(whole.reads[:0]), None
    while True:
        page = log.of_agent(services.officer, "anna", "Prüfung", replace(ALL, limit=3, cursor=cursor))
        found += page.reads
        cursor = page.next
        if cursor is None:
            break
    assert found == list(whole.reads)


def test_only_the_days_that_are_asked_for_are_in_it(services: Services, log: AuditService) -> None:
    searches(services, 1)
    services.clock.now = NOW + timedelta(days=40)
    today = services.clock.now.date()
    assert of_lisa(log, services.officer).reads == ()
    (first,) = of_lisa(log, services.officer, Period(NOW.date(), NOW.date(), 9)).reads
    assert first.operation is ReadOperation.SEARCH_CUSTOMERS
    assert len(of_lisa(log, services.officer, Period(None, today, 9)).reads) == 2


@pytest.mark.parametrize(
    "cursor", ["", "x", "1-2", "1-" + "0" * 32, "9" * 17 + "-" + "0" * 32 + "-0", "1-" + "g" * 32 + "-0"]
)
def test_a_cursor_that_was_never_answered_is_refused(services: Services, log: AuditService, cursor: str) -> None:
    with pytest.raises(InvalidMessage, match="cursor"):
        of_lisa(log, services.officer, replace(ALL, cursor=cursor))


def test_days_in_the_wrong_order_and_beyond_the_calendar_are_refused(services: Services, log: AuditService) -> None:
    today = NOW.date()
    for first, last in ((today, today - timedelta(days=1)), (today.min, today.min), (today, today.max)):
        with pytest.raises(InvalidMessage):
            of_lisa(log, services.officer, Period(first, last, 9))


def test_nobody_looks_without_a_reason_or_at_nobody(services: Services, log: AuditService) -> None:
    with pytest.raises(ReasonRequired):
        log.of_customer(services.officer, ReadOperation.READ_AUDIT, "K-104233", " ", ALL)
    with pytest.raises(ReasonRequired):
        log.of_agent(services.officer, "anna", "", ALL)
    with pytest.raises(UnknownCustomer):
        log.of_customer(services.officer, ReadOperation.READ_AUDIT, "K-9", "Prüfung", ALL)
    with pytest.raises(NotFound):
        log.of_agent(services.officer, "nobody", "Prüfung", ALL)
    assert kept(services.store) == []
    assert log.looks() == ()


def test_an_employee_sees_what_is_logged_of_him_and_who_looked(services: Services, log: AuditService) -> None:
    searches(services, 1)
    with services.store.write() as unit:
        unit.access.set_profile(AgentProfile("dana", "Dana Dorn", frozenset(), None))
    log.of_agent(services.officer, "anna", "Beschwerde 17", ALL)
    mine = log.mine(services.agent, ALL)
    assert [(one.operation, one.reason) for one in mine.reads] == [(ReadOperation.SEARCH_CUSTOMERS, "Grund 0")] * 2
    assert "c-lisa" not in mine.model_dump_json()
    assert "K-104233" not in mine.model_dump_json()
    (look,) = mine.looks
    assert (look.by, look.role, look.reason, look.about) == (
        "Dana Dorn",
        Role.CONSENT_OFFICER,
        "Beschwerde 17",
        "anna",
    )
    assert log.looks() == (look,)
    assert log.mine(services.colleague, ALL).looks == ()
    services.clock.now += timedelta(days=367)
    assert log.looks() == ()


def test_of_who_was_erased_the_log_keeps_who_read_and_neither_whom_nor_the_words(
    services: Services, log: AuditService
) -> None:
    searches(services, 1)
    ErasureService(services.store, services.clock).erase("dana", "K-104233", "Antrag vom 1. März")
    found = log.of_agent(services.officer, "anna", "Prüfung", ALL).reads
    # The words of the search may name him, and stood beside the other customer it found, too.
    assert {one.reason for one in found} == {""}
    assert {one.customer_no for one in found} == {None, "K-104234"}
    assert "c-lisa" not in "".join(one.model_dump_json() for one in found)
