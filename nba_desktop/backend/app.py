"""The composition root of the backend: every object is built here, once, in reading order."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from random import random
from time import monotonic, perf_counter
from typing import Final

from anyio import to_thread
from fastapi import FastAPI
from fastapi.middleware import Middleware

from nba_desktop import __version__
from nba_desktop.backend.access.log import AuditService
from nba_desktop.backend.api.audit import audit_router
from nba_desktop.backend.api.auth import Authentication, Tokens
from nba_desktop.backend.api.catalogue import catalogue_router
from nba_desktop.backend.api.connections import connections_router
from nba_desktop.backend.api.consents import consent_proof_router, consents_router
from nba_desktop.backend.api.contacts import contacts_router
from nba_desktop.backend.api.customers import customers_router
from nba_desktop.backend.api.decisions import decisions_router
from nba_desktop.backend.api.events import events_router
from nba_desktop.backend.api.feedback import feedback_router
from nba_desktop.backend.api.follow_ups import follow_ups_router
from nba_desktop.backend.api.handshake import Handshake
from nba_desktop.backend.api.health import health_router
from nba_desktop.backend.api.hooks import hooks_router
from nba_desktop.backend.api.journey import journey_router
from nba_desktop.backend.api.limits import BodyLimit
from nba_desktop.backend.api.load import load_router
from nba_desktop.backend.api.metrics import metrics_router
from nba_desktop.backend.api.outcomes import outcomes_router
from nba_desktop.backend.api.problems import LastResort, add_problem_handlers
from nba_desktop.backend.api.review import review_router
from nba_desktop.backend.api.review_export import review_export_router
from nba_desktop.backend.api.site import site_router
from nba_desktop.backend.api.stream import PATH as STREAM
from nba_desktop.backend.api.stream import stream_router
from nba_desktop.backend.api.stream_sources import stream_sources_router
from nba_desktop.backend.api.subject_requests import subject_requests_router
from nba_desktop.backend.api.subjects import subjects_router
from nba_desktop.backend.api.teasers import teasers_router
from nba_desktop.backend.api.touchpoints import touchpoints_router
from nba_desktop.backend.arrivals.service import ArrivalService
from nba_desktop.backend.arrivals.watching import NewsWatch
from nba_desktop.backend.calls.feed import Feed
from nba_desktop.backend.calls.hub import Hub
from nba_desktop.backend.calls.queue_log import QueueLog
from nba_desktop.backend.calls.rate import RateLimit
from nba_desktop.backend.calls.sources import KnownSources, SourceService
from nba_desktop.backend.catalogues.content import files_at
from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.live import InForce, LiveCatalogues
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.consent.handing_over import HandOver
from nba_desktop.backend.consent.permission import PermissionService
from nba_desktop.backend.consent.proof import ProofService
from nba_desktop.backend.consent.reports import ConsentReports
from nba_desktop.backend.contacts.day import DayService
from nba_desktop.backend.contacts.effects import Effects
from nba_desktop.backend.contacts.events import EventService
from nba_desktop.backend.contacts.follow_ups import FollowUpService
from nba_desktop.backend.contacts.history import HistoryService
from nba_desktop.backend.contacts.search import SearchService
from nba_desktop.backend.contacts.service import ContactService
from nba_desktop.backend.decisions.deciding import Deciding, installation_salt
from nba_desktop.backend.decisions.engines import Engines
from nba_desktop.backend.decisions.feedback import FeedbackService
from nba_desktop.backend.decisions.intake import Intake
from nba_desktop.backend.decisions.lapsing import Lapsing
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.decisions.lifetime_values import ValueService
from nba_desktop.backend.decisions.load import LoadService
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.backend.decisions.teaching import learn_or_say
from nba_desktop.backend.decisions.teasers import TeaserService
from nba_desktop.backend.decisions.why import WhyService
from nba_desktop.backend.edge.figures import Figures
from nba_desktop.backend.edge.proxies import Proxies
from nba_desktop.backend.edge.rates import CallerRate, SignInRate
from nba_desktop.backend.edge.request_log import ConnectionLog, RequestLog, no_tracing
from nba_desktop.backend.edge.security_headers import SecurityHeaders
from nba_desktop.backend.edge.time_limit import TimeLimit
from nba_desktop.backend.edge.tracing import Traces
from nba_desktop.backend.errors import BackendError, Conflict, StoreError
from nba_desktop.backend.opening import database_url, now_utc, open_store
from nba_desktop.backend.outbound.endpoints import EndpointService
from nba_desktop.backend.outbound.http_post import HttpPost
from nba_desktop.backend.outbound.late import LateFollowUps
from nba_desktop.backend.outbound.sender import Sender, Senders
from nba_desktop.backend.providers.asking import HttpAsking
from nba_desktop.backend.providers.live_facts import LiveFacts
from nba_desktop.backend.providers.provider import Providers
from nba_desktop.backend.providers.reading import read_providers
from nba_desktop.backend.providers.rereading import Rereading
from nba_desktop.backend.review.action import ActionReviewService
from nba_desktop.backend.review.asking import Asking
from nba_desktop.backend.review.catching_up import AT_A_TIME, CatchingUp
from nba_desktop.backend.review.exporting import ReviewExports
from nba_desktop.backend.review.log import ReviewLogService
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.review.service import ReviewService
from nba_desktop.backend.review.site.service import SiteService
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.sign_in.access import SignInAccess, SiteAccess
from nba_desktop.backend.sign_in.fetching import HttpKeys
from nba_desktop.backend.sign_in.keys import Keys
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.subject.erasure import ErasureService
from nba_desktop.backend.subject.export import ExportService, find_customer_id
from nba_desktop.backend.subject.requests import SubjectRequests
from nba_desktop.backend.subject.retention import RetentionService
from nba_desktop.backend.subject.wishes import WishService
from nba_desktop.backend.tokens import EmbeddedAccess, TokenService, ensure_agent
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import Role
from nba_desktop.contract.contact import CatalogueHead
from nba_desktop.contract.handshake import PROTOCOL
from nba_desktop.contract.knowledge import KnowledgeBase

_TIDY_S: Final = 60.0
_KEEP_UP_S: Final = 2.0
_NEWS_S: Final = 0.5
_LOOK_FOR_OLD_S: Final = 600.0
_LAPSE_S: Final = 900.0
_END_SENDING_S: Final = 3.0
_log = logging.getLogger(__name__)


@contextmanager
def open_app(config: BackendConfig) -> Iterator[FastAPI]:
    """Build the backend: store, versions of the catalogue, model, services, routes; closed when the block ends.

    Raises `CatalogueErrors`, `ConfigurationError` or a `StoreError` that say what to put right.
    """
    files = files_at(config.catalogue_path)
    catalogues = LiveCatalogues()
    with open_store(config) as store:
        with store.write() as unit:
            take_in(unit, files, now_utc(), config.catalogue is not None, catalogues)
            salt = installation_salt(unit, now_utc())
        learner = Learner(store, catalogues.of_version, now_utc)
        figures = Figures(__version__, PROTOCOL)
        deciding = Deciding(catalogues, learner, Engines(), salt, figures.decided)
        with store.write() as unit:
            deciding.prepare(unit)
            live = LiveFacts(_providers(config, catalogues.in_force(unit)), HttpAsking, now_utc)
        keys = None if config.sign_in is None else Keys(HttpKeys(config.sign_in), monotonic)
        tokens = _embedded_access(config, store) or _site_access(config, store, keys)
        yield _assembled(config, store, catalogues, learner, deciding, tokens, live, figures, keys)


def describe(config: BackendConfig) -> FastAPI:
    """Build the backend to look at its routes only: no store is opened or made."""
    store = SqlStore(Database(database_url(config)))
    catalogues = LiveCatalogues()
    learner = Learner(store, catalogues.of_version, now_utc)
    deciding = Deciding(catalogues, learner, Engines(), salt="")
    live = LiveFacts(Providers(), HttpAsking, now_utc)
    tokens, figures = TokenService(store, now_utc), Figures(__version__, PROTOCOL)
    return _assembled(config, store, catalogues, learner, deciding, tokens, live, figures)


def _providers(config: BackendConfig, in_force: InForce) -> Providers:
    if config.providers is None:
        return Providers()
    ramped = () if in_force.ramp is None else in_force.ramp[:1]
    return read_providers(config.providers, in_force.live, *ramped)


def _assembled(
    config: BackendConfig,
    store: SqlStore,
    catalogues: LiveCatalogues,
    learner: Learner,
    deciding: Deciding,
    tokens: Tokens,
    live: LiveFacts,
    figures: Figures,
    keys: Keys | None = None,
) -> FastAPI:
    learn = partial(learn_or_say, learner)
    events = EventService(store, Effects(catalogues, learn), now_utc)
    contacts = ContactService(store, events, deciding, catalogues, now_utc, live)
    proofs = ProofService(store, catalogues, now_utc)
    permissions = PermissionService(store, catalogues, now_utc)
    consent_reports = ConsentReports(store, catalogues, now_utc)
    days = DayService(store, catalogues, now_utc)
    search = SearchService(store, catalogues, now_utc)
    history = HistoryService(store, catalogues, now_utc)
    why = WhyService(store, catalogues, now_utc)
    teasers = TeaserService(store, catalogues, deciding, now_utc, live)
    outcomes = OutcomeService(store, catalogues, learn, now_utc)
    lapsing = Lapsing(store, catalogues, outcomes, now_utc)
    follow_ups = FollowUpService(store, catalogues, now_utc)
    feedback = FeedbackService(store, catalogues, now_utc)
    load = LoadService(store, now_utc)
    exports = ExportService(store, catalogues, now_utc)
    retention = RetentionService(store, catalogues, now_utc)
    values = ValueService(store, catalogues, now_utc)
    catching_up = CatchingUp(store, catalogues, now_utc)
    weeks = Weeks(store, monotonic)
    asking = Asking(weeks)
    review = ReviewService(store, catalogues, catching_up, asking, weeks, now_utc)
    action_review = ActionReviewService(store, catalogues, catching_up, asking, now_utc)
    review_log = ReviewLogService(store, catalogues, now_utc)
    site = SiteService(store, catalogues, catching_up, weeks, now_utc)
    # Microseconds: no process before this one can have given out as many.
    queue_log = QueueLog(store)
    hub = Hub(Feed(int(now_utc().timestamp() * 1_000_000)), now_utc, on_over=queue_log.add)
    sources = SourceService(store)
    arrivals = ArrivalService(store, catalogues, now_utc)
    watch, arrived = NewsWatch(store, now_utc), asyncio.Event()
    senders = Senders(Sender(store, HttpPost(), now_utc, random))
    late = LateFollowUps(store, catalogues, now_utc)
    figures.watch_streams(lambda: hub.listening)
    figures.watch_outbound(EndpointService(store, now_utc).status, now_utc)
    traces = None if config.otlp_endpoint is None else Traces(config.otlp_endpoint, __version__)
    requests = SubjectRequests(store, ErasureService(store, now_utc), now_utc)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        tidying = asyncio.create_task(_tidy(hub, store))
        rereading = Rereading(live, partial(_in_force, store, catalogues), partial(_providers, config))
        following = asyncio.create_task(_read_providers_anew(rereading))
        telling = asyncio.create_task(_tell_news(hub, watch, arrived))
        counting = asyncio.create_task(_keep_up(catching_up, weeks))
        ending = asyncio.create_task(_lapse(lapsing, arrivals, late))
        logging_calls = asyncio.create_task(_keep_calls(queue_log))
        retaining = asyncio.create_task(_retain(retention))
        valuing = asyncio.create_task(_value(values))
        sending = asyncio.create_task(_hand_over(senders))
        if keys is not None:
            # The first request finds them there; a provider that does not answer keeps nobody from starting.
            await to_thread.run_sync(keys.refresh)
        fetching = asyncio.create_task(_fetch_keys(keys))
        yield
        fetching.cancel()
        sending.cancel()
        valuing.cancel()
        retaining.cancel()
        ending.cancel()
        tidying.cancel()
        telling.cancel()
        following.cancel()
        counting.cancel()
        # It ends with what it has begun: the store is not closed under it.
        with suppress(asyncio.CancelledError):
            await counting
        logging_calls.cancel()
        hub.end_streams()
        live.close()
        await to_thread.run_sync(queue_log.flush)
        await to_thread.run_sync(senders.end, _END_SENDING_S)
        if traces is not None:
            await to_thread.run_sync(traces.close)
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
            Middleware(RequestLog, figures, config.proxies, perf_counter, traces or no_tracing),
            Middleware(SecurityHeaders),
            *([Middleware(Proxies, config.proxies)] if config.proxies else []),
            Middleware(Handshake, version=__version__, least_panel=config.least_panel),
            Middleware(LastResort),
            Middleware(TimeLimit, streams=frozenset({STREAM})),
            *([] if config.embedded_token else [Middleware(SignInRate, RateLimit(monotonic))]),
            Middleware(Authentication, tokens=tokens, looked_up=not config.embedded_token),
            *([] if config.embedded_token else [Middleware(CallerRate, RateLimit(monotonic), config.requests_per_s)]),
            Middleware(BodyLimit, limit=config.max_body_bytes),
        ],
    )
    add_problem_handlers(app)
    # Every router is asked in turn, and nothing is asked for as often as what telephone systems report.
    app.include_router(hooks_router(hub, KnownSources(sources, monotonic), RateLimit(monotonic)))
    app.include_router(stream_router(hub, now_utc))
    app.include_router(
        health_router(store, __version__, lambda unit: catalogues.in_force(unit).live.version, config.least_panel)
    )
    app.include_router(metrics_router(figures.text))
    app.include_router(contacts_router(contacts, proofs, days))
    app.include_router(journey_router(history))
    app.include_router(events_router(Intake(store, events, outcomes)))
    app.include_router(follow_ups_router(follow_ups))
    app.include_router(feedback_router(feedback))
    app.include_router(customers_router(search))
    app.include_router(
        catalogue_router(partial(_catalogue_head, store, catalogues), partial(_knowledge, store, catalogues))
    )
    app.include_router(decisions_router(why))
    app.include_router(teasers_router(teasers))
    app.include_router(outcomes_router(outcomes))
    app.include_router(touchpoints_router(arrivals, arrived.set, RateLimit(monotonic)))
    app.include_router(consents_router(permissions, consent_reports))
    app.include_router(consent_proof_router(HandOver(store, catalogues, now_utc)))
    app.include_router(load_router(load))
    app.include_router(connections_router(store, live, now_utc))
    app.include_router(subjects_router(exports))
    app.include_router(audit_router(AuditService(store, catalogues, find_customer_id, now_utc)))
    app.include_router(subject_requests_router(requests, WishService(store, now_utc)))
    app.include_router(stream_sources_router(sources))
    app.include_router(review_router(review, action_review, review_log))
    app.include_router(review_export_router(ReviewExports(review, config.resources / "fonts", now_utc)))
    app.include_router(site_router(site))
    # Streams have no end of their own: whoever stops the server ends them first.
    app.state.end_streams = hub.end_streams
    app.state.figures = figures
    app.state.refused = ConnectionLog(figures).refused
    return app


async def _tidy(hub: Hub, store: SqlStore) -> None:
    """Forget calls that are long over, and let go whoever was blocked while he listened."""
    while True:
        await asyncio.sleep(_TIDY_S)
        hub.tidy()
        try:
            hub.cut_off(await to_thread.run_sync(_blocked, store))
        except StoreError as error:
            _log.warning("agents who were blocked may still listen: %s", error)


def _blocked(store: SqlStore) -> frozenset[str]:
    with store.read() as unit:
        return frozenset(unit.access.blocked())


async def _tell_news(hub: Hub, watch: NewsWatch, arrived: asyncio.Event) -> None:
    """Tell panels what is raised in their calls: at once what arrived here, soon what another process took in."""
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(arrived.wait(), _NEWS_S)
        arrived.clear()
        try:
            # Back on this thread: the hub is used by one.
            hub.tell_news(await to_thread.run_sync(watch.news, hub.listeners))
        except StoreError as error:
            # It is told as long as it is new, and the ranking has it whenever it is asked for.
            _log.warning("news of running calls wait: %s", error)


async def _read_providers_anew(rereading: Rereading) -> None:
    while True:
        await asyncio.sleep(_KEEP_UP_S)
        try:
            await to_thread.run_sync(rereading.turn)
        except BackendError as error:
            # Those of before are asked until the next turn.
            _log.warning("the providers are not looked at: %s", error)


def _in_force(store: SqlStore, catalogues: LiveCatalogues) -> InForce:
    with store.read() as unit:
        return catalogues.in_force(unit)


async def _keep_up(catching_up: CatchingUp, weeks: Weeks) -> None:
    """Bring the review's facts up to date beside the answers, a few at a time so that these come first."""
    while True:
        await asyncio.sleep(_KEEP_UP_S)
        try:
            if not await to_thread.run_sync(catching_up.run, AT_A_TIME):
                await to_thread.run_sync(weeks.pack_next)
        except StoreError as error:
            # The list is kept: the next turn tries again.
            _log.warning("the review's facts wait: %s", error)


async def _keep_calls(queue_log: QueueLog) -> None:
    """Write the calls that are over, beside the reports of others."""
    while True:
        await asyncio.sleep(_KEEP_UP_S)
        await to_thread.run_sync(queue_log.flush)


async def _hand_over(senders: Senders) -> None:
    """Hand results over to other systems soon after they are recorded; each endpoint has a thread of its own."""
    while True:
        try:
            await to_thread.run_sync(senders.turn)
        except StoreError as error:
            # What waits stays where it is.
            _log.warning("results for other systems wait: %s", error)
        await asyncio.sleep(_KEEP_UP_S)


async def _fetch_keys(keys: Keys | None) -> None:
    while keys is not None:
        await asyncio.sleep(_TIDY_S)
        await to_thread.run_sync(keys.refresh)


async def _lapse(lapsing: Lapsing, arrivals: ArrivalService, late: LateFollowUps) -> None:
    """Write what was not confirmed in time, soon after midnight of whatever zone the site is in, and end what waited.

    What was promised and is late is told then, too.
    """
    # Not at once: the first calls come first.
    await asyncio.sleep(_TIDY_S)
    while True:
        try:
            await to_thread.run_sync(lapsing.run)
            await to_thread.run_sync(arrivals.remove_expired)
            await to_thread.run_sync(late.run)
        except StoreError as error:
            # Nothing is lost: the next turn writes it with the moment it lapsed.
            _log.warning("what was not confirmed in time waits: %s", error)
        await asyncio.sleep(_LAPSE_S)


async def _retain(retention: RetentionService) -> None:
    """Look now and then whether the day's run of the retention is due; it is on a thread of its own."""
    while True:
        await asyncio.sleep(_LOOK_FOR_OLD_S)
        try:
            await to_thread.run_sync(retention.run_if_due, "server")
        except Conflict:
            # Another process runs it.
            continue
        except StoreError as error:
            # What was removed is removed, and the next turn takes the rest up.
            _log.warning("the retention waits: %s", error)


async def _value(values: ValueService) -> None:
    """Look now and then whether the day's calculation of the lifetime values is due; it is on a thread of its own."""
    while True:
        await asyncio.sleep(_LOOK_FOR_OLD_S)
        try:
            await to_thread.run_sync(values.run_if_due)
        except Conflict:
            # Another process calculates.
            continue
        except BackendError as error:
            # What was written is written, and the next turn goes on.
            _log.warning("the lifetime values wait: %s", error)


def openapi_text(app: FastAPI) -> str:
    """Return the OpenAPI document as it is checked in: the same text for the same routes."""
    return json.dumps(app.openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _catalogue_head(store: SqlStore, catalogues: LiveCatalogues, language: Language) -> CatalogueHead:
    with store.read() as unit:
        return catalogues.in_force(unit).live.head(language)


def _knowledge(store: SqlStore, catalogues: LiveCatalogues, language: Language) -> KnowledgeBase:
    with store.read() as unit:
        return catalogues.in_force(unit).live.knowledge(language)


def _site_access(config: BackendConfig, store: SqlStore, keys: Keys | None) -> Tokens:
    made_here = TokenService(store, now_utc)
    if config.sign_in is None or keys is None:
        return made_here
    return SiteAccess(SignInAccess(config.sign_in, keys, store, now_utc), made_here)


def _embedded_access(config: BackendConfig, store: SqlStore) -> EmbeddedAccess | None:
    if config.embedded_token is None:
        return None
    with store.write() as unit:
        code = ensure_agent(unit.access, config.embedded_agent, now_utc())
    # Whoever has the whole site on his own machine is everybody in it.
    roles = frozenset({Role.AGENT, Role.TEAM_LEAD, Role.ACTION_OWNER})
    return EmbeddedAccess(config.embedded_token, Caller(config.embedded_agent, code, roles))
