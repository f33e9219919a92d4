"""The doctor's checks: what is wrong is said, with the way out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nba_desktop.adapters.policy import Policy
from nba_desktop.adapters.settings import FlightRecorderSettings, Settings
from nba_desktop.doctor.checks import (
    check_display,
    check_keyring,
    check_recorder,
    check_settings,
)
from nba_desktop.domain.errors import FailureCode, SecretsError


def refusing(code: FailureCode) -> Callable[[str], str]:
    def read(name: str) -> str:
        raise SecretsError("the keyring says no", code)

    return read


def test_without_a_settings_file_the_defaults_are_used(tmp_path: Path) -> None:
    finding, settings = check_settings(tmp_path / "settings.json", Policy())
    assert finding.ok
    assert settings == Settings()


def test_a_broken_settings_file_is_named_with_place_and_way_out(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"theme": "pink"}', encoding="utf-8")
    finding, settings = check_settings(file, Policy())
    assert not finding.ok
    assert settings is None
    assert "theme" in finding.says
    assert "move the file away" in finding.way_out


@pytest.mark.parametrize(
    ("platform", "environ", "ok"),
    [
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {}, False),
        ("win32", {}, True),
    ],
)
def test_a_display_is_found_where_there_is_one(platform: str, environ: dict[str, str], ok: bool) -> None:
    assert check_display(platform, environ).ok is ok


@pytest.mark.parametrize("code", [FailureCode.KEYRING_NO_TOKEN, FailureCode.KEYRING_MISSING])
def test_a_keyring_is_no_problem_when_nothing_is_needed_of_it(code: FailureCode) -> None:
    finding = check_keyring({}, refusing(code))
    assert finding.ok
    assert "nothing in the settings needs it" in finding.says


def test_a_keyring_in_which_the_sign_in_is_kept_is_not_called_needless() -> None:
    finding = check_keyring({}, refusing(FailureCode.KEYRING_MISSING), signs_in=True)
    assert finding.sign == "advice"
    assert finding.says.endswith("the sign-in and the store's key belong in it")
    assert check_keyring({}, refusing(FailureCode.KEYRING_NO_TOKEN), signs_in=True).sign == "ok"


def test_a_keyring_that_has_what_the_settings_name_is_well() -> None:
    asked: list[str] = []

    def read(name: str) -> str:
        asked.append(name)
        return "secret"

    assert check_keyring({"asterisk": "", "token x": ""}, read).ok
    assert asked == ["asterisk", "token x"]


def test_a_missing_secret_is_named_with_the_command_that_stores_it() -> None:
    finding = check_keyring({"asterisk": "`store it`"}, refusing(FailureCode.KEYRING_NO_TOKEN))
    assert not finding.ok
    assert "asterisk" in finding.says
    assert "`store it`" in finding.way_out


@pytest.mark.parametrize(
    "code",
    [
        FailureCode.KEYRING_MISSING,
        FailureCode.KEYRING_NOT_ALLOWED,
        FailureCode.KEYRING_LOCKED,
        FailureCode.KEYRING_SILENT,
    ],
)
def test_a_keyring_that_fails_has_a_way_out_of_its_own(code: FailureCode) -> None:
    finding = check_keyring({"asterisk": ""}, refusing(code))
    assert not finding.ok
    assert finding.way_out not in ("", "repair the keyring")


def test_a_recorder_that_is_switched_off_is_no_problem(tmp_path: Path) -> None:
    finding = check_recorder(tmp_path, Settings(flight_recorder=FlightRecorderSettings(enabled=False)))
    assert finding.ok
    assert "switched off" in finding.says


def test_torn_records_are_counted(tmp_path: Path) -> None:
    (tmp_path / "heard-00000001.jsonl").write_bytes(b'{"n": 1, ')
    assert "1 torn record(s)" in check_recorder(tmp_path, Settings()).says
