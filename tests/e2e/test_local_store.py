"""The local store with a real keyring of the system, and one that stays locked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.timeout(120)

ROOT = Path(__file__).parents[2]
DAEMON = (
    " --foreground --components=secrets >daemon.log 2>&1 &\n"
    "daemon=$!\n"
    "for i in $(seq 200); do "
    "dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner "
    "string:org.freedesktop.secrets | grep -q true && break; sleep 0.05; done\n"
)
STEPS = """
import sys
from datetime import timedelta
from pathlib import Path
from nba_desktop.adapters.agent_stores import STORE_KEY, StorePlan, open_store, read_keys
from nba_desktop.adapters.secrets import Secrets
from nba_desktop.domain.outbox import EntryState
from tests.unit.adapters.events import note
plan = StorePlan(Path(sys.argv[1]), STORE_KEY, "preferred", "", timedelta(days=7))
for _ in range(2):
    found = open_store(plan, read_keys(plan, Secrets(limit_s=float(sys.argv[2]))))
    found.store.put(note(text="Kanarienvogel"))
    waiting = len(found.store.entries(EntryState.PENDING))
    found.store.close()
    print(found.store.path.name, waiting, *(notice.code.value for notice in found.notices), sep=",")
"""


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="the packages dbus and gnome-keyring are not installed",
)
def test_a_real_keyring_keeps_the_key_and_while_it_is_locked_the_encrypted_store_waits(own_home: Path) -> None:
    def twice(daemon: str, limit_s: float) -> list[str]:
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", f'{daemon}{DAEMON}"{sys.executable}" -c "$STEPS" store {limit_s}\n'
             "kill $daemon"],
            env={**os.environ, "PYTHONPATH": str(ROOT), "STEPS": STEPS},
            cwd=own_home, capture_output=True, text=True, timeout=100, check=False,
        )  # fmt: skip
        return done.stdout.split()

    assert twice("printf pw | gnome-keyring-daemon --unlock", 20.0) == ["outbox.sqlcipher,1", "outbox.sqlcipher,2"]
    assert twice("gnome-keyring-daemon", 0.5) == [
        "outbox.sqlite3,1,store_not_encrypted",
        "outbox.sqlite3,2,store_not_encrypted",
    ]
    assert b"Kanarienvogel" not in (own_home / "store" / "outbox.sqlcipher").read_bytes()
