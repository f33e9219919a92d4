"""The values of every declared attribute for one customer at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from nba_desktop.backend.decisioning.attributes import LegalBasis, Schema, Value
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.journey.cases import open_cases
from nba_desktop.backend.model import ConsentFacts, CustomerRecord, TouchpointRecord
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState, ContactChannel, Experience

_YEAR_DAYS: Final = 365
_CALLBACK_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class CustomerValues:
    """What may be used (`values`), what may not (`withheld`), and facts that do not fit their declaration (`unfit`)."""

    values: Mapping[str, Value]
    withheld: frozenset[str]
    unfit: frozenset[str]


def customer_values(
    request: DecisionRequest, customer: CustomerRecord, schema: Schema, today: date, switched_off: Iterable[str]
) -> CustomerValues:
    """Collect facts and derive the rest; attributes without a legal basis are taken out, not set to a default."""
    found: dict[str, Value] = dict(customer.facts)
    found |= _from_master_data(customer, today)
    found |= _from_facts(customer, today)
    found |= _from_contacts(request)
    found |= _from_consents(request.consents)
    unfit = frozenset(name for name, value in found.items() if name not in schema or not schema[name].accepts(value))
    refused = _bases_refused(request.consents)
    off = frozenset(switched_off)
    withheld = frozenset(name for name in found if name not in unfit and (schema[name].basis in refused or name in off))
    values = {
        name: value for name, value in found.items() if value is not None and name not in unfit and name not in withheld
    }
    return CustomerValues(values=values, withheld=withheld, unfit=unfit)


def _bases_refused(consents: ConsentFacts) -> frozenset[LegalBasis]:
    granted = consents.states.get((ConsentPurpose.PROFILE_USAGE, ConsentChannel.ANY)) is ConsentState.GRANTED
    refused: set[LegalBasis] = set()
    if consents.objected:
        refused |= {"legit_interest", "consent:profiling"}
    if not granted:
        refused.add("consent:profiling")
    return frozenset(refused)


def _from_master_data(customer: CustomerRecord, today: date) -> dict[str, Value]:
    running = {one.commodity for one in customer.contracts if one.ends is None or one.ends >= today}
    mobile = next((phone.e164 for phone in customer.phones if phone.kind == "phone_mobile"), None)
    return {
        "full_name": f"{customer.first_name} {customer.last_name}".strip(),
        "age": full_years(customer.birth_date, today),
        "years_customer": full_years(customer.since, today),
        "language": customer.language,
        "has_electricity": "electricity" in running,
        "has_gas": "gas" in running,
        "has_heat": "heat" in running,
        "has_charging": "charging" in running,
        "has_service": "service" in running,
        "has_email": customer.email is not None,
        "email_or_mobile": customer.email or mobile,
        "documents_by_post": customer.documents_by is ContactChannel.POST,
        "direct_debit": customer.iban_last4 is not None,
        "open_complaint": customer.open_complaint,
        "value_class": customer.value.value_class.value,
        "churn_class": customer.value.churn.value,
    }


def _from_facts(customer: CustomerRecord, today: date) -> dict[str, Value]:
    facts = customer.facts
    derived: dict[str, Value] = {}
    for day_name, days_name in (
        ("price_change_date", "price_change_in_days"),
        ("contract_ends_on", "contract_ends_in_days"),
    ):
        day = facts.get(day_name)
        if isinstance(day, date):
            derived[days_name] = (day - today).days
    move = facts.get("move_date")
    derived["moving"] = isinstance(move, date) and move >= today
    built = facts.get("boiler_year")
    if isinstance(built, int):
        derived["boiler_age"] = today.year - built
    trend = facts.get("consumption_trend_pct")
    if isinstance(trend, int):
        derived["above_below"] = ("above",) if trend > 0 else ("below",)
    balance = facts.get("balance_forecast_eur")
    if isinstance(balance, int | float):
        derived["credit_or_back_payment"] = ("credit",) if balance >= 0 else ("back_payment",)
    monthly = facts.get("maintenance_eur")
    if isinstance(monthly, int | float):
        derived["maintenance_day_ct"] = round(monthly * 100 * 12 / _YEAR_DAYS)
    return derived


def _from_contacts(request: DecisionRequest) -> dict[str, Value]:
    past = [one for one in request.touchpoints if one.at <= request.now]
    ages = [(one, _days_ago(one, request.now)) for one in past]
    troubles = [days for one, days in ages if one.experience is Experience.NEGATIVE]
    return {
        "concern": request.concern or "none",
        "concern_solved": request.concern_solved,
        "open_cases": len(open_cases(past)),
        "callback_missed": any(one.type == "callback_missed" and days <= _CALLBACK_DAYS for one, days in ages),
        "days_since_trouble": min(troubles, default=None),
        "touchpoints_year": sum(days <= _YEAR_DAYS for _, days in ages),
    }


def _from_consents(consents: ConsentFacts) -> dict[str, Value]:
    def state(purpose: ConsentPurpose, channel: ConsentChannel) -> str:
        return consents.states.get((purpose, channel), ConsentState.NOT_ASKED).value

    return {
        "consent_phone": state(ConsentPurpose.ADV_OWN, ConsentChannel.PHONE),
        "consent_email": state(ConsentPurpose.ADV_OWN, ConsentChannel.EMAIL),
        "consent_profiling": state(ConsentPurpose.PROFILE_USAGE, ConsentChannel.ANY),
    }


def full_years(start: date, today: date) -> int:
    """Full years from `start` to `today`."""
    return today.year - start.year - ((today.month, today.day) < (start.month, start.day))


def _days_ago(touchpoint: TouchpointRecord, now: datetime) -> int:
    return (now - touchpoint.at).days
