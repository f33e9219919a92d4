"""How far the review goes, who looked at it and what was noted, in the database; only ever appended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, and_, insert, or_, select

from nba_desktop.backend.rows.review_log import AccessRow, NoteRow, ReviewModeRow
from nba_desktop.backend.store.schema.review_log import review_accesses, review_modes, review_notes
from nba_desktop.contract.codes import ReviewMode, ReviewReason, Role


class ReviewLog:
    """Appends and reads within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_mode(self, mode: ReviewModeRow) -> None:
        """Append how far the review goes from now on."""
        self._connection.execute(insert(review_modes).values(asdict(mode)))

    def modes(self) -> Sequence[ReviewModeRow]:
        """Return everything that was ever set, oldest first."""
        rows = self._connection.execute(select(review_modes).order_by(review_modes.c.revision))
        return [ReviewModeRow(ReviewMode(row.mode), row.agreement, row.until, row.at, row.actor) for row in rows]

    def add_access(self, access: AccessRow) -> None:
        """Append that somebody looked."""
        self._connection.execute(insert(review_accesses).values(asdict(access)))

    def accesses(self, since: datetime) -> Sequence[AccessRow]:
        """Return who looked since a moment, newest first."""
        asked = _ACCESSES.where(review_accesses.c.at >= since)
        return [_access(row) for row in self._connection.execute(asked).mappings()]

    def accesses_about(self, agent: str, team_ids: Sequence[str], since: datetime) -> Sequence[AccessRow]:
        """Return who looked at an agent (his pseudonym), or at one of these teams as a whole, newest first."""
        about = or_(
            review_accesses.c.agent == agent,
            and_(review_accesses.c.agent.is_(None), review_accesses.c.team_id.in_(team_ids)),
        )
        asked = _ACCESSES.where(review_accesses.c.at >= since, about)
        return [_access(row) for row in self._connection.execute(asked).mappings()]

    def add_note(self, note: NoteRow) -> None:
        """Append a note."""
        self._connection.execute(insert(review_notes).values(asdict(note)))

    def note(self, note_id: UUID) -> NoteRow | None:
        """Return a note, or None."""
        row = (
            self._connection.execute(select(review_notes).where(review_notes.c.note_id == note_id))
            .mappings()
            .one_or_none()
        )
        return None if row is None else NoteRow(**row)

    def notes_about(self, agent: str) -> Sequence[NoteRow]:
        """Return the notes about an agent (his pseudonym), newest first."""
        asked = (
            select(review_notes)
            .where(review_notes.c.agent == agent)
            .order_by(review_notes.c.at.desc(), review_notes.c.note_id.desc())
        )
        return [NoteRow(**row) for row in self._connection.execute(asked).mappings()]


_ACCESSES = select(review_accesses).order_by(review_accesses.c.at.desc(), review_accesses.c.access_id.desc())


def _access(row: RowMapping) -> AccessRow:
    return AccessRow(**{**row, "role": Role(row["role"]), "reason": ReviewReason(row["reason"])})
