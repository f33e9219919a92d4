"""What customers ask for their own data in a call, and what became of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from nba_desktop.contract.base import Answer, Moment, Said
from nba_desktop.contract.codes import DataField

LONGEST_WISH_ANSWER = 500


class WishKind(StrEnum):
    """What is asked for."""

    CORRECTION = "correction"
    ERASURE = "erasure"


class WishAnswered(Said):
    """What became of a wish; the agent who heard it reads the line."""

    done: bool
    answer: Annotated[
        str, StringConstraints(max_length=LONGEST_WISH_ANSWER, pattern=r"^[^\x00]*$", strip_whitespace=True)
    ] = ""


class WishVerdict(Answer):
    """The answer is kept, or was kept before."""

    wish_id: UUID
    verdict: Literal["accepted", "duplicate"]


class Wish(Answer):
    """One wish; `wish_id` is the id of the event. `field` is what a correction is about.

    `caller` and `customer_no_masked` are masked. `done` says whether it was carried out, None while nobody answered.
    """

    wish_id: UUID
    at: Moment
    kind: WishKind
    field: DataField | None = None
    words: str = ""
    caller: str = ""
    customer_no_masked: str = ""
    answered_at: Moment | None = None
    done: bool | None = None
    answer: str = ""
