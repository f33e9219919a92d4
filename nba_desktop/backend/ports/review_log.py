"""The review's own log, as the services ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nba_desktop.backend.rows.review_log import AccessRow, NoteRow, ReviewModeRow


class ReviewLogStore(Protocol):
    """How far the review goes, who looked at it and what was noted."""

    def add_mode(self, mode: ReviewModeRow) -> None:
        """Append how far the review goes from now on."""

    def modes(self) -> Sequence[ReviewModeRow]:
        """Return everything that was ever set, oldest first."""

    def add_access(self, access: AccessRow) -> None:
        """Append that somebody looked."""

    def accesses(self, since: datetime) -> Sequence[AccessRow]:
        """Return who looked since a moment, newest first."""

    def accesses_about(self, agent: str, team_ids: Sequence[str], since: datetime) -> Sequence[AccessRow]:
        """Return who looked at an agent (his pseudonym), or at one of these teams as a whole, newest first."""

    def add_note(self, note: NoteRow) -> None:
        """Append a note."""

    def note(self, note_id: UUID) -> NoteRow | None:
        """Return a note, or None."""

    def notes_about(self, agent: str) -> Sequence[NoteRow]:
        """Return the notes about an agent (his pseudonym), newest first."""
