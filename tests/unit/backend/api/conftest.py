"""One backend, served over real HTTP for all tests of a module."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi import FastAPI

from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import now_utc, open_store
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.codes import Role
from tests.fakes.backend_site import ANN, CATALOGUE, JAN, JOURNEY, LISA, PORTAL_CATALOGUE, Client, backend_app, serving

PUBLISHED: Final = Path(__file__).parents[4] / "docs" / "openapi.json"


@dataclass(frozen=True)
class Backend:
    app: FastAPI
    store: SqlStore
    tokens: TokenService
    url: str
    agent: Client

    def client(self, *roles: Role, agent_id: str = "zoe") -> Client:
        return Client(self.url, self.tokens.create(agent_id, frozenset(roles)))


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend whose catalogue has placements and sales actions."""
    with opened(tmp_path_factory.mktemp("portal"), PORTAL_CATALOGUE) as backend:
        yield backend


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with opened(tmp_path_factory.mktemp("backend"), CATALOGUE) as backend:
        yield backend


def published() -> dict[str, dict[str, Any]]:
    """The operations of each path as published: made of the routes it takes a second, and `test_openapi` does."""
    paths: dict[str, dict[str, Any]] = json.loads(PUBLISHED.read_text(encoding="utf-8"))["paths"]
    return paths


@contextmanager
def opened(folder: Path, catalogue: Path, **changes: Any) -> Iterator[Backend]:
    config = BackendConfig(data=folder, resources=folder, catalogue=catalogue)
    with backend_app(folder, catalogue=catalogue, **changes) as app, open_store(config) as store, serving(app) as url:
        with store.write() as unit:
            unit.customers.add([LISA, JAN, ANN], JOURNEY)
        tokens = TokenService(store, now_utc)
        yield Backend(app, store, tokens, url, Client(url, tokens.create("anna", frozenset({Role.AGENT}))))
