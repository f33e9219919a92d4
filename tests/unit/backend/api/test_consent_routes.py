"""The routes of the consents: who may ask and tell, and a verdict for each event."""

from __future__ import annotations

from typing import Any

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentState, Role
from nba_desktop.contract.consent import MayContactAnswer, MayContactCode
from nba_desktop.contract.events import BatchVerdict
from tests.unit.backend.api.conftest import Backend

QUESTION = {"customer_id": "c-lisa", "contact_point": "+4915112345678", "purpose": "ADV_OWN", "channel": "PHONE"}


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
