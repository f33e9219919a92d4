"""The demo of a site that is files alone: set up by the backend's commands, then a whole call."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.processes import rows, run

pytestmark = pytest.mark.timeout(180)


def test_the_demo_plays_a_call_of_a_site_of_another_trade(tmp_path: Path) -> None:
    out = tmp_path / "screens"
    arguments = ("demo", "--site", "telecom", "--headless", "--language", "de", "--keep", "--out", str(out))
    done = run(*arguments, TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["events_lost"] == 0
    assert "“Rufnummernmitnahme” chosen" in done.stdout
    assert "action 1 “Rufnummer mitnehmen” raised" in done.stdout
    (kept,) = tmp_path.glob("nba-desktop-demo-*")
    site = kept / "de" / "site"
    assert rows(site, "SELECT code FROM responses") == [("ACCEPTED_DONE",)]
    assert rows(site, "SELECT concern, concern_solved FROM contacts") == [("porting", 1)]
