"""Hand-written fakes of what the session needs from the outside."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal, TypeVar
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.contact import CatalogueHead, Concern, ContactView
from nba_desktop.contract.customer import SearchAnswer
from nba_desktop.contract.events import (
    AnyEvent,
    BatchVerdict,
    CallerAuthenticated,
    ConcernChosen,
    ConcernSolved,
    ContactStarted,
)
from nba_desktop.contract.knowledge import KnowledgeBase
from nba_desktop.domain.errors import OutboxError, PanelError
from tests.fakes.knowledge import knowledge_base
from tests.fakes.views import full_view, masked_view

T = TypeVar("T")
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


class FakeClock:
    """Time that passes only when the test says so."""

    def __init__(self) -> None:
        self.moment = START
        self._timers: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = 0

    def now(self) -> datetime:
        return self.moment

    def call_later(self, delay_ms: int, callback: Callable[[], None]) -> None:
        self._order += 1
        heapq.heappush(self._timers, (self.moment + timedelta(milliseconds=delay_ms), self._order, callback))

    def pass_ms(self, milliseconds: int) -> None:
        until = self.moment + timedelta(milliseconds=milliseconds)
        while self._timers and self._timers[0][0] <= until:
            self.moment, _, callback = heapq.heappop(self._timers)
            callback()
        self.moment = until


class FakeTasks:
    """Background work that waits until the test lets it finish."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(
        self, work: Callable[[], T], on_success: Callable[[T], None], on_failure: Callable[[PanelError], None]
    ) -> None:
        def finish() -> None:
            try:
                result = work()
            except PanelError as error:
                on_failure(error)
            else:
                on_success(result)

        self.waiting.append(finish)

    def finish_all(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


@dataclass
class FakeOutbox:
    """An outbox in memory; `broken` is raised instead of storing."""

    events: list[AnyEvent] = field(default_factory=list)
    broken: OutboxError | None = None

    def put(self, *events: AnyEvent) -> None:
        if self.broken:
            raise self.broken
        self.events.extend(events)

    def types(self) -> list[str]:
        return [event.type for event in self.events]


@dataclass
class FakeBackend:
    """A backend that knows Helmut; `broken` is raised instead of answering."""

    broken: PanelError | None = None
    asked: list[str] = field(default_factory=list)
    solved: bool = False
    authenticated: set[UUID] = field(default_factory=set)
    settled: dict[UUID, str] = field(default_factory=dict)
    vouched_by: Literal["colleague"] | None = None

    def _answer(self, what: str, contact_id: UUID) -> ContactView:
        self.asked.append(what)
        if self.broken:
            raise self.broken
        if contact_id in self.authenticated:
            view = full_view(contact_id, solved=self.solved)
            return view.model_copy(update={"customer_id": self.settled.get(contact_id, view.customer_id)})
        view = masked_view(contact_id)
        return view.model_copy(
            update={"identification": view.identification.model_copy(update={"vouched_by": self.vouched_by})}
        )

    def start_contact(self, event: ContactStarted) -> ContactView:
        return self._answer("start", event.contact_id)

    def settle_caller(self, event: CallerAuthenticated) -> ContactView:
        if event.level == "authenticated" and not self.broken:
            self.authenticated.add(event.contact_id)
        self.settled[event.contact_id] = event.customer_id
        return self._answer("caller", event.contact_id)

    def settle_concern(self, event: ConcernChosen | ConcernSolved) -> ContactView:
        self.solved = isinstance(event, ConcernSolved) and event.solved
        return self._answer("concern", event.contact_id)

    def search(self, query: str, contact_id: UUID | None) -> SearchAnswer:
        self.asked.append(f"search {query}" if contact_id else f"search {query} without a call")
        if self.broken:
            raise self.broken
        return SearchAnswer(hits=())

    def catalogue(self, language: Language) -> CatalogueHead:
        if self.broken:
            raise self.broken
        concerns = (Concern(code="instalment", label="Abschlag", synonyms=("Abschlagszahlung",)),)
        return CatalogueHead(version="v1", language=language, concerns=concerns)

    def knowledge(self, language: Language) -> KnowledgeBase:
        if self.broken:
            raise self.broken
        return knowledge_base(language)

    def send(self, events_json: tuple[str, ...]) -> BatchVerdict:
        raise AssertionError(f"the session never sends events itself ({len(events_json)} given)")
