"""What the session needs from the outside; adapters and test fakes provide it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

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
from nba_desktop.domain.errors import PanelError
from nba_desktop.domain.own import Own

T = TypeVar("T")


class Backend(Protocol):
    """The backend as the panel calls it; every method blocks and raises `BackendError`."""

    def start_contact(self, event: ContactStarted) -> ContactView: ...

    def settle_caller(self, event: CallerAuthenticated) -> ContactView: ...

    def settle_concern(self, event: ConcernChosen | ConcernSolved) -> ContactView: ...

    def settle_situation(self, event: SpeakerNamed | CallFlagged) -> ContactView: ...

    def consent_proof(self, contact_id: UUID) -> ConsentProof:
        """Return what proves the consents of the contact's customer; the backend keeps a record of who looked."""
        ...

    def today(self) -> AgentDay: ...

    def follow_ups(self, until: date, language: Language) -> FollowUps:
        """The agent's own open promises up to a day."""
        ...

    def finish_follow_up(self, follow_up_id: UUID, language: Language) -> FollowUp:
        """Say that a promise was kept; said again, it changes nothing."""
        ...

    def follow_up_calendar(self, language: Language) -> bytes:
        """All open promises as a calendar file."""
        ...

    def own_feedback(self, language: Language) -> OwnFeedback:
        """What the agent said against recommendations, with the answers."""
        ...

    def journey(self, contact_id: UUID, before: str, limit: int) -> JourneyPage:
        """At most `limit` touchpoints before the one with the id `before`, newest first."""
        ...

    def search(self, query: str, contact_id: UUID | None) -> SearchAnswer:
        """Search within a contact; None is a search before there is one, which the backend keeps a record of."""
        ...

    def look_up(self, customer_no: str) -> SearchAnswer:
        """Search for whom the CRM has named, outside a contact; the backend keeps a record of it."""
        ...

    def catalogue(self, language: Language) -> CatalogueHead: ...

    def knowledge(self, language: Language) -> KnowledgeBase: ...

    def send(self, events_json: tuple[str, ...]) -> BatchVerdict:
        """Send stored events (each one JSON object) in this order."""
        ...


class Outbox(Protocol):
    """The durable outbox: `put` returns only when the event is on the disk, else raises `OutboxError`."""

    def put(self, *events: AnyEvent) -> None: ...


class OwnStore(Protocol):
    """Where what is the agent's is kept, on his machine alone: `save` raises `OwnStoreError` when it was not kept."""

    def save(self, own: Own) -> None: ...


class Tasks(Protocol):
    """Background work: exactly one of the callbacks comes back on the caller's thread, unless closed."""

    def run(
        self,
        work: Callable[[], T],
        on_success: Callable[[T], None],
        on_failure: Callable[[PanelError], None],
    ) -> None: ...


class Clock(Protocol):
    """Time and timers; `call_later` calls back once on the caller's thread."""

    def now(self) -> datetime: ...

    def call_later(self, delay_ms: int, callback: Callable[[], None]) -> None: ...
