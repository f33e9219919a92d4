"""The consent ledger, pure: entries chained by hash, and the state they come to.

Fields and rules: the duty to prove consents (§ 7a UWG) and the guidance of the Federal Network Agency on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Final
from uuid import UUID

from nba_desktop.backend.consent.canonical import COLUMNS, FORM, Row, row_hash
from nba_desktop.backend.model import ConsentFacts
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose, ConsentState
from nba_desktop.contract.consent import ConsentStatus

GENESIS = "0" * 64
"""What the first entry names as its predecessor."""

CONFIRMED_APART: Final = frozenset({ConsentChannel.EMAIL, ConsentChannel.SMS})
"""Channels whose consent counts only when it was confirmed apart (double opt-in)."""

AGENT_RECORD: Final = "agent_record"
"""The evidence that is an agent's word alone: weak."""

_PROVES: Final = frozenset({"recording_ref", "text_confirmation", "signed_paper"})

ConsentKey = tuple[ConsentPurpose, ConsentChannel]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One fact about a consent, with everything that proves it; `hash` covers every other field.

    `corrects` is the event id of the entry that a correction takes back, `campaign_id` what a consent was used for,
    `wording_record_sha256` covers the whole record of the wording, as `wording_sha256` does its text. `form` says which
    fields there are: entries from before have the form 1, without those three.
    """

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
    campaign_id: str | None = None
    corrects: UUID | None = None
    wording_record_sha256: str | None = None
    form: int = FORM


_row_of = attrgetter(*COLUMNS)
_POSITION: Final = COLUMNS.index("position")
_PREVIOUS: Final = COLUMNS.index("prev_hash")
_HASH: Final = COLUMNS.index("hash")


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """The end of the chain."""

    position: int
    hash: str


BEGINNING = LedgerHead(0, GENESIS)
"""The end of a chain without entries."""


def chained(entry: LedgerEntry, head: LedgerHead) -> LedgerEntry:
    """Return the entry at its place behind `head`, with its hash."""
    _, end = chained_row(entry, head)
    return replace(entry, position=end.position, prev_hash=head.hash, hash=end.hash)


def chained_row(entry: LedgerEntry, head: LedgerHead) -> tuple[Row, LedgerHead]:
    """Return the values of the entry at its place behind `head`, in the order of `COLUMNS`, and the end with it."""
    row = list(_row_of(entry))
    row[_POSITION], row[_PREVIOUS] = head.position + 1, head.hash
    row[_HASH] = row_hash(row) or ""
    return row, LedgerHead(head.position + 1, row[_HASH])


def row_of(entry: LedgerEntry) -> Row:
    """Return an entry's values in the order of `COLUMNS`."""
    row: Row = _row_of(entry)
    return row


def entry_hash(entry: LedgerEntry) -> str:
    """Return the SHA-256 over the canonical text of the entry; an empty one for an entry that nobody could write."""
    return row_hash(row_of(entry)) or ""


def effective(entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Return a customer's entries that still say something: no corrections, and none that was taken back by one.

    A correction that was itself taken back takes nothing back.
    """
    taken_back: set[UUID] = set()
    kept: list[LedgerEntry] = []
    for entry in reversed(entries):
        if entry.event_id in taken_back:
            continue
        if entry.event is ConsentEventType.CORRECTED:
            if entry.corrects is not None:
                taken_back.add(entry.corrects)
            continue
        kept.append(entry)
    return kept[::-1]


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
        (entry.purpose, entry.channel): entry.at
        for entry in effective(entries)
        if entry.event is ConsentEventType.REFUSED
    }
    return ConsentFacts(
        states=states,
        objected=is_objected(entries),
        refused_at={key: at for key, at in refused_at.items() if states[key] is ConsentState.REFUSED},
    )


def is_objected(entries: Sequence[LedgerEntry]) -> bool:
    """Say whether an advertising objection stands; it overrides every state."""
    objected = False
    for entry in effective(entries):
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
    for entry in effective(entries):
        key = (entry.purpose, entry.channel)
        before = found.get(key) or ConsentStatus(purpose=key[0], channel=key[1], state=ConsentState.NOT_ASKED)
        found[key] = _next_status(before, entry)
    return found


def _next_status(before: ConsentStatus, entry: LedgerEntry) -> ConsentStatus:
    state = next_state(before.state, entry)
    if state is before.state and not _counts_anew(entry):
        return before if not before.weak_proof else before.model_copy(update={"weak_proof": not strengthens(entry)})
    return before.model_copy(update={"state": state, "since": entry.at, "weak_proof": is_weak(state, entry)})


def next_state(before: ConsentState, entry: LedgerEntry) -> ConsentState:
    """Return what a state becomes by an entry."""
    match entry.event:
        case ConsentEventType.GRANTED:
            return ConsentState.PENDING_CONFIRMATION if entry.channel in CONFIRMED_APART else ConsentState.GRANTED
        case ConsentEventType.REFUSED:
            return ConsentState.REFUSED
        case ConsentEventType.WITHDRAWN:
            return ConsentState.WITHDRAWN
        case ConsentEventType.EXPIRED:
            return ConsentState.EXPIRED
        case ConsentEventType.ASKED if before is ConsentState.NOT_ASKED:
            return ConsentState.ASKED_OPEN
        case ConsentEventType.DOI_CONFIRMED if before is ConsentState.PENDING_CONFIRMATION:
            return ConsentState.GRANTED
        case _:
            return before


def is_weak(state: ConsentState, entry: LedgerEntry) -> bool:
    """Say whether a consent that an entry brought to a state is proved by an agent's record alone."""
    given = state in (ConsentState.GRANTED, ConsentState.PENDING_CONFIRMATION)
    return given and entry.evidence_type == AGENT_RECORD


def strengthens(entry: LedgerEntry) -> bool:
    """Say whether an entry is the proof that a consent still lacked.

    A click in an e-mail proves nothing about calls (BGH I ZR 164/09); a recording or a confirmation in text form does.
    """
    if entry.event is not ConsentEventType.DOI_CONFIRMED:
        return False
    return entry.evidence_type in _PROVES or (entry.channel in CONFIRMED_APART and entry.evidence_type == "doi_click")


def _counts_anew(entry: LedgerEntry) -> bool:
    return entry.event in (
        ConsentEventType.GRANTED,
        ConsentEventType.REFUSED,
        ConsentEventType.WITHDRAWN,
        ConsentEventType.EXPIRED,
    )
