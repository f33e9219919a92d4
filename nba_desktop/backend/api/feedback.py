"""What agents say against recommendations: for the action's owner, and his answer for the agent."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from nba_desktop.backend.api.auth import ActionOwner, Agent
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.decisions.feedback import FeedbackService
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReadOperation
from nba_desktop.contract.feedback import Feedback, FeedbackAnswered, OpenFeedbacks, OwnFeedback


def feedback_router(service: FeedbackService) -> APIRouter:
    """Return the routes under `/v1/feedback`."""
    router = APIRouter(prefix="/v1/feedback", tags=["feedback"], responses=PROBLEM_RESPONSES)

    @router.get("", operation_id="open_feedback")
    def open_feedback(caller: ActionOwner, language: Language = "de") -> OpenFeedbacks:
        """What waits for an answer, with its context and without anybody's name."""
        return service.open(caller, ReadOperation.OPEN_FEEDBACK, language)

    @router.get("/mine", operation_id="own_feedback")
    def own_feedback(caller: Agent, language: Language = "de") -> OwnFeedback:
        """What the agent said himself, with the answers."""
        return service.mine(caller, language)

    @router.post("/{feedback_id}/answer", operation_id="answer_feedback")
    def answer_feedback(
        caller: ActionOwner, feedback_id: UUID, answered: FeedbackAnswered, language: Language = "de"
    ) -> Feedback:
        """Answer; the agent reads it. The same answer again changes nothing."""
        return service.answer(caller, ReadOperation.ANSWER_FEEDBACK, feedback_id, answered.answer, language)

    return router
