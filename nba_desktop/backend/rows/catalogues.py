"""Versions of the catalogue and the steps of their lives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A catalogue as it was submitted: its files by name, exactly."""

    version: str
    files: Mapping[str, str]
    submitted_at: datetime
    submitted_by: str
    note: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step in the life of a version; `revision` is given by the store."""

    version: str
    step: str
    actor: str
    at: datetime
    percent: int | None
    note: str
    revision: int = 0
