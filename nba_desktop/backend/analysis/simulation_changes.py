"""What changes for the same customers from one version of the catalogue to another."""

from __future__ import annotations

from collections import Counter

from nba_desktop.backend.analysis.simulation_report import Comparison, Move, VersionResult


class Changes:
    """Counts what changes for the same customers from one version to another."""

    def __init__(self) -> None:
        self._first = 0
        self._shown = 0
        self._moves: Counter[tuple[str | None, str | None]] = Counter()

    def add(self, before: tuple[str, ...], after: tuple[str, ...]) -> None:
        """Count one customer by what is shown to him, best first."""
        self._shown += set(before) != set(after)
        if before[:1] != after[:1]:
            self._first += 1
            self._moves[next(iter(before), None), next(iter(after), None)] += 1

    def result(self, after: VersionResult, before: VersionResult, customers: int) -> Comparison:
        """Return what was found; `before` and `after` are the versions' own results."""
        ids = [{one.action_id for one in result.actions} for result in (before, after)]
        shown = [{one.action_id for one in result.actions if one.shown} for result in (before, after)]
        moves = sorted(self._moves.items(), key=lambda one: (-one[1], str(one[0])))
        return Comparison(
            first_changed=self._first,
            first_changed_share=self._first / max(customers, 1),
            shown_changed=self._shown,
            shown_changed_share=self._shown / max(customers, 1),
            added=tuple(sorted(ids[1] - ids[0])),
            removed=tuple(sorted(ids[0] - ids[1])),
            appearing=tuple(sorted(shown[1] - shown[0])),
            disappearing=tuple(sorted(shown[0] - shown[1])),
            moves=tuple(Move(left, right, number) for (left, right), number in moves),
        )
