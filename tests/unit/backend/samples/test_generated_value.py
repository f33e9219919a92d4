"""Made-up lifetime values of generated customers: the state model and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.model import ContractRecord
from nba_desktop.backend.samples.generated_value import (
    DISCOUNT_RATE,
    ValueInput,
    capital_value,
    horizon_years,
    leaving_rate,
    lifetime_value,
    yearly_margin,
)
from nba_desktop.contract.codes import ChurnClass, Trend, ValueClass

TODAY = date(2025, 11, 20)
POWER = ContractRecord("S", "Strom", "electricity", date(2019, 1, 1))
USUAL = ValueInput((POWER,), {"electricity": 3000}, date(2019, 1, 1), date(1980, 1, 1), 0.0, 0, False, TODAY)


def test_a_customer_who_never_leaves_is_worth_the_discounted_margins() -> None:
    expected = sum(100 / (1 + DISCOUNT_RATE) ** year for year in range(10))
    assert capital_value(100, 0.0, 0.0, 10) == pytest.approx(expected)


def test_one_year_is_worth_its_margin() -> None:
    assert capital_value(100, 0.5, 0.9, 1) == pytest.approx(100)


def test_the_second_year_by_hand() -> None:
    # 80 % settled earn all, 20 % wavering earn 60 %; one year of discount.
    assert capital_value(100, 0.0, 0.2, 2) == pytest.approx(100 + (80 + 20 * 0.6) / 1.07)


@given(st.floats(1, 500), st.floats(-0.1, 0.1), st.floats(0, 0.9), st.integers(1, 10))
def test_more_risk_never_makes_a_customer_worth_more(margin: float, change: float, leaving: float, years: int) -> None:
    safe, risky = (
        capital_value(margin, change, leaving, years),
        capital_value(margin, change, min(leaving + 0.05, 1), years),
    )
    assert 0 < risky <= safe + 1e-9
    assert capital_value(margin, change, leaving, years + 1) >= safe


def test_contracts_that_have_ended_earn_nothing() -> None:
    ended = replace(POWER, ends=date(2025, 11, 19))
    assert yearly_margin((ended,), {"electricity": 3000}, TODAY) == 0
    assert yearly_margin((replace(POWER, ends=TODAY),), {"electricity": 3000}, TODAY) == pytest.approx(18 + 54)


def test_the_horizon_ends_with_age_and_never_below_three_years() -> None:
    assert horizon_years(date(1980, 1, 1), TODAY) == 10
    assert horizon_years(date(1949, 5, 14), TODAY) == 8
    assert horizon_years(date(1930, 1, 1), TODAY) == 3


def test_tenure_calms_and_trouble_and_notice_unsettle() -> None:
    assert leaving_rate(replace(USUAL, since=date(2025, 9, 1))) > leaving_rate(USUAL)
    assert leaving_rate(replace(USUAL, bad_experiences=2)) > leaving_rate(USUAL)
    assert lifetime_value(replace(USUAL, notice_received=True)).churn is ChurnClass.HIGH
    assert lifetime_value(USUAL).churn is ChurnClass.LOW


@pytest.mark.parametrize(("change", "trend"), [(0.05, Trend.UP), (0.0, Trend.FLAT), (-0.05, Trend.DOWN)])
def test_the_trend_follows_the_margin(change: float, trend: Trend) -> None:
    assert lifetime_value(replace(USUAL, margin_change=change)).trend is trend


def test_the_range_surrounds_the_value_in_round_figures() -> None:
    found = lifetime_value(replace(USUAL, kwh_year={"electricity": 9000}))
    assert found.value_class is ValueClass.A
    assert 0 < found.low_eur < found.high_eur
    assert found.low_eur % 50 == found.high_eur % 50 == 0
    assert lifetime_value(replace(USUAL, kwh_year={"electricity": 400})).value_class is ValueClass.D
