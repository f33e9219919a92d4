"""What a customer is worth to the site: margins, purchases, and how far ahead is looked."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from nba_desktop.backend.decisioning.entries.base import Entry
from nba_desktop.contract.base import Code

_Eur = Annotated[float, Field(ge=-1_000_000, le=1_000_000)]


class MarginEntry(Entry):
    """The contribution margin of one contract of a kind: EUR a year, and EUR for each unit of attributes.

    `per_unit: {kwh_year: 0.018}` adds 54 EUR for a customer of 3,000 kWh; it is added once, however many contracts of
    the kind he has.
    """

    eur_year: _Eur = 0.0
    per_unit: dict[Code, _Eur] = Field(default_factory=dict)


class PurchasesEntry(Entry):
    """Purchases without a contract, such as top-ups: the touchpoint type, and which of its params is the amount in EUR.

    `margin` is the contribution margin as a share of the amount.
    """

    touchpoint: Code
    amount: Code
    margin: Annotated[float, Field(gt=0, le=1)]


class ClassesEntry(Entry):
    """From how many EUR over the horizon a customer is of class A, B or C; everybody else is of class D."""

    a: _Eur = 1000.0
    b: _Eur = 600.0
    c: _Eur = 300.0

    @model_validator(mode="after")
    def _fall(self) -> Self:
        if not self.a > self.b > self.c:
            raise ValueError("the limits of the classes fall from a to c")
        return self


class ValueEntry(Entry):
    """How the customers' lifetime value is calculated; without `margins` and `purchases` it is only imported.

    It is the sum of the expected margins over `horizon_years`, discounted to today. `margin_off` is the share by which
    the margins themselves may be wrong; it widens the range. Of the share `yearly_leaving` of contracts it is assumed
    that they end in a year, as far as the site's own do not say otherwise; what they say is taken from the last
    `window_years`. `notice` is the attribute that says that a customer has given notice. With `at_hour` a server
    calculates once a day from that hour on.
    """

    margins: dict[Code, MarginEntry] = Field(default_factory=dict)
    purchases: PurchasesEntry | None = None
    class_from_eur: ClassesEntry = ClassesEntry()
    discount_rate: Annotated[float, Field(ge=0, le=0.5)] = 0.07
    horizon_years: Annotated[int, Field(ge=1, le=20)] = 5
    margin_off: Annotated[float, Field(ge=0, le=0.9)] = 0.15
    yearly_leaving: Annotated[float, Field(gt=0, lt=1)] = 0.12
    window_years: Annotated[int, Field(ge=1, le=30)] = 5
    notice: Code | None = None
    at_hour: Annotated[int, Field(ge=0, le=23)] | None = None

    @property
    def calculated(self) -> bool:
        """Whether there is anything to calculate by."""
        return bool(self.margins) or self.purchases is not None
