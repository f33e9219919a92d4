"""Hand-written fakes of what the session needs from the outside."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal, TypeVar
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    AuthLevel,
    CallFlag,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    QuietReason,
    ResponseCode,
    Speaker,
)
from nba_desktop.contract.consent import ConsentProof, ConsentProofEntry
from nba_desktop.contract.contact import CatalogueHead, Concern, ContactView
from nba_desktop.contract.customer import SearchAnswer, SearchHit
from nba_desktop.contract.day import AgentDay, DayContact, DayFollowUp, DayResponse
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
from nba_desktop.contract.feedback import Feedback, OwnFeedback
from nba_desktop.contract.follow_up import FollowUp, FollowUps
from nba_desktop.contract.handover import Handover
from nba_desktop.contract.journey import JourneyPage, Touchpoint
from nba_desktop.contract.knowledge import KnowledgeBase
from nba_desktop.domain.errors import BackendRefusal, OutboxError, PanelError
from tests.fakes.journeys import journey_head, journey_page
from tests.fakes.knowledge import knowledge_base
from tests.fakes.views import WORDING, full_view, masked_view, raised_first, without

T = TypeVar("T")
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
EARLIER = UUID("01980000-0000-7000-8000-00000000e001")
"""A contact of the agent's day, before the call a test is about."""
EARLIER_RESPONSE = UUID("01980000-0000-7000-8000-00000000e002")


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

    @property
    def waiting(self) -> int:
        """How many timers are still to come."""
        return len(self._timers)

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
    started: list[ContactStarted] = field(default_factory=list)
    solved: bool = False
    authenticated: set[UUID] = field(default_factory=set)
    settled: dict[UUID, str] = field(default_factory=dict)
    history: tuple[Touchpoint, ...] = ()
    vouched_by: Literal["colleague"] | None = None
    version: str = "v1"
    decides_with: str = "v1"
    speakers: dict[UUID, Speaker] = field(default_factory=dict)
    flags: dict[UUID, tuple[CallFlag, ...]] = field(default_factory=dict)
    promised: tuple[DayFollowUp, ...] = ()
    promised_for_concern: tuple[DayFollowUp, ...] = ()
    handed: tuple[CallFlag, ...] | None = None
    handed_speaker: Speaker = Speaker.CUSTOMER
    found: tuple[SearchHit, ...] = ()
    follow_up_list: tuple[FollowUp, ...] = ()
    finished: list[UUID] = field(default_factory=list)
    said: tuple[Feedback, ...] = ()
    raised: str | None = None
    """The action that an event puts first."""
    left_out: str | None = None
    """The action that is offered no more."""

    def _answer(self, what: str, contact_id: UUID) -> ContactView:
        self.asked.append(what)
        if self.broken:
            raise self.broken
        if contact_id in self.authenticated:
            view = full_view(contact_id, solved=self.solved)
            view = view.model_copy(update={"customer_id": self.settled.get(contact_id, view.customer_id)})
            if self.history:
                view = view.model_copy(update={"journey": journey_head(self.history)})
            if self.raised is not None:
                view = raised_first(view, self.raised)
            if self.left_out is not None:
                view = without(view, self.left_out)
            return self._in_its_situation(view)
        view = masked_view(contact_id)
        identification = view.identification.model_copy(update={"vouched_by": self.vouched_by})
        return self._in_its_situation(view.model_copy(update={"identification": identification}))

    def _in_its_situation(self, view: ContactView) -> ContactView:
        """The view with who speaks and the agent's flags, and what these two do to it."""
        speaker = self.speakers.get(view.contact_id, self.handed_speaker)
        flags = self.flags.get(view.contact_id, self.handed or ())
        if self.handed is not None:
            handover = Handover(certain=True, at=START, authenticated=True, flags=self.handed)
            view = view.model_copy(update={"handover": handover})
        decision = view.decision.model_copy(update={"catalogue_version": self.decides_with})
        view = view.model_copy(update={"speaker": speaker, "flags": flags, "decision": decision})
        reasons = [QuietReason(flag.value) for flag in flags]
        if speaker is Speaker.REPRESENTATIVE and view.consents is not None:
            reasons.append(QuietReason.REPRESENTATIVE)
            asked = {"may_ask": False, "may_not_ask_because": "representative"}
            view = view.model_copy(update={"value": None, "consents": view.consents.model_copy(update=asked)})
        if not reasons:
            return view
        kept = tuple(one for one in view.decision.recommendations if one.kind == "service")
        decision = view.decision.model_copy(update={"recommendations": kept, "quiet_because": tuple(reasons)})
        return view.model_copy(update={"decision": decision})

    def start_contact(self, event: ContactStarted) -> ContactView:
        self.started.append(event)
        return self._answer("start", event.contact_id)

    def settle_caller(self, event: CallerAuthenticated) -> ContactView:
        if event.level == "authenticated" and not self.broken:
            self.authenticated.add(event.contact_id)
        self.settled[event.contact_id] = event.customer_id
        return self._answer("caller", event.contact_id)

    def settle_concern(self, event: ConcernChosen | ConcernSolved) -> ContactView:
        self.solved = isinstance(event, ConcernSolved) and event.solved
        return self._answer("concern", event.contact_id)

    def settle_situation(self, event: SpeakerNamed | CallFlagged) -> ContactView:
        contact_id = event.contact_id
        if not self.broken:
            if isinstance(event, SpeakerNamed):
                self.speakers[contact_id] = event.speaker
                if event.speaker is Speaker.UNAUTHORISED:
                    self.authenticated.discard(contact_id)
            else:
                flags = {*self.flags.get(contact_id, self.handed or ())} - {event.flag} | (
                    {event.flag} if event.on else set()
                )
                self.flags[contact_id] = tuple(flag for flag in CallFlag if flag in flags)
        return self._answer("situation", contact_id)

    def consent_proof(self, contact_id: UUID) -> ConsentProof:
        self.asked.append(f"proof {contact_id}")
        if self.broken:
            raise self.broken
        entry = ConsentProofEntry(
            event_id=EARLIER_RESPONSE,
            at=START - timedelta(days=400),
            purpose=ConsentPurpose.ADV_OWN,
            channel=ConsentChannel.PHONE,
            event=ConsentEventType.GRANTED,
            manner="inbound_call",
            recipient_code="4711",
            auth_level=AuthLevel.AUTHENTICATED,
            contact_point="••• 4567",
            wording=WORDING,
            read_aloud_confirmed=True,
            customer_words="Ja, gern.",
            evidence_type="agent_record",
            keep_until=(START + timedelta(days=1425)).date(),
        )
        return ConsentProof(entries=(entry,), intact=True)

    def today(self) -> AgentDay:
        self.asked.append("today")
        if self.broken:
            raise self.broken
        response = DayResponse(
            event_id=EARLIER_RESPONSE,
            at=START - timedelta(minutes=55),
            code=ResponseCode.THINKING,
            codes=(
                ResponseCode.ACCEPTED_PENDING,
                ResponseCode.INTEREST_CALLBACK,
                ResponseCode.THINKING,
                ResponseCode.DECLINED_PRICE,
            ),
            action_id="RET_FIX12",
            title="Festpreis für 12 Monate",
            follow_ups=self.promised,
        )
        contact = DayContact(
            contact_id=EARLIER,
            started_at=START - timedelta(hours=1),
            last_seq=9,
            caller="Helmut Brandt",
            queue="Privatkunden",
            concern="instalment",
            responses=(response,),
            follow_ups=self.promised_for_concern,
        )
        return AgentDay(day=START.date(), contacts=(contact,))

    def follow_ups(self, until: date, language: Language) -> FollowUps:
        if self.broken:
            raise self.broken
        listed = tuple(one for one in self.follow_up_list if one.follow_up_id not in self.finished and one.due <= until)
        return FollowUps(day=START.date(), until=until, follow_ups=listed)

    def finish_follow_up(self, follow_up_id: UUID, language: Language) -> FollowUp:
        if self.broken:
            raise self.broken
        found = next((one for one in self.follow_up_list if one.follow_up_id == follow_up_id), None)
        if found is None:
            raise BackendRefusal(404, None)
        self.finished.append(follow_up_id)
        return found.model_copy(update={"done_at": START})

    def follow_up_calendar(self, language: Language) -> bytes:
        if self.broken:
            raise self.broken
        return f"BEGIN:VCALENDAR {language}".encode()

    def own_feedback(self, language: Language) -> OwnFeedback:
        if self.broken:
            raise self.broken
        return OwnFeedback(days=90, feedback=self.said)

    def journey(self, contact_id: UUID, before: str, limit: int) -> JourneyPage:
        self.asked.append(f"journey before {before}")
        if self.broken:
            raise self.broken
        return journey_page(contact_id, self.history, before, limit)

    def search(self, query: str, contact_id: UUID | None) -> SearchAnswer:
        self.asked.append(f"search {query}" if contact_id else f"search {query} without a call")
        if self.broken:
            raise self.broken
        return SearchAnswer(hits=())

    def look_up(self, customer_no: str) -> SearchAnswer:
        self.asked.append(f"look up {customer_no}")
        if self.broken:
            raise self.broken
        return SearchAnswer(hits=self.found)

    def catalogue(self, language: Language) -> CatalogueHead:
        if self.broken:
            raise self.broken
        concerns = (Concern(code="instalment", label="Abschlag", synonyms=("Abschlagszahlung",)),)
        return CatalogueHead(version=self.version, language=language, concerns=concerns)

    def knowledge(self, language: Language) -> KnowledgeBase:
        if self.broken:
            raise self.broken
        return knowledge_base(language, self.version)

    def send(self, events_json: tuple[str, ...]) -> BatchVerdict:
        raise AssertionError(f"the session never sends events itself ({len(events_json)} given)")
