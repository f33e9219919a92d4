"""Whatever route hands out a customer leaves a line of who read him, in which role and because of what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from nba_desktop.backend.opening import now_utc
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import FeedbackReason, FollowUpKind, ReadOperation, Role
from nba_desktop.contract.events import FollowUpPlanned, RecommendationQuestioned
from tests.fakes.backend_ledger import entry
from tests.fakes.backend_readings import kept
from tests.fakes.backend_site import Client, authenticated, started
from tests.unit.backend.api.conftest import Backend, published

WHY = {"reason": "Prüfung"}
QUESTION = {"customer_id": "c-lisa", "contact_point": "+4915112345678", "purpose": "ADV_OWN", "channel": "PHONE"}


def test_every_operation_of_a_route_is_kept(portal: Backend) -> None:
    agent = portal.agent
    owner, officer, system = (
        portal.client(role, agent_id=name)
        for role, name in ((Role.ACTION_OWNER, "olga"), (Role.CONSENT_OFFICER, "dana"), (Role.MACHINE, "crm"))
    )
    with portal.store.write() as unit:
        unit.consents.append(entry(customer_id="c-lisa"))
    contact_id, decision_id = in_call(agent)
    path = f"/v1/contacts/{contact_id}"
    promised, questioned = told(agent, contact_id, decision_id)
    for client, method, address, asked in (
        (agent, "GET", f"{path}/journey", {}),
        (agent, "GET", f"{path}/consents/proof", {}),
        (agent, "GET", "/v1/customers", {"q": "Müller", "contact_id": str(contact_id)}),
        (agent, "GET", f"/v1/decisions/{decision_id}/why", {}),
        (agent, "GET", f"/v1/decisions/{decision_id}/why-not/SALES_BOX", {}),
        (agent, "GET", "/v1/contacts/today", {}),
        (agent, "GET", "/v1/follow-ups", {}),
        (agent, "GET", "/v1/follow-ups.ics", {}),
        (agent, "POST", f"/v1/follow-ups/{promised}/done", {}),
        (agent, "GET", "/v1/feedback/mine", {}),
        (owner, "GET", "/v1/feedback", {}),
        (system, "GET", "/v1/teasers", {"customer": "c-lisa", "placement": "home"}),
        (officer, "GET", "/v1/customers/K-104233/consents/proof", WHY),
        (officer, "GET", "/v1/customers/K-104233/export", WHY),
        (officer, "GET", "/v1/audit", WHY | {"customer_no": "K-104233"}),
    ):
        assert client.send(method, address, params=asked).status_code == 200, address
    assert owner.send("POST", f"/v1/feedback/{questioned}/answer", json={"answer": "Ja"}).status_code == 200
    assert system.send("POST", "/v1/consents/may-contact", json=QUESTION).status_code == 200

    routes = {one["operationId"] for path in published().values() for one in path.values()}
    rows = [row for row in kept(portal.store) if row.customer_id == "c-lisa"]
    assert {row.operation for row in rows} == {one.value for one in ReadOperation} & routes
    said = {(row.agent_id, row.role, row.basis) for row in rows}
    assert said == {
        ("anna", "agent", "contact"),
        ("anna", "agent", "task"),
        ("olga", "action_owner", "task"),
        ("crm", "machine", "system"),
        ("dana", "consent_officer", "duty"),
    }
    assert {row.reason for row in rows if row.basis == "duty"} == {"Prüfung"}
    assert {row.contact_id for row in rows if row.basis in ("contact", "task")} == {contact_id}


def in_call(agent: Client) -> tuple[UUID, str]:
    start = started("+4915112345678", at=now_utc())
    agent.post("/v1/contacts", start)
    step = authenticated(start.contact_id, at=now_utc())
    view = agent.post(f"/v1/contacts/{start.contact_id}/caller", step).json()
    return start.contact_id, view["decision"]["decision_id"]


def told(agent: Client, contact_id: UUID, decision_id: str) -> tuple[UUID, UUID]:
    def fact(seq: int) -> dict[str, Any]:
        return {"event_id": new_id(), "contact_id": contact_id, "seq": seq, "at": now_utc()}

    about = {"decision_id": decision_id, "action_id": "SRV_BILL", "reason": FeedbackReason.WRONG}
    promise = FollowUpPlanned(**fact(3), kind=FollowUpKind.CALLBACK, due=now_utc().date())
    question = RecommendationQuestioned(**fact(4), **about)
    assert [one["verdict"] for one in agent.post_events(promise, question)] == ["accepted", "accepted"]
    return promise.event_id, question.event_id
