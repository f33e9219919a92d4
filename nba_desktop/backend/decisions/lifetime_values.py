"""Calculate the customers' lifetime values: fit the models to all of them, then write value by value, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from pydantic import TypeAdapter

from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.ledger import is_objected
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.entries.value import ValueEntry
from nba_desktop.backend.errors import ConfigurationError, Conflict
from nba_desktop.backend.model import ValueRecord
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.values import ValueBasis, ValueRunRow
from nba_desktop.backend.value.bg_nbd import Repeats
from nba_desktop.backend.value.purchases import Bought, PurchaseModel, bought_until, fit_purchases
from nba_desktop.backend.value.retention import RetentionTable, Seen, retention_table, spells_of
from nba_desktop.backend.value.valuing import FITTED, FittedModels, Known, values_of
from nba_desktop.contract.base import new_id

Progress: TypeAlias = Callable[[Literal["reading", "writing"], int, int], None]
"""Told now and then how many customers of how many are done."""

_AT_A_TIME: Final = 1_000


@dataclass(slots=True)
class ValueCounts:
    """What a run came to, in customers.

    `classes` by class, `changed` by the class before and the new one as `B→A`, `first` those who had no value, `kept`
    those whose value was delivered, `objected` those who are not valued because they object to advertising, `unknown`
    those of whom nothing is known that has a margin; `unread` are purchases whose amount is no number.
    """

    classes: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    first: int = 0
    kept: int = 0
    objected: int = 0
    unknown: int = 0
    unread: int = 0

    @property
    def done(self) -> int:
        """How many customers were looked at."""
        return sum(self.classes.values()) + self.kept + self.objected + self.unknown


_COUNTS: Final = TypeAdapter(ValueCounts)


@dataclass(frozen=True, slots=True)
class ValueReport:
    """A run: the models, what it came to, and whether it was done before it was asked for."""

    day: date
    started_at: datetime
    ended_at: datetime | None
    catalogue_version: str
    models: FittedModels
    counts: ValueCounts
    done_before: bool = False


class ValueService:
    """Runs the calculation by what the catalogue in force says of it."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def run(
        self, progress: Progress, dry_run: bool = False, again: bool = False, replace_delivered: bool = False
    ) -> ValueReport:
        """Calculate once a day; a run that was cut short goes on where it was, with the models it had fitted.

        With `again` it is done anew, with `dry_run` nothing is written. Values that were delivered stay, unless they
        are to be replaced. Raises `ConfigurationError` where the catalogue says nothing to calculate by, `Conflict`
        when another run goes on.
        """
        with self._store.read() as unit:
            catalogue = self._catalogues.in_force(unit).live
            last = unit.values.last_run()
        if not catalogue.entry.value.calculated:
            raise ConfigurationError(
                "the catalogue in force says nothing to calculate values by: declare margins or purchases in its part "
                "`value:`, or import values"
            )
        today = self._clock().astimezone(catalogue.zone).date()
        of_today = last is not None and last.day == today and last.catalogue_version == catalogue.version
        if last is not None and of_today and not (again or dry_run):
            if last.ended_at is not None:
                return replace(_report(last), done_before=True)
            return self._written(last, catalogue, progress, replace_delivered)
        started = self._clock()
        models = self._fitted(catalogue, today, progress)
        run = ValueRunRow(
            new_id(), today, started, None, catalogue.version, _json(models), None, _json_of(ValueCounts())
        )
        if dry_run:
            return self._tried(run, models, catalogue, progress, replace_delivered)
        with self._store.write() as unit:
            if last is not None and last.ended_at is None:
                # It never goes on, and no customer's id is to stay behind.
                unit.values.keep_run(replace(last, after=None))
            unit.values.keep_run(run)
        return self._written(run, catalogue, progress, replace_delivered)

    def run_if_due(self) -> ValueReport | None:
        """Calculate when the site's hour has come and today's run is not done; None otherwise."""
        with self._store.read() as unit:
            catalogue = self._catalogues.in_force(unit).live
            last = unit.values.last_run()
        entry, now = catalogue.entry.value, self._clock().astimezone(catalogue.zone)
        if entry.at_hour is None or not entry.calculated or now.hour < entry.at_hour:
            return None
        if last is not None and last.day == now.date() and last.ended_at is not None:
            return None
        return self.run(_tell_nobody)

    def last(self) -> ValueReport | None:
        """Return the run that began last, or None."""
        with self._store.read() as unit:
            run = unit.values.last_run()
        return None if run is None else _report(run)

    def _fitted(self, catalogue: Catalogue, today: date, progress: Progress) -> FittedModels:
        entry = catalogue.entry.value
        seen = Seen(today, entry.window_years)
        bought: list[Bought] = []
        done = 0
        with self._store.read() as unit:
            total = unit.values.count()
        for page in self._pages(entry, ""):
            known = [_known(one, catalogue.zone) for one in page]
            owned = ([row for row in one.contracts if row[0] in entry.margins] for one in known)
            seen.add([spell for rows in owned for spell in spells_of(rows, today)])
            buyers = [one.purchases for one in known if any(at <= today for at, _ in one.purchases)]
            if buyers:
                bought.append(bought_until(buyers, today))
            done += len(page)
            progress("reading", done, total)
        table: RetentionTable | None = None
        purchases: PurchaseModel | None = None
        if entry.margins:
            table = retention_table(seen, entry.yearly_leaving)
        if entry.purchases is not None:
            purchases = fit_purchases(_joined(bought), entry.yearly_leaving)
        return FittedModels(table, purchases)

    def _tried(
        self, run: ValueRunRow, models: FittedModels, catalogue: Catalogue, progress: Progress, replacing: bool
    ) -> ValueReport:
        counts = ValueCounts()
        with self._store.read() as unit:
            total = unit.values.count()
        for page in self._pages(catalogue.entry.value, ""):
            _valued(page, counts, models, catalogue, run.day, replacing)
            progress("writing", counts.done, total)
        return replace(_report(run), counts=counts, ended_at=self._clock())

    def _written(self, run: ValueRunRow, catalogue: Catalogue, progress: Progress, replacing: bool) -> ValueReport:
        models = FITTED.validate_json(run.models)
        with self._store.read() as unit:
            total = unit.values.count()
        while run.ended_at is None:
            with self._store.write() as unit:
                run = self._step(unit, run, models, catalogue, replacing)
            progress("writing", _COUNTS.validate_json(run.counts).done, total)
        return _report(run)

    def _step(
        self, unit: Unit, run: ValueRunRow, models: FittedModels, catalogue: Catalogue, replacing: bool
    ) -> ValueRunRow:
        """Write the values of one page, with how far the run is then, in one transaction."""
        if unit.values.last_run() != run:
            raise Conflict("another run of the values goes on: wait for its end")
        page = _page(unit, catalogue.entry.value, run.after or "")
        counts = _COUNTS.validate_json(run.counts)
        if page:
            unit.values.put(_valued(page, counts, models, catalogue, run.day, replacing))
            run = replace(run, after=page[-1].customer_id, counts=_json_of(counts))
        else:
            run = replace(run, after=None, ended_at=self._clock())
        unit.values.keep_run(run)
        return run

    def _pages(self, entry: ValueEntry, after: str) -> Iterator[Sequence[ValueBasis]]:
        """Every customer, a transaction for each page: none is open for long."""
        while True:
            with self._store.read() as unit:
                page = _page(unit, entry, after)
            if not page:
                return
            yield page
            after = page[-1].customer_id


def _valued(
    page: Sequence[ValueBasis],
    counts: ValueCounts,
    models: FittedModels,
    catalogue: Catalogue,
    day: date,
    replacing: bool,
) -> dict[str, ValueRecord | None]:
    """The values of a page's customers that are to be written or removed; `counts` is told of all of them."""
    entry = catalogue.entry.value
    found: dict[str, ValueRecord | None] = {}
    values = values_of([_known(one, catalogue.zone) for one in page], entry, models, day)
    for one, value in zip(page, values, strict=True):
        counts.unread += one.unread
        if one.value_class is not None and not one.calculated and not replacing:
            counts.kept += 1
        elif one.objected:
            # An objection to advertising is one to the profiling for it (Art. 21 (2) GDPR).
            counts.objected += 1
            if one.value_class is not None:
                found[one.customer_id] = None
        elif value is None:
            counts.unknown += 1
        else:
            found[one.customer_id] = value
            new = value.value_class.value
            counts.classes[new] = counts.classes.get(new, 0) + 1
            if one.value_class is None:
                counts.first += 1
            elif one.value_class is not value.value_class:
                step = f"{one.value_class.value}→{new}"
                counts.changed[step] = counts.changed.get(step, 0) + 1
    return found


def _page(unit: Unit, entry: ValueEntry, after: str) -> Sequence[ValueBasis]:
    """The next customers; of those who ever objected to advertising, whether they still do."""
    bought = entry.purchases
    page = unit.values.page(after, _AT_A_TIME, None if bought is None else (bought.touchpoint, bought.amount))
    return [
        replace(one, objected=is_objected(unit.consents.of_customer(one.customer_id))) if one.objected else one
        for one in page
    ]


def _known(one: ValueBasis, zone: ZoneInfo) -> Known:
    return Known(one.contracts, one.facts, [(at.astimezone(zone).date(), amount) for at, amount in one.purchases])


def _joined(parts: Sequence[Bought]) -> Bought:
    none = np.zeros(0)

    def all_of(arrays: Iterator[FloatArray]) -> FloatArray:
        return np.concatenate([none, *arrays])

    return Bought(
        Repeats(
            all_of(one.repeats.count for one in parts),
            all_of(one.repeats.last for one in parts),
            all_of(one.repeats.time for one in parts),
        ),
        all_of(one.amount for one in parts),
        all_of(one.first for one in parts),
    )


def _report(run: ValueRunRow) -> ValueReport:
    return ValueReport(
        day=run.day,
        started_at=run.started_at,
        ended_at=run.ended_at,
        catalogue_version=run.catalogue_version,
        models=FITTED.validate_json(run.models),
        counts=_COUNTS.validate_json(run.counts),
    )


def _json(models: FittedModels) -> str:
    return FITTED.dump_json(models).decode()


def _json_of(counts: ValueCounts) -> str:
    return _COUNTS.dump_json(counts).decode()


def _tell_nobody(_step: str, _done: int, _total: int) -> None:
    """A server draws no bar."""
