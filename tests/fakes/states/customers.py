"""Who calls: Helmut, and who shares his number."""

from __future__ import annotations

from datetime import date

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    ChurnClass,
    ContactChannel,
    Trend,
    ValueClass,
)
from nba_desktop.contract.customer import (
    Candidate,
    Contract,
    Customer,
    CustomerValue,
    LastSpoken,
    SecurityItem,
)
from tests.fakes.states.moments import utc


def helmut_candidate(language: Language = "de") -> Candidate:
    """Helmut as he may be seen before he is authenticated."""
    return Candidate(
        customer_id="c-helmut",
        display_name="Helmut Brandt",
        customer_no_masked="K-•••776",
        place_masked="01••• Dresden",
        match="phone_home",
        security_items=(
            SecurityItem(code="customer_no", hint="K-104 776"),
            SecurityItem(code="birth_date", hint="••.••.1950"),
            SecurityItem(code="meter_no", hint="••••4711"),
            SecurityItem(code="iban_last4", hint="••02"),
        ),
    )


def neighbours() -> tuple[Candidate, ...]:
    """Three customers who share a telephone number."""
    helmut = helmut_candidate()
    return (
        helmut,
        helmut.model_copy(
            update={
                "customer_id": "c-ilse",
                "display_name": "Ilse Brandt",
                "customer_no_masked": "K-•••777",
                "match": "phone_mobile",
            }
        ),
        helmut.model_copy(
            update={
                "customer_id": "c-pohl",
                "display_name": "Maximiliane Pohl-Schwarzenberger",
                "customer_no_masked": "K-•••120",
                "match": "phone_other",
            }
        ),
    )


def helmut_customer() -> Customer:
    """Helmut's master data."""
    return Customer(
        customer_id="c-helmut",
        customer_no="K-104 776",
        salutation="mr",
        first_name="Helmut",
        last_name="Brandt",
        since=date(2008, 4, 1),
        language="de",
        tone="calm",
        documents_by=ContactChannel.POST,
        last_spoken=LastSpoken(agent_name="Frau Öztürk", at=utc(2026, 11, 4)),
        contracts=(
            Contract(contract_no="V-1", product="Strom Klassik", commodity="electricity", since=date(2008, 4, 1)),
            Contract(contract_no="V-2", product="Gas Klassik", commodity="gas", since=date(2009, 10, 1)),
        ),
        open_cases=1,
    )


def helmut_value() -> CustomerValue:
    """Helmut's lifetime value."""
    return CustomerValue(
        value_class=ValueClass.A,
        low_eur=1100,
        high_eur=1500,
        trend=Trend.UP,
        as_of=date(2026, 11, 9),
        horizon_years=5,
        churn=ChurnClass.MEDIUM,
    )
