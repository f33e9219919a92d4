"""What the agent reported – an action that is wrong, data that are – and what was answered; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nba_desktop.contract.feedback import Feedback, OwnFeedback
from nba_desktop.contract.wish import Wish
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
    def said(self) -> tuple[Feedback | Wish, ...]:
        """What he reported, the new answers first, then the newest first."""
        newest = sorted(reported(self.feedback), key=lambda one: one.at, reverse=True)
        return tuple(sorted(newest, key=lambda one: id_of(one) not in self.new))


def reported(own: OwnFeedback | None) -> tuple[Feedback | Wish, ...]:
    """What the agent said against recommendations, and what customers asked him for their data."""
    return (*own.feedback, *own.wishes) if own else ()


def id_of(one: Feedback | Wish) -> UUID:
    """The id of the event that said it."""
    return one.wish_id if isinstance(one, Wish) else one.feedback_id


def new_answers(said: Iterable[Feedback | Wish], seen_until: datetime | None) -> frozenset[UUID]:
    """The answers that came after the last one that was seen."""
    answered = ((id_of(one), one.answered_at) for one in said)
    return frozenset(one for one, at in answered if at is not None and (seen_until is None or at > seen_until))


def newest_answer(said: Iterable[Feedback | Wish]) -> datetime | None:
    """When the newest answer came; None where there is none."""
    return max((one.answered_at for one in said if one.answered_at is not None), default=None)
