"""Purchases without a contract: the models against published figures and known parameters, and where they give out."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.value.bg_nbd import BgNbd, Repeats
from nba_desktop.backend.value.gamma_gamma import GammaGamma, fit_gamma_gamma
from nba_desktop.backend.value.minimum import minimum
from nba_desktop.backend.value.purchases import (
    Bought,
    Purchase,
    bought_until,
    expected_amounts,
    expected_purchases,
    fit_purchases,
    still_customers,
    uncertainty,
)
from nba_desktop.backend.value.special import hypergeometric

TODAY = date(2026, 3, 12)
PUBLISHED = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426, log_likelihood=-9582.4)
"""Of Fader, Hardie and Lee (2005)."""


def repeats(*rows: tuple[float, float, float]) -> Repeats:
    count, last, time = np.array(rows, dtype=np.float64).T
    return Repeats(count, last, time)


def customers(number: int, seed: int, weeks: float = 100.0) -> list[list[Purchase]]:
    """Customers as the models take them to be: r 0.6, alpha 8 weeks, a 1.2, b 3; p 6, q 4, v 15."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(number):
        rate, leaves = chance.gamma(0.6) / 8, chance.beta(1.2, 3)
        mean = 15 * 6 / chance.gamma(4)
        begin = TODAY - timedelta(weeks=weeks * chance.uniform(0.7, 1))
        at, bought = 0.0, [begin]
        # Who leaves may do so right after any purchase, the first one excepted.
        while (at := at + chance.exponential(1 / rate)) < weeks * 2:
            bought.append(begin + timedelta(weeks=at))
            if chance.uniform() < leaves:
                break
        found.append([(day, float(chance.gamma(6, mean / 6))) for day in bought])
    return found


@pytest.fixture(scope="module")
def made() -> list[list[Purchase]]:
    return customers(6000, seed=4)


def test_the_published_example_is_foretold() -> None:
    # The customer of the authors' note: two repeat purchases, the last in week 30.43 of 38.86; 39 weeks ahead.
    assert PUBLISHED.purchases(repeats((2, 30.43, 38.86)), 39.0)[0] == pytest.approx(1.226, abs=0.001)
    assert GammaGamma(6.25, 3.74, 15.44).amounts(np.array([2.0]), np.array([22.35]))[0] == pytest.approx(
        24.66, abs=0.03
    )


def test_what_is_foretold_does_not_break_where_its_formula_does() -> None:
    seen = repeats((0, 0, 30), (3, 20, 30), (400, 29.9, 30))
    beside = BgNbd(0.5, 6.0, 1.001, 2.0, 0.0).purchases(seen, 50.0)
    assert BgNbd(0.5, 6.0, 1.0, 2.0, 0.0).purchases(seen, 50.0) == pytest.approx(beside, rel=0.01)
    assert np.all(np.isfinite(BgNbd(0.5, 6.0, 0.6, 0.4, 0.0).purchases(seen, 520.0)))


def test_the_series_is_the_function() -> None:
    z = np.array([0.0, 0.3, 0.9])
    expected = [1.0, -math.log(0.7) / 0.3, -math.log(0.1) / 0.9]
    assert hypergeometric(1.0, 1.0, np.full(3, 2.0), z) == pytest.approx(expected)


def test_a_minimum_is_found_and_one_that_is_not_there_is_not() -> None:
    found = minimum(lambda at: float((np.log(at[0]) - 1) ** 2 + 3 * (np.log(at[1] * at[0])) ** 2), (1.0, 9.0))
    assert found == pytest.approx([math.e, 1 / math.e], rel=1e-4)
    assert minimum(lambda at: float(1 / at[0]), (1.0,)) is None
    assert minimum(lambda _: math.nan, (1.0,)) is None


def test_known_parameters_are_found_again(made: list[list[Purchase]]) -> None:
    model = fit_purchases(bought_until(made, TODAY), 0.1)
    assert model.frequency is not None
    assert model.amounts is not None
    found = model.frequency
    assert (found.r, found.alpha) == pytest.approx((0.6, 8), rel=0.15)
    assert found.a / (found.a + found.b) == pytest.approx(1.2 / 4.2, rel=0.15)
    assert model.amounts.mean == pytest.approx(30, rel=0.05)
    assert model.notes == ()


def test_what_comes_later_is_foretold_without_bias(made: list[list[Purchase]]) -> None:
    bought = bought_until(made, TODAY)
    model = fit_purchases(bought, 0.1)
    later = [len({day for day, _ in one if TODAY < day <= TODAY + timedelta(weeks=50)}) for one in made]
    expected = expected_purchases(model, bought.repeats, 50.0)
    assert expected.sum() == pytest.approx(sum(later), rel=0.08)
    best = np.argsort(-expected)[:600]
    assert sum(np.array(later)[best]) > sum(later) / 3


def test_purchases_are_summed_up_by_day() -> None:
    days = [TODAY - timedelta(weeks=one) for one in (8, 6, 6, 2)]
    bought = bought_until([[*zip(days, (10.0, 5.0, 15.0, 40.0), strict=True), (TODAY + timedelta(1), 99.0)]], TODAY)
    found = (bought.repeats.count, bought.repeats.last, bought.repeats.time, bought.amount, bought.first)
    assert [one.tolist() for one in found] == [[2], [6], [8], [30], [10]]


@pytest.mark.parametrize(
    ("purchases", "said"),
    [
        ([], "0 customers bought"),
        ([[(TODAY - timedelta(30), 10.0)]] * 20, "20 customers bought, 0 of them again"),
        ([[(TODAY - timedelta(30), 10.0)]] * 500, "0 of them again"),
        ([[(TODAY - timedelta(70), 10.0), (TODAY, 10.0)]] * 500, "Gamma-Gamma has no definite fit"),
        ([[(TODAY - timedelta(70), 0.0), (TODAY, 0.0)]] * 500, "0 of them again"),
    ],
    ids=["nobody", "few", "all once", "all the same", "for nothing"],
)
def test_a_plain_mean_stands_for_what_cannot_be_fitted(purchases: list[list[Purchase]], said: str) -> None:
    bought = bought_until(purchases, TODAY)
    model = fit_purchases(bought, 0.1)
    assert any(said in note for note in model.notes), model.notes
    for found in (expected_purchases(model, bought.repeats, 52.0), expected_amounts(model, bought)):
        assert len(found) == len(purchases)
        assert np.all((found >= 0) & np.isfinite(found))
    assert np.all(still_customers(model, bought.repeats) <= 1)


def test_amounts_that_go_with_the_frequency_are_warned_of(made: list[list[Purchase]]) -> None:
    related = [[(day, amount * len(one)) for day, amount in one] for one in made[:1500]]
    assert any("correlated (+" in note for note in fit_purchases(bought_until(related, TODAY), 0.1).notes)


histories = st.tuples(st.integers(0, 300), st.floats(0, 1), st.floats(0, 500)).map(
    lambda one: (float(one[0]), one[1] * one[2] if one[0] else 0.0, one[2])
)
parameters = st.floats(0.01, 20)


@settings(max_examples=20)
@given(st.lists(histories, min_size=1, max_size=5), parameters, parameters, parameters, parameters)
def test_more_time_never_means_fewer_purchases(
    rows: list[tuple[float, float, float]], r: float, alpha: float, a: float, b: float
) -> None:
    model, seen = BgNbd(r, alpha, a, b, 0.0), repeats(*rows)
    less, more = model.purchases(seen, 5.0), model.purchases(seen, 50.0)
    assert np.all(less >= 0)
    assert np.all(more >= less * (1 - 1e-3) - 1e-6)
    assert np.all((model.alive(seen) >= 0) & (model.alive(seen) <= 1))


def test_who_bought_more_often_is_known_better() -> None:
    model = fit_purchases(Bought(repeats((0, 0, 9)), np.zeros(1), np.ones(1)), 0.1)
    once, often = uncertainty(model, repeats((0, 0, 9), (30, 8, 9)))
    assert 0 < often < once <= 1


def test_amounts_that_never_differ_say_nothing_definite() -> None:
    assert fit_gamma_gamma(np.array([1.0, 1.0]), np.array([20.0, 20.0])) is None
