"""Who is behind a sum: a figure of some, but too few agents of a block is not told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nba_desktop.backend.arrays import BoolArray, IntArray, Places


@dataclass(frozen=True, slots=True)
class Crowd:
    """Of lines that are summed up, for each the number of its block; -1 of one that may be told by itself."""

    block: Places
    least: int

    def few(self, counts: IntArray) -> BoolArray:
        """Return for each row whether in any block some, but fewer agents than the least have a part; lines × rows."""
        grouped = self.block >= 0
        blocks = np.zeros((int(self.block.max(initial=-1)) + 1, counts.shape[1]), np.int64)
        np.add.at(blocks, self.block[grouped], counts[grouped] > 0)
        found: BoolArray = np.logical_or.reduce((blocks > 0) & (blocks < self.least), axis=0, initial=False)
        return found

    def totals(self, counts: IntArray) -> list[int | None]:
        """Return the sum of each row, None of too few; lines × rows."""
        hidden = self.few(counts).tolist()
        return [None if of_few else total for total, of_few in zip(counts.sum(axis=0).tolist(), hidden, strict=True)]


def nobody_else(lines: int) -> Crowd:
    """Lines that are each told by themselves, too."""
    return Crowd(np.full(lines, -1), 0)
