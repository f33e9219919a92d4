"""What a policy aims at: an issue, a group or an action."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from nba_desktop.backend.decisioning.entries.actions import ActionEntry

Target = Annotated[str, StringConstraints(pattern=r"^(issue|group|action)/[A-Za-z][A-Za-z0-9_]*$")]


def aims_at(target: str, action: ActionEntry) -> bool:
    """Whether `issue/…`, `group/…` or `action/…` means this action; the issue is the action's kind."""
    level, _, name = target.partition("/")
    match level:
        case "issue":
            return name == action.kind.value
        case "group":
            return name == action.group
    return name == action.id
