"""The consent ledger and its wordings in the database; no statement here changes or deletes a ledger entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, insert, select, update

from nba_desktop.backend.consent.ledger import LedgerEntry, LedgerHead
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.store.schema import consent_events, consent_head, consent_wordings
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose

_HEAD_ID = 1
# Built once: to build a statement takes longer than to run it.
_HEAD = select(consent_head.c.position, consent_head.c.hash).where(consent_head.c.head_id == _HEAD_ID).with_for_update()
_MOVE_HEAD = update(consent_head).where(consent_head.c.head_id == _HEAD_ID)
_APPEND = insert(consent_events)
_ALL = select(consent_events).order_by(consent_events.c.position)
_OF_CUSTOMER = _ALL.where(consent_events.c.customer_id == bindparam("customer_id"))
_WORDINGS = select(consent_wordings)


class Consents:
    """Appends to and reads the ledger within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def head(self) -> LedgerHead:
        """Return the end of the chain, held against other writers until the transaction ends."""
        row = self._connection.execute(_HEAD).one()
        return LedgerHead(row.position, row.hash)

    def append(self, entry: LedgerEntry) -> None:
        """Append one entry and move the end of the chain."""
        self.append_all([entry])

    def append_all(self, entries: Sequence[LedgerEntry]) -> None:
        """Append entries that follow one another and move the end of the chain to the last."""
        if not entries:
            return
        self._connection.execute(_APPEND, [_row(entry) for entry in entries])
        end = entries[-1]
        self._connection.execute(_MOVE_HEAD, {"position": end.position, "hash": end.hash})

    def of_customer(self, customer_id: str) -> tuple[LedgerEntry, ...]:
        """Return the customer's entries in order."""
        rows = self._connection.execute(_OF_CUSTOMER, {"customer_id": customer_id}).mappings()
        return tuple(_entry(row) for row in rows)

    def all(self) -> Iterator[LedgerEntry]:
        """Return every entry in order."""
        rows = self._connection.execute(_ALL).mappings()
        return (_entry(row) for row in rows)

    def wordings(self) -> tuple[Wording, ...]:
        """Return every wording there ever was."""
        rows = self._connection.execute(_WORDINGS).mappings()
        return tuple(
            Wording(
                **{
                    **row,
                    "purpose": ConsentPurpose(row["purpose"]),
                    "channels": frozenset(ConsentChannel(channel) for channel in row["channels"].split()),
                }
            )
            for row in rows
        )

    def introduce_wording(self, wording: Wording) -> None:
        """Add a version of a wording."""
        values = asdict(wording) | {"channels": " ".join(sorted(wording.channels))}
        self._connection.execute(insert(consent_wordings).values(**values))

    def set_retired(self, wording: Wording, at: datetime | None) -> None:
        """Mark a version as no longer in force since `at`, or with None as in force again."""
        self._connection.execute(
            update(consent_wordings)
            .where(
                consent_wordings.c.wording_id == wording.wording_id,
                consent_wordings.c.language == wording.language,
                consent_wordings.c.version == wording.version,
            )
            .values(retired_at=at)
        )


def _row(entry: LedgerEntry) -> dict[str, object]:
    return {column.name: getattr(entry, column.name) for column in consent_events.c}


def _entry(row: RowMapping) -> LedgerEntry:
    return LedgerEntry(
        **{
            **row,
            "purpose": ConsentPurpose(row["purpose"]),
            "channel": ConsentChannel(row["channel"]),
            "event": ConsentEventType(row["event"]),
            "authenticated_level": AuthLevel(row["authenticated_level"]),
        }
    )
