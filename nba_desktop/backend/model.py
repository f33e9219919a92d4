"""The facts the backend keeps about a customer, as every service passes them on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from nba_desktop.contract.base import Language, Params
from nba_desktop.contract.codes import (
    ChurnClass,
    ConsentChannel,
    ConsentPurpose,
    ConsentState,
    ContactChannel,
    Experience,
    OutcomeCode,
    ResponseCode,
    Trend,
    ValueClass,
)

FactValue = str | int | float | bool | date | None
PhoneKind = Literal["phone_home", "phone_mobile", "phone_other"]


@dataclass(frozen=True, slots=True)
class Phone:
    """A number the customer may call from; one number may belong to several customers."""

    e164: str
    kind: PhoneKind


@dataclass(frozen=True, slots=True)
class ContractRecord:
    """One supply or service contract."""

    contract_no: str
    product: str
    commodity: str
    since: date
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class TouchpointRecord:
    """One contact between customer and company; `type` is a code, `params` fill its sentence."""

    touchpoint_id: str
    customer_id: str
    at: datetime
    channel: ContactChannel
    type: str
    params: Params = field(default_factory=dict)
    experience: Experience = Experience.NEUTRAL
    case_id: str | None = None
    case_open: bool = False
    media_break: bool = False


@dataclass(frozen=True, slots=True)
class ValueRecord:
    """Lifetime value as computed on a day: EUR over `horizon_years`.

    `model` is what computed it, by name and version; None where nobody said. `calculated` here, else delivered.
    """

    value_class: ValueClass
    low_eur: int
    high_eur: int
    trend: Trend
    as_of: date
    horizon_years: int
    churn: ChurnClass
    model: str | None = None
    calculated: bool = False


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """One customer; `facts` are the declared attributes that conditions and sentences read.

    Without a `value` it was not calculated; what else is unknown is None or empty.
    """

    customer_id: str
    customer_no: str
    salutation: Literal["mr", "ms", "family", "none"]
    first_name: str
    last_name: str
    birth_date: date | None
    street: str
    postcode: str
    city: str
    since: date
    language: Language
    household_id: str
    email: str | None
    iban_last4: str | None
    meter_no: str | None
    phones: tuple[Phone, ...]
    contracts: tuple[ContractRecord, ...]
    value: ValueRecord | None
    facts: Mapping[str, FactValue]
    address_form: Literal["formal", "informal"] = "formal"
    tone: Literal["calm", "brief", "warm", "neutral"] = "neutral"
    documents_by: ContactChannel = ContactChannel.EMAIL
    last_spoken_with: str | None = None
    last_spoken_at: datetime | None = None
    open_complaint: bool = False
    facts_as_of: date | None = None


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What the ledger says about a customer now."""

    states: Mapping[tuple[ConsentPurpose, ConsentChannel], ConsentState]
    objected: bool = False
    refused_at: Mapping[tuple[ConsentPurpose, ConsentChannel], datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastResponse:
    """A response or outcome that still counts (not retracted), for cool-downs and topic blocks.

    `household` marks the one of another person who lives there; `group` is the action's of then, where it is known.
    """

    action_id: str
    code: ResponseCode | OutcomeCode
    at: datetime
    household: bool = False
    group: str | None = None


@dataclass(frozen=True, slots=True)
class PastExposure:
    """An action that was shown, or addressed with this customer, at a moment; for caps.

    `group` is the action's of then, where it is known.
    """

    action_id: str
    fact: Literal["shown", "addressed"]
    at: datetime
    group: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    """An action that an event raises: the trigger, and the type and moment of the touchpoint that met it."""

    trigger_id: str
    action_id: str
    touchpoint_type: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PastConcern:
    """What an earlier call of the customer was about."""

    code: str
    at: datetime
