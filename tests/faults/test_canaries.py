"""Personal data of a call are where they belong and nowhere else, whatever happens to the panel."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.conftest import point_into
from tests.e2e.processes import make_site, rows, run_here
from tests.faults.canaries import FIRST_NAME, NOTE, WORDS, files, of_process, plant, traces
from tests.faults.processes import LOG, KillableBackend
from tests.faults.stores import SETTINGS
from tests.faults.table import ROOT

pytestmark = [pytest.mark.long, pytest.mark.timeout(120)]


def allow_core_dumps() -> None:
    """As far as the system goes, a crash may write everything in memory into the working directory."""
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def test_nothing_of_a_customer_is_found_outside_the_backends_store_and_the_encrypted_one(
    tmp_path_factory: pytest.TempPathFactory, measured: Callable[[str], None]
) -> None:
    # The panel's socket is below it, and a socket's path is short.
    folder = tmp_path_factory.mktemp("c")
    site, home, temp = folder / "site", folder / "home", folder / "temp"
    temp.mkdir()
    data = home / "data" / "nba-desktop"
    environ = {**os.environ, "TMPDIR": str(temp), "PYTHONPATH": str(ROOT)}
    point_into(environ, home)
    token = make_site(site)
    plant(site)
    with KillableBackend(site) as backend:
        panel = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.canary_panel", backend.url, str(data)],
            cwd=temp,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=allow_core_dumps,
        )
        assert panel.stdin is not None
        assert panel.stdout is not None
        panel.stdin.write(f"{token}\n")
        panel.stdin.flush()
        titles = panel.stdout.readline()
        assert titles, panel.communicate(timeout=10)
        seen = {"window titles": titles.encode(), **of_process(panel.pid), **of_process(backend.pid)}
        said, complained = panel.communicate("crash\n", timeout=60)
    assert panel.returncode < 0
    seen |= {"what the panel said": said.encode(), "what it complained of": complained.encode()}
    seen["the backend's log"] = (site / LOG).read_bytes()
    bundle = folder / "bundle" / "bundle.zip"
    bundle.parent.mkdir()
    made = run_here("doctor", "bundle", "--out", str(bundle), "--data", str(data), "--settings", str(data / SETTINGS))
    assert made.returncode == 0, made.stderr
    written = files((home, temp, bundle.parent))
    # The call took place, and was recorded on both sides.
    assert json.loads(titles)
    assert "ValueError" in complained
    assert rows(site, "SELECT first_name FROM customers WHERE customer_id = 'helmut-brandt'") == [(FIRST_NAME,)]
    assert rows(site, "SELECT note FROM contacts") == [(NOTE,)]
    assert any(WORDS in body for (body,) in rows(site, "SELECT body FROM events"))
    assert list(temp.glob("core*")) == []
    assert any(name.endswith(".sqlcipher") for name in written)
    found = traces({**seen, **written})
    assert found == []
    measured(f"{len(written)} files, {len(seen)} outputs and places of processes, {len(found)} traces")
