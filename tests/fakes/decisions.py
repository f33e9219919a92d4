"""Customers, requests and a small catalogue for the tests of decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from nba_desktop.backend.decisioning.engine import DecisionRequest
from nba_desktop.backend.model import (
    ConsentFacts,
    ContractRecord,
    CustomerRecord,
    PastResponse,
    Phone,
    TouchpointRecord,
    ValueRecord,
)
from nba_desktop.backend.samples.customer import SampleCustomer
from nba_desktop.contract.base import Params
from nba_desktop.contract.codes import (
    ChurnClass,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    ConsentState,
    ContactChannel,
    Experience,
    Trend,
    ValueClass,
)

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = ROOT / "resources"
SAMPLE_CATALOGUE = RESOURCES / "sample" / "catalogue"
SMALL_CATALOGUE = ROOT / "tests" / "unit" / "backend" / "decisioning" / "cases" / "catalogue.yaml"
NOW = datetime(2025, 11, 20, 9, 30, tzinfo=UTC)
TODAY = date(2025, 11, 20)


def customer(facts: dict[str, Any] | None = None, **changes: Any) -> CustomerRecord:
    """A customer about whom nothing special is known, changed as a test needs it."""
    known: dict[str, Any] = {
        "customer_id": "c-1",
        "customer_no": "K-1",
        "salutation": "ms",
        "first_name": "Erika",
        "last_name": "Muster",
        "birth_date": date(1980, 5, 1),
        "street": "Gartenstraße 1",
        "postcode": "10115",
        "city": "Berlin",
        "since": date(2019, 1, 1),
        "language": "de",
        "household_id": "h-1",
        "email": "erika@example.org",
        "iban_last4": "1234",
        "meter_no": "M-1",
        "phones": (Phone("+493023125001", "phone_home"),),
        "contracts": (ContractRecord("S-1", "Strom", "electricity", date(2019, 1, 1)),),
        "value": ValueRecord(ValueClass.B, 600, 900, Trend.FLAT, TODAY, 10, ChurnClass.MEDIUM),
        "facts": facts or {},
    }
    return CustomerRecord(**{**known, **changes})


def request(who: CustomerRecord | None = None, **changes: Any) -> DecisionRequest:
    """A question about `who` (somebody, if nobody is given), authenticated, nothing said yet."""
    known: dict[str, Any] = {
        "customer": who or customer(),
        "authenticated": True,
        "touchpoints": (),
        "consents": ConsentFacts({}),
        "past": (),
        "now": NOW,
        "language": "de",
        "concern": None,
        "concern_solved": None,
    }
    return DecisionRequest(**{**known, **changes})


def touchpoint(days_ago: float, kind: str, channel: str = "phone", **values: Any) -> TouchpointRecord:
    """A touchpoint some days before NOW; other keywords than the record's own are params."""
    own = {"experience", "case_id", "case_open", "media_break", "touchpoint_id"}
    params: Params = {name: value for name, value in values.items() if name not in own}
    given: dict[str, Any] = {name: value for name, value in values.items() if name in own}
    given["experience"] = Experience(given.get("experience", "neutral"))
    given.setdefault("touchpoint_id", f"t-{days_ago}-{kind}")
    return TouchpointRecord(
        customer_id="c-1",
        at=NOW - timedelta(days=days_ago),
        channel=ContactChannel(channel),
        type=kind,
        params=params,
        **given,
    )


def past(action_id: str, code: Any, days_ago: float) -> PastResponse:
    """A response some days before NOW."""
    return PastResponse(action_id, code, NOW - timedelta(days=days_ago))


def consent_facts(sample: SampleCustomer) -> ConsentFacts:
    """What a ledger with the sample's events would say."""
    states: dict[tuple[ConsentPurpose, ConsentChannel], ConsentState] = {}
    refused: dict[tuple[ConsentPurpose, ConsentChannel], datetime] = {}
    objected = False
    for one in sample.consents:
        key = (one.purpose, one.channel)
        match one.event:
            case ConsentEventType.GRANTED:
                needs_proof = one.channel in {ConsentChannel.EMAIL, ConsentChannel.SMS}
                states[key] = ConsentState.PENDING_CONFIRMATION if needs_proof else ConsentState.GRANTED
            case ConsentEventType.DOI_CONFIRMED:
                states[key] = ConsentState.GRANTED
            case ConsentEventType.REFUSED:
                states[key] = ConsentState.REFUSED
                refused[key] = one.at
            case ConsentEventType.OBJECTED:
                objected = True
    return ConsentFacts(states, objected, refused)


def sample_request(sample: SampleCustomer, **changes: Any) -> DecisionRequest:
    """The question about a sample customer, as the backend would put it."""
    known: dict[str, Any] = {
        "touchpoints": sample.touchpoints,
        "consents": consent_facts(sample),
        "past": sample.past,
        "language": sample.record.language,
    }
    return request(sample.record, **{**known, **changes})
