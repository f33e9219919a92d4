"""What the page on actions shows: which action is looked at, over which calls, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

from nba_desktop.contract.review import ActionAsked, ActionReview
from nba_desktop.domain.blocks import BlockState


@dataclass(frozen=True, slots=True)
class ActionsState:
    """Everything on the page; `review` belongs to the action `action_id`, and stays until a newer one comes.

    `asked` says which calls count; it is None before the page is opened, and where there are too few weeks of calls.
    """

    opened: bool = False
    asked: ActionAsked | None = None
    action_id: str | None = None
    review: ActionReview | None = None
    block: BlockState = BlockState()
