"""What customers are worth, against sums by hand."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest

from nba_desktop.backend.decisioning.entries.value import MarginEntry, PurchasesEntry, ValueEntry
from nba_desktop.backend.model import FactValue, ValueRecord
from nba_desktop.backend.value.purchases import PlainMean, Purchase, PurchaseModel
from nba_desktop.backend.value.retention import RetentionTable
from nba_desktop.backend.value.valuing import MEAN_MODEL, RETENTION_MODEL, FittedModels, Known, values_of
from nba_desktop.contract.codes import ChurnClass, Trend, ValueClass

TODAY = date(2026, 3, 12)
ENTRY = ValueEntry(
    margins={
        "power": MarginEntry(eur_year=20, per_unit={"kwh_year": 0.02}),
        "gas": MarginEntry(eur_year=50),
        "loss": MarginEntry(eur_year=-40),
    },
    purchases=PurchasesEntry(touchpoint="payment", amount="amount_eur", margin=0.5),
    discount_rate=0.05,
    horizon_years=2,
    margin_off=0.1,
    notice="termination_received",
)
RATE = 0.1
MODELS = FittedModels(
    RetentionTable({}, {}, (RATE,) * 6, (0.0,) * 6, {}),
    PurchaseModel(None, None, PlainMean(weekly=0.1, amount=20, yearly_leaving=0.2), 3, 1, ()),
)
STAYS = (1.0, math.exp(-RATE), math.exp(-2 * RATE))
FACTOR = (STAYS[0] + STAYS[1]) / 2 / 1.05**0.5 + (STAYS[1] + STAYS[2]) / 2 / 1.05**1.5
OLD = date(2015, 1, 1)
Contract = tuple[str, date, date | None]


def value(
    *contracts: Contract, facts: dict[str, FactValue] | None = None, bought: tuple[Purchase, ...] = ()
) -> ValueRecord:
    found = values_of([Known(contracts, facts or {}, bought)], ENTRY, MODELS, TODAY)[0]
    assert found is not None
    return found


def rounded(eur: float) -> int:
    step = 10 if abs(eur) < 500 else 50
    return round(eur / step) * step


@pytest.mark.parametrize(
    ("contracts", "facts", "margin"),
    [
        ([("gas", OLD, None)], {}, 50),
        ([("gas", OLD, TODAY + timedelta(30))], {}, 50),
        ([("gas", OLD, TODAY)], {}, 50),
        ([("gas", OLD, TODAY - timedelta(1))], {}, 0),
        ([("gas", OLD, None), ("gas", date(2020, 1, 1), None)], {}, 100),
        ([("power", OLD, None)], {"kwh_year": 3000}, 80),
        # Not delivered, and not a number.
        ([("power", OLD, None)], {"kwh_year": None}, 20),
        ([("power", OLD, None)], {"kwh_year": True}, 20),
        # The use is the customer's, however many contracts he has for it.
        ([("power", OLD, None), ("power", OLD, None)], {"kwh_year": 3000}, 100),
        ([("gas", OLD, None), ("power", OLD, None), ("water", OLD, None)], {"kwh_year": 3000}, 130),
        ([("loss", OLD, None)], {}, -40),
    ],
)
def test_a_value_is_what_is_earned_while_he_stays_and_worth_today(
    contracts: list[Contract], facts: dict[str, FactValue], margin: float
) -> None:
    found, middle = value(*contracts, facts=facts), margin * FACTOR
    assert (found.low_eur, found.high_eur) == (
        rounded(middle - 0.1 * abs(middle)),
        rounded(middle + 0.1 * abs(middle)),
    )
    assert (found.as_of, found.horizon_years, found.model, found.calculated) == (TODAY, 2, RETENTION_MODEL, True)


def test_whoever_has_given_notice_is_worth_what_is_left() -> None:
    leaving: dict[str, FactValue] = {"termination_received": True}
    found = value(("gas", OLD, TODAY + timedelta(146)), facts=leaving)
    assert (found.low_eur, found.high_eur) == (rounded(50 * 0.4 * 0.9), rounded(50 * 0.4 * 1.1))
    assert (found.trend, found.churn) == (Trend.DOWN, ChurnClass.HIGH)
    assert value(("gas", OLD, None), facts=leaving).high_eur == rounded(50 * 0.25 * 1.1)


@pytest.mark.parametrize(
    ("contracts", "trend"),
    [
        ([("gas", OLD, None)], Trend.FLAT),
        ([("gas", OLD, None), ("power", TODAY - timedelta(100), None)], Trend.UP),
        ([("gas", OLD, None), ("gas", OLD, TODAY - timedelta(100))], Trend.DOWN),
        # He was no customer a year ago.
        ([("gas", TODAY - timedelta(100), None)], Trend.FLAT),
        ([("gas", OLD, TODAY - timedelta(100))], Trend.DOWN),
    ],
)
def test_the_trend_is_the_change_within_a_year(contracts: list[Contract], trend: Trend) -> None:
    assert value(*contracts).trend is trend


def test_of_whom_nothing_with_a_margin_is_known_nothing_is_said() -> None:
    unknown = [
        Known((), {}, ()),
        Known((("water", OLD, None),), {}, ()),
        Known((("gas", TODAY + timedelta(1), None),), {}, ()),
        Known((), {}, ((TODAY + timedelta(1), 5.0),)),
    ]
    assert values_of(unknown, ENTRY, MODELS, TODAY) == [None] * 4
    assert values_of([], ENTRY, MODELS, TODAY) == []


def test_purchases_add_to_contracts() -> None:
    bought = tuple((TODAY - timedelta(weeks=one), 30.0) for one in (52, 40, 30, 20, 10))
    found, both = value(bought=bought), value(("gas", OLD, None), bought=bought)
    year = 365.25 / 7
    weekly = (4 + 0.1 * year) / (52 + year)
    leaving = -math.log(0.8) / year
    until = [weekly * (1 - math.exp(-leaving * year * years)) / leaving for years in (0, 1, 2)]
    amount = (4 * 30 + 2 * 20) / 6 * 0.5
    middle = amount * ((until[1] - until[0]) / 1.05**0.5 + (until[2] - until[1]) / 1.05**1.5)
    assert found.low_eur < middle < found.high_eur
    assert (found.low_eur + found.high_eur) / 2 == pytest.approx(middle, abs=10)
    assert found.model == MEAN_MODEL
    assert both.model == f"{RETENTION_MODEL}, {MEAN_MODEL}"
    assert (both.low_eur + both.high_eur) / 2 == pytest.approx(middle + 50 * FACTOR, abs=25)


@pytest.mark.parametrize(("eur_year", "name"), [(800, "A"), (400, "B"), (200, "C"), (100, "D"), (-5, "D")])
def test_the_class_follows_from_the_limits(eur_year: float, name: str) -> None:
    entry = ENTRY.model_copy(update={"margins": {"gas": MarginEntry(eur_year=eur_year)}})
    found = values_of([Known((("gas", OLD, None),), {}, ())], entry, MODELS, TODAY)[0]
    assert found is not None
    assert found.value_class is ValueClass(name)


@pytest.mark.parametrize(("rate", "churn"), [(0.05, "low"), (0.2, "medium"), (0.4, "high")])
def test_the_risk_is_that_of_the_year_ahead(rate: float, churn: str) -> None:
    models = FittedModels(RetentionTable({}, {}, (rate,) * 6, (0.2,) * 6, {}), None)
    found = values_of([Known((("gas", OLD, None),), {}, ())], ENTRY, models, TODAY)[0]
    assert found is not None
    assert found.churn is ChurnClass(churn)
    assert found.low_eur <= found.high_eur
