"""The routes carry what the services answer, as the contract's models."""

from __future__ import annotations

from typing import Any

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, ResponseCode, Role
from nba_desktop.contract.contact import CatalogueHead, ContactView
from nba_desktop.contract.customer import SearchAnswer
from nba_desktop.contract.events import (
    ActionsShown,
    BatchVerdict,
    ConcernChosen,
    ConcernSolved,
    ContactNoteWritten,
    EventBatch,
    ResponseRecorded,
)
from nba_desktop.contract.knowledge import KnowledgeBase
from tests.fakes.backend_site import NOW, authenticated, started
from tests.unit.backend.api.conftest import Backend

NO_ID = "00000000-0000-0000-0000-000000000000"


def fact(contact_id: Any, seq: int) -> dict[str, Any]:
    return {"event_id": new_id(), "contact_id": contact_id, "seq": seq, "at": NOW}


def test_a_call_goes_from_the_ring_to_a_recorded_response(backend: Backend) -> None:
    agent = backend.agent
    start = started("+4915112345678")
    contact_id = start.contact_id
    path = f"/v1/contacts/{contact_id}"

    ringing = ContactView.model_validate(agent.post("/v1/contacts", start).json())
    assert (ringing.contact_id, ringing.auth_level, ringing.customer) == (contact_id, AuthLevel.CANDIDATE, None)

    full = ContactView.model_validate(agent.post(f"{path}/caller", authenticated(contact_id)).json())
    assert full.customer is not None
    assert full.customer.last_name == "Müller"

    chosen = ConcernChosen(**fact(contact_id, 3), concern="bill")
    assert agent.post(f"{path}/concern", chosen).status_code == 200
    solved = ConcernSolved(**fact(contact_id, 4), solved=True)
    view = ContactView.model_validate(agent.post(f"{path}/concern", solved).json())
    (action,) = view.decision.recommendations
    assert (action.action_id, action.title) == ("SRV_BILL", "Rechnung erklären")

    decision = {"decision_id": view.decision.decision_id}
    verdicts = agent.post_events(
        start,
        solved,
        ActionsShown(**fact(contact_id, 5), **decision, action_ids=("SRV_BILL",)),
        ResponseRecorded(**fact(contact_id, 6), **decision, action_id="SRV_BILL", code=ResponseCode.ACCEPTED_DONE),
    )
    assert [one["verdict"] for one in verdicts] == ["duplicate", "duplicate", "accepted", "accepted"]


def test_a_broken_event_is_refused_alone(backend: Backend) -> None:
    start = started()
    note = ContactNoteWritten(**fact(start.contact_id, 2), text="Notiz")
    raw = note.model_dump(mode="json")
    unreadable: list[Any] = [
        raw | {"event_id": str(new_id()), "seq": 0},
        raw | {"event_id": str(new_id()), "type": "something_new"},
        {"event_id": str(new_id())},
        {"event_id": "no id"},
        {},
    ]
    answer = backend.agent.send(
        "POST", "/v1/events", json={"events": [start.model_dump(mode="json"), *unreadable, 7, None, raw]}
    )
    batch = BatchVerdict.model_validate(answer.json())
    assert [one.verdict for one in batch.verdicts] == ["accepted", *["refused"] * 7, "accepted"]
    ids = [str(one.event_id) for one in batch.verdicts[1:-1]]
    assert ids == [*(one["event_id"] for one in unreadable[:3]), NO_ID, NO_ID, NO_ID, NO_ID]
    assert {one.problem.code.value for one in batch.verdicts if one.problem} == {"invalid_message"}


def test_what_the_panel_sends_is_what_the_backend_reads(backend: Backend) -> None:
    start = started()
    body = EventBatch(events=(start,)).model_dump_json()
    answer = backend.agent.send("POST", "/v1/events", data=body, headers={"Content-Type": "application/json"})
    assert [one.verdict for one in BatchVerdict.model_validate(answer.json()).verdicts] == ["accepted"]


def test_a_colleague_gets_neither_view_nor_verdict(backend: Backend) -> None:
    start = started("+4915112345678")
    assert backend.agent.post("/v1/contacts", start).status_code == 200
    colleague = backend.client(Role.AGENT, agent_id="ben")
    answer = colleague.post("/v1/contacts", start)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    (verdict,) = colleague.post_events(ContactNoteWritten(**fact(start.contact_id, 2), text="x"))
    assert verdict["problem"]["code"] == "forbidden"


def test_the_wrong_kind_of_event_is_not_taken_by_a_route(backend: Backend) -> None:
    start = started()
    backend.agent.post("/v1/contacts", start)
    note = ContactNoteWritten(**fact(start.contact_id, 2), text="x")
    for route in ("caller", "concern", "situation"):
        assert backend.agent.post(f"/v1/contacts/{start.contact_id}/{route}", note).status_code == 422


def test_customers_are_searched_inside_a_contact(backend: Backend) -> None:
    start = started(None)
    backend.agent.post("/v1/contacts", start)
    answer = backend.agent.send("GET", "/v1/customers", params={"q": "Müller", "contact_id": str(start.contact_id)})
    found = SearchAnswer.model_validate(answer.json())
    assert [hit.customer_id for hit in found.hits] == ["c-jan", "c-lisa"]
    assert not found.truncated


def test_the_contact_reasons_come_in_both_languages(backend: Backend) -> None:
    for language, label in (("de", "Rechnung"), ("en", "Bill")):
        answer = backend.agent.send("GET", "/v1/catalogue", params={"language": language})
        head = CatalogueHead.model_validate(answer.json())
        assert (head.language, head.concerns[0].label) == (language, label)


def test_the_whole_knowledge_comes_in_both_languages(backend: Backend) -> None:
    for language, title in (("de", "Frist"), ("en", "Time limit")):
        answer = backend.agent.send("GET", "/v1/catalogue/knowledge", params={"language": language})
        base = KnowledgeBase.model_validate(answer.json())
        assert (base.language, base.articles[0].title) == (language, title)
