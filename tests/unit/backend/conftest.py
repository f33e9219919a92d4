"""The services of a backend on a fresh store, which is a file unless a test asks for each kind of store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from nba_desktop.backend.catalogues import live
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.loader import load_catalogue_files
from tests.fakes import postgresql as a_postgresql
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import STORES, Files, Stores
from tests.fakes.postgresql import Server
from tests.fakes.postgresql_stores import PostgresqlStores


@pytest.fixture(scope="session", autouse=True)
def catalogues_compiled_once() -> Iterator[None]:
    """Every store compiles what it finds in it: mostly the same texts, a thousand times, which are never changed."""

    @lru_cache(maxsize=32)
    def compiled(files: tuple[tuple[str, str], ...]) -> Catalogue:
        return load_catalogue_files(dict(files))

    def of_files(files: Mapping[str, str]) -> Catalogue:
        return compiled(tuple(files.items()))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "load_catalogue_files", of_files)
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server, one for all tests of a process."""
    if a_postgresql.BINARIES is None:
        pytest.skip("no PostgreSQL server is installed here: `make setup` names the package")
    with a_postgresql.server() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_stores(postgresql: Server) -> Iterator[PostgresqlStores]:
    stores = PostgresqlStores(postgresql)
    yield stores
    stores.end()


@pytest.fixture(params=["sqlite", "postgresql"])
def each_store(request: pytest.FixtureRequest) -> Iterator[Stores]:
    """Run the test on each kind of store: all it opens by the fakes is there."""
    stores: Stores = Files() if request.param == "sqlite" else request.getfixturevalue("postgresql_stores")
    token = STORES.set(stores)
    yield stores
    STORES.reset(token)
    stores.test_ended()


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with open_services(tmp_path) as opened:
        yield opened
