"""The declared attributes: everything a condition may ask and a sentence may say about a customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

AttributeType = Literal["integer", "number", "bool", "text", "date", "words"]
LegalBasis = Literal["service", "legit_interest", "consent:profiling"]
Unit = Literal["", "eur", "ct", "kwh", "kw", "percent", "year", "years", "days"]
Value = str | int | float | bool | date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: what it is, why it may be used, and how it is written in a sentence.

    `words` are codes that sentences say in the customer's language; conditions cannot ask them.
    """

    name: str
    type: AttributeType
    basis: LegalBasis
    description: str
    unit: Unit = ""
    choices: tuple[str, ...] = ()

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
                return isinstance(value, date)
            case "words":
                return isinstance(value, tuple)


Schema = Mapping[str, Attribute]

_CONSENT_STATES = ("NOT_ASKED", "ASKED_OPEN", "REFUSED", "PENDING_CONFIRMATION", "GRANTED", "WITHDRAWN", "EXPIRED")

_DECLARED: Final = (
    # The person and the contracts.
    Attribute("full_name", "text", "service", "first and last name"),
    Attribute("age", "integer", "service", "age in full years", unit="years"),
    Attribute("years_customer", "integer", "service", "full years since the first contract", unit="years"),
    Attribute("language", "text", "service", "language of the customer", choices=("de", "en")),
    Attribute("has_electricity", "bool", "service", "an electricity contract is running"),
    Attribute("has_gas", "bool", "service", "a gas contract is running"),
    Attribute("has_heat", "bool", "service", "a heat contract is running"),
    Attribute("has_charging", "bool", "service", "a charging contract is running"),
    Attribute("has_service", "bool", "service", "a service contract, such as maintenance, is running"),
    Attribute("basic_supply", "bool", "service", "supplied under basic supply"),
    Attribute("contract_ends_on", "date", "service", "end of the fixed term"),
    Attribute("contract_ends_in_days", "integer", "service", "days to the end of the fixed term", unit="days"),
    Attribute("termination_received", "bool", "service", "notice of termination has arrived"),
    Attribute("email_or_mobile", "text", "service", "where a text-form link can be sent"),
    Attribute("has_email", "bool", "service", "an e-mail address is known"),
    Attribute("portal_registered", "bool", "service", "has an account in the customer portal"),
    Attribute("documents_by_post", "bool", "service", "documents are sent by post"),
    Attribute("direct_debit", "bool", "service", "pays by direct debit"),
    Attribute("dunning_level", "integer", "service", "level of the running dunning, 0 for none"),
    # Consumption and bill; the meter's yearly figures are needed for billing.
    Attribute("kwh_year", "integer", "service", "electricity in the last billing year", unit="kwh"),
    Attribute("gas_kwh_year", "integer", "service", "gas in the last billing year", unit="kwh"),
    Attribute("consumption_trend_pct", "integer", "service", "change against the year before", unit="percent"),
    Attribute("balance_forecast_eur", "number", "service", "forecast: > 0 credit, < 0 back payment", unit="eur"),
    Attribute("instalment_eur", "number", "service", "instalment now, a month", unit="eur"),
    Attribute("instalment_proposed_eur", "number", "service", "instalment that would fit, a month", unit="eur"),
    Attribute("bill_date", "date", "service", "date of the next annual bill"),
    Attribute("reading_overdue", "bool", "service", "a meter reading is due and missing"),
    Attribute("above_below", "words", "service", "whether consumption is above or below the year before"),
    Attribute("credit_or_back_payment", "words", "service", "what the forecast balance is called"),
    # Prices; offers come from the tariff system.
    Attribute("price_change_date", "date", "service", "day of an announced price change"),
    Attribute("price_change_in_days", "integer", "service", "days to the announced price change", unit="days"),
    Attribute("unit_price_ct", "number", "service", "unit price now, a kWh", unit="ct"),
    Attribute("unit_price_new_ct", "number", "service", "unit price after the change, a kWh", unit="ct"),
    Attribute("fix_ct", "number", "service", "unit price of the fixed-price offer, a kWh", unit="ct"),
    Attribute("fix_base_eur", "number", "service", "base price of the fixed-price offer, a month", unit="eur"),
    Attribute("fix_saving_eur", "number", "service", "fixed price against the changed price, a year", unit="eur"),
    Attribute("maintenance_eur", "number", "service", "price of the heating service, a month", unit="eur"),
    Attribute("maintenance_day_ct", "integer", "service", "price of the heating service, a day", unit="ct"),
    Attribute("charge_saving_eur", "number", "service", "saving by the grid-fee reduction, a year", unit="eur"),
    # The home and its devices.
    Attribute("home_owner", "bool", "service", "owns the home"),
    Attribute("boiler_type", "text", "service", "heating", choices=("gas", "oil", "heat_pump", "district", "none")),
    Attribute("boiler_year", "integer", "service", "year the boiler was built", unit="year"),
    Attribute("boiler_age", "integer", "service", "age of the boiler", unit="years"),
    Attribute("heating_outage", "bool", "service", "the heating is out today"),
    Attribute("supply_outage", "bool", "service", "a supply outage is reported at the address"),
    Attribute("wallbox", "bool", "service", "a wallbox is registered or was mentioned"),
    Attribute("wallbox_year", "integer", "service", "year the wallbox went into service", unit="year"),
    Attribute("wallbox_kw", "number", "service", "power of the wallbox", unit="kw"),
    Attribute("grid_fee_module", "bool", "service", "a grid-fee reduction under § 14a EnWG is registered"),
    Attribute("smart_meter", "bool", "service", "a smart metering system is installed"),
    Attribute("solar", "bool", "service", "has a solar system"),
    Attribute("roof_suitable", "bool", "legit_interest", "the roof was found suitable for solar"),
    Attribute("moving", "bool", "service", "a move is announced and still ahead"),
    Attribute("move_date", "date", "service", "announced date of a move"),
    Attribute("move_in_area", "bool", "service", "the new address can be supplied"),
    # This contact and the ones before.
    Attribute("concern", "text", "service", "the contact reason the agent chose; none until then"),
    Attribute("concern_solved", "bool", "service", "whether the concern is solved; missing until said"),
    Attribute("open_complaint", "bool", "service", "a complaint is open"),
    Attribute("open_cases", "integer", "service", "number of open cases"),
    Attribute("callback_missed", "bool", "service", "a promised callback was missed within 30 days"),
    Attribute("days_since_trouble", "integer", "service", "days since the last bad experience", unit="days"),
    Attribute("touchpoints_year", "integer", "legit_interest", "contacts within the last 365 days"),
    Attribute("value_class", "text", "legit_interest", "class of the lifetime value", choices=("A", "B", "C", "D")),
    Attribute("churn_class", "text", "legit_interest", "class of the churn risk", choices=("low", "medium", "high")),
    Attribute("consent_phone", "text", "service", "consent to calls about own offers", choices=_CONSENT_STATES),
    Attribute("consent_email", "text", "service", "consent to e-mails about own offers", choices=_CONSENT_STATES),
    Attribute("consent_profiling", "text", "service", "consent to the use of usage data", choices=_CONSENT_STATES),
    Attribute("channels_missing", "words", "service", "channels that may be asked for consent to advertising"),
    # Usage data: only with the customer's consent to profiling.
    Attribute("charging_mail_opened", "bool", "consent:profiling", "opened an e-mail on charging within 60 days"),
    Attribute("tariff_compared", "bool", "consent:profiling", "compared tariffs within 60 days"),
    Attribute("app_logins_30d", "integer", "consent:profiling", "logins to the app within 30 days"),
    Attribute("evening_load_pct", "integer", "consent:profiling", "share of use in the evening", unit="percent"),
)

ATTRIBUTES: Final[Schema] = {attribute.name: attribute for attribute in _DECLARED}
