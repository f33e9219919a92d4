"""Why a decision recommends what it does, and why not something else."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from nba_desktop.backend.api.auth import DecisionReader
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.decisions.why import WhyService
from nba_desktop.contract.base import Code, Language
from nba_desktop.contract.explanation import DecisionExplanation
from nba_desktop.contract.recommendation import WhyNot

Reason = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]


def decisions_router(service: WhyService) -> APIRouter:
    """Return the routes under `/v1/decisions`; nothing is learnt from being asked."""
    router = APIRouter(prefix="/v1/decisions", tags=["decisions"], responses=PROBLEM_RESPONSES)

    @router.get("/{decision_id}/why", operation_id="read_why")
    def read_why(
        caller: DecisionReader, decision_id: UUID, language: Language = "de", reason: Reason = ""
    ) -> DecisionExplanation:
        """Every action of the decision with its reasons; an agent asks of his own contacts, others with `reason`."""
        return service.why(caller, decision_id, language, reason)

    @router.get("/{decision_id}/why-not/{action_id}", operation_id="read_why_not")
    def read_why_not(
        caller: DecisionReader, decision_id: UUID, action_id: Code, language: Language = "de", reason: Reason = ""
    ) -> WhyNot:
        """The stage and the rule that removed one action."""
        return service.why_not(caller, decision_id, action_id, language, reason)

    return router
