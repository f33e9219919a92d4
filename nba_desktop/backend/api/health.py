"""Whether the process lives, and whether it can work; the only routes without a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from fastapi import APIRouter

from nba_desktop.backend.api.problems import PROBLEM_RESPONSES
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.contract.base import Answer
from nba_desktop.contract.handshake import PROTOCOL


class Alive(Answer):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Ready(Answer):
    """The process can work: the store takes writes and a catalogue is live; `least_panel` is the oldest it answers."""

    status: Literal["ready"] = "ready"
    version: str
    catalogue_version: str
    protocol: int = PROTOCOL
    least_panel: str | None = None


class TriedStore(Store, Protocol):
    """A store that says whether writes get through."""

    def check_writes(self) -> None:
        """Raise `StoreUnavailable` while none does; cheap however often it is asked."""


def health_router(
    store: TriedStore, version: str, live_version: Callable[[Unit], str], least_panel: str | None = None
) -> APIRouter:
    """Return `/healthz` and `/readyz`."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", operation_id="alive")
    async def alive() -> Alive:
        """Say that the process answers."""
        return Alive()

    @router.get("/readyz", operation_id="ready", responses={"5XX": PROBLEM_RESPONSES["5XX"]})
    def ready() -> Ready:
        """Say that the store answers and takes writes; a problem document says that it does not."""
        with store.read() as unit:
            unit.customers.any()
            catalogue_version = live_version(unit)
        store.check_writes()
        return Ready(version=version, catalogue_version=catalogue_version, least_panel=least_panel)

    return router
