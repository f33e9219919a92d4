"""The composition root of the backend: every object is built here, once, in reading order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from time import monotonic
from typing import Final

from fastapi import FastAPI
from fastapi.middleware import Middleware

from nba_desktop import __version__
from nba_desktop.backend.api.auth import Authentication, Tokens
from nba_desktop.backend.api.catalogue import catalogue_router
from nba_desktop.backend.api.contacts import contacts_router
from nba_desktop.backend.api.customers import customers_router
from nba_desktop.backend.api.decisions import decisions_router
from nba_desktop.backend.api.events import events_router
from nba_desktop.backend.api.health import health_router
from nba_desktop.backend.api.hooks import hooks_router
from nba_desktop.backend.api.journey import journey_router
from nba_desktop.backend.api.limits import BodyLimit
from nba_desktop.backend.api.load import load_router
from nba_desktop.backend.api.outcomes import outcomes_router
from nba_desktop.backend.api.problems import LastResort, add_problem_handlers
from nba_desktop.backend.api.stream import stream_router
from nba_desktop.backend.api.stream_sources import stream_sources_router
from nba_desktop.backend.api.teasers import teasers_router
from nba_desktop.backend.calls.feed import Feed
from nba_desktop.backend.calls.hub import Hub
from nba_desktop.backend.calls.rate import RateLimit
from nba_desktop.backend.calls.sources import KnownSources, SourceService
from nba_desktop.backend.catalogues.content import files_at
from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.consent.proof import ProofService
from nba_desktop.backend.contacts.day import DayService
from nba_desktop.backend.contacts.effects import Effects
from nba_desktop.backend.contacts.events import EventService
from nba_desktop.backend.contacts.history import HistoryService
from nba_desktop.backend.contacts.search import SearchService
from nba_desktop.backend.contacts.service import ContactService
from nba_desktop.backend.decisions.deciding import Deciding, installation_salt
from nba_desktop.backend.decisions.engines import Engines
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.decisions.load import LoadService
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.backend.decisions.teaching import learn_or_say
from nba_desktop.backend.decisions.teasers import TeaserService
from nba_desktop.backend.decisions.why import WhyService
from nba_desktop.backend.opening import database_url, now_utc, open_store
from nba_desktop.backend.rows import Caller
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import EmbeddedAccess, TokenService, ensure_agent
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import Role
from nba_desktop.contract.contact import CatalogueHead
from nba_desktop.contract.knowledge import KnowledgeBase

_TIDY_S: Final = 60.0


@contextmanager
def open_app(config: BackendConfig) -> Iterator[FastAPI]:
    """Build the backend: store, versions of the catalogue, model, services, routes; closed when the block ends.

    Raises `CatalogueErrors`, `ConfigurationError` or a `StoreError` that say what to put right.
    """
    files = files_at(config.catalogue_path)
    with open_store(config) as store:
        with store.write() as unit:
            take_in(unit, files, now_utc(), explicit=config.catalogue is not None)
            salt = installation_salt(unit, now_utc())
        catalogues = LiveCatalogues()
        learner = Learner(store, catalogues.of_version, now_utc)
        deciding = Deciding(catalogues, learner, Engines(), salt)
        with store.write() as unit:
            deciding.prepare(unit)
        tokens = _embedded_access(config, store) or TokenService(store, now_utc)
        yield _assembled(config, store, catalogues, learner, deciding, tokens)


def describe(config: BackendConfig) -> FastAPI:
    """Build the backend to look at its routes only: no store is opened or made."""
    store = SqlStore(Database(database_url(config)))
    catalogues = LiveCatalogues()
    learner = Learner(store, catalogues.of_version, now_utc)
    deciding = Deciding(catalogues, learner, Engines(), salt="")
    return _assembled(config, store, catalogues, learner, deciding, TokenService(store, now_utc))


def _assembled(
    config: BackendConfig,
    store: SqlStore,
    catalogues: LiveCatalogues,
    learner: Learner,
    deciding: Deciding,
    tokens: Tokens,
) -> FastAPI:
    learn = partial(learn_or_say, learner)
    events = EventService(store, Effects(catalogues, learn), now_utc)
    contacts = ContactService(store, events, deciding, catalogues, now_utc)
    proofs = ProofService(store, catalogues, now_utc)
    days = DayService(store, catalogues, now_utc)
    search = SearchService(store, now_utc)
    history = HistoryService(store, now_utc)
    why = WhyService(store, catalogues, now_utc)
    teasers = TeaserService(store, catalogues, deciding, now_utc)
    outcomes = OutcomeService(store, learn, now_utc)
    load = LoadService(store, now_utc)
    # Microseconds: no process before this one can have given out as many.
    hub = Hub(Feed(int(now_utc().timestamp() * 1_000_000)), now_utc)
    sources = SourceService(store)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        tidying = asyncio.create_task(_tidy(hub))
        yield
        tidying.cancel()
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
    # Every router is asked in turn, and nothing is asked for as often as what telephone systems report.
    app.include_router(hooks_router(hub, KnownSources(sources, monotonic), RateLimit(monotonic)))
    app.include_router(stream_router(hub))
    app.include_router(health_router(store, __version__, lambda unit: catalogues.in_force(unit).live.version))
    app.include_router(contacts_router(contacts, proofs, days))
    app.include_router(journey_router(history))
    app.include_router(events_router(events))
    app.include_router(customers_router(search))
    app.include_router(
        catalogue_router(partial(_catalogue_head, store, catalogues), partial(_knowledge, store, catalogues))
    )
    app.include_router(decisions_router(why))
    app.include_router(teasers_router(teasers))
    app.include_router(outcomes_router(outcomes))
    app.include_router(load_router(load))
    app.include_router(stream_sources_router(sources))
    # Streams have no end of their own: whoever stops the server ends them first.
    app.state.end_streams = hub.end_streams
    return app


async def _tidy(hub: Hub) -> None:
    while True:
        await asyncio.sleep(_TIDY_S)
        hub.tidy()


def openapi_text(app: FastAPI) -> str:
    """Return the OpenAPI document as it is checked in: the same text for the same routes."""
    return json.dumps(app.openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _catalogue_head(store: SqlStore, catalogues: LiveCatalogues, language: Language) -> CatalogueHead:
    with store.read() as unit:
        return catalogues.in_force(unit).live.head(language)


def _knowledge(store: SqlStore, catalogues: LiveCatalogues, language: Language) -> KnowledgeBase:
    with store.read() as unit:
        return catalogues.in_force(unit).live.knowledge(language)


def _embedded_access(config: BackendConfig, store: SqlStore) -> EmbeddedAccess | None:
    if config.embedded_token is None:
        return None
    with store.write() as unit:
        code = ensure_agent(unit.access, config.embedded_agent, now_utc())
    return EmbeddedAccess(config.embedded_token, Caller(config.embedded_agent, code, frozenset({Role.AGENT})))
