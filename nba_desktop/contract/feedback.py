"""What agents say against recommendations, and what the action's owner answers.

`events.RecommendationQuestioned` says it; nothing here names a customer.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from nba_desktop.contract.base import Answer, Code, Count, Moment, Said
from nba_desktop.contract.codes import FeedbackReason
from nba_desktop.contract.wish import Wish

LONGEST_ANSWER = 500
MAX_FEEDBACK = 200


class FeedbackAnswered(Said):
    """The owner's answer, on one line or several."""

    answer: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_ANSWER, strip_whitespace=True)]


class Feedback(Answer):
    """One thing that was said against a recommendation; `feedback_id` is the id of the event.

    `title` is the action's, or its id. `decision_id` leads to all reasons (`GET /v1/decisions/{id}/why`).
    """

    feedback_id: UUID
    at: Moment
    action_id: Code
    title: str
    reason: FeedbackReason
    note: str = ""
    decision_id: UUID
    answered_at: Moment | None = None
    answer: str = ""


class OpenFeedback(Feedback):
    """The same for the action's owner.

    `rank` is its place among the recommendations, `because` are the codes of the reasons for and against it there, both
    unknown where its version of the catalogue cannot be read any more. `times` is how often the action was questioned
    for that reason within the last `OpenFeedbacks.days`, this time included; `other_reasons` how often for others.
    """

    catalogue_version: str
    is_live: bool
    rank: Annotated[int, Field(ge=1)] | None = None
    because: tuple[Code, ...] = ()
    times: Count
    other_reasons: Count


class OpenFeedbacks(Answer):
    """What waits for an answer, the oldest first; with `more` there is more behind it."""

    days: Count
    feedback: tuple[OpenFeedback, ...]
    more: bool = False


class OwnFeedback(Answer):
    """What the caller said within the last `days`, newest first, with the answers there are.

    `wishes` are what customers asked him for their own data, as long as they are kept.
    """

    days: Count
    feedback: tuple[Feedback, ...]
    wishes: tuple[Wish, ...] = ()
