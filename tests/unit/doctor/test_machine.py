"""What the doctor says of the machine itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nba_desktop import __version__
from nba_desktop.adapters.policy import Policy, policy_of
from nba_desktop.adapters.single_instance import Standing
from nba_desktop.doctor.machine import (
    check_disk,
    check_fonts,
    check_instance,
    check_policy,
    check_versions,
    file_system_of,
)

ROOM = 10**9


def no_room(_path: Path) -> int:
    return 5 * 1024 * 1024


def failing(_path: Path) -> int:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize(
    ("free", "kind", "ok", "words"),
    [
        (lambda _: ROOM, "ext4", True, "953 MiB are free"),
        (lambda _: ROOM, "", True, "953 MiB are free"),
        (lambda _: ROOM, "cifs", False, "network drive (cifs)"),
        (no_room, "ext4", False, "only 5 MiB"),
        (failing, "ext4", False, "Input/output error"),
    ],
)
def test_a_disk_that_cannot_keep_what_is_clicked_is_said(
    tmp_path: Path, free: Callable[[Path], int], kind: str, ok: bool, words: str
) -> None:
    finding = check_disk(tmp_path, free, lambda _: kind)
    assert finding.ok is ok
    assert words in finding.says
    assert bool(finding.way_out) is not ok


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be written" in check_disk(tmp_path / "file").says
    assert file_system_of(tmp_path)


@pytest.mark.parametrize(
    ("own_backend_sqlite", "advised"),
    [("3.40.1", True), ("3.51.3", False), ("3.60.0", False), ("", False)],
)
def test_the_versions_are_said_and_an_old_sqlite_with_advice_where_a_backend_is_started(
    own_backend_sqlite: str, advised: bool
) -> None:
    finding = check_versions(own_backend_sqlite)
    assert finding.ok
    assert f"NBA Desktop {__version__} (protocol " in finding.says
    assert bool(finding.way_out) is advised


@pytest.mark.parametrize(
    ("policy", "ok", "words"),
    [
        (Policy(), True, "has none"),
        (policy_of({"theme": "dark"}, "/etc/policy"), True, "holds 1 setting(s)"),
        (policy_of({"theme": "pink"}, "/etc/policy"), False, "theme"),
        (policy_of({"no_such_thing": 1}, "/etc/policy"), False, "connects to nothing"),
    ],
)
def test_a_policy_is_said_with_what_is_wrong_in_it(policy: Policy, ok: bool, words: str) -> None:
    finding = check_policy(policy)
    assert finding.ok is ok
    assert words in finding.says
    assert "pink" not in finding.says


def test_missing_fonts_are_said(tmp_path: Path) -> None:
    assert not check_fonts(tmp_path).ok
    (tmp_path / "a.ttf").write_bytes(b"x")
    assert check_fonts(tmp_path).ok


@pytest.mark.parametrize(
    ("standing", "words"),
    [("none", "no panel runs"), ("running", "takes calls"), ("stale", "has died"), ("silent", "does not answer")],
)
def test_a_panel_is_a_problem_only_when_it_does_not_answer(standing: Standing, words: str) -> None:
    finding = check_instance(standing)
    assert words in finding.says
    assert finding.ok is (standing != "silent")
    assert bool(finding.way_out) is not finding.ok
