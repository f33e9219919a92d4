"""The commands: what cannot be used is refused with the way out."""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from nba_desktop import __version__, paths
from nba_desktop.cli import main


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert __version__ in capsys.readouterr().out


def test_without_the_backend_extra_the_way_out_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec

    def without_fastapi(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "fastapi" else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without_fastapi)
    assert main(["backend", "serve"]) == 2
    said = capsys.readouterr().err
    assert "fastapi" in said
    assert "nba-desktop[backend]" in said


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["demo"], "demo.command"),
        (["demo", "--headless"], "simulator"),
        (["demo", "--scenario", "list"], "simulator"),
        (["simulator", "--genesys"], "simulator"),
        (["simulator", "--help"], "simulator"),
        (["backend", "serve"], "backend"),
    ],
)
def test_what_the_bundle_of_the_panel_leaves_out_is_refused_in_one_sentence(
    arguments: list[str], part: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec

    def without(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == f"nba_desktop.{part}" else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without)
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("nba-desktop: the ")
    assert said.err.count("\n") == 1
    assert "has the panel alone: install the Python package nba-desktop[backend]" in said.err


@pytest.mark.parametrize("command", ["panel", "practice"])
def test_without_compiled_translations_the_way_out_is_one_sentence(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "translation", lambda name: tmp_path / name)
    assert main([command]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "nba_de.qm" in said
    assert "make translations" in said


@pytest.mark.parametrize("arguments", [["dance"], ["panel", "--language", "fr"], ["token", "set"], ["scheme"]])
def test_a_command_that_cannot_be_used_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_an_unknown_option_is_answered_with_those_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["practice", "--colour", "red"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("usage: nba-desktop practice ")
    assert "unrecognized arguments: --colour red" in said


@pytest.mark.parametrize("command", ["panel", "practice", "team", "me"])
def test_settings_that_are_not_there_are_no_sample_customers(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "none.json"
    assert main([command, "--settings", str(file)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"nba-desktop: --settings: there is no file {file}; without the option it is ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("command", ["panel", "team", "me"])
def test_a_backend_that_is_no_address_is_refused(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--backend", "foo"]) == 2
    said = capsys.readouterr().err
    assert said == "nba-desktop: --backend: not an address such as https://nba.example.com\n"


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
@pytest.mark.parametrize(
    "arguments",
    [["panel"], ["practice"], ["team"], ["me"], ["call", "--number", "+493512805504", "--state", "ringing"]],
    ids=lambda arguments: str(arguments[0]),
)
def test_without_a_screen_the_way_out_is_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in said
    assert "QT_QPA_PLATFORM=offscreen" in said


def test_an_unknown_command_is_answered_with_all_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nonsense"])
    said = capsys.readouterr().err
    assert all(f"'{one}'" in said for one in ("panel", "backend", "doctor", "settings", "simulator", "cti"))


def test_a_token_for_an_address_that_the_panel_never_uses_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["token", "set", "--backend", "http://nba.example.org"]) == 2
    said = capsys.readouterr().err
    assert said == "nba-desktop: --backend: must begin with https:// unless the backend is on this machine\n"


def test_a_token_without_keyring_says_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["token", "check", "--backend", "https://nba.example.org"]) == 2
    assert "keyring" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["call"], ["call", "--settings", "x"], ["call", "--", "--help"]])
def test_a_call_that_is_none_is_refused_with_what_is_expected(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert "expected nba-desktop:call?number=…" in capsys.readouterr().err


def test_the_end_of_a_call_starts_no_panel(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["call", "--number", "+493512805504", "--state", "ended"]) == 0
    assert capsys.readouterr().err == ""


def test_a_placeholder_that_was_not_filled_in_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["call", "--number", "%CallerNumber%", "--state", "ended"]) == 0
    said = capsys.readouterr().err
    assert "placeholder for number" in said
    assert "CallerNumber" not in said


def test_the_scheme_is_registered_checked_and_given_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scheme", "check"]) == 1
    assert "nba-desktop scheme register" in capsys.readouterr().err
    assert main(["scheme", "register"]) == 0
    assert main(["scheme", "check"]) == 0
    assert main(["scheme", "unregister"]) == 0
    assert main(["scheme", "check"]) == 1
