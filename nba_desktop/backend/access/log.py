"""The log of readings as it is asked for: by customer, by employee, and by the employee himself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from nba_desktop.backend.access.reading import keep_reading, role_used
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.errors import InvalidMessage, NotFound, ReasonRequired
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import LookRow, Reading, ReadingRow, ReadingsAsked
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.audit import AuditedRead, AuditLook, AuditPage, OwnAudit, OwnRead
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role

LOOKED_BACK: Final = timedelta(days=366)
"""How long those it is about, and the works council, are shown who looked."""
_USUAL: Final = timedelta(days=30)
_BEGIN: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_CURSOR: Final = re.compile(r"([0-9]{1,16})-([0-9a-f]{32})-([0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Period:
    """Which days of the site, and which page of them; without days the last 30."""

    first: date | None
    last: date | None
    limit: int
    cursor: str | None = None


class AuditService:
    """Shows what was read; that somebody looked is kept before he is answered."""

    def __init__(
        self,
        store: Store,
        catalogues: LiveCatalogues,
        customer_of: Callable[[Unit, str], str],
        clock: Callable[[], datetime],
    ) -> None:
        """`customer_of` finds a customer by his number, also one who was erased, or raises `UnknownCustomer`."""
        self._store = store
        self._catalogues = catalogues
        self._customer_of = customer_of
        self._clock = clock

    def of_customer(
        self, caller: Caller, operation: ReadOperation, customer_no: str, reason: str, period: Period
    ) -> AuditPage:
        """Return who read a customer; raise `UnknownCustomer`, `ReasonRequired` or `InvalidMessage`."""
        reason = _stated(reason)
        with self._store.write() as unit:
            asked = self._asked(unit, period)
            customer_id = self._customer_of(unit, customer_no)
            found = unit.audit.of_customer(customer_id, asked)
            role = role_used(caller, Role.CONSENT_OFFICER, Role.ADMIN)
            reading = Reading(self._clock(), caller.agent_id, role, operation, ReadBasis.DUTY, reason)
            keep_reading(unit, reading, [customer_id])
        return _page(found, period)

    def of_agent(self, caller: Caller, agent_id: str, reason: str, period: Period) -> AuditPage:
        """Return what an employee or a system read; raise `NotFound`, `ReasonRequired` or `InvalidMessage`."""
        reason = _stated(reason)
        with self._store.write() as unit:
            asked = self._asked(unit, period)
            if unit.access.recipient_code(agent_id) is None:
                raise NotFound("nobody of that id is known here")
            found = unit.audit.of_agent(agent_id, asked)
            role = role_used(caller, Role.CONSENT_OFFICER, Role.ADMIN)
            unit.audit.add_look(LookRow(new_id(), self._clock(), caller.agent_id, role, reason, agent_id))
        return _page(found, period)

    def mine(self, caller: Caller, period: Period) -> OwnAudit:
        """Return what the caller read himself, without whom, and who looked at that."""
        with self._store.read() as unit:
            found = unit.audit.of_agent(caller.agent_id, self._asked(unit, period))
            looks = self._looks(unit, caller.agent_id)
        reads = tuple(OwnRead.model_validate(one.model_dump()) for one in map(_audited, found))
        return OwnAudit(reads=reads, next=_next(found, period), looks=looks)

    def looks(self) -> tuple[AuditLook, ...]:
        """Return who looked at what is logged of anybody of the staff in the last year; no customer is in it."""
        with self._store.read() as unit:
            return self._looks(unit, None)

    def _looks(self, unit: Unit, agent_id: str | None) -> tuple[AuditLook, ...]:
        names = {one.agent_id: one.display_name or one.agent_id for one in unit.access.profiles()}
        return tuple(
            AuditLook(
                at=one.at,
                by=names.get(one.by_agent_id, one.by_agent_id),
                role=one.role,
                reason=one.reason,
                about=names.get(one.agent_id, one.agent_id),
            )
            for one in unit.audit.looks(agent_id, self._clock() - LOOKED_BACK)
        )

    def _asked(self, unit: Unit, period: Period) -> ReadingsAsked:
        zone = self._catalogues.in_force(unit).live.zone
        today = self._clock().astimezone(zone).date()
        behind = None if period.cursor is None else _read_cursor(period.cursor)
        try:
            last = period.last or today
            first = period.first or last - _USUAL
            since = datetime.combine(first, time(), zone).astimezone(UTC)
            until = datetime.combine(last + timedelta(days=1), time(), zone).astimezone(UTC)
        except OverflowError as error:
            raise InvalidMessage("these days are no days of a calendar that is kept") from error
        if until <= since:
            raise InvalidMessage("the last day comes before the first")
        return ReadingsAsked(since, until, period.limit + 1, behind)


def _stated(reason: str) -> str:
    if not reason.strip():
        raise ReasonRequired("say why the log is read: it is kept")
    return reason.strip()


def _page(found: Sequence[ReadingRow], period: Period) -> AuditPage:
    return AuditPage(reads=tuple(map(_audited, found[: period.limit])), next=_next(found, period))


def _next(found: Sequence[ReadingRow], period: Period) -> str | None:
    if len(found) <= period.limit:
        return None
    last = found[period.limit - 1]
    return f"{(last.reading.at - _BEGIN) // _MICROSECOND}-{last.read_id.hex}-{last.place}"


def _read_cursor(text: str) -> tuple[datetime, UUID, int]:
    found = _CURSOR.fullmatch(text)
    if found is None:
        raise InvalidMessage("the cursor is not one that was answered")
    at, read_id, place = found.groups()
    return _BEGIN + int(at) * _MICROSECOND, UUID(read_id), int(place)


def _audited(row: ReadingRow) -> AuditedRead:
    return AuditedRead(
        at=row.reading.at,
        role=row.reading.role,
        operation=row.reading.operation,
        basis=row.reading.basis,
        reason=row.reading.reason,
        contact_id=row.reading.contact_id,
        together=row.together,
        agent_id=row.reading.agent_id,
        customer_id=row.customer_id,
        customer_no=row.customer_no,
    )
