"""How far files were taken in, in the database."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Connection, bindparam, insert, select, update

from nba_desktop.backend.rows import ImportRow
from nba_desktop.backend.store.schema import imports

_BY_ID = select(imports).where(imports.c.import_id == bindparam("import_id"))
_SET = update(imports).where(imports.c.import_id == bindparam("of_import"))
_ADD = insert(imports)


class Imports:
    """Reads and rewrites the progress of files within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_id(self, import_id: str) -> ImportRow | None:
        """Return how far, or None for a file that was never begun."""
        row = self._connection.execute(_BY_ID, {"import_id": import_id}).mappings().one_or_none()
        return None if row is None else ImportRow(**row)

    def put(self, progress: ImportRow) -> None:
        """Say how far, in place of what was said before."""
        values = asdict(progress)
        if self._connection.execute(_SET, {"of_import": progress.import_id, **values}).rowcount == 0:
            self._connection.execute(_ADD, values)
