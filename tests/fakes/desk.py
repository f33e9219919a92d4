"""A session with its fakes, driven as an agent and a telephone would."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from nba_desktop.contract.contact import CatalogueHead
from nba_desktop.domain.call_event import CallEvent, CallEventType, EndCause, Party
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.panel import PanelState
from nba_desktop.session.session import Session
from tests.fakes.ports import FakeBackend, FakeClock, FakeOutbox, FakeTasks

CUSTOMER = Party(raw="+493512805504", e164="+493512805504", presentation="allowed")
CLOSES_AFTER_S = 120


@dataclass
class Desk:
    """One agent at his desk; his wrap-up closes by itself after `CLOSES_AFTER_S`."""

    clock: FakeClock = field(default_factory=FakeClock)
    tasks: FakeTasks = field(default_factory=FakeTasks)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    backend: FakeBackend = field(default_factory=FakeBackend)
    shown: list[PanelState] = field(default_factory=list)
    cached: list[CatalogueHead] = field(default_factory=list)

    def __post_init__(self) -> None:
        closes_after = timedelta(seconds=CLOSES_AFTER_S)
        self.session = Session(
            self.outbox, self.tasks, self.clock, self.shown.append, "de", self.cached.append, closes_after
        )
        self._events = 0

    def phone(self, kind: CallEventType, call: str = "call-1", cause: EndCause | None = None, **more: object) -> None:
        self._events += 1
        self.clock.moment += timedelta(milliseconds=1)
        event = CallEvent(
            event_id=f"e{self._events}",
            source="test",
            type=kind,
            occurred_at=self.clock.now(),
            received_at=self.clock.now(),
            interaction_id=call,
            leg_id=f"{call}-leg",
            caller=CUSTOMER,
            queue="service",
            cause=cause,
        )
        self.session.on_call_event(replace(event, **more))  # type: ignore[arg-type]

    def contact(self) -> ContactState:
        contact = self.session.state.contact
        assert contact is not None
        return contact

    def answer_call(self) -> None:
        self.session.on_backend_ready(self.backend)
        self.phone(CallEventType.RINGING)
        self.phone(CallEventType.ANSWERED)
        self.tasks.finish_all()

    def authenticate(self) -> None:
        self.session.toggle_item("birth_date")
        self.authenticate_rest()

    def authenticate_rest(self) -> None:
        self.session.toggle_item("postcode")
        self.session.confirm_caller()
        self.tasks.finish_all()

    def solve(self) -> None:
        self.session.choose_concern("instalment")
        self.session.mark_solved(True)
        self.tasks.finish_all()
        view = self.contact().view
        assert view is not None
        self.session.on_decision_painted(view.decision.decision_id)
