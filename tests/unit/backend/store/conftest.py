"""The migrations, whose files are read once for all steps of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from nba_desktop.backend.store.upgrade import alembic_config


@pytest.fixture(scope="module", autouse=True)
def migrations_read_once() -> Iterator[None]:
    """Each step reads the files of all: half of the time of a test that takes them one by one."""
    read = ScriptDirectory.from_config(alembic_config())

    def already(_config: Config) -> ScriptDirectory:
        return read

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptDirectory, "from_config", already)
        yield
