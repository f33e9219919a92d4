"""Who may be calling: candidates from the number, from the telephone system, or chosen by the agent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from nba_desktop.backend.contacts.habits import CALLS_LOOKED_AT, Habit, habits
from nba_desktop.backend.contacts.handover import Handed
from nba_desktop.backend.contacts.masking import display_name, mask_number, mask_place, security_items
from nba_desktop.backend.contacts.state import ContactState
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.entries.site import SecurityItemEntry
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.customer import Candidate, Identification

Match = Literal["phone_home", "phone_mobile", "phone_other", "attached", "search", "handed_over"]
VouchedBy = Literal["colleague", "voice_menu"]

MOST_CANDIDATES: Final = 20
"""More people on one number than this are a switchboard: the agent searches."""


@dataclass(frozen=True, slots=True)
class FoundCustomer:
    """One who may be calling, by which way he was found, and what earlier calls from the number say of him."""

    customer: CustomerRecord
    match: Match
    habit: Habit | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may be calling, likeliest first; with `vouched_by` the first was authenticated in this call already."""

    found: tuple[FoundCustomer, ...] = ()
    vouched_by: VouchedBy | None = None


@dataclass(frozen=True, slots=True)
class SecurityPolicy:
    """What the site asks a caller, how many answers must be right, and whether its voice menu may have asked them.

    `declared` are those of the items that are attributes of the site. With more than `most_failed` wrong answers nobody
    is authenticated in the call any more.
    """

    items: tuple[str, ...]
    required: int
    most_failed: int
    trust_voice_menu: bool
    declared: tuple[SecurityItemEntry, ...] = ()

    def is_locked_by(self, failed: Collection[tuple[str, str]]) -> bool:
        """Whether so much failed, of whomever it was asked, that nobody can be authenticated."""
        return len(failed) > self.most_failed


def security_policy(catalogue: Catalogue) -> SecurityPolicy:
    """Return what a catalogue says about asking callers; before the caller is known it is the live one's."""
    entry = catalogue.entry.security
    return SecurityPolicy(entry.items, entry.required, entry.most_failed, entry.trust_voice_menu, entry.declared)


def find_candidates(
    unit: Unit, contact: ContactRecord, state: ContactState, handed: Handed | None, security: SecurityPolicy
) -> Candidates:
    """Return who may be calling, likeliest first, each with the reason of the hit.

    First the one the agent settled on, then whom a colleague or the voice menu made sure of in this call, whom a
    colleague named, whom the voice menu named, and who has the number, as earlier calls from it say.
    """
    customers = unit.customers
    found: dict[str, FoundCustomer] = {}
    settled = state.customer_id
    by_colleague = None if handed is None else handed.vouched_customer
    vouched = None if state.vouching_over else _vouched(unit, contact, by_colleague, security)
    handed_customer = None if handed is None else handed.settled.customer_id
    attached = None
    if contact.attached_customer_no:
        attached = customers.by_customer_no(contact.attached_customer_no)
    # A colleague may have named several, one after the other: who is vouched for goes before who was named.
    for customer_id in dict.fromkeys((vouched.customer_id if vouched else None, handed_customer)):
        customer = None if customer_id is None else customers.by_id(customer_id)
        if customer is not None:
            by_menu = vouched is not None and vouched.by == "voice_menu" and customer_id == vouched.customer_id
            found[customer.customer_id] = FoundCustomer(customer, "attached" if by_menu else "handed_over")
    if attached is not None:
        found.setdefault(attached.customer_id, FoundCustomer(attached, "attached"))
    for one in _by_number(unit, contact):
        found.setdefault(one.customer.customer_id, one)
    if settled is not None and settled not in found:
        chosen = customers.by_id(settled)
        if chosen is not None:
            found[settled] = FoundCustomer(chosen, "search")
    in_order = sorted(found.values(), key=lambda one: one.customer.customer_id != settled)
    is_first = vouched is not None and bool(in_order) and in_order[0].customer.customer_id == vouched.customer_id
    return Candidates(tuple(in_order), vouched.by if vouched is not None and is_first else None)


def vouched_by(
    unit: Unit, contact: ContactRecord, customer_id: str, handed: Handed | None, security: SecurityPolicy
) -> VouchedBy | None:
    """Return who authenticated this very customer in this very call before, so that nothing need be asked, or None."""
    vouched = _vouched(unit, contact, None if handed is None else handed.vouched_customer, security)
    return vouched.by if vouched is not None and vouched.customer_id == customer_id else None


def number_is_shared(unit: Unit, contact: ContactRecord) -> bool:
    """Say whether so many people have the number that it tells nothing."""
    number = _number(contact)
    return number is not None and len(unit.customers.by_phone(number, MOST_CANDIDATES + 1)) > MOST_CANDIDATES


def identification(
    contact: ContactRecord,
    candidates: Candidates,
    level: AuthLevel,
    policy: SecurityPolicy,
    failed: Collection[tuple[str, str]],
) -> Identification:
    """Return the masked candidates; a withheld number is said apart from an unknown one.

    Whom somebody vouches for is not asked, however many answers were wrong.
    """
    language = contact.language
    status: Literal["withheld", "unknown", "one", "several"]
    if candidates.found:
        status = "one" if len(candidates.found) == 1 else "several"
    else:
        status = "withheld" if contact.number.presentation == "restricted" else "unknown"
    first = candidates.found[0].customer.customer_id if candidates.found else None
    asked = () if level is AuthLevel.AUTHENTICATED else policy.items
    return Identification(
        status=status,
        candidates=tuple(
            Candidate(
                customer_id=one.customer.customer_id,
                display_name=display_name(one.customer, language),
                customer_no_masked=mask_number(one.customer.customer_no),
                place_masked=mask_place(one.customer),
                match=one.match,
                habit=one.habit,
                security_items=security_items(one.customer, asked, language, policy.declared),
            )
            for one in candidates.found
        ),
        security_items_required=policy.required if candidates.vouched_by is None else 0,
        vouched_by=candidates.vouched_by,
        security_items_required_of_others=policy.required,
        failed_items=tuple(sorted(item for customer_id, item in failed if customer_id == first)),
        security_items_failed_most=policy.most_failed,
        locked=policy.is_locked_by(failed) and candidates.vouched_by is None,
    )


@dataclass(frozen=True, slots=True)
class _Vouched:
    """Who was authenticated in this call before, and by whom."""

    customer_id: str
    by: VouchedBy


def _vouched(unit: Unit, contact: ContactRecord, by_colleague: str | None, security: SecurityPolicy) -> _Vouched | None:
    if by_colleague is not None:
        return _Vouched(by_colleague, "colleague")
    if not security.trust_voice_menu or contact.ivr_level is not AuthLevel.AUTHENTICATED:
        return None
    customer = unit.customers.by_customer_no(contact.attached_customer_no) if contact.attached_customer_no else None
    return None if customer is None else _Vouched(customer.customer_id, "voice_menu")


def _by_number(unit: Unit, contact: ContactRecord) -> Sequence[FoundCustomer]:
    """Who has the number: the likeliest first, by name where earlier calls say nothing."""
    number = _number(contact)
    if number is None:
        return ()
    found = unit.customers.by_phone(number, MOST_CANDIDATES)
    if len(found) < 2:
        return [FoundCustomer(customer, kind) for customer, kind in found]
    calls = [
        one
        for one in unit.contacts.calls_from(number, contact.started_at, CALLS_LOOKED_AT)
        # A colleague's part of this call is no call of its own.
        if not contact.source or (one.source, one.interaction_id) != (contact.source, contact.interaction_id)
    ]
    ids = [customer.customer_id for customer, _ in found]
    learnt = habits(calls, ids, contact.queue, contact.ivr_path, contact.started_at)
    likeliest = sorted(found, key=lambda one: -learnt.probability[one[0].customer_id])
    return [FoundCustomer(customer, kind, learnt.usual.get(customer.customer_id)) for customer, kind in likeliest]


def _number(contact: ContactRecord) -> str | None:
    """The number, unless its owner wants it not to be known."""
    return None if contact.number.presentation == "restricted" else contact.number.e164
