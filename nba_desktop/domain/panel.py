"""The whole panel: its contacts, its links, and what belongs to no call."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    ResponseCode,
)
from nba_desktop.contract.contact import Concern
from nba_desktop.contract.day import AgentDay
from nba_desktop.domain.answers import AnswersState
from nba_desktop.domain.blocked import Blocked
from nba_desktop.domain.blocks import BlockStatus, SearchState
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.due_list import DueState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.library import LibraryState
from nba_desktop.domain.receipts import OutboxStatus, Receipt
from nba_desktop.domain.signing_in import SignInState


@dataclass(frozen=True, slots=True)
class DayState:
    """The agent's day, when he looks at it to correct something; `corrected` are the events he replaced here."""

    open: bool = False
    status: BlockStatus = BlockStatus.IDLE
    failure: FailureCode | None = None
    day: AgentDay | None = None
    corrected: tuple[tuple[UUID, ResponseCode, UUID, Receipt], ...] = ()


LinkStatus = Literal["off", "connecting", "up", "down", "refused"]


@dataclass(frozen=True, slots=True)
class LinkState:
    """The health of a link: the telephone system's or the backend's."""

    status: LinkStatus = "off"
    since: datetime | None = None
    failure: FailureCode | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the agent must know that belongs to no call; `params` fill its sentence."""

    code: FailureCode
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PanelState:
    """The whole panel.

    `search` is the search without a call; `last_event_at` is when the telephone system last reported anything.
    `blocked` is what keeps the panel from its work, `sign_in` who works with it; a call that goes on keeps its place
    all the same.
    """

    language: Language = "de"
    telephony: LinkState = LinkState()
    backend: LinkState = LinkState()
    outbox: OutboxStatus = field(default_factory=OutboxStatus)
    contacts: tuple[ContactState, ...] = ()
    current: str | None = None
    concerns: tuple[Concern, ...] = ()
    search: SearchState = SearchState()
    last_event_at: datetime | None = None
    library: LibraryState = field(default_factory=LibraryState)
    day: DayState = DayState()
    due: DueState = field(default_factory=DueState)
    answers: AnswersState = field(default_factory=AnswersState)
    notices: tuple[Notice, ...] = field(default=())
    blocked: Blocked | None = None
    sign_in: SignInState = field(default_factory=SignInState)

    @property
    def contact(self) -> ContactState | None:
        """The contact on the screen."""
        return self.contact_of(self.current) if self.current else None

    def contact_of(self, interaction_id: str) -> ContactState | None:
        """The contact of one interaction."""
        for contact in self.contacts:
            if contact.interaction.interaction_id == interaction_id:
                return contact
        return None
