"""How a backend opens: its store is one file for all of its processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nba_desktop.backend.app import describe
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import open_store
from tests.fakes.backend_site import CATALOGUE, JOURNEY, LISA
from tests.unit.backend.api.test_auth import api_routes

LOOK_IN = (
    "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM customers').fetchone())"
)


def test_opening_the_store_a_second_time_takes_no_lock_from_the_first(tmp_path: Path) -> None:
    config = BackendConfig(data=tmp_path, resources=tmp_path, catalogue=CATALOGUE)
    with open_store(config) as serving:
        with serving.read() as unit:
            assert not unit.customers.any()
        with open_store(config) as loading, loading.write() as unit:
            unit.customers.add([LISA], JOURNEY)
        log = config.database_file.with_name(f"{config.database_file.name}-wal")
        assert log.exists()
        # Another process that closes the file thinks itself the last one when the locks of this one are gone.
        looked = subprocess.run(
            [sys.executable, "-c", LOOK_IN, str(config.database_file)],
            capture_output=True, text=True, timeout=50, check=True,
        )  # fmt: skip
        assert looked.stdout == "(1,)\n"
        assert log.exists()
        with serving.write() as unit:
            assert unit.customers.by_id("c-lisa") is not None


def test_the_store_is_its_users_alone(tmp_path: Path) -> None:
    config = BackendConfig(data=tmp_path / "new", resources=tmp_path)
    with open_store(config):
        pass
    if sys.platform != "win32":
        assert config.database_file.stat().st_mode & 0o077 == 0


def test_what_is_asked_for_most_is_looked_for_first(tmp_path: Path) -> None:
    routes = api_routes(describe(BackendConfig(data=tmp_path, resources=tmp_path)).router)
    assert [next(routes).path, next(routes).path] == ["/v1/hooks/{source}", "/v1/stream"]
