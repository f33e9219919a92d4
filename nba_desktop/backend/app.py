"""The composition root of the backend: every object is built here, once, in reading order."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.middleware import Middleware
from sqlalchemy import URL

from nba_desktop import __version__
from nba_desktop.backend.api.auth import Authentication, Tokens
from nba_desktop.backend.api.catalogue import catalogue_router
from nba_desktop.backend.api.contacts import contacts_router
from nba_desktop.backend.api.customers import customers_router
from nba_desktop.backend.api.events import events_router
from nba_desktop.backend.api.health import health_router
from nba_desktop.backend.api.limits import BodyLimit
from nba_desktop.backend.api.problems import LastResort, add_problem_handlers
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.consent.service import ConsentRecorder
from nba_desktop.backend.consent.wording import register_wordings
from nba_desktop.backend.contacts.effects import Effects
from nba_desktop.backend.contacts.events import EventService
from nba_desktop.backend.contacts.identification import SecurityPolicy
from nba_desktop.backend.contacts.search import SearchService
from nba_desktop.backend.contacts.service import ContactService
from nba_desktop.backend.contacts.view import Site
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import decide
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.decisioning.propensity import StartPropensity
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.ports import Caller
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import EmbeddedAccess, TokenService, ensure_agent
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import Role

LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")


@contextmanager
def open_app(config: BackendConfig) -> Iterator[FastAPI]:
    """Build the backend: catalogue, store, services, routes; its store is closed when the block ends.

    Raises `CatalogueErrors`, `ConfigurationError` or a `StoreError` that say what to put right.
    """
    catalogue = open_catalogue(config.catalogue_path)
    with open_store(config) as store:
        with store.write() as unit:
            register_wordings(
                unit.consents, [one for language in LANGUAGES for one in catalogue.wordings(language)], now_utc()
            )
        tokens = _embedded_access(config, store) or TokenService(store, now_utc)
        yield _assembled(config, catalogue, store, tokens)


def describe(config: BackendConfig) -> FastAPI:
    """Build the backend to look at its routes only: no store is opened or made."""
    store = SqlStore(Database(_database_url(config)))
    return _assembled(config, open_catalogue(config.catalogue_path), store, TokenService(store, now_utc))


def _assembled(config: BackendConfig, catalogue: Catalogue, store: SqlStore, tokens: Tokens) -> FastAPI:
    site = Site(
        catalogue_version=catalogue.version,
        security=SecurityPolicy(catalogue.security_items, catalogue.security_items_required),
        wordings=catalogue.wordings,
        zone=catalogue.zone,
    )
    recorder = ConsentRecorder(partial(_local_time, catalogue))
    events = EventService(store, Effects(site.security, recorder), now_utc)
    contacts = ContactService(store, events, partial(decide, catalogue, StartPropensity()), site, now_utc)
    search = SearchService(store, now_utc)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        # A signal that stopped the server ends the process before any block around it does.
        store.close()

    app = FastAPI(
        title="NBA Desktop backend",
        version=__version__,
        # No open pages that describe the site; the document is published with the source.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        # It would carry messages of exceptions, and with them personal data.
        telemetry={
            "tracing": False,
            "metrics": False,
            "logs": False,
            "operation_spans": False,
            "auto_configure": False,
        },
        middleware=[
            Middleware(LastResort),
            Middleware(Authentication, tokens=tokens),
            Middleware(BodyLimit, limit=config.max_body_bytes),
        ],
    )
    add_problem_handlers(app)
    app.include_router(health_router(store, __version__, catalogue.version))
    app.include_router(contacts_router(contacts))
    app.include_router(events_router(events))
    app.include_router(customers_router(search))
    app.include_router(catalogue_router(catalogue.head))
    return app


def open_catalogue(path: Path) -> Catalogue:
    """Load the catalogue in force; raise `CatalogueErrors` or `ConfigurationError`."""
    if not path.exists():
        raise ConfigurationError(f"there is no catalogue at {path}: name one with --catalogue")
    return load_catalogue(path)


@contextmanager
def open_store(config: BackendConfig) -> Iterator[SqlStore]:
    """Open the store at the schema of this version, making it when it is missing; closed when the block ends."""
    try:
        config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made before SQLite makes it, so that it and the log beside it are this user's alone.
        os.close(os.open(config.database_file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise ConfigurationError(f"the folder {config.data} cannot be used: {error.strerror}") from error
    with closing(Database(_database_url(config))) as database:
        migrate(database)
        yield SqlStore(database)


def _database_url(config: BackendConfig) -> URL:
    return URL.create("sqlite", database=str(config.database_file))


def openapi_text(app: FastAPI) -> str:
    """Return the OpenAPI document as it is checked in: the same text for the same routes."""
    return json.dumps(app.openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def now_utc() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


def _local_time(catalogue: Catalogue, moment: datetime) -> str:
    return moment.astimezone(catalogue.zone).isoformat(timespec="seconds")


def _embedded_access(config: BackendConfig, store: SqlStore) -> EmbeddedAccess | None:
    if config.embedded_token is None:
        return None
    with store.write() as unit:
        code = ensure_agent(unit.access, config.embedded_agent, now_utc())
    return EmbeddedAccess(config.embedded_token, Caller(config.embedded_agent, code, frozenset({Role.AGENT})))
