"""The log of readings over HTTP: data protection by customer and by employee, everybody what is logged of himself."""

from __future__ import annotations

from nba_desktop.adapters.http_review import HttpReview
from nba_desktop.contract.audit import AuditPage, OwnAudit
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role
from tests.fakes.backend_site import Client, authenticated, started
from tests.unit.backend.api.conftest import Backend

PATH = "/v1/audit"


def page(client: Client, **asked: str | int) -> AuditPage:
    answer = client.send("GET", PATH, params={"reason": "Anfrage der Kundin", **asked})
    assert answer.status_code == 200, answer.text
    return AuditPage.model_validate(answer.json())


def test_a_customers_and_an_employees_readings_are_found(backend: Backend) -> None:
    ben = backend.client(Role.AGENT, agent_id="ben")
    officer = backend.client(Role.CONSENT_OFFICER, agent_id="dana")
    start = started("+4915112345678")
    ben.post("/v1/contacts", start)
    ben.post(f"/v1/contacts/{start.contact_id}/caller", authenticated(start.contact_id))

    newest = page(officer, customer_no="K-104233", limit=1)
    assert (newest.reads[0].agent_id, newest.reads[0].operation) == ("ben", ReadOperation.SETTLE_CALLER)
    assert newest.next is not None
    older = page(officer, customer_no="K-104233", cursor=newest.next)
    assert older.reads[0].operation is ReadOperation.START_CONTACT

    of_ben = page(officer, agent_id="ben")
    assert [(one.customer_no, one.basis, one.contact_id) for one in of_ben.reads] == [
        ("K-104233", ReadBasis.CONTACT, start.contact_id)
    ] * 2
    mine = OwnAudit.model_validate(ben.send("GET", f"{PATH}/mine").json())
    assert [one.operation for one in mine.reads] == [one.operation for one in of_ben.reads]
    # As his own window reads it.
    assert HttpReview(backend.url, ben.token or "", "de").own_log(None) == mine
    assert [(one.by, one.reason) for one in mine.looks] == [("dana", "Anfrage der Kundin")]
    council = backend.client(Role.WORKS_COUNCIL, agent_id="willi")
    assert [one["about"] for one in council.send("GET", f"{PATH}/looks").json()] == ["ben"]


def test_what_cannot_be_asked_is_refused(backend: Backend) -> None:
    officer = backend.client(Role.CONSENT_OFFICER, agent_id="dana")
    for asked, code in (
        ({}, "invalid_message"),
        ({"customer_no": "K-104233", "agent_id": "ben", "reason": "x"}, "invalid_message"),
        ({"customer_no": "K-104233"}, "reason_required"),
        ({"customer_no": "K-9", "reason": "x"}, "unknown_customer"),
        ({"agent_id": "nobody", "reason": "x"}, "not_found"),
        ({"agent_id": "ben", "reason": "x", "cursor": "x"}, "invalid_message"),
        ({"agent_id": "ben", "reason": "x", "from": "2026-03-02", "to": "2026-03-01"}, "invalid_message"),
        ({"agent_id": "ben", "reason": "x", "from": "0001-01-01"}, "invalid_message"),
    ):
        answer = officer.send("GET", PATH, params=asked)
        assert answer.json()["code"] == code, asked
