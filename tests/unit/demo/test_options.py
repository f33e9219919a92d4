"""What the demo can be told, and what it cannot."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from nba_desktop.cli import main
from nba_desktop.paths import resource
from nba_desktop.simulator.scenario import scenario_names


@pytest.mark.parametrize(("language", "words"), [("de", "Ein voller Vormittag"), ("en", "A busy morning")])
def test_the_scenarios_are_listed_in_the_user_s_language(
    language: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--scenario", "list", "--language", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(scenario_names(resource("telephony", "scenarios")))
    assert any(line.startswith("busy-morning ") and line.endswith(words) for line in lines)


@pytest.mark.skipif(sys.platform == "win32", reason="closed pipes are another error on Windows")
def test_a_reader_who_has_seen_enough_ends_the_list_quietly() -> None:
    command = [sys.executable, "-m", "nba_desktop", "demo", "--scenario", "list"]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ended = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, check=False, timeout=60)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_a_scenario_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--scenario", "none", "--headless"]) == 2
    assert "--scenario list" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--speed", "0"], "0.1 to 1000"),
        (["--speed", "fast"], "0.1 to 1000"),
        (["--profile", "--agents", "0"], "1 to 99"),
        (["--profile", "--minutes", "many"], "1 to 1440"),
        (["--profile", "--start", "25:00"], "09:30"),
        (["--profile", "--start", "9"], "09:30"),
        (["--profile", "--day", "today"], "2026-11-03"),
        (["--profile", "--scenario", "hold"], "not allowed with"),
    ],
)
def test_what_cannot_be_played_is_refused(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["demo", *arguments])
    assert exit_.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("option", [("--minutes", "5"), ("--day", "2026-11-03")], ids=["minutes", "day"])
def test_a_part_of_a_day_without_a_day_is_refused(option: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--headless", *option]) == 2
    assert "add --profile" in capsys.readouterr().err
