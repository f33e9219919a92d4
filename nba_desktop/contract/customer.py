"""Who is calling: candidates before authentication, the customer after it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from nba_desktop.contract.base import Answer, Code, Count, Language, Moment
from nba_desktop.contract.codes import ChurnClass, ContactChannel, Trend, ValueClass


class SecurityItem(Answer):
    """One thing to ask the caller; `hint` is the partly masked value to compare with.

    `label` is what the site calls it, where it declared the item.
    """

    code: Code
    hint: str
    label: str | None = None


class Candidate(Answer):
    """A customer who may be calling; all that may be known before authentication.

    `habit` is what earlier calls from this number say: he is who usually calls, or who usually calls by this way.
    """

    customer_id: str
    display_name: str
    customer_no_masked: str
    place_masked: str
    match: Literal["phone_home", "phone_mobile", "phone_other", "attached", "search", "handed_over"]
    habit: Literal["usual", "usual_here"] | None = None
    security_items: tuple[SecurityItem, ...] = ()


class Identification(Answer):
    """What the number says about the caller; a match is a candidate, never an identification.

    With `vouched_by` the first candidate was authenticated in this very call already, and no item is required of him;
    of every other candidate `security_items_required_of_others` are. `failed_items` are those of the first candidate
    that were answered wrongly in this call. With more than `security_items_failed_most` wrong answers, of all
    candidates together, it is `locked`: nobody can be authenticated in it any more.
    """

    status: Literal["withheld", "unknown", "one", "several"]
    candidates: tuple[Candidate, ...] = ()
    security_items_required: Count = 2
    vouched_by: Literal["colleague", "voice_menu"] | None = None
    security_items_required_of_others: Count = 2
    failed_items: tuple[Code, ...] = ()
    security_items_failed_most: Count = 2
    locked: bool = False


class Contract(Answer):
    """One supply or service contract."""

    contract_no: str
    product: str
    commodity: Code
    since: date
    ends: date | None = None


class LastSpoken(Answer):
    """With whom the customer spoke last."""

    agent_name: str
    at: Moment


class Customer(Answer):
    """The customer's master data for the header; only sent once he is authenticated.

    `preferences` are what he would rather have, in the contact's language. `crm_url` is where the site's CRM shows him.
    """

    customer_id: str
    customer_no: str
    salutation: Literal["mr", "ms", "family", "none"]
    first_name: str
    last_name: str
    since: date
    language: Language
    address_form: Literal["formal", "informal"] = "formal"
    tone: Literal["calm", "brief", "warm", "neutral"] = "neutral"
    documents_by: ContactChannel = ContactChannel.EMAIL
    last_spoken: LastSpoken | None = None
    contracts: tuple[Contract, ...] = ()
    open_cases: Count = 0
    open_complaint: bool = False
    advertising_objection: bool = False
    preferences: tuple[str, ...] = ()
    crm_url: str | None = None


class CustomerValue(Answer):
    """Lifetime value as class and range in EUR, with the day it was computed and its horizon in years."""

    value_class: ValueClass
    low_eur: int
    high_eur: int
    trend: Trend
    as_of: date
    horizon_years: int
    churn: ChurnClass


class SearchHit(Answer):
    """A customer found by search, masked, with the reason of the hit."""

    customer_id: str
    display_name: str
    customer_no_masked: str
    place_masked: str
    match: Literal["customer_no", "name", "contract", "address", "phone"]


class SearchAnswer(Answer):
    """What a search found, best first; `truncated` when there is more than is shown."""

    hits: tuple[SearchHit, ...]
    truncated: bool = False
