"""A rule of the catalogue as written."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from nba_desktop.backend.decisioning.entries.base import Entry, Words
from nba_desktop.contract.base import Code


class RuleEntry(Entry):
    """One rule: `requires` must be true, or `excludes` must not be true; unknown does neither.

    `because` is said when the rule speaks for the action, `otherwise` when it removes it.
    """

    id: Code
    requires: str | None = None
    excludes: str | None = None
    because: Words | None = None
    otherwise: Words

    @model_validator(mode="after")
    def _one_condition(self) -> Self:
        if (self.requires is None) == (self.excludes is None):
            raise ValueError("a rule has either 'requires' or 'excludes'")
        return self
