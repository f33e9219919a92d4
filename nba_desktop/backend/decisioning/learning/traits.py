"""What a propensity model knows of an action."""

from __future__ import annotations

from dataclasses import dataclass

from nba_desktop.contract.codes import ActionKind


@dataclass(frozen=True, slots=True)
class ActionTraits:
    """An action as models see it; `base_rate` is the documented acceptance rate, strictly between 0 and 1, or None."""

    action_id: str
    kind: ActionKind
    group: str
    base_rate: float | None = None
    concerns: tuple[str, ...] = ()
    advertising: bool = False
