"""What moved a propensity, in words' names and log-odds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

LEARNT: Final = "learnt"
"""The name of what the responses to the action itself, its group and all actions moved, whoever the customer is."""

_FEW: Final = 5
_NOTICEABLE: Final = 0.005


def largest(moves: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return the few largest moves in log-odds by name, largest first; moves of one name are added up."""
    by_name: dict[str, float] = {}
    for name, move in moves:
        by_name[name] = by_name.get(name, 0.0) + move
    ordered = sorted(by_name.items(), key=lambda item: (-abs(item[1]), item[0]))
    return {name: round(move, 4) for name, move in ordered[:_FEW] if abs(move) >= _NOTICEABLE}
