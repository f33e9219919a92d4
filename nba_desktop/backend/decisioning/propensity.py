"""The catalogue's actions as propensity models know them."""

from __future__ import annotations

from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.decisioning.learning.traits import ActionTraits


def traits_of(action: Action) -> ActionTraits:
    """Return what models know of an action of the catalogue."""
    return ActionTraits(
        action_id=action.action_id,
        kind=action.entry.kind,
        group=action.entry.group,
        base_rate=action.entry.base_rate,
        concerns=action.entry.concerns,
        advertising=action.advertising,
    )
