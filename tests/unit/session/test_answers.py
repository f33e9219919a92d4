"""What the agent says against a recommendation, and the answers that come to him."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from nba_desktop.contract.codes import FeedbackReason, ResponseGroup
from nba_desktop.contract.events import RecommendationQuestioned
from nba_desktop.contract.feedback import Feedback
from nba_desktop.domain.answers import id_of
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import BackendOffline, FailureCode, OutboxFull
from nba_desktop.domain.receipts import Receipt
from tests.fakes.desk import Desk
from tests.fakes.ports import EARLIER_RESPONSE, START


def said(number: int, answered_minutes: int | None = None) -> Feedback:
    at = None if answered_minutes is None else START + timedelta(minutes=answered_minutes)
    return Feedback(
        feedback_id=UUID(int=number),
        at=START,
        action_id="RET_FIX12",
        title="Festpreis",
        reason=FeedbackReason.WRONG,
        decision_id=EARLIER_RESPONSE,
        answered_at=at,
        answer="" if at is None else "Danke.",
    )


def questioned(desk: Desk) -> list[RecommendationQuestioned]:
    return [event for event in desk.outbox.events if isinstance(event, RecommendationQuestioned)]


def test_a_reason_is_recorded_once_with_its_line_and_has_its_receipt(solved: Desk) -> None:
    action = solved.contact().action
    view = solved.contact().view
    assert action is not None
    assert view is not None
    solved.session.ask_question()
    solved.session.draft_question("  Der Preis\nist vom Sommer ")
    solved.session.question(FeedbackReason.OUT_OF_DATE)
    solved.session.question(FeedbackReason.WRONG)
    (event,) = questioned(solved)
    assert (event.action_id, event.decision_id) == (action.action_id, view.decision.decision_id)
    assert (event.reason, event.note) == (FeedbackReason.OUT_OF_DATE, "Der Preis ist vom Sommer")
    entry = solved.contact().questioned
    assert entry is not None
    assert entry.receipt is Receipt.STORED
    solved.session.on_receipt(event.event_id, Receipt.ACCEPTED)
    entry = solved.contact().questioned
    assert entry is not None
    assert entry.receipt is Receipt.ACCEPTED


def test_the_question_is_about_the_chosen_action_and_gives_way(solved: Desk) -> None:
    solved.session.question(FeedbackReason.WRONG)
    assert questioned(solved) == []
    solved.session.ask_question()
    assert solved.contact().question is not None
    solved.session.ask_question()
    assert solved.contact().question is None
    solved.session.ask_question()
    solved.session.open_group(ResponseGroup.DECLINED)
    assert solved.contact().question is None
    solved.session.ask_question()
    assert solved.contact().open_group is None
    other = solved.contact().recommendations[1]
    solved.session.select_action(other.action_id)
    assert solved.contact().question is None
    solved.session.ask_question()
    solved.session.question(FeedbackReason.OTHER)
    assert questioned(solved)[0].action_id == other.action_id


def test_what_the_disk_refuses_is_not_said(solved: Desk) -> None:
    solved.session.ask_question()
    solved.session.draft_question("Der Preis")
    solved.outbox.broken = OutboxFull()
    solved.session.question(FeedbackReason.WRONG)
    contact = solved.contact()
    assert contact.questioned is None
    assert contact.failure is FailureCode.DISK_FULL
    assert contact.question is not None
    assert contact.question.note == "Der Preis"


def test_without_a_call_there_is_nothing_to_question(desk: Desk) -> None:
    desk.session.ask_question()
    desk.session.draft_question("x")
    desk.session.question(FeedbackReason.WRONG)
    assert desk.outbox.events == []


def test_a_new_answer_is_marked_until_it_was_seen(desk: Desk) -> None:
    desk.backend.said = (said(2), said(1, answered_minutes=5))
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    assert desk.session.state.answers.new == frozenset({UUID(int=1)})
    assert desk.session.state.library.own.answers_seen_until is None
    desk.session.answers.toggle(True)
    desk.tasks.finish_all()
    # What was new when he opened them stays marked while he looks.
    assert [id_of(one) for one in desk.session.state.answers.said] == [UUID(int=1), UUID(int=2)]
    assert desk.session.state.answers.new == frozenset({UUID(int=1)})
    assert desk.session.state.library.own.answers_seen_until == START + timedelta(minutes=5)
    desk.session.answers.toggle(False)
    assert desk.session.state.answers.new == frozenset()
    desk.backend.said = (said(2, answered_minutes=9), said(1, answered_minutes=5))
    desk.session.answers.refresh()
    desk.tasks.finish_all()
    assert desk.session.state.answers.new == frozenset({UUID(int=2)})


def test_closing_what_is_not_open_leaves_what_is_new(desk: Desk) -> None:
    desk.backend.said = (said(1, answered_minutes=5),)
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()
    desk.session.answers.toggle(False)
    assert desk.session.state.answers.new == frozenset({UUID(int=1)})


def test_answers_that_cannot_be_had_say_so_and_come_with_the_link(desk: Desk) -> None:
    desk.backend.broken = BackendOffline()
    desk.session.on_backend_ready(desk.backend)
    desk.session.answers.toggle(True)
    desk.tasks.finish_all()
    assert desk.session.state.answers.failure is FailureCode.OFFLINE
    desk.backend.broken = None
    desk.session.on_backend_reached()
    desk.tasks.finish_all()
    assert desk.session.state.answers.status is BlockStatus.READY
    assert desk.session.state.answers.feedback is not None
