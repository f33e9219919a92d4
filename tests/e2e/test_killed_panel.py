"""kill -9 of the panel at any moment: what was shown as stored arrives at the backend, once."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.processes import LIMIT_S, Site, rows, site_backend

pytestmark = pytest.mark.timeout(240)

ROUNDS = 2


def _panel(site: Site, outbox: Path, *arguments: str) -> subprocess.Popen[str]:
    script = Path(__file__).with_name("clicking_panel.py")
    panel = subprocess.Popen(
        [sys.executable, str(script), site.url, str(outbox), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert panel.stdin is not None
    panel.stdin.write(f"{site.token}\n")
    panel.stdin.flush()
    return panel


def test_a_killed_panel_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    chance = random.Random(20261121)
    acknowledged: list[str] = []
    outbox = tmp_path / "panel"
    with site_backend(tmp_path / "site") as site:
        for number in range(ROUNDS):
            panel = _panel(site, outbox, "click", f"round-{number}")
            assert panel.stdout is not None
            for _ in range(chance.randint(3, 120)):
                acknowledged.append(panel.stdout.readline().strip())
            panel.kill()
            rest, _ = panel.communicate(timeout=LIMIT_S)
            # A line that was cut by the kill was not said.
            acknowledged += [line.strip() for line in rest.splitlines(keepends=True) if line.endswith("\n")]
        drain = _panel(site, outbox, "drain")
        drain.communicate(timeout=LIMIT_S)
        assert drain.returncode == 0

        arrived = [event_id for (event_id,) in rows(site.data, "SELECT event_id FROM events")]
        assert "" not in acknowledged
        assert len(set(acknowledged)) == len(acknowledged)
        assert {one.replace("-", "") for one in acknowledged} <= set(arrived)
        assert len(set(arrived)) == len(arrived)
        per_contact = "SELECT contact_id, count(*), count(DISTINCT seq), max(seq) FROM events GROUP BY contact_id"
        for _, events, different, newest in rows(site.data, per_contact):
            assert events == different == newest
        kinds = dict(rows(site.data, "SELECT type, count(*) FROM events GROUP BY type"))
        # The sample customers bring responses of earlier days, which belong to no contact.
        of_contacts = "SELECT retracts IS NULL, count(*) FROM responses WHERE contact_id IS NOT NULL GROUP BY 1"
        effects = dict(rows(site.data, of_contacts))
        assert effects == {1: kinds["response_recorded"], 0: kinds["response_retracted"]}
