"""Customers without a contract: what their purchases come to, and what is expected of them.

Where there are too few customers who bought again, or their data say nothing definite, a plain mean takes the models'
place, and a note says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.value.bg_nbd import BgNbd, Repeats, fit_bg_nbd
from nba_desktop.backend.value.gamma_gamma import GammaGamma, fit_gamma_gamma

Purchase = tuple[date, float]
"""The day, and the amount in EUR."""

WEEKS_A_YEAR: Final = 365.25 / 7
LEAST_CUSTOMERS: Final = 200
LEAST_REPEATERS: Final = 50
"""With fewer customers, or fewer of them who bought again, the models are not fitted."""
_KNOWN_WEEKS: Final = WEEKS_A_YEAR
_KNOWN_PURCHASES: Final = 2.0
"""What the mean over all customers weighs beside a customer's own, where a plain mean stands for the models."""
_RELATED: Final = 0.3
"""A correlation of frequency and amount above this contradicts the model of amounts."""


@dataclass(frozen=True, slots=True)
class Bought:
    """What customers bought, one place for each: times in weeks, `amount` the mean of the repeat purchases in EUR.

    The purchases of one day are one. `amount` is 0 for whoever bought once; `first` is the first purchase in EUR.
    """

    repeats: Repeats
    amount: FloatArray
    first: FloatArray


@dataclass(frozen=True, slots=True)
class PlainMean:
    """What stands for the models: purchases a week, EUR a purchase, and the share of customers who leave in a year."""

    weekly: float
    amount: float
    yearly_leaving: float


@dataclass(frozen=True, slots=True)
class PurchaseModel:
    """What was fitted to the purchases; a model that could not be is None, and `mean` stands for it."""

    frequency: BgNbd | None
    amounts: GammaGamma | None
    mean: PlainMean
    customers: int
    repeaters: int
    notes: tuple[str, ...]


def bought_until(purchases: Iterable[Sequence[Purchase]], day: date) -> Bought:
    """Sum up each customer's purchases until a day; every customer must have bought by then."""
    rows: list[tuple[float, float, float, float, float]] = []
    for one in purchases:
        days: dict[date, float] = {}
        for at, amount in one:
            if at <= day:
                days[at] = days.get(at, 0.0) + amount
        first, last = min(days), max(days)
        count = len(days) - 1
        spent = sum(days.values()) - days[first]
        mean = spent / count if count else 0.0
        rows.append((count, (last - first).days / 7, (day - first).days / 7, mean, days[first]))
    table = np.array(rows, dtype=np.float64).reshape(-1, 5).T
    return Bought(Repeats(table[0], table[1], table[2]), table[3], table[4])


def fit_purchases(bought: Bought, yearly_leaving: float) -> PurchaseModel:
    """Fit frequency and amounts; `yearly_leaving` is what is assumed where the data do not say who has left."""
    seen = bought.repeats
    again = (seen.count > 0) & (bought.amount > 0)
    customers, repeaters = len(seen.count), int(again.sum())
    notes: list[str] = []
    frequency, amounts = None, None
    if customers < LEAST_CUSTOMERS or repeaters < LEAST_REPEATERS:
        notes.append(
            f"{customers} customers bought, {repeaters} of them again; the models need {LEAST_CUSTOMERS} and "
            f"{LEAST_REPEATERS}: a plain mean stands for them, deliver a longer time of purchases"
        )
    else:
        frequency = fit_bg_nbd(seen)
        if frequency is None:
            notes.append("BG/NBD has no definite fit to these purchases: a plain mean stands for it")
        amounts = fit_gamma_gamma(seen.count[again], bought.amount[again])
        if amounts is None:
            notes.append("Gamma-Gamma has no definite fit to these amounts: a plain mean stands for it")
        related = _correlation(seen.count[again], bought.amount[again])
        if abs(related) > _RELATED:
            notes.append(
                f"frequency and amount are correlated ({related:+.2f}), which Gamma-Gamma takes not to be so: "
                "the amounts of frequent customers are less certain"
            )
    return PurchaseModel(frequency, amounts, _plain_mean(bought, yearly_leaving), customers, repeaters, tuple(notes))


def expected_purchases(model: PurchaseModel, seen: Repeats, weeks: float) -> FloatArray:
    """How many purchases each customer is expected to make in so many weeks."""
    if model.frequency is not None:
        return model.frequency.purchases(seen, weeks)
    weekly = (seen.count + model.mean.weekly * _KNOWN_WEEKS) / (seen.time + _KNOWN_WEEKS)
    leaving = -np.log1p(-model.mean.yearly_leaving) / WEEKS_A_YEAR
    return weekly * (weeks if leaving == 0 else -np.expm1(-leaving * weeks) / leaving)


def expected_amounts(model: PurchaseModel, bought: Bought) -> FloatArray:
    """What each customer's next purchase is expected to be worth, in EUR."""
    count = np.where(bought.amount > 0, bought.repeats.count, 0.0)
    if model.amounts is not None:
        return model.amounts.amounts(count, bought.amount)
    return (count * bought.amount + _KNOWN_PURCHASES * model.mean.amount) / (count + _KNOWN_PURCHASES)


def still_customers(model: PurchaseModel, seen: Repeats) -> FloatArray:
    """The probability that each still is a customer."""
    if model.frequency is not None:
        return model.frequency.alive(seen)
    return (1 - model.mean.yearly_leaving) ** ((seen.time - seen.last) / WEEKS_A_YEAR)


def uncertainty(model: PurchaseModel, seen: Repeats) -> FloatArray:
    """How far the customer's own rate of purchases may be from what is expected of him: its spread ÷ itself."""
    known = model.mean.weekly * _KNOWN_WEEKS if model.frequency is None else model.frequency.r
    return np.asarray(1 / np.sqrt(known + seen.count + 1), dtype=np.float64)


def _plain_mean(bought: Bought, yearly_leaving: float) -> PlainMean:
    seen = bought.repeats
    weeks, times = float(seen.time.sum()), float(seen.count.sum())
    spent = float(bought.first.sum() + (bought.amount * seen.count).sum())
    bought_at_all = len(seen.count) + times
    return PlainMean(times / weeks if weeks else 0.0, spent / bought_at_all if bought_at_all else 0.0, yearly_leaving)


def _correlation(one: FloatArray, other: FloatArray) -> float:
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])
