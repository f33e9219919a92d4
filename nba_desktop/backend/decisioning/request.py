"""The question put to a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.live import LiveFact
from nba_desktop.backend.journey.features import OlderJourney
from nba_desktop.backend.model import (
    ConsentFacts,
    CustomerRecord,
    PastExposure,
    PastResponse,
    TouchpointRecord,
    WaitingEvent,
)
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import CallFlag, DecisionChannel, Load


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """One customer at one moment; `now` has a zone, `concern_solved` is None until the agent has said.

    `flags` are what the agent noticed; with `representative` somebody else speaks for the customer. `seed` draws the
    exploration: the same seed draws the same, so that a list does not change under the agent's eyes within a contact.
    `authority` names the agent's level in the catalogue; None is the level without a bonus. Of a placement's slots
    `slots_taken` are filled with something else than recommendations. `waiting` are the events that raise actions.
    With `older` the `touchpoints` are those since its day, and it tells what the earlier ones come to.
    `live` are the attributes that providers supply: what they say stands in place of what was delivered.
    """

    customer: CustomerRecord | None
    authenticated: bool
    touchpoints: tuple[TouchpointRecord, ...]
    consents: ConsentFacts
    past: tuple[PastResponse, ...]
    now: datetime
    language: Language
    concern: str | None
    concern_solved: bool | None
    flags: frozenset[CallFlag] = frozenset()
    representative: bool = False
    agent_skills: frozenset[str] = frozenset()
    authority: str | None = None
    exposures: tuple[PastExposure, ...] = ()
    waiting: tuple[WaitingEvent, ...] = ()
    older: OlderJourney | None = None
    live: tuple[LiveFact, ...] = ()
    arm: Arm = Arm.RANKED
    load: Load = Load.NORMAL
    channel: DecisionChannel = DecisionChannel.CALL
    placement: str | None = None
    slots_taken: int = 0
    seed: str = ""
