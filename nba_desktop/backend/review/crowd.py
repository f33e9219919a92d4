"""Who is behind a sum: a figure of some, but too few agents of a block is not told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nba_desktop.backend.arrays import BoolArray, IntArray
from nba_desktop.backend.review.counts import Gathering


@dataclass(frozen=True, slots=True)
class Crowd:
    """Of lines that are summed up, with which others each is (`blocks`), and whether it is told by itself, too.

    `alone` is lines × rows, or lines × 1 where it is the same for all rows.
    """

    blocks: Gathering
    alone: BoolArray
    least: int

    def few(self, counts: IntArray) -> BoolArray:
        """Return for each row whether in any block some, but fewer agents than the least have a part; lines × rows."""
        having = self.blocks.numbers((counts > 0) & ~self.alone)
        found: BoolArray = np.logical_or.reduce((having > 0) & (having < self.least), axis=0, initial=False)
        return found

    def totals(self, counts: IntArray) -> list[int | None]:
        """Return the sum of each row, None of too few; lines × rows."""
        hidden = self.few(counts).tolist()
        return [None if of_few else total for total, of_few in zip(counts.sum(axis=0).tolist(), hidden, strict=True)]
