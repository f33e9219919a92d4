"""Whatever is sent, an answer comes, and it is never an internal error."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Role
from nba_desktop.contract.problems import Problem
from tests.fakes.backend_site import NOW, Client, started
from tests.unit.backend.api.conftest import Backend

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
WRITABLE = st.characters(codec="utf-8")


@pytest.fixture(scope="module")
def machine(backend: Backend) -> Client:
    return backend.client(Role.MACHINE, agent_id="portal")


KEYS = ("type", "event_id", "contact_id", "seq", "at", "number", "interaction_id", "language", "customer_no", "queue")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), JSON, min_size=1, max_size=3), st.lists(JSON, max_size=2))
def test_a_damaged_event_gets_a_verdict_of_its_own(backend: Backend, damage: dict[str, Any], others: list[Any]) -> None:
    good = started()
    damaged = started().model_dump(mode="json") | damage
    body = json.dumps({"events": [damaged, *others, good.model_dump(mode="json")]})
    answer = backend.agent.send("POST", "/v1/events", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200, answer.text
    verdicts = answer.json()["verdicts"]
    assert len(verdicts) == 2 + len(others)
    assert verdicts[-1] == {"event_id": str(good.event_id), "verdict": "accepted", "problem": None}


OUTCOME_KEYS = ("event_id", "source", "at", "customer_id", "customer_no", "decision_id", "action_id", "code")


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(OUTCOME_KEYS), JSON, min_size=1, max_size=3), st.lists(JSON, max_size=2), st.data()
)
def test_a_damaged_outcome_gets_a_verdict_of_its_own(
    machine: Client, damage: dict[str, Any], others: list[Any], data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from(["COMPLETED", "REVOKED", "TEASER_SEEN"]))
    good = {"event_id": str(new_id()), "source": "crm", "at": NOW.isoformat(), "customer_id": "c-lisa"}
    good |= {"action_id": "SRV_BILL", "code": "COMPLETED"}
    damaged = good | {"event_id": str(new_id()), "code": code} | damage
    body = json.dumps({"outcomes": [damaged, *others, good]})
    answer = machine.send("POST", "/v1/outcomes", data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200, answer.text
    verdicts = answer.json()["verdicts"]
    assert len(verdicts) == 2 + len(others)
    assert verdicts[-1] == {"event_id": good["event_id"], "verdict": "accepted", "problem": None}


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | JSON.map(lambda one: json.dumps(one).encode()), st.booleans())
def test_any_body_of_a_machine_gets_a_problem_document(machine: Client, body: bytes, load: bool) -> None:
    method, path = ("PUT", "/v1/load") if load else ("POST", "/v1/outcomes")
    answer = machine.send(method, path, data=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert Problem.model_validate_json(answer.content).code.value == "invalid_message"


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(WRITABLE, max_size=70), st.text(WRITABLE, max_size=70), st.text(WRITABLE, max_size=3))
def test_any_question_for_teasers_gets_an_answer(machine: Client, customer: str, placement: str, language: str) -> None:
    asked = {"customer": customer, "placement": placement, "language": language}
    assert machine.send("GET", "/v1/teasers", params=asked).status_code == 422


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(WRITABLE, min_size=1, max_size=40), st.text(WRITABLE, min_size=1, max_size=40), st.text(WRITABLE))
def test_any_question_why_gets_an_answer(backend: Backend, decision: str, action: str, reason: str) -> None:
    for path in (f"{quote(decision, '')}/why", f"{new_id()}/why-not/{quote(action, '')}"):
        answer = backend.agent.send("GET", f"/v1/decisions/{path}", params={"reason": reason})
        assert answer.status_code in (404, 422)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["/v1/events", "/v1/contacts"]),
    st.binary(max_size=60) | JSON.map(lambda one: json.dumps(one).encode()),
)
def test_any_body_gets_a_problem_document(backend: Backend, path: str, body: bytes) -> None:
    answer: requests.Response = backend.agent.send(
        "POST", path, data=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)
    assert Problem.model_validate_json(answer.content).code.value == "invalid_message"


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(WRITABLE, min_size=1, max_size=60), st.text(WRITABLE, max_size=20))
def test_any_search_gets_an_answer(backend: Backend, text: str, reason: str) -> None:
    answer = backend.agent.send("GET", "/v1/customers", params={"q": text, "reason": reason})
    assert answer.status_code in (200, 422)
