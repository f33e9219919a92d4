"""What the agent said against recommendations, and what its owners answered; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nba_desktop.contract.feedback import Feedback, OwnFeedback
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.errors import FailureCode


@dataclass(frozen=True, slots=True)
class AnswersState:
    """What the agent said and what was answered; `open` while he looks at it, `new` what he has not seen before."""

    open: bool = False
    status: BlockStatus = BlockStatus.IDLE
    failure: FailureCode | None = None
    feedback: OwnFeedback | None = None
    new: frozenset[UUID] = frozenset()

    @property
    def said(self) -> tuple[Feedback, ...]:
        """What he said, the new answers first, then the newest first."""
        said = self.feedback.feedback if self.feedback else ()
        return tuple(sorted(said, key=lambda one: one.feedback_id not in self.new))


def new_answers(said: Iterable[Feedback], seen_until: datetime | None) -> frozenset[UUID]:
    """The answers that came after the last one that was seen."""
    answered = ((one.feedback_id, one.answered_at) for one in said)
    return frozenset(one for one, at in answered if at is not None and (seen_until is None or at > seen_until))


def newest_answer(said: Iterable[Feedback]) -> datetime | None:
    """When the newest answer came; None where there is none."""
    return max((one.answered_at for one in said if one.answered_at is not None), default=None)
