"""Other systems ask to erase or to correct a customer: once each, and the others are told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.outbound.records import ResultType
from nba_desktop.backend.subject.records import WishRow
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Role
from nba_desktop.contract.connections import Connections
from nba_desktop.contract.feedback import OwnFeedback
from nba_desktop.contract.wish import WishKind
from tests.fakes.backend_site import CATALOGUE, Client
from tests.unit.backend.api.conftest import Backend, opened
from tests.unit.backend.outbound.conftest import endpoint

ERASURES, CORRECTIONS = "/v1/subjects/erasures", "/v1/subjects/corrections"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with opened(tmp_path_factory.mktemp("requests"), CATALOGUE) as backend:
        with backend.store.write() as unit:
            unit.outbound.add_endpoint(endpoint("https://crm.invalid", "crm"))
            unit.outbound.set_disabled("crm", unit.outbound.endpoints()[0].created_at)
        yield backend


@pytest.fixture(scope="module")
def machine(site: Backend) -> Client:
    return site.client(Role.MACHINE, agent_id="crm")


def asked(request_id: str, customer_no: str = "K-104233", **more: Any) -> dict[str, Any]:
    return {"source": "crm", "id": request_id, "customer_no": customer_no, **more}


def told(site: Backend, kind: ResultType) -> list[dict[str, Any]]:
    with site.store.read() as unit:
        return [dict(one.data) for one in unit.outbound.behind(0, frozenset({kind}), None, 100)]


def test_a_correction_is_carried_out_once_and_told(site: Backend, machine: Client) -> None:
    body = asked("1", changes={"city": "Radebeul", "email": None, "birth_date": "1991-04-18", "last_name": "Müller"})
    found = [machine.send("POST", CORRECTIONS, json=body) for _ in range(2)]
    assert [(one.status_code, one.json()["verdict"]) for one in found] == [(200, "accepted"), (200, "duplicate")]
    data = {name: one for name, one in body.items() if name in ("customer_no", "changes")}
    event = {"specversion": "1.0", "id": "1", "source": "crm", "type": "com.example.corrected", "data": data}
    structured = {"Content-Type": "application/cloudevents+json"}
    assert (
        machine.send("POST", CORRECTIONS, data=json.dumps(event), headers=structured).json()["verdict"] == "duplicate"
    )
    binary = {f"ce-{name}": str(event[name]) for name in ("specversion", "id", "source", "type")}
    assert machine.send("POST", CORRECTIONS, json=data, headers=binary).json()["verdict"] == "duplicate"
    with site.store.read() as unit:
        lisa = unit.customers.by_id("c-lisa")
        assert lisa is not None
        assert (lisa.city, lisa.email, lisa.birth_date.isoformat() if lisa.birth_date else "") == (
            "Radebeul",
            None,
            "1991-04-18",
        )
        assert {one.customer_id for one, _ in unit.customers.search("Radebeul", 9)} == {"c-ann", "c-lisa"}
        kept = unit._connection.exec_driver_sql("SELECT changes FROM subject_requests").scalar_one()
    assert json.loads(kept)["city"] == ["Dresden", "Radebeul"]
    (one,) = told(site, ResultType.CUSTOMER_CORRECTED)
    assert one["changed"] == {"city": "Radebeul", "email": None, "birth_date": "1991-04-18"}
    assert one["reported_by"] == "crm"


@pytest.mark.parametrize(
    ("body", "status", "where"),
    [
        (asked("2", changes={"city": ""}), 422, "changes.city"),
        (asked("2", changes={"iban": "DE00"}), 422, "changes.iban"),
        (asked("2", changes={"birth_date": "17.4.1991"}), 422, "changes.birth_date"),
        (asked("2", changes={"birth_date": "1991-02-30"}), 422, "changes.birth_date"),
        (asked("2", changes={"language": "fr"}), 422, "changes.language"),
        (asked("2", changes={"postcode": "0" * 17}), 422, "changes.postcode"),
        (asked("2", changes={}), 422, "changes"),
        (asked("2", "K-0", changes={"city": "Ulm"}), 422, ""),
        (asked("1", "K-104234", changes={"city": "Ulm"}), 409, ""),
        (["1"], 422, "body"),
    ],
)
def test_what_cannot_be_corrected_is_refused_by_its_place(machine: Client, body: Any, status: int, where: str) -> None:
    refused = machine.send("POST", CORRECTIONS, json=body)
    assert refused.status_code == status
    assert [one["where"] for one in refused.json()["errors"]] == ([where] if where else [])
    assert "1991" not in refused.text
    assert machine.send("POST", CORRECTIONS, data=b"{", headers={"Content-Type": "text/plain"}).status_code == 422


def test_an_erasure_is_carried_out_once_and_told(site: Backend, machine: Client) -> None:
    named = machine.send("POST", ERASURES, json=asked("3", "K-104234", reason="Jan Müller will es"))
    assert named.status_code == 422
    body = asked("3", "K-104234", reason="Antrag vom 1. März")
    found = [machine.send("POST", ERASURES, json=body) for _ in range(2)]
    assert [(one.status_code, one.json()["verdict"]) for one in found] == [(200, "accepted"), (200, "duplicate")]
    with site.store.read() as unit:
        assert unit.customers.by_id("c-jan") is None
    assert told(site, ResultType.CUSTOMER_ERASED) == [{"customer_no": "K-104234"}]
    assert machine.send("POST", ERASURES, json=asked("4", "K-0")).status_code == 422


def test_only_a_machine_asks(site: Backend) -> None:
    assert site.agent.send("POST", ERASURES, json=asked("9")).status_code == 403
    assert site.agent.send("POST", CORRECTIONS, json=asked("9", changes={"city": "Ulm"})).status_code == 403


def test_what_became_of_a_wish_is_said_once_by_a_machine(site: Backend, machine: Client) -> None:
    wish = WishRow(new_id(), WishKind.ERASURE, now_utc(), "anna", "c-jan", "0" * 64, new_id())
    with site.store.write() as unit:
        unit.wishes.add(wish)
    path = f"/v1/subjects/wishes/{wish.wish_id}/answer"
    answers = [machine.send("POST", path, json={"done": done}) for done in (True, True, False)]
    assert [one.status_code for one in answers] == [200, 200, 409]
    assert [one.json()["verdict"] for one in answers[:2]] == ["accepted", "duplicate"]
    assert machine.send("POST", path.replace(str(wish.wish_id), str(new_id())), json={"done": True}).status_code == 404
    assert site.agent.send("POST", path, json={"done": True}).status_code == 403
    (own,) = OwnFeedback.model_validate_json(site.agent.send("GET", "/v1/feedback/mine").content).wishes
    assert (own.wish_id, own.kind, own.done) == (wish.wish_id, WishKind.ERASURE, True)


def test_an_administrator_sees_what_waits_for_other_systems(site: Backend) -> None:
    admin = site.client(Role.ADMIN)
    answer = admin.send("GET", "/v1/connections")
    found = Connections.model_validate_json(answer.content)
    assert found.providers == ()
    (crm,) = found.receivers
    assert (crm.name, crm.disabled, crm.dead, crm.delivered) == ("crm", True, 0, 0)
    assert crm.waiting > 0
    assert crm.oldest_waiting is not None
    assert (crm.attempts, crm.last_problem, crm.next_try) == (0, None, None)
    assert site.agent.send("GET", "/v1/connections").status_code == 403
