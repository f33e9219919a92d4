"""A telephone and an agent in any order: contacts keep their customers, all that began ends, nothing stays open."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from nba_desktop.contract.codes import CallFlag, ResponseCode, Speaker
from nba_desktop.contract.events import (
    ActionAddressed,
    CallerAuthenticated,
    ContactEnded,
    ContactStarted,
    FollowUpCancelled,
    FollowUpPlanned,
    ResponseRecorded,
    ResponseRetracted,
)
from nba_desktop.domain.call_event import CallEventType, Party
from nba_desktop.domain.errors import OutboxFull
from nba_desktop.domain.follow_ups import KINDS as PROMISED_WITH
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

    @rule()
    def authenticate(self) -> None:
        for item in ("birth_date", "postcode"):
            self.desk.session.toggle_item(item)
        self.desk.session.confirm_caller()

    @rule(item=st.sampled_from(["birth_date", "postcode", "iban"]))
    def get_an_item_wrong(self, item: str) -> None:
        self.desk.session.fail_item(item)

    @rule(speaker=st.sampled_from(list(Speaker)))
    def somebody_else_speaks(self, speaker: Speaker) -> None:
        self.desk.session.name_speaker(speaker)

    @rule(flag=st.sampled_from(list(CallFlag)))
    def notice(self, flag: CallFlag) -> None:
        self.desk.session.toggle_flag(flag)

    @rule(concern=st.sampled_from(["instalment", "move"]), solved=st.none() | st.booleans())
    def talk_about(self, concern: str, solved: bool | None) -> None:
        self.desk.session.choose_concern(concern)
        if solved is not None:
            self.desk.session.mark_solved(solved)

    @rule(place=st.integers(0, 2))
    def raise_an_action(self, place: int) -> None:
        contact = self.desk.session.state.contact
        for action in contact.recommendations[place : place + 1] if contact else ():
            self.desk.session.select_action(action.action_id)
            self.desk.session.say_bridge()

    @rule(code=st.sampled_from(ResponseCode))
    def respond(self, code: ResponseCode) -> None:
        self.desk.session.respond(code)

    @rule(code=st.none() | st.sampled_from(sorted(PROMISED_WITH)), days=st.integers(0, 30))
    def promise(self, code: ResponseCode | None, days: int) -> None:
        self.desk.session.promises.begin(code)
        self.desk.session.promises.plan(self.desk.clock.now().date() + timedelta(days=days))

    @rule()
    def take_back_a_promise(self) -> None:
        contact = self.desk.session.state.contact
        for entry in contact.live_follow_ups[:1] if contact else ():
            self.desk.session.promises.cancel(entry.event_id)

    @rule(chance=st.randoms(use_true_random=False))
    def an_answer_comes_in_any_order(self, chance: Random) -> None:
        if self.desk.tasks.waiting:
            self.desk.tasks.waiting.pop(chance.randrange(len(self.desk.tasks.waiting)))()

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
    def a_contact_shows_its_own_customer_alone(self) -> None:
        for contact in self.desk.session.state.contacts:
            view = contact.view
            if view is None:
                continue
            assert view.contact_id == contact.contact_id
            if contact.authenticated:
                settled = [
                    one.customer_id
                    for one in self.desk.outbox.events
                    if isinstance(one, CallerAuthenticated) and one.contact_id == contact.contact_id
                ]
                assert view.customer_id in settled
                known = self.bound.setdefault(contact.contact_id, str(view.customer_id))
                assert known == view.customer_id

    @invariant()
    def what_is_shown_is_what_the_events_come_to(self) -> None:
        for contact in self.desk.session.state.contacts:
            told = [one for one in self.desk.outbox.events if one.contact_id == contact.contact_id]
            gone = {one.retracts for one in told if isinstance(one, ResponseRetracted)}
            gone |= {one.cancels for one in told if isinstance(one, FollowUpCancelled)}
            said = [(one.event_id, one.code) for one in told if isinstance(one, ResponseRecorded)]
            promised = [one.event_id for one in told if isinstance(one, FollowUpPlanned)]
            assert [one for one in said if one[0] not in gone] == [
                (one.event_id, one.code) for one in contact.live_responses
            ]
            assert [one for one in promised if one not in gone] == [one.event_id for one in contact.live_follow_ups]
            actions = [one.action_id for one in contact.live_responses]
            assert len(actions) == len(set(actions))

    @invariant()
    def nobody_without_authority_sees_anything(self) -> None:
        for contact in self.desk.session.state.contacts:
            if contact.speaker is Speaker.UNAUTHORISED and contact.view is not None:
                assert contact.view.customer is None
                assert contact.view.journey is None
                assert not contact.recommendations

    @invariant()
    def nothing_is_recorded_before_its_contact_began(self) -> None:
        begun: set[UUID] = set()
        for event in self.desk.outbox.events:
            if isinstance(event, ContactStarted):
                begun.add(event.contact_id)
            assert event.contact_id in begun

    def teardown(self) -> None:
        self.desk.outbox.broken = None
        self.desk.tasks.finish_all()
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
        assert sorted(ended, key=str) == sorted(begun, key=str)
        settled = {one.contact_id for one in events if isinstance(one, CallerAuthenticated)}
        assert settled <= set(begun)
        gone = {one.retracts for one in events if isinstance(one, ResponseRetracted)}
        recorded = [one for one in events if isinstance(one, ResponseRecorded) and one.event_id not in gone]
        raised = {(one.contact_id, one.action_id) for one in events if isinstance(one, ActionAddressed)}
        assert raised <= {(one.contact_id, one.action_id) for one in recorded}


TestAgentAndTelephone = AgentAndTelephone.TestCase
