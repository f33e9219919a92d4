"""Event-based offers as written: which touchpoint raises which actions, and for how long."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from nba_desktop.backend.decisioning.entries.base import Entry, Words
from nba_desktop.backend.decisioning.entries.targets import Target
from nba_desktop.contract.base import Code


class RaisedEntry(Entry):
    """What an event raises – an issue, a group or an action –, and by how many percent its context counts more."""

    target: Target
    weight: Annotated[int, Field(ge=1, le=500)]


class TriggerEntry(Entry):
    """An event that raises actions: `on` is asked of the touchpoint, `when` of the customer as it arrives.

    A touchpoint that is older than `within_days` when it arrives raises nothing. What waits is over once the customer
    has answered it, and `expires_days` after the touchpoint. `why` is said beside the action.
    """

    id: Code
    on: str
    when: str | None = None
    within_days: Annotated[int, Field(ge=0, le=365)] = 7
    expires_days: Annotated[int, Field(ge=1, le=365)] = 28
    raises: Annotated[tuple[RaisedEntry, ...], Field(min_length=1)]
    why: Words
