"""What a backend is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL


@dataclass(frozen=True, slots=True)
class BackendConfig:
    """Where the backend finds and keeps things, and whom it serves.

    `data` is the folder of the database and is made when it is missing; with `database`, one on a server, it is not
    used. `resources` is the folder with the sample catalogue and customers, `catalogue` the catalogue in force (None:
    the sample's), `providers` the file with the systems that are asked during a call (None: none). With
    `embedded_token` the backend serves one panel, whose agent is `embedded_agent`; without, the tokens in the store
    count. A panel older than `least_panel` is told so and gets no answers; what it recorded is taken all the same.
    """

    data: Path
    resources: Path
    catalogue: Path | None = None
    providers: Path | None = None
    # It may have a password in it.
    database: URL | None = field(default=None, repr=False)
    embedded_token: str | None = field(default=None, repr=False)
    embedded_agent: str = "panel"
    max_body_bytes: int = 1_048_576
    least_panel: str | None = None

    @property
    def database_file(self) -> Path:
        """The database of a backend on SQLite."""
        return self.data / "backend.sqlite3"

    @property
    def catalogue_path(self) -> Path:
        """The catalogue to load, a file or a folder."""
        return self.catalogue or self.resources / "sample" / "catalogue"
