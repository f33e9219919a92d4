"""What the portal shows a customer who is logged in."""

from __future__ import annotations

from uuid import UUID

from nba_desktop.contract.base import Answer, Code, Language, Moment
from nba_desktop.contract.codes import NoRecommendation


class Teaser(Answer):
    """One teaser for one slot of a placement, counted from 1; title and text are ready to be shown."""

    action_id: Code
    slot: int
    title: str
    text: str


class Teasers(Answer):
    """The teasers of one placement for one customer; what becomes of them comes back under `decision_id`."""

    decision_id: UUID
    decided_at: Moment
    placement: Code
    language: Language
    teasers: tuple[Teaser, ...]
    none_because: NoRecommendation | None = None
