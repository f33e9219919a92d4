"""A made-up lifetime value for a generated customer, by a small state model with made-up rates.

A customer is in one of three states: *settled*, *wavering* or *gone*. Each year he moves between them by fixed
probabilities that depend on tenure and recent trouble; *gone* is never left. A year in *settled* earns the full
yearly margin, in *wavering* a part of it (discounts, service cost). The value is the sum over the horizon of the
expected margins, discounted to today (capital value). Two runs with margins lower and higher by the spread give the
range. What a site's own customers are worth is calculated by `backend.value`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Final

from nba_desktop.backend.model import ContractRecord, ValueRecord
from nba_desktop.contract.codes import ChurnClass, Trend, ValueClass

DISCOUNT_RATE: Final = 0.07
MAX_HORIZON_YEARS: Final = 10
MIN_HORIZON_YEARS: Final = 3
_LAST_AGE: Final = 85
_MODEL: Final = "state model 1"
_SPREAD: Final = 0.15
_WAVERING_SHARE: Final = 0.6
_TREND: Final = 0.03
_ROUND_EUR: Final = 50

MARGIN_PER_KWH_EUR: Final[dict[str, float]] = {
    "electricity": 0.018,
    "gas": 0.004,
    "heat": 0.010,
    "charging": 0.05,
    "service": 0.0,
}
MARGIN_BASE_EUR: Final[dict[str, float]] = {
    "electricity": 18,
    "gas": 22,
    "heat": 40,
    "charging": 6,
    "service": 84,
}
_CLASS_FROM_EUR: Final = ((1000, ValueClass.A), (600, ValueClass.B), (300, ValueClass.C))
_CHURN_FROM: Final = ((0.25, ChurnClass.HIGH), (0.12, ChurnClass.MEDIUM))


@dataclass(frozen=True, slots=True)
class ValueInput:
    """What the model needs: consumption by commodity in kWh a year, yearly change of margin, recent trouble."""

    contracts: tuple[ContractRecord, ...]
    kwh_year: dict[str, int]
    since: date
    birth_date: date
    margin_change: float
    bad_experiences: int
    notice_received: bool
    today: date


def lifetime_value(facts: ValueInput) -> ValueRecord:
    """Class, range in EUR, trend and churn class on `facts.today`."""
    margin = yearly_margin(facts.contracts, facts.kwh_year, facts.today)
    leaving = leaving_rate(facts)
    horizon = horizon_years(facts.birth_date, facts.today)
    middle = capital_value(margin, facts.margin_change, leaving, horizon)
    low, high = middle * (1 - _SPREAD), middle * (1 + _SPREAD)
    return ValueRecord(
        value_class=next((name for least, name in _CLASS_FROM_EUR if middle >= least), ValueClass.D),
        low_eur=_rounded(low),
        high_eur=_rounded(high),
        trend=_trend(facts.margin_change),
        as_of=facts.today,
        horizon_years=horizon,
        churn=next((name for least, name in _CHURN_FROM if leaving >= least), ChurnClass.LOW),
        model=_MODEL,
        calculated=True,
    )


def yearly_margin(contracts: tuple[ContractRecord, ...], kwh_year: dict[str, int], today: date) -> float:
    """Contribution margin in EUR a year of the running contracts."""
    running = [one for one in contracts if one.ends is None or one.ends >= today]
    return sum(
        MARGIN_BASE_EUR[one.commodity] + MARGIN_PER_KWH_EUR[one.commodity] * kwh_year.get(one.commodity, 0)
        for one in running
    )


def leaving_rate(facts: ValueInput) -> float:
    """Yearly probability that a settled customer begins to waver; falls with tenure, rises with trouble."""
    years = (facts.today - facts.since).days / 365.25
    trouble = 0.05 * min(facts.bad_experiences, 4)
    return min(0.05 + 0.12 * math.exp(-years / 4) + trouble + (0.5 if facts.notice_received else 0.0), 0.9)


def horizon_years(birth_date: date, today: date) -> int:
    """The horizon: ten years, less for the very old, never below three."""
    age = (today - birth_date).days / 365.25
    return int(min(MAX_HORIZON_YEARS, max(MIN_HORIZON_YEARS, _LAST_AGE - age)))


def capital_value(margin: float, margin_change: float, leaving: float, horizon: int) -> float:
    """Discounted expected margins in EUR over the horizon, from the state model described above."""
    settled, wavering = 1.0, 0.0
    value = 0.0
    for year in range(horizon):
        earned = margin * (1 + margin_change) ** year * (settled + wavering * _WAVERING_SHARE)
        value += earned / (1 + DISCOUNT_RATE) ** year
        back, away = 0.4 * wavering, 0.35 * wavering
        settled, wavering = settled * (1 - leaving) + back, settled * leaving + wavering - back - away
    return value


def _trend(margin_change: float) -> Trend:
    if margin_change >= _TREND:
        return Trend.UP
    return Trend.DOWN if margin_change <= -_TREND else Trend.FLAT


def _rounded(value: float) -> int:
    return round(value / _ROUND_EUR) * _ROUND_EUR
