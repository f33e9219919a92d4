"""A fresh store for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nba_desktop.backend.store.unit import SqlStore
from tests.fakes.backend_site import sql_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with sql_store(tmp_path, customers=False) as opened:
        yield opened
