"""Who may be calling: candidates from the number, from the telephone system, or chosen by the agent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from nba_desktop.backend.contacts.masking import display_name, mask_number, mask_place, security_items
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.ports import CustomerStore
from nba_desktop.backend.rows import ContactRecord
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.customer import Candidate, Identification

Match = Literal["phone_home", "phone_mobile", "phone_other", "attached", "search"]
Found = Sequence[tuple[CustomerRecord, Match]]

MOST_CANDIDATES: Final = 20
"""More people on one number than this are a switchboard: the agent searches."""


@dataclass(frozen=True, slots=True)
class SecurityPolicy:
    """What the site asks a caller, and how many answers must be right."""

    items: tuple[str, ...]
    required: int


def security_policy(catalogue: Catalogue) -> SecurityPolicy:
    """Return what a catalogue says about asking callers; before the caller is known it is the live one's."""
    return SecurityPolicy(catalogue.security_items, catalogue.security_items_required)


def find_candidates(customers: CustomerStore, contact: ContactRecord, settled: str | None) -> Found:
    """Return who may be calling: the one the agent settled on first, then attached data, then the number."""
    found: dict[str, tuple[CustomerRecord, Match]] = {}
    if contact.attached_customer_no:
        attached = customers.by_customer_no(contact.attached_customer_no)
        if attached is not None:
            found[attached.customer_id] = (attached, "attached")
    if contact.number.e164 is not None and contact.number.presentation != "restricted":
        for record, kind in customers.by_phone(contact.number.e164, MOST_CANDIDATES):
            found.setdefault(record.customer_id, (record, kind))
    if settled is not None and settled not in found:
        chosen = customers.by_id(settled)
        if chosen is not None:
            found[settled] = (chosen, "search")
    return sorted(found.values(), key=lambda one: one[0].customer_id != settled)


def identification(
    contact: ContactRecord, found: Found, level: AuthLevel, policy: SecurityPolicy, language: Language
) -> Identification:
    """Return the masked candidates; a withheld number is said apart from an unknown one."""
    status: Literal["withheld", "unknown", "one", "several"]
    if found:
        status = "one" if len(found) == 1 else "several"
    else:
        status = "withheld" if contact.number.presentation == "restricted" else "unknown"
    asked = () if level is AuthLevel.AUTHENTICATED else policy.items
    return Identification(
        status=status,
        candidates=tuple(
            Candidate(
                customer_id=customer.customer_id,
                display_name=display_name(customer, language),
                customer_no_masked=mask_number(customer.customer_no),
                place_masked=mask_place(customer),
                match=match,
                security_items=security_items(customer, asked, language),
            )
            for customer, match in found
        ),
        security_items_required=policy.required,
    )
