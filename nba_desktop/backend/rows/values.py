"""Lifetime values and the runs that calculate them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from nba_desktop.backend.model import FactValue
from nba_desktop.contract.codes import ValueClass


@dataclass(frozen=True, slots=True)
class ValueBasis:
    """What a customer's lifetime value is calculated from, and the value he has.

    Contracts as (kind, since, ends), purchases as (moment, EUR) with the number of those whose amount cannot be read.
    `objected` says whether he ever objected to advertising.
    """

    customer_id: str
    contracts: tuple[tuple[str, date, date | None], ...]
    facts: Mapping[str, FactValue]
    purchases: tuple[tuple[datetime, float], ...]
    unread: int
    value_class: ValueClass | None
    calculated: bool
    objected: bool


@dataclass(frozen=True, slots=True)
class ValueRunRow:
    """A run that calculates lifetime values on the site's `day`: the fitted models, and the last customer valued.

    `models` and `counts` are JSON.
    """

    run_id: UUID
    day: date
    started_at: datetime
    ended_at: datetime | None
    catalogue_version: str
    models: str
    after: str | None
    counts: str
