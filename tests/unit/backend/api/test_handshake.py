"""What a backend says to panels of every age, and to those that are no panels."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.responses import PlainTextResponse
from starlette.types import Message, Scope

from nba_desktop.backend.api.handshake import Handshake
from nba_desktop.backend.cli import main
from nba_desktop.contract.handshake import PROTOCOL, PROTOCOL_HEADER, VERSION_HEADER
from nba_desktop.contract.problems import Problem
from tests.fakes.backend_site import Client, backend_app, serving
from tests.unit.backend.api.conftest import Backend

ROWS = yaml.safe_load(Path(__file__).with_name("handshakes.yaml").read_text(encoding="utf-8"))


def answered(app: Handshake, path: str, headers: dict[str, str]) -> tuple[int, dict[bytes, bytes], bytes]:
    """Status, headers and body of the answer to one request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope: Scope = {"type": "http", "method": "GET", "path": path, "headers": raw, "query_string": b""}
    asyncio.run(app(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(one.get("body", b"") for one in sent[1:])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_panel_is_answered_or_told_what_is_too_old(row: dict[str, Any]) -> None:
    protocol, version = row["backend"]
    app = Handshake(PlainTextResponse("answered"), version, row.get("least"), protocol)
    panel = [str(one) for one in row.get("panel", ())]
    said = dict(zip((PROTOCOL_HEADER, VERSION_HEADER), panel, strict=False))
    status, headers, body = answered(app, row.get("path", "/v1/contacts"), said)
    assert headers[b"nba-protocol"] == str(protocol).encode()
    assert headers[b"nba-version"] == version.encode()
    if "refused" not in row:
        assert (status, body) == (200, b"answered")
        return
    problem = Problem.model_validate_json(body)
    assert (problem.code, problem.needed, problem.status) == (row["refused"], row.get("needed", ""), status)
    assert status == (422 if row["refused"] == "invalid_message" else 409)


def test_each_answer_says_protocol_and_version(backend: Backend) -> None:
    for path in ("/healthz", "/readyz", "/v1/catalogue", "/v1/nowhere"):
        for client in (backend.agent, Client(backend.url)):
            assert client.send("GET", path).headers[PROTOCOL_HEADER] == str(PROTOCOL)
    ready = backend.agent.send("GET", "/readyz").json()
    assert (ready["protocol"], ready["least_panel"]) == (PROTOCOL, None)


def test_an_old_panel_hands_over_what_it_recorded_and_others_notice_nothing(tmp_path: Path) -> None:
    with backend_app(tmp_path, least_panel="999.0") as app, serving(app) as url:
        old = {PROTOCOL_HEADER: str(PROTOCOL), VERSION_HEADER: "1.0"}
        # Without a token: who must be updated hears that first.
        assert Client(url).send("GET", "/v1/catalogue", headers=old).json()["needed"] == "999.0"
        assert Client(url).send("POST", "/v1/events", headers=old).status_code == 401
        assert Client(url).send("GET", "/v1/catalogue").status_code == 401
        assert Client(url).send("GET", "/readyz").json()["least_panel"] == "999.0"


def test_only_a_version_can_be_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--data", str(tmp_path), "--least-panel", "the newest"], resources=tmp_path)
    assert "dotted numbers" in capsys.readouterr().err
