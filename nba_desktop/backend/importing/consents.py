"""Consents of a file as entries of the proof ledger: appended with what proves them, or marked as weak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID, uuid5

from nba_desktop.backend.consent.ledger import AGENT_RECORD, LedgerEntry, LedgerHead, chained
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.importing.judging import (
    ADDED,
    REFUSED,
    UNCHANGED,
    Context,
    Judged,
    Verdict,
    erased_among,
    refusal_of,
)
from nba_desktop.backend.importing.reading import Rows
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.text import fold_code
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose

_IDS: Final = UUID("c0d6b1f2-6a54-5a8e-9d0f-52f3a3b0e871")
"""What the ids of entries are made from, so that a consent is the same however often it comes."""
_PROVED: Final = frozenset({ConsentEventType.GRANTED, ConsentEventType.DOI_CONFIRMED})
_OBJECTIONS: Final = frozenset({ConsentEventType.OBJECTED, ConsentEventType.OBJECTION_LIFTED})
_OTHERWISE: Final = (
    "it was said differently before: the ledger is only appended to, so give a correction an id of its own"
)
_LATE: Final = "something newer is in the ledger of this consent: sort the file by time, oldest first"

_Key = tuple[str, str, str]
"""Customer, purpose and channel; of an objection, which is to all of them, the customer."""


class ConsentKind:
    """Judges consents; nothing that is in the ledger is ever changed by a file."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def judge(self, unit: Unit, rows: Rows) -> Judged:
        """Say what becomes of each row; those of a batch are taken in the order of their moments."""
        numbers = rows.fields["customer_no"]
        folded = {number: fold_code(number) for number in set(numbers)}
        people = unit.site_data.customers(set(folded.values()))
        missing = {number: fold for number, fold in folded.items() if fold not in people}
        erased = erased_among(unit, missing, self._context.salt)
        ids = [one["customer_id"] for one in people.values()]
        phones: dict[str, str] = {}
        for customer_id, e164 in unit.site_data.phones(ids):
            phones.setdefault(customer_id, e164)
        newest = _newest(unit.site_data.consents_of(ids))
        told = [
            {name: values[place] for name, values in rows.fields.items()} | {"line": line}
            for place, line in enumerate(rows.lines)
        ]
        event_ids = [self._event_id(one, folded[one["customer_no"]]) for one in told]
        known = unit.site_data.consents(event_ids)
        entries: list[LedgerEntry] = []
        verdicts = []
        for one, event_id in sorted(zip(told, event_ids, strict=True), key=lambda pair: pair[0]["at"]):
            fold = folded[one["customer_no"]]
            person = people.get(fold)
            if person is None:
                verdicts.append(refusal_of(one["line"], fold in erased))
                continue
            entry = self._entry(event_id, one, person, phones)
            verdict = self._verdict(one, entry, known.get(event_id), newest)
            verdicts.append(verdict)
            if verdict.verdict == ADDED and not isinstance(entry, str):
                entries.append(entry)
                known[event_id] = entry
                newest[_key(entry.customer_id, entry.purpose, entry.channel, entry.event)] = entry.at

        def write(unit: Unit) -> None:
            head = unit.consents.head()
            placed = []
            for entry in entries:
                after = chained(entry, head)
                head = LedgerHead(after.position, after.hash)
                placed.append(after)
            unit.consents.append_all(placed)

        return Judged(verdicts, write)

    def _event_id(self, told: Mapping[str, Any], folded: str) -> UUID:
        """Return the same id whenever the same consent comes: of its own id in the source, or of what it is."""
        own = told.get("id")
        parts = (own,) if own else (folded, told["purpose"], told["channel"], told["at"].isoformat())
        return uuid5(_IDS, "\x1f".join((self._context.source, *parts)))

    def _verdict(
        self,
        told: Mapping[str, Any],
        entry: LedgerEntry | str,
        before: LedgerEntry | None,
        newest: Mapping[_Key, datetime],
    ) -> Verdict:
        line = told["line"]
        if isinstance(entry, str):
            return Verdict(line, REFUSED, entry)
        if before is not None:
            same = _said(before) == _said(entry)
            return Verdict(line, UNCHANGED) if same else Verdict(line, REFUSED, _OTHERWISE)
        if entry.at > self._context.now:
            return Verdict(line, REFUSED, "'at' lies in the future")
        last = newest.get(_key(entry.customer_id, entry.purpose, entry.channel, entry.event))
        return Verdict(line, REFUSED, _LATE) if last is not None and last > entry.at else Verdict(line, ADDED)

    def _entry(
        self, event_id: UUID, told: Mapping[str, Any], person: Mapping[str, Any], phones: Mapping[str, str]
    ) -> LedgerEntry | str:
        """Return the entry, without its place in the chain, or why there is none."""
        purpose, channel = ConsentPurpose(told["purpose"]), ConsentChannel(told["channel"])
        event, at = ConsentEventType(told["event"]), told["at"]
        wording = self._wording(told, purpose, channel)
        if isinstance(wording, str):
            return wording
        address = f"{person['street']}, {person['postcode']} {person['city']}".strip(", ")
        point = told.get("contact_point") or _point(channel, person, phones, address)
        if event is ConsentEventType.GRANTED and not point:
            return "the number or address that the consent is for is not known: map 'contact_point'"
        evidence, note = _evidence(event, told, wording)
        return LedgerEntry(
            position=0,
            event_id=event_id,
            customer_id=person["customer_id"],
            person_first_name=person["first_name"],
            person_last_name=person["last_name"],
            postal_address=address,
            contact_point=point,
            purpose=purpose,
            channel=channel,
            event=event,
            at=at,
            at_local=at.astimezone(self._context.zone).isoformat(timespec="seconds"),
            manner=told.get("manner") or "",
            call_id=None,
            recipient_code=told.get("recipient_code") or "",
            authenticated_level=AuthLevel(told.get("authenticated_level") or AuthLevel.NONE),
            wording_id=None if wording is None else wording.wording_id,
            wording_sha256=None if wording is None else wording.text_sha256,
            read_aloud_confirmed=bool(told.get("read_aloud_confirmed")),
            customer_words=told.get("customer_words") or "",
            evidence_type=evidence,
            evidence_ref=told.get("evidence_ref") or "",
            source_system=self._context.source,
            note=note,
            campaign_id=told.get("campaign_id"),
            wording_record_sha256=None if wording is None else wording.record_sha256(),
        )

    def _wording(
        self, told: Mapping[str, Any], purpose: ConsentPurpose, channel: ConsentChannel
    ) -> Wording | str | None:
        """Return the wording that the consent was given to, None for none, or why it proves nothing."""
        wording_id = told.get("wording_id")
        if not wording_id:
            return "'wording_sha256' goes with 'wording_id'" if told.get("wording_sha256") else None
        wording = self._context.wordings.get(wording_id)
        if wording is None:
            return "there is no such wording: list it under 'wordings' of the mapping, with its text"
        if told.get("wording_sha256") not in {None, wording.text_sha256}:
            return "the wording had another text: its hash does not fit"
        if wording.purpose is not purpose or channel not in wording.channels:
            return "the wording is for another purpose or channel"
        return wording


def _evidence(event: ConsentEventType, told: Mapping[str, Any], wording: Wording | None) -> tuple[str, str]:
    """Return the evidence and the note of an entry: what lacks a part of its proof counts as an agent's word."""
    evidence, note = told.get("evidence_type") or AGENT_RECORD, told.get("note") or ""
    if event not in _PROVED or evidence == AGENT_RECORD:
        return evidence, note
    there = {
        "wording": wording is not None or event is ConsentEventType.DOI_CONFIRMED,
        "manner": told.get("manner"),
        "recipient": told.get("recipient_code"),
        "evidence": told.get("evidence_ref"),
    }
    lacking = ", ".join(name for name, said in there.items() if not said)
    if not lacking:
        return evidence, note
    return AGENT_RECORD, f"{note} [imported as {evidence} without {lacking}]".strip()


def _point(channel: ConsentChannel, person: Mapping[str, Any], phones: Mapping[str, str], address: str) -> str:
    """Return the number or address a consent by this channel is for, or an empty text."""
    match channel:
        case ConsentChannel.PHONE | ConsentChannel.SMS:
            return phones.get(person["customer_id"], "")
        case ConsentChannel.EMAIL:
            return person["email"] or ""
        case ConsentChannel.POST:
            return address
        case _:
            return str(person["customer_no"])


def _said(entry: LedgerEntry) -> tuple[object, ...]:
    """What a file says of a consent; who the person was and where he lived then is the ledger's own."""
    return (
        entry.customer_id,
        entry.purpose,
        entry.channel,
        entry.event,
        entry.at.astimezone(UTC),
        entry.manner,
        entry.recipient_code,
        entry.wording_id,
        entry.customer_words,
        entry.evidence_type,
        entry.evidence_ref,
        entry.note,
        entry.campaign_id,
    )


def _newest(said: Sequence[tuple[str, str, str, str, datetime]]) -> dict[_Key, datetime]:
    newest: dict[_Key, datetime] = {}
    for customer_id, purpose, channel, event, at in said:
        key = _key(customer_id, purpose, channel, event)
        newest[key] = max(at, newest.get(key, at))
    return newest


def _key(customer_id: str, purpose: str, channel: str, event: str) -> _Key:
    return (customer_id, "", "") if event in _OBJECTIONS else (customer_id, purpose, channel)
