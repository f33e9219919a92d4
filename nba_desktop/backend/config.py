"""What a backend is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL

from nba_desktop.backend.networks import NO_NETWORKS, Networks
from nba_desktop.backend.sign_in.entries import SignInEntry


@dataclass(frozen=True, slots=True)
class BackendConfig:
    """Where the backend finds and keeps things, and whom it serves.

    `data` is the folder of the database and is made when it is missing; with `database`, one on a server, it is not
    used. `resources` is the folder with the sample catalogue and customers, `catalogue` the catalogue in force (None:
    the sample's), `providers` the file with the systems that are asked during a call (None: none). With
    `embedded_token` the backend serves one panel, whose agent is `embedded_agent`; without, the tokens in the store
    count, and those of the identity provider `sign_in` (None: none). A panel older than `least_panel` is told so and
    gets no answers; what it recorded is taken all the same.

    `proxies` are the servers in front whose word on who asks counts. A caller may send `requests_per_s`, except the
    embedded panel. Traces go to `otlp_endpoint` (None: nowhere).
    """

    data: Path
    resources: Path
    catalogue: Path | None = None
    providers: Path | None = None
    sign_in: SignInEntry | None = None
    # It may have a password in it.
    database: URL | None = field(default=None, repr=False)
    embedded_token: str | None = field(default=None, repr=False)
    embedded_agent: str = "panel"
    max_body_bytes: int = 1_048_576
    least_panel: str | None = None
    proxies: Networks = NO_NETWORKS
    requests_per_s: int = 50
    otlp_endpoint: str | None = None

    @property
    def database_file(self) -> Path:
        """The database of a backend on SQLite."""
        return self.data / "backend.sqlite3"

    @property
    def catalogue_path(self) -> Path:
        """The catalogue to load, a file or a folder."""
        return self.catalogue or self.resources / "sample" / "catalogue"
