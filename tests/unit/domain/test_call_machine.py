"""Three legs of one agent in any interleaving: no impossible state, no lost or swapped customer, all closed at last."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from nba_desktop.domain.call import FINISHED, Calls, InteractionState, LegState, close, on_event, time_out
from nba_desktop.domain.call_event import CallEvent, CallEventType, Direction, Party
from tests.fakes.calls import START, call_event

T = CallEventType
S = InteractionState
LEGS = ("desk", "mobile", "consult")
COLLEAGUE = Party("202", None, "allowed")
CUSTOMERS = {name: Party(f"+49301234{n}0", f"+49301234{n}0", "allowed") for n, name in enumerate(("a", "b", "c"))}
RANK = {S.OFFERED: 0, S.LIVE: 1, S.WRAP_UP: 2, S.CLOSED: 3, S.WITHDRAWN: 3}
LEG_RANK = {LegState.NEW: 0, LegState.RINGING: 1, LegState.ACTIVE: 2, LegState.HELD: 2, LegState.ENDED: 3}

any_leg = st.sampled_from(LEGS)


class ThreeLegs(RuleBasedStateMachine):
    """Tells the calls what three legs do, in any order, some of it late, twice, or after the line was lost."""

    @initialize(
        conversations=st.tuples(*(st.sampled_from(sorted(CUSTOMERS)) for _ in LEGS)),
        directions=st.tuples(*(st.sampled_from(["inbound", "outbound", "internal"]) for _ in LEGS)),
        numbered=st.booleans(),
    )
    def begin(self, conversations: tuple[str, ...], directions: tuple[Direction, ...], numbered: bool) -> None:
        self.conversation = dict(zip(LEGS, conversations, strict=True))
        # One conversation has one direction, whichever of the agent's devices it rings.
        of_conversation = dict(zip(conversations, directions, strict=True))
        self.direction = {leg: of_conversation[self.conversation[leg]] for leg in LEGS}
        self.numbered = numbered
        self.clock = 0
        self.calls = Calls()
        self.past: list[CallEvent] = []

    def caller(self, leg: str) -> Party:
        return COLLEAGUE if self.direction[leg] == "internal" else CUSTOMERS[self.conversation[leg]]

    def say(self, type_: CallEventType, leg: str = "", **more: Any) -> None:
        self.clock += 1
        if leg:
            more = {"caller": self.caller(leg), "direction": self.direction[leg], **more}
        event = call_event(
            type_,
            leg,
            more.pop("call", self.conversation.get(leg, "")),
            self.clock,
            source_seq=self.clock if self.numbered else None,
            **more,
        )
        self.past.append(event)
        self.apply(event)

    def apply(self, event: CallEvent) -> None:
        before, self.calls = self.calls, on_event(self.calls, event)
        self.compare(before, event)

    def compare(self, before: Calls, event: CallEvent | None) -> None:
        legs = {leg.leg_id: leg for one in self.calls.interactions for leg in one.legs}
        for old in before.interactions:
            new = self.calls.find(old.interaction_id)
            assert new is not None, "an interaction was lost"
            assert RANK[new.state] >= RANK[old.state]
            assert new.state is not S.WITHDRAWN or old.state in (S.OFFERED, S.WITHDRAWN)
            if old.caller not in (Party(), new.caller):
                assert event is not None
                assert event.put_through
                assert old.direction == "internal"
            for leg in old.legs:
                assert LEG_RANK[legs[leg.leg_id].state] >= LEG_RANK[leg.state]

    @rule(leg=any_leg, known=st.booleans())
    def rings(self, leg: str, known: bool) -> None:
        self.say(T.RINGING, leg, **({} if known else {"caller": Party()}))

    @rule(leg=any_leg)
    def is_answered(self, leg: str) -> None:
        self.say(T.ANSWERED, leg)

    @rule(leg=any_leg)
    def is_held(self, leg: str) -> None:
        self.say(T.HELD, leg)

    @rule(leg=any_leg)
    def is_resumed(self, leg: str) -> None:
        self.say(T.RESUMED, leg)

    @rule(leg=any_leg)
    def is_transferred(self, leg: str) -> None:
        self.say(T.TRANSFERRED, leg)

    @rule(leg=any_leg, parent=st.none() | any_leg)
    def joins(self, leg: str, parent: str | None) -> None:
        self.say(T.JOINED, leg, parent_leg_id=parent)

    @rule(leg=any_leg)
    def leaves(self, leg: str) -> None:
        self.say(T.LEFT, leg)

    @rule(leg=any_leg, cause=st.sampled_from([None, "normal", "missed", "elsewhere", "failed"]))
    def ends(self, leg: str, cause: str | None) -> None:
        self.say(T.ENDED, leg, cause=cause)

    @rule(leg=any_leg)
    def brings_data(self, leg: str) -> None:
        self.say(T.DATA, leg)

    @rule(leg=any_leg, customer=st.sampled_from(sorted(CUSTOMERS)))
    def brings_a_customer_of_a_colleague(self, leg: str, customer: str) -> None:
        self.say(T.DATA, leg, call=customer, caller=CUSTOMERS[customer], direction="inbound", put_through=True)

    @rule()
    def the_line_goes_down(self) -> None:
        self.say(T.LINK_DOWN)

    @rule()
    def the_line_comes_up(self) -> None:
        self.say(T.LINK_UP)

    @rule(alive=st.sets(any_leg))
    def a_snapshot_comes(self, alive: set[str]) -> None:
        self.say(T.SNAPSHOT, legs=tuple(sorted(alive)))

    @rule(data=st.data())
    def something_comes_late_or_again(self, data: st.DataObject) -> None:
        if self.past:
            again = data.draw(st.sampled_from(self.past))
            self.apply(again)
            assert on_event(self.calls, again) is self.calls or again.type in (T.SNAPSHOT, T.LINK_DOWN)

    @rule(which=st.integers(0, 5))
    def the_agent_closes_a_wrap_up(self, which: int) -> None:
        if which < len(self.calls.interactions):
            before = self.calls
            self.calls = close(before, before.interactions[which].interaction_id)
            self.compare(before, None)

    @rule()
    def time_passes(self) -> None:
        self.clock += 1000
        before = self.calls
        self.calls = time_out(before, START + timedelta(seconds=self.clock), timedelta(seconds=60))
        self.compare(before, None)
        assert not any(one.unconfirmed for one in self.calls.interactions)

    @invariant()
    def every_interaction_is_possible(self) -> None:
        if not hasattr(self, "calls"):
            return
        ids = [one.interaction_id for one in self.calls.interactions]
        legs = [leg.leg_id for one in self.calls.interactions for leg in one.legs]
        assert len(ids) == len(set(ids))
        assert len(legs) == len(set(legs))
        for one in self.calls.interactions:
            talking = {leg.state for leg in one.legs} & {LegState.ACTIVE, LegState.HELD}
            assert one.is_open == any(leg.state is not LegState.ENDED for leg in one.legs)
            assert bool(talking) <= (one.state is S.LIVE)
            assert one.held == (talking == {LegState.HELD})
            assert (one.ended_at is None) == (one.cause is None) == one.is_open
            assert (one.answered_at is None) == (one.state in (S.OFFERED, S.WITHDRAWN))
            assert one.is_open or not (one.conference or one.unconfirmed)
            assert one.caller in (Party(), COLLEAGUE, *CUSTOMERS.values())
            if one.caller in CUSTOMERS.values():
                assert one.caller == CUSTOMERS[one.conversation_id]

    def teardown(self) -> None:
        if not hasattr(self, "calls"):
            return
        for leg in LEGS:
            self.say(T.ENDED, leg)
        assert not any(one.is_open for one in self.calls.interactions)
        for one in self.calls.interactions:
            self.calls = close(self.calls, one.interaction_id)
        assert all(one.state in FINISHED for one in self.calls.interactions)
        ended = self.calls
        for event in self.past:
            self.apply(event)
        assert not any(one.is_open for one in self.calls.interactions)
        assert len(self.calls.interactions) == len(ended.interactions)


TestThreeLegs = ThreeLegs.TestCase
