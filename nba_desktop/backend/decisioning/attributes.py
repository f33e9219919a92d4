"""The declared attributes: everything a condition may ask and a sentence may say about a customer.

The register says of each attribute where it comes from, why it may be used, how old it may be, and whether the
learning model may look at it. Never a feature is what names or identifies a person, protected traits and what stands
for them (age, language), payment trouble (that would be credit scoring), and the answer to the question whether usage
data may be used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Final, Literal, NamedTuple

AttributeType = Literal["integer", "number", "bool", "text", "date", "words"]
LegalBasis = Literal["service", "legit_interest", "consent:profiling"]
Unit = str
"""Nothing, or one of eur, ct, kwh, kw, percent, year, years, days; any other is written behind the number as it is."""

Source = str
"""The system an attribute comes from, such as billing or crm."""

Value = str | int | float | bool | date | tuple[str, ...] | None

NO_CONCERN: Final = "none"
"""What the attribute `concern` says until the agent has chosen one."""

CONTACT_POINTS: Final = frozenset({"full_name", "email_or_mobile"})
"""Needed in what is said and done; no rule may ask them, and the record of a decision does without them."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: what it is, why it may be used, and how it is written in a sentence.

    `words` are codes that sentences say in the customer's language; conditions cannot ask them. A delivery older than
    `freshness_days` counts as missing (None: no limit). What is `known` only after the decision is neither condition
    nor feature. `edges` are the ascending cut points that turn a number into classes for the learning model. `german`
    is the description of an attribute of a site that gives it in both languages.
    """

    name: str
    type: AttributeType
    basis: LegalBasis
    description: str
    source: Source
    unit: Unit = ""
    choices: tuple[str, ...] = ()
    freshness_days: int | None = None
    known: Literal["before", "after"] = "before"
    feature: bool = False
    edges: tuple[float, ...] = ()
    german: str = ""

    def accepts(self, value: object) -> bool:
        """Whether `value` has this attribute's type; a missing value always fits."""
        if value is None:
            return True
        match self.type:
            case "bool":
                return isinstance(value, bool)
            case "integer":
                return isinstance(value, int) and not isinstance(value, bool)
            case "number":
                return isinstance(value, int | float) and not isinstance(value, bool)
            case "text":
                return isinstance(value, str) and (not self.choices or value in self.choices)
            case "date":
                return isinstance(value, date) and not isinstance(value, datetime)
            case "words":
                return isinstance(value, tuple)


Schema = Mapping[str, Attribute]


class RegisterRow(NamedTuple):
    """One attribute in the register's documentation; no freshness means that it does not age."""

    name: str
    type: AttributeType
    source: Source
    basis: LegalBasis
    freshness_days: int | None
    unit: Unit
    choices: tuple[str, ...]
    feature: bool
    description: str


def describe_register(schema: Schema) -> tuple[RegisterRow, ...]:
    """The register as rows, in the order of declaration."""
    return tuple(
        RegisterRow(
            name=one.name,
            type=one.type,
            source=one.source,
            basis=one.basis,
            freshness_days=one.freshness_days,
            unit=one.unit,
            choices=one.choices,
            feature=one.feature,
            description=one.description,
        )
        for one in schema.values()
    )


_CONSENT_STATES = ("NOT_ASKED", "ASKED_OPEN", "REFUSED", "PENDING_CONFIRMATION", "GRANTED", "WITHDRAWN", "EXPIRED")

# Where an attribute comes from and how old it may be: a week, a month or a billing year and some days of grace.
_billing_week = partial(Attribute, source="billing", freshness_days=7)
_billing_month = partial(Attribute, source="billing", freshness_days=40)
_billing_year = partial(Attribute, source="billing", freshness_days=400)
_calendar = partial(Attribute, source="calendar")
_contact = partial(Attribute, source="contact")
_contract = partial(Attribute, source="contract")
_contract_week = partial(Attribute, source="contract", freshness_days=7)
_crm = partial(Attribute, source="crm")
_crm_day = partial(Attribute, source="crm", freshness_days=1)
_crm_month = partial(Attribute, source="crm", freshness_days=40)
_grid_day = partial(Attribute, source="grid", freshness_days=1)
_grid_month = partial(Attribute, source="grid", freshness_days=40)
_journey = partial(Attribute, source="journey")
_ledger = partial(Attribute, source="ledger")
_metering_week = partial(Attribute, source="metering", freshness_days=7)
_metering_month = partial(Attribute, source="metering", freshness_days=40)
_portal = partial(Attribute, source="portal", freshness_days=7)
_tariff = partial(Attribute, source="tariff", freshness_days=7)
_value_model = partial(Attribute, source="value model", freshness_days=40)

_DECLARED: Final = (
    # The calendar.
    _calendar("today", "date", "service", "the day of the decision"),
    # The person and the contracts.
    _crm("full_name", "text", "service", "first and last name"),
    _crm("age", "integer", "service", "age in full years", unit="years"),
    _crm("years_customer", "integer", "service", "full years since the first contract", unit="years"),
    _crm("language", "text", "service", "language of the customer", choices=("de", "en")),
    _contract("has_electricity", "bool", "service", "an electricity contract is running"),
    _contract("has_gas", "bool", "service", "a gas contract is running"),
    _contract("has_heat", "bool", "service", "a heat contract is running"),
    _contract("has_charging", "bool", "service", "a charging contract is running"),
    _contract("has_service", "bool", "service", "a service contract, such as maintenance, is running"),
    _contract("basic_supply", "bool", "service", "supplied under basic supply"),
    _contract_week("contract_ends_on", "date", "service", "end of the fixed term"),
    _contract_week("contract_ends_in_days", "integer", "service", "days to the end of the fixed term", unit="days"),
    _contract_week("termination_received", "bool", "service", "notice of termination has arrived"),
    _crm("vulnerable", "bool", "service", "known to need special protection: nothing is sold to him"),
    _crm("email_or_mobile", "text", "service", "where a text-form link can be sent"),
    _crm("has_email", "bool", "service", "an e-mail address is known"),
    _portal("portal_registered", "bool", "service", "has an account in the customer portal"),
    _crm("documents_by_post", "bool", "service", "documents are sent by post"),
    _billing_week("direct_debit", "bool", "service", "pays by direct debit"),
    _billing_week("dunning_level", "integer", "service", "level of the running dunning, 0 for none"),
    # Consumption and bill; the meter's yearly figures are needed for billing.
    _billing_year("kwh_year", "integer", "service", "electricity in the last billing year", unit="kwh"),
    _billing_year("gas_kwh_year", "integer", "service", "gas in the last billing year", unit="kwh"),
    _billing_year("consumption_trend_pct", "integer", "service", "change against the year before", unit="percent"),
    _billing_month("balance_forecast_eur", "number", "service", "forecast: > 0 credit, < 0 back payment", unit="eur"),
    _billing_month("instalment_eur", "number", "service", "instalment now, a month", unit="eur"),
    _billing_month("instalment_proposed_eur", "number", "service", "instalment that would fit, a month", unit="eur"),
    _billing_week("bill_date", "date", "service", "date of the next annual bill"),
    _metering_week("reading_overdue", "bool", "service", "a meter reading is due and missing"),
    _billing_year("above_below", "words", "service", "whether consumption is above or below the year before"),
    _billing_month("credit_or_back_payment", "words", "service", "what the forecast balance is called"),
    # Prices; offers come from the tariff system.
    _tariff("price_change_date", "date", "service", "day of an announced price change"),
    _tariff("price_change_in_days", "integer", "service", "days to the announced price change", unit="days"),
    _tariff("unit_price_ct", "number", "service", "unit price now, a kWh", unit="ct"),
    _tariff("unit_price_new_ct", "number", "service", "unit price after the change, a kWh", unit="ct"),
    _tariff("fix_ct", "number", "service", "unit price of the fixed-price offer, a kWh", unit="ct"),
    _tariff("fix_base_eur", "number", "service", "base price of the fixed-price offer, a month", unit="eur"),
    _tariff("fix_saving_eur", "number", "service", "fixed price against the changed price, a year", unit="eur"),
    _tariff("maintenance_eur", "number", "service", "price of the heating service, a month", unit="eur"),
    _tariff("maintenance_day_ct", "integer", "service", "price of the heating service, a day", unit="ct"),
    _tariff("charge_saving_eur", "number", "service", "saving by the grid-fee reduction, a year", unit="eur"),
    # The home and its devices.
    _crm("home_owner", "bool", "service", "owns the home"),
    _crm("boiler_type", "text", "service", "heating", choices=("gas", "oil", "heat_pump", "district", "none")),
    _crm("boiler_year", "integer", "service", "year the boiler was built", unit="year"),
    _crm("boiler_age", "integer", "service", "age of the boiler", unit="years"),
    _crm_day("heating_outage", "bool", "service", "the heating is out today"),
    _grid_day("supply_outage", "bool", "service", "a supply outage is reported at the address"),
    _crm("wallbox", "bool", "service", "a wallbox is registered or was mentioned"),
    _crm("wallbox_year", "integer", "service", "year the wallbox went into service", unit="year"),
    _crm("wallbox_kw", "number", "service", "power of the wallbox", unit="kw"),
    _grid_month("grid_fee_module", "bool", "service", "a grid-fee reduction under § 14a EnWG is registered"),
    _metering_week("smart_meter", "bool", "service", "a smart metering system is installed"),
    _grid_month("solar", "bool", "service", "has a solar system"),
    _crm("roof_suitable", "bool", "legit_interest", "the roof was found suitable for solar"),
    _crm_month("moving", "bool", "service", "a move is announced and still ahead"),
    _crm_month("move_date", "date", "service", "announced date of a move"),
    _crm_month("move_in_area", "bool", "service", "the new address can be supplied"),
    # This contact and the ones before.
    _contact("concern", "text", "service", "the contact reason the agent chose; none until then"),
    _contact("concern_solved", "bool", "service", "whether the concern is solved; missing until said"),
    _contact("complaint_noticed", "bool", "service", "the agent noticed a complaint in this call"),
    _contact("outage_noticed", "bool", "service", "the agent noticed an outage in this call"),
    _contact("vulnerable_noticed", "bool", "service", "the agent noticed that the caller needs special protection"),
    _contact("representative", "bool", "service", "somebody else speaks for the customer"),
    _crm("open_complaint", "bool", "service", "a complaint is open"),
    _journey("open_cases", "integer", "service", "number of open cases"),
    _journey("callback_missed", "bool", "service", "a promised callback was missed within 30 days"),
    _journey("days_since_trouble", "integer", "service", "days since the last bad experience", unit="days"),
    _journey("touchpoints_year", "integer", "legit_interest", "contacts within the last 365 days"),
    _value_model("value_class", "text", "legit_interest", "class of the lifetime value", choices=("A", "B", "C", "D")),
    _value_model("churn_class", "text", "legit_interest", "class of the churn risk", choices=("low", "medium", "high")),
    _ledger("consent_phone", "text", "service", "consent to calls about own offers", choices=_CONSENT_STATES),
    _ledger("consent_email", "text", "service", "consent to e-mails about own offers", choices=_CONSENT_STATES),
    _ledger("consent_profiling", "text", "service", "consent to the use of usage data", choices=_CONSENT_STATES),
    _ledger("channels_missing", "words", "service", "channels that may be asked for consent to advertising"),
    # Usage data: only with the customer's consent to profiling.
    _portal("charging_mail_opened", "bool", "consent:profiling", "opened an e-mail on charging within 60 days"),
    _portal("tariff_compared", "bool", "consent:profiling", "compared tariffs within 60 days"),
    _portal("app_logins_30d", "integer", "consent:profiling", "logins to the app within 30 days"),
    _metering_month("evening_load_pct", "integer", "consent:profiling", "share of use in the evening", unit="percent"),
)

_FEATURES: Final[Mapping[str, tuple[float, ...]]] = {
    # The contracts.
    "years_customer": (1, 3, 5, 10, 20),
    "has_electricity": (),
    "has_gas": (),
    "has_heat": (),
    "has_charging": (),
    "has_service": (),
    "basic_supply": (),
    "contract_ends_in_days": (0, 30, 60, 90, 180, 365),
    "termination_received": (),
    "portal_registered": (),
    "documents_by_post": (),
    "direct_debit": (),
    # Consumption, bill and prices.
    "kwh_year": (1500, 2500, 3500, 5000, 8000),
    "gas_kwh_year": (5000, 10000, 15000, 20000, 30000),
    "consumption_trend_pct": (-20, -5, 5, 20),
    "balance_forecast_eur": (-300, -100, 0, 100, 300),
    "instalment_eur": (50, 80, 120, 180, 250),
    "reading_overdue": (),
    "price_change_in_days": (0, 14, 42, 90),
    "fix_saving_eur": (0, 25, 50, 100, 200),
    "charge_saving_eur": (0, 50, 100, 200),
    # The home and its devices.
    "home_owner": (),
    "boiler_type": (),
    "boiler_age": (5, 10, 15, 20, 30),
    "heating_outage": (),
    "supply_outage": (),
    "wallbox": (),
    "grid_fee_module": (),
    "smart_meter": (),
    "solar": (),
    "roof_suitable": (),
    "moving": (),
    "move_in_area": (),
    # This contact and the ones before.
    "concern": (),
    "concern_solved": (),
    "open_complaint": (),
    "open_cases": (1, 2, 4),
    "callback_missed": (),
    "days_since_trouble": (7, 30, 90, 365),
    "touchpoints_year": (1, 3, 6, 12),
    "value_class": (),
    "churn_class": (),
    "consent_phone": (),
    "consent_email": (),
    # Usage data.
    "charging_mail_opened": (),
    "tariff_compared": (),
    "app_logins_30d": (1, 4, 10),
    "evening_load_pct": (20, 30, 40, 50),
}
"""What the learning model may look at; numbers with the cut points of their classes."""

ATTRIBUTES: Final[Schema] = {
    one.name: replace(one, feature=one.name in _FEATURES, edges=_FEATURES.get(one.name, ())) for one in _DECLARED
}
