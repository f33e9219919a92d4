"""The part of a journey that is older than its head: asked for when somebody looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nba_desktop.contract.journey import JourneyHead, Touchpoint
from nba_desktop.domain.errors import FailureCode


class HistoryStatus(StrEnum):
    """IDLE until asked for, SLOW after 2 s, FAILED at 4 s or on an error, COMPLETE when there is nothing older."""

    IDLE = "idle"
    LOADING = "loading"
    SLOW = "slow"
    FAILED = "failed"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class HistoryState:
    """The touchpoints of one customer that came after the head, newest first, and how far the rest is.

    `asked` counts the questions, so that an answer can be put to the newest; `failure` only when it failed.
    """

    customer_id: str | None = None
    status: HistoryStatus = HistoryStatus.IDLE
    failure: FailureCode | None = None
    older: tuple[Touchpoint, ...] = ()
    asked: int = 0


def whole_journey(head: JourneyHead | None, history: HistoryState, customer_id: str | None) -> tuple[Touchpoint, ...]:
    """Every touchpoint the panel has of this customer, newest first."""
    if head is None:
        return ()
    if not history.older or history.customer_id != customer_id:
        return head.touchpoints
    known = {point.touchpoint_id for point in head.touchpoints}
    return (*head.touchpoints, *(point for point in history.older if point.touchpoint_id not in known))
