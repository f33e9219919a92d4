"""The services on a real store, with a fixed clock and a decision that is told what to recommend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from nba_desktop.backend.catalogues.content import CatalogueFiles, files_at
from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.lifecycle import INSTALLATION, Step
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.wording import register_wordings
from nba_desktop.backend.contacts.effects import Effects
from nba_desktop.backend.contacts.events import EventService
from nba_desktop.backend.contacts.search import SearchService
from nba_desktop.backend.contacts.service import ContactService
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import DecisionOutcome
from nba_desktop.backend.decisioning.learning.protocols import PropensityModel
from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.decisioning.record import DecisionRecord
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisions.deciding import Deciding
from nba_desktop.backend.decisions.engines import Decides, Engines
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.decisions.load import LoadService
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.backend.decisions.teasers import TeaserService
from nba_desktop.backend.decisions.why import WhyService
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.providers.asking import HttpAsking
from nba_desktop.backend.providers.live_facts import LiveFacts
from nba_desktop.backend.providers.provider import Providers
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.catalogues import StepRow, VersionRow
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.codes import (
    ActionKind,
    ClosingForm,
    ConsentChannel,
    ConsentPurpose,
    NoRecommendation,
    Role,
)
from nba_desktop.contract.consent import ConsentWording
from nba_desktop.contract.recommendation import Recommendation
from tests.fakes.backend_site import CATALOGUE, NOW, filled, store_of, with_customers


def recommendation(action_id: str, rank: int) -> Recommendation:
    return Recommendation(
        action_id=action_id,
        rank=rank,
        kind=ActionKind.SERVICE,
        closing_form=ClosingForm.SERVICE_DONE,
        minutes=1,
        title="Titel",
        reason="Grund",
        bridge="Brücke",
    )


@dataclass
class FakeDecide:
    """Recommends what it is told to, once the customer is authenticated; remembers what it was asked."""

    actions: tuple[str, ...] = ("SRV_BILL", "SRV_MOVE")
    asked: list[DecisionRequest] = field(default_factory=list)
    fails: bool = False

    def decide(self, _model: PropensityModel, request: DecisionRequest) -> DecisionOutcome:
        self.asked.append(request)
        if self.fails:
            raise ZeroDivisionError
        if not request.authenticated:
            reason = NoRecommendation.NOT_AUTHENTICATED if request.customer else NoRecommendation.UNKNOWN_CUSTOMER
            return DecisionOutcome((), (), reason, {"none_because": reason.value})
        shown = tuple(recommendation(action, rank) for rank, action in enumerate(self.actions, start=1))
        return DecisionOutcome(shown, (), None, {"slate": list(self.actions), "inputs": {}})

    def judge(self, _model: PropensityModel, _request: DecisionRequest) -> DecisionRecord:
        raise ZeroDivisionError


@dataclass
class FakeLearn:
    """Remembers what it was told to learn of."""

    told: list[tuple[UUID, str, UUID]] = field(default_factory=list)

    def __call__(self, _unit: Unit, decision_id: UUID, action_id: str, event_id: UUID) -> None:
        self.told.append((decision_id, action_id, event_id))


AGENTS = ("anna", "ben")
WORDINGS = {
    language: (
        ConsentWording(
            wording_id=f"CALLS.{language}.v1",
            purpose=ConsentPurpose.ADV_OWN,
            channels=(ConsentChannel.PHONE, ConsentChannel.SMS),
            language=language,
            text=f"Dürfen wir? ({language})",
            text_sha256=digit * 64,
            version=1,
        ),
        ConsentWording(
            wording_id=f"MAIL.{language}.v1",
            purpose=ConsentPurpose.ADV_OWN,
            channels=(ConsentChannel.EMAIL,),
            language=language,
            text=f"Mail? ({language})",
            text_sha256=(digit + "a") * 32,
            version=1,
        ),
    )
    for language, digit in (("de", "1"), ("en", "2"))
}


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Services:
    store: SqlStore
    clock: Clock
    catalogues: LiveCatalogues
    decide: FakeDecide
    learn: FakeLearn
    agent: Caller
    colleague: Caller
    portal: Caller
    officer: Caller
    events: EventService
    contacts: ContactService
    search: SearchService
    why: WhyService
    teasers: TeaserService
    outcomes: OutcomeService
    load: LoadService
    live: LiveFacts


def _put_live(unit: Unit, files: CatalogueFiles) -> None:
    """Make a catalogue live, with none of its wordings."""
    version = catalogue_version(files)
    unit.catalogues.add(VersionRow(version, files, NOW, INSTALLATION, ""))
    for step in (Step.SUBMITTED, Step.ACTIVATED):
        unit.catalogues.append_step(StepRow(version, step.value, INSTALLATION, NOW, None, ""))


@cache
def _prepared(catalogue: tuple[tuple[str, str], ...] | None) -> bytes:
    """A database with the customers, the agents and a live catalogue, given as its files; made once for each."""

    def fill(unit: Unit) -> None:
        if catalogue is None:
            _put_live(unit, files_at(CATALOGUE))
            register_wordings(unit.consents, (*WORDINGS["de"], *WORDINGS["en"]), NOW)
        else:
            take_in(unit, dict(catalogue), NOW, explicit=True, catalogues=LiveCatalogues())
        for name in (*AGENTS, "portal", "dana"):
            ensure_agent(unit.access, name, NOW)

    return filled(with_customers(), fill)


@contextmanager
def open_services(
    folder: Path,
    catalogue: Path | None = None,
    catalogues: LiveCatalogues | None = None,
    engines: Engines | None = None,
    live: LiveFacts | None = None,
    content: bytes | None = None,
) -> Iterator[Services]:
    """Build the services on a fresh store in `folder`; with a `catalogue` the real engine decides and learns by it.

    `catalogues` and `engines` may have read it before, for another store; `live` asks other systems, or nobody.
    `content` is a store that services were built on before, to begin with.
    """
    content = content or _prepared(None if catalogue is None else tuple(files_at(catalogue).items()))
    with store_of(content, folder) as store:
        clock = Clock()
        catalogues = catalogues or LiveCatalogues()
        with store.write() as unit:
            callers = [Caller(name, ensure_agent(unit.access, name, NOW), frozenset({Role.AGENT})) for name in AGENTS]
            portal = Caller("portal", ensure_agent(unit.access, "portal", NOW), frozenset({Role.MACHINE}))
            officer = Caller("dana", ensure_agent(unit.access, "dana", NOW), frozenset({Role.CONSENT_OFFICER}))
        decide, learn = FakeDecide(), FakeLearn()
        learner = Learner(store, catalogues.of_version, clock)
        engines = engines or Engines()

        def engine_of(version: Catalogue) -> Decides:
            return decide if catalogue is None else engines(version)

        def learn_too(unit: Unit, decision_id: UUID, action_id: str, event_id: UUID) -> None:
            learn(unit, decision_id, action_id, event_id)
            learner.learn(unit, decision_id, action_id, event_id)

        live = live or LiveFacts(Providers(), HttpAsking, clock)
        deciding = Deciding(catalogues, learner, engine_of, "salt")
        events = EventService(store, Effects(catalogues, learn_too), clock)
        yield Services(
            store=store,
            clock=clock,
            catalogues=catalogues,
            decide=decide,
            learn=learn,
            agent=callers[0],
            colleague=callers[1],
            portal=portal,
            officer=officer,
            events=events,
            contacts=ContactService(store, events, deciding, catalogues, clock, live),
            search=SearchService(store, catalogues, clock),
            why=WhyService(store, catalogues, clock),
            teasers=TeaserService(store, catalogues, deciding, clock, live),
            outcomes=OutcomeService(store, catalogues, learn_too, clock),
            load=LoadService(store, clock),
            live=live,
        )
