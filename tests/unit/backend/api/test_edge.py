"""The whole backend as the network sees it: headers on every answer, figures and log lines with nothing of anybody."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from nba_desktop.backend.app import describe
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.edge.log_lines import LineFormatter, LogFormat
from nba_desktop.backend.networks import read_networks
from nba_desktop.contract.codes import Role
from tests.fakes.backend_site import CATALOGUE, Client, authenticated, started
from tests.unit.backend.api.conftest import Backend, opened

LINES = "nba_desktop.backend.requests"
PERSONAL = ("Müller", "M%C3%BCller", "K-104233", "+493511234567", "3511234567", "anna", "c-lisa")


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """Behind a server on this machine."""
    folder = tmp_path_factory.mktemp("backend")
    with opened(folder, CATALOGUE, proxies=read_networks("127.0.0.1")) as backend:
        yield backend


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The lines of the requests, as they are written."""
    write = LineFormatter(LogFormat.JSON).format
    return [json.loads(write(record)) for record in caplog.records if record.name == LINES]


def figures(backend: Backend) -> dict[str, float]:
    answer = backend.client(Role.ADMIN, agent_id="prometheus").send("GET", "/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    found = (line.rpartition(" ") for line in answer.text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in found}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/readyz", 200),
        ("GET", "/v1/catalogue", 200),
        ("GET", "/v1/customers?q=Lisa", 422),
        ("DELETE", "/v1/events", 405),
        ("GET", "/nowhere", 404),
        ("POST", "/v1/hooks/nobody", 401),
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_every_answer_protects_itself(backend: Backend, method: str, path: str, status: int, scheme: str) -> None:
    answer = backend.agent.send(method, path, headers={"X-Forwarded-Proto": scheme})
    assert answer.status_code == status
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert ("Strict-Transport-Security" in answer.headers) is (scheme == "https")
    if status >= 400:
        assert answer.json()["instance"] == f"urn:nba-desktop:request:{answer.headers['X-Request-Id']}"


@pytest.mark.parametrize(
    ("given", "kept"),
    [("4bf92f3577b34da6a3ce929d0e0e4736", True), ("short", False), ("Lisa Müller 0351", False), ("x" * 65, False)],
)
def test_an_id_of_the_server_in_front_is_taken_over_if_it_is_one(backend: Backend, given: str, kept: bool) -> None:
    answer = backend.agent.send("GET", "/readyz", headers={"X-Request-Id": given.encode()})
    assert (answer.headers["X-Request-Id"] == given) is kept


def test_a_request_is_one_line_by_its_route_and_the_callers_pseudonym(
    backend: Backend, caplog: pytest.LogCaptureFixture
) -> None:
    start = started()
    with caplog.at_level(logging.INFO, LINES):
        backend.agent.post("/v1/contacts", start)
        backend.agent.post(f"/v1/contacts/{start.contact_id}/caller", authenticated(start.contact_id))
        backend.agent.send("GET", "/v1/customers?q=M%C3%BCller&reason=K-104233")
        backend.agent.send("GET", "/v1/customers/+493511234567")
        backend.agent.send("GET", "/v1/customers?q=M%C3%BCller", headers={"Authorization": "Bearer anna"})
        # A line is written after its answer, and before the next request is looked at.
        backend.agent.send("GET", "/healthz")
    # Whoever started the backend asked whether it is ready, perhaps more than once.
    found = [line for line in lines(caplog) if line["route"] not in ("/readyz", "/healthz")]
    assert len({one["request_id"] for one in found}) == 5
    assert [(one["method"], one["route"], one["status"]) for one in found] == [
        ("POST", "/v1/contacts", 200),
        ("POST", "/v1/contacts/{contact_id}/caller", 200),
        ("GET", "/v1/customers", 200),
        ("GET", "unknown", 404),
        ("GET", "refused", 401),
    ]
    assert found[0]["caller"].startswith("A-")
    assert [one.get("problem") for one in found] == [None, None, None, "not_found", "unauthenticated"]
    assert "caller" not in found[4]
    text = json.dumps(found, ensure_ascii=False)
    assert not [one for one in PERSONAL if one in text]


def test_figures_tell_what_happened_and_of_whom_nothing(backend: Backend) -> None:
    before = figures(backend)
    start = started()
    backend.agent.post("/v1/contacts", start)
    backend.agent.send("GET", "/v1/customers?q=M%C3%BCller&reason=K-104233")
    for _ in range(2):
        requests.get(f"{backend.url}/v1/load", headers={"Authorization": "Bearer anna"}, timeout=20)
    after = figures(backend)

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert grown('nba_requests_total{method="POST",route="/v1/contacts",status="2xx"}') == 1
    assert grown('nba_request_seconds_count{route="/v1/customers"}') == 1
    assert grown('nba_problems_total{code="unauthenticated"}') == 2
    assert grown('nba_decisions_total{result="not_authenticated"}') == 1
    assert grown("nba_decision_seconds_count") == 1
    assert after["nba_requests_in_flight"] == 1
    assert after["nba_streams"] == 0
    assert after["process_resident_memory_bytes"] > 0
    assert not [one for one in PERSONAL if one in "\n".join(after)]


def test_figures_are_for_those_who_watch_systems(backend: Backend) -> None:
    assert backend.agent.send("GET", "/metrics").status_code == 403
    assert Client(backend.url).send("GET", "/metrics").status_code == 401


def test_an_embedded_panel_is_never_told_to_wait(tmp_path: Path) -> None:
    site = BackendConfig(data=tmp_path, resources=tmp_path)
    for config, expected in ((site, ["SignInRate", "CallerRate"]), (replace(site, embedded_token="token"), [])):
        layers = [str(layer) for layer in describe(config).user_middleware]
        assert [name for name in ("SignInRate", "CallerRate") if any(name in one for one in layers)] == expected
