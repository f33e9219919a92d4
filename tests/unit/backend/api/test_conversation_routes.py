"""What a conversation asks besides caller and concern, over HTTP: the situation, the proof, the agent's day."""

from __future__ import annotations

from typing import Any

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, CallFlag, FollowUpKind, ResponseCode, Role, Speaker
from nba_desktop.contract.consent import ConsentProof
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.day import AgentDay
from nba_desktop.contract.events import CallFlagged, FollowUpPlanned, ResponseRecorded, SecurityItemFailed, SpeakerNamed
from tests.fakes.backend_site import NOW, Client, authenticated, started
from tests.unit.backend.api.conftest import Backend


def fact(contact_id: Any, seq: int) -> dict[str, Any]:
    return {"event_id": new_id(), "contact_id": contact_id, "seq": seq, "at": NOW}


def in_call(agent: Client) -> ContactView:
    start = started("+4915112345678")
    agent.post("/v1/contacts", start)
    answer = agent.post(f"/v1/contacts/{start.contact_id}/caller", authenticated(start.contact_id))
    return ContactView.model_validate(answer.json())


def test_the_situation_is_settled_and_answered_with_the_whole_view(backend: Backend) -> None:
    contact_id = in_call(backend.agent).contact_id
    path = f"/v1/contacts/{contact_id}/situation"

    flagged = CallFlagged(**fact(contact_id, 3), flag=CallFlag.OUTAGE, on=True)
    view = ContactView.model_validate(backend.agent.post(path, flagged).json())
    assert (view.flags, view.decision.quiet_because) == ((CallFlag.OUTAGE,), ("outage",))

    named = SpeakerNamed(**fact(contact_id, 4), customer_id="c-lisa", speaker=Speaker.UNAUTHORISED)
    view = ContactView.model_validate(backend.agent.post(path, named).json())
    assert (view.speaker, view.auth_level, view.customer) == (Speaker.UNAUTHORISED, AuthLevel.IDENTIFIED, None)
    assert [one["verdict"] for one in backend.agent.post_events(flagged, named)] == ["duplicate", "duplicate"]


def test_the_proof_is_for_an_authenticated_contact_of_ones_own(backend: Backend) -> None:
    contact_id = in_call(backend.agent).contact_id
    path = f"/v1/contacts/{contact_id}/consents/proof"
    assert ConsentProof.model_validate(backend.agent.send("GET", path).json()) == ConsentProof(entries=(), intact=True)
    colleague = backend.client(Role.AGENT, agent_id="ben").send("GET", path)
    assert (colleague.status_code, colleague.json()["code"]) == (403, "forbidden")
    unknown = backend.agent.send("GET", f"/v1/contacts/{new_id()}/consents/proof")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_contact")
    ringing = started("+4915112345678")
    backend.agent.post("/v1/contacts", ringing)
    masked = backend.agent.send("GET", f"/v1/contacts/{ringing.contact_id}/consents/proof")
    assert (masked.status_code, masked.json()["code"]) == (403, "forbidden")


def test_too_many_wrong_answers_are_said_with_a_problem(backend: Backend) -> None:
    start = started("+4915112345678")
    path = f"/v1/contacts/{start.contact_id}/caller"
    backend.agent.post("/v1/contacts", start)
    items = ("birth_date", "street", "iban_last4")
    failed = [
        SecurityItemFailed(**fact(start.contact_id, seq), customer_id="c-lisa", item=item)
        for seq, item in enumerate(items, start=2)
    ]
    assert [one["verdict"] for one in backend.agent.post_events(*failed)] == ["accepted"] * 3
    step = authenticated(start.contact_id, seq=5, items_passed=("customer_no", "meter_no"))
    answer = backend.agent.post(path, step)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert "more than 2 items failed" in answer.json()["detail"]


def test_a_day_is_ones_own(backend: Backend) -> None:
    dora = backend.client(Role.AGENT, agent_id="dora")
    nothing = AgentDay.model_validate(dora.send("GET", "/v1/contacts/today").json())
    assert nothing.contacts == ()
    start = started("+4915112345678", at=f"{nothing.day}T12:00:00Z")
    dora.post("/v1/contacts", start)
    step = authenticated(start.contact_id)
    view = ContactView.model_validate(dora.post(f"/v1/contacts/{start.contact_id}/caller", step).json())
    said = ResponseRecorded(
        **fact(start.contact_id, 3),
        decision_id=view.decision.decision_id,
        action_id="SRV_BILL",
        code=ResponseCode.THINKING,
    )
    promised = FollowUpPlanned(**fact(start.contact_id, 4), kind=FollowUpKind.CONCERN, due=nothing.day)
    dora.post_events(said, promised)
    (contact,) = AgentDay.model_validate(dora.send("GET", "/v1/contacts/today").json()).contacts
    assert [(one.event_id, one.kind) for one in contact.follow_ups] == [(promised.event_id, FollowUpKind.CONCERN)]
    assert [(one.event_id, one.title) for one in contact.responses] == [(said.event_id, "Rechnung erklären")]
