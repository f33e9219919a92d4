"""A team whose agents take calls, and the services that review them, on a real store."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID

from nba_desktop.backend.contacts.effects import Effects
from nba_desktop.backend.contacts.events import EventService
from nba_desktop.backend.contacts.state import state_of
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.backend.review.action import ActionReviewService
from nba_desktop.backend.review.asking import Asking
from nba_desktop.backend.review.catching_up import CatchingUp
from nba_desktop.backend.review.log import ReviewLogService
from nba_desktop.backend.review.reading import Weeks
from nba_desktop.backend.review.service import ReviewService
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.backend.rows.teams import MemberRow, TeamRow
from nba_desktop.backend.store.bulk import Bulk, CallRows
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ResponseCode, ReviewMode, ReviewReason, Role
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    AnyEvent,
    ConcernChosen,
    ConcernSolved,
    ContactEnded,
    ObjectionRaised,
    ResponseRecorded,
    WrapUpFinished,
)
from nba_desktop.contract.review import AgentAsked, Period, ReviewFilter, TeamAsked
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW, authenticated, started

TEAM = "strom"
FIRST = date(2026, 2, 16)
"""A Monday four weeks before the clock of the tests stands."""
LAST = FIRST + timedelta(days=27)
PERIOD = Period(first=FIRST, last=LAST)


@dataclass(frozen=True)
class Said:
    """What becomes of one action in a call: objections first, then a code; a code of not addressed clicks nothing."""

    action_id: str
    code: ResponseCode | None = None
    objections: tuple[str, ...] = ()
    addressed: bool = True


@dataclass(frozen=True)
class Call:
    """A call as it is kept, without the way it took to get there."""

    agent: Caller
    said: tuple[Said, ...] = ()
    day: date = FIRST
    solved: bool = True
    concern: str = "bill"
    queue: str | None = "strom"
    reason: ResponseCode | None = None
    customer_id: str = field(default_factory=lambda: f"c-{new_id()}")
    arm: str = "ranked"
    shown: tuple[str, ...] = ("SRV_BILL", "SRV_MOVE")
    duration_s: int = 300
    held_s: int | None = None
    after_s: int | None = None


@dataclass
class Site:
    """A site with one team, its lead, and the services of the review."""

    services: Services
    review: ReviewService
    actions: ActionReviewService
    log: ReviewLogService
    catching_up: CatchingUp
    events: EventService
    outcomes: OutcomeService
    lead: Caller
    agents: list[Caller] = field(default_factory=list)

    def mode(self, mode: ReviewMode, agreement: str | None = None, until: date | None = None) -> None:
        with self.services.store.write() as unit:
            unit.review_log.add_mode(ReviewModeRow(mode, agreement, until, self.services.clock.now, "carla"))

    def coaching(self) -> None:
        self.mode(ReviewMode.COACHING, "BV 2026/07", date(2026, 12, 31))

    def add_agents(self, number: int, team_id: str | None = TEAM, since: date = date(2026, 1, 1)) -> list[Caller]:
        new = []
        with self.services.store.write() as unit:
            for _ in range(number):
                name = f"agent-{len(self.agents):02}"
                code = ensure_agent(unit.access, name, NOW)
                new.append(Caller(name, code, frozenset({Role.AGENT})))
                self.agents.append(new[-1])
                if team_id is not None:
                    unit.teams.set_member(MemberRow(name, since, team_id))
        return new

    def call(
        self,
        agent: Caller,
        *said: Said,
        day: date = FIRST,
        solved: bool = True,
        concern: str = "bill",
        queue: str | None = "strom",
        reason: ResponseCode | None = None,
        customer_id: str = "c-lisa",
        duration_s: int = 300,
        cause: Any = "normal",
        end: bool = True,
    ) -> ContactView:
        """A call as the panel tells it."""
        at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        start = started("+4915112345678", at=at, queue=queue)
        self.services.contacts.start(agent, start)
        view = self.services.contacts.step(agent, start.contact_id, authenticated(start.contact_id, customer_id, at=at))
        events = call_events(view, at, said, solved, concern, reason)
        if end:
            ended = ContactEnded(
                **head(view.contact_id, len(events) + 3, at + timedelta(seconds=duration_s)),
                cause=cause,
                duration_s=duration_s,
            )
            events.append(ended)
        self.tell(agent, *events)
        return view

    def keep(self, calls: Sequence[Call]) -> list[UUID]:
        """Put many calls into the store at once, with everything the review looks at, and count them."""
        rows = CallRows()
        ids = [_add_rows(rows, call, self.services.clock.now) for call in calls]
        with self.services.store.write() as unit:
            # One by one, as calls arrive, they would take the longest of a test.
            Bulk(unit._connection).add(rows)
            for contact_id in ids:
                unit.review.changed(contact_id, self.services.clock.now)
        while self.catching_up.run():
            pass
        return ids

    def tell(self, agent: Caller, *events: AnyEvent) -> None:
        verdicts = self.events.record(agent, events).verdicts
        assert {one.verdict for one in verdicts} <= {"accepted"}, verdicts

    def team_asked(self, **changes: Any) -> TeamAsked:
        return TeamAsked(
            team_id=TEAM, filter=ReviewFilter(**{"period": PERIOD} | changes), reason=ReviewReason.COACHING_TALK
        )

    def agent_asked(self, agent: Caller, **changes: Any) -> AgentAsked:
        return AgentAsked(
            team_id=TEAM,
            filter=ReviewFilter(**{"period": PERIOD} | changes),
            reason=ReviewReason.COACHING_TALK,
            agent=agent.recipient_code,
        )


def head(contact_id: UUID, seq: int, at: datetime) -> dict[str, Any]:
    return {"event_id": new_id(), "contact_id": contact_id, "seq": seq, "at": at}


def _add_rows(rows: CallRows, call: Call, now: datetime) -> UUID:
    at = datetime(call.day.year, call.day.month, call.day.day, 10, tzinfo=UTC)
    start = started("+4915112345678", at=at, queue=call.queue, interaction_id=str(new_id()))
    decision_id = new_id()
    candidates = [{"action_id": one, "group": "bill"} for one in call.shown]
    shown = () if call.arm == "nothing" else call.shown
    events: list[AnyEvent] = [start, authenticated(start.contact_id, call.customer_id, at=at)]
    events += _said(start.contact_id, decision_id, shown, at, call.said, call.solved, call.concern, call.reason)
    ended_at = at + timedelta(seconds=call.duration_s)
    ended = head(start.contact_id, len(events) + 1, ended_at)
    events.append(ContactEnded(**ended, cause="normal", duration_s=call.duration_s, held_s=call.held_s))
    if call.after_s is not None:
        finished = head(start.contact_id, len(events) + 1, ended_at + timedelta(seconds=call.after_s))
        events.append(WrapUpFinished(**finished, seconds=call.after_s))
    rows.contacts.append(
        {
            "contact_id": start.contact_id,
            "agent_id": call.agent.agent_id,
            "started_at": at,
            "channel": start.channel,
            "direction": "inbound",
            "number_raw": start.number.raw,
            "number_e164": start.number.e164,
            "presentation": start.number.presentation,
            "queue": call.queue,
            "interaction_id": start.interaction_id,
            "language": "de",
            **state_of(events).columns(),
        }
    )
    rows.events.extend(
        {
            "event_id": event.event_id,
            "contact_id": event.contact_id,
            "seq": event.seq,
            "type": event.type,
            "at": event.at,
            "received_at": now,
            "agent_id": call.agent.agent_id,
            "body": event.model_dump_json(),
        }
        for event in events
    )
    rows.decisions.append(
        {
            "decision_id": decision_id,
            "contact_id": start.contact_id,
            "customer_id": call.customer_id,
            "decided_at": at,
            "catalogue_version": "v",
            "model_version": "m",
            "arm": call.arm,
            "record": json.dumps({"candidates": candidates, "inputs": {}}),
        }
    )
    rows.decision_actions.extend(
        {"decision_id": decision_id, "rank": rank, "action_id": action_id}
        for rank, action_id in enumerate(shown, start=1)
    )
    return start.contact_id


def call_events(
    view: ContactView,
    at: datetime,
    said: Sequence[Said],
    solved: bool = True,
    concern: str = "bill",
    reason: ResponseCode | None = None,
) -> list[AnyEvent]:
    """What follows the authentication of a call, up to its end."""
    shown = tuple(one.action_id for one in view.decision.recommendations)
    return _said(view.contact_id, view.decision.decision_id, shown, at, said, solved, concern, reason)


def _said(
    contact_id: UUID,
    decision_id: UUID,
    shown: tuple[str, ...],
    at: datetime,
    said: Sequence[Said],
    solved: bool,
    concern: str,
    reason: ResponseCode | None,
) -> list[AnyEvent]:
    events: list[AnyEvent] = []

    def fact() -> dict[str, Any]:
        return head(contact_id, len(events) + 3, at)

    events.append(ConcernChosen(**fact(), concern=concern))
    events.append(ConcernSolved(**fact(), solved=solved))
    if shown:
        events.append(ActionsShown(**fact(), decision_id=decision_id, action_ids=shown))
    for one in said:
        about = {"decision_id": decision_id, "action_id": one.action_id}
        if one.addressed:
            events.append(ActionAddressed(**fact(), **about))
        for objection_id in one.objections:
            events.append(ObjectionRaised(**fact(), **about, objection_id=objection_id))
        if one.code is not None:
            events.append(ResponseRecorded(**fact(), **about, code=one.code))
    if reason is not None:
        events.append(ResponseRecorded(**fact(), code=reason))
    return events


@contextmanager
def open_site(folder: Path, agents: int = 8, **changes: Any) -> Iterator[Site]:
    """A site with a team of so many agents; its clock stands some days after the period of the tests."""
    with open_services(folder, **changes) as services:
        yield site_of(services, agents)


def site_of(services: Services, agents: int = 8) -> Site:
    services.clock.now = datetime(2026, 4, 20, 9, tzinfo=UTC)
    catching_up = CatchingUp(services.store, services.catalogues, services.clock)
    weeks = Weeks(services.store, monotonic)
    asking = Asking(weeks)
    with services.store.write() as unit:
        lead = Caller("lea", ensure_agent(unit.access, "lea", NOW), frozenset({Role.TEAM_LEAD}))
        unit.teams.add(TeamRow(TEAM, "Team Strom Dresden", NOW))
        unit.teams.set_lead(TEAM, "lea", leads=True)
    site = Site(
        services=services,
        review=ReviewService(services.store, services.catalogues, catching_up, asking, weeks, services.clock),
        actions=ActionReviewService(services.store, services.catalogues, catching_up, asking, services.clock),
        log=ReviewLogService(services.store, services.catalogues, services.clock),
        catching_up=catching_up,
        # Nothing is learnt here: it takes the longest, and no figure depends on it.
        events=EventService(services.store, Effects(services.catalogues, services.learn), services.clock),
        outcomes=OutcomeService(services.store, services.catalogues, services.learn, services.clock),
        lead=lead,
    )
    site.add_agents(agents)
    return site
