"""`nba-desktop cti replay`: what a recorded stream means, for anyone who wants to check his own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nba_desktop.adapters.cti.event_json import event_of, event_values
from nba_desktop.cli import main
from nba_desktop.domain.call_event import Attached, CallEventType
from tests.fakes.calls import CALLER, call_event, call_events, recordings

GENESYS = Path(__file__).parents[2] / "resources" / "telephony" / "genesys"


def replayed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["cti", "replay", *arguments]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("recording", recordings(), ids=lambda path: path.name[:2])
@pytest.mark.parametrize("agent", ["201", "202"])
def test_a_recorded_stream_is_told_as_the_panel_hears_it(
    recording: Path, agent: str, capsys: pytest.CaptureFixture[str]
) -> None:
    interface = f"PJSIP/agent{agent[-1]}"
    given = ("--source", "asterisk_ami", "--agent", agent, "--interface", interface)
    lines = replayed(capsys, str(recording), *given)
    expected = [event_values(event) for event in call_events([recording.read_bytes()], agent)]
    told = [line for line in lines if line["type"] != "snapshot"]
    assert [(one["type"], one["leg_id"]) for one in told] == [(one["type"], one["leg_id"]) for one in expected]
    assert all("occurred_at" not in one for one in lines)


def test_the_agent_s_device_is_found_by_his_extension(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(recordings()[0])
    found = replayed(capsys, file, "--source", "asterisk_ami", "--agent", "201")
    assert found == replayed(capsys, file, "--source", "asterisk_ami", "--agent", "201", "--interface", "PJSIP/agent1")
    assert [one["type"] for one in found] == ["ringing", "answered", "ended"]


def test_without_an_agent_every_extension_s_calls_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    file = next(str(path) for path in recordings() if path.name.startswith("09"))
    lines = replayed(capsys, file, "--source", "asterisk_ami")
    assert {one["agent_extension"] for one in lines} == {"201", "202"}


def test_a_file_without_the_agent_s_device_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "empty"
    file.write_bytes(b"Event: FullyBooted\r\n\r\n")
    assert main(["cti", "replay", str(file), "--source", "asterisk_ami", "--agent", "201"]) == 2
    assert "--interface" in capsys.readouterr().err


def test_a_missing_file_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cti", "replay", str(tmp_path / "none"), "--source", "asterisk_ami"]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_number_format_that_cannot_be_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["cti", "replay", str(recordings()[0]), "--source", "asterisk_ami", "--region", "Deutschland"]
    assert main(arguments) == 2
    assert "region" in capsys.readouterr().err


def test_an_event_comes_back_from_its_json_as_it_was() -> None:
    event = call_event(CallEventType.ENDED, cause="missed", attached=Attached("K-1"), legs=("a", "b"), waiting=0)
    assert event.caller == CALLER
    assert event_of(json.loads(json.dumps(event_values(event)))) == event


@pytest.mark.parametrize("values", [{}, {"type": "dance"}])
def test_what_is_no_event_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        event_of(values)


@pytest.mark.parametrize("script", sorted(GENESYS.glob("*.jsonl")), ids=lambda path: path.name[:2])
def test_notifications_of_genesys_cloud_are_told_and_end(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = replayed(capsys, str(script), "--source", "genesys_cloud", "--agent", "201")
    assert lines[0]["type"] in ("ringing", "data", "snapshot")
    assert {"ended", "transferred"} & {line["type"] for line in lines}


def test_a_file_without_notifications_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "none.jsonl"
    file.write_text('{"topicName": "channel.metadata"}\n', encoding="utf-8")
    assert main(["cti", "replay", str(file), "--source", "genesys_cloud"]) == 2
    assert "notification" in capsys.readouterr().err


def test_a_recording_that_went_through_an_editor_is_told_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited = tmp_path / "edited.txt"
    edited.write_bytes(recordings()[0].read_bytes().replace(b"\r\n", b"\n"))
    given = ("--source", "asterisk_ami", "--agent", "201")
    assert replayed(capsys, str(edited), *given) == replayed(capsys, str(recordings()[0]), *given)
