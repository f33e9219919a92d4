"""The session through one call: events in, states out, facts in the outbox."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nba_desktop.contract.codes import (
    CallFlag,
    ConsentChannel,
    ConsentPurpose,
    ConsentState,
    ResponseCode,
    ResponseGroup,
    Speaker,
)
from nba_desktop.contract.events import (
    ActionsShown,
    ConsentRecorded,
    ContactEnded,
    ContactStarted,
    ResponseRecorded,
)
from nba_desktop.domain.blocks import Block, BlockStatus
from nba_desktop.domain.call_event import CallEvent, CallEventType, Party
from nba_desktop.domain.consent_draft import ConsentAnswer
from nba_desktop.domain.contact import Phase
from nba_desktop.domain.errors import BackendOffline, BackendStartError, FailureCode, OutboxFull
from nba_desktop.domain.receipts import OutboxStatus, Receipt
from nba_desktop.session.desk import UNCONFIRMED_FOR_MS
from tests.fakes.desk import CUSTOMER, Desk

COLLEAGUE = Party(raw="202", presentation="allowed")


def test_a_ringing_call_is_shown_before_anything_is_asked(desk: Desk) -> None:
    desk.phone(CallEventType.RINGING)
    first = desk.shown[0].contact
    assert first is not None
    assert first.interaction.caller.e164 == "+493512805504"
    assert first.phase is Phase.RINGING
    assert desk.outbox.types() == ["contact_started"]


def test_the_question_waits_for_a_backend_that_is_still_starting(desk: Desk) -> None:
    desk.phone(CallEventType.RINGING)
    assert desk.contact().customer_block.status is BlockStatus.LOADING
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    assert desk.contact().customer_block.status is BlockStatus.READY
    assert desk.backend.asked == ["start"]


def test_a_backend_that_does_not_start_is_said_in_every_waiting_block(desk: Desk) -> None:
    desk.phone(CallEventType.RINGING)
    desk.session.on_backend_failed(BackendStartError("broken catalogue"))
    assert desk.contact().actions_block.failure is FailureCode.BACKEND_NOT_STARTED
    assert desk.session.state.backend.status == "down"


def test_one_question_fills_the_panel_after_authentication(desk: Desk) -> None:
    desk.answer_call()
    assert not desk.contact().authenticated
    assert desk.contact().candidate is not None
    desk.authenticate()
    assert desk.contact().authenticated
    assert [r.action_id for r in desk.contact().recommendations] == ["SRV_INSTALMENT", "RET_FIX12", "XS_MAINTAIN"]
    assert desk.backend.asked == ["start", "caller"]


def test_too_few_security_items_do_not_authenticate(desk: Desk) -> None:
    desk.answer_call()
    desk.session.toggle_item("birth_date")
    desk.session.confirm_caller()
    assert "caller_authenticated" not in desk.outbox.types()


def test_a_whole_call_is_recorded_in_order(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.solve()
    desk.session.say_bridge()
    desk.session.raise_objection("o1")
    desk.session.respond(ResponseCode.ACCEPTED_DONE)
    desk.session.write_note("  ruft im   Januar wieder an ")
    desk.phone(CallEventType.ENDED, cause="normal")
    assert desk.outbox.types() == [
        "contact_started",
        "caller_authenticated",
        "concern_chosen",
        "concern_solved",
        "actions_shown",
        "action_addressed",
        "objection_raised",
        "response_recorded",
        "contact_note_written",
        "contact_ended",
    ]
    assert [event.seq for event in desk.outbox.events] == list(range(1, 11))
    assert desk.contact().phase is Phase.WRAP_UP
    desk.session.finish_wrap_up()
    assert desk.session.state.contact is None


def test_a_second_response_to_the_same_action_takes_the_first_back(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.solve()
    desk.session.respond(ResponseCode.THINKING)
    desk.session.respond(ResponseCode.ACCEPTED_DONE)
    assert desk.outbox.types()[-3:] == ["response_recorded", "response_retracted", "response_recorded"]
    assert [entry.code for entry in desk.contact().live_responses] == [ResponseCode.ACCEPTED_DONE]


def test_undo_writes_a_counter_entry(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.respond(ResponseCode.THINKING)
    entry = desk.contact().last_response
    assert entry is not None
    desk.session.retract(entry.event_id)
    desk.session.retract(entry.event_id)
    assert desk.contact().last_response is None
    assert desk.outbox.types().count("response_retracted") == 1


def test_a_response_taken_back_leaves_an_action_as_it_was_before(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.solve()

    def answer_and_undo() -> None:
        desk.session.respond(ResponseCode.THINKING)
        desk.session.respond(ResponseCode.ACCEPTED_DONE)
        entry = desk.contact().last_response
        assert entry is not None
        desk.session.retract(entry.event_id)

    answer_and_undo()
    answer_and_undo()
    assert desk.contact().without_code == ()
    assert desk.contact().needs_one_reason
    desk.session.say_bridge()
    answer_and_undo()
    assert len(desk.contact().without_code) == 1
    assert desk.outbox.types().count("action_addressed") == 1


def test_a_group_with_one_code_records_at_once_and_one_with_several_opens(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.open_group(ResponseGroup.DECLINED)
    assert desk.contact().open_group is ResponseGroup.DECLINED
    desk.session.open_group(ResponseGroup.ACCEPTED)
    assert desk.contact().open_group is None
    assert isinstance(desk.outbox.events[-1], ResponseRecorded)


def test_a_full_disk_keeps_what_was_on_the_screen_and_says_so(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    before = desk.contact().responses
    desk.outbox.broken = OutboxFull()
    desk.session.respond(ResponseCode.THINKING)
    assert desk.contact().responses == before
    assert desk.contact().failure is FailureCode.DISK_FULL
    desk.outbox.broken = None
    desk.session.respond(ResponseCode.THINKING)
    assert desk.contact().failure is None
    assert desk.contact().last_response is not None


def test_a_start_that_found_the_disk_full_is_stored_before_the_next_event(desk: Desk) -> None:
    desk.outbox.broken = OutboxFull()
    desk.answer_call()
    desk.outbox.broken = None
    desk.session.write_note("Rückruf")
    assert desk.outbox.types() == ["contact_started", "contact_note_written"]
    assert [event.seq for event in desk.outbox.events] == [1, 2]


def test_a_late_block_says_so_and_can_be_asked_again(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING)
    desk.clock.pass_ms(2_000)
    assert desk.contact().customer_block.status is BlockStatus.SLOW
    desk.clock.pass_ms(2_000)
    assert desk.contact().customer_block.failure is FailureCode.TOO_LATE
    desk.tasks.waiting.clear()
    desk.session.retry(Block.CUSTOMER)
    desk.tasks.finish_all()
    assert desk.contact().customer_block.status is BlockStatus.READY


def test_an_answer_after_the_cut_off_still_fills_its_place(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING)
    desk.clock.pass_ms(5_000)
    desk.tasks.finish_all()
    assert desk.contact().customer_block.status is BlockStatus.READY


def test_what_failed_for_the_link_is_asked_for_again_when_the_backend_is_reached(desk: Desk) -> None:
    desk.backend.broken = BackendOffline()
    desk.answer_call()
    assert desk.contact().customer_block.failure is FailureCode.OFFLINE
    desk.backend.broken = None
    desk.session.on_backend_reached()
    desk.tasks.finish_all()
    assert {desk.contact().block(block).status for block in Block} == {BlockStatus.READY}


def test_a_late_answer_that_shows_the_backend_again_is_not_asked_for_twice(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING)
    desk.session.on_backend_away(BackendOffline())
    desk.clock.pass_ms(5_000)
    late = desk.tasks.waiting.pop(-1)
    desk.tasks.waiting.clear()
    late()
    assert desk.contact().customer_block.status is BlockStatus.READY
    assert desk.contact().request == 1


def test_an_answer_for_a_call_that_is_gone_is_dropped(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING)
    desk.phone(CallEventType.ENDED, cause="missed")
    desk.tasks.finish_all()
    assert desk.session.state.contacts == ()
    ended = desk.outbox.events[-1]
    assert isinstance(ended, ContactEnded)
    assert ended.cause == "missed"


def test_an_offline_backend_leaves_number_codes_and_note_usable(desk: Desk) -> None:
    desk.backend.broken = BackendOffline()
    desk.answer_call()
    assert desk.contact().actions_block.failure is FailureCode.OFFLINE
    assert desk.session.state.backend.status == "down"
    desk.session.respond(ResponseCode.NOT_ADDRESSED_TIME)
    desk.session.write_note("kein Zugriff")
    assert desk.outbox.types() == ["contact_started", "response_recorded", "contact_note_written"]


def test_a_second_call_never_replaces_the_customer_on_the_screen(desk: Desk) -> None:
    desk.answer_call()
    desk.phone(CallEventType.RINGING, call="call-2")
    assert desk.session.state.current == "call-1"
    assert [c.interaction.interaction_id for c in desk.session.state.contacts] == ["call-1", "call-2"]
    desk.session.select_call("call-2")
    assert desk.session.state.current == "call-2"


def test_a_call_that_rings_during_the_wrap_up_waits_in_a_tab(desk: Desk) -> None:
    desk.answer_call()
    desk.phone(CallEventType.ENDED, cause="normal")
    desk.phone(CallEventType.RINGING, call="call-2")
    desk.phone(CallEventType.ANSWERED, call="call-2")
    desk.session.write_note("noch vom ersten Gespräch")
    assert desk.session.state.current == "call-1"
    desk.session.finish_wrap_up()
    assert desk.session.state.current == "call-2"
    assert desk.contact().note.text == ""


def test_what_the_sender_meets_shows_in_the_backends_link(desk: Desk) -> None:
    desk.answer_call()
    desk.session.on_outbox_status(OutboxStatus(waiting=1, paused=FailureCode.OFFLINE))
    desk.session.on_outbox_status(OutboxStatus(waiting=0))
    links = [state.backend.status for state in desk.shown]
    assert links[-1] == "up"
    assert "down" in links


def test_a_token_that_is_not_accepted_is_said_in_a_sentence(desk: Desk) -> None:
    desk.session.on_outbox_status(OutboxStatus(waiting=1, paused=FailureCode.UNAUTHORISED))
    assert desk.session.state.backend.status == "refused"
    assert [notice.code for notice in desk.session.state.notices] == [FailureCode.UNAUTHORISED]


def test_what_the_account_may_not_send_is_said_until_it_is_sent(desk: Desk) -> None:
    waiting = OutboxStatus(waiting=2, paused=FailureCode.FORBIDDEN)
    desk.session.on_outbox_status(waiting)
    desk.session.on_outbox_status(replace(waiting, waiting=3))
    (notice,) = desk.session.state.notices
    assert notice.code is FailureCode.FORBIDDEN
    desk.session.on_outbox_status(OutboxStatus())
    assert desk.session.state.notices == ()


def test_a_full_disk_of_the_sender_says_nothing_against_the_link(desk: Desk) -> None:
    desk.answer_call()
    desk.session.on_outbox_status(OutboxStatus(waiting=1, paused=FailureCode.DISK_FULL))
    assert desk.session.state.backend.status == "up"


def test_consent_needs_the_wording_read_aloud(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.consents.toggle(True)
    desk.session.consents.answer(ConsentPurpose.ADV_OWN, ConsentChannel.EMAIL, ConsentAnswer.YES)
    desk.session.consents.save()
    assert "consent_recorded" not in desk.outbox.types()
    desk.session.consents.toggle_read_aloud("1" * 64)
    desk.session.consents.save()
    assert "consent_recorded" not in desk.outbox.types()
    desk.session.consents.toggle_read_aloud("0" * 64)
    desk.session.consents.save()
    recorded = desk.outbox.events[-1]
    assert isinstance(recorded, ConsentRecorded)
    assert (recorded.wording_id, recorded.read_aloud_confirmed) == ("adv-own-de-1", True)
    view = desk.contact().view
    assert view is not None
    assert view.consents is not None
    assert view.consents.statuses[1].state is ConsentState.PENDING_CONFIRMATION


def test_an_objection_needs_its_confirmation_and_renews_the_actions(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.consents.confirm_objection()
    assert "consent_recorded" not in desk.outbox.types()
    desk.session.consents.ask_objection(True)
    desk.session.consents.confirm_objection()
    recorded = desk.outbox.events[-1]
    assert isinstance(recorded, ConsentRecorded)
    desk.session.on_receipt(recorded.event_id, Receipt.ACCEPTED)
    desk.tasks.finish_all()
    assert desk.backend.asked[-1] == "start"


def test_wrap_up_gives_an_addressed_action_without_a_code_the_code_that_says_so(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.solve()
    desk.session.say_bridge()
    desk.phone(CallEventType.ENDED, cause="normal")
    assert desk.contact().without_code == ("SRV_INSTALMENT",)
    desk.session.finish_wrap_up()
    last = desk.outbox.events[-2]
    assert isinstance(last, ResponseRecorded)
    assert last.code is ResponseCode.NO_CODE


def test_an_addressed_action_that_is_offered_no_more_is_open_until_it_has_a_code(solved: Desk) -> None:
    solved.session.select_action("XS_MAINTAIN")
    solved.session.say_bridge()
    view = solved.contact().view
    assert view is not None
    solved.session.toggle_flag(CallFlag.COMPLAINT)
    solved.tasks.finish_all()
    assert "XS_MAINTAIN" not in [one.action_id for one in solved.contact().recommendations]
    solved.phone(CallEventType.ENDED, cause="normal")
    assert solved.contact().without_code == ("XS_MAINTAIN",)
    solved.session.finish_wrap_up()
    last = solved.outbox.events[-2]
    assert isinstance(last, ResponseRecorded)
    assert (last.action_id, last.code) == ("XS_MAINTAIN", ResponseCode.NO_CODE)
    assert last.decision_id == view.decision.decision_id


def test_an_addressed_action_that_is_offered_no_more_can_be_given_its_code_in_the_wrap_up(solved: Desk) -> None:
    solved.session.select_action("XS_MAINTAIN")
    solved.session.say_bridge()
    view = solved.contact().view
    assert view is not None
    solved.session.toggle_flag(CallFlag.COMPLAINT)
    solved.tasks.finish_all()
    solved.phone(CallEventType.ENDED, cause="normal")
    solved.session.select_action("XS_MAINTAIN")
    solved.session.respond(ResponseCode.DECLINED_PRICE)
    last = solved.outbox.events[-1]
    assert isinstance(last, ResponseRecorded)
    assert (last.action_id, last.decision_id) == ("XS_MAINTAIN", view.decision.decision_id)
    assert solved.contact().without_code == ()


def test_an_action_that_is_offered_again_is_of_the_decision_that_offers_it_again(solved: Desk) -> None:
    solved.session.select_action("XS_MAINTAIN")
    solved.session.say_bridge()
    for _ in range(2):
        solved.session.toggle_flag(CallFlag.COMPLAINT)
        solved.tasks.finish_all()
    contact = solved.contact()
    assert contact.without_code == ("XS_MAINTAIN",)
    assert [one.action_id for one in contact.known_actions].count("XS_MAINTAIN") == 1
    assert next(one for one in contact.known_actions if one.action_id == "XS_MAINTAIN").rank == 3


def test_what_was_addressed_before_somebody_without_authority_spoke_gets_its_code_too(solved: Desk) -> None:
    solved.session.say_bridge()
    solved.session.name_speaker(Speaker.UNAUTHORISED)
    assert solved.contact().recommendations == ()
    solved.tasks.finish_all()
    solved.phone(CallEventType.ENDED, cause="normal")
    assert solved.contact().without_code == ("SRV_INSTALMENT",)


def test_the_one_reason_for_addressing_nothing_belongs_to_the_call(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.solve()
    desk.phone(CallEventType.ENDED, cause="normal")
    assert desk.contact().needs_one_reason
    desk.session.respond(ResponseCode.NOT_ADDRESSED_TIME)
    recorded = desk.outbox.events[-1]
    assert isinstance(recorded, ResponseRecorded)
    assert recorded.action_id is None
    assert not desk.contact().needs_one_reason


def test_the_receipt_of_a_response_is_shown(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.respond(ResponseCode.THINKING)
    entry = desk.contact().last_response
    assert entry is not None
    assert entry.receipt is Receipt.STORED
    desk.session.on_receipt(entry.event_id, Receipt.ACCEPTED)
    assert [entry.receipt for entry in desk.contact().live_responses] == [Receipt.ACCEPTED]


def test_a_picked_action_stays_while_it_is_offered(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.select_action("XS_MAINTAIN")
    desk.solve()
    assert desk.contact().action_id == "XS_MAINTAIN"


def test_a_call_that_nobody_confirms_after_the_link_went_down_ends_in_the_wrap_up(desk: Desk) -> None:
    desk.answer_call()
    desk.phone(CallEventType.LINK_DOWN)
    assert desk.contact().interaction.unconfirmed
    desk.clock.pass_ms(UNCONFIRMED_FOR_MS + 10)
    assert desk.contact().phase is Phase.WRAP_UP
    ended = desk.outbox.events[-1]
    assert isinstance(ended, ContactEnded)
    assert ended.cause == "unknown"


def test_the_catalogue_is_kept_for_the_time_without_backend(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    assert [c.code for c in desk.session.state.concerns] == ["instalment"]
    assert desk.cached[0].version == "v1"


def test_a_withheld_number_starts_a_contact_without_a_number(desk: Desk) -> None:
    desk.session.on_call_event(
        CallEvent(
            event_id="w1",
            source="test",
            type=CallEventType.RINGING,
            occurred_at=desk.clock.now(),
            received_at=desk.clock.now(),
            interaction_id="w",
            leg_id="w-leg",
            caller=Party(raw="anonymous", presentation="restricted"),
        )
    )
    started = desk.outbox.events[0]
    assert isinstance(started, ContactStarted)
    assert (started.number.e164, started.number.presentation) == (None, "restricted")


def numbers(desk: Desk) -> list[str]:
    return [event.number.raw for event in desk.outbox.events if isinstance(event, ContactStarted)]


def test_a_customer_whom_a_colleague_puts_through_is_looked_up_in_the_colleagues_place(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING, caller=COLLEAGUE, direction="internal")
    desk.phone(CallEventType.ANSWERED, caller=COLLEAGUE, direction="internal")
    announced = desk.contact().contact_id
    put_through: dict[str, Any] = {"interaction_id": "customer-call", "leg_id": "call-1-leg", "put_through": True}
    desk.phone(CallEventType.DATA, **put_through)
    desk.tasks.finish_all()
    assert numbers(desk) == ["202", "+493512805504"]
    assert desk.contact().interaction.interaction_id == "call-1"
    assert desk.contact().contact_id != announced
    assert desk.contact().candidates
    assert len(desk.session.state.contacts) == 1


def test_a_number_that_comes_after_the_ringing_is_looked_up(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING, direction="outbound", caller=COLLEAGUE)
    desk.phone(CallEventType.DATA, direction="outbound", caller=COLLEAGUE, called=CUSTOMER)
    desk.tasks.finish_all()
    assert numbers(desk) == ["", "+493512805504"]
    assert desk.contact().candidates


def test_a_colleagues_announcement_on_which_the_agent_found_the_customer_keeps_its_contact(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.ANSWERED, caller=COLLEAGUE, direction="internal")
    desk.tasks.finish_all()
    found = desk.contact()
    assert found.candidates
    desk.phone(CallEventType.DATA, interaction_id="customer-call", leg_id="call-1-leg", put_through=True)
    assert desk.contact().contact_id == found.contact_id


def shown_after(desk: Desk) -> list[int | None]:
    return [event.painted_ms for event in desk.outbox.events if isinstance(event, ActionsShown)]


def test_how_long_the_agent_waited_for_the_recommendations_is_recorded(desk: Desk) -> None:
    desk.answer_call()
    desk.session.toggle_item("birth_date")
    desk.session.toggle_item("postcode")
    desk.session.confirm_caller()
    desk.clock.pass_ms(700)
    desk.tasks.finish_all()
    desk.clock.pass_ms(60)
    view = desk.contact().view
    assert view is not None
    desk.session.on_decision_painted(view.decision.decision_id)
    assert shown_after(desk) == [760]


def test_what_was_put_away_when_the_answer_came_says_nothing_of_how_long_it_took(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.clock.pass_ms(60_000)
    view = desk.contact().view
    assert view is not None
    desk.session.on_decision_painted(view.decision.decision_id)
    assert shown_after(desk) == [None]
