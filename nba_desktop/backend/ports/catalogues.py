"""The catalogue's versions, as the services ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from nba_desktop.backend.rows.catalogues import StepRow, VersionRow


class CatalogueStore(Protocol):
    """Versions of the catalogue and the steps of their lives."""

    def add(self, version: VersionRow) -> None:
        """Keep a version."""

    def by_version(self, version: str) -> VersionRow | None:
        """Return a version, or None."""

    def versions(self) -> Sequence[VersionRow]:
        """Return every version, oldest first."""

    def append_step(self, step: StepRow) -> int:
        """Append a step and return its revision."""

    def steps(self) -> Sequence[StepRow]:
        """Return every step in order."""

    def revision(self) -> int:
        """Return the last step's revision, 0 when there is none."""
