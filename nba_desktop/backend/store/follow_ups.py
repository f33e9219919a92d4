"""Promises in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, case, func, insert, select, tuple_, update

from nba_desktop.backend.rows.follow_ups import FollowUpRow
from nba_desktop.backend.store.schema.contacts import contacts
from nba_desktop.backend.store.schema.follow_ups import follow_ups
from nba_desktop.contract.codes import FollowUpKind

_ADD = insert(follow_ups)
_NUMBER = case(
    (contacts.c.presentation == "restricted", ""), else_=func.coalesce(contacts.c.number_e164, contacts.c.number_raw)
)
_ROWS = select(follow_ups, contacts.c.customer_id, _NUMBER.label("number")).join(
    contacts, contacts.c.contact_id == follow_ups.c.contact_id
)
_BY_ID = _ROWS.where(follow_ups.c.follow_up_id == bindparam("follow_up_id"))
_SET = update(follow_ups).where(follow_ups.c.follow_up_id == bindparam("of_follow_up"))
_OPEN = _ROWS.where(
    follow_ups.c.done_at.is_(None), follow_ups.c.cancelled_at.is_(None), follow_ups.c.due <= bindparam("until")
)
_OPEN_OF = (
    _OPEN.where(follow_ups.c.agent_id == bindparam("agent_id"))
    .order_by(follow_ups.c.due, follow_ups.c.at_time.is_(None), follow_ups.c.at_time, follow_ups.c.follow_up_id)
    .limit(bindparam("limit"))
)
_OPEN_OF_KIND = (
    _OPEN.where(
        follow_ups.c.kind == bindparam("kind"),
        tuple_(follow_ups.c.due, follow_ups.c.follow_up_id)
        > tuple_(
            bindparam("after_due", type_=follow_ups.c.due.type),
            bindparam("after_id", type_=follow_ups.c.follow_up_id.type),
        ),
    )
    .order_by(follow_ups.c.due, follow_ups.c.follow_up_id)
    .limit(bindparam("limit"))
)


class FollowUps:
    """Keeps and reads promises within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, follow_up: FollowUpRow) -> None:
        """Add a promise."""
        values = asdict(follow_up)
        # Who it was made to the contact says, whenever that is settled.
        del values["customer_id"], values["number"]
        self._connection.execute(_ADD, values)

    def by_id(self, follow_up_id: UUID) -> FollowUpRow | None:
        """Return a promise, or None."""
        found = self._rows(_BY_ID, {"follow_up_id": follow_up_id})
        return found[0] if found else None

    def cancel(self, follow_up_id: UUID, at: datetime) -> None:
        """Take a promise back."""
        self._connection.execute(_SET, {"of_follow_up": follow_up_id, "cancelled_at": at})

    def set_done(self, follow_up_id: UUID, at: datetime, by: str) -> None:
        """Say that it was kept, and by whom."""
        self._connection.execute(_SET, {"of_follow_up": follow_up_id, "done_at": at, "done_by": by})

    def open_of(self, agent_id: str, until: date, limit: int) -> Sequence[FollowUpRow]:
        """Return an agent's open promises up to a day, the one that is due first before the others."""
        return self._rows(_OPEN_OF, {"agent_id": agent_id, "until": until, "limit": limit})

    def open_of_kind(
        self, kind: FollowUpKind, until: date, after: tuple[date, UUID], limit: int
    ) -> Sequence[FollowUpRow]:
        """Return everybody's open promises of a kind up to a day, by day and id, behind `after`."""
        values = {"kind": kind, "until": until, "after_due": after[0], "after_id": after[1], "limit": limit}
        return self._rows(_OPEN_OF_KIND, values)

    def _rows(self, statement: Select[*tuple[Any, ...]], values: Mapping[str, object]) -> Sequence[FollowUpRow]:
        found = self._connection.execute(statement, values).mappings()
        return [FollowUpRow(**{**row, "kind": FollowUpKind(row["kind"])}) for row in found]
