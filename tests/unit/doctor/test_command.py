"""`nba-desktop doctor call …` and `replay` as commands."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from nba_desktop.adapters.flight.recorder import FOLDER
from nba_desktop.cli import main
from tests.fakes.calls import recording
from tests.fakes.flights import Flight, packets


@pytest.fixture
def data(tmp_path: Path) -> Path:
    flight = Flight(tmp_path / FOLDER)
    flight.link("up")
    for number in ("01", "14"):
        flight.hear(*packets(recording(number)))
    flight.land()
    return tmp_path


def test_the_last_call_is_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "call", "last", "--data", str(data)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Call 2: +49…")
    assert "answered elsewhere by PJSIP/agent2" in said


def test_calls_are_listed_and_one_is_chosen(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--data", str(data), "call", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert "queue service: ended: normal" in lines[0]
    assert main(["doctor", "call", "1", "--data", str(data)]) == 0
    assert capsys.readouterr().out.startswith("Call 1: ")


@pytest.mark.parametrize("which", ["0", "3", "first", "²"])
def test_a_call_that_is_not_there_says_what_can_be_said(
    which: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "call", which, "--data", str(data)]) == 2
    assert "a number from 1 to 2" in capsys.readouterr().err


def test_an_exported_call_is_played_again(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = data / "call.jsonl"
    assert main(["doctor", "call", "last", "--data", str(data), "--export", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    assert main(["doctor", "replay", str(file)]) == 0
    said = capsys.readouterr()
    assert [json.loads(line)["event"]["type"] for line in said.out.splitlines()] == ["ringing", "ended"]
    assert said.err == "The same as recorded.\n"


def test_a_call_cannot_be_exported_where_nothing_can_be_written(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "file").write_text("")
    assert main(["doctor", "call", "last", "--data", str(data), "--export", str(data / "file" / "x")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_file_that_is_no_exported_call_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").write_text("x")
    assert main(["doctor", "replay", str(tmp_path / "x")]) == 2
    assert "not an exported call" in capsys.readouterr().err


def test_a_machine_without_a_recording_says_how_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "call", "last", "--data", str(tmp_path)]) == 1
    assert "flight_recorder.enabled" in capsys.readouterr().out


def test_without_calls_the_state_of_the_link_is_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flight = Flight(tmp_path / FOLDER)
    flight.link("down", "connection_refused")
    flight.land()
    assert main(["doctor", "call", "last", "--data", str(tmp_path)]) == 1
    assert "refused the connection. No call can be seen." in capsys.readouterr().out


def test_a_panel_without_telephone_system_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Flight(tmp_path / FOLDER, type="none").land()
    assert main(["doctor", "call", "last", "--data", str(tmp_path)]) == 1
    assert "No telephone system is set" in capsys.readouterr().out


def test_torn_records_are_said(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (data / FOLDER / "decided-00000001.jsonl").open("ab") as file:
        file.write(b'{"n": 9')
    assert main(["doctor", "call", "list", "--data", str(data)]) == 0
    assert "1 torn record(s) were skipped" in capsys.readouterr().out


def test_what_was_lost_after_the_last_call_is_said_first(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flight = Flight(data / FOLDER)
    flight.at += timedelta(hours=1)
    flight.recorder.dropped("call_url", "bad_number")
    flight.link("up")
    flight.link("down", "silent")
    flight.land()
    assert main(["doctor", "call", "last", "--data", str(data)]) == 0
    first, second, call, *_ = capsys.readouterr().out.splitlines()
    assert "call_url could not be read (bad_number)" in first
    assert "fell silent. No call can be seen." in second
    assert call.startswith("Call 2: ")
    assert main(["doctor", "call", "list", "--data", str(data)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4
