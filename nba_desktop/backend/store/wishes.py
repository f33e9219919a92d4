"""What customers ask for their own data in calls, in the database: among what is asked of other systems' customers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from nba_desktop.backend.store.schema.subjects import subject_requests
from nba_desktop.backend.subject.records import WishRow
from nba_desktop.contract.codes import DataField
from nba_desktop.contract.wish import WishKind

_OPEN: Final[Mapping[WishKind, str]] = {WishKind.CORRECTION: "correction_wish", WishKind.ERASURE: "erasure_wish"}
_ANSWERED: Final = "wish_answered"
OPEN_WISHES: Final = tuple(_OPEN.values())
"""The kinds of what nobody has answered yet."""
_SOURCE: Final = "nba-desktop"


class Wishes:
    """Appends and reads wishes, and keeps the answers, within one transaction.

    An answered wish is as old as its answer, so that there is time to read it.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, wish: WishRow) -> None:
        """Append a wish that nobody has answered."""
        self._connection.execute(
            insert(subject_requests).values(
                request_id=wish.wish_id,
                source=_SOURCE,
                kind=_OPEN[wish.kind],
                received_at=wish.at,
                actor=wish.agent_id,
                customer_id=wish.customer_id,
                customer_hash=wish.customer_hash,
                changes=_as_json(wish),
            )
        )

    def by_id(self, wish_id: UUID) -> WishRow | None:
        """Return a wish, or None."""
        found = self._rows(select(subject_requests).where(subject_requests.c.request_id == wish_id))
        return found[0] if found else None

    def answer(self, wish: WishRow) -> None:
        """Keep a wish's answer."""
        self._connection.execute(
            update(subject_requests)
            .where(subject_requests.c.request_id == wish.wish_id)
            .values(kind=_ANSWERED, received_at=wish.answered_at, changes=_as_json(wish))
        )

    def open(self, limit: int) -> Sequence[WishRow]:
        """Return what waits for an answer, oldest first."""
        waiting = select(subject_requests).where(subject_requests.c.kind.in_(OPEN_WISHES))
        return self._rows(waiting.order_by(subject_requests.c.received_at, subject_requests.c.request_id).limit(limit))

    def of_agent(self, agent_id: str, limit: int) -> Sequence[WishRow]:
        """Return what an agent was told, as long as it is kept, what changed last first."""
        his = select(subject_requests).where(
            subject_requests.c.actor == agent_id, subject_requests.c.kind.in_((*OPEN_WISHES, _ANSWERED))
        )
        newest = (subject_requests.c.received_at.desc(), subject_requests.c.request_id.desc())
        return self._rows(his.order_by(*newest).limit(limit))

    def _rows(self, statement: Select[*tuple[Any, ...]]) -> list[WishRow]:
        found = self._connection.execute(statement).mappings()
        return [_row(one) for one in found if one["kind"] in (*OPEN_WISHES, _ANSWERED)]


def _as_json(wish: WishRow) -> str:
    said = {
        "kind": wish.kind.value,
        "at": wish.at.isoformat(),
        "contact_id": str(wish.contact_id),
        "about": wish.about.value if wish.about else None,
        "words": wish.words,
        "answered_at": wish.answered_at.isoformat() if wish.answered_at else None,
        "answered_by": wish.answered_by,
        "done": wish.done,
        "answer": wish.answer,
    }
    return json.dumps(said, ensure_ascii=False)


def _row(row: RowMapping) -> WishRow:
    said: dict[str, Any] = json.loads(row["changes"])
    return WishRow(
        wish_id=row["request_id"],
        kind=WishKind(said["kind"]),
        at=datetime.fromisoformat(said["at"]),
        agent_id=row["actor"],
        customer_id=row["customer_id"],
        customer_hash=row["customer_hash"],
        contact_id=UUID(said["contact_id"]),
        about=DataField(said["about"]) if said["about"] else None,
        words=said["words"],
        answered_at=datetime.fromisoformat(said["answered_at"]) if said["answered_at"] else None,
        answered_by=said["answered_by"],
        done=said["done"],
        answer=said["answer"],
    )
