"""The review of recommendations: for team leads, for the agents it is about, and for whoever watches over it."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel, TypeAdapter

from nba_desktop.backend.api.auth import ActionOwner, Agent, Reviewed, ReviewWatcher, TeamLead, TeamLeadOrAgent
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.review.action import ActionReviewService
from nba_desktop.backend.review.log import ReviewLogService
from nba_desktop.backend.review.service import ReviewService
from nba_desktop.contract.base import Code, Language
from nba_desktop.contract.review import (
    Access,
    ActionAsked,
    ActionReview,
    AgentAsked,
    AgentReview,
    CoachingNote,
    NoteWritten,
    OwnAsked,
    OwnReview,
    ReviewChoices,
    TeamAsked,
    TeamReview,
)

_ACCESSES = TypeAdapter(tuple[Access, ...])


def review_router(service: ReviewService, actions: ActionReviewService, log: ReviewLogService) -> APIRouter:
    """Return the routes under `/v1/review`; they answer with bytes, so that no answer is checked a second time."""
    router = APIRouter(prefix="/v1/review", tags=["review"], responses=PROBLEM_RESPONSES)

    @router.get("/choices", operation_id="review_choices", response_model=ReviewChoices)
    def review_choices(caller: Reviewed, language: Language = "de") -> Response:
        """What the caller can review, and what he can filter by."""
        return _answer(service.choices(caller, language))

    @router.post("/team", operation_id="review_team", response_model=TeamReview)
    def review_team(caller: TeamLead, asked: TeamAsked, language: Language = "de") -> Response:
        """A team the caller leads; that he looked is kept, and shown to the team and the works council."""
        return _answer(service.team(caller, asked, language))

    @router.post("/agent", operation_id="review_agent", response_model=AgentReview)
    def review_agent(caller: TeamLead, asked: AgentAsked, language: Language = "de") -> Response:
        """One agent of such a team, where a works agreement in force allows it."""
        return _answer(service.agent(caller, asked, language))

    @router.post("/me", operation_id="review_me", response_model=OwnReview)
    def review_me(caller: Agent, asked: OwnAsked, language: Language = "de") -> Response:
        """The caller's own page: what his lead sees of him, and who looked."""
        return _answer(service.me(caller, asked, language))

    @router.post("/notes", operation_id="write_coaching_note", response_model=CoachingNote)
    def write_coaching_note(caller: TeamLeadOrAgent, note: NoteWritten) -> Response:
        """Keep a note that lead and agent read; the same note again changes nothing."""
        return _answer(log.write(caller, note))

    @router.get("/accesses", operation_id="review_accesses", response_model=tuple[Access, ...])
    def review_accesses(caller: ReviewWatcher) -> Response:
        """Who looked in the last year: at anybody for the works council, at himself for an agent."""
        return Response(content=_ACCESSES.dump_json(log.accesses(caller)), media_type="application/json")

    @router.post("/actions/{action_id}", operation_id="review_action", response_model=ActionReview)
    def review_action(caller: ActionOwner, action_id: Code, asked: ActionAsked, language: Language = "de") -> Response:
        """One action over all teams, with no person in it."""
        return _answer(actions.review(caller, action_id, asked, language))

    return router


def _answer(answer: BaseModel) -> Response:
    return Response(content=answer.model_dump_json(), media_type="application/json")
