"""Sample customers: the named ones, then any number of generated ones, the same for the same seed and moment."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from nba_desktop.backend.decisioning.yaml_source import read_yaml
from nba_desktop.backend.errors import SampleDataError
from nba_desktop.backend.model import (
    ContractRecord,
    CustomerRecord,
    FactValue,
    Phone,
    TouchpointRecord,
)
from nba_desktop.backend.samples.customer import SampleConsent, SampleCustomer
from nba_desktop.backend.samples.generated_journey import generated_touchpoints
from nba_desktop.backend.samples.generated_value import ValueInput, lifetime_value
from nba_desktop.backend.samples.named import ZONE, named_customers
from nba_desktop.contract.codes import (
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    ContactChannel,
    Experience,
)

_LANDLINES: Final = 900
_MOBILES: Final = 100
_TONES: Final[tuple[Literal["calm", "brief", "warm", "neutral"], ...]] = ("calm", "brief", "warm", "neutral")
_DOCUMENTS: Final = (ContactChannel.EMAIL, ContactChannel.POST, ContactChannel.PORTAL)
_CONSENT_MIX: Final = (
    (ConsentChannel.PHONE, 0.25, 0.2),
    (ConsentChannel.EMAIL, 0.4, 0.2),
    (ConsentChannel.SMS, 0.1, 0.1),
    (ConsentChannel.POST, 0.5, 0.1),
)


@dataclass(frozen=True, slots=True)
class _Words:
    given: dict[str, list[str]]
    family: list[str]
    streets: list[str]
    cities: list[dict[str, Any]]
    mobile_prefixes: list[str]
    agents: list[str]


@dataclass(frozen=True, slots=True)
class _Household:
    """What the people of one home share."""

    number: int
    family: str
    street: str
    postcode: str
    city: str
    landline: str | None


def sample_customers(
    resources: Path, now: datetime, count: int = 500, seed: int = 20260101
) -> Iterator[SampleCustomer]:
    """The named customers, then `count` generated ones; `resources` is the folder that holds `sample/`.

    The same `seed`, `now` and file give the same customers on every platform. Some share a household and its
    telephone number, and about one in twelve has no history. Raises `SampleDataError` when the files are not usable.
    """
    yield from named_customers(resources / "sample" / "customers.yaml", now)
    words = _words(resources / "sample" / "names.yaml")
    moment = now.astimezone(ZONE)
    household: _Household | None = None
    free = 0
    homes = 0
    for number in range(1, count + 1):
        # A text as seed: every customer is independent of how many there are, on every platform.
        chance = random.Random(f"{seed}/{number}")
        if household is None or free == 0:
            homes += 1
            household = _household(chance, words, homes)
            free = chance.choices((1, 2, 3), weights=(75, 18, 7))[0]
        free -= 1
        yield _customer(chance, words, household, number, moment)


def _words(path: Path) -> _Words:
    document = read_yaml(path)
    if document.errors:
        raise SampleDataError("\n".join(str(error) for error in document.errors))
    content = document.content
    try:
        return _Words(
            given={"ms": content["given_f"], "mr": content["given_m"]},
            family=content["family"],
            streets=content["streets"],
            cities=content["cities"],
            mobile_prefixes=content["mobile_prefixes"],
            agents=content["agents"],
        )
    except (KeyError, TypeError) as error:
        raise SampleDataError(f"{path.name}: a list of words is missing: {error}") from error


def _household(chance: random.Random, words: _Words, number: int) -> _Household:
    city = words.cities[number % len(words.cities)]
    line = 100 + (number // len(words.cities)) % _LANDLINES
    return _Household(
        number=number,
        family=chance.choice(words.family),
        street=f"{chance.choice(words.streets)} {chance.randint(1, 120)}",
        postcode=chance.choice(city["postcodes"]),
        city=city["name"],
        landline=f"{city['phone_prefix']}{line:03}" if chance.random() < 0.7 else None,
    )


def _customer(chance: random.Random, words: _Words, home: _Household, number: int, now: datetime) -> SampleCustomer:
    today = now.date()
    salutation: Literal["mr", "ms"] = "ms" if chance.random() < 0.5 else "mr"
    first, last = chance.choice(words.given[salutation]), home.family
    birth_date = today - timedelta(days=chance.randint(19 * 365, 88 * 365))
    oldest = min(20 * 365, (today - birth_date).days - 18 * 365)
    since = today - timedelta(days=chance.randint(30, max(60, oldest)))
    customer_id = f"sample-{number:05}"
    contracts, kwh = _contracts(chance, number, since, today)
    touchpoints = generated_touchpoints(chance, customer_id, since, now)
    facts = _facts(chance, contracts, kwh, touchpoints, today)
    troubles = [one for one in touchpoints if one.experience is Experience.NEGATIVE and (now - one.at).days <= 365]
    value = lifetime_value(
        ValueInput(
            contracts=contracts,
            kwh_year=kwh,
            since=since,
            birth_date=birth_date,
            margin_change=chance.choice((-0.06, -0.02, 0.0, 0.02, 0.05)),
            bad_experiences=len(troubles),
            notice_received=facts["termination_received"] is True,
            today=today,
        )
    )
    spoken = [one for one in touchpoints if one.type in {"call_solved", "call_open"}]
    record = CustomerRecord(
        customer_id=customer_id,
        customer_no=f"K-{400000 + number}",
        salutation=salutation,
        first_name=first,
        last_name=last,
        birth_date=birth_date,
        street=home.street,
        postcode=home.postcode,
        city=home.city,
        since=since,
        language="de" if chance.random() < 0.95 else "en",
        household_id=f"home-{home.number:05}",
        email=f"kunde{number}@example.org" if chance.random() < 0.85 else None,
        iban_last4=f"{chance.randint(0, 9999):04}" if chance.random() < 0.8 else None,
        meter_no=f"1SMP{chance.randint(0, 10**10 - 1):010}",
        phones=_phones(chance, words, home, number),
        contracts=contracts,
        value=value,
        facts=facts,
        tone=chance.choice(_TONES),
        documents_by=chance.choice(_DOCUMENTS),
        last_spoken_with=chance.choice(words.agents) if spoken else None,
        last_spoken_at=spoken[-1].at if spoken else None,
        open_complaint=_complaint_open(touchpoints),
        facts_as_of=today,
    )
    return SampleCustomer(record, touchpoints, _consents(chance, now, since))


def _phones(chance: random.Random, words: _Words, home: _Household, number: int) -> tuple[Phone, ...]:
    found = [Phone(home.landline, "phone_home")] if home.landline is not None else []
    if not found or chance.random() < 0.5:
        prefix = words.mobile_prefixes[number % len(words.mobile_prefixes)]
        found.append(Phone(f"{prefix}{(number // len(words.mobile_prefixes)) % _MOBILES:02}", "phone_mobile"))
    return tuple(found)


def _contracts(
    chance: random.Random, number: int, since: date, today: date
) -> tuple[tuple[ContractRecord, ...], dict[str, int]]:
    found: list[ContractRecord] = []
    kwh: dict[str, int] = {}

    def add(letter: str, product: str, commodity: str, used: int, ends: date | None = None) -> None:
        start = since if not found else since + timedelta(days=chance.randint(0, max((today - since).days - 1, 0)))
        found.append(ContractRecord(f"{letter}-{400000 + number}", product, commodity, start, ends))
        kwh[commodity] = used

    term = today + timedelta(days=chance.randint(10, 500)) if chance.random() < 0.4 else None
    product = "Elbtal Strom Fix" if term else chance.choice(("Elbtal Strom Klassik", "Elbtal Strom Direkt"))
    add("S", product, "electricity", chance.randint(900, 5500), term)
    if chance.random() < 0.45:
        add("G", "Elbtal Gas Klassik", "gas", chance.randint(6000, 26000))
    if chance.random() < 0.08:
        add("L", "Elbtal Laden", "charging", chance.randint(300, 3000))
    if chance.random() < 0.12:
        add("W", "Elbtal Heizungsservice", "service", 0)
    return tuple(found), kwh


def _facts(
    chance: random.Random,
    contracts: tuple[ContractRecord, ...],
    kwh: dict[str, int],
    touchpoints: tuple[TouchpointRecord, ...],
    today: date,
) -> dict[str, FactValue]:
    has_gas = any(one.commodity == "gas" for one in contracts)
    owner = chance.random() < (0.7 if has_gas else 0.35)
    wallbox = owner and chance.random() < 0.2
    instalment = round((kwh["electricity"] * 0.33 + kwh.get("gas", 0) * 0.11) / 12 + 14)
    balance = round(chance.gauss(0, 110))
    reminder = next((one for one in reversed(touchpoints) if one.type == "payment_reminder"), None)
    recent = reminder is not None and (today - reminder.at.date()).days <= 30
    change = chance.random() < 0.35
    moving = any(one.type == "move_notice" and (today - one.at.date()).days <= 20 for one in touchpoints)
    facts: dict[str, FactValue] = {
        "basic_supply": chance.random() < 0.12,
        "portal_registered": any(one.channel in {ContactChannel.PORTAL, ContactChannel.APP} for one in touchpoints),
        "dunning_level": 1 if recent else 0,
        "kwh_year": kwh["electricity"],
        "consumption_trend_pct": round(chance.gauss(0, 9)),
        "balance_forecast_eur": balance,
        "instalment_eur": instalment,
        "instalment_proposed_eur": max(round(instalment - balance / 12), 15),
        "bill_date": today + timedelta(days=chance.randint(5, 350)),
        "reading_overdue": chance.random() < 0.1,
        "unit_price_ct": round(chance.uniform(29, 36), 1),
        "maintenance_eur": 14.9,
        "home_owner": owner,
        "boiler_type": "gas" if has_gas else chance.choice(("district", "oil", "heat_pump", "none")),
        "boiler_year": chance.randint(today.year - 28, today.year - 1) if has_gas else None,
        "heating_outage": False,
        "supply_outage": chance.random() < 0.02,
        "wallbox": wallbox,
        "wallbox_kw": 11 if wallbox else None,
        "wallbox_year": chance.randint(2021, max(2025, today.year)) if wallbox else None,
        "grid_fee_module": chance.random() < 0.3 if wallbox else None,
        "charge_saving_eur": chance.randint(110, 190) if wallbox else None,
        "smart_meter": chance.random() < 0.15,
        "solar": owner and chance.random() < 0.15,
        "roof_suitable": chance.random() < 0.4 if owner else None,
        "termination_received": any(
            one.type == "termination_received" and (today - one.at.date()).days <= 60 for one in touchpoints
        ),
        "tariff_compared": any(
            one.type == "tariff_compared" and (today - one.at.date()).days <= 60 for one in touchpoints
        ),
    }
    if has_gas:
        facts["gas_kwh_year"] = kwh["gas"]
    if change:
        facts |= {
            "price_change_date": _month_start(today + timedelta(days=chance.choice((11, 30)))),
            "unit_price_new_ct": round(chance.uniform(34, 39), 1),
            "fix_ct": round(chance.uniform(31, 36), 1),
            "fix_base_eur": 12.9,
            "fix_saving_eur": chance.randint(-40, 160),
        }
    if moving:
        facts |= {"move_date": today + timedelta(days=chance.randint(5, 60)), "move_in_area": chance.random() < 0.8}
    ends = contracts[0].ends
    if ends is not None:
        facts["contract_ends_on"] = ends
    return {name: value for name, value in facts.items() if value is not None}


def _month_start(after: date) -> date:
    return (after.replace(day=1) + timedelta(days=32)).replace(day=1)


def _complaint_open(touchpoints: tuple[TouchpointRecord, ...]) -> bool:
    return any(one.type == "complaint" and one.case_open for one in touchpoints)


def _consents(chance: random.Random, now: datetime, since: date) -> tuple[SampleConsent, ...]:
    days = max((now.date() - since).days - 1, 1)

    def at() -> datetime:
        return now - timedelta(days=chance.randint(1, days))

    found: list[SampleConsent] = []
    for channel, granted, refused in _CONSENT_MIX:
        draw = chance.random()
        if draw < granted:
            given = at()
            found.append(SampleConsent(ConsentPurpose.ADV_OWN, channel, ConsentEventType.GRANTED, given))
            if channel in {ConsentChannel.EMAIL, ConsentChannel.SMS} and chance.random() < 0.8:
                confirmed = min(given + timedelta(hours=2), now)
                found.append(SampleConsent(ConsentPurpose.ADV_OWN, channel, ConsentEventType.DOI_CONFIRMED, confirmed))
        elif draw < granted + refused:
            found.append(SampleConsent(ConsentPurpose.ADV_OWN, channel, ConsentEventType.REFUSED, at()))
    if chance.random() < 0.3:
        found.append(SampleConsent(ConsentPurpose.PROFILE_USAGE, ConsentChannel.ANY, ConsentEventType.GRANTED, at()))
    if chance.random() < 0.06:
        found.append(SampleConsent(ConsentPurpose.ADV_OWN, ConsentChannel.ANY, ConsentEventType.OBJECTED, at()))
    return tuple(sorted(found, key=lambda one: one.at))
