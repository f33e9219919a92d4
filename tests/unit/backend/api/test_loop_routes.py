"""Follow-ups, feedback and reported outcomes over HTTP: whose role may what, and what is refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import OutcomeCode, Role
from nba_desktop.contract.outcome import OutcomeReported
from tests.fakes.backend_site import NOW
from tests.unit.backend.api.conftest import Backend

ID = UUID(int=7)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/follow-ups", {Role.AGENT}),
        ("GET", "/v1/follow-ups.ics", {Role.AGENT}),
        ("POST", f"/v1/follow-ups/{ID}/done", {Role.AGENT, Role.MACHINE}),
        ("GET", "/v1/feedback", {Role.ACTION_OWNER}),
        ("GET", "/v1/feedback/mine", {Role.AGENT}),
        ("POST", f"/v1/feedback/{ID}/answer", {Role.ACTION_OWNER}),
        ("POST", "/v1/events", {Role.AGENT, Role.MACHINE}),
    ],
)
def test_each_route_is_for_its_roles(backend: Backend, method: str, path: str, allowed: set[Role]) -> None:
    passed = {role for role in Role if backend.client(role).send(method, path).status_code != 403}
    assert passed == allowed


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"/v1/feedback/{ID}/answer", {"answer": "   "}),
        (f"/v1/feedback/{ID}/answer", {"answer": "x" * 501}),
        (f"/v1/feedback/{ID}/answer", {"answer": "x", "by": "me"}),
        ("/v1/events", {"events": []}),
    ],
)
def test_a_message_that_breaks_the_contract_is_refused(backend: Backend, path: str, body: dict[str, Any]) -> None:
    answer = backend.client(Role.ACTION_OWNER, Role.MACHINE).send("POST", path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_message")


def test_what_there_is_not_is_not_found(backend: Backend) -> None:
    both = backend.client(Role.ACTION_OWNER, Role.MACHINE)
    for path, body in ((f"/v1/feedback/{ID}/answer", {"answer": "x"}), (f"/v1/follow-ups/{ID}/done", None)):
        assert both.send("POST", path, json=body).status_code == 404


def test_an_outcome_is_told_from_an_event_by_its_type(backend: Backend) -> None:
    machine = backend.client(Role.MACHINE)
    said = OutcomeReported(
        event_id=new_id(),
        source="crm",
        at=NOW,
        customer_id="c-lisa",
        action_id="SRV_BILL",
        code=OutcomeCode.COMPLETED,
    ).model_dump(mode="json")
    untyped = {name: value for name, value in said.items() if name != "type"}
    answer = machine.send("POST", "/v1/events", json={"events": [said, untyped, said | {"code": "SOLD"}]})
    assert [one["verdict"] for one in answer.json()["verdicts"]] == ["accepted", "refused", "refused"]
    # The older route takes the same message, with or without its type.
    for message in (said, untyped):
        again = machine.send("POST", "/v1/outcomes", json={"outcomes": [message]})
        assert [one["verdict"] for one in again.json()["verdicts"]] == ["duplicate"]
