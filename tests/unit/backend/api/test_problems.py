"""Every error is a problem document with a stable code, and repeats nothing that was sent."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from fastapi import FastAPI
from fastapi.middleware import Middleware

from nba_desktop.backend import errors
from nba_desktop.backend.api.problems import LastResort
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import Role
from nba_desktop.contract.problems import PROBLEM_MEDIA_TYPE, Problem
from tests.fakes.backend_site import Client, authenticated, backend_app, serving, started
from tests.unit.backend.api.conftest import Backend

SECRET = "Frau-Müller-0151"
UNKNOWN_CONTACT = "019aa7c0-0000-7000-8000-000000000001"


def problem(answer: requests.Response) -> tuple[int, str]:
    """The status and code of a problem document, after checking that it is one."""
    assert answer.headers["Content-Type"] == PROBLEM_MEDIA_TYPE
    document = Problem.model_validate_json(answer.content)
    assert document.status == answer.status_code
    assert document.type == f"urn:nba-desktop:problem:{document.code.value}"
    assert SECRET not in answer.text
    return answer.status_code, document.code.value


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", f"/v1/{SECRET}", (404, "not_found")),
        ("GET", "/v1/events/", (404, "not_found")),
        ("DELETE", "/v1/events", (405, "method_not_allowed")),
        ("OPTIONS", "/v1/contacts", (405, "method_not_allowed")),
        ("GET", "/v1/customers", (422, "invalid_message")),
        ("GET", "/v1/customers?q=x", (422, "invalid_message")),
        ("GET", "/v1/customers?q=" + "x" * 101, (422, "invalid_message")),
        ("GET", f"/v1/customers?q=ab&contact_id={SECRET}", (422, "invalid_message")),
        ("GET", f"/v1/customers?q=ab&language={SECRET}", (422, "invalid_message")),
        ("GET", f"/v1/customers?q={SECRET}", (422, "reason_required")),
        ("GET", "/v1/customers?q=ab&reason=a%00b", (422, "invalid_message")),
        ("GET", f"/v1/customers?q=ab&contact_id={UNKNOWN_CONTACT}", (404, "unknown_contact")),
        ("GET", f"/v1/catalogue?language={SECRET}", (422, "invalid_message")),
    ],
)
def test_a_wrong_request_is_answered_with_its_reason(
    backend: Backend, method: str, path: str, expected: tuple[int, str]
) -> None:
    assert problem(backend.agent.send(method, path)) == expected


NO_DECISION = f"/v1/decisions/{UNKNOWN_CONTACT}"


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", f"{NO_DECISION}/why", (404, "not_found")),
        ("GET", f"{NO_DECISION}/why-not/SRV_BILL", (404, "not_found")),
        ("GET", f"{NO_DECISION}/why-not/{SECRET}!", (422, "invalid_message")),
        ("GET", f"{NO_DECISION}/why?language={SECRET}", (422, "invalid_message")),
        ("GET", f"{NO_DECISION}/why?reason=a%00b", (422, "invalid_message")),
        ("GET", f"/v1/decisions/{SECRET}/why", (422, "invalid_message")),
        ("POST", f"{NO_DECISION}/why", (405, "method_not_allowed")),
    ],
)
def test_a_wrong_question_why_is_answered_with_its_reason(
    backend: Backend, method: str, path: str, expected: tuple[int, str]
) -> None:
    assert problem(backend.agent.send(method, path)) == expected


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/v1/teasers", (422, "invalid_message")),
        ("GET", "/v1/teasers?customer=c-lisa", (422, "invalid_message")),
        ("GET", f"/v1/teasers?customer={SECRET}&placement=home", (422, "unknown_customer")),
        ("GET", f"/v1/teasers?customer=c-lisa&placement={SECRET}", (422, "invalid_message")),
        ("GET", "/v1/teasers?customer=c-lisa&placement=nowhere", (422, "invalid_message")),
        ("GET", "/v1/teasers?customer=&placement=home", (422, "invalid_message")),
        ("GET", "/v1/teasers?customer=a%00b&placement=home", (422, "invalid_message")),
        ("GET", f"/v1/teasers?customer={'x' * 65}&placement=home", (422, "invalid_message")),
        ("GET", f"/v1/teasers?customer=c-lisa&placement=home&language={SECRET}", (422, "invalid_message")),
        ("GET", "/v1/outcomes", (405, "method_not_allowed")),
        ("DELETE", "/v1/load", (405, "method_not_allowed")),
    ],
)
def test_a_wrong_request_of_a_machine_is_answered_with_its_reason(
    backend: Backend, method: str, path: str, expected: tuple[int, str]
) -> None:
    assert problem(backend.client(Role.MACHINE).send(method, path)) == expected


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"null", b"{}", b'{"load": "full"}', b'{"load": 1}', b'{"load": "high", "x": 1}', b'["high"]', b"\xff"],
)
def test_a_load_that_is_none_is_refused(backend: Backend, body: bytes) -> None:
    client = backend.client(Role.TEAM_LEAD)
    answer = client.send("PUT", "/v1/load", data=body, headers={"Content-Type": "application/json"})
    assert problem(answer)[1] == "invalid_message"
    assert client.send("GET", "/v1/load").json()["load"] == "normal"


@pytest.mark.parametrize("path", ["/v1/contacts", f"/v1/contacts/{UNKNOWN_CONTACT}/caller", "/v1/events"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"' + SECRET.encode() + b'"',
        b"\xff\xfe\x00",
        b'{"a": ' * 2000,
        b'{"events": [' + b"[" * 5000,
        b'{"event_id": NaN}',
        json.dumps({"events": [], SECRET: 1}).encode(),
        json.dumps({"type": SECRET, "event_id": SECRET}).encode(),
    ],
)
def test_garbage_is_refused_and_not_repeated(backend: Backend, path: str, body: bytes) -> None:
    answer = backend.agent.send("POST", path, data=body, headers={"Content-Type": "application/json"})
    assert problem(answer)[1] == "invalid_message"


def test_a_body_that_is_no_json_by_its_own_word_is_refused(backend: Backend) -> None:
    answer = backend.agent.send("POST", "/v1/events", data=b"<html>", headers={"Content-Type": "text/html"})
    assert problem(answer) == (422, "invalid_message")


def test_the_place_of_a_mistake_is_named_and_its_value_is_not(backend: Backend) -> None:
    raw = started().model_dump(mode="json") | {"seq": SECRET, "number": {"raw": 1}, SECRET: SECRET}
    answer = backend.agent.send("POST", "/v1/contacts", json=raw)
    assert problem(answer) == (422, "invalid_message")
    assert {(one["where"], one["message"]) for one in answer.json()["errors"]} == {
        ("body.seq", "is no whole number: send one, such as 3"),
        ("body.number.raw", "is no text: send one in quotes"),
        ("body", "holds a name that nobody knows: leave it out"),
    }


def test_a_message_announced_too_long_is_not_read(backend: Backend) -> None:
    answer = backend.agent.send("POST", "/v1/events", data=b"x" * 1_048_577)
    assert problem(answer) == (413, "too_large")


def test_a_message_that_gets_too_long_is_not_read_further(backend: Backend) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 50_000

    answer = backend.agent.send("POST", "/v1/events", data=pieces())
    assert problem(answer) == (413, "too_large")
    assert "send it in parts" in answer.json()["detail"]


def test_a_method_that_is_not_offered_is_answered_with_those_that_are(backend: Backend) -> None:
    answer = backend.agent.send("DELETE", "/v1/events")
    assert answer.json()["detail"] == "this address takes POST"


def test_too_many_events_at_once_are_refused(backend: Backend) -> None:
    raw = started().model_dump(mode="json")
    assert problem(backend.agent.send("POST", "/v1/events", json={"events": [raw] * 101})) == (422, "invalid_message")


def test_refusals_of_a_contact_have_their_own_codes(backend: Backend) -> None:
    agent = backend.agent
    start = started()
    contact_id = start.contact_id
    assert agent.post("/v1/contacts", start).status_code == 200
    path = f"/v1/contacts/{contact_id}/caller"
    assert problem(agent.post(path, authenticated(contact_id, "c-none"))) == (422, "unknown_customer")
    assert problem(agent.post(path, authenticated(contact_id, items_passed=()))) == (422, "invalid_message")
    assert problem(agent.post(path, authenticated(new_id()))) == (409, "conflict")
    unknown = new_id()
    assert problem(agent.post(f"/v1/contacts/{unknown}/caller", authenticated(unknown))) == (404, "unknown_contact")
    other = start.model_copy(update={"event_id": new_id()})
    assert problem(agent.post("/v1/contacts", other)) == (409, "conflict")


@pytest.mark.expected_log("store unavailable: the database refused")
def test_a_store_that_fails_is_said_and_keeps_nothing(tmp_path: Path) -> None:
    with backend_app(tmp_path, embedded_token="token") as app, serving(app) as url:
        client = Client(url, "token")
        database = sqlite3.connect(tmp_path / "backend.sqlite3")
        database.execute("ALTER TABLE events RENAME TO events_away")
        start = started()
        assert problem(client.post("/v1/contacts", start)) == (503, "store_unavailable")
        batch = {"events": [start.model_dump(mode="json")]}
        assert problem(client.send("POST", "/v1/events", json=batch)) == (503, "store_unavailable")
        assert database.execute("SELECT count(*) FROM contacts").fetchone() == (0,)
        database.execute("ALTER TABLE events_away RENAME TO events")
        database.close()
        assert client.post("/v1/contacts", start).status_code == 200


@pytest.mark.expected_log("store unavailable")
def test_not_being_ready_is_said(tmp_path: Path) -> None:
    with backend_app(tmp_path, embedded_token="token") as app, serving(app) as url:
        with sqlite3.connect(tmp_path / "backend.sqlite3") as database:
            # It can be read, and nothing can be written.
            database.execute("ALTER TABLE site_settings RENAME TO settings_away")
            database.commit()
            assert problem(Client(url).send("GET", "/readyz")) == (503, "store_unavailable")
            database.execute("ALTER TABLE settings_away RENAME TO site_settings")
            database.commit()
            assert Client(url).send("GET", "/readyz").json()["status"] == "ready"
            database.execute("ALTER TABLE customers RENAME TO customers_away")
        database.close()
        assert problem(Client(url).send("GET", "/readyz")) == (503, "store_unavailable")
        assert Client(url).send("GET", "/healthz").status_code == 200


@pytest.mark.expected_log(r"internal error urn:nba-desktop:request:[0-9a-f-]{36}: ZeroDivisionError at breaks:\d+ < ")
def test_what_nobody_expected_is_answered_and_logged_without_values() -> None:
    app = FastAPI(middleware=[Middleware(LastResort)])

    @app.get("/breaks")
    def breaks() -> None:
        raise ZeroDivisionError(SECRET)

    with serving(app) as url:
        answer = requests.get(f"{url}/breaks", timeout=20)
    assert problem(answer) == (500, "internal")
    assert answer.json()["instance"].startswith("urn:nba-desktop:request:")


def test_every_error_of_the_backend_is_in_one_tree() -> None:
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, Exception):
            assert issubclass(kind, errors.BackendError), name
            assert name in (errors.__doc__ or ""), name
