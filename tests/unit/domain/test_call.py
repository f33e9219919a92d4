"""What the agent has on his line, whatever order the events come in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.contract.codes import AuthLevel
from nba_desktop.domain.call import (
    KEPT_FINISHED,
    KEPT_SEEN,
    Calls,
    Interaction,
    InteractionState,
    LegState,
    close,
    on_event,
    time_out,
)
from nba_desktop.domain.call_by_hand import ends_by_hand
from nba_desktop.domain.call_event import Attached, CallEvent, CallEventType, Party
from tests.fakes.calls import CALLER, OTHER_CALLER, START, call_event

T = CallEventType
S = InteractionState


def after(*events: CallEvent, calls: Calls | None = None) -> Calls:
    calls = calls or Calls()
    for event in events:
        calls = on_event(calls, event)
    return calls


def only(calls: Calls) -> Interaction:
    (interaction,) = calls.interactions
    return interaction


def test_a_ringing_telephone_is_an_offer() -> None:
    offer = only(after(call_event(T.RINGING, queue="service", dialled="4930555000")))
    assert (offer.state, offer.caller, offer.queue, offer.dialled) == (S.OFFERED, CALLER, "service", "4930555000")
    assert offer.started_at == START


def test_an_answered_call_is_live_and_then_wrapped_up_and_closed() -> None:
    live = after(call_event(T.RINGING), call_event(T.ANSWERED, at=3))
    assert only(live).state is S.LIVE
    assert only(live).answered_at == START + timedelta(seconds=3)
    wrap_up = after(call_event(T.ENDED, at=60), calls=live)
    assert (only(wrap_up).state, only(wrap_up).cause) == (S.WRAP_UP, "normal")
    assert only(wrap_up).ended_at == START + timedelta(seconds=60)
    assert only(close(wrap_up, "call-1")).state is S.CLOSED


@pytest.mark.parametrize("cause", ["missed", "elsewhere"])
def test_an_offer_that_ends_unanswered_is_withdrawn(cause: str) -> None:
    withdrawn = only(after(call_event(T.RINGING), call_event(T.ENDED, cause=cause)))
    assert (withdrawn.state, withdrawn.cause) == (S.WITHDRAWN, cause)


def test_an_end_without_a_cause_is_missed_when_nobody_answered() -> None:
    assert only(after(call_event(T.RINGING), call_event(T.ENDED))).cause == "missed"


def test_a_call_first_heard_of_when_it_is_answered_is_live() -> None:
    assert only(after(call_event(T.ANSWERED))).state is S.LIVE


def test_a_call_first_heard_of_when_it_ends_is_never_shown() -> None:
    assert only(after(call_event(T.ENDED))).state is S.WITHDRAWN


def test_a_late_ringing_does_not_reopen_an_ended_call_but_fills_in_its_caller() -> None:
    ended = after(call_event(T.ENDED, caller=Party()))
    late = only(after(call_event(T.RINGING), calls=ended))
    assert (late.state, late.caller) == (S.WITHDRAWN, CALLER)


def test_a_late_ringing_does_not_take_an_answered_call_back() -> None:
    assert only(after(call_event(T.ANSWERED), call_event(T.RINGING))).state is S.LIVE


def test_a_repeated_event_changes_nothing() -> None:
    ringing = call_event(T.RINGING)
    calls = after(ringing)
    assert on_event(calls, ringing) is calls
    assert on_event(calls, replace(ringing, event_id="")) is calls
    assert on_event(calls, replace(ringing, event_id="another")) is calls


def test_holding_and_resuming_come_and_go() -> None:
    live = after(call_event(T.RINGING), call_event(T.ANSWERED))
    held = after(call_event(T.HELD, at=5), calls=live)
    assert (only(held).state, only(held).held) == (S.LIVE, True)
    assert not only(after(call_event(T.RESUMED, at=6), calls=held)).held


def test_a_hold_that_arrives_after_the_resuming_it_came_before_is_not_believed() -> None:
    live = after(call_event(T.ANSWERED), call_event(T.HELD, at=1), call_event(T.RESUMED, at=6))
    assert on_event(live, call_event(T.HELD, at=5)) is live
    numbered = after(call_event(T.ANSWERED, source_seq=1), call_event(T.HELD, source_seq=2))
    numbered = after(call_event(T.RESUMED, source_seq=5), calls=numbered)
    assert on_event(numbered, call_event(T.HELD, source_seq=4, at=99)) is numbered


def test_a_resuming_without_a_hold_changes_nothing() -> None:
    live = after(call_event(T.ANSWERED))
    assert on_event(live, call_event(T.RESUMED, at=1)) is live


def test_several_devices_of_one_agent_are_one_offer() -> None:
    ringing = after(call_event(T.RINGING, "desk", device="desk"), call_event(T.RINGING, "mobile", device="mobile"))
    assert only(ringing).state is S.OFFERED
    answered = after(call_event(T.ANSWERED, "mobile"), call_event(T.ENDED, "desk", cause="elsewhere"), calls=ringing)
    assert only(answered).state is S.LIVE
    assert only(after(call_event(T.ENDED, "mobile"), calls=answered)).state is S.WRAP_UP


def test_the_end_on_one_device_is_no_end_while_another_still_rings() -> None:
    ringing = after(call_event(T.RINGING, "desk"), call_event(T.RINGING, "mobile"), call_event(T.ENDED, "desk"))
    assert only(ringing).state is S.OFFERED
    assert only(after(call_event(T.ENDED, "mobile"), calls=ringing)).state is S.WITHDRAWN


def test_a_second_caller_is_an_interaction_of_his_own() -> None:
    two = after(call_event(T.ANSWERED), call_event(T.RINGING, "leg-2", "call-2", caller=OTHER_CALLER))
    assert [(i.state, i.caller) for i in two.interactions] == [(S.LIVE, CALLER), (S.OFFERED, OTHER_CALLER)]


def test_another_number_on_the_same_call_never_swaps_the_caller() -> None:
    live = after(call_event(T.ANSWERED))
    assert on_event(live, call_event(T.DATA, caller=OTHER_CALLER)) is live
    assert only(after(call_event(T.RINGING, "leg-2", caller=OTHER_CALLER), calls=live)).caller == CALLER


def test_a_withheld_number_stays_withheld() -> None:
    withheld = Party("", None, "restricted")
    calls = after(call_event(T.RINGING, caller=withheld), call_event(T.DATA))
    assert only(calls).caller == withheld


def test_data_fills_in_what_was_not_known() -> None:
    calls = after(
        call_event(T.RINGING, caller=Party()),
        call_event(T.DATA, queue="service", attached=Attached(customer_no="K-1")),
        call_event(T.DATA, attached=Attached(customer_no="K-2", ivr_path="3-1")),
    )
    assert (only(calls).caller, only(calls).queue) == (CALLER, "service")
    assert only(calls).attached == Attached(customer_no="K-1", ivr_path="3-1")


def test_data_about_a_call_nobody_heard_of_is_dropped() -> None:
    calls = Calls()
    assert on_event(calls, call_event(T.DATA)) is calls


def test_a_consultation_call_is_a_child_of_the_held_customer_and_needs_no_wrap_up() -> None:
    held = after(call_event(T.ANSWERED), call_event(T.HELD, at=1))
    consulting = after(
        call_event(T.RINGING, "leg-2", "call-2", direction="internal", caller=Party("201")),
        call_event(T.ANSWERED, "leg-2", "call-2", direction="internal"),
        calls=held,
    )
    customer, consult = consulting.interactions
    assert (customer.state, customer.held, customer.caller) == (S.LIVE, True, CALLER)
    assert (consult.state, consult.consult_of) == (S.LIVE, "call-1")
    back = after(call_event(T.ENDED, "leg-2", "call-2"), call_event(T.RESUMED, at=9), calls=consulting)
    assert [i.state for i in back.interactions] == [S.LIVE, S.CLOSED]
    assert not back.interactions[0].held


def test_a_call_that_names_its_parent_is_a_consultation_of_it() -> None:
    calls = after(call_event(T.ANSWERED), call_event(T.RINGING, "leg-2", "call-2", parent_leg_id="leg-1"))
    assert calls.interactions[1].consult_of == "call-1"


def test_a_second_customer_while_one_is_held_is_no_consultation() -> None:
    calls = after(call_event(T.ANSWERED), call_event(T.HELD, at=1), call_event(T.RINGING, "leg-2", "call-2"))
    assert calls.interactions[1].consult_of is None


def test_a_transferred_call_ends_for_the_agent_as_transferred() -> None:
    calls = after(call_event(T.ANSWERED), call_event(T.TRANSFERRED), call_event(T.ENDED, cause="normal"))
    assert (only(calls).state, only(calls).cause) == (S.WRAP_UP, "transferred")


def test_a_joined_consultation_becomes_a_conference_and_the_customer_keeps_his_interaction() -> None:
    calls = after(
        call_event(T.ANSWERED),
        call_event(T.HELD, at=1),
        call_event(T.ANSWERED, "leg-2", "call-2", direction="internal"),
        call_event(T.JOINED, "leg-2", "call-2", parent_leg_id="leg-1"),
    )
    customer, consult = calls.interactions
    assert (customer.interaction_id, customer.state, customer.conference) == ("call-1", S.LIVE, True)
    assert consult.state is S.CLOSED
    surviving = after(call_event(T.ENDED, "leg-1"), calls=calls)
    assert surviving.interactions[0].state is S.LIVE
    assert not after(call_event(T.LEFT, "leg-2"), calls=surviving).interactions[0].conference
    assert after(call_event(T.ENDED, "leg-2"), calls=surviving).interactions[0].state is S.WRAP_UP


def test_a_joined_leg_does_not_bring_the_colleagues_number_along() -> None:
    calls = after(
        call_event(T.ANSWERED, caller=Party()),
        call_event(T.JOINED, "leg-2", "call-2", parent_leg_id="leg-1", caller=OTHER_CALLER),
        call_event(T.DATA, "leg-2", "call-2", caller=OTHER_CALLER),
    )
    assert only(calls).caller == Party()


COLLEAGUE = Party("202", None, "allowed")


def test_a_customer_a_colleague_puts_through_takes_the_colleagues_place() -> None:
    announced = after(
        call_event(T.RINGING, caller=COLLEAGUE, direction="internal"),
        call_event(T.ANSWERED, caller=COLLEAGUE, direction="internal", at=2),
    )
    customer = call_event(T.DATA, call="customer-call", at=9, queue="service", put_through=True)
    interaction = only(after(customer, calls=announced))
    assert (interaction.interaction_id, interaction.conversation_id) == ("call-1", "customer-call")
    assert (interaction.state, interaction.caller, interaction.direction) == (S.LIVE, CALLER, "inbound")
    assert (interaction.queue, interaction.answered_at) == ("service", START + timedelta(seconds=2))


def test_a_customer_gives_way_to_nobody() -> None:
    live = after(call_event(T.ANSWERED))
    assert on_event(live, call_event(T.DATA, caller=OTHER_CALLER, put_through=True)) is live


def test_a_customer_put_through_while_another_is_held_is_no_consultation() -> None:
    held = after(call_event(T.ANSWERED), call_event(T.HELD, at=1))
    asked = after(call_event(T.ANSWERED, "leg-2", "call-2", caller=COLLEAGUE, direction="internal"), calls=held)
    assert [one.consult_of for one in asked.interactions] == [None, "call-1"]
    customer = call_event(T.DATA, "leg-2", "call-3", caller=OTHER_CALLER, put_through=True)
    assert [(one.caller, one.consult_of) for one in after(customer, calls=asked).interactions] == [
        (CALLER, None),
        (OTHER_CALLER, None),
    ]


def test_nobody_is_put_through_on_a_call_that_is_over() -> None:
    over = after(
        call_event(T.ANSWERED, caller=COLLEAGUE, direction="internal"),
        call_event(T.ENDED, caller=COLLEAGUE, direction="internal"),
    )
    assert only(after(call_event(T.DATA, put_through=True), calls=over)).caller == COLLEAGUE


def test_a_conversation_that_comes_back_is_a_new_interaction() -> None:
    rung_out = after(call_event(T.RINGING), call_event(T.ENDED, cause="missed"))
    again = after(call_event(T.RINGING, "leg-2"), calls=rung_out)
    assert [(i.interaction_id, i.state) for i in again.interactions] == [
        ("call-1", S.WITHDRAWN),
        ("call-1~2", S.OFFERED),
    ]
    answered = after(call_event(T.ANSWERED, "leg-2"), calls=again)
    assert answered.interactions[1].state is S.LIVE


def test_two_sources_with_the_same_id_do_not_meet() -> None:
    calls = after(call_event(T.ANSWERED), call_event(T.ENDED, source="call_url"))
    assert [(i.interaction_id, i.state) for i in calls.interactions] == [
        ("call-1", S.LIVE),
        ("call-1~2", S.WITHDRAWN),
    ]


def test_a_lost_line_leaves_the_calls_unconfirmed_until_the_source_speaks_of_them() -> None:
    live = after(call_event(T.ANSWERED), call_event(T.LINK_DOWN, "", ""))
    assert (only(live).state, only(live).unconfirmed) == (S.LIVE, True)
    assert only(after(call_event(T.LINK_UP, "", ""), calls=live)).unconfirmed
    assert not only(after(call_event(T.HELD, at=9), calls=live)).unconfirmed
    assert not only(after(call_event(T.SNAPSHOT, "", "", legs=("leg-1",)), calls=live)).unconfirmed


def test_the_line_of_another_source_says_nothing_about_these_calls() -> None:
    live = after(call_event(T.ANSWERED))
    assert on_event(live, call_event(T.LINK_DOWN, "", "", source="another")) is live
    assert on_event(live, call_event(T.SNAPSHOT, "", "", source="another")) is live


def test_legs_missing_in_a_snapshot_end_with_an_unknown_cause() -> None:
    calls = after(call_event(T.ANSWERED), call_event(T.RINGING, "leg-2", "call-2"))
    calls = after(call_event(T.SNAPSHOT, "", "", legs=("leg-2",)), calls=calls)
    gone, still = calls.interactions
    assert (gone.state, gone.cause) == (S.WRAP_UP, "unknown")
    assert still.state is S.OFFERED


def test_an_unconfirmed_call_times_out() -> None:
    calls = after(call_event(T.ANSWERED), call_event(T.LINK_DOWN, "", "", at=10))
    patience = timedelta(minutes=5)
    assert time_out(calls, START + timedelta(minutes=5), patience) is calls
    ended = only(time_out(calls, START + timedelta(minutes=6), patience))
    assert (ended.state, ended.cause, ended.unconfirmed) == (S.WRAP_UP, "unknown", False)


def test_calls_from_before_the_start_are_not_shown() -> None:
    calls = Calls(since=START)
    assert on_event(calls, replace(call_event(T.RINGING, at=-60), received_at=START)) is calls
    assert only(on_event(calls, call_event(T.RINGING, at=-2))).state is S.OFFERED


def test_only_a_wrap_up_can_be_closed() -> None:
    calls = after(call_event(T.ANSWERED))
    assert close(calls, "call-1") is calls
    assert close(calls, "nobody") is calls


def test_memory_stays_flat() -> None:
    calls = Calls()
    for n in range(KEPT_SEEN):
        leg, call = f"leg-{n}", f"call-{n}"
        calls = after(call_event(T.ANSWERED, leg, call), call_event(T.ENDED, leg, call), calls=calls)
        calls = close(calls, call)
    assert len(calls.interactions) == KEPT_FINISHED
    assert calls.interactions[-1].interaction_id == f"call-{KEPT_SEEN - 1}"
    assert len(calls.seen) == KEPT_SEEN


def test_a_call_in_wrap_up_is_never_forgotten() -> None:
    calls = after(call_event(T.ANSWERED), call_event(T.ENDED))
    for n in range(KEPT_FINISHED + 5):
        leg, call = f"other-{n}", f"other-call-{n}"
        calls = after(call_event(T.RINGING, leg, call), call_event(T.ENDED, leg, call), calls=calls)
    first = calls.find("call-1")
    assert first is not None
    assert first.state is S.WRAP_UP


CALLERS = {f"call-{n}": Party(f"+49301234{n}0", f"+49301234{n}0", "allowed") for n in range(3)}
STATE_ORDER = {S.OFFERED: 0, S.LIVE: 1, S.WRAP_UP: 2, S.CLOSED: 3, S.WITHDRAWN: 3}
LEG_ORDER = {LegState.NEW: 0, LegState.RINGING: 1, LegState.ACTIVE: 2, LegState.HELD: 2, LegState.ENDED: 3}


@st.composite
def any_event(draw: st.DrawFn) -> CallEvent:
    call = draw(st.sampled_from(sorted(CALLERS)))
    type_ = draw(st.sampled_from(sorted(T)))
    legs = [f"{name}/leg-{n}" for name in CALLERS for n in range(2)]
    return call_event(
        type_,
        draw(st.sampled_from([leg for leg in legs if leg.startswith(call)])),
        call,
        draw(st.integers(0, 20)),
        event_id=draw(st.sampled_from(["", *(f"e{n}" for n in range(40))])),
        caller=draw(st.sampled_from([CALLERS[call], Party(), Party("anonymous", None, "restricted")])),
        direction=draw(st.sampled_from(["inbound", "outbound", "internal"])),
        parent_leg_id=draw(st.sampled_from([None, *legs])),
        source_seq=draw(st.none() | st.integers(0, 20)),
        cause=draw(st.sampled_from([None, "normal", "missed", "elsewhere"])),
        legs=tuple(draw(st.sets(st.sampled_from(legs)))),
    )


@given(st.lists(any_event() | st.sampled_from(sorted(CALLERS)), max_size=40))
def test_no_order_of_events_leads_to_an_impossible_state_or_swaps_a_caller(steps: list[CallEvent | str]) -> None:
    calls = Calls()
    for step in steps:
        before = calls
        if isinstance(step, str):
            calls = close(calls, step)
        else:
            calls = on_event(calls, step)
            again = on_event(calls, step)
            assert again is calls or not step.event_id
        _check_each(calls)
        _check_way(before, calls)


def _check_each(calls: Calls) -> None:
    ids = [one.interaction_id for one in calls.interactions]
    assert len(ids) == len(set(ids))
    legs = [leg.leg_id for one in calls.interactions for leg in one.legs]
    assert len(legs) == len(set(legs))
    for one in calls.interactions:
        talking = [leg.state for leg in one.legs if leg.state in (LegState.ACTIVE, LegState.HELD)]
        assert (one.state is S.LIVE and one.held) == (bool(talking) and set(talking) == {LegState.HELD})
        assert not talking or one.state is S.LIVE
        ended = all(leg.state is LegState.ENDED for leg in one.legs)
        assert ended == (not one.is_open)
        assert (one.ended_at is None) == one.is_open
        assert (one.cause is None) == one.is_open
        assert (one.answered_at is None) == (one.state in (S.OFFERED, S.WITHDRAWN))
        assert not one.unconfirmed or one.is_open
        assert one.caller in (CALLERS[one.conversation_id], Party(), Party("anonymous", None, "restricted"))


def _check_way(before: Calls, calls: Calls) -> None:
    for old in before.interactions:
        new = calls.find(old.interaction_id)
        assert new is not None
        assert STATE_ORDER[new.state] >= STATE_ORDER[old.state]
        assert old.state is not S.WITHDRAWN or new.state is S.WITHDRAWN
        assert new.state is not S.WITHDRAWN or old.state in (S.OFFERED, S.WITHDRAWN)
        assert old.caller in (Party(), new.caller)
        legs = {leg.leg_id: leg for one in calls.interactions for leg in one.legs}
        for leg in old.legs:
            assert LEG_ORDER[legs[leg.leg_id].state] >= LEG_ORDER[leg.state]


SCRIPT = [
    call_event(T.RINGING, "a", "call-1", 0),
    call_event(T.ANSWERED, "a", "call-1", 1),
    call_event(T.HELD, "a", "call-1", 2),
    call_event(T.RINGING, "b", "call-2", 2, caller=OTHER_CALLER),
    call_event(T.RESUMED, "a", "call-1", 4),
    call_event(T.ENDED, "b", "call-2", 5, caller=OTHER_CALLER, cause="missed"),
    call_event(T.ENDED, "a", "call-1", 9, cause="normal"),
]


@given(st.permutations(SCRIPT), st.lists(st.sampled_from(SCRIPT), max_size=10))
def test_two_calls_end_the_same_however_their_events_are_shuffled_and_repeated(
    order: list[CallEvent], again: list[CallEvent]
) -> None:
    calls = after(*order)
    assert after(*again, calls=calls) is calls
    ended = {one.interaction_id: (one.caller, one.is_open) for one in calls.interactions}
    assert ended == {"call-1": (CALLER, False), "call-2": (OTHER_CALLER, False)}


def test_what_a_voice_menu_asked_is_true_of_the_customer_it_asked_alone() -> None:
    known = Attached(customer_no="K-100")
    other = Attached(customer_no="K-200", auth_level=AuthLevel.AUTHENTICATED)
    same = Attached(customer_no="K-100", auth_level=AuthLevel.AUTHENTICATED)
    nobody = Attached(auth_level=AuthLevel.AUTHENTICATED)
    first = after(call_event(T.RINGING, attached=known))
    for later, level in ((other, None), (nobody, None), (same, AuthLevel.AUTHENTICATED)):
        attached = only(on_event(first, call_event(T.DATA, attached=later))).attached
        assert (attached.customer_no, attached.auth_level) == ("K-100", level)
    began_without = after(call_event(T.RINGING, attached=nobody), call_event(T.DATA, attached=known))
    assert only(began_without).attached == known


def test_a_source_that_was_restarted_says_nothing_about_calls_from_before() -> None:
    talking = after(call_event(T.RINGING), call_event(T.ANSWERED), call_event(T.LINK_DOWN, "", ""))
    restarted = START + timedelta(minutes=10)
    asked = call_event(T.SNAPSHOT, "", "", legs=(), knows_since=restarted, occurred_at=restarted)
    assert only(on_event(talking, asked)).unconfirmed
    assert ends_by_hand(only(talking))
    known = call_event(T.SNAPSHOT, "", "", legs=(), knows_since=START - timedelta(hours=1))
    assert only(on_event(talking, known)).state is InteractionState.WRAP_UP
