"""The consent ledger and its wordings in the database; no statement here changes or deletes a ledger entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from operator import attrgetter
from sqlite3 import Error as SqliteError
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Column, Connection, Row, RowMapping, bindparam, exists, insert, select, type_coerce, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NullType

from nba_desktop.backend.consent import canonical
from nba_desktop.backend.consent.checking import Batch
from nba_desktop.backend.consent.ledger import BEGINNING, LedgerEntry, LedgerHead, chained_row
from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.errors import UnreadableEntry
from nba_desktop.backend.rows.consents import ConsentRestriction
from nba_desktop.backend.store.schema.consents import (
    consent_events,
    consent_head,
    consent_restrictions,
    consent_wordings,
)
from nba_desktop.backend.store.sqlite import run
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose

_HEAD_ID = 1
_AT_ONCE: Final = 2_000
"""Entries read at once where all are read."""

# Built once: to build a statement takes longer than to run it.
_END = select(consent_head.c.position, consent_head.c.hash).where(consent_head.c.head_id == _HEAD_ID)
_HEAD = _END.with_for_update()
_MOVE_HEAD = update(consent_head).where(consent_head.c.head_id == _HEAD_ID)
_MOVE_KNOWN = _MOVE_HEAD.where(
    consent_head.c.position == bindparam("was_position"), consent_head.c.hash == bindparam("was_hash")
)
_APPEND = insert(consent_events)
# Both as text: where one entry is a transaction, what SQLAlchemy does with 29 values takes longer than SQLite.
_APPEND_KEPT: Final = (
    f"INSERT INTO consent_events ({', '.join(canonical.COLUMNS)}) VALUES ({', '.join('?' * len(canonical.COLUMNS))})"
)
_MOVE_KEPT: Final = (
    f"UPDATE consent_head SET position = ?, hash = ? WHERE head_id = {_HEAD_ID} AND position = ? AND hash = ?"
)
_ALL = select(consent_events).order_by(consent_events.c.position)
_OF_CUSTOMER = _ALL.where(consent_events.c.customer_id == bindparam("customer_id"))
_BY_EVENT = select(consent_events).where(consent_events.c.event_id == bindparam("event_id"))
# As the driver gives them: to make ids and moments of them takes ten times as long as to read them.
_RAW = select(*(type_coerce(consent_events.c[name], NullType()).label(name) for name in canonical.COLUMNS)).order_by(
    consent_events.c.position
)
_BETWEEN = _RAW.where(consent_events.c.position.between(bindparam("first"), bindparam("last")))
# SQLite writes the text of an entry itself, three times as fast as its values can be read.
_LINES: Final = (
    f"SELECT json_array({', '.join(canonical.FIELDS[canonical.FORM])}), position, prev_hash, hash, form "
    "FROM consent_events ORDER BY position"
)
_NAMED = (
    select(consent_events.c.wording_id, consent_events.c.wording_sha256, consent_events.c.wording_record_sha256)
    .where(consent_events.c.wording_id.is_not(None))
    .distinct()
)
_HASHES = select(consent_events.c.hash).order_by(consent_events.c.position)
_WORDINGS = select(consent_wordings)
_TABLES: Final = (consent_events.name, consent_head.name, consent_wordings.name, consent_restrictions.name)
_COLUMNS = tuple(column.name for column in consent_events.c)
_values_of = attrgetter(*_COLUMNS)


class KnownHead:
    """The end of the chain as this process left it; another may have moved it since, which an append finds out."""

    def __init__(self) -> None:
        self.head: LedgerHead | None = None


class Consents:
    """Appends to and reads the ledger within one transaction."""

    def __init__(self, connection: Connection, known: KnownHead | None = None) -> None:
        self._connection = connection
        self._known = known or KnownHead()
        self._kept_as_text = connection.dialect.name == "sqlite"

    def head(self) -> LedgerHead:
        """Return the end of the chain, held against other writers until the transaction ends."""
        row = self._connection.execute(_HEAD).one()
        return LedgerHead(row.position, row.hash)

    def end(self) -> LedgerHead | None:
        """Return the end of the chain as it is recorded, without holding it; None when that is missing."""
        row = self._connection.execute(_END).one_or_none()
        return None if row is None else LedgerHead(row.position, row.hash)

    def append(self, entry: LedgerEntry) -> LedgerHead:
        """Append one entry behind the end of the chain, whatever place it names, and return the new end.

        The end is not asked for where this process wrote it last: it is moved if it still is where it was left.
        """
        before = self._known.head
        row, end = chained_row(entry, before or BEGINNING)
        if before is None or not self._moved(before, end):
            row, end = chained_row(entry, self.head())
            self._connection.execute(_MOVE_HEAD, {"position": end.position, "hash": end.hash})
        if self._kept_as_text:
            run(self._connection, _APPEND_KEPT, canonical.as_kept(row))
        else:
            self._connection.execute(_APPEND, dict(zip(canonical.COLUMNS, row, strict=True)))
        self._known.head = end
        return end

    def _moved(self, before: LedgerHead, end: LedgerHead) -> bool:
        if self._kept_as_text:
            return run(self._connection, _MOVE_KEPT, (end.position, end.hash, before.position, before.hash)) == 1
        moved = {"position": end.position, "hash": end.hash}
        moved |= {"was_position": before.position, "was_hash": before.hash}
        return self._connection.execute(_MOVE_KNOWN, moved).rowcount == 1

    def append_all(self, entries: Sequence[LedgerEntry]) -> None:
        """Append entries that follow one another and move the end of the chain to the last."""
        if not entries:
            return
        self._connection.execute(_APPEND, [_row(entry) for entry in entries])
        end = entries[-1]
        self._connection.execute(_MOVE_HEAD, {"position": end.position, "hash": end.hash})
        self._known.head = LedgerHead(end.position, end.hash)

    def of_customer(self, customer_id: str) -> tuple[LedgerEntry, ...]:
        """Return the customer's entries in order."""
        rows = self._connection.execute(_OF_CUSTOMER, {"customer_id": customer_id}).mappings()
        return tuple(read_entry(row) for row in rows)

    def by_event_id(self, event_id: UUID) -> LedgerEntry | None:
        """Return the entry of an event, or None."""
        row = self._connection.execute(_BY_EVENT, {"event_id": event_id}).mappings().one_or_none()
        return None if row is None else read_entry(row)

    def batches(self) -> Iterator[Batch]:
        """Return every entry in order, as `checking` takes them; raise `UnreadableEntry` where one is."""
        read = 0
        if self._kept_as_text:
            # Of the driver itself, which hands out rows as they are.
            cursor = self._connection.connection.cursor()
            try:
                cursor.execute(_LINES)
                while lines := cursor.fetchmany(_AT_ONCE):
                    first, last = lines[0][1], lines[-1][1]
                    yield Batch(partial(self._between, first, last), lines)
                    read = last
                return
            except SqliteError:
                # A value of a kind that no program writes: what is left is read value by value.
                pass
            finally:
                cursor.close()
        yield from self._plain_batches(read)

    def _plain_batches(self, read: int) -> Iterator[Batch]:
        try:
            behind = _RAW.where(consent_events.c.position > read).execution_options(yield_per=_AT_ONCE)
            with self._connection.execute(behind) as result:
                for rows in result.partitions():
                    yield Batch(partial(list, rows))
                    read = rows[-1].position
        except DBAPIError as error:
            place = self._unreadable(read)
            yield Batch(partial(self._between, read + 1, place - 1))
            raise UnreadableEntry(place) from error

    def _between(self, first: int, last: int) -> Sequence[Row[*tuple[object, ...]]]:
        return self._connection.execute(_BETWEEN, {"first": first, "last": last}).all()

    def damage(self) -> str:
        """Return what the database itself finds damaged in the ledger's tables and their indexes, or nothing.

        The chain is read row by row, a customer's proof by an index: what has the one need not have the other. Only a
        file can be asked: PostgreSQL looks after its pages by itself.
        """
        if not self._kept_as_text:
            return ""
        try:
            # A connection of its own: SQLite ends no transaction any more in which it met a page it cannot read.
            with self._connection.engine.connect() as apart:
                for one in _TABLES:
                    (answer, *_) = apart.exec_driver_sql(f"PRAGMA integrity_check('{one}')").scalars()
                    if answer != "ok":
                        return f"{one}: {answer}"
        except DBAPIError as error:
            # So damaged that it cannot even be examined.
            return str(error.orig)
        return ""

    def named_wordings(self) -> Sequence[tuple[str, str | None, str | None]]:
        """Return id, hash of the text and hash of the whole record of every wording that an entry names."""
        return [
            (row.wording_id, row.wording_sha256, row.wording_record_sha256) for row in self._connection.execute(_NAMED)
        ]

    def hashes(self, until: int) -> Iterator[Sequence[str]]:
        """Return the hash of every entry up to a position, in order, in batches."""
        asked = _HASHES.where(consent_events.c.position <= until).execution_options(yield_per=_AT_ONCE)
        with self._connection.execute(asked) as result:
            for rows in result.partitions():
                yield [row.hash for row in rows]

    def pending_since(self, before: datetime) -> Sequence[str]:
        """Return the customers who gave a consent before a moment that was not confirmed or ended since."""
        given, later = consent_events.alias(), consent_events.alias()
        ended = exists().where(
            later.c.customer_id == given.c.customer_id,
            later.c.purpose == given.c.purpose,
            later.c.channel == given.c.channel,
            later.c.contact_point == given.c.contact_point,
            later.c.position > given.c.position,
            later.c.event.in_((ConsentEventType.DOI_CONFIRMED, ConsentEventType.EXPIRED, ConsentEventType.WITHDRAWN)),
        )
        asked = (
            select(given.c.customer_id)
            .where(
                given.c.event == ConsentEventType.GRANTED,
                given.c.channel.in_((ConsentChannel.EMAIL, ConsentChannel.SMS)),
                given.c.at < before,
                ~ended,
            )
            .distinct()
            .order_by(given.c.customer_id)
        )
        return self._connection.execute(asked).scalars().all()

    def customer_ids(self) -> Sequence[str]:
        """Return every customer the ledger has an entry of, in order."""
        asked = select(consent_events.c.customer_id).distinct().order_by(consent_events.c.customer_id)
        return self._connection.execute(asked).scalars().all()

    def restriction(self, customer_id: str) -> ConsentRestriction | None:
        """Return since when a customer's proof is for the consent officer alone, or None."""
        return self._restriction(consent_restrictions.c.customer_id, customer_id)

    def restriction_of_number(self, customer_no: str) -> ConsentRestriction | None:
        """Return the restriction of the customer who had a number, or None."""
        return self._restriction(consent_restrictions.c.customer_no, customer_no)

    def _restriction(self, column: Column[str], value: str) -> ConsentRestriction | None:
        row = self._connection.execute(select(consent_restrictions).where(column == value)).mappings().first()
        return None if row is None else ConsentRestriction(**row)

    def restrict(self, restriction: ConsentRestriction) -> None:
        """Let only the consent officer read a customer's proof from now on."""
        self._connection.execute(insert(consent_restrictions).values(**asdict(restriction)))

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

    def _unreadable(self, after: int) -> int:
        """Return the first position behind one whose entry cannot be read."""
        one = _RAW.where(consent_events.c.position == bindparam("place"))
        place = after + 1
        while True:
            try:
                found = self._connection.execute(one, {"place": place}).one_or_none()
            except DBAPIError:
                return place
            if found is None:
                return place
            place += 1


def _row(entry: LedgerEntry) -> dict[str, object]:
    return dict(zip(_COLUMNS, _values_of(entry), strict=True))


def read_entry(row: RowMapping | Mapping[str, Any]) -> LedgerEntry:
    """Return an entry from its row."""
    return LedgerEntry(
        **{
            **row,
            "purpose": ConsentPurpose(row["purpose"]),
            "channel": ConsentChannel(row["channel"]),
            "event": ConsentEventType(row["event"]),
            "authenticated_level": AuthLevel(row["authenticated_level"]),
        }
    )
