"""What the portal shows a customer who is logged in."""

from __future__ import annotations

from uuid import UUID

from nba_desktop.contract.base import Answer, Code, Language, Moment
from nba_desktop.contract.codes import NoRecommendation, TeaserState


class Teaser(Answer):
    """One teaser for one slot of a placement, counted from 1; title and text are ready to be shown.

    In the state `confirm` the customer accepted the action in a call and has not confirmed it yet: it leads to the
    confirmation that `pending_decision_id` recommended, it is no recommendation of this decision, and seen, clicked and
    dismissed are not reported of it.
    """

    action_id: Code
    slot: int
    title: str
    text: str
    state: TeaserState = TeaserState.OFFER
    pending_decision_id: UUID | None = None


class Teasers(Answer):
    """The teasers of one placement for one customer; what becomes of them comes back under `decision_id`."""

    decision_id: UUID
    decided_at: Moment
    placement: Code
    language: Language
    teasers: tuple[Teaser, ...]
    none_because: NoRecommendation | None = None
