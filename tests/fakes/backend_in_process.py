"""The panel's backend without a network: the real services, called in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from nba_desktop.backend.consent.proof import ProofService
from nba_desktop.backend.contacts.day import DayService
from nba_desktop.backend.contacts.follow_ups import FollowUpService
from nba_desktop.backend.contacts.history import HistoryService
from nba_desktop.backend.decisions.feedback import FeedbackService
from nba_desktop.backend.errors import Refused
from nba_desktop.backend.problem import problem_of
from nba_desktop.contract.base import Language
from nba_desktop.contract.consent import ConsentProof
from nba_desktop.contract.contact import CatalogueHead, ContactView
from nba_desktop.contract.customer import SearchAnswer
from nba_desktop.contract.day import AgentDay
from nba_desktop.contract.events import (
    AnyEvent,
    BatchVerdict,
    CallerAuthenticated,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ContactStarted,
    SpeakerNamed,
)
from nba_desktop.contract.feedback import OwnFeedback
from nba_desktop.contract.follow_up import FollowUp, FollowUps
from nba_desktop.contract.journey import JourneyPage
from nba_desktop.contract.knowledge import KnowledgeBase
from nba_desktop.domain.errors import BackendOffline, BackendRefusal
from tests.fakes.backend_services import Services
from tests.fakes.ports import FakeClock

T = TypeVar("T")


class BackendInProcess:
    """Answers as the agent's own backend would; `away` is a line that is down."""

    def __init__(self, services: Services, clock: FakeClock) -> None:
        self._services = services
        self._clock = clock
        self._days = DayService(services.store, services.catalogues, clock.now)
        self._follow_ups = FollowUpService(services.store, services.catalogues, clock.now)
        self._feedback = FeedbackService(services.store, services.catalogues, clock.now)
        self._proofs = ProofService(services.store, services.catalogues, clock.now)
        self._journeys = HistoryService(services.store, services.catalogues, clock.now)
        self.away = False

    def take(self, events: Sequence[AnyEvent]) -> list[tuple[AnyEvent, str]]:
        """Take a batch of the outbox in; return what was refused, and why."""
        self._services.clock.now = self._clock.now()
        verdicts = self._services.events.record(self._services.agent, events).verdicts
        refused = [(event, one) for event, one in zip(events, verdicts, strict=True) if one.verdict == "refused"]
        return [(event, one.problem.detail or "" if one.problem else "") for event, one in refused]

    def start_contact(self, event: ContactStarted) -> ContactView:
        return self._asked(lambda: self._services.contacts.start(self._services.agent, event))

    def settle_caller(self, event: CallerAuthenticated) -> ContactView:
        return self._settled(event)

    def settle_concern(self, event: ConcernChosen | ConcernSolved) -> ContactView:
        return self._settled(event)

    def settle_situation(self, event: SpeakerNamed | CallFlagged) -> ContactView:
        return self._settled(event)

    def consent_proof(self, contact_id: UUID) -> ConsentProof:
        return self._asked(lambda: self._proofs.of_contact(self._services.agent, contact_id))

    def today(self) -> AgentDay:
        return self._asked(lambda: self._days.today(self._services.agent))

    def follow_ups(self, until: date, language: Language) -> FollowUps:
        return self._asked(lambda: self._follow_ups.open(self._services.agent, until, language))

    def finish_follow_up(self, follow_up_id: UUID, language: Language) -> FollowUp:
        return self._asked(lambda: self._follow_ups.done(self._services.agent, follow_up_id, language))

    def follow_up_calendar(self, language: Language) -> bytes:
        return self._asked(lambda: self._follow_ups.calendar(self._services.agent, language).encode())

    def own_feedback(self, language: Language) -> OwnFeedback:
        return self._asked(lambda: self._feedback.mine(self._services.agent, language))

    def journey(self, contact_id: UUID, before: str, limit: int) -> JourneyPage:
        return self._asked(lambda: self._journeys.page(self._services.agent, contact_id, before, limit))

    def search(self, query: str, contact_id: UUID | None) -> SearchAnswer:
        return self._asked(
            lambda: self._services.search.search(self._services.agent, query, contact_id, "call to come", "de")
        )

    def look_up(self, customer_no: str) -> SearchAnswer:
        return self._asked(
            lambda: self._services.search.search(self._services.agent, customer_no, None, "opened from the CRM", "de")
        )

    def catalogue(self, language: Language) -> CatalogueHead:
        return self._asked(lambda: CatalogueHead(version="v1", language=language, concerns=()))

    def knowledge(self, language: Language) -> KnowledgeBase:
        raise BackendOffline(f"the knowledge in {language} is of no call")

    def send(self, events_json: tuple[str, ...]) -> BatchVerdict:
        raise AssertionError(f"the session never sends events itself ({len(events_json)} given)")

    def _settled(
        self, event: CallerAuthenticated | ConcernChosen | ConcernSolved | SpeakerNamed | CallFlagged
    ) -> ContactView:
        return self._asked(lambda: self._services.contacts.step(self._services.agent, event.contact_id, event))

    def _asked(self, answer: Callable[[], T]) -> T:
        if self.away:
            raise BackendOffline
        self._services.clock.now = self._clock.now()
        try:
            return answer()
        except Refused as refusal:
            problem = problem_of(refusal)
            raise BackendRefusal(problem.status, problem) from refusal
