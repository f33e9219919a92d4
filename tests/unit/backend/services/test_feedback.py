"""What an agent says against a recommendation reaches the action's owner, and the answer reaches the agent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from nba_desktop.backend.decisions.feedback import FeedbackService
from nba_desktop.backend.errors import Conflict, NotFound
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import Language, new_id
from nba_desktop.contract.codes import FeedbackReason, ReadOperation, Role
from nba_desktop.contract.events import RecommendationQuestioned
from nba_desktop.contract.feedback import Feedback, OpenFeedbacks
from tests.fakes.backend_calls import in_call, tell
from tests.fakes.backend_services import Services
from tests.fakes.backend_site import NOW

pytestmark = pytest.mark.usefixtures("each_store")


def service(services: Services) -> FeedbackService:
    return FeedbackService(services.store, services.catalogues, services.clock)


def opened(services: Services) -> OpenFeedbacks:
    owner = replace(services.colleague, roles=frozenset({Role.ACTION_OWNER}))
    return service(services).open(owner, ReadOperation.OPEN_FEEDBACK, "de")


def answered_by(services: Services, owner: Caller, feedback_id: UUID, answer: str, language: Language) -> Feedback:
    asked = replace(owner, roles=frozenset({Role.ACTION_OWNER}))
    return service(services).answer(asked, ReadOperation.ANSWER_FEEDBACK, feedback_id, answer, language)


def question(
    services: Services,
    action_id: str = "SALES_SOLAR",
    reason: FeedbackReason = FeedbackReason.OUT_OF_DATE,
    note: str = "Der Preis gilt nicht mehr",
) -> RecommendationQuestioned:
    view = in_call(services)
    event = RecommendationQuestioned(
        event_id=new_id(),
        contact_id=view.contact_id,
        seq=3,
        at=services.clock.now,
        decision_id=view.decision.decision_id,
        action_id=action_id,
        reason=reason,
        note=note,
    )
    assert tell(services, event) == ["accepted"]
    return event


def test_the_owner_sees_it_with_its_context_and_without_names(real: Services) -> None:
    event = question(real)
    found = opened(real)
    (one,) = found.feedback
    assert (one.feedback_id, one.decision_id, one.action_id) == (event.event_id, event.decision_id, "SALES_SOLAR")
    assert (one.title, one.reason, one.note) == ("Solardach", FeedbackReason.OUT_OF_DATE, event.note)
    assert (one.rank, one.is_live, one.times, one.other_reasons) == (2, True, 1, 0)
    assert "quiet_until_solved" in one.because
    told = found.model_dump_json()
    assert not any(word in told for word in ("Müller", "Lisa", "c-lisa", "104233", "anna"))


def test_it_counts_how_often_an_action_was_questioned(real: Services) -> None:
    question(real)
    real.clock.now = NOW + timedelta(days=80)
    question(real)
    question(real, reason=FeedbackReason.WRONG)
    question(real, "SRV_BILL")
    assert [(one.times, one.other_reasons) for one in opened(real).feedback] == [
        (2, 1),
        (2, 1),
        (1, 2),
        (1, 0),
    ]
    real.clock.now = NOW + timedelta(days=91)
    assert next(one.times for one in opened(real).feedback) == 1


def test_the_answer_comes_back_to_the_agent_who_said_it(real: Services) -> None:
    event = question(real)
    answered = answered_by(real, real.agent, event.event_id, "Wird morgen berichtigt", "de")
    assert (answered.answer, answered.answered_at, answered.title) == ("Wird morgen berichtigt", NOW, "Solardach")
    assert opened(real).feedback == ()
    (own,) = service(real).mine(real.agent, "de").feedback
    assert (own.feedback_id, own.answer, own.title) == (event.event_id, "Wird morgen berichtigt", "Solardach")
    assert service(real).mine(real.colleague, "de").feedback == ()


def test_an_answer_is_given_once(real: Services) -> None:
    event = question(real)
    first = answered_by(real, real.agent, event.event_id, "Ja", "de")
    real.clock.now = NOW + timedelta(hours=1)
    assert answered_by(real, real.colleague, event.event_id, "Ja", "de") == first
    with pytest.raises(Conflict):
        answered_by(real, real.colleague, event.event_id, "Nein", "de")
    with pytest.raises(NotFound):
        answered_by(real, real.agent, new_id(), "Ja", "de")


def test_only_what_was_recommended_in_that_contact_is_questioned(real: Services) -> None:
    event = question(real)
    assert tell(real, event) == ["duplicate"]
    for change, refusal in (({"action_id": "OTHER"}, "invalid_message"), ({"decision_id": new_id()}, "not_found")):
        assert tell(real, event.model_copy(update={"event_id": new_id(), "seq": 4} | change)) == [refusal]
    assert len(opened(real).feedback) == 1
