"""A recorded call leaves the machine without personal data and comes to the same end wherever it is played."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from nba_desktop.contract.codes import AuthLevel
from nba_desktop.doctor.call_replay import ReplayError, export, replay
from nba_desktop.doctor.call_story import stories
from nba_desktop.domain.call_event import Attached, CallEvent, CallEventType
from tests.fakes.calls import START, recordings
from tests.fakes.flights import Flight, packets


def exported(tmp_path: Path, data: bytes, position: int = -1) -> Path:
    flight = Flight(tmp_path / "flight")
    flight.link("up")
    flight.hear(*packets(data))
    recorded = flight.land()
    told = stories(recorded)
    file = tmp_path / "call.jsonl"
    export(told[position], told, recorded, file)
    return file


CALLS = [path for path in recordings() if path.name[:2] != "22"]


@pytest.mark.parametrize("recording", CALLS, ids=lambda path: path.name[:2])
@pytest.mark.parametrize("position", [0, -1])
def test_an_exported_call_comes_to_the_same_end(recording: Path, position: int, tmp_path: Path) -> None:
    file = exported(tmp_path, recording.read_bytes(), position)
    replayed = replay(file)
    assert replayed.same
    assert replay(file) == replayed
    recorded = [line for line in file.read_text(encoding="utf-8").splitlines() if '"kind": "decision"' in line]
    assert len(replayed.decisions) == len(recorded)


def test_an_exported_call_that_was_changed_is_not_the_same(tmp_path: Path) -> None:
    file = exported(tmp_path, recordings()[0].read_bytes())
    file.write_text(file.read_text(encoding="utf-8").replace('"now": "live"', '"now": "closed"', 1), encoding="utf-8")
    assert not replay(file).same


@pytest.mark.skipif(sys.platform == "win32", reason="rights are the folder's on Windows")
def test_only_the_user_can_read_an_exported_call(tmp_path: Path) -> None:
    assert stat.S_IMODE(exported(tmp_path, recordings()[0].read_bytes()).stat().st_mode) == 0o600


def test_a_call_of_which_the_telephone_system_knew_the_customer_is_replayed_without_him(tmp_path: Path) -> None:
    flight = Flight(tmp_path / "flight")
    known = Attached("K-100002", AuthLevel.AUTHENTICATED, "billing")
    flight.decide([CallEvent("1", "call_url", CallEventType.RINGING, START, START, "1", "1", attached=known)])
    recorded = flight.land()
    told = stories(recorded)
    file = tmp_path / "call.jsonl"
    export(told[0], told, recorded, file)
    assert "K-100002" not in file.read_text(encoding="utf-8")
    assert replay(file).same


HEADER = {"format": "nba-desktop flight record", "version": 1, "start": {}}
EVENT = {"n": 1, "at": "2026-01-05T09:00:00+00:00", "kind": "decision", "verdict": "changed", "calls": []}


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["no JSON"],
        ["[]"],
        [json.dumps({**HEADER, "version": 2})],
        [json.dumps({**HEADER, "start": {"at": "yesterday"}})],
        [json.dumps({**HEADER, "start": {"numbers": {"format": "roman"}}})],
        [json.dumps(HEADER), '{"n": 1}'],
        [json.dumps(HEADER), json.dumps({**EVENT, "event": {"type": "dance"}})],
    ],
    ids=["empty", "text", "list", "version", "time", "numbers", "record", "event"],
)
def test_what_is_no_exported_call_is_refused(lines: list[str], tmp_path: Path) -> None:
    file = tmp_path / "call.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ReplayError):
        replay(file)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReplayError, match="cannot be read"):
        replay(tmp_path / "none")
