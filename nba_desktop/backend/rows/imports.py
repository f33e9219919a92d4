"""How far files were taken in, and whom they meet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CustomersInBrief:
    """Of some customers: which there are, who ever called, and the (id, action) of answers and of what waits."""

    there: frozenset[str]
    called: frozenset[str]
    spoken_of: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """How far a file was taken in: lines of data by verdict, and how long the file of verdicts is with them."""

    import_id: str
    kind: str
    source: str
    lines: int
    accepted: int
    duplicate: int
    refused: int
    verdict_bytes: int
    started_at: datetime
    at: datetime
    finished: bool
