"""May this person be contacted here, for this, by this channel, now? A pure function of what the ledger says.

Consents belong to a person and a number or address, never to a household or a contract. An objection overrides
everything but what the customer asked for himself and what his contract needs. Whether a call may be recorded is no
matter of advertising: his yes counts for that call alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Final
from uuid import UUID

from nba_desktop.backend.consent.ledger import LedgerEntry, effective, is_objected
from nba_desktop.backend.consent.states import (
    Freshness,
    PointState,
    consented_points,
    months_later,
    point_state,
    same_point,
)
from nba_desktop.backend.decisioning.entries.site import ContactRulesEntry
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState
from nba_desktop.contract.consent import MayContactCode, Occasion


class Basis(StrEnum):
    """On what an advertising contact can rest."""

    CONSENT = "consent"
    SIMILAR_GOODS = "similar_goods"
    """Consent, or for e-mail the exception of § 7 (3) UWG."""

    INTEREST = "interest"
    """Legitimate interest, until the customer objects."""

    NONE = "none"


_ASKED_FOR: Final = frozenset({Occasion.CONTRACT, Occasion.REQUESTED_CALLBACK, Occasion.REQUESTED_DOCUMENTS})
_POINTED: Final = frozenset({ConsentChannel.PHONE, ConsentChannel.SMS, ConsentChannel.EMAIL, ConsentChannel.POST})

_BASIS: Final[Mapping[ConsentPurpose, Mapping[ConsentChannel, Basis]]] = {
    ConsentPurpose.ADV_OWN: {
        ConsentChannel.PHONE: Basis.CONSENT,
        ConsentChannel.EMAIL: Basis.SIMILAR_GOODS,
        ConsentChannel.SMS: Basis.CONSENT,
        ConsentChannel.PUSH: Basis.CONSENT,
        ConsentChannel.PORTAL: Basis.INTEREST,
        ConsentChannel.POST: Basis.INTEREST,
    },
    ConsentPurpose.ADV_PARTNER: {
        ConsentChannel.PHONE: Basis.CONSENT,
        ConsentChannel.EMAIL: Basis.CONSENT,
        ConsentChannel.SMS: Basis.CONSENT,
        ConsentChannel.PUSH: Basis.CONSENT,
        ConsentChannel.PORTAL: Basis.CONSENT,
        ConsentChannel.POST: Basis.CONSENT,
    },
    ConsentPurpose.RESEARCH: {
        ConsentChannel.PHONE: Basis.CONSENT,
        ConsentChannel.EMAIL: Basis.CONSENT,
        ConsentChannel.SMS: Basis.CONSENT,
        ConsentChannel.PUSH: Basis.CONSENT,
        ConsentChannel.PORTAL: Basis.INTEREST,
        ConsentChannel.POST: Basis.INTEREST,
    },
    ConsentPurpose.PROFILE_USAGE: {ConsentChannel.ANY: Basis.CONSENT},
}

_BECAUSE: Final = {
    ConsentState.NOT_ASKED: MayContactCode.NOT_ASKED,
    ConsentState.ASKED_OPEN: MayContactCode.UNANSWERED,
    ConsentState.REFUSED: MayContactCode.REFUSED,
    ConsentState.PENDING_CONFIRMATION: MayContactCode.NOT_CONFIRMED,
    ConsentState.WITHDRAWN: MayContactCode.WITHDRAWN,
    ConsentState.EXPIRED: MayContactCode.EXPIRED,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Whom it is about: his ledger in order, and what is known of his numbers and addresses.

    `points` are his own by channel; `others` are the ledgers of other persons known at the number or address, a shared
    telephone for one. `restricted` means erased; `from_sale` and `told_of_objection` are the facts of § 7 (3) UWG. Who
    has no known birthday counts as grown up.
    """

    ledger: Sequence[LedgerEntry]
    points: Mapping[ConsentChannel, frozenset[str]]
    others: Sequence[Sequence[LedgerEntry]] = ()
    restricted: bool = False
    from_sale: bool = False
    told_of_objection: bool = False
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """What a campaign declares for § 7 (3) UWG: own similar goods, and how to object said in the e-mail itself."""

    similar_goods: bool = False
    says_how_to_object: bool = False


@dataclass(frozen=True, slots=True)
class Permission:
    """The decision with its reasons, the most important one first; `by_consent` is the consent that allows it."""

    allowed: bool
    reasons: tuple[MayContactCode, ...]
    point: PointState = field(default_factory=PointState)
    by_consent: UUID | None = None


def may_contact(
    person: Person,
    contact_point: str,
    occasion: Occasion,
    channel: ConsentChannel,
    now: datetime,
    rules: ContactRulesEntry,
    zone: tzinfo,
    campaign: Campaign | None = None,
    call_id: UUID | None = None,
) -> Permission:
    """Return whether the person may be contacted and why; days are the zone's. `call_id` is a call to be recorded."""
    if occasion in _ASKED_FOR:
        return Permission(True, (MayContactCode.NOT_ADVERTISING,))
    purpose = ConsentPurpose(occasion)
    point = point_state(person.ledger, contact_point, purpose, channel)
    if person.restricted:
        return Permission(False, (MayContactCode.RESTRICTED,))
    if purpose is ConsentPurpose.RECORDING:
        return _may_record(person, contact_point, channel, call_id)
    if is_objected(person.ledger):
        return Permission(False, (MayContactCode.OBJECTED,), point)
    if person.birth_date is not None:
        of_age = months_later(person.birth_date, 12 * rules.least_age)
        if now.astimezone(zone).date() < of_age:
            return Permission(False, (MayContactCode.UNDER_AGE,), point)
    basis = _basis(purpose, channel, rules)
    if basis is Basis.NONE:
        return Permission(False, (MayContactCode.CHANNEL_NOT_USED,), point)
    if channel in _POINTED and not _is_theirs(person, contact_point, channel):
        return Permission(False, (MayContactCode.NOT_THEIR_CONTACT_POINT,), point)
    remarks = (MayContactCode.SHARED_CONTACT_POINT,) if person.others and channel is ConsentChannel.PHONE else ()
    if basis is Basis.INTEREST:
        # A no that was said when he was asked, or later, is respected where no yes is needed, too.
        if point.state in (ConsentState.REFUSED, ConsentState.WITHDRAWN):
            return Permission(False, (_BECAUSE[point.state],), point)
        return Permission(True, (MayContactCode.LEGITIMATE_INTEREST, *remarks), point)
    against, remarked = _against(point, channel, now, rules, zone)
    if not against:
        return Permission(True, (MayContactCode.CONSENT, *remarked, *remarks), point, point.given)
    if basis is Basis.SIMILAR_GOODS and point.state not in (ConsentState.REFUSED, ConsentState.WITHDRAWN):
        declared = campaign or Campaign()
        if all((person.from_sale, person.told_of_objection, declared.similar_goods, declared.says_how_to_object)):
            return Permission(True, (MayContactCode.SIMILAR_GOODS,), point)
        if declared.similar_goods:
            against = (*against, MayContactCode.SIMILAR_GOODS_INCOMPLETE)
    elsewhere = _elsewhere(person, contact_point, purpose, channel, point)
    return Permission(False, (*against, *elsewhere), point)


def _may_record(person: Person, contact_point: str, channel: ConsentChannel, call_id: UUID | None) -> Permission:
    if channel is not ConsentChannel.PHONE:
        return Permission(False, (MayContactCode.CHANNEL_NOT_USED,))
    said = [one for one in effective(person.ledger) if one.call_id == call_id]
    point = point_state(said, contact_point, ConsentPurpose.RECORDING, channel)
    if point.state is ConsentState.GRANTED:
        return Permission(True, (MayContactCode.CONSENT,), point, point.given)
    return Permission(False, (_BECAUSE[point.state],), point)


def _basis(purpose: ConsentPurpose, channel: ConsentChannel, rules: ContactRulesEntry) -> Basis:
    basis = _BASIS[purpose].get(channel, Basis.NONE)
    partner_letter = (purpose, channel) == (ConsentPurpose.ADV_PARTNER, ConsentChannel.POST)
    return Basis.INTEREST if partner_letter and rules.partner_letters == "objection" else basis


def _is_theirs(person: Person, contact_point: str, channel: ConsentChannel) -> bool:
    return any(same_point(channel, one, contact_point) for one in person.points.get(channel, frozenset()))


def _against(
    point: PointState, channel: ConsentChannel, now: datetime, rules: ContactRulesEntry, zone: tzinfo
) -> tuple[tuple[MayContactCode, ...], tuple[MayContactCode, ...]]:
    """Return what speaks against using a consent, and what is only remarked."""
    if point.state is not ConsentState.GRANTED:
        return (_BECAUSE[point.state],), ()
    against: list[MayContactCode] = []
    remarks: list[MayContactCode] = []
    match point.freshness(now, zone, rules.ageing_after_months, rules.stale_after_months):
        case Freshness.STALE:
            against.append(MayContactCode.STALE)
        case Freshness.AGEING:
            remarks.append(MayContactCode.AGEING)
        case Freshness.FRESH:
            pass
    if point.weak_proof and channel is ConsentChannel.PHONE:
        weak_counts = rules.calls_with_weak_proof
        (remarks if weak_counts else against).append(
            MayContactCode.WEAKLY_PROVED if weak_counts else MayContactCode.WEAK_PROOF
        )
    return tuple(against), tuple(remarks)


def _elsewhere(
    person: Person, contact_point: str, purpose: ConsentPurpose, channel: ConsentChannel, point: PointState
) -> tuple[MayContactCode, ...]:
    """Say whose or which consent there is that does not help here."""
    if point.state not in (ConsentState.NOT_ASKED, ConsentState.ASKED_OPEN):
        return ()
    found: list[MayContactCode] = []
    own = consented_points(person.ledger, purpose, channel)
    if any(one.state is ConsentState.GRANTED for one in own.values()):
        found.append(MayContactCode.OTHER_CONTACT_POINT)
    theirs = (point_state(ledger, contact_point, purpose, channel) for ledger in person.others)
    if any(one.state is ConsentState.GRANTED for one in theirs):
        found.append(MayContactCode.ANOTHER_PERSONS_CONSENT)
    return tuple(found)
