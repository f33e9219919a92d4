"""Rules of the journey as written: what a customer had to put up with, found among his touchpoints."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nba_desktop.backend.decisioning.entries.base import Entry, Words
from nba_desktop.contract.base import Code
from nba_desktop.contract.codes import ContactChannel


class AfterEntry(Entry):
    """The touchpoint that a rule begins with: one of the types, by one of the channels (any where none is named).

    `at_least` asks of values how much they come to at least, such as `{times: 2}`.
    """

    types: Annotated[tuple[Code, ...], Field(min_length=1)]
    channels: tuple[ContactChannel, ...] = ()
    at_least: dict[Code, float] = Field(default_factory=dict)


class JourneyRuleEntry(Entry):
    """One rule: a touchpoint, and where `then` says so a call of the customer within a time after it.

    With `same` the call is about what that value of the touchpoint says, such as its topic. It counts as a media break
    or as a repeated contact. Nothing is found beyond 60 days. `words` explain it to the agent and `label` names it in
    figures; the product's own rules have both.
    """

    id: Code
    counts_as: Literal["media_break", "repeat"] = "media_break"
    after: AfterEntry
    then: Literal["call"] | None = None
    within_days: Annotated[int, Field(ge=1, le=60)] | None = None
    within_hours: Annotated[int, Field(ge=1, le=1440)] | None = None
    same: Code | None = None
    label: Words | None = None
    words: Words | None = None

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if self.within_days is not None and self.within_hours is not None:
            raise ValueError("a rule has either 'within_days' or 'within_hours'")
        if self.then is not None and self.within_days is None and self.within_hours is None:
            raise ValueError("a rule with 'then' says within which time: 'within_days' or 'within_hours'")
        if self.same is not None and self.then is None:
            raise ValueError("'same' compares a touchpoint with a call: add 'then: call'")
        return self
