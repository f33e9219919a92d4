"""The consents of made-up calls as entries of the ledger, chained in order of time."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from uuid import UUID

from nba_desktop.backend.consent.ledger import AGENT_RECORD, LedgerEntry, LedgerHead, chained
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.ports.consents import ConsentStore
from nba_desktop.backend.samples.half_year.people import Person
from nba_desktop.backend.samples.half_year.told import SOURCE, Told
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType
from nba_desktop.contract.events import ConsentRecorded


class Ledger:
    """Turns what was said in calls into entries; what is confirmed later waits for its time."""

    def __init__(self, wordings: Iterable[Wording], zone: tzinfo) -> None:
        self._records = {(one.wording_id, one.text_sha256): one.record_sha256() for one in wordings}
        self._zone = zone
        self._entries: list[tuple[datetime, UUID, LedgerEntry]] = []

    def add(self, told: Told, confirmation_ids: Sequence[UUID]) -> None:
        """Take in the consents of a call, and their confirmations under these ids."""
        given: dict[ConsentChannel, LedgerEntry] = {}
        for event in told.events:
            if isinstance(event, ConsentRecorded):
                entry = self._said(told, event)
                self._push(entry)
                if event.event is ConsentEventType.GRANTED:
                    given[event.channel] = entry
        for one, event_id in zip(told.confirmations, confirmation_ids, strict=True):
            self._push(
                replace(
                    given[one.channel],
                    event_id=event_id,
                    event=ConsentEventType.DOI_CONFIRMED,
                    at=one.at,
                    at_local=self._local(one.at),
                    manner="email",
                    call_id=None,
                    recipient_code=SOURCE,
                    authenticated_level=AuthLevel.NONE,
                    read_aloud_confirmed=False,
                    customer_words="",
                    evidence_type="doi_click",
                )
            )

    def write(self, consents: ConsentStore, until: datetime) -> int:
        """Append everything up to a moment to the chain, and return how much that is."""
        due: list[LedgerEntry] = []
        while self._entries and self._entries[0][0] < until:
            due.append(heapq.heappop(self._entries)[2])
        append_chained(consents, due)
        return len(due)

    def _push(self, entry: LedgerEntry) -> None:
        heapq.heappush(self._entries, (entry.at, entry.event_id, entry))

    def _said(self, told: Told, event: ConsentRecorded) -> LedgerEntry:
        person = told.person
        return LedgerEntry(
            position=0,
            event_id=event.event_id,
            customer_id=person.customer_id,
            person_first_name=person.first_name,
            person_last_name=person.last_name,
            postal_address=person.address,
            contact_point=_point(person, event.channel),
            purpose=event.purpose,
            channel=event.channel,
            event=event.event,
            at=event.at,
            at_local=self._local(event.at),
            manner="inbound_call",
            call_id=event.contact_id,
            recipient_code=told.agent.code,
            authenticated_level=AuthLevel.AUTHENTICATED,
            wording_id=event.wording_id,
            wording_sha256=event.wording_sha256,
            read_aloud_confirmed=event.read_aloud_confirmed,
            customer_words=event.customer_words,
            evidence_type=AGENT_RECORD,
            evidence_ref="",
            source_system=SOURCE,
            note="",
            wording_record_sha256=self._records.get((event.wording_id or "", event.wording_sha256 or "")),
        )

    def _local(self, at: datetime) -> str:
        return at.astimezone(self._zone).isoformat(timespec="seconds")


def append_chained(consents: ConsentStore, entries: Iterable[LedgerEntry]) -> None:
    """Append entries in this order behind the end of the chain."""
    head = consents.head()
    found: list[LedgerEntry] = []
    for one in entries:
        entry = chained(one, head)
        head = LedgerHead(entry.position, entry.hash)
        found.append(entry)
    consents.append_all(found)


def _point(person: Person, channel: ConsentChannel) -> str:
    if channel is ConsentChannel.EMAIL:
        return person.email or ""
    return person.phones[0] if person.phones else ""
