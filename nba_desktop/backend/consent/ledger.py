"""The consent ledger, pure: entries chained by hash, and the state they come to.

Fields and rules: the duty to prove consents (§ 7a UWG) and the guidance of the Federal Network Agency on it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from uuid import UUID

from nba_desktop.backend.model import ConsentFacts
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState
from nba_desktop.contract.consent import ConsentStatus

GENESIS = "0" * 64
"""What the first entry names as its predecessor."""

_CONFIRMED_APART = frozenset({ConsentChannel.EMAIL, ConsentChannel.SMS})

ConsentKey = tuple[ConsentPurpose, ConsentChannel]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One fact about a consent, with everything that proves it; `hash` covers every other field."""

    position: int
    event_id: UUID
    customer_id: str
    person_first_name: str
    person_last_name: str
    postal_address: str
    contact_point: str
    purpose: ConsentPurpose
    channel: ConsentChannel
    event: ConsentEventType
    at: datetime
    at_local: str
    manner: str
    call_id: UUID | None
    recipient_code: str
    authenticated_level: AuthLevel
    wording_id: str | None
    wording_sha256: str | None
    read_aloud_confirmed: bool
    customer_words: str
    evidence_type: str
    evidence_ref: str
    source_system: str
    note: str
    prev_hash: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """The end of the chain."""

    position: int
    hash: str


BEGINNING = LedgerHead(0, GENESIS)
"""The end of a chain without entries."""


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """What a check of the whole chain found; `broken_at` is the position of the first wrong entry."""

    entries: int
    broken_at: int | None = None
    reason: str = ""


def chained(entry: LedgerEntry, head: LedgerHead) -> LedgerEntry:
    """Return the entry at its place behind `head`, with its hash."""
    placed = replace(entry, position=head.position + 1, prev_hash=head.hash, hash="")
    return replace(placed, hash=entry_hash(placed))


def entry_hash(entry: LedgerEntry) -> str:
    """Return the SHA-256 over the canonical JSON of every field but `hash`: sorted keys, no blanks, UTF-8."""
    values = {field.name: _plain(getattr(entry, field.name)) for field in fields(entry) if field.name != "hash"}
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str | int | bool | None:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


def verify(entries: Iterable[LedgerEntry], head: LedgerHead) -> LedgerCheck:
    """Walk the chain and return the first place where it does not hold."""
    last = BEGINNING
    for entry in entries:
        if entry.position != last.position + 1:
            return LedgerCheck(last.position, last.position + 1, "an entry is missing")
        if entry.prev_hash != last.hash:
            return LedgerCheck(last.position, entry.position, "the entry does not continue the one before it")
        if entry.hash != entry_hash(entry):
            return LedgerCheck(last.position, entry.position, "the entry was changed")
        last = LedgerHead(entry.position, entry.hash)
    if last != head:
        return LedgerCheck(last.position, last.position + 1, "the end of the chain was cut off")
    return LedgerCheck(last.position)


def is_unchanged(entries: Sequence[LedgerEntry]) -> bool:
    """Say whether each of some entries, in order, is as it was written, and follows the one before where they adjoin.

    That none between them is missing only `verify` can tell.
    """
    last = BEGINNING
    for entry in entries:
        if entry.position <= last.position or entry.hash != entry_hash(entry):
            return False
        if entry.position == last.position + 1 and entry.prev_hash != last.hash:
            return False
        last = LedgerHead(entry.position, entry.hash)
    return True


def consent_facts(entries: Sequence[LedgerEntry]) -> ConsentFacts:
    """Return what a customer's entries, in order, come to."""
    states = {key: status.state for key, status in _statuses(entries).items()}
    refused_at = {
        (entry.purpose, entry.channel): entry.at for entry in entries if entry.event is ConsentEventType.REFUSED
    }
    return ConsentFacts(
        states=states,
        objected=is_objected(entries),
        refused_at={key: at for key, at in refused_at.items() if states[key] is ConsentState.REFUSED},
    )


def is_objected(entries: Sequence[LedgerEntry]) -> bool:
    """Say whether an advertising objection stands; it overrides every state."""
    objected = False
    for entry in entries:
        if entry.event is ConsentEventType.OBJECTED:
            objected = True
        elif entry.event is ConsentEventType.OBJECTION_LIFTED:
            objected = False
    return objected


def statuses(entries: Sequence[LedgerEntry], asked_for: Iterable[ConsentKey]) -> tuple[ConsentStatus, ...]:
    """Return the state for each purpose and channel there is a word or an entry for."""
    found = _statuses(entries)
    keys = sorted({*asked_for, *found}, key=lambda key: (list(ConsentPurpose).index(key[0]), _channel_order(key[1])))
    return tuple(
        found.get(key) or ConsentStatus(purpose=key[0], channel=key[1], state=ConsentState.NOT_ASKED) for key in keys
    )


def _channel_order(channel: ConsentChannel) -> int:
    return list(ConsentChannel).index(channel)


def _statuses(entries: Sequence[LedgerEntry]) -> Mapping[ConsentKey, ConsentStatus]:
    found: dict[ConsentKey, ConsentStatus] = {}
    for entry in entries:
        key = (entry.purpose, entry.channel)
        before = found.get(key) or ConsentStatus(purpose=key[0], channel=key[1], state=ConsentState.NOT_ASKED)
        found[key] = _next_status(before, entry)
    return found


def _next_status(before: ConsentStatus, entry: LedgerEntry) -> ConsentStatus:
    weak = entry.evidence_type == "agent_record"
    match entry.event:
        case ConsentEventType.GRANTED:
            state = ConsentState.PENDING_CONFIRMATION if entry.channel in _CONFIRMED_APART else ConsentState.GRANTED
        case ConsentEventType.REFUSED:
            state, weak = ConsentState.REFUSED, False
        case ConsentEventType.WITHDRAWN:
            state, weak = ConsentState.WITHDRAWN, False
        case ConsentEventType.EXPIRED:
            state, weak = ConsentState.EXPIRED, False
        case ConsentEventType.ASKED if before.state is ConsentState.NOT_ASKED:
            state, weak = ConsentState.ASKED_OPEN, False
        case ConsentEventType.DOI_CONFIRMED if before.state is ConsentState.PENDING_CONFIRMATION:
            state = ConsentState.GRANTED
        case _:
            return before
    return before.model_copy(update={"state": state, "since": entry.at, "weak_proof": weak})
