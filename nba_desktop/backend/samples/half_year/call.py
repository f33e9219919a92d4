"""One made-up call: its events as a panel would have sent them, the decision among them, and what came of it later."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from nba_desktop.backend.decisioning.arms import Arm, arm_of, period_of
from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.rows.decisions import DecisionRow
from nba_desktop.backend.rows.outcomes import OutcomeRow
from nba_desktop.backend.samples.half_year import timetable, truth
from nba_desktop.backend.samples.half_year.answers import Answer, answered, anyway, later
from nba_desktop.backend.samples.half_year.ids import id_at
from nba_desktop.backend.samples.half_year.offers import Offer, asks
from nba_desktop.backend.samples.half_year.people import SampleAgent
from nba_desktop.backend.samples.half_year.promises import promised, stream
from nba_desktop.backend.samples.half_year.records import MODEL, Decided
from nba_desktop.backend.samples.half_year.told import LEVELS, SOURCE, Confirmation, Ground, Incoming, Told
from nba_desktop.contract.codes import (
    AuthLevel,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    OutcomeCode,
    ResponseCode,
)
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    AnyEvent,
    CallerAuthenticated,
    CallerNumber,
    ConcernChosen,
    ConcernSolved,
    ConfirmationRequested,
    ConsentRecorded,
    ContactEnded,
    ContactEvent,
    ContactStarted,
    FollowUpPlanned,
    ObjectionRaised,
    ResponseRecorded,
    ResponseRetracted,
    WrapUpFinished,
)

_UNRAISED: Final = {
    ResponseCode.NOT_ADDRESSED_TIME: 5,
    ResponseCode.NOT_ADDRESSED_MOOD: 4,
    ResponseCode.NOT_ADDRESSED_UNSUITABLE: 3,
}
_WORDS: Final = {
    ("de", ConsentEventType.GRANTED): "Ja, gern.",
    ("de", ConsentEventType.REFUSED): "Nein, danke.",
    ("en", ConsentEventType.GRANTED): "Yes, please.",
    ("en", ConsentEventType.REFUSED): "No, thank you.",
}
_ASKED_ABOUT: Final = (ConsentChannel.PHONE, ConsentChannel.EMAIL)
_ALSO_GRANTED: Final = 0.6
_Event = TypeVar("_Event", bound=ContactEvent)


class Caller:
    """Tells one call after the other; `chance` settles everything."""

    def __init__(self, ground: Ground, chance: random.Random) -> None:
        self._ground = ground
        self._chance = chance

    def tell(self, incoming: Incoming, agent: SampleAgent, start: float) -> Told:
        """Return how a call went that an agent took at a moment (seconds since 1970)."""
        return _Call(self._ground, self._chance, incoming, agent, start).told()


class _Call:
    """A call while it is told: the clock runs, and events are numbered."""

    def __init__(
        self, ground: Ground, chance: random.Random, incoming: Incoming, agent: SampleAgent, start: float
    ) -> None:
        self._ground = ground
        self._chance = chance
        self._incoming = incoming
        self._agent = agent
        self._clock = start
        self._events: list[AnyEvent] = []
        person = incoming.person
        phone = person.phones[0] if person.phones else None
        self._contact = ContactRecord(
            contact_id=id_at(chance, start),
            agent_id=agent.agent_id,
            started_at=_moment(start),
            direction="inbound",
            number=CallerNumber(raw=phone or "", e164=phone, presentation="allowed" if phone else "unknown"),
            attached_customer_no=None,
            language=person.language,
            queue=incoming.queue,
            interaction_id=incoming.interaction_id,
            source=SOURCE,
        )
        # Of what it does not change, so that the same seed makes the same calls with it and without.
        self._aside = random.Random(self._contact.contact_id.int)

    def told(self) -> Told:
        """Tell it from ringing to the work after it."""
        incoming, contact = self._incoming, self._contact
        told = Told(contact, self._agent, incoming, self._events)
        start = self._clock
        self._say(
            ContactStarted,
            number=contact.number,
            queue=contact.queue,
            interaction_id=contact.interaction_id,
            language=contact.language,
            source=contact.source,
        )
        self._wait(4, 15)
        answered_at = self._clock
        self._settle_caller()
        self._wait(10, 40)
        self._say(ConcernChosen, concern=incoming.concern)
        self._clock += min(self._chance.lognormvariate(4.7, 0.6), 1800)
        if incoming.solved != timetable.UNSAID:
            self._say(ConcernSolved, concern=incoming.concern, solved=incoming.solved == timetable.SOLVED)
        if incoming.level == timetable.AUTHENTICATED:
            self._recommend(told)
        self._wait(5, 25)
        cause = "transferred" if incoming.transferred else "normal"
        duration_s = int(self._clock - answered_at)
        self._say(
            ContactEnded,
            cause=cause,
            duration_s=duration_s,
            held_s=self._held_s(duration_s),
            waited_s=int(answered_at - start),
        )
        told.ended_at = self._clock
        if told.offer is not None and told.offer.shown and not told.answers:
            self._give_reason()
        self._promise(told)
        told.until = max(self._clock, told.ended_at + self._chance.uniform(15, 60))
        self._clock = told.until
        self._say(WrapUpFinished, self._aside, seconds=int(told.until - told.ended_at))
        return told

    def _held_s(self, duration_s: int) -> int:
        """How much of a call the caller was on hold: whoever is given to a colleague always was."""
        if self._aside.random() >= truth.HELD and not self._incoming.transferred:
            return 0
        return min(int(self._aside.lognormvariate(*truth.HELD_S)), duration_s // 2)

    def _settle_caller(self) -> None:
        level = LEVELS[self._incoming.level]
        if level is AuthLevel.NONE:
            return
        self._wait(15, 60)
        items = self._ground.items if level is AuthLevel.AUTHENTICATED else ()
        self._say(CallerAuthenticated, customer_id=self._incoming.person.customer_id, level=level, items_passed=items)

    def _recommend(self, told: Told) -> None:
        incoming, person, ground = self._incoming, self._incoming.person, self._ground
        self._wait(0.1, 0.4)
        today = _moment(self._clock).astimezone(ground.zone).date()
        period = period_of(today, ground.catalogue.entry.arms.period)
        arm = arm_of(person.customer_id, period, ground.salt, truth.ARMS)
        open_channels = self._open_channels()
        offer = ground.offers.draw(self._chance, incoming.concern, arm, not person.objected, bool(open_channels))
        decision_id = id_at(self._chance, self._clock)
        told.decision = DecisionRow(
            decision_id=decision_id,
            contact_id=self._contact.contact_id,
            customer_id=person.customer_id,
            decided_at=_moment(self._clock),
            catalogue_version=ground.catalogue.version,
            model_version=MODEL,
            arm=arm.value,
            none_because=None,
            shown=tuple(one.action_id for one in offer.shown),
            record=self._record(decision_id, arm, offer, open_channels),
        )
        told.offer = offer
        told.opportunity = incoming.solved == timetable.SOLVED and not person.objected and bool(offer.candidates)
        if offer.shown:
            painted = min(self._chance.lognormvariate(*truth.PAINTED), truth.PAINTED_AT_MOST)
            self._clock += painted
            self._say(
                ActionsShown,
                decision_id=decision_id,
                action_ids=told.decision.shown,
                painted_ms=int(painted * 1000),
            )
        raised = self._raised(offer)
        told.chance_to_win, told.as_others = (
            self._chance_of(raised, points) for points in (self._agent.effect.points, 0.0)
        )
        told.answers = tuple(self._raise(told, decision_id, one) for one in raised)
        accepted = [one.action for one in told.answers if one.accepted]
        for one in offer.candidates:
            after = None if one in accepted else anyway(self._chance, one, incoming.concern)
            if after is not None:
                self._comes_of(told, None, one, after, OutcomeCode.COMPLETED)

    def _record(self, decision_id: UUID, arm: Arm, offer: Offer, open_channels: Sequence[ConsentChannel]) -> str:
        incoming, person = self._incoming, self._incoming.person
        decided = Decided(
            decision_id=decision_id,
            contact_id=self._contact.contact_id,
            customer_id=person.customer_id,
            at=_moment(self._clock),
            language=person.language,
            concern=incoming.concern,
            solved=None if incoming.solved == timetable.UNSAID else incoming.solved == timetable.SOLVED,
            arm=arm,
            objected=person.objected,
            channels_missing=open_channels,
        )
        return self._ground.records.text(decided, offer)

    def _raised(self, offer: Offer) -> list[Action]:
        quiet = self._incoming.solved != timetable.SOLVED or self._incoming.concern in truth.QUIET_CONCERNS
        often = truth.RAISED_QUIETLY if quiet else 1.0
        return [
            one for one, share in zip(offer.shown, truth.RAISED, strict=False) if self._chance.random() < share * often
        ]

    def _chance_of(self, raised: Sequence[Action], points: float) -> float:
        nobody = 1.0
        for one in raised:
            nobody *= 1 - truth.probability(one.entry.base_rate, self._incoming.concern in one.entry.concerns, points)
        return 1 - nobody

    def _raise(self, told: Told, decision_id: UUID, action: Action) -> Answer:
        about: dict[str, Any] = {"decision_id": decision_id, "action_id": action.action_id}
        self._wait(5, 25)
        self._say(ActionAddressed, **about)
        answer = answered(self._chance, action, self._incoming.concern, self._agent.effect)
        for objection in answer.objections:
            self._wait(5, 30)
            self._say(ObjectionRaised, **about, objection_id=objection)
        self._wait(10, 45)
        if answer.mistaken is not None:
            mistake = self._say(ResponseRecorded, **about, code=answer.mistaken)
            self._wait(1, 6)
            self._say(ResponseRetracted, retracts=mistake.event_id)
        self._say(ResponseRecorded, **about, code=answer.code)
        if answer.link:
            channel = ConsentChannel.EMAIL if self._incoming.person.email else ConsentChannel.POST
            self._say(ConfirmationRequested, **about, channel=channel)
        if asks(action):
            self._ask_consents(told, answer)
        for after, code in later(self._chance, answer):
            self._comes_of(told, decision_id, action, after, code)
        return answer

    def _open_channels(self) -> list[ConsentChannel]:
        """The channels this customer may still be asked about, with a wording in his language."""
        person = self._incoming.person
        if person.objected:
            return []
        known = self._ground.readings
        return [one for one in _ASKED_ABOUT if one in person.missing and (one, person.language) in known]

    def _ask_consents(self, told: Told, answer: Answer) -> None:
        if answer.code is ResponseCode.NO_CODE:
            return
        said: ConsentEventType | None = None
        for channel in self._open_channels():
            self._wait(10, 25)
            if not answer.accepted and not answer.declined:
                self._consent(channel, ConsentEventType.ASKED)
                continue
            # Whoever says yes says it at least to the first.
            granted = answer.accepted and (said is None or self._chance.random() < _ALSO_GRANTED)
            said = ConsentEventType.GRANTED if granted else ConsentEventType.REFUSED
            self._consent(channel, said)
            self._incoming.person.missing.discard(channel)
            if granted and channel is ConsentChannel.EMAIL and self._chance.random() < truth.DOI_CONFIRMED:
                at = self._clock + 60 + self._chance.expovariate(1 / 20_000)
                if _moment(at) < self._ground.now:
                    told.confirmations.append(Confirmation(channel, _moment(at)))

    def _consent(self, channel: ConsentChannel, event: ConsentEventType) -> None:
        person = self._incoming.person
        proof: dict[str, Any] = {}
        if event is not ConsentEventType.ASKED:
            reading = self._ground.readings[channel, person.language]
            proof = {
                "wording_id": reading.wording_id,
                "wording_sha256": reading.text_sha256,
                "read_aloud_confirmed": True,
                "customer_words": _WORDS[person.language, event],
            }
        self._say(
            ConsentRecorded,
            customer_id=person.customer_id,
            purpose=ConsentPurpose.ADV_OWN,
            channel=channel,
            event=event,
            **proof,
        )

    def _give_reason(self) -> None:
        self._wait(3, 25)
        code = ResponseCode.NO_CODE
        if self._chance.random() < truth.REASON_GIVEN:
            code = self._chance.choices(list(_UNRAISED), list(_UNRAISED.values()))[0]
        self._say(ResponseRecorded, code=code)

    def _promise(self, told: Told) -> None:
        chance = stream(self._contact.contact_id)
        for one in promised(chance, told, self._ground.zone, self._ground.now):
            decided = None if one.action_id is None or told.decision is None else told.decision.decision_id
            event = self._say(
                FollowUpPlanned,
                chance,
                kind=one.kind,
                due=one.due,
                at_time=one.at_time,
                concern=told.concern if one.action_id is None else None,
                decision_id=decided,
                action_id=one.action_id,
            )
            if one.done_at is not None:
                told.done[event.event_id] = one.done_at

    def _comes_of(self, told: Told, decision_id: UUID | None, action: Action, after: float, code: OutcomeCode) -> None:
        at = _moment(self._clock + after)
        if at >= self._ground.now:
            return
        told.outcomes.append(
            OutcomeRow(
                event_id=id_at(self._chance, self._clock + after),
                source=SOURCE,
                decision_id=decision_id,
                customer_id=told.person.customer_id,
                action_id=action.action_id,
                code=code,
                at=at,
                received_at=at,
                group_id=action.group.id,
            )
        )

    def _say(self, kind: type[_Event], chance: random.Random | None = None, /, **values: Any) -> _Event:
        said = kind(
            event_id=id_at(chance or self._chance, self._clock),
            contact_id=self._contact.contact_id,
            seq=len(self._events) + 1,
            at=_moment(self._clock),
            **values,
        )
        self._events.append(said)  # type: ignore[arg-type]
        return said

    def _wait(self, least: float, most: float) -> None:
        self._clock += self._chance.uniform(least, most)


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(int(at * 1000) / 1000, UTC)
