"""The backend of the practice: it answers from a recording, remembers the call in memory, and knows no network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from nba_desktop.adapters.practice_consents import consents_after, proof_of
from nba_desktop.adapters.practice_recording import RecordedCustomer, Recording, decision_name
from nba_desktop.contract.base import Language, new_id
from nba_desktop.contract.codes import ActionKind, AuthLevel, CallFlag, QuietReason, Speaker
from nba_desktop.contract.consent import ConsentProof
from nba_desktop.contract.contact import CatalogueHead, ContactView
from nba_desktop.contract.customer import SearchAnswer
from nba_desktop.contract.day import AgentDay, DayContact, DayFollowUp, DayResponse
from nba_desktop.contract.events import (
    EVENT_ADAPTER,
    AnyEvent,
    BatchVerdict,
    CallerAuthenticated,
    CallFlagged,
    ConcernChosen,
    ConcernSolved,
    ConsentRecorded,
    ContactStarted,
    EventVerdict,
    FollowUpCancelled,
    FollowUpPlanned,
    ResponseRecorded,
    ResponseRetracted,
    SecurityItemCorrected,
    SecurityItemFailed,
    SpeakerNamed,
)
from nba_desktop.contract.feedback import OwnFeedback
from nba_desktop.contract.follow_up import FollowUp, FollowUps
from nba_desktop.contract.journey import JourneyPage
from nba_desktop.contract.knowledge import KnowledgeBase
from nba_desktop.domain.errors import BackendRefusal


@dataclass(frozen=True, slots=True)
class _Contact:
    """What the backend would know of one contact."""

    started: ContactStarted
    customer_id: str | None = None
    by_search: bool = False
    authenticated: bool = False
    failed: frozenset[str] = frozenset()
    concern: str | None = None
    solved: bool | None = None
    speaker: Speaker = Speaker.CUSTOMER
    flags: frozenset[CallFlag] = frozenset()
    seq: int = 1
    consents: tuple[ConsentRecorded, ...] = ()
    promised: tuple[FollowUpPlanned, ...] = ()
    responses: tuple[ResponseRecorded, ...] = field(default=())


class PracticeBackend:
    """Implements the port `Backend` for the customers of a recording; `now` is the time of the practice.

    Nothing it is told outlives it. What the real one would refuse raises `BackendRefusal`.
    """

    def __init__(self, recording: Recording, now: Callable[[], datetime]) -> None:
        self._recording = recording
        self._now = now
        self._contacts: dict[UUID, _Contact] = {}
        self._seen: set[UUID] = set()

    def speak(self, recording: Recording) -> None:
        """Answer from a recording of the same customers in another language from now on."""
        self._recording = recording

    # ---- questions

    def start_contact(self, event: ContactStarted) -> ContactView:
        """Answer with who may be calling from this number."""
        customers = self._recording.customers.items()
        known = (name for name, one in customers if one.by_number and one.number == event.number.e164)
        self._contacts.setdefault(event.contact_id, _Contact(event, next(known, None)))
        return self._view(event.contact_id)

    def settle_caller(self, event: CallerAuthenticated) -> ContactView:
        """Identify or authenticate: as in the real one by the right number of items, never by the level alone."""
        self._take(event)
        return self._view(event.contact_id)

    def settle_concern(self, event: ConcernChosen | ConcernSolved) -> ContactView:
        """Rank the actions anew for the concern, and once more when it is solved or not."""
        self._take(event)
        return self._view(event.contact_id)

    def settle_situation(self, event: SpeakerNamed | CallFlagged) -> ContactView:
        """Note who speaks, or what keeps the call quiet."""
        self._take(event)
        return self._view(event.contact_id)

    def consent_proof(self, contact_id: UUID) -> ConsentProof:
        """Return what was said in this call, and what fits the statuses that the customer came with."""
        contact = self._contact(contact_id)
        customer = self._customer(contact)
        return proof_of(contact.consents, customer.view.consents if customer else None, self._recording.at)

    def today(self) -> AgentDay:
        """Return the practice calls so far."""
        contacts = reversed(self._contacts.items())
        return AgentDay(day=self._now().date(), contacts=tuple(self._day(one, contact) for one, contact in contacts))

    def follow_ups(self, until: date, language: Language) -> FollowUps:
        """Return nothing: no promise of the practice outlives it."""
        self._spoken(language)
        return FollowUps(day=self._now().date(), until=until, follow_ups=())

    def finish_follow_up(self, follow_up_id: UUID, language: Language) -> FollowUp:  # noqa: ARG002 - it has none
        """Refuse: nothing is listed that could be done."""
        self._spoken(language)
        raise BackendRefusal(404, None)

    def follow_up_calendar(self, language: Language) -> bytes:
        """Refuse: a practice leaves no file behind."""
        self._spoken(language)
        raise BackendRefusal(404, None)

    def own_feedback(self, language: Language) -> OwnFeedback:
        """Return nothing: what is said in the practice goes to nobody."""
        self._spoken(language)
        return OwnFeedback(days=0, feedback=())

    def journey(self, contact_id: UUID, before: str, limit: int) -> JourneyPage:
        """At most `limit` touchpoints before the one with the id `before`, newest first."""
        customer = self._customer(self._contact(contact_id))
        head = customer.view.journey if customer else None
        known = (*(head.touchpoints if head else ()), *(customer.older if customer else ()))
        at = next((place for place, one in enumerate(known, start=1) if one.touchpoint_id == before), len(known))
        page = known[at : at + limit]
        return JourneyPage(contact_id=contact_id, touchpoints=page, more=at + limit < len(known))

    def search(self, query: str, contact_id: UUID | None) -> SearchAnswer:
        """Find the customers of the recording by name, customer number or contract."""
        if contact_id is not None:
            self._contact(contact_id)
        words = query.casefold().split()
        hits = []
        for one in self._recording.customers.values():
            customer = one.view.customer
            numbers = () if customer is None else (customer.customer_no, *(c.contract_no for c in customer.contracts))
            if words and all(word in one.hit.display_name.casefold() for word in words):
                hits.append(one.hit)
            elif any(query.strip().casefold() == number.casefold() for number in numbers):
                hits.append(one.hit.model_copy(update={"match": "customer_no"}))
        return SearchAnswer(hits=tuple(hits))

    def look_up(self, customer_no: str) -> SearchAnswer:
        """Find a customer of the recording by his number."""
        return self.search(customer_no, None)

    def catalogue(self, language: Language) -> CatalogueHead:
        """Return the site's contact reasons."""
        return self._spoken(language).catalogue

    def knowledge(self, language: Language) -> KnowledgeBase:
        """Return the sample site's knowledge."""
        return self._spoken(language).knowledge

    def _spoken(self, language: Language) -> Recording:
        if language != self._recording.catalogue.language:
            raise BackendRefusal(404, None)
        return self._recording

    # ---- events

    def send(self, events_json: tuple[str, ...]) -> BatchVerdict:
        """Accept every event that the contract knows, and remember of it what later answers show."""
        events = tuple(EVENT_ADAPTER.validate_json(one) for one in events_json)
        verdicts = []
        for event in events:
            duplicate = event.event_id in self._seen
            if not duplicate:
                self._take(event)
            verdicts.append(EventVerdict(event_id=event.event_id, verdict="duplicate" if duplicate else "accepted"))
        return BatchVerdict(verdicts=tuple(verdicts))

    def _take(self, event: AnyEvent) -> None:
        self._seen.add(event.event_id)
        if isinstance(event, ContactStarted):
            self._contacts.setdefault(event.contact_id, _Contact(event))
            return
        contact = self._contact(event.contact_id)
        contact = replace(contact, seq=max(contact.seq, event.seq))
        match event:
            case CallerAuthenticated():
                contact = self._settled(contact, event)
            case SecurityItemFailed():
                contact = replace(contact, failed=contact.failed | {event.item})
            case SecurityItemCorrected():
                contact = replace(contact, failed=contact.failed - {event.item})
            case ConcernChosen():
                contact = replace(contact, concern=event.concern, solved=None)
            case ConcernSolved():
                contact = replace(contact, concern=event.concern or contact.concern, solved=event.solved)
            case SpeakerNamed():
                contact = replace(contact, speaker=event.speaker)
            case CallFlagged():
                contact = replace(contact, flags=contact.flags - {event.flag} | ({event.flag} if event.on else set()))
            case ConsentRecorded():
                contact = replace(contact, consents=(*contact.consents, event))
            case ResponseRecorded():
                contact = replace(contact, responses=(*contact.responses, event))
            case FollowUpPlanned():
                contact = replace(contact, promised=(*contact.promised, event))
            case FollowUpCancelled():
                standing = tuple(one for one in contact.promised if one.event_id != event.cancels)
                contact = replace(contact, promised=standing)
            case ResponseRetracted():
                kept = tuple(one for one in contact.responses if one.event_id != event.retracts)
                contact = replace(contact, responses=kept)
        self._contacts[event.contact_id] = contact

    def _settled(self, contact: _Contact, event: CallerAuthenticated) -> _Contact:
        customer = self._recording.customers.get(event.customer_id)
        if customer is None:
            raise BackendRefusal(404, None)
        known = contact.customer_id == event.customer_id
        failed = contact.failed | frozenset(event.items_failed)
        asked = customer.by_search.identification
        items = {item.code for candidate in asked.candidates for item in candidate.security_items}
        passed = items & (set(event.items_passed) - failed)
        enough = len(passed) >= asked.security_items_required and len(failed) <= asked.security_items_failed_most
        return replace(
            contact,
            customer_id=event.customer_id,
            by_search=contact.by_search or not known,
            authenticated=event.level is AuthLevel.AUTHENTICATED and enough,
            failed=failed,
        )

    # ---- answers

    def _contact(self, contact_id: UUID) -> _Contact:
        contact = self._contacts.get(contact_id)
        if contact is None:
            raise BackendRefusal(404, None)
        return contact

    def _customer(self, contact: _Contact) -> RecordedCustomer | None:
        return self._recording.customers[contact.customer_id] if contact.customer_id else None

    def _view(self, contact_id: UUID) -> ContactView:
        contact = self._contact(contact_id)
        customer = self._customer(contact)
        if customer is None:
            return self._masked(self._recording.unknown, contact, contact_id)
        if not contact.authenticated or contact.speaker is Speaker.UNAUTHORISED:
            found = None if contact.by_search else customer.by_number
            return self._masked(found or customer.by_search, contact, contact_id)
        view = customer.view
        name = decision_name(contact.concern, contact.solved)
        if name not in customer.decisions:
            name = decision_name(None, contact.solved)
        consents = consents_after(view.consents, contact.consents) if view.consents else None
        view = view.model_copy(
            update={
                "contact_id": contact_id,
                "consents": consents,
                "decision": customer.decision(name, new_id(), self._now()),
            }
        )
        return _in_its_situation(view, contact.speaker, contact.flags)

    def _masked(self, view: ContactView, contact: _Contact, contact_id: UUID) -> ContactView:
        asked = view.identification
        failed = tuple(sorted(contact.failed))
        return view.model_copy(
            update={
                "contact_id": contact_id,
                "speaker": contact.speaker,
                "flags": tuple(flag for flag in CallFlag if flag in contact.flags),
                "identification": asked.model_copy(
                    update={"failed_items": failed, "locked": len(failed) > asked.security_items_failed_most}
                ),
                "decision": view.decision.model_copy(update={"decision_id": new_id(), "decided_at": self._now()}),
            }
        )

    def _day(self, contact_id: UUID, contact: _Contact) -> DayContact:
        customer = self._customer(contact)
        candidates = customer.by_search.identification.candidates if customer else ()
        return DayContact(
            contact_id=contact_id,
            started_at=contact.started.at,
            last_seq=contact.seq,
            caller=candidates[0].display_name if candidates else "",
            queue=contact.started.queue,
            concern=contact.concern,
            responses=tuple(_day_response(one, contact.promised, customer) for one in contact.responses),
            follow_ups=_promised_with(contact.promised, None),
        )


def _in_its_situation(view: ContactView, speaker: Speaker, flags: Iterable[CallFlag]) -> ContactView:
    """The view with who speaks and the flags of the call, and what these do to it: only service stays."""
    said = {*view.flags, *flags}
    view = view.model_copy(update={"speaker": speaker, "flags": tuple(flag for flag in CallFlag if flag in said)})
    reasons = {*view.decision.quiet_because, *(QuietReason(flag.value) for flag in flags)}
    if speaker is Speaker.REPRESENTATIVE and view.consents is not None:
        reasons.add(QuietReason.REPRESENTATIVE)
        asked = {"may_ask": False, "may_not_ask_because": "representative"}
        view = view.model_copy(update={"value": None, "consents": view.consents.model_copy(update=asked)})
    if not reasons:
        return view
    kept = [one for one in view.decision.recommendations if one.kind is ActionKind.SERVICE]
    ranked = tuple(one.model_copy(update={"rank": rank}) for rank, one in enumerate(kept, start=1))
    because = tuple(reason for reason in QuietReason if reason in reasons)
    decision = view.decision.model_copy(update={"recommendations": ranked, "quiet_because": because})
    return view.model_copy(update={"decision": decision})


def _day_response(
    event: ResponseRecorded, promised: Iterable[FollowUpPlanned], customer: RecordedCustomer | None
) -> DayResponse:
    actions = customer.actions.values() if customer else ()
    action = next((one for one in actions if one.action_id == event.action_id), None)
    return DayResponse(
        event_id=event.event_id,
        at=event.at,
        code=event.code,
        codes=action.responses if action else (event.code,),
        decision_id=event.decision_id,
        action_id=event.action_id,
        title=action.title if action else "",
        # What was promised without an action is of the concern, and stands there.
        follow_ups=_promised_with(promised, event.action_id) if event.action_id else (),
    )


def _promised_with(promised: Iterable[FollowUpPlanned], action_id: str | None) -> tuple[DayFollowUp, ...]:
    return tuple(
        DayFollowUp(event_id=one.event_id, kind=one.kind, due=one.due, at_time=one.at_time)
        for one in promised
        if one.action_id == action_id
    )
