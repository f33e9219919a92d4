"""What customers are worth over a horizon, from contracts and purchases and the models fitted to them.

The value is a capital value: the expected margin of each year ahead, times the chance that the customer still is one,
discounted to today. Nothing here knows who a customer is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from pydantic import TypeAdapter

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.decisioning.entries.value import ClassesEntry, MarginEntry, ValueEntry
from nba_desktop.backend.model import FactValue, ValueRecord
from nba_desktop.backend.value.purchases import (
    WEEKS_A_YEAR,
    Purchase,
    PurchaseModel,
    bought_until,
    expected_amounts,
    expected_purchases,
    still_customers,
    uncertainty,
)
from nba_desktop.backend.value.retention import RetentionTable, spells_of
from nba_desktop.contract.codes import ChurnClass, Trend, ValueClass

RETENTION_MODEL: Final = "retention table 1"
PURCHASE_MODEL: Final = "BG/NBD + Gamma-Gamma 1"
MEAN_MODEL: Final = "plain mean 1"
"""The models by name and version; what computes otherwise gets another version."""

_QUARTILE: Final = 0.674
"""So many spreads to either side lie a normal distribution's middle half."""
_YEAR: Final = timedelta(days=365)
_DAYS: Final = 365.25
_NOTICE_YEARS: Final = 0.25
"""So long, in years, a contract is taken to run whose customer gave notice for no known day."""
_MOVED: Final = 0.05
"""A change within a year from which on it is a trend."""
_CHURN_FROM: Final = ((0.25, ChurnClass.HIGH), (0.12, ChurnClass.MEDIUM))
_FINE_BELOW_EUR: Final = 500


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a customer: contracts as (kind, since, ends), delivered facts, and purchases."""

    contracts: Sequence[tuple[str, date, date | None]]
    facts: Mapping[str, FactValue]
    purchases: Sequence[Purchase]


@dataclass(frozen=True, slots=True)
class FittedModels:
    """What was fitted to all customers; None where there is nothing to fit to."""

    retention: RetentionTable | None
    purchases: PurchaseModel | None

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever uses the values should know."""
        return tuple(note for one in (self.retention, self.purchases) if one is not None for note in one.notes)


FITTED: Final = TypeAdapter(FittedModels)
"""How fitted models are kept as JSON."""


@dataclass(slots=True)
class _Worth:
    """EUR over the horizon by customer: expected, and between which the expectation is; and the EUR-weighted churn."""

    middle: FloatArray
    low: FloatArray
    high: FloatArray
    yearly: FloatArray
    leaving: FloatArray
    known: FloatArray

    @classmethod
    def nothing(cls, customers: int) -> _Worth:
        return cls(*(np.zeros(customers) for _ in range(6)))

    def add(self, places: Sequence[int], middle: FloatArray, low: FloatArray, high: FloatArray) -> None:
        np.add.at(self.middle, places, middle)
        np.add.at(self.low, places, np.minimum(low, high))
        np.add.at(self.high, places, np.maximum(low, high))

    def add_churn(self, places: Sequence[int], yearly: FloatArray, leaving: FloatArray) -> None:
        # Whatever costs more than it brings weighs as little as what brings nothing, and still has a chance to end.
        weight = np.maximum(yearly, 0.01)
        np.add.at(self.yearly, places, weight)
        np.add.at(self.leaving, places, weight * leaving)
        self.known[np.asarray(places, dtype=np.intp)] = 1.0


def values_of(
    customers: Sequence[Known], entry: ValueEntry, models: FittedModels, today: date
) -> list[ValueRecord | None]:
    """Return each customer's value today; None of whom nothing is known that has a margin."""
    now = _worth(customers, entry, models, today, today)
    before = _worth(customers, entry, models, today - _YEAR, today)
    return [
        _record(customers[place], place, now, before, entry, models, today) if now.known[place] else None
        for place in range(len(customers))
    ]


def _worth(customers: Sequence[Known], entry: ValueEntry, models: FittedModels, day: date, today: date) -> _Worth:
    """What they are worth on a day, by the models and margins of today."""
    worth = _Worth.nothing(len(customers))
    if models.retention is not None and entry.margins:
        _add_contracts(worth, customers, entry, models.retention, day, today)
    if models.purchases is not None and entry.purchases is not None:
        _add_purchases(worth, customers, entry, entry.purchases.margin, models.purchases, day)
    return worth


def _add_contracts(
    worth: _Worth, customers: Sequence[Known], entry: ValueEntry, table: RetentionTable, day: date, today: date
) -> None:
    stays: dict[str, list[tuple[int, float, float]]] = {}
    for place, one in enumerate(customers):
        own = [contract for contract in one.contracts if contract[0] in entry.margins and contract[1] <= day]
        if own:
            worth.known[place] = 1.0
        gone = day == today and entry.notice is not None and one.facts.get(entry.notice) is True
        since = {spell.kind: spell.since for spell in spells_of(own, day)}
        for kind, ends in _running(own, day).items():
            margin = _margin(entry.margins[kind], one.facts, len(ends))
            if gone:
                years = max(_NOTICE_YEARS if end is None else (end - day).days / _DAYS for end in ends)
                left = np.array([margin * min(years, entry.horizon_years)])
                worth.add([place], left, left, left)
                worth.add_churn([place], np.array([margin]), np.ones(1))
            else:
                stays.setdefault(kind, []).append((place, (day - since[kind]).days / _DAYS, margin))
    weights = _discounts(entry)
    for kind, rows in stays.items():
        places, tenures, margins = (list(column) for column in zip(*rows, strict=True))
        tenure, margin_year = np.array(tenures), np.array(margins)

        def worth_at(
            sigmas: float, kind: str = kind, tenure: FloatArray = tenure, margin_year: FloatArray = margin_year
        ) -> tuple[FloatArray, FloatArray]:
            runs = table.staying(kind, tenure, entry.horizon_years, sigmas)
            return margin_year * (((runs[:, :-1] + runs[:, 1:]) / 2) @ weights), 1 - runs[:, 1]

        middle, leaving = worth_at(0.0)
        worth.add(places, middle, worth_at(_QUARTILE)[0], worth_at(-_QUARTILE)[0])
        worth.add_churn(places, margin_year, leaving)


def _add_purchases(
    worth: _Worth, customers: Sequence[Known], entry: ValueEntry, share: float, model: PurchaseModel, day: date
) -> None:
    places = [place for place, one in enumerate(customers) if any(at <= day for at, _ in one.purchases)]
    if not places:
        return
    bought = bought_until((customers[place].purchases for place in places), day)
    amounts = expected_amounts(model, bought) * share
    until = [
        expected_purchases(model, bought.repeats, WEEKS_A_YEAR * year) for year in range(1, entry.horizon_years + 1)
    ]
    yearly = np.diff(np.stack([np.zeros(len(places)), *until]), axis=0)
    middle = amounts * (_discounts(entry) @ yearly)
    off = np.minimum(_QUARTILE * uncertainty(model, bought.repeats), 1.0)
    worth.add(places, middle, middle * (1 - off), middle * (1 + off))
    worth.add_churn(places, amounts * yearly[0], 1 - still_customers(model, bought.repeats))


def _running(own: Sequence[tuple[str, date, date | None]], day: date) -> dict[str, list[date | None]]:
    """When the contracts that run on a day end, by kind."""
    found: dict[str, list[date | None]] = {}
    for kind, _, ends in own:
        if ends is None or ends >= day:
            found.setdefault(kind, []).append(ends)
    return found


def _margin(margin: MarginEntry, facts: Mapping[str, FactValue], count: int) -> float:
    """EUR a year; what is not delivered adds nothing."""
    total = margin.eur_year * count
    for name, eur in margin.per_unit.items():
        fact = facts.get(name)
        if isinstance(fact, int | float) and not isinstance(fact, bool):
            total += eur * fact
    return total


def _discounts(entry: ValueEntry) -> FloatArray:
    """What a EUR earned in each year ahead is worth today; on average it comes in the middle of the year."""
    years = np.arange(entry.horizon_years) + 0.5
    return np.asarray((1 + entry.discount_rate) ** -years, dtype=np.float64)


def _record(
    one: Known, place: int, now: _Worth, before: _Worth, entry: ValueEntry, models: FittedModels, today: date
) -> ValueRecord:
    middle = float(now.middle[place])
    off = entry.margin_off * abs(middle)
    # Of whom nothing is left, nobody need fear that he leaves; he has.
    leaving = float(now.leaving[place] / now.yearly[place]) if now.yearly[place] else 1.0
    return ValueRecord(
        value_class=_class(middle, entry.class_from_eur),
        low_eur=_rounded(float(now.low[place]) - off),
        high_eur=_rounded(float(now.high[place]) + off),
        trend=_trend(middle, float(before.middle[place])) if before.known[place] else Trend.FLAT,
        as_of=today,
        horizon_years=entry.horizon_years,
        churn=next((name for least, name in _CHURN_FROM if leaving >= least), ChurnClass.LOW),
        model=_model_of(one, entry, models),
        calculated=True,
    )


def _model_of(one: Known, entry: ValueEntry, models: FittedModels) -> str:
    used = []
    if models.retention is not None and any(kind in entry.margins for kind, _, _ in one.contracts):
        used.append(RETENTION_MODEL)
    if models.purchases is not None and one.purchases:
        whole = models.purchases.frequency is not None and models.purchases.amounts is not None
        used.append(PURCHASE_MODEL if whole else MEAN_MODEL)
    return ", ".join(used)


def _class(eur: float, least: ClassesEntry) -> ValueClass:
    limits = ((least.a, ValueClass.A), (least.b, ValueClass.B), (least.c, ValueClass.C))
    return next((name for limit, name in limits if eur >= limit), ValueClass.D)


def _trend(now: float, before: float) -> Trend:
    changed = now - before
    if math.isclose(changed, 0.0, abs_tol=_MOVED * max(abs(before), 1.0)):
        return Trend.FLAT
    return Trend.UP if changed > 0 else Trend.DOWN


def _rounded(eur: float) -> int:
    step = 10 if abs(eur) < _FINE_BELOW_EUR else 50
    return round(eur / step) * step
