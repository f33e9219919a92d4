"""Searching customers: masked, and outside a contact only with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nba_desktop.backend.contacts.search import MOST_HITS
from nba_desktop.backend.errors import Forbidden, ReasonRequired, UnknownContact
from nba_desktop.backend.model import Phone
from nba_desktop.contract.base import new_id
from tests.fakes.backend_readings import kept
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import LISA, started

pytestmark = pytest.mark.usefixtures("each_store")


def found(services: Services, text: str) -> list[tuple[str, str]]:
    answer = services.search.search(services.agent, text, None, "Rückfrage", "de")
    return [(hit.customer_id, hit.match) for hit in answer.hits]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("K-104233", [("c-lisa", "customer_no")]),
        ("k 104 233", [("c-lisa", "customer_no")]),
        ("K-1042", [("c-lisa", "customer_no"), ("c-jan", "customer_no")]),
        ("V-20019", [("c-lisa", "contract")]),
        ("v30001", [("c-ann", "contract")]),
        ("+4915112345678", [("c-lisa", "phone")]),
        ("0151 / 12345678", [("c-lisa", "phone")]),
        ("0351 98765432", [("c-ann", "phone")]),
        ("Mueller", [("c-jan", "name"), ("c-lisa", "name")]),
        ("müller lisa", [("c-lisa", "name")]),
        ("Lisa Müller", [("c-lisa", "name")]),
        ("o'neill", [("c-ann", "name")]),
        ("Lindenweg Dresden", [("c-jan", "address"), ("c-lisa", "address")]),
        ("01445", [("c-ann", "address")]),
        ("Am 100% Hang", [("c-ann", "address")]),
        ("indenweg", []),
        ("%%", []),
        ("__", []),
        ("'; DROP TABLE customers; --", []),
        ("\x00\x00", []),
    ],
)
def test_a_customer_is_found_by(services: Services, text: str, hits: list[tuple[str, str]]) -> None:
    assert sorted(found(services, text)) == sorted(hits)


def test_a_customer_found_in_two_ways_is_one_hit_with_the_more_exact_reason(services: Services) -> None:
    with services.store.write() as unit:
        same = replace(LISA, customer_id="c-x", customer_no="01067-1", phones=(), contracts=())
        unit.customers.add([same], [])
    assert found(services, "01067")[0] == ("c-x", "customer_no")
    assert [customer_id for customer_id, _ in found(services, "01067")].count("c-x") == 1


def test_hits_are_masked(services: Services) -> None:
    answer = services.search.search(services.agent, "K-104233", None, "Rückfrage", "de")
    (hit,) = answer.hits
    assert (hit.display_name, hit.customer_no_masked, hit.place_masked) == ("Lisa Müller", "K-104 •••", "01••• D•••")
    assert LISA.street not in answer.model_dump_json()


def test_many_hits_are_cut_and_said_to_be(services: Services) -> None:
    with services.store.write() as unit:
        unit.customers.add(
            [
                replace(
                    LISA,
                    customer_id=f"c-{number}",
                    customer_no=f"Z-{number:04}",
                    last_name="Zander",
                    phones=(Phone("+493500000001", "phone_home"),),
                    contracts=(),
                )
                for number in range(MOST_HITS + 5)
            ],
            [],
        )
    answer = services.search.search(services.agent, "Zander", None, "Rückfrage", "de")
    assert (len(answer.hits), answer.truncated) == (MOST_HITS, True)
    assert not services.search.search(services.agent, "Z-0003", None, "Rückfrage", "de").truncated


@pytest.mark.parametrize("reason", ["", "   "])
def test_outside_a_contact_a_reason_is_needed(services: Services, reason: str) -> None:
    with pytest.raises(ReasonRequired):
        services.search.search(services.agent, "Müller", None, reason, "de")


def test_a_search_outside_a_contact_is_audited(services: Services) -> None:
    services.search.search(services.agent, "Müller", None, " Rückruf zugesagt ", "de")
    rows = kept(services.store)
    assert [(row.agent_id, row.role, row.operation, row.basis, row.reason, row.customer_id) for row in rows] == [
        ("anna", "agent", "search_customers", "reason", "Rückruf zugesagt", customer_id)
        for customer_id in ("c-jan", "c-lisa")
    ]
    assert len({row.read_id for row in rows}) == 1


def test_a_search_that_finds_nobody_is_audited_too(services: Services) -> None:
    services.search.search(services.agent, "Unbekannt", None, "Rückfrage", "de")
    (row,) = kept(services.store)
    assert (row.customer_id, row.reason, row.together) == (None, "Rückfrage", 0)


def test_inside_a_contact_no_reason_is_needed(services: Services) -> None:
    start = started(None)
    services.contacts.start(services.agent, start)
    answer = services.search.search(services.agent, "Müller", start.contact_id, "", "de")
    assert len(answer.hits) == 2


def test_a_contact_that_is_not_ones_own_opens_nothing(services: Services) -> None:
    start = started(None)
    services.contacts.start(services.agent, start)
    with pytest.raises(Forbidden):
        services.search.search(services.colleague, "Müller", start.contact_id, "", "de")
    with pytest.raises(UnknownContact):
        services.search.search(services.agent, "Müller", new_id(), "", "de")
