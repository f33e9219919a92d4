"""What may be delivered of each kind of record: the fields there are, and the site's own attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from nba_desktop.backend.consent.ledger import AGENT_RECORD
from nba_desktop.backend.decisioning.attributes import Attribute
from nba_desktop.backend.decisioning.vocabulary import Vocabulary
from nba_desktop.backend.importing.cells import CellType
from nba_desktop.contract.codes import (
    AuthLevel,
    ChurnClass,
    ConsentChannel,
    ConsentEventType,
    ConsentPurpose,
    ContactChannel,
    Experience,
    Trend,
    ValueClass,
)

KindName = Literal["customers", "contracts", "numbers", "consents", "touchpoints"]
KINDS: Final[tuple[KindName, ...]] = get_args(KindName)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: a `key` is in every row, what is `needed` is there when a record is new.

    A row without a key that `skips` says nothing. `ahead` is by how many years a date may lie in the future.
    """

    name: str
    type: CellType = "text"
    key: bool = False
    needed: bool = False
    choices: tuple[str, ...] = ()
    longest: int = 200
    skips: bool = False
    ahead: int | None = None


_BEGINS_WITHIN: Final = 5
"""Years in which what is agreed today begins at the latest."""
_CUSTOMER_NO: Final = Field("customer_no", key=True, longest=64)

VALUE_FIELDS: Final = (
    Field("value_class", "choice", choices=tuple(ValueClass)),
    Field("value_low_eur", "integer"),
    Field("value_high_eur", "integer"),
    Field("value_trend", "choice", choices=tuple(Trend)),
    Field("value_as_of", "date"),
    Field("value_horizon_years", "integer"),
    Field("churn", "choice", choices=tuple(ChurnClass)),
)
"""A customer's lifetime value: all of it or none."""

_CUSTOMERS: Final = (
    _CUSTOMER_NO,
    Field("salutation", "choice", choices=("mr", "ms", "family", "none")),
    Field("first_name"),
    Field("last_name", needed=True),
    Field("birth_date", "date", ahead=0),
    Field("street"),
    Field("postcode", longest=16),
    Field("city"),
    Field("since", "date", needed=True, ahead=_BEGINS_WITHIN),
    Field("language", "choice", choices=("de", "en")),
    Field("household", longest=64),
    Field("email", longest=320),
    Field("iban_last4", longest=4),
    Field("meter_no", longest=64),
    *VALUE_FIELDS,
    Field("value_model", longest=64),
    Field("address_form", "choice", choices=("formal", "informal")),
    Field("tone", "choice", choices=("calm", "brief", "warm", "neutral")),
    Field("documents_by", "choice", choices=tuple(ContactChannel)),
    Field("last_spoken_with"),
    Field("last_spoken_at", "moment"),
    Field("open_complaint", "bool"),
    Field("facts_as_of", "date"),
)

_NUMBERS: Final = (
    _CUSTOMER_NO,
    Field("number", "phone", key=True, skips=True),
    Field("kind", "choice", choices=("phone_home", "phone_mobile", "phone_other")),
)

_CONSENTS: Final = (
    _CUSTOMER_NO,
    Field("purpose", "choice", key=True, choices=tuple(ConsentPurpose)),
    Field("channel", "choice", key=True, choices=tuple(ConsentChannel)),
    Field("event", "choice", key=True, choices=tuple(one for one in ConsentEventType if one != "corrected")),
    Field("at", "moment", key=True),
    Field("id"),
    Field("contact_point", longest=450),
    Field("manner", "choice", choices=("inbound_call", "outbound_call", "portal", "paper", "email")),
    Field("recipient_code", longest=16),
    Field("authenticated_level", "choice", choices=tuple(AuthLevel)),
    Field("wording_id", longest=80),
    Field("wording_sha256", longest=64),
    Field("read_aloud_confirmed", "bool"),
    Field("customer_words"),
    Field(
        "evidence_type",
        "choice",
        choices=("recording_ref", "text_confirmation", "doi_click", "signed_paper", AGENT_RECORD),
    ),
    Field("evidence_ref"),
    Field("campaign_id", longest=64),
    Field("note", longest=400),
)


def fields_of(kind: KindName, vocabulary: Vocabulary) -> dict[str, Field]:
    """Return the fields of a kind by name, with the site's own codes."""
    listed: Sequence[Field]
    match kind:
        case "customers":
            listed = _CUSTOMERS
        case "contracts":
            listed = (
                Field("contract_no", key=True, longest=64),
                _CUSTOMER_NO,
                Field("product", needed=True),
                Field("kind", "choice", needed=True, choices=tuple(sorted(vocabulary.contract_kinds))),
                Field("since", "date", needed=True, ahead=_BEGINS_WITHIN),
                Field("ends", "date"),
            )
        case "numbers":
            listed = _NUMBERS
        case "consents":
            listed = _CONSENTS
        case "touchpoints":
            listed = (
                Field("id", key=True, longest=200),
                _CUSTOMER_NO,
                Field("at", "moment", key=True),
                Field("type", "choice", key=True, choices=tuple(sorted(vocabulary.touchpoint_types))),
                Field("channel", "choice", key=True, choices=tuple(ContactChannel)),
                Field("experience", "choice", choices=tuple(Experience)),
                Field("case_id", longest=64),
                Field("case_open", "bool"),
                Field("media_break", "bool"),
            )
    return {one.name: one for one in listed}


_OURS: Final = frozenset({"calendar", "contact", "journey", "ledger", "value model"})
"""Sources that are this program itself."""

FOLLOWS: Final = frozenset(
    {
        "full_name", "age", "years_customer", "language", "has_email", "email_or_mobile", "documents_by_post",
        "direct_debit", "open_complaint", "price_change_in_days", "contract_ends_in_days", "boiler_age", "above_below",
        "credit_or_back_payment", "maintenance_day_ct", "moving",
    }
)  # fmt: skip
"""Attributes that follow from a customer's record and other attributes; `has_KIND` follow from his contracts."""


def is_delivered(attribute: Attribute, vocabulary: Vocabulary) -> bool:
    """Whether other systems say it; what follows from something else is not delivered itself."""
    follows = FOLLOWS | {f"has_{kind}" for kind in vocabulary.contract_kinds}
    return attribute.source not in _OURS and attribute.name not in follows and attribute.type != "words"


def attribute_field(attribute: Attribute) -> Field:
    """Return an attribute as a field."""
    match attribute.type:
        case "integer" | "number" | "bool" | "date" as plain:
            return Field(attribute.name, plain)
        case _:
            return Field(attribute.name, "choice" if attribute.choices else "text", choices=attribute.choices)
