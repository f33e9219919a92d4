"""Calls and contacts: consultations, the wrap-up that closes by itself, calls by hand, the search at all times."""

from __future__ import annotations

from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose
from nba_desktop.contract.events import CallerAuthenticated, ContactEnded, ContactNoteWritten, ContactStarted
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.call_event import CallEventType, Party
from nba_desktop.domain.consent_draft import ConsentAnswer
from nba_desktop.domain.errors import FailureCode, OutboxFull
from nba_desktop.session.questions import TOO_LATE_AFTER_MS
from tests.fakes.desk import CLOSES_AFTER_S, CUSTOMER, Desk

COLLEAGUE = Party(raw="202", presentation="allowed")
LONG_ENOUGH_MS = CLOSES_AFTER_S * 1000 + 1


def _wrap_up(desk: Desk) -> None:
    desk.answer_call()
    desk.phone(CallEventType.ENDED)
    assert desk.contact().interaction.state is InteractionState.WRAP_UP


def test_a_consultation_shows_beside_the_customer_and_never_in_his_place(desk: Desk) -> None:
    desk.answer_call()
    desk.phone(CallEventType.HELD)
    desk.phone(CallEventType.RINGING, "asking", direction="internal", caller=Party(), called=COLLEAGUE)
    assert len(desk.session.state.contacts) == 1
    consult = desk.contact().consult
    assert consult is not None
    assert consult.state is InteractionState.OFFERED
    desk.phone(CallEventType.ANSWERED, "asking", direction="internal")
    consult = desk.contact().consult
    assert consult is not None
    assert consult.state is InteractionState.LIVE
    desk.phone(CallEventType.ENDED, "asking", direction="internal")
    assert desk.contact().consult is None
    assert desk.contact().interaction.held


def test_a_wrap_up_that_nobody_touches_closes_by_itself(desk: Desk) -> None:
    _wrap_up(desk)
    assert desk.contact().closes_at is not None
    desk.clock.pass_ms(LONG_ENOUGH_MS)
    assert desk.session.state.contacts == ()


def test_a_wrap_up_does_not_close_under_the_agents_hands(desk: Desk) -> None:
    _wrap_up(desk)
    desk.clock.pass_ms(CLOSES_AFTER_S * 900)
    desk.session.touch()
    desk.clock.pass_ms(CLOSES_AFTER_S * 900)
    assert len(desk.session.state.contacts) == 1
    desk.clock.pass_ms(CLOSES_AFTER_S * 200)
    assert not desk.session.state.contacts


def test_the_wrap_up_of_a_call_in_another_tab_closes_too(desk: Desk) -> None:
    _wrap_up(desk)
    desk.phone(CallEventType.RINGING, "call-2")
    desk.phone(CallEventType.ANSWERED, "call-2")
    desk.session.select_call("call-2")
    desk.clock.pass_ms(LONG_ENOUGH_MS)
    assert [one.interaction.interaction_id for one in desk.session.state.contacts] == ["call-2"]


def test_each_wrap_up_closes_when_its_own_time_is_over(desk: Desk) -> None:
    _wrap_up(desk)
    desk.clock.pass_ms(CLOSES_AFTER_S * 500)
    for happened in (CallEventType.RINGING, CallEventType.ANSWERED, CallEventType.ENDED):
        desk.phone(happened, "call-2")
    desk.clock.pass_ms(CLOSES_AFTER_S * 500 + 1)
    assert [one.interaction.interaction_id for one in desk.session.state.contacts] == ["call-2"]
    desk.clock.pass_ms(CLOSES_AFTER_S * 500)
    assert desk.session.state.contacts == ()


def test_wrap_ups_finished_by_the_agent_leave_no_timers_behind(desk: Desk) -> None:
    for call in range(20):
        for happened in (CallEventType.RINGING, CallEventType.ANSWERED, CallEventType.ENDED):
            desk.phone(happened, f"call-{call}")
        desk.session.finish_wrap_up()
    desk.clock.pass_ms(TOO_LATE_AFTER_MS + 1)
    assert desk.clock.waiting <= 2
    desk.clock.pass_ms(LONG_ENOUGH_MS)
    assert desk.clock.waiting == 0


def test_a_wrap_up_never_closes_with_a_code_that_is_not_on_the_disk(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.say_bridge()
    desk.phone(CallEventType.ENDED)
    desk.outbox.broken = OutboxFull()
    desk.clock.pass_ms(LONG_ENOUGH_MS)
    assert desk.contact().failure is FailureCode.DISK_FULL
    desk.outbox.broken = None
    desk.clock.pass_ms(LONG_ENOUGH_MS)
    assert desk.session.state.contacts == ()
    assert desk.outbox.types()[-2:] == ["response_recorded", "wrap_up_finished"]


def test_a_wrap_up_with_consents_ticked_and_not_saved_stays_open(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.phone(CallEventType.ENDED)
    desk.session.consents.answer(ConsentPurpose.ADV_OWN, ConsentChannel.PHONE, ConsentAnswer.YES)
    desk.clock.pass_ms(5 * LONG_ENOUGH_MS)
    assert desk.contact().consent.answers


def test_a_note_that_was_typed_and_not_recorded_is_recorded_when_the_wrap_up_closes(desk: Desk) -> None:
    _wrap_up(desk)
    desk.session.draft_note("calls back  on Monday")
    desk.clock.pass_ms(LONG_ENOUGH_MS)
    note = desk.outbox.events[-2]
    assert isinstance(note, ContactNoteWritten)
    assert note.text == "calls back on Monday"


def test_a_search_without_a_call_opens_one_by_hand(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.session.search("Brandt")
    desk.tasks.finish_all()
    statuses = [state.search.status for state in desk.shown]
    assert list(dict.fromkeys(statuses))[-2:] == [BlockStatus.LOADING, BlockStatus.READY]
    desk.session.attach_customer("c-helmut")
    desk.tasks.finish_all()
    assert desk.backend.asked == ["search Brandt without a call", "start", "caller"]
    assert desk.contact().interaction.state is InteractionState.LIVE
    assert desk.contact().candidate is not None
    assert desk.session.state.search.query == ""
    desk.session.end_call_by_hand()
    assert desk.contact().interaction.state is InteractionState.WRAP_UP
    assert desk.outbox.types() == ["contact_started", "caller_authenticated", "contact_ended"]


def test_a_call_that_a_telephone_system_reports_is_not_ended_by_hand(desk: Desk) -> None:
    desk.answer_call()
    desk.session.end_call_by_hand()
    assert desk.contact().interaction.state is InteractionState.LIVE


def test_a_softphones_call_that_nobody_took_leaves_the_screen_by_hand_or_by_itself(desk: Desk) -> None:
    desk.phone(CallEventType.RINGING, source="call_url")
    desk.session.end_call_by_hand()
    assert not desk.session.state.contacts
    desk.phone(CallEventType.RINGING, "missed", source="call_url")
    desk.clock.pass_ms(3 * 60 * 1000 + 1)
    assert not desk.session.state.contacts
    ended = [one for one in desk.outbox.events if isinstance(one, ContactEnded)]
    assert [(one.cause, one.duration_s) for one in ended] == [("missed", 0), ("missed", 0)]


def test_a_softphones_call_that_the_agent_works_on_is_being_talked_on(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING, source="call_url")
    desk.tasks.finish_all()
    desk.clock.pass_ms(60_000)
    desk.authenticate()
    assert desk.contact().interaction.state is InteractionState.LIVE
    desk.clock.pass_ms(10 * 60_000)
    desk.session.end_call_by_hand()
    assert desk.contact().interaction.state is InteractionState.WRAP_UP
    ended = desk.outbox.events[-1]
    assert isinstance(ended, ContactEnded)
    assert (ended.cause, ended.duration_s) == ("normal", 600)


def test_a_note_and_codes_are_recorded_when_another_customer_takes_the_place(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.say_bridge()
    desk.session.draft_note("wants a callback")
    desk.session.attach_customer("c-lisa")
    types = desk.outbox.types()
    assert types[types.index("contact_ended") :][:4] == [
        "contact_ended",
        "contact_note_written",
        "response_recorded",
        "contact_started",
    ]


def test_the_end_of_the_program_keeps_what_was_typed_and_left_open(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.say_bridge()
    desk.phone(CallEventType.ENDED)
    desk.session.draft_note("promised a letter")
    desk.session.stop()
    assert desk.outbox.types()[-3:] == ["contact_note_written", "response_recorded", "wrap_up_finished"]


def test_the_end_of_the_program_in_a_call_keeps_the_typed_note(desk: Desk) -> None:
    desk.answer_call()
    desk.session.draft_note("asks for his bill")
    desk.session.stop()
    assert desk.outbox.types()[-1] == "contact_note_written"


def test_the_end_of_the_program_in_a_call_ends_its_contact(desk: Desk) -> None:
    desk.answer_call()
    desk.session.stop()
    ended = desk.outbox.events[-1]
    assert isinstance(ended, ContactEnded)
    assert ended.cause == "panel_closed"


def test_a_consent_that_is_not_saved_is_shown_before_the_wrap_up_is_finished(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    desk.session.consents.answer(ConsentPurpose.ADV_OWN, ConsentChannel.EMAIL, ConsentAnswer.YES)
    desk.phone(CallEventType.ENDED)
    desk.session.finish_wrap_up()
    assert desk.contact().consent.open
    assert desk.contact().consent.leaving
    desk.session.consents.enter_words("ja, gern")
    desk.session.finish_wrap_up()
    assert desk.contact().consent.leaving
    # By mouse the drawer is closed first.
    desk.session.consents.toggle(False)
    desk.session.finish_wrap_up()
    assert desk.session.state.contacts == ()


def test_an_answer_about_the_person_before_never_shows_for_the_next_one(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING, caller=Party())
    late = desk.tasks.waiting.pop()
    desk.phone(CallEventType.DATA, caller=CUSTOMER)
    desk.tasks.finish_all()
    known = desk.contact()
    assert known.view is not None
    late()
    assert desk.contact().view is known.view


def test_the_time_limit_of_the_person_before_says_nothing_about_the_next_one(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING, caller=Party())
    desk.clock.pass_ms(3_900)
    desk.phone(CallEventType.DATA, caller=CUSTOMER)
    desk.clock.pass_ms(200)
    assert desk.contact().customer_block.status is BlockStatus.LOADING


def test_the_end_of_a_call_is_kept_for_when_the_disk_has_room(desk: Desk) -> None:
    desk.answer_call()
    desk.outbox.broken = OutboxFull()
    desk.phone(CallEventType.ENDED)
    desk.session.finish_wrap_up()
    assert desk.contact().failure is FailureCode.DISK_FULL
    desk.outbox.broken = None
    desk.clock.pass_ms(10_000)
    assert desk.outbox.types() == ["contact_started", "contact_ended"]
    desk.session.finish_wrap_up()
    assert not desk.session.state.contacts


def test_a_call_that_left_the_screen_while_the_disk_was_full_is_recorded_later(desk: Desk) -> None:
    desk.outbox.broken = OutboxFull()
    desk.phone(CallEventType.RINGING)
    desk.phone(CallEventType.ENDED, cause="missed")
    assert not desk.session.state.contacts
    desk.outbox.broken = None
    desk.clock.pass_ms(10_000)
    assert desk.outbox.types() == ["contact_started", "contact_ended"]


def test_a_search_begun_while_it_rang_stays_when_the_caller_gives_up(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.phone(CallEventType.RINGING)
    desk.tasks.finish_all()
    desk.session.search("Brandt")
    desk.tasks.finish_all()
    desk.phone(CallEventType.ENDED, cause="missed")
    assert desk.session.state.search.query == "Brandt"


def test_a_search_that_is_going_on_when_a_call_comes_finds_for_the_call(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    desk.session.search("Brandt")
    desk.phone(CallEventType.RINGING)
    assert desk.contact().search.status is BlockStatus.LOADING
    desk.tasks.finish_all()
    assert desk.contact().search.status is BlockStatus.READY


def test_another_customer_than_the_authenticated_one_is_a_contact_of_his_own(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    before = desk.contact()
    desk.session.attach_customer("c-lisa")
    desk.tasks.finish_all()
    after = desk.contact()
    assert after.contact_id != before.contact_id
    assert after.interaction.interaction_id == before.interaction.interaction_id
    assert not after.authenticated
    started, settled = desk.outbox.events[-2:]
    assert desk.outbox.types()[-3:] == ["contact_ended", "contact_started", "caller_authenticated"]
    assert isinstance(started, ContactStarted)
    assert isinstance(settled, CallerAuthenticated)
    assert settled.customer_id == "c-lisa"
    assert settled.contact_id == started.contact_id == after.contact_id


def test_a_caller_whom_a_colleague_authenticated_in_this_call_needs_no_questions(desk: Desk) -> None:
    desk.backend.vouched_by = "colleague"
    desk.answer_call()
    assert desk.contact().items_missing == 0
    desk.session.confirm_caller()
    settled = desk.outbox.events[-1]
    assert isinstance(settled, CallerAuthenticated)
    assert settled.vouched_by == "colleague"
    desk.tasks.finish_all()
    assert desk.contact().authenticated


def test_the_ids_of_a_softphone_say_nothing_of_a_colleagues_calls(desk: Desk) -> None:
    desk.phone(CallEventType.RINGING, source="call_url")
    started = desk.outbox.events[0]
    assert isinstance(started, ContactStarted)
    assert started.source == ""


def test_when_the_telephone_system_last_said_something_is_kept(desk: Desk) -> None:
    assert desk.session.state.last_event_at is None
    desk.phone(CallEventType.LINK_UP)
    assert desk.session.state.last_event_at is None
    desk.phone(CallEventType.RINGING)
    assert desk.session.state.last_event_at == desk.clock.now()
