"""What other systems say of a customer while he is on the line, and what became of asking them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from nba_desktop.backend.decisioning.attributes import Value

LiveState = Literal["answered", "nothing", "unfit", "late", "failed", "paused", "not_asked"]
"""What became of one attribute.

The provider said it, knows nothing of it, said what does not fit the attribute, has not answered in time, cannot
answer, is left alone because it failed again and again, or was not asked because nothing allows it.
"""


@dataclass(frozen=True, slots=True)
class LiveFact:
    """One attribute that a provider supplies; `value` and `at`, when it was answered, are there if it said it."""

    attribute: str
    provider: str
    state: LiveState
    value: Value = None
    at: datetime | None = None
