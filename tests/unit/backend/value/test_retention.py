"""How long contracts last: what is counted, how thin data are drawn, and what follows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.value.retention import (
    BANDS,
    PRIOR_YEARS,
    RetentionTable,
    Seen,
    Spell,
    retention_table,
    spells_of,
)

TODAY = date(2026, 3, 12)


def years_ago(years: float) -> date:
    return TODAY - timedelta(days=round(years * 365.25))


def counted(spells: Sequence[Spell], window_years: float = 5) -> Seen:
    seen = Seen(TODAY, window_years)
    seen.add(spells)
    return seen


@pytest.mark.parametrize(
    ("contracts", "spells"),
    [
        ([("gas", years_ago(3), None)], [("gas", years_ago(3), None)]),
        ([("gas", years_ago(3), TODAY + timedelta(90))], [("gas", years_ago(3), None)]),
        ([("gas", years_ago(3), years_ago(1))], [("gas", years_ago(3), years_ago(1))]),
        ([("gas", TODAY + timedelta(1), None)], []),
        # Another tariff from the next day on, and another after a year of somebody else's.
        ([("gas", years_ago(3), years_ago(2)), ("gas", years_ago(2), None)], [("gas", years_ago(3), None)]),
        (
            [("gas", years_ago(4), years_ago(3)), ("gas", years_ago(2), None)],
            [("gas", years_ago(4), years_ago(3)), ("gas", years_ago(2), None)],
        ),
        # One ends within the time of the other.
        ([("gas", years_ago(4), None), ("gas", years_ago(3), years_ago(2))], [("gas", years_ago(4), None)]),
        (
            [("power", years_ago(2), None), ("gas", years_ago(3), None)],
            [("gas", years_ago(3), None), ("power", years_ago(2), None)],
        ),
    ],
)
def test_contracts_without_a_break_are_one(
    contracts: list[tuple[str, date, date | None]], spells: list[tuple[str, date, date | None]]
) -> None:
    assert spells_of(contracts, TODAY) == [Spell(*one) for one in spells]


def test_ends_and_years_are_counted_by_tenure_within_the_window() -> None:
    seen = counted(
        [
            Spell("gas", years_ago(2.5), None),
            Spell("gas", years_ago(1.5), years_ago(1)),
            # Older than the window: counted from its tenure of five years on.
            Spell("gas", years_ago(10), years_ago(3)),
            # Over before the window.
            Spell("gas", years_ago(10), years_ago(6)),
        ]
    )
    assert seen.ends["gas"] == pytest.approx([1, 0, 0, 0, 1, 0])
    assert seen.years["gas"] == pytest.approx([1.5, 1, 0.5, 0, 2, 0], abs=0.01)


def test_much_speaks_for_itself_and_little_leans_on_the_rest() -> None:
    spells = [Spell("gas", years_ago(1), None)] * 8000 + [Spell("gas", years_ago(1), years_ago(0.5))] * 2000
    table = retention_table(counted([*spells, Spell("heat", years_ago(1), None)]), 0.12)
    assert table.rates["gas"][0] == pytest.approx(2000 / 9000, rel=0.01)
    assert table.rates["heat"][0] == pytest.approx(table.of_all[0] * PRIOR_YEARS / (PRIOR_YEARS + 1), rel=0.01)
    assert table.spreads["gas"][0] < table.spreads["heat"][0]
    assert table.notes == ()
    assert table.staying("unheard of", np.zeros(1), 1)[0, 1] == pytest.approx(math.exp(-table.of_all[0]))


@pytest.mark.parametrize(
    ("spells", "said"),
    [([], "no contract to learn from"), ([Spell("gas", years_ago(4), None)] * 9999, "no contract has ended")],
)
def test_without_a_single_end_the_assumption_stands(spells: list[Spell], said: str) -> None:
    table = retention_table(counted(spells), 0.12)
    assert said in table.notes[0]
    assert table.staying("gas", np.array([0.0, 7.3]), 2) == pytest.approx(np.array([[1, 0.88, 0.88**2]] * 2))


def test_staying_goes_through_the_bands_of_tenure() -> None:
    rates = (0.3, 0.2, 0.1, 0.1, 0.05, 0.01)
    table = RetentionTable({"gas": rates}, {"gas": (0.5,) * 6}, rates, (0.5,) * 6, {})
    assert table.staying("gas", np.array([0.5]), 2)[0] == pytest.approx([1, math.exp(-0.25), math.exp(-0.4)])
    assert table.staying("gas", np.array([250.0]), 1)[0] == pytest.approx([1, math.exp(-0.01)])
    assert table.staying("gas", np.zeros(1), 1, sigmas=1)[0, 1] == pytest.approx(math.exp(-0.45))


@settings(max_examples=25)
@given(
    st.lists(
        st.builds(
            lambda kind, since, lasted: Spell(kind, since, min(since + timedelta(lasted), TODAY) if lasted else None),
            st.sampled_from(("gas", "power")),
            st.dates(date(1990, 1, 1), TODAY),
            st.integers(0, 9000),
        ),
        max_size=12,
    ),
    st.floats(0.01, 0.5),
)
def test_whatever_was_seen_makes_a_table(spells: list[Spell], leaving: float) -> None:
    table = retention_table(counted(spells), leaving)
    for kind in ("gas", "power"):
        stays = table.staying(kind, np.array([0.0, 3.0, 60.0]), 10)
        assert np.all((stays > 0) & (stays <= 1))
        assert np.all(np.diff(stays, axis=1) <= 0)
        assert np.all(table.staying(kind, np.array([0.0, 3.0, 60.0]), 10, sigmas=1) <= stays)
    assert len(table.of_all) == len(BANDS)
