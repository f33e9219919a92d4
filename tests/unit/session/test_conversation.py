"""What happens between greeting and farewell: security items, who speaks, several concerns, promises, phases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest

from nba_desktop.contract.codes import (
    AuthLevel,
    CallFlag,
    ConsentChannel,
    ConsentPurpose,
    FollowUpKind,
    ResponseCode,
    Speaker,
)
from nba_desktop.contract.day import DayFollowUp
from nba_desktop.contract.events import (
    CallerAuthenticated,
    CallFlagged,
    ConcernSolved,
    ConfirmationRequested,
    ConsentRecorded,
    FollowUpCancelled,
    FollowUpPlanned,
    ResponseRecorded,
    SecurityItemCorrected,
    SecurityItemFailed,
)
from nba_desktop.domain import caller
from nba_desktop.domain.blocks import Block, BlockStatus
from nba_desktop.domain.call_event import CallEventType
from nba_desktop.domain.consent_draft import ConsentAnswer
from nba_desktop.domain.contact import Phase, Tab
from nba_desktop.domain.entries import ConcernOutcome
from nba_desktop.domain.errors import BackendOffline, FailureCode, OutboxFull
from nba_desktop.domain.follow_ups import codes_to_choose
from nba_desktop.domain.receipts import Receipt
from tests.fakes.desk import Desk
from tests.fakes.ports import EARLIER, EARLIER_RESPONSE

IN_A_WEEK = date(2026, 11, 27)


def last_of(desk: Desk, kind: type) -> object:
    return [event for event in desk.outbox.events if isinstance(event, kind)][-1]


# ---- security items


def test_a_wrong_answer_is_recorded_and_counts_no_more(desk: Desk) -> None:
    desk.answer_call()
    desk.session.toggle_item("birth_date")
    desk.session.fail_item("birth_date")
    desk.session.fail_item("birth_date")
    desk.session.toggle_item("postcode")
    failed = [event for event in desk.outbox.events if isinstance(event, SecurityItemFailed)]
    assert [event.item for event in failed] == ["birth_date"]
    assert desk.contact().items_missing == 1
    desk.session.toggle_item("birth_date")
    assert desk.contact().items_missing == 1
    desk.session.toggle_item("iban")
    desk.session.confirm_caller()
    event = last_of(desk, CallerAuthenticated)
    assert isinstance(event, CallerAuthenticated)
    assert (event.items_passed, event.items_failed) == (("postcode", "iban"), ("birth_date",))


def test_after_too_many_wrong_answers_nobody_is_authenticated(desk: Desk) -> None:
    desk.answer_call()
    for item in ("birth_date", "postcode", "iban"):
        desk.session.fail_item(item)
    assert desk.contact().locked
    desk.session.confirm_caller()
    assert "caller_authenticated" not in desk.outbox.types()


def test_a_wrong_answer_noted_by_a_slip_is_corrected_by_an_event_of_its_own(desk: Desk) -> None:
    desk.answer_call()
    for item in ("birth_date", "postcode", "iban"):
        desk.session.fail_item(item)
    desk.session.correct_item("iban")
    desk.session.correct_item("iban")
    event = last_of(desk, SecurityItemCorrected)
    assert isinstance(event, SecurityItemCorrected)
    assert (event.item, desk.outbox.types().count("security_item_corrected")) == ("iban", 1)
    assert desk.outbox.types().count("security_item_failed") == 3
    assert not desk.contact().locked
    assert desk.contact().items_failed == {"birth_date", "postcode"}
    assert desk.contact().items_missing == 2
    desk.session.toggle_item("iban")
    assert desk.contact().items_missing == 1
    asked = desk.contact().request
    desk.session.on_receipt(event.event_id, Receipt.ACCEPTED)
    assert desk.contact().request == asked + 1


def test_what_a_colleague_noted_as_wrong_is_not_corrected_here(desk: Desk) -> None:
    desk.answer_call()
    view = desk.contact().view
    assert view is not None
    found = view.identification.model_copy(update={"failed_items": ("iban",)})
    told = replace(desk.contact(), view=view.model_copy(update={"identification": found}))
    assert told.items_failed == {"iban"}
    assert caller.correct_item(told, desk.clock.now(), "iban").events == ()


def test_an_item_that_is_not_asked_cannot_be_wrong(desk: Desk) -> None:
    desk.answer_call()
    desk.session.fail_item("shoe_size")
    assert "security_item_failed" not in desk.outbox.types()


# ---- who speaks


def test_what_an_unauthorised_speaker_must_not_hear_leaves_the_screen_without_the_backend(solved: Desk) -> None:
    solved.backend.broken = BackendOffline()
    solved.session.name_speaker(Speaker.UNAUTHORISED)
    contact = solved.contact()
    assert contact.auth_level is AuthLevel.IDENTIFIED
    assert contact.view is not None
    assert (contact.view.customer, contact.view.journey, contact.view.consents) == (None, None, None)
    assert contact.recommendations == ()


def test_a_late_answer_from_before_shows_nothing_to_an_unauthorised_speaker(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.choose_concern("instalment")
    desk.session.name_speaker(Speaker.UNAUTHORISED)
    desk.tasks.finish_all()
    assert desk.contact().view is not None
    assert not desk.contact().authenticated


def test_a_representative_consents_to_nothing(solved: Desk) -> None:
    solved.session.name_speaker(Speaker.REPRESENTATIVE)
    solved.tasks.finish_all()
    assert [one.action_id for one in solved.contact().recommendations] == ["SRV_INSTALMENT"]
    solved.session.consents.toggle(True)
    solved.session.consents.answer(ConsentPurpose.ADV_OWN, ConsentChannel.EMAIL, ConsentAnswer.NO)
    solved.session.consents.toggle_read_aloud("adv-own-de-1")
    solved.session.consents.save()
    assert "consent_recorded" not in solved.outbox.types()
    solved.session.consents.ask_withdrawal(ConsentPurpose.ADV_OWN, ConsentChannel.EMAIL)
    solved.session.consents.confirm_withdrawal()
    assert isinstance(solved.outbox.events[-1], ConsentRecorded)


def test_the_customer_speaks_again(solved: Desk) -> None:
    solved.session.name_speaker(Speaker.REPRESENTATIVE)
    solved.session.name_speaker(Speaker.CUSTOMER)
    solved.session.name_speaker(Speaker.CUSTOMER)
    solved.tasks.finish_all()
    assert solved.outbox.types().count("speaker_named") == 2
    assert len(solved.contact().recommendations) == 3


def test_a_flag_ranks_the_actions_again_and_can_be_taken_back(solved: Desk) -> None:
    solved.session.toggle_flag(CallFlag.VULNERABLE)
    solved.tasks.finish_all()
    assert [one.action_id for one in solved.contact().recommendations] == ["SRV_INSTALMENT"]
    assert solved.contact().all_flags == {CallFlag.VULNERABLE}
    solved.session.toggle_flag(CallFlag.VULNERABLE)
    solved.tasks.finish_all()
    assert len(solved.contact().recommendations) == 3


# ---- concerns


def test_a_further_concern_keeps_the_one_before_with_its_outcome(solved: Desk) -> None:
    solved.session.choose_concern("move")
    contact = solved.contact()
    assert [(one.code, one.outcome) for one in contact.concerns_before] == [("instalment", ConcernOutcome.SOLVED)]
    assert (contact.concern, contact.solved) == ("move", None)
    solved.session.mark_solved(False)
    solved.session.choose_concern("instalment")
    assert [(one.code, one.outcome) for one in solved.contact().concerns_before] == [
        ("move", ConcernOutcome.NOT_SOLVED)
    ]


def test_another_concern_before_any_outcome_is_a_correction(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.choose_concern("instalment")
    desk.session.choose_concern("move")
    assert desk.contact().concerns_before == ()


def test_a_follow_up_of_the_concern_takes_two_clicks(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.choose_concern("move")
    desk.session.promises.begin(None)
    desk.session.promises.enter_words("  Bitte erst   nach dem Einzug ")
    desk.session.promises.enter_time(time(17, 30))
    desk.session.promises.plan(IN_A_WEEK)
    settled, planned = desk.outbox.events[-2:]
    assert isinstance(settled, ConcernSolved)
    assert (settled.concern, settled.solved, settled.follow_up) == ("move", False, True)
    assert isinstance(planned, FollowUpPlanned)
    assert (planned.due, planned.at_time, planned.concern) == (IN_A_WEEK, time(17, 30), "move")
    assert planned.words == "Bitte erst nach dem Einzug"
    assert desk.contact().concern_outcome is ConcernOutcome.FOLLOW_UP
    desk.tasks.finish_all()
    assert desk.backend.asked[-1] == "concern"
    desk.session.promises.cancel(planned.event_id)
    assert desk.contact().concern_outcome is ConcernOutcome.NOT_SOLVED


def test_the_same_outcome_again_is_recorded_once(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.choose_concern("move")
    for _ in range(3):
        desk.session.choose_concern("move")
        desk.session.mark_solved(True)
    assert desk.outbox.types().count("concern_chosen") == 1
    assert desk.outbox.types().count("concern_solved") == 1
    assert (desk.contact().concern, desk.contact().solved) == ("move", True)


def test_another_day_for_the_concern_keeps_the_time_and_the_words(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.choose_concern("move")
    desk.session.promises.begin(None)
    desk.session.promises.enter_words("nach 17 Uhr")
    desk.session.promises.enter_time(time(17, 30))
    for day in (IN_A_WEEK, date(2026, 12, 1)):
        desk.session.promises.plan(day)
        desk.session.promises.begin(None)
    [planned] = desk.contact().live_follow_ups
    assert (planned.due, planned.at_time, planned.words) == (date(2026, 12, 1), time(17, 30), "nach 17 Uhr")


def test_a_promise_is_asked_for_in_sight_and_the_consents_ticked_before_stay(solved: Desk) -> None:
    solved.session.consents.toggle(True)
    solved.session.consents.answer(ConsentPurpose.ADV_OWN, ConsentChannel.EMAIL, ConsentAnswer.NO)
    ticked = solved.contact().consent.answers
    solved.session.promises.begin(None)
    assert not solved.contact().consent.open
    assert solved.contact().consent.answers == ticked != ()


def test_the_same_promise_again_writes_nothing(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.choose_concern("move")
    desk.session.promises.begin(None)
    desk.session.promises.plan(IN_A_WEEK)
    written = desk.outbox.types()
    desk.session.promises.begin(None)
    desk.session.promises.plan(IN_A_WEEK)
    assert desk.outbox.types() == written
    assert desk.contact().follow_up_draft is None


@pytest.mark.parametrize("solved_first", [True, False])
def test_a_solved_concern_and_its_promise_stand_beside_each_other_in_any_order(desk: Desk, solved_first: bool) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.choose_concern("move")
    if solved_first:
        desk.session.mark_solved(True)
    desk.session.promises.begin(None)
    desk.session.promises.plan(IN_A_WEEK)
    desk.session.mark_solved(True)
    assert desk.contact().solved is True
    assert [one.due for one in desk.contact().live_follow_ups] == [IN_A_WEEK]


def test_a_concern_that_is_solved_before_it_has_a_name_stays_solved_when_it_is_named(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.mark_solved(True)
    desk.session.choose_concern("move")
    named = desk.outbox.events[-1]
    assert isinstance(named, ConcernSolved)
    assert (named.concern, named.solved) == ("move", True)
    contact = desk.contact()
    assert (contact.concern, contact.solved, contact.concerns_before) == ("move", True, ())


def test_a_promise_before_the_concern_has_a_name_is_for_the_named_one(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.promises.begin(None)
    desk.session.promises.enter_words("bitte abends")
    desk.session.promises.plan(IN_A_WEEK)
    desk.session.choose_concern("move")
    [planned] = desk.contact().live_follow_ups
    assert (planned.concern, planned.due, planned.words) == ("move", IN_A_WEEK, "bitte abends")
    assert desk.contact().concern_outcome is ConcernOutcome.FOLLOW_UP


# ---- responses with a day


def test_the_same_response_again_is_recorded_once(solved: Desk) -> None:
    for _ in range(3):
        solved.session.respond(ResponseCode.DECLINED_PRICE)
    assert solved.outbox.types().count("response_recorded") == 1
    assert "response_retracted" not in solved.outbox.types()


def test_another_day_for_a_response_keeps_the_time_and_the_words(solved: Desk) -> None:
    solved.session.promises.begin(ResponseCode.INTEREST_CALLBACK)
    solved.session.promises.enter_words("vormittags")
    solved.session.promises.enter_time(time(9, 15))
    solved.session.promises.plan(IN_A_WEEK)
    solved.session.promises.begin(ResponseCode.INTEREST_CALLBACK)
    solved.session.promises.plan(date(2026, 12, 1))
    [planned] = solved.contact().live_follow_ups
    assert (planned.due, planned.at_time, planned.words) == (date(2026, 12, 1), time(9, 15), "vormittags")


def test_a_callback_says_nothing_without_a_day(solved: Desk) -> None:
    solved.session.respond(ResponseCode.INTEREST_CALLBACK)
    assert "response_recorded" not in solved.outbox.types()
    solved.session.promises.plan(IN_A_WEEK)
    assert solved.outbox.types()[-2:] == ["response_recorded", "follow_up_planned"]
    planned = solved.outbox.events[-1]
    assert isinstance(planned, FollowUpPlanned)
    assert (planned.action_id, planned.kind) == ("SRV_INSTALMENT", "callback")
    solved.session.promises.cancel(planned.event_id)
    assert solved.contact().live_responses == ()
    assert isinstance(last_of(solved, FollowUpCancelled), FollowUpCancelled)


def test_another_day_takes_the_first_one_back(solved: Desk) -> None:
    for day in (IN_A_WEEK, date(2026, 12, 1)):
        solved.session.promises.begin(ResponseCode.THINKING)
        solved.session.promises.plan(day)
    contact = solved.contact()
    assert [one.due for one in contact.live_follow_ups] == [date(2026, 12, 1)]
    assert [one.code for one in contact.live_responses] == [ResponseCode.THINKING]


def test_another_response_takes_its_promise_along(solved: Desk) -> None:
    solved.session.promises.begin(ResponseCode.THINKING)
    solved.session.promises.plan(IN_A_WEEK)
    solved.session.respond(ResponseCode.DECLINED_PRICE)
    assert solved.contact().live_follow_ups == ()


def test_one_line_is_added_to_a_response(solved: Desk) -> None:
    solved.session.respond(ResponseCode.THINKING)
    first = solved.contact().live_responses[0]
    solved.session.note_response(first.event_id, "fragt  seine Frau")
    recorded = solved.outbox.events[-1]
    assert isinstance(recorded, ResponseRecorded)
    assert (recorded.code, recorded.note) == (ResponseCode.THINKING, "fragt seine Frau")
    assert [one.note for one in solved.contact().live_responses] == ["fragt seine Frau"]


def test_a_confirmation_in_text_form_is_asked_for_once_after_an_acceptance(solved: Desk) -> None:
    solved.session.select_action("RET_FIX12")
    solved.session.promises.request_confirmation(ConsentChannel.EMAIL)
    assert "confirmation_requested" not in solved.outbox.types()
    solved.session.respond(ResponseCode.ACCEPTED_PENDING)
    solved.session.promises.request_confirmation(ConsentChannel.PHONE)
    solved.session.promises.request_confirmation(ConsentChannel.EMAIL)
    solved.session.promises.request_confirmation(ConsentChannel.POST)
    event = last_of(solved, ConfirmationRequested)
    assert isinstance(event, ConfirmationRequested)
    assert (event.action_id, event.channel) == ("RET_FIX12", ConsentChannel.EMAIL)
    assert solved.outbox.types().count("confirmation_requested") == 1
    solved.session.on_receipt(event.event_id, Receipt.ACCEPTED)
    assert [one.receipt for one in solved.contact().confirmations] == [Receipt.ACCEPTED]


# ---- what a colleague had of the call


def test_what_a_colleague_noticed_holds_until_the_agent_takes_it_back(desk: Desk) -> None:
    desk.backend.handed = (CallFlag.COMPLAINT, CallFlag.OUTAGE)
    desk.answer_call()
    assert desk.contact().noticed == {CallFlag.COMPLAINT, CallFlag.OUTAGE}
    desk.session.toggle_flag(CallFlag.COMPLAINT)
    event = last_of(desk, CallFlagged)
    assert isinstance(event, CallFlagged)
    assert (event.flag, event.on) == (CallFlag.COMPLAINT, False)
    assert desk.contact().all_flags == {CallFlag.OUTAGE}
    desk.tasks.finish_all()
    assert desk.contact().all_flags == desk.contact().noticed == {CallFlag.OUTAGE}


def test_who_spoke_to_the_colleague_speaks_until_the_agent_says_who_does(desk: Desk) -> None:
    desk.backend.handed_speaker = Speaker.UNAUTHORISED
    desk.answer_call()
    assert desk.contact().speaker is Speaker.UNAUTHORISED
    desk.session.toggle_item("birth_date")
    desk.session.toggle_item("postcode")
    desk.session.confirm_caller()
    assert "caller_authenticated" not in desk.outbox.types()
    desk.session.name_speaker(Speaker.CUSTOMER)
    desk.tasks.finish_all()
    desk.session.confirm_caller()
    desk.tasks.finish_all()
    assert (desk.contact().speaker, desk.contact().authenticated) == (Speaker.CUSTOMER, True)


def test_who_spoke_to_the_colleague_is_taken_over_when_it_is_told_late(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.backend.handed_speaker = Speaker.REPRESENTATIVE
    desk.session.choose_concern("move")
    desk.tasks.finish_all()
    assert desk.contact().speaker is Speaker.REPRESENTATIVE


# ---- the day, the proof


def test_a_response_of_a_call_that_is_over_is_corrected(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.session.day.toggle(True)
    assert desk.session.state.day.status is BlockStatus.LOADING
    desk.tasks.finish_all()
    desk.session.day.correct(EARLIER, EARLIER_RESPONSE, ResponseCode.DECLINED_PRICE)
    retracted, recorded = desk.outbox.events[-2:]
    assert (retracted.type, retracted.seq) == ("response_retracted", 10)
    assert isinstance(recorded, ResponseRecorded)
    assert (recorded.contact_id, recorded.seq, recorded.code) == (EARLIER, 11, ResponseCode.DECLINED_PRICE)
    desk.session.on_receipt(recorded.event_id, Receipt.ACCEPTED)
    assert [one[3] for one in desk.session.state.day.corrected] == [Receipt.ACCEPTED]
    desk.session.day.correct(EARLIER, recorded.event_id, ResponseCode.THINKING)
    assert desk.outbox.events[-1].seq == 13


def promised_callback() -> DayFollowUp:
    return DayFollowUp(event_id=UUID(int=7), kind=FollowUpKind.CALLBACK, due=IN_A_WEEK)


def test_a_correction_in_the_day_cancels_what_the_new_response_does_not_promise(desk: Desk) -> None:
    desk.backend.promised = (promised_callback(),)
    desk.session.on_backend_ready(desk.backend)
    desk.session.day.toggle(True)
    desk.tasks.finish_all()
    desk.session.day.correct(EARLIER, EARLIER_RESPONSE, ResponseCode.DECLINED_PRICE)
    cancelled, retracted, recorded = desk.outbox.events
    assert isinstance(cancelled, FollowUpCancelled)
    assert cancelled.cancels == UUID(int=7)
    assert [one.type for one in (retracted, recorded)] == ["response_retracted", "response_recorded"]
    assert [one.seq for one in desk.outbox.events] == [10, 11, 12]
    day = desk.session.state.day.day
    assert day is not None
    assert day.contacts[0].responses[0].follow_ups == ()


def test_a_correction_in_the_day_is_put_on_the_disk_whole_or_not_at_all(desk: Desk) -> None:
    desk.backend.promised = (promised_callback(),)
    desk.session.on_backend_ready(desk.backend)
    desk.session.day.toggle(True)
    desk.tasks.finish_all()
    desk.outbox.broken = OutboxFull()
    desk.session.day.correct(EARLIER, EARLIER_RESPONSE, ResponseCode.DECLINED_PRICE)
    assert desk.outbox.events == []
    day = desk.session.state.day
    assert day.failure is not None
    assert day.day is not None
    assert day.day.contacts[0].responses[0].follow_ups == (promised_callback(),)


def test_a_correction_in_the_day_keeps_what_the_new_response_promises_too(desk: Desk) -> None:
    desk.backend.promised = (promised_callback(),)
    desk.session.on_backend_ready(desk.backend)
    desk.session.day.toggle(True)
    desk.tasks.finish_all()
    desk.session.day.correct(EARLIER, EARLIER_RESPONSE, ResponseCode.INTEREST_CALLBACK)
    assert [one.type for one in desk.outbox.events] == ["response_retracted", "response_recorded"]
    day = desk.session.state.day.day
    assert day is not None
    assert day.contacts[0].responses[0].follow_ups == (promised_callback(),)


def test_a_correction_in_the_day_of_the_call_on_the_screen_cancels_its_promise_too(solved: Desk) -> None:
    solved.session.promises.begin(ResponseCode.INTEREST_CALLBACK)
    solved.session.promises.plan(IN_A_WEEK)
    (promised,) = solved.contact().live_follow_ups
    response = solved.contact().live_responses[-1]
    solved.session.day.correct(solved.contact().contact_id, response.event_id, ResponseCode.THINKING)
    assert solved.contact().live_follow_ups == (promised,)
    response = solved.contact().live_responses[-1]
    solved.session.day.correct(solved.contact().contact_id, response.event_id, ResponseCode.DECLINED_PRICE)
    cancelled = last_of(solved, FollowUpCancelled)
    assert isinstance(cancelled, FollowUpCancelled)
    assert cancelled.cancels == promised.event_id
    assert solved.contact().live_follow_ups == ()


def test_what_was_promised_for_a_concern_of_the_day_can_be_cancelled(desk: Desk) -> None:
    promised = DayFollowUp(event_id=UUID(int=8), kind=FollowUpKind.CONCERN, due=IN_A_WEEK)
    desk.backend.promised_for_concern = (promised,)
    desk.session.on_backend_ready(desk.backend)
    desk.session.day.toggle(True)
    desk.tasks.finish_all()
    desk.session.day.cancel(EARLIER, promised.event_id)
    [cancelled] = desk.outbox.events
    assert isinstance(cancelled, FollowUpCancelled)
    assert (cancelled.cancels, cancelled.seq) == (promised.event_id, 10)
    day = desk.session.state.day.day
    assert day is not None
    assert day.contacts[0].follow_ups == ()
    desk.session.day.cancel(EARLIER, promised.event_id)
    assert len(desk.outbox.events) == 1


def test_what_is_promised_for_the_concern_on_the_screen_is_cancelled_in_the_day_too(solved: Desk) -> None:
    solved.session.promises.begin(None)
    solved.session.promises.plan(IN_A_WEEK)
    (promised,) = solved.contact().live_follow_ups
    solved.session.day.cancel(solved.contact().contact_id, promised.event_id)
    assert solved.contact().live_follow_ups == ()


def test_a_consent_drawer_that_is_only_looked_at_leaves_the_phase_as_it_was(solved: Desk) -> None:
    before = solved.contact().phase
    solved.session.consents.toggle(True)
    assert solved.contact().phase is Phase.CONSENT
    solved.session.consents.toggle(False)
    assert solved.contact().phase is before is Phase.BRIDGE


def test_a_correction_of_what_is_not_there_records_nothing(desk: Desk) -> None:
    desk.session.day.correct(EARLIER, EARLIER_RESPONSE, ResponseCode.THINKING)
    assert desk.outbox.events == []


def test_a_day_that_does_not_come_says_why(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.backend.broken = BackendOffline()
    desk.session.day.toggle(True)
    desk.tasks.finish_all()
    assert desk.session.state.day.status is BlockStatus.FAILED
    desk.session.day.toggle(False)
    assert not desk.session.state.day.open


def test_a_day_opened_before_the_backend_is_there_comes_with_it(desk: Desk) -> None:
    desk.session.day.toggle(True)
    assert desk.session.state.day.failure is FailureCode.OFFLINE
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    statuses = [state.day.status for state in desk.shown if state.day.open]
    assert BlockStatus.LOADING in statuses
    assert statuses[-1] is BlockStatus.READY


def test_a_day_that_failed_is_asked_for_again_when_the_backend_is_reached(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.backend.broken = BackendOffline()
    desk.session.day.toggle(True)
    desk.tasks.finish_all()
    desk.backend.broken = None
    desk.session.on_backend_reached()
    desk.tasks.finish_all()
    assert desk.session.state.day.status is BlockStatus.READY
    desk.session.day.toggle(False)
    desk.session.on_backend_ready(desk.backend)
    assert not desk.session.state.day.open


def test_the_proof_is_shown_to_nobody_after_the_speaker_changed(solved: Desk) -> None:
    solved.session.proofs.toggle(True)
    solved.session.name_speaker(Speaker.UNAUTHORISED)
    solved.tasks.finish_all()
    assert solved.contact().proof.proof is None


def test_the_proof_of_the_consents_comes_when_it_is_asked_for(solved: Desk) -> None:
    solved.session.proofs.toggle(True)
    assert solved.contact().proof.status is BlockStatus.LOADING
    solved.tasks.finish_all()
    proof = solved.contact().proof.proof
    assert proof is not None
    assert proof.entries


# ---- phases


def test_the_panel_follows_the_conversation(desk: Desk) -> None:
    session, phases = desk.session, []

    def note() -> None:
        desk.tasks.finish_all()
        phases.append(desk.contact().phase)

    session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING)
    note()
    desk.phone(CallEventType.ANSWERED)
    note()
    session.toggle_item("birth_date")
    note()
    desk.authenticate_rest()
    note()
    session.choose_concern("instalment")
    note()
    session.mark_solved(True)
    note()
    session.say_bridge()
    note()
    session.toggle_step("ask")
    note()
    session.select_tab(Tab.BENEFITS)
    note()
    session.select_tab(Tab.OBJECTIONS)
    note()
    session.promises.begin(ResponseCode.THINKING)
    note()
    session.respond(ResponseCode.ACCEPTED_DONE)
    note()
    session.consents.toggle(True)
    note()
    desk.phone(CallEventType.ENDED)
    note()
    assert phases == [
        Phase.RINGING,
        Phase.GREETING,
        Phase.IDENTIFICATION,
        Phase.CONCERN,
        Phase.SOLUTION,
        Phase.BRIDGE,
        Phase.NEEDS,
        Phase.OFFER,
        Phase.BENEFIT,
        Phase.OBJECTION,
        Phase.CLOSE,
        Phase.FAREWELL,
        Phase.CONSENT,
        Phase.WRAP_UP,
    ]


def test_the_order_is_never_forced(desk: Desk) -> None:
    desk.answer_call()
    desk.session.choose_concern("move")
    desk.session.mark_solved(True)
    desk.session.respond(ResponseCode.NOT_ADDRESSED_TIME)
    assert desk.outbox.types()[-3:] == ["concern_chosen", "concern_solved", "response_recorded"]
    assert isinstance(desk.contact().contact_id, UUID)


# ---- another language


def test_a_call_is_asked_for_anew_in_another_language_and_recorded_once(solved: Desk) -> None:
    solved.session.set_language("en")
    solved.tasks.finish_all()
    assert solved.backend.started[-1].language == "en"
    assert solved.backend.started[-1].event_id == solved.backend.started[0].event_id
    assert solved.outbox.types().count("contact_started") == 1
    assert solved.contact().authenticated


def test_without_a_backend_a_call_keeps_what_it_was_answered_with(solved: Desk) -> None:
    solved.session.on_backend_failed(BackendOffline())
    before = solved.contact().view
    solved.session.set_language("en")
    assert solved.contact().view is before


def test_an_answer_that_knows_nothing_of_the_speaker_shows_him_nothing(solved: Desk) -> None:
    solved.backend.broken = BackendOffline()
    solved.session.name_speaker(Speaker.UNAUTHORISED)
    solved.tasks.finish_all()
    solved.backend.broken = None
    solved.backend.speakers.clear()
    solved.session.choose_concern("move")
    solved.session.retry(Block.ACTIONS)
    solved.tasks.finish_all()
    assert not solved.contact().authenticated
    assert solved.contact().recommendations == ()


def test_a_callback_is_not_promised_afterwards_and_a_note_has_no_control_characters(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.session.day.toggle(True)
    desk.tasks.finish_all()
    day = desk.session.state.day.day
    assert day is not None
    response = day.contacts[0].responses[0].model_copy(update={"codes": tuple(ResponseCode)})
    assert ResponseCode.INTEREST_CALLBACK not in codes_to_choose(response)
    desk.session.day.correct(EARLIER, EARLIER_RESPONSE, ResponseCode.INTEREST_CALLBACK)
    assert desk.outbox.events == []
    desk.answer_call()
    desk.session.write_note("ruft\x00 an\n\tmorgen")
    assert desk.contact().note.text == "ruft an morgen"
