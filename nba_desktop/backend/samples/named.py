"""The named sample customers, from `resources/sample/customers.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES
from nba_desktop.backend.decisioning.yaml_source import Document, read_yaml
from nba_desktop.backend.errors import SampleDataError
from nba_desktop.backend.journey.types import TOUCHPOINT_TYPES
from nba_desktop.backend.model import (
    ContractRecord,
    CustomerRecord,
    FactValue,
    PastResponse,
    Phone,
    PhoneKind,
    TouchpointRecord,
    ValueRecord,
)
from nba_desktop.backend.samples.customer import SampleConsent, SampleCustomer
from nba_desktop.contract.base import Language, Params
from nba_desktop.contract.codes import (
    ChurnClass,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    ContactChannel,
    Experience,
    ResponseCode,
    Trend,
    ValueClass,
)

ZONE: Final = ZoneInfo("Europe/Berlin")
_RELATIVE_DAY: Final = re.compile(r"@(in|ago|month_start) \d{1,5}")
_Day = date | Annotated[str, Field(pattern=_RELATIVE_DAY.pattern)]
_DaysAgo = Annotated[int, Field(ge=0, le=20_000)]
_Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _PhoneEntry(_Entry):
    e164: Annotated[str, Field(pattern=r"^\+[1-9]\d{5,14}$")]
    kind: PhoneKind


class _ContractEntry(_Entry):
    contract_no: str
    product: str
    commodity: str
    since: _Day
    ends: _Day | None = None


class _ValueEntry(_Entry):
    value_class: ValueClass
    low_eur: int
    high_eur: int
    trend: Trend
    horizon_years: int
    churn: ChurnClass


class _RepeatEntry(_Entry):
    times: Annotated[int, Field(ge=1, le=100)]
    every_days: Annotated[int, Field(ge=1)]


class _TouchpointEntry(_Entry):
    days_ago: _DaysAgo
    at: _Clock
    channel: ContactChannel
    type: str
    params: Params = {}
    experience: Experience = Experience.NEUTRAL
    case_id: str | None = None
    case_open: bool = False
    media_break: bool = False
    repeat: _RepeatEntry | None = None


class _ConsentEntry(_Entry):
    purpose: ConsentPurpose
    channel: ConsentChannel
    event: ConsentEventType
    days_ago: _DaysAgo


class _PastEntry(_Entry):
    action_id: str
    code: ResponseCode
    days_ago: _DaysAgo


class _CustomerEntry(_Entry):
    customer_id: str
    customer_no: str
    salutation: Literal["mr", "ms", "family", "none"]
    first_name: str
    last_name: str
    age: Annotated[int, Field(ge=18, le=110)]
    birthday: Annotated[str, Field(pattern=r"^\d\d-\d\d$")]
    street: str
    postcode: str
    city: str
    since: _Day
    language: Language
    household_id: str
    email: str | None
    iban_last4: str | None
    meter_no: str | None
    tone: Literal["calm", "brief", "warm", "neutral"] = "neutral"
    documents_by: ContactChannel
    last_spoken_with: str | None = None
    last_spoken_days_ago: _DaysAgo | None = None
    open_complaint: bool = False
    phones: tuple[_PhoneEntry, ...]
    contracts: tuple[_ContractEntry, ...]
    value: _ValueEntry
    facts: dict[str, Any]
    consents: tuple[_ConsentEntry, ...] = ()
    touchpoints: tuple[_TouchpointEntry, ...] = ()
    past: tuple[_PastEntry, ...] = ()


class _File(_Entry):
    customers: tuple[_CustomerEntry, ...]


def named_customers(path: Path, now: datetime) -> tuple[SampleCustomer, ...]:
    """Read the named customers as of `now`; raise `SampleDataError` with every mistake and its place."""
    document = read_yaml(path)
    if document.errors:
        raise SampleDataError("\n".join(str(error) for error in document.errors))
    try:
        file = _File.model_validate(document.content)
    except ValidationError as error:
        raise SampleDataError("\n".join(_located(document, error))) from error
    clock = _Clockwork(now.astimezone(ZONE))
    mistakes: list[str] = []
    customers = []
    for place, entry in enumerate(file.customers):
        where = document.mark(("customers", place))
        mistakes.extend(str(where.error(mistake)) for mistake in _mistakes(entry, clock))
        if not mistakes:
            customers.append(_customer(entry, clock))
    if mistakes:
        raise SampleDataError("\n".join(mistakes))
    return tuple(customers)


def _located(document: Document, error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_input=False):
        yield str(document.mark(detail["loc"]).error(f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}"))


class _Clockwork:
    """Turns relative days into dates and moments."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self.today = now.date()

    def moment(self, days_ago: int, clock: str = "10:00") -> datetime:
        return datetime.combine(
            self.today - timedelta(days=days_ago), time.fromisoformat(clock), tzinfo=self._now.tzinfo
        )

    def day(self, value: date | str) -> date:
        """A date, or one of `@in days`, `@ago days`, `@month_start days`."""
        if isinstance(value, date):
            return value
        word, _, number = value.partition(" ")
        days = timedelta(days=int(number))
        match word:
            case "@in":
                return self.today + days
            case "@ago":
                return self.today - days
        after = self.today + days
        return (after.replace(day=1) + timedelta(days=32)).replace(day=1)

    def value(self, value: FactValue) -> FactValue:
        return self.day(value) if isinstance(value, str) and value.startswith("@") else value

    def birth_date(self, age: int, birthday: str) -> date:
        month, day = (int(part) for part in birthday.split("-"))
        had_it = (self.today.month, self.today.day) >= (month, day)
        return date(self.today.year - age - (not had_it), month, day)


def _mistakes(entry: _CustomerEntry, clock: _Clockwork) -> Iterator[str]:
    """What does not fit the declared attributes, touchpoint types and forms of dates."""
    days: list[object] = [entry.since, *entry.facts.values()]
    days += [day for one in entry.contracts for day in (one.since, one.ends)]
    days += [value for one in entry.touchpoints for value in one.params.values()]
    for day in days:
        if isinstance(day, str) and day.startswith("@") and not _RELATIVE_DAY.fullmatch(day):
            yield f"'{day}' is not a day such as '@in 30', '@ago 120' or '@month_start 11'"
            return
    for name, fact in entry.facts.items():
        if name not in ATTRIBUTES:
            yield f"unknown attribute '{name}'"
        elif not ATTRIBUTES[name].accepts(clock.value(fact)):
            yield f"'{name}' is not of type {ATTRIBUTES[name].type}"
    for touchpoint in entry.touchpoints:
        kind = TOUCHPOINT_TYPES.get(touchpoint.type)
        if kind is None:
            yield f"unknown touchpoint type '{touchpoint.type}'"
        elif not set(touchpoint.params) <= set(kind.params):
            yield f"a touchpoint '{touchpoint.type}' has only the values: {', '.join(kind.params) or 'none'}"


def _customer(entry: _CustomerEntry, clock: _Clockwork) -> SampleCustomer:
    facts = {name: clock.value(value) for name, value in entry.facts.items()}
    return SampleCustomer(
        record=_record(entry, facts, clock),
        touchpoints=tuple(sorted(_touchpoints(entry, clock), key=lambda one: (one.at, one.touchpoint_id))),
        consents=tuple(
            SampleConsent(one.purpose, one.channel, one.event, clock.moment(one.days_ago)) for one in entry.consents
        ),
        past=tuple(PastResponse(one.action_id, one.code, clock.moment(one.days_ago)) for one in entry.past),
    )


def _record(entry: _CustomerEntry, facts: dict[str, FactValue], clock: _Clockwork) -> CustomerRecord:
    spoken = entry.last_spoken_days_ago
    return CustomerRecord(
        customer_id=entry.customer_id,
        customer_no=entry.customer_no,
        salutation=entry.salutation,
        first_name=entry.first_name,
        last_name=entry.last_name,
        birth_date=clock.birth_date(entry.age, entry.birthday),
        street=entry.street,
        postcode=entry.postcode,
        city=entry.city,
        since=clock.day(entry.since),
        language=entry.language,
        household_id=entry.household_id,
        email=entry.email,
        iban_last4=entry.iban_last4,
        meter_no=entry.meter_no,
        phones=tuple(Phone(one.e164, one.kind) for one in entry.phones),
        contracts=tuple(
            ContractRecord(
                one.contract_no,
                one.product,
                one.commodity,
                clock.day(one.since),
                None if one.ends is None else clock.day(one.ends),
            )
            for one in entry.contracts
        ),
        value=ValueRecord(
            value_class=entry.value.value_class,
            low_eur=entry.value.low_eur,
            high_eur=entry.value.high_eur,
            trend=entry.value.trend,
            as_of=clock.today - timedelta(days=1),
            horizon_years=entry.value.horizon_years,
            churn=entry.value.churn,
        ),
        facts=facts,
        tone=entry.tone,
        documents_by=entry.documents_by,
        last_spoken_with=entry.last_spoken_with,
        last_spoken_at=None if spoken is None else clock.moment(spoken, "10:25"),
        open_complaint=entry.open_complaint,
        facts_as_of=clock.today,
    )


def _touchpoints(entry: _CustomerEntry, clock: _Clockwork) -> Iterator[TouchpointRecord]:
    number = 0
    for one in entry.touchpoints:
        repeat = one.repeat or _RepeatEntry(times=1, every_days=1)
        for turn in range(repeat.times):
            number += 1
            yield TouchpointRecord(
                touchpoint_id=f"{entry.customer_id}-{number:03}",
                customer_id=entry.customer_id,
                at=clock.moment(one.days_ago + turn * repeat.every_days, one.at),
                channel=one.channel,
                type=one.type,
                params={name: _plain(clock.value(value)) for name, value in one.params.items()},
                experience=one.experience,
                case_id=one.case_id,
                case_open=one.case_open,
                media_break=one.media_break,
            )


def _plain(value: FactValue) -> str | int | float | bool | None:
    return value.isoformat() if isinstance(value, date) else value
