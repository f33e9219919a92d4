"""The customers of a simulation: generated ones, or those of a backend's store with everything that is known of them.

People are read a few at a time, so that there may be many of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from nba_desktop.backend.consent.ledger import consent_facts
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.load_samples import sample_entry
from nba_desktop.backend.model import ConsentFacts, CustomerRecord, PastExposure, PastResponse, TouchpointRecord
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.samples.customer import SampleCustomer
from nba_desktop.backend.samples.generator import sample_customers

_AT_A_TIME: Final = 500

Source = Literal["generated", "store"]


@dataclass(frozen=True, slots=True)
class Person:
    """One customer with what a decision looks at."""

    record: CustomerRecord
    touchpoints: tuple[TouchpointRecord, ...]
    consents: ConsentFacts
    past: tuple[PastResponse, ...] = ()
    exposures: tuple[PastExposure, ...] = ()


@dataclass(frozen=True, slots=True)
class Population:
    """How many people there are, where they are from, and they themselves, to be gone through once."""

    size: int
    source: Source
    seed: int
    people: Iterator[Person]


def generated_population(resources: Path, now: datetime, size: int, seed: int) -> Population:
    """Generate customers, the named samples first; the same seed and moment give the same ones.

    `resources` is the folder that holds `sample/`. Raises `SampleDataError` when its files are not usable.
    """
    samples = sample_customers(resources, now, size, seed)
    return Population(size, "generated", seed, (_generated(one) for one in islice(samples, size)))


def stored_population(store: Store, size: int | None, seed: int, shown_since: datetime | None) -> Population:
    """Draw customers of a store by lot, or take all of them where `size` is None or there are not so many.

    What was shown to them is read from `shown_since` on, or not at all. Raises `ConfigurationError` for a store
    without customers.
    """
    with store.read() as unit:
        ids = unit.customers.ids()
    if not ids:
        raise ConfigurationError(
            "there are no customers in this backend: load some (`samples load`), or simulate with generated ones by "
            "leaving --data away"
        )
    if size is not None and size < len(ids):
        ids = sorted(random.Random(seed).sample(list(ids), size))
    return Population(len(ids), "store", seed, _stored(store, ids, shown_since))


def _generated(sample: SampleCustomer) -> Person:
    consents = consent_facts([sample_entry(consent, sample) for consent in sample.consents])
    return Person(sample.record, sample.touchpoints, consents, sample.past)


def _stored(store: Store, ids: Sequence[str], shown_since: datetime | None) -> Iterator[Person]:
    for start in range(0, len(ids), _AT_A_TIME):
        with store.read() as unit:
            people = [
                _of_store(unit, record, shown_since)
                for record in unit.customers.several(ids[start : start + _AT_A_TIME])
            ]
        yield from people


def _of_store(unit: Unit, record: CustomerRecord, shown_since: datetime | None) -> Person:
    customer_id = record.customer_id
    return Person(
        record=record,
        touchpoints=unit.customers.touchpoints(customer_id),
        consents=consent_facts(unit.consents.of_customer(customer_id)),
        past=unit.decisions.past_responses(customer_id),
        exposures=() if shown_since is None else unit.decisions.past_exposures(customer_id, shown_since),
    )
