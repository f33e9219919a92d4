"""A telephone and an agent in any order: contacts keep their customers, all that began ends, nothing stays open."""

from __future__ import annotations

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from nba_desktop.contract.events import CallerAuthenticated, ContactEnded, ContactStarted
from nba_desktop.domain.call_event import CallEventType, Party
from nba_desktop.domain.errors import OutboxFull
from tests.fakes.desk import CLOSES_AFTER_S, Desk

CALLS = ("first", "second", "third")
KINDS = (
    CallEventType.RINGING,
    CallEventType.ANSWERED,
    CallEventType.HELD,
    CallEventType.RESUMED,
    CallEventType.TRANSFERRED,
    CallEventType.ENDED,
)
CUSTOMERS = ("c-helmut", "c-lisa", "c-berger")
any_call = st.sampled_from(CALLS)


class AgentAndTelephone(RuleBasedStateMachine):
    """Whatever the telephone says and the agent does, with a disk that is full for a while."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.desk.session.on_backend_ready(self.desk.backend)
        self.bound: dict[UUID, str] = {}

    @rule(kind=st.sampled_from(KINDS), call=any_call, direction=st.sampled_from(["inbound", "internal", "outbound"]))
    def telephone(self, kind: CallEventType, call: str, direction: str) -> None:
        number = f"+4930123450{CALLS.index(call)}"
        party = Party(number, number, "allowed")
        self.desk.phone(kind, call, direction=direction, caller=party, called=party)

    @rule(kind=st.sampled_from([CallEventType.LINK_DOWN, CallEventType.LINK_UP]))
    def line(self, kind: CallEventType) -> None:
        self.desk.phone(kind, "")

    @rule(call=any_call)
    def choose_tab(self, call: str) -> None:
        self.desk.session.select_call(call)

    @rule(customer=st.sampled_from(CUSTOMERS))
    def attach(self, customer: str) -> None:
        self.desk.session.attach_customer(customer)
        self.desk.tasks.finish_all()

    @rule()
    def authenticate(self) -> None:
        self.desk.authenticate()

    @rule(text=st.text(max_size=20))
    def type_note(self, text: str) -> None:
        self.desk.session.draft_note(text)
        self.desk.session.touch()

    @rule()
    def finish(self) -> None:
        self.desk.session.finish_wrap_up()

    @rule()
    def hang_up_by_hand(self) -> None:
        self.desk.session.end_call_by_hand()

    @rule(full=st.booleans())
    def disk(self, full: bool) -> None:
        self.desk.outbox.broken = OutboxFull() if full else None

    @rule(seconds=st.integers(1, 2 * CLOSES_AFTER_S))
    def wait(self, seconds: int) -> None:
        self.desk.clock.pass_ms(seconds * 1000)

    @invariant()
    def one_contact_for_each_call(self) -> None:
        state = self.desk.session.state
        ids = [one.interaction.interaction_id for one in state.contacts]
        assert len(ids) == len(set(ids))
        assert state.current in ids if ids else state.current is None

    @invariant()
    def authenticated_customers_are_never_swapped(self) -> None:
        for contact in self.desk.session.state.contacts:
            if contact.authenticated and contact.view is not None and contact.view.customer_id is not None:
                known = self.bound.setdefault(contact.contact_id, contact.view.customer_id)
                assert known == contact.view.customer_id

    @invariant()
    def nothing_is_recorded_before_its_contact_began(self) -> None:
        begun: set[UUID] = set()
        for event in self.desk.outbox.events:
            if isinstance(event, ContactStarted):
                begun.add(event.contact_id)
            assert event.contact_id in begun

    def teardown(self) -> None:
        self.desk.outbox.broken = None
        for call in (*CALLS, ""):
            self.desk.phone(CallEventType.ENDED, call)
        for contact in self.desk.session.state.contacts:
            self.desk.session.select_call(contact.interaction.interaction_id)
            self.desk.session.end_call_by_hand()
        self.desk.clock.pass_ms(3 * CLOSES_AFTER_S * 1000)
        assert not self.desk.session.state.contacts
        events = self.desk.outbox.events
        begun = [one.contact_id for one in events if isinstance(one, ContactStarted)]
        ended = [one.contact_id for one in events if isinstance(one, ContactEnded)]
        assert sorted(begun, key=str) == sorted(set(begun), key=str)
        assert set(ended) <= set(begun)
        settled = {one.contact_id for one in events if isinstance(one, CallerAuthenticated)}
        assert settled <= set(begun)


TestAgentAndTelephone = AgentAndTelephone.TestCase
