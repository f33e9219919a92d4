"""One backend, served over real HTTP for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI

from nba_desktop.backend.app import now_utc, open_store
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.codes import Role
from tests.fakes.backend_site import ANN, CATALOGUE, JAN, JOURNEY, LISA, Client, backend_app, serving


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
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    folder = tmp_path_factory.mktemp("backend")
    config = BackendConfig(data=folder, resources=folder, catalogue=CATALOGUE)
    with backend_app(folder) as app, open_store(config) as store, serving(app) as url:
        with store.write() as unit:
            unit.customers.add([LISA, JAN, ANN], JOURNEY)
        tokens = TokenService(store, now_utc)
        yield Backend(app, store, tokens, url, Client(url, tokens.create("anna", frozenset({Role.AGENT}))))
