"""The question put to a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nba_desktop.backend.model import ConsentFacts, CustomerRecord, PastResponse, TouchpointRecord
from nba_desktop.contract.base import Language


@dataclass(frozen=True, slots=True)
class DecisionRequest:
    """One customer at one moment; `now` has a zone, `concern_solved` is None until the agent has said."""

    customer: CustomerRecord | None
    authenticated: bool
    touchpoints: tuple[TouchpointRecord, ...]
    consents: ConsentFacts
    past: tuple[PastResponse, ...]
    now: datetime
    language: Language
    concern: str | None
    concern_solved: bool | None
    agent_skills: frozenset[str] = frozenset()
