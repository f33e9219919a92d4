"""The review as a file: the figures of the screen, for other programs, a spreadsheet or paper."""

from __future__ import annotations

from fastapi import APIRouter, Response

from nba_desktop.backend.api.auth import TeamLead
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.review.exporting import MEDIA_TYPES, ReviewExports
from nba_desktop.contract.base import Language
from nba_desktop.contract.review import ExportAsked


def review_export_router(exports: ReviewExports) -> APIRouter:
    """Return the route `/v1/review/export`."""
    router = APIRouter(prefix="/v1/review", tags=["review"], responses=PROBLEM_RESPONSES)
    files: dict[str, dict[str, object]] = {media_type.partition(";")[0]: {} for media_type in MEDIA_TYPES.values()}

    @router.post("/export", operation_id="export_review", response_class=Response, responses={200: {"content": files}})
    def export_review(caller: TeamLead, asked: ExportAsked, language: Language = "de") -> Response:
        """The figures of a team or of one of its agents as a file, where the site allows it; kept as an access."""
        made = exports.export(caller, asked, language)
        # The name says nothing of whose figures they are.
        named = {"Content-Disposition": f'attachment; filename="review.{asked.format}"', "Cache-Control": "no-store"}
        return Response(made.content, media_type=made.media_type, headers=named)

    return router
