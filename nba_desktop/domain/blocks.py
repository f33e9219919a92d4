"""The parts of the panel that are filled by an answer, and how far each is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nba_desktop.contract.customer import SearchHit
from nba_desktop.domain.errors import FailureCode


class Block(StrEnum):
    """The parts of the panel that are filled by an answer, each with its own state."""

    CUSTOMER = "customer"
    JOURNEY = "journey"
    CONCERN = "concern"
    ACTIONS = "actions"


class BlockStatus(StrEnum):
    """IDLE before anything was asked, SLOW after 2 s, FAILED at 4 s or on an error, with a retry."""

    IDLE = "idle"
    LOADING = "loading"
    SLOW = "slow"
    FAILED = "failed"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class BlockState:
    """How far a block is; `failure` only when it failed."""

    status: BlockStatus = BlockStatus.IDLE
    failure: FailureCode | None = None


@dataclass(frozen=True, slots=True)
class SearchState:
    """A search for the customer: what was asked and what came; `named` is of somebody whom the CRM has named."""

    query: str = ""
    status: BlockStatus = BlockStatus.IDLE
    failure: FailureCode | None = None
    hits: tuple[SearchHit, ...] = ()
    truncated: bool = False
    named: bool = False
