"""The log of readings, as the services ask for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from nba_desktop.backend.rows.audit import LookRow, Reading, ReadingRow, ReadingsAsked


class AuditStore(Protocol):
    """Who read which customers, and who looked at that; only ever appended."""

    def add(self, reading: Reading, customer_ids: Sequence[str]) -> None:
        """Append a reading of customers, or of nobody."""

    def read_since(self, reading: Reading, customer_ids: Sequence[str], since: datetime) -> frozenset[str]:
        """Return those whom the same agent read by the same operation in the same contact since a moment."""

    def of_customer(self, customer_id: str, asked: ReadingsAsked) -> Sequence[ReadingRow]:
        """Return the readings of a customer, newest first."""

    def of_agent(self, agent_id: str, asked: ReadingsAsked) -> Sequence[ReadingRow]:
        """Return what an agent, a system or an administrator read, newest first."""

    def add_look(self, look: LookRow) -> None:
        """Append that somebody looked at what is logged of a person of the staff."""

    def looks(self, agent_id: str | None, since: datetime) -> Sequence[LookRow]:
        """Return who looked at what is logged of an agent, or of anybody, since a moment, newest first."""
