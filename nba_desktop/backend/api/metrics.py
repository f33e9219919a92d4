"""Figures for whatever watches the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter
from fastapi.responses import Response

from nba_desktop.backend.api.auth import SystemWatcher
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES

PATH: Final = "/metrics"
_MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_ANSWERS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Figures in the text format of Prometheus.",
        "content": {"text/plain": {"schema": {"type": "string"}}},
    }
}


def metrics_router(figures: Callable[[], bytes]) -> APIRouter:
    """Return `/metrics`."""
    router = APIRouter(tags=["health"], responses=PROBLEM_RESPONSES)

    @router.get(PATH, operation_id="metrics", responses=_ANSWERS, response_class=Response)
    def metrics(_caller: SystemWatcher) -> Response:
        """Requests, decisions, streams, what waits for other systems, and this process, as Prometheus reads them."""
        return Response(figures(), media_type=_MEDIA_TYPE)

    return router
