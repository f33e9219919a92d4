"""Answers that come late, twice or not at all, and what may be shown and recorded meanwhile."""

from __future__ import annotations

import pytest

from nba_desktop.contract.codes import CallFlag, QuietReason, ResponseCode, Speaker
from nba_desktop.contract.events import ActionsShown, ResponseRecorded, SpeakerNamed
from nba_desktop.domain.blocks import Block, BlockStatus
from nba_desktop.domain.errors import BackendOffline
from nba_desktop.domain.history import HistoryStatus
from nba_desktop.domain.receipts import Receipt
from tests.fakes.desk import Desk


def test_a_correction_after_a_new_ranking_is_of_the_decision_that_was_answered(solved: Desk) -> None:
    solved.session.respond(ResponseCode.ACCEPTED_PENDING)
    first = solved.outbox.events[-1]
    assert isinstance(first, ResponseRecorded)
    solved.session.mark_solved(False)
    solved.tasks.finish_all()
    view = solved.contact().view
    assert view is not None
    assert view.decision.decision_id != first.decision_id
    solved.session.note_response(first.event_id, "nach der Arbeit")
    noted = solved.outbox.events[-1]
    assert isinstance(noted, ResponseRecorded)
    assert noted.decision_id == first.decision_id


def test_a_newer_question_fills_what_waited_for_the_one_before(solved: Desk) -> None:
    solved.session.name_speaker(Speaker.REPRESENTATIVE)
    solved.session.toggle_flag(CallFlag.OUTAGE)
    solved.tasks.finish_all()
    assert {solved.contact().block(block).status for block in Block} == {BlockStatus.READY}


def test_what_the_backend_learns_late_ranks_the_actions_again(solved: Desk) -> None:
    solved.session.toggle_flag(CallFlag.OUTAGE)
    flagged = solved.outbox.events[-1]
    solved.session.choose_concern("move")
    solved.tasks.waiting.pop(0)
    solved.tasks.finish_all()
    solved.session.on_receipt(flagged.event_id, Receipt.ACCEPTED)
    assert solved.contact().actions_block.status is BlockStatus.LOADING
    solved.tasks.finish_all()
    solved.session.on_receipt(flagged.event_id, Receipt.ACCEPTED)
    assert solved.contact().actions_block.status is BlockStatus.READY


def test_a_representative_is_sold_nothing_before_the_backend_knows_of_him(solved: Desk) -> None:
    solved.backend.broken = BackendOffline()
    solved.session.name_speaker(Speaker.REPRESENTATIVE)
    contact = solved.contact()
    assert [one.action_id for one in contact.recommendations] == ["SRV_INSTALMENT"]
    assert contact.view is not None
    assert contact.view.consents is not None
    assert not contact.view.consents.may_ask
    assert contact.view.decision.quiet_because == (QuietReason.REPRESENTATIVE,)


def test_the_speaker_speaks_for_the_customer_who_was_attached_last(desk: Desk) -> None:
    desk.answer_call()
    desk.session.attach_customer("c-lisa")
    desk.session.name_speaker(Speaker.REPRESENTATIVE)
    named = desk.outbox.events[-1]
    assert isinstance(named, SpeakerNamed)
    assert named.customer_id == "c-lisa"


@pytest.mark.parametrize("what", ["day", "proof"])
def test_the_day_and_the_proof_are_waited_for_four_seconds(solved: Desk, what: str) -> None:
    def status() -> BlockStatus:
        return solved.session.state.day.status if what == "day" else solved.contact().proof.status

    toggle = solved.session.day.toggle if what == "day" else solved.session.proofs.toggle
    toggle(True)
    solved.clock.pass_ms(2_000)
    assert status() is BlockStatus.SLOW
    solved.clock.pass_ms(2_000)
    assert status() is BlockStatus.FAILED
    solved.tasks.finish_all()
    assert status() is BlockStatus.READY
    toggle(False)
    toggle(True)
    toggle(False)
    solved.tasks.finish_all()
    solved.clock.pass_ms(5_000)
    assert status() is BlockStatus.IDLE


def test_a_proof_of_before_is_shown_to_nobody_else(solved: Desk) -> None:
    solved.session.proofs.toggle(True)
    solved.session.proofs.toggle(False)
    early = solved.tasks.waiting.pop(0)
    solved.session.proofs.toggle(True)
    early()
    assert solved.contact().proof.status is BlockStatus.LOADING


def test_a_response_that_was_replaced_in_its_call_is_corrected_no_second_time(solved: Desk) -> None:
    solved.session.respond(ResponseCode.ACCEPTED_PENDING)
    first = solved.outbox.events[-1]
    solved.session.respond(ResponseCode.ACCEPTED_DONE)
    told = len(solved.outbox.events)
    solved.session.day.correct(first.contact_id, first.event_id, ResponseCode.THINKING)
    assert len(solved.outbox.events) == told
    assert solved.session.state.day.status is BlockStatus.LOADING


def test_the_history_is_asked_for_anew_after_somebody_without_authority(desk: Desk) -> None:
    desk.answer_call()
    desk.authenticate()
    asked = desk.contact().history.asked
    desk.session.name_speaker(Speaker.UNAUTHORISED)
    history = desk.contact().history
    assert (history.status, history.older) == (HistoryStatus.IDLE, ())
    assert history.asked > asked


def test_a_ranking_that_comes_late_leaves_the_agent_and_the_answered_card_where_they_are(solved: Desk) -> None:
    first, *others = solved.contact().recommendations
    decision_id = solved.contact().view.decision.decision_id  # type: ignore[union-attr]
    solved.backend.broken = BackendOffline()
    solved.session.choose_concern("move")
    solved.session.mark_solved(True)
    solved.tasks.finish_all()
    assert solved.contact().actions_block.status is BlockStatus.FAILED
    solved.session.respond(ResponseCode.THINKING)
    solved.backend.broken, solved.backend.left_out = None, first.action_id
    solved.session.on_backend_ready(solved.backend)
    for event in solved.outbox.events:
        solved.session.on_receipt(event.event_id, Receipt.ACCEPTED)
    solved.tasks.finish_all()
    after = solved.contact()
    assert after.view is not None
    assert first.action_id not in {one.action_id for one in after.view.decision.recommendations}
    assert [(one.rank, one.action_id) for one in after.recommendations] == [
        (rank, one.action_id) for rank, one in enumerate((first, *others), start=1)
    ]
    assert (after.action_id, after.actions_block.status) == (first.action_id, BlockStatus.READY)
    assert len(after.known_actions) == len(after.recommendations)
    solved.session.respond(ResponseCode.ACCEPTED_PENDING)
    again = solved.outbox.events[-1]
    assert isinstance(again, ResponseRecorded)
    assert again.decision_id == decision_id
    solved.session.on_decision_painted(after.view.decision.decision_id)
    shown = solved.outbox.events[-1]
    assert isinstance(shown, ActionsShown)
    assert first.action_id not in shown.action_ids
    solved.session.mark_solved(False)
    solved.tasks.finish_all()
    assert first.action_id not in {one.action_id for one in solved.contact().recommendations}
