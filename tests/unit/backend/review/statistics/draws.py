"""Teams as hypothesis draws them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from nba_desktop.backend.review.statistics.cells import Cells

COUNTS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
"""(successes, trials) with at least one trial."""


def teams(
    agents: tuple[int, int] = (1, 5), strata: tuple[int, int] = (1, 4), most: int = 60
) -> st.SearchStrategy[Cells]:
    """Any team, empty cells and agents without a case too."""
    cell = st.integers(0, most).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))

    def build(rows: list[list[tuple[int, int]]]) -> Cells:
        table = np.array(rows, dtype=np.int64)
        return Cells(trials=table[..., 1], successes=table[..., 0])

    return st.integers(*strata).flatmap(
        lambda s: st.lists(st.lists(cell, min_size=s, max_size=s), min_size=agents[0], max_size=agents[1]).map(build)
    )


def cells(*agents: list[tuple[int, int]]) -> Cells:
    """A team, one list for each agent: (successes, trials) of each stratum."""
    table = np.array(agents, dtype=np.int64)
    return Cells(trials=table[..., 1], successes=table[..., 0])
