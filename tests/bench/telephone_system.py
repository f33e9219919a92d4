"""Tells a backend's store of a telephone system; run as a script with the store's folder, a user and his agent."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nba_desktop.backend.calls.sources import SourceService
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import open_store
from nba_desktop.backend.rows.hooks import HookDialect, HookRow

_SOURCE = "pbx"


def telephone_system(data: Path, user: str, agent: str) -> str:
    """Add the telephone system; the path that it reports its calls to."""
    with open_store(BackendConfig(data=data, resources=data)) as store:
        sources = SourceService(store)
        secret = sources.create(
            HookRow(
                source=_SOURCE,
                dialect=HookDialect.ZAMMAD,
                secret_sha256=None,
                signing_key=None,
                number_format="e164_without_plus",
                region="DE",
                trunk_prefix="",
                extension_digits=5,
                queues=frozenset(),
                internal_calls=False,
                public_url="",
                events_per_s=1000,
                created_at=datetime.now(UTC),
            )
        )
        sources.map_user(_SOURCE, user, agent)
    return f"/v1/hooks/{_SOURCE}?token={secret}"


if __name__ == "__main__":
    print(telephone_system(Path(sys.argv[1]), *sys.argv[2:]))
