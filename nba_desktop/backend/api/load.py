"""How busy the queues are, where the telephone system does not say so itself."""

from __future__ import annotations

from fastapi import APIRouter

from nba_desktop.backend.api.auth import LoadKeeper
from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.decisions.load import LoadService
from nba_desktop.contract.load import LoadSet, LoadState


def load_router(service: LoadService) -> APIRouter:
    """Return the routes under `/v1/load`."""
    router = APIRouter(prefix="/v1/load", tags=["load"], responses=PROBLEM_RESPONSES)

    @router.get("", operation_id="read_load")
    def read_load(_caller: LoadKeeper) -> LoadState:
        """The load as it is set."""
        return service.read()

    @router.put("", operation_id="set_load")
    def set_load(caller: LoadKeeper, load: LoadSet) -> LoadState:
        """Set the load; it counts from the next decision on."""
        return service.set(caller, load.load)

    return router
