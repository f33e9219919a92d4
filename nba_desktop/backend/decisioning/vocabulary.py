"""The words of one site: which attributes, touchpoints and kinds of contract there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Schema
from nba_desktop.backend.journey.types import TOUCHPOINT_TYPES, TouchpointType

CONTRACT_KINDS: Final = frozenset({"electricity", "gas", "heat", "charging", "service"})
"""What an energy utility supplies."""

_ENERGY_ATTRIBUTES: Final = frozenset(
    {
        *(f"has_{kind}" for kind in CONTRACT_KINDS),
        "above_below",
        "balance_forecast_eur",
        "basic_supply",
        "bill_date",
        "boiler_age",
        "boiler_type",
        "boiler_year",
        "charge_saving_eur",
        "charging_mail_opened",
        "consumption_trend_pct",
        "credit_or_back_payment",
        "evening_load_pct",
        "fix_base_eur",
        "fix_ct",
        "fix_saving_eur",
        "gas_kwh_year",
        "grid_fee_module",
        "heating_outage",
        "instalment_eur",
        "instalment_proposed_eur",
        "kwh_year",
        "maintenance_day_ct",
        "maintenance_eur",
        "reading_overdue",
        "roof_suitable",
        "smart_meter",
        "solar",
        "supply_outage",
        "unit_price_ct",
        "unit_price_new_ct",
        "wallbox",
        "wallbox_kw",
        "wallbox_year",
    }
)
_ENERGY_TOUCHPOINTS: Final = frozenset({"bill", "bill_question", "instalment_changed", "meter_reading"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may be delivered of a customer: attributes and touchpoint types by their names, kinds of contract."""

    attributes: Schema
    touchpoint_types: Mapping[str, TouchpointType]
    contract_kinds: frozenset[str]


BUILT_IN: Final = Vocabulary(ATTRIBUTES, TOUCHPOINT_TYPES, CONTRACT_KINDS)
"""What a catalogue of the trade `energy` knows without naming it."""

GENERAL: Final = Vocabulary(
    {name: one for name, one in ATTRIBUTES.items() if name not in _ENERGY_ATTRIBUTES},
    {code: one for code, one in TOUCHPOINT_TYPES.items() if code not in _ENERGY_TOUCHPOINTS},
    frozenset(),
)
"""What a catalogue of any other trade knows: the person, the contract's term, consents, the contact and the journey."""
