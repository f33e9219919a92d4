"""Kinds of customers as written: how to speak with them, and what they would rather have."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from nba_desktop.backend.decisioning.entries.base import Entry, WordList
from nba_desktop.contract.base import Code

MOST_PERSONAS: Final = 8
MOST_PREFERENCES: Final = 3
LONGEST_PREFERENCE: Final = 40


class CustomerPersonaEntry(Entry):
    """A kind of customer: `when` says who is one, and may ask an attribute that another system delivers.

    Its id stays in the catalogue. The agent sees the `tone`, unless the customer's own is known, and the
    `preferences`: words that the customer may read over his shoulder.
    """

    id: Code
    when: Annotated[str, Field(min_length=1)]
    tone: Literal["calm", "brief", "warm"] | None = None
    preferences: WordList = WordList()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        wanted = self.preferences
        if self.tone is None and not wanted.de:
            raise ValueError("this says nothing to the agent: add 'tone' or 'preferences'")
        if len(wanted.de) != len(wanted.en):
            raise ValueError("the preferences are as many in German as in English")
        if len(wanted.de) > MOST_PREFERENCES:
            raise ValueError(f"{len(wanted.de)} preferences are too many to see while talking: at most three")
        longest = max((*wanted.de, *wanted.en), key=len, default="")
        if len(longest) > LONGEST_PREFERENCE:
            raise ValueError(
                f"a preference of {len(longest)} characters is too long for the line: {LONGEST_PREFERENCE} fit"
            )
        return self
