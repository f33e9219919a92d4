"""Erase a customer (Art. 17 GDPR): remove what names him, unlink what statistics need, restrict what the law keeps."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from nba_desktop.backend.consent.restriction import restrict
from nba_desktop.backend.decisions.deciding import installation_salt
from nba_desktop.backend.errors import InvalidMessage, ReasonRequired, UnknownCustomer
from nba_desktop.backend.outbound.telling import tell_erased
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.subject.event_fields import body_without_identity, record_without_identity
from nba_desktop.backend.subject.export import LONGEST_REASON, find_subject
from nba_desktop.backend.subject.records import ErasureRow, Subject
from nba_desktop.backend.subject.tables import SUBJECT_TABLES, Erasure
from nba_desktop.backend.text import fold_code, fold_text
from nba_desktop.contract.base import new_id

_GONE: Final[Mapping[str, Any]] = {"number_e164": None, "attached_customer_no": None, "answer": None}
"""What stands in an emptied column that is no text."""
_READINGS: Final = "readings"
_RECORDS: Final = frozenset({"decisions", "portal_decisions", "shadow_decisions"})
_WHY: Final = {
    Erasure.REMOVED: "nothing needs it any more",
    Erasure.UNLINKED: "kept for statistics and for what was learnt: a random id stands in place of the customer's, and "
    "numbers, names, notes, free words and dates of birth, contract or bill are gone",
    Erasure.GOES_WITH: "kept with what it belongs to; it names nobody",
    Erasure.RESTRICTED: "kept because the consents must be provable (§ 7a UWG, Art. 17 (3) b GDPR); only the consent "
    "officer reads it, and nobody is contacted by it",
}


@dataclass(frozen=True, slots=True)
class ErasedPart:
    """What became of the customer's rows of one table."""

    table: str
    rows: int
    erasure: Erasure

    @property
    def why(self) -> str:
        """Why it went, or why it stays."""
        return _WHY[self.erasure]


@dataclass(frozen=True, slots=True)
class ErasureAnswer:
    """What was erased and what is kept; `first` is his erasure of before, of somebody whose record is gone already."""

    parts: tuple[ErasedPart, ...]
    at: datetime
    dry_run: bool
    first: ErasureRow | None = None

    @property
    def nothing_left(self) -> bool:
        """Whether there was nothing to erase: what the law keeps is not."""
        return not any(one.rows for one in self.parts if one.erasure is not Erasure.RESTRICTED)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as JSON can hold it; it names nobody."""
        return {
            "at": self.at.isoformat(),
            "dry_run": self.dry_run,
            "erased_before": None if self.first is None else self.first.at.isoformat(),
            "parts": [
                {"table": one.table, "rows": one.rows, "what": one.erasure.value, "why": one.why} for one in self.parts
            ],
        }


class ErasureService:
    """Erases customers, each in one transaction; asked again, it erases what came since."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def erase(self, actor: str, customer_no: str, reason: str, dry_run: bool = False) -> ErasureAnswer:
        """Erase a customer; with `dry_run` say what would be erased.

        Raises `UnknownCustomer` for a number of nobody, `ReasonRequired`, and `InvalidMessage` for a reason that
        names him.
        """
        with self._undone() if dry_run else self._store.write() as unit:
            answer = self.erase_within(unit, actor, customer_no, reason)
        return replace(answer, dry_run=dry_run)

    def erase_within(self, unit: Unit, actor: str, customer_no: str, reason: str) -> ErasureAnswer:
        """Erase a customer within the transaction of whoever asks, and tell other systems; raises what `erase` does."""
        reason = reason.strip()
        if not reason or len(reason) > LONGEST_REASON:
            raise ReasonRequired(f"say why the customer is erased, in at most {LONGEST_REASON} characters")
        now = self._clock()
        try:
            subject = find_subject(unit, customer_no)
        except UnknownCustomer:
            if before := unit.subjects.erasures(customer_hash(unit, customer_no, now)):
                return ErasureAnswer((), now, dry_run=False, first=before[0])
            raise
        _check_reason(unit, subject, reason)
        hashed = customer_hash(unit, subject.customer_no, now)
        gone = unit.customers.by_id(subject.customer_id) is None
        before = unit.subjects.erasures(hashed) if gone else ()
        restrict(unit, subject.customer_id, now)
        parts = tuple(_erased(unit, subject, f"x-{secrets.token_hex(12)}"))
        counts = {one.table: one.rows for one in parts if one.erasure is not Erasure.RESTRICTED}
        # Who was erased is not erased once more because somebody has read what proves his consents since.
        if any(rows for table, rows in counts.items() if not before or table != _READINGS):
            unit.subjects.add_erasure(ErasureRow(new_id(), now, hashed, reason, actor, counts))
            tell_erased(unit, subject.customer_no, now)
        return ErasureAnswer(parts, now, dry_run=False, first=before[0] if before else None)

    def was_erased(self, customer_no: str) -> ErasureRow | None:
        """Return the first erasure of whoever had a number, or None."""
        with self._store.read() as unit:
            log = unit.subjects.erasures()
            # With the first erasure the salt is there: nothing is written here.
            hashed = customer_hash(unit, customer_no, self._clock()) if log else ""
        return next((one for one in log if one.customer_hash == hashed), None)

    @contextmanager
    def _undone(self) -> Iterator[Unit]:
        """A transaction whose changes are all undone."""
        try:
            with self._store.write() as unit:
                yield unit
                raise _Undo
        except _Undo:
            pass


class _Undo(Exception):
    """Ends a transaction that was only tried."""


def customer_hash(unit: Unit, customer_no: str, now: datetime) -> str:
    """Return what the log of erasures knows a customer by: his number, hashed with the site's salt."""
    return hash_of_number(installation_salt(unit, now), fold_code(customer_no))


def hash_of_number(salt: str, folded_no: str) -> str:
    """Return the hash of a customer number that is folded already."""
    return hmac.new(salt.encode(), folded_no.encode(), sha256).hexdigest()


def _check_reason(unit: Unit, subject: Subject, reason: str) -> None:
    """The reason is kept for good: it must not keep the customer's name with it."""
    customer = unit.customers.by_id(subject.customer_id)
    words = set(fold_text(reason).split())
    names = set() if customer is None else set(fold_text(f"{customer.first_name} {customer.last_name}").split())
    if words & names or fold_code(subject.customer_no) in fold_code(reason):
        raise InvalidMessage("the reason is kept for good: say it without the customer's name and number")


def _erased(unit: Unit, subject: Subject, stand_in: str) -> Iterator[ErasedPart]:
    for name, table in SUBJECT_TABLES.items():
        match table.erasure:
            case Erasure.REMOVED:
                rows = unit.subjects.remove(name, subject)
            case Erasure.UNLINKED:
                rows = _unlinked(unit, subject, name, stand_in, table.emptied)
            case _:
                rows = unit.subjects.count(name, subject)
        yield ErasedPart(name, rows, table.erasure)


def _unlinked(unit: Unit, subject: Subject, table: str, stand_in: str, emptied: tuple[str, ...]) -> int:
    if table == "events":
        rows = [
            {"event_id": row["event_id"], "body": body_without_identity(row["body"], subject.customer_id, stand_in)}
            for row in unit.subjects.rows(table, subject)
        ]
        unit.subjects.rewrite(table, rows)
        return len(rows)
    if table in _RECORDS:
        unit.subjects.rewrite(
            table,
            [_record(row, subject.customer_id, stand_in) for row in list(unit.subjects.rows(table, subject))],
        )
    return unit.subjects.unlink(table, subject, stand_in, {name: _GONE.get(name, "") for name in emptied})


def _record(row: Mapping[str, Any], customer_id: str, stand_in: str) -> dict[str, Any]:
    key = {name: row[name] for name in ("decision_id", "catalogue_version") if name in row}
    return key | {"record": record_without_identity(row["record"], customer_id, stand_in)}
