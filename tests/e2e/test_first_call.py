"""From a ringing telephone to rows in the database: simulator, panel and backend as real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.processes import rows, run, run_here

pytestmark = pytest.mark.timeout(180)

STEPS = (
    "ringing",
    "identified",
    "authenticated",
    "solved",
    "objection",
    "guide",
    "response",
    "consent",
    "consent-captured",
    "wrap-up",
    "ready",
)
FACTS = [
    "contact_started",
    "caller_authenticated",
    "concern_chosen",
    "concern_solved",
    "actions_shown",
    "action_addressed",
    "objection_raised",
    "response_recorded",
    "consent_recorded",
    "contact_note_written",
    "contact_ended",
    "wrap_up_finished",
]


def test_a_call_is_played_through_real_processes_in_both_languages_and_ends_on_the_disk(tmp_path: Path) -> None:
    done = run("demo", "--headless", "--keep", "--out", str(tmp_path / "screens"), TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout.splitlines()[-1])
    assert summary["events_lost"] == 0
    assert summary["ringing_to_painted_ms"] > 0

    pictures = {path.name for path in (tmp_path / "screens").iterdir()}
    assert pictures == {f"{lang}-{n:02d}-{step}.png" for lang in ("de", "en") for n, step in enumerate(STEPS, 1)}

    (kept,) = tmp_path.glob("nba-desktop-demo-*")
    accepted = 0
    for language in ("de", "en"):
        data = kept / language
        types = [kind for (kind,) in rows(data, "SELECT type FROM events ORDER BY seq")]
        # A decision is shown before the concern is named, again when it is, and again when it is solved.
        assert sorted(set(types)) == sorted(FACTS)
        assert rows(data, "SELECT code, retracts FROM responses WHERE contact_id IS NOT NULL") == [
            ("ACCEPTED_DONE", None)
        ]
        assert rows(data, "SELECT purpose, channel, event FROM consent_events ORDER BY position DESC LIMIT 1") == [
            ("ADV_OWN", "PHONE", "granted")
        ]
        assert rows(data, "SELECT language, auth_level, concern, concern_solved FROM contacts") == [
            (language, "authenticated", "instalment", 1)
        ]
        assert run_here("backend", "ledger", "verify", "--data", str(data)).returncode == 0
        accepted += len(types)
    assert summary["events_accepted"] == accepted
