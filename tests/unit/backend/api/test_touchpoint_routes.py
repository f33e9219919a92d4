"""Touchpoints over real HTTP: from the report of another system to the panel of the running call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from nba_desktop.backend.opening import now_utc
from nba_desktop.contract.arrival import ArrivalVerdicts, OfferNews
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Role
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import ConcernSolved
from nba_desktop.contract.problems import Problem
from nba_desktop.contract.teaser import Teasers
from tests.fakes.backend_arrivals import catalogue_with_triggers, plain_event
from tests.fakes.backend_site import Client, authenticated, started
from tests.fakes.sse import streaming
from tests.unit.backend.api.conftest import Backend, opened

PATH = "/v1/touchpoints"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    folder = tmp_path_factory.mktemp("arrivals")
    with opened(folder, catalogue_with_triggers(folder)) as backend:
        yield backend


@pytest.fixture(scope="module")
def machine(site: Backend) -> Client:
    return site.client(Role.MACHINE, agent_id="crm")


def send(client: Client, body: Any, kind: str = "cloudevents") -> Any:
    headers = {"Content-Type": f"application/{kind}+json"}
    return client.send("POST", PATH, data=json.dumps(body), headers=headers)


def test_a_single_event_is_answered_by_its_verdict_or_by_the_problem(machine: Client) -> None:
    event = plain_event("bill", at=now_utc())
    answers = [send(machine, event), send(machine, event)]
    assert [(one.status_code, one.json()["verdict"]) for one in answers] == [(200, "accepted"), (200, "duplicate")]
    refused = send(machine, plain_event("bill", id="e-2", balance_eur="much"))
    problem = Problem.model_validate_json(refused.content)
    assert (refused.status_code, refused.headers["Content-Type"]) == (422, "application/problem+json")
    assert [(one.where, one.message) for one in problem.errors] == [("data.params.balance_eur", "send a number")]


def test_an_event_in_headers_is_taken_too(machine: Client) -> None:
    event = plain_event("bill", id="e-3")
    headers = {f"ce-{name}": str(event[name]) for name in ("specversion", "id", "source", "type", "time")}
    assert machine.send("POST", PATH, json=event["data"], headers=headers).json()["verdict"] == "accepted"


def test_a_batch_is_answered_event_by_event(machine: Client) -> None:
    batch = [plain_event("bill", id="b-1"), {"id": "b-2"}, plain_event("bill", id="b-3", data={"customer_no": "X"})]
    answer = ArrivalVerdicts.model_validate_json(send(machine, batch, "cloudevents-batch").content)
    found = [(one.id, one.problem.code.value if one.problem else one.verdict) for one in answer.verdicts]
    assert found == [("b-1", "accepted"), ("b-2", "invalid_message"), ("b-3", "unknown_customer")]


def test_what_holds_no_event_is_refused_as_a_whole(machine: Client) -> None:
    answer = machine.send("POST", PATH, json={"customer_no": "K-104233"})
    assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, "Content-Type")


def test_a_letter_during_a_call_reaches_the_panel_the_ranking_and_the_teaser(site: Backend, machine: Client) -> None:
    start = started("+4915112345678", at=now_utc())
    site.agent.post("/v1/contacts", start)
    path = f"/v1/contacts/{start.contact_id}"
    site.agent.post(f"{path}/caller", authenticated(start.contact_id, at=now_utc()))
    solved = ConcernSolved(event_id=new_id(), contact_id=start.contact_id, seq=3, at=now_utc(), solved=True)
    before = ContactView.model_validate_json(site.agent.post(f"{path}/concern", solved).content)
    assert before.decision.recommendations[0].action_id == "SRV_BILL"
    assert first_teaser(machine) == "SRV_BILL"
    with streaming(site.url, site.agent.token or "") as stream:
        assert stream.event().type == "snapshot"
        assert send(machine, plain_event(id="letter", at=now_utc() - timedelta(hours=1))).status_code == 200
        name, _number, data = stream.block()
    assert name == "event: news"
    news = OfferNews.model_validate_json(data.removeprefix("data: "))
    assert (news.contact_id, news.action_ids) == (start.contact_id, ("SALES_SOLAR",))
    after = ContactView.model_validate_json(site.agent.post("/v1/contacts", start).content)
    first = after.decision.recommendations[0]
    assert first.action_id == "SALES_SOLAR"
    assert "Preisschreiben erhalten" in [one.params.get("text") for one in first.because]
    assert first_teaser(machine) == "SALES_SOLAR"


def first_teaser(machine: Client) -> str:
    answer = machine.send("GET", "/v1/teasers?customer=K-104233&placement=home")
    return Teasers.model_validate_json(answer.content).teasers[0].action_id
