"""Kills in the middle of migrations of the backend's database: each has happened as a whole or not at all.

A program of its own, because it forks, which only a process without threads may do. Last line JSON. Exit code 1 when
something was lost or a schema belongs to no version.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from nba_desktop import paths
from nba_desktop.backend.cli import main as backend
from tests.conftest import isolate_environment
from tests.e2e.processes import make_site, rows

_OLD_SCHEMA: Final = "0008"


@dataclass
class Migration:
    """What it came to; the last two must be 0."""

    migrations: int = 0
    kills: int = 0
    half: int = 0
    lost: int = 0


def migrations(folder: Path, rounds: int, chance: random.Random) -> Migration:
    """Begin so many, of which most are killed; the last one brings everything along."""
    make_site(folder)
    total, before, newest = Migration(rounds), _content(folder), _version(folder)
    back, forth = ["--to", _OLD_SCHEMA], list[str]()
    began = time.monotonic()
    for way in (back, forth):
        _migrating(folder, way)()
    # Some are done before they are killed.
    longest_s = 0.6 * (time.monotonic() - began)
    for _ in range(rounds):
        way = back if _version(folder) == newest else forth
        total.kills += _killed(_migrating(folder, way), chance.uniform(0.0, longest_s))
        total.half += _version(folder) not in (newest, _OLD_SCHEMA)
    _migrating(folder, forth)()
    total.half += _version(folder) != newest
    total.lost = sum(one != other for one, other in itertools.zip_longest(before, _content(folder)))
    return total


def _migrating(folder: Path, options: list[str]) -> Callable[[], None]:
    def migrate() -> None:
        assert backend(["migrate", "--data", str(folder), *options], paths.resource()) == 0

    return migrate


def _version(folder: Path) -> str:
    ((version,),) = rows(folder, "SELECT version_num FROM alembic_version")
    return str(version)


def _content(folder: Path) -> list[tuple[object, ...]]:
    columns = {"customers": "customer_id, last_name", "touchpoints": "touchpoint_id, type", "consent_events": "hash"}
    return [row for table, names in columns.items() for row in rows(folder, f"SELECT {names} FROM {table} ORDER BY 1")]


def _killed(work: Callable[[], None], after_s: float) -> bool:
    """Do it in a child that is killed after so long; False when it was done before."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            # Neither the parent's clean-up nor its buffers are the child's.
            os._exit(code)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "what was to be killed failed by itself"
    return os.WIFSIGNALED(status)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=20261122, help="another one kills at other moments")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nba-migration-") as folder:
        isolate_environment(os.environ, Path(folder) / "home")
        total = migrations(Path(folder) / "site", options.rounds, random.Random(options.seed))
    print(json.dumps(asdict(total)))
    return 1 if total.half or total.lost else 0


if __name__ == "__main__":
    sys.exit(main())
