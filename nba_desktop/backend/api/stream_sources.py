"""Which telephone systems a panel can hear of, and whether any of their users stands for its agent."""

from __future__ import annotations

from fastapi import APIRouter

from nba_desktop.backend.api.auth import Agent
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.calls.sources import SourceService
from nba_desktop.contract.calls import HubSources


def stream_sources_router(sources: SourceService) -> APIRouter:
    """Return `/v1/stream/sources`."""
    router = APIRouter(prefix="/v1/stream", tags=["calls"], responses=PROBLEM_RESPONSES)

    @router.get("/sources", operation_id="list_call_sources")
    def list_call_sources(caller: Agent) -> HubSources:
        """Every telephone system that reports here, each with how many of its users stand for the agent who asks.

        An agent none of them stands for hears of no call on the stream.
        """
        return sources.heard_by(caller.agent_id)

    return router
