"""The routes of the consents: who may ask and tell, and a verdict for each event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nba_desktop.backend.consent.verify_proof import check
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.subject.erasure import ErasureService
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentState, Role
from nba_desktop.contract.consent import MayContactAnswer, MayContactCode
from nba_desktop.contract.events import BatchVerdict
from tests.fakes.backend_site import JAN
from tests.unit.backend.api.conftest import Backend

QUESTION = {"customer_id": "c-lisa", "contact_point": "+4915112345678", "purpose": "ADV_OWN", "channel": "PHONE"}

PROOF = "/v1/customers/K-104233/consents/proof"


def withdrawal(**changes: Any) -> dict[str, Any]:
    return {
        "event_id": str(new_id()),
        "source": "portal",
        "at": "2026-03-12T09:30:00Z",
        "customer_no": "K-104233",
        "contact_point": "+4915112345678",
        "purpose": "ADV_OWN",
        "channel": "PHONE",
        "event": "withdrawn",
        "manner": "portal",
    } | changes


def test_a_machine_asks_and_tells(backend: Backend) -> None:
    machine = backend.client(Role.MACHINE, agent_id="dialler")
    answer = MayContactAnswer.model_validate(machine.send("POST", "/v1/consents/may-contact", json=QUESTION).json())
    assert (answer.allowed, answer.state) == (False, ConsentState.NOT_ASKED)
    assert [one.code for one in answer.reasons] == [MayContactCode.NOT_ASKED]

    events: list[Any] = [withdrawal(), withdrawal(event="granted"), 7, withdrawal(event="objected", channel="ANY")]
    told = machine.send("POST", "/v1/consents/events", json={"events": events})
    verdicts = BatchVerdict.model_validate(told.json()).verdicts
    assert [one.verdict for one in verdicts] == ["accepted", "refused", "refused", "accepted"]
    assert str(verdicts[1].event_id) == events[1]["event_id"]

    again = MayContactAnswer.model_validate(machine.send("POST", "/v1/consents/may-contact", json=QUESTION).json())
    assert [one.code for one in again.reasons] == [MayContactCode.OBJECTED]


def test_the_consent_officer_asks_too_and_an_agent_does_not(backend: Backend) -> None:
    officer = backend.client(Role.CONSENT_OFFICER, agent_id="dana")
    assert officer.send("POST", "/v1/consents/may-contact", json=QUESTION).status_code == 200
    for path, body in (("may-contact", QUESTION), ("events", {"events": [withdrawal()]})):
        assert backend.agent.send("POST", f"/v1/consents/{path}", json=body).status_code == 403


def test_a_question_that_cannot_be_read_is_refused(backend: Backend) -> None:
    machine = backend.client(Role.MACHINE, agent_id="dialler")
    for wrong in ({"customer_no": "K-104233"}, {"use": {"event_id": str(new_id())}}, {"purpose": "SALES"}):
        assert machine.send("POST", "/v1/consents/may-contact", json=QUESTION | wrong).status_code == 422
    nobody = machine.send("POST", "/v1/consents/may-contact", json=QUESTION | {"customer_id": "c-nobody"})
    assert nobody.json()["code"] == "unknown_customer"


def test_the_consent_officer_is_given_a_proof_that_verifies_elsewhere(backend: Backend, tmp_path: Path) -> None:
    officer = backend.client(Role.CONSENT_OFFICER, agent_id="dana")
    told = {"events": [withdrawal(purpose="RESEARCH")]}
    backend.client(Role.MACHINE, agent_id="portal").send("POST", "/v1/consents/events", json=told)
    assert officer.send("GET", PROOF).json()["code"] == "reason_required"
    asked = {"reason": "Anfrage der Behörde", "purpose": "RESEARCH", "language": "en"}
    answer = officer.send("GET", PROOF, params=asked)
    assert answer.headers["content-type"] == "application/json"
    (summed,) = answer.json()["summary"]
    assert (summed["purpose"], summed["state"], summed["state_words"]) == ("RESEARCH", "WITHDRAWN", "withdrawn")
    assert not check(answer.json(), tmp_path, None).failed
    read = officer.send("GET", "/v1/customers/K-104233/export", params={"reason": "Antrag"}).json()["readings"]
    assert ("prove_consents", "Anfrage der Behörde") in [(one["operation"], one["reason"]) for one in read]


def test_nobody_else_is_given_a_proof(backend: Backend) -> None:
    for role in (Role.AGENT, Role.MACHINE, Role.TEAM_LEAD, Role.ADMIN):
        client = backend.client(role, agent_id=f"is_{role.value}")
        assert client.send("GET", PROOF, params={"reason": "Anfrage"}).status_code == 403


def test_the_officer_proves_the_consents_of_somebody_erased(backend: Backend) -> None:
    told = {"events": [withdrawal(customer_no=JAN.customer_no)]}
    backend.client(Role.MACHINE, agent_id="portal").send("POST", "/v1/consents/events", json=told)
    ErasureService(backend.store, now_utc).erase("dana", JAN.customer_no, "Antrag")
    officer = backend.client(Role.CONSENT_OFFICER, agent_id="dana")
    path = f"/v1/customers/{JAN.customer_no}/consents/proof"
    answer = officer.send("GET", path, params={"reason": "Anfrage"})
    assert (answer.status_code, len(answer.json()["entries"])) == (200, 1)
    nothing = officer.send("GET", path, params={"reason": "Anfrage", "purpose": "RESEARCH"})
    assert nothing.json()["code"] == "not_found"
