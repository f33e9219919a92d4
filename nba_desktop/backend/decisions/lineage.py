"""What a model is made of: snapshots and the stretches of the log behind them, as restores have left it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nba_desktop.backend.rows.learning import LearningRow, SnapshotRow

SKEW: Final = timedelta(hours=1)
"""How far clocks may differ before a moment is held to be a wrong clock's."""


@dataclass(frozen=True, slots=True)
class Span:
    """The updates of the log behind one position, up to and including another, or all."""

    after: int
    until: int | None


def lineage(snapshots: Sequence[SnapshotRow], mode: str) -> Iterator[tuple[SnapshotRow | None, Span]]:
    """Return what a model is made of, newest first: each snapshot with the updates behind it that count; at last none.

    Behind a snapshot that was brought back comes the one it was brought back from: what lies between is set aside.
    """
    its = [one for one in snapshots if one.mode == mode]
    places = {one.snapshot_id: place for place, one in enumerate(its)}
    place, until = len(its) - 1, None
    while place >= 0:
        snapshot = its[place]
        yield snapshot, Span(snapshot.position, until)
        place = place - 1 if snapshot.restored_from is None else places[snapshot.restored_from]
        until = snapshot.position if snapshot.restored_from is None else its[place].position
    yield None, Span(0, until)


def spans_of(snapshots: Sequence[SnapshotRow], mode: str) -> list[Span]:
    """Return the stretches of the log that a model is made of, newest first."""
    return [span for _, span in lineage(snapshots, mode)]


def is_in(row: LearningRow, spans: Sequence[Span]) -> bool:
    """Say whether an update is in a model that is made of these stretches."""
    return any(span.after < row.position and (span.until is None or row.position <= span.until) for span in spans)


def restores_in(snapshots: Sequence[SnapshotRow]) -> int:
    """Count how often a snapshot was brought back."""
    return sum(one.restored_from is not None for one in snapshots)


def is_dated_later(snapshot: SnapshotRow, snapshots: Sequence[SnapshotRow], now: datetime) -> bool:
    """Say whether a snapshot, or the one whose content it brings back, was made while the clock was ahead."""
    by_id = {one.snapshot_id: one for one in snapshots}
    while snapshot.restored_from is not None:
        snapshot = by_id[snapshot.restored_from]
    return snapshot.at > now + SKEW
