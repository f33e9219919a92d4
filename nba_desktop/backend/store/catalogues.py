"""Versions of the catalogue and the steps of their lives, in the database; both are only ever appended."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from nba_desktop.backend.rows.catalogues import StepRow, VersionRow
from nba_desktop.backend.store.schema.catalogues import catalogue_steps, catalogue_versions

_ADD = insert(catalogue_versions)
_BY_VERSION = select(catalogue_versions).where(catalogue_versions.c.version == bindparam("version"))
_VERSIONS = select(catalogue_versions).order_by(catalogue_versions.c.submitted_at, catalogue_versions.c.version)
_APPEND_STEP = insert(catalogue_steps)
_STEPS = select(catalogue_steps).order_by(catalogue_steps.c.revision)
_REVISION = select(func.max(catalogue_steps.c.revision))


class Catalogues:
    """Appends and reads versions and steps within one transaction; which step is the last is read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._revision: int | None = None

    def add(self, version: VersionRow) -> None:
        """Keep a version."""
        values = asdict(version) | {"files": json.dumps(dict(version.files), ensure_ascii=False)}
        self._connection.execute(_ADD, values)

    def by_version(self, version: str) -> VersionRow | None:
        """Return a version, or None."""
        row = self._connection.execute(_BY_VERSION, {"version": version}).mappings().one_or_none()
        return None if row is None else _version(row)

    def versions(self) -> Sequence[VersionRow]:
        """Return every version, oldest first."""
        return [_version(row) for row in self._connection.execute(_VERSIONS).mappings()]

    def append_step(self, step: StepRow) -> int:
        """Append a step and return its revision."""
        self._revision = None
        values = {name: value for name, value in asdict(step).items() if name != "revision"}
        key = self._connection.execute(_APPEND_STEP, values).inserted_primary_key
        assert key is not None
        return int(key[0])

    def steps(self) -> Sequence[StepRow]:
        """Return every step in order."""
        return [StepRow(**row) for row in self._connection.execute(_STEPS).mappings()]

    def revision(self) -> int:
        """Return the last step's revision, 0 when there is none."""
        if self._revision is None:
            self._revision = int(self._connection.execute(_REVISION).scalar() or 0)
        return self._revision


def _version(row: Mapping[Any, Any]) -> VersionRow:
    return VersionRow(**{**row, "files": json.loads(row["files"])})
