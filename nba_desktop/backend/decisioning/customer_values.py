"""The values of every declared attribute and journey query for one customer at one moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from nba_desktop.backend.decisioning.asked import DERIVED_FROM
from nba_desktop.backend.decisioning.attributes import NO_CONCERN, LegalBasis, Schema, Value
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.conditions import journey_values
from nba_desktop.backend.decisioning.quiet import noticed
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.journey.cases import open_cases
from nba_desktop.backend.journey.days import days_between
from nba_desktop.backend.journey.features import OlderJourney
from nba_desktop.backend.model import ConsentFacts, CustomerRecord, TouchpointRecord
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState, ContactChannel, Experience

_YEAR_DAYS: Final = 365
_CALLBACK_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class CustomerValues:
    """What may be used (`values`), and the names of what may not.

    `withheld` has no legal basis or is switched off, `unfit` does not fit its declaration, `stale` is older than its
    declaration allows. What is derived from one of those is missing, too.
    """

    values: Mapping[str, Value]
    withheld: frozenset[str]
    unfit: frozenset[str]
    stale: frozenset[str]


def customer_values(
    request: DecisionRequest, customer: CustomerRecord, catalogue: Catalogue, today: date
) -> CustomerValues:
    """Collect facts and derive the rest; what may not be used is taken out, not set to a default.

    `today` is the day of the request where the site is. Among the values is the answer of every journey query that
    the catalogue's conditions ask, under the query's key.
    """
    schema = catalogue.schema
    refused = refused_bases(request.consents)
    off = frozenset(catalogue.entry.attributes_off)
    # What proves who calls is for nothing else.
    proofs = {one.attribute for one in catalogue.entry.security.declared}
    live = {one.attribute: one for one in request.live if one.attribute not in proofs}
    facts: dict[str, Value] = {name: fact for name, fact in customer.facts.items() if name not in proofs}
    # A provider's word stands in place of what was delivered, its silence too: an old price is not said for a new one.
    facts |= {name: one.value for name, one in live.items()}
    unfit = {name for name, fact in facts.items() if name not in schema or not schema[name].accepts(fact)}
    unfit |= {name for name, one in live.items() if one.state == "unfit"}
    fresh = live.keys() | {name for name, origin in DERIVED_FROM.items() if origin in live}
    out_of_date = _out_of_date(customer, schema, today) - fresh
    stale = {name for name, fact in facts.items() if fact is not None and name in out_of_date} - unfit
    withheld = {name for name in facts if name not in unfit and (schema[name].basis in refused or name in off)}
    values: dict[str, Value] = {
        name: fact
        for name, fact in facts.items()
        if not (fact is None or name in unfit or name in stale or name in withheld)
    }
    derived: dict[str, Value] = {"today": today}
    derived |= _from_master_data(customer, catalogue.vocabulary.contract_kinds, today)
    derived |= derived_values(values, today)
    unsaid = {name for name, one in live.items() if one.value is None and one.state != "nothing"}
    if "move_date" not in unfit | stale | withheld | unsaid:
        derived["moving"] = _moving(values, today)
    derived |= contact_values(request.touchpoints, request.now, catalogue.zone, request.older)
    derived |= {"concern": request.concern or NO_CONCERN, "concern_solved": request.concern_solved}
    derived |= noticed(request.flags, request.representative)
    derived |= _from_consents(request.consents)
    derived = {name: value for name, value in derived.items() if name in schema}
    stale |= {name for name, value in derived.items() if value is not None and name in out_of_date}
    withheld |= {name for name in derived if schema[name].basis in refused or name in off}
    allowed = [query for query in catalogue.queries if query.basis not in refused]
    answers = journey_values(allowed, request.touchpoints, request.now, catalogue.zone, request.older)
    withheld |= {query.key for query in catalogue.queries if query.basis in refused}
    values |= {
        name: value for name, value in derived.items() if not (value is None or name in withheld or name in out_of_date)
    }
    values |= {key: answer for key, answer in answers.items() if answer is not None}
    return CustomerValues(values, frozenset(withheld), frozenset(unfit), frozenset(stale))


def _out_of_date(customer: CustomerRecord, schema: Schema, today: date) -> set[str]:
    """The attributes whose delivery is older than they allow; the value model has a day of its own.

    Facts without a day come from a source that says none; they count as fresh.
    """
    facts_age = 0 if customer.facts_as_of is None else (today - customer.facts_as_of).days
    value_age = 0 if customer.value is None else (today - customer.value.as_of).days
    return {
        name
        for name, one in schema.items()
        if one.freshness_days is not None
        and (value_age if one.source == "value model" else facts_age) > one.freshness_days
    }


def refused_bases(consents: ConsentFacts) -> frozenset[LegalBasis]:
    """The legal bases that a customer has not given or has objected to."""
    granted = consents.states.get((ConsentPurpose.PROFILE_USAGE, ConsentChannel.ANY)) is ConsentState.GRANTED
    refused: set[LegalBasis] = set()
    if consents.objected:
        refused |= {"legit_interest", "consent:profiling"}
    if not granted:
        refused.add("consent:profiling")
    return frozenset(refused)


def _from_master_data(customer: CustomerRecord, kinds: Iterable[str], today: date) -> dict[str, Value]:
    running = {one.commodity for one in customer.contracts if one.ends is None or one.ends >= today}
    mobile = next((phone.e164 for phone in customer.phones if phone.kind == "phone_mobile"), None)
    return {
        "full_name": f"{customer.first_name} {customer.last_name}".strip(),
        "age": None if customer.birth_date is None else full_years(customer.birth_date, today),
        "years_customer": full_years(customer.since, today),
        "language": customer.language,
        **{f"has_{kind}": kind in running for kind in kinds},
        "has_email": customer.email is not None,
        "email_or_mobile": customer.email or mobile,
        "documents_by_post": customer.documents_by is ContactChannel.POST,
        "direct_debit": customer.iban_last4 is not None,
        "open_complaint": customer.open_complaint,
        "value_class": None if customer.value is None else customer.value.value_class.value,
        "churn_class": None if customer.value is None else customer.value.churn.value,
    }


def derived_values(facts: Mapping[str, Value], today: date) -> dict[str, Value]:
    """What follows from facts that are known."""
    derived: dict[str, Value] = {}
    for day_name, days_name in (
        ("price_change_date", "price_change_in_days"),
        ("contract_ends_on", "contract_ends_in_days"),
    ):
        day = facts.get(day_name)
        if isinstance(day, date):
            derived[days_name] = (day - today).days
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


def _moving(facts: Mapping[str, Value], today: date) -> bool:
    """Nobody has announced a move unless its date is known."""
    move = facts.get("move_date")
    return isinstance(move, date) and move >= today


def contact_values(
    touchpoints: Iterable[TouchpointRecord], now: datetime, zone: ZoneInfo, older: OlderJourney | None = None
) -> dict[str, Value]:
    """What the contacts up to now come to; days are counted from midnight to midnight in the zone.

    `older` tells of those before the given ones.
    """
    here = now.astimezone(zone)
    today = here.date()
    past = [one for one in touchpoints if one.at <= now]
    trouble = max((one.at for one in past if one.experience is Experience.NEGATIVE), default=None)
    year = _midnight(today, _YEAR_DAYS, zone)
    callbacks = _midnight(today, _CALLBACK_DAYS, zone)
    values: dict[str, Value] = {
        "open_cases": len(open_cases(past)),
        "callback_missed": any(one.type == "callback_missed" and one.at >= callbacks for one in past),
        "days_since_trouble": None if trouble is None else days_between(trouble, here),
        "touchpoints_year": sum(one.at >= year for one in past),
    }
    return values if older is None else values | _with_older(values, older, today)


def _with_older(values: Mapping[str, Value], older: OlderJourney, today: date) -> dict[str, Value]:
    trouble, year = older.newest(experience=Experience.NEGATIVE), values["touchpoints_year"]
    missed = older.count("callback_missed", since=today.toordinal() - _CALLBACK_DAYS) > 0
    assert isinstance(year, int)
    found: dict[str, Value] = {
        "open_cases": older.open_cases,
        "callback_missed": values["callback_missed"] is True or missed,
        "touchpoints_year": year + older.count(since=today.toordinal() - _YEAR_DAYS),
    }
    if values["days_since_trouble"] is None and trouble is not None:
        found["days_since_trouble"] = today.toordinal() - trouble
    return found


def _midnight(today: date, days_ago: int, zone: ZoneInfo) -> datetime:
    """When the day so many days ago began; in UTC, which compares fastest."""
    return datetime.combine(today - timedelta(days=days_ago), time(), zone).astimezone(UTC)


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
