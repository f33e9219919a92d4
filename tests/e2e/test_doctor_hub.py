"""`check_hub` says in words what is wrong with the stream of calls, against real backends and what is none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Final

import pytest

from nba_desktop.backend.calls.sources import SourceService
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import now_utc, open_store
from nba_desktop.backend.rows.hooks import HookDialect
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.codes import Role
from nba_desktop.doctor.hub_link import check_hub
from tests.fakes.backend_site import CATALOGUE, backend_app, serving
from tests.fakes.sse import streaming
from tests.unit.adapters.http_peer import says
from tests.unit.adapters.http_peer import serving as answering
from tests.unit.backend.api.test_hooks import row

HTML: Final = "<html>Welcome to our hotel"


class Backend:
    def __init__(self, url: str, tokens: TokenService, sources: SourceService) -> None:
        self.url, self.sources = url, sources
        self.anna = tokens.create("anna", frozenset({Role.AGENT}))
        self.analyst = tokens.create("vera", frozenset({Role.ANALYST}))


@pytest.fixture
def backend(tmp_path: Path, qapp: object) -> Iterator[Backend]:
    config = BackendConfig(data=tmp_path, resources=tmp_path, catalogue=CATALOGUE)
    with backend_app(tmp_path) as app, open_store(config) as store, serving(app) as url:
        yield Backend(url, TokenService(store, now_utc), SourceService(store))


def test_a_stream_with_a_telephone_user_of_the_agent_s_is_well(backend: Backend) -> None:
    backend.sources.create(row("pbx", HookDialect.ZAMMAD))
    backend.sources.map_user("pbx", "Anna Adler", "anna")
    finding = check_hub(backend.url, backend.anna)
    assert (finding.check, finding.ok, finding.way_out) == ("telephony", True, "")
    assert finding.says == f"the backend at {backend.url} tells the calls of anna at pbx (zammad)"
    # It does not take a panel's place for longer than it looks.
    with streaming(backend.url, backend.anna) as stream:
        assert stream.event().type == "snapshot"


def test_an_agent_whom_no_telephone_user_stands_for_is_told_how_to_map_one(backend: Backend) -> None:
    way_out = check_hub(backend.url, backend.anna).way_out
    assert "on the server: `nba-desktop-backend hook create SOURCE --dialect …`" in way_out
    backend.sources.create(row("pbx", HookDialect.ZAMMAD))
    finding = check_hub(backend.url, backend.anna)
    assert not finding.ok
    assert "no telephone user of pbx stands for the agent anna" in finding.says
    assert "on the server: `nba-desktop-backend hook map pbx --user … --agent anna`" in finding.way_out


def test_a_token_that_is_refused_or_no_agent_s_is_named(backend: Backend) -> None:
    for token in ("worthless", backend.analyst):
        finding = check_hub(backend.url, token)
        assert not finding.ok
        assert "the token is refused" in finding.says
        assert "token create" in finding.way_out
        assert token not in finding.says + finding.way_out


def test_what_is_no_backend_is_named(qapp: object) -> None:
    with answering(says(200, HTML, "text/html")) as peer:
        assert "is not the backend's stream" in check_hub(peer.url, "token").says
        gone = peer.url
    assert "nothing listens there" in check_hub(gone, "token").says
    left = threading.Event()

    def say_nothing(_handler: BaseHTTPRequestHandler) -> None:
        left.wait(5)

    with answering(say_nothing) as peer:
        finding = check_hub(peer.url, "token", limit_ms=200)
        left.set()
    assert "no stream came in time" in finding.says


def test_settings_that_cannot_be_used_are_named() -> None:
    assert "backend.url" in check_hub("http://nba.example.org", "token").says
    assert "token set" in check_hub("https://nba.example.org", "two words").way_out
