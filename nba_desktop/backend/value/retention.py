"""How long contracts last: a table of yearly rates of leaving over kind and tenure, from the site's own contracts.

A rate is ends ÷ contract-years at risk. What is seen begins with the window: a contract that was older then is counted
from its tenure of then on (delayed entry), one that still runs counts until today (censored). Where little was seen of
a kind, its rate is drawn towards that of all kinds at this tenure, and that towards the rate of all contracts, by a
gamma prior worth some contract-years.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

import numpy as np

from nba_desktop.backend.arrays import FloatArray

BANDS: Final = (0.0, 1.0, 2.0, 3.0, 5.0, 10.0)
"""Where the bands of tenure begin, in years; the last has no end."""
PRIOR_YEARS: Final = 100.0
"""How many contract-years the wider rate weighs beside the narrower one."""
_DAYS: Final = 365.25
_SAME_AGAIN: Final = timedelta(days=60)
"""Whoever has a contract of the same kind again so soon did not leave: he changed the tariff, or moved."""
_BEYOND: Final = 100.0


@dataclass(frozen=True, slots=True)
class Spell:
    """Without a break a customer of a kind of contract: from `since` until `until`, or still with None."""

    kind: str
    since: date
    until: date | None


@dataclass(slots=True)
class Seen:
    """Ends and contract-years by kind and band of tenure; filled a few customers at a time."""

    today: date
    window_years: float
    ends: dict[str, FloatArray] = field(default_factory=dict)
    years: dict[str, FloatArray] = field(default_factory=dict)

    def add(self, spells: Sequence[Spell]) -> None:
        """Count contracts."""
        if not spells:
            return
        edges = np.array([*BANDS, _BEYOND])
        opened = self.today - timedelta(days=round(self.window_years * _DAYS))
        for kind in sorted({one.kind for one in spells}):
            own = [one for one in spells if one.kind == kind and one.since < self.today]
            left = [one for one in own if one.until is not None and opened <= one.until <= self.today]
            shown = [one for one in own if one.until is None or one.until > opened]
            begin = np.array([(max(one.since, opened) - one.since).days for one in shown]) / _DAYS
            end = np.array([(min(one.until or self.today, self.today) - one.since).days for one in shown]) / _DAYS
            years = np.array([
                (np.minimum(end, above) - np.maximum(begin, below)).clip(0).sum()
                for below, above in pairwise(edges.tolist())
            ])  # fmt: skip
            tenures = [(one.until - one.since).days / _DAYS for one in left if one.until is not None]
            ends = np.histogram(tenures, edges)[0].astype(np.float64)
            none = np.zeros(len(BANDS))
            self.years[kind] = self.years.get(kind, none) + years
            self.ends[kind] = self.ends.get(kind, none) + ends


@dataclass(frozen=True, slots=True)
class RetentionTable:
    """Rates of leaving a year by kind, a number for each band of tenure, and how far they may be off (spread ÷ rate).

    `seen` are the ends and the contract-years behind each rate; a kind that was never seen has the rates of all.
    """

    rates: Mapping[str, tuple[float, ...]]
    spreads: Mapping[str, tuple[float, ...]]
    of_all: tuple[float, ...]
    of_all_spread: tuple[float, ...]
    seen: Mapping[str, tuple[tuple[int, float], ...]]
    notes: tuple[str, ...] = ()

    def staying(self, kind: str, tenure: FloatArray, years: int, sigmas: float = 0.0) -> FloatArray:
        """The probability that a contract of some tenure (years) still runs after 0, 1 … `years` years.

        One row for each contract. With `sigmas` all rates are off by so many of their spreads.
        """
        rates = np.array(self.rates.get(kind, self.of_all))
        spreads = np.array(self.spreads.get(kind, self.of_all_spread))
        rates = np.maximum(rates * (1 + sigmas * spreads), 0.0)
        edges = np.array([*BANDS, _BEYOND + years])
        summed = np.concatenate([[0.0], np.cumsum(rates * np.diff(edges))])
        tenures = np.minimum(tenure, _BEYOND)[:, None] + np.arange(years + 1)
        gone = np.interp(tenures, edges, summed) - np.interp(tenures[:, :1], edges, summed)
        return np.asarray(np.exp(-gone), dtype=np.float64)


def spells_of(contracts: Sequence[tuple[str, date, date | None]], today: date) -> list[Spell]:
    """Join a customer's contracts (kind, since, ends) into spells, as they are known `today`.

    A day in the future on which a contract ends is that of its term, after which it is prolonged; a contract that
    begins later is not there yet.
    """
    spells: list[Spell] = []
    for kind, since, ends in sorted(contracts, key=lambda one: (one[0], one[1])):
        if since > today:
            continue
        until = ends if ends is not None and ends < today else None
        before = spells[-1] if spells and spells[-1].kind == kind else None
        if before is not None and (before.until is None or since <= before.until + _SAME_AGAIN):
            later = None if before.until is None or until is None else max(before.until, until)
            spells[-1] = Spell(kind, before.since, later)
        else:
            spells.append(Spell(kind, since, until))
    return spells


def retention_table(seen: Seen, yearly_leaving: float) -> RetentionTable:
    """Turn what was seen into rates; `yearly_leaving` is what the catalogue assumes where nothing says otherwise."""
    assumed = float(-np.log1p(-yearly_leaving))
    ends = sum(seen.ends.values(), np.zeros(len(BANDS)))
    years = sum(seen.years.values(), np.zeros(len(BANDS)))
    notes: list[str] = []
    if years.sum() == 0:
        notes.append("there is no contract to learn from: the rates are the one that the catalogue assumes")
    elif ends.sum() == 0:
        notes.append(
            f"no contract has ended in the last {seen.window_years:g} years, as if nobody ever left: deliver ended "
            "contracts too; until then the rates lean on the one that the catalogue assumes"
        )
    # Without a single end the assumption stands: no number of running contracts says that ended ones were delivered.
    grand = assumed if ends.sum() == 0 else (ends.sum() + PRIOR_YEARS * assumed) / (years.sum() + PRIOR_YEARS)
    if ends.sum() == 0:
        ends, years = np.zeros(len(BANDS)), np.zeros(len(BANDS))
    wide, wide_spread = _drawn(ends, years, np.full(len(BANDS), grand))
    kinds = {
        kind: _drawn(seen.ends[kind], seen.years[kind], wide) if ends.sum() else (wide, wide_spread)
        for kind in sorted(seen.years)
    }
    return RetentionTable(
        rates={kind: tuple(rates.tolist()) for kind, (rates, _) in kinds.items()},
        spreads={kind: tuple(spreads.tolist()) for kind, (_, spreads) in kinds.items()},
        of_all=tuple(wide.tolist()),
        of_all_spread=tuple(wide_spread.tolist()),
        seen={
            kind: tuple((int(left), round(float(run), 1)) for left, run in zip(seen.ends[kind], own, strict=True))
            for kind, own in sorted(seen.years.items())
        },
        notes=tuple(notes),
    )


def _drawn(ends: FloatArray, years: FloatArray, towards: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The rates drawn towards others, and the spread of each ÷ itself (a gamma posterior's)."""
    counted = ends + PRIOR_YEARS * towards
    rates = counted / (years + PRIOR_YEARS)
    return rates, np.where(counted > 0, 1 / np.sqrt(np.maximum(counted, 1e-9)), 0.0)
