"""Who opens `nba-desktop:` addresses: what is registered, what is left alone, and what a check says of it."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.scheme.desktop import (
    DESKTOP_FILE,
    desktop_entry,
    desktop_state,
    register_desktop,
    unregister_desktop,
    with_default,
    without_default,
)
from nba_desktop.adapters.scheme.registry import delete_registry, registry_state, registry_values
from nba_desktop.adapters.scheme.url_scheme import program_command
from nba_desktop.domain.errors import SettingsError

PACKAGING = Path(__file__).parents[3] / "packaging"
DEFAULT = f"x-scheme-handler/nba-desktop={DESKTOP_FILE};\n"
URL = "nba-desktop:call?number=%2B493512805504&id=1&state=ringing"


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_DIRS": str(tmp_path / "machine"),
        "XDG_CONFIG_DIRS": str(tmp_path / "machine-config"),
        "PATH": "/usr/bin:/bin",
    }


def recorder(folder: Path) -> Path:
    """A program that writes its arguments down, one a line, in a file beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "program"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$0.tmp"\nmv "$0.tmp" "$0.said"\n')
    program.chmod(0o755)
    return program


# ---- Linux


def test_what_was_registered_is_found_and_what_was_unregistered_is_not(environ: dict[str, str], tmp_path: Path) -> None:
    assert not desktop_state(environ).ok
    register_desktop((str(recorder(tmp_path)),), environ)
    state = desktop_state(environ)
    assert (state.ok, state.way_out) == (True, "")
    assert str(tmp_path / "program") in state.says
    unregister_desktop(environ)
    unregister_desktop(environ)
    assert desktop_state(environ).way_out == "run nba-desktop scheme register"


def test_registering_twice_changes_nothing_more(environ: dict[str, str], tmp_path: Path) -> None:
    listed = Path(environ["XDG_CONFIG_HOME"]) / "mimeapps.list"
    for _ in range(2):
        register_desktop((str(recorder(tmp_path)),), environ)
        assert listed.read_text() == f"[Default Applications]\n{DEFAULT}"


def test_the_program_of_the_package_counts_too(environ: dict[str, str], tmp_path: Path) -> None:
    shutil.copytree(PACKAGING / "linux", tmp_path / "machine" / "applications")
    assert "gone" in desktop_state(environ).says
    recorder(tmp_path).rename(tmp_path / "nba-desktop")
    assert desktop_state({**environ, "PATH": str(tmp_path)}).ok


def test_a_program_that_is_gone_is_said_to_be(environ: dict[str, str], tmp_path: Path) -> None:
    program = recorder(tmp_path)
    register_desktop((str(program),), environ)
    program.unlink()
    state = desktop_state(environ)
    assert not state.ok
    assert "gone" in state.says


@pytest.mark.parametrize("name", ["mimeapps.list", "kde-mimeapps.list"])
def test_another_program_that_is_the_default_is_named(environ: dict[str, str], tmp_path: Path, name: str) -> None:
    environ["XDG_CURRENT_DESKTOP"] = "KDE"
    register_desktop((str(recorder(tmp_path)),), environ)
    (tmp_path / "data" / "applications" / "other.desktop").write_text("[Desktop Entry]\nExec=other %u\n")
    (tmp_path / "config" / name).write_text(
        "[Added Associations]\nx-scheme-handler/nba-desktop=a.desktop\n"
        "[Default Applications]\nx-scheme-handler/nba-desktop=other.desktop;\n"
    )
    state = desktop_state(environ)
    assert not state.ok
    assert "other.desktop" in state.says


def test_a_list_kept_elsewhere_stays_a_link(environ: dict[str, str], tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.list"
    kept.write_bytes(b"[Default Applications]\ntext/x=\xff.desktop;\n")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "mimeapps.list").symlink_to(kept)
    register_desktop((str(recorder(tmp_path)),), environ)
    assert (tmp_path / "config" / "mimeapps.list").is_symlink()
    assert kept.read_bytes() == b"[Default Applications]\n" + DEFAULT.encode() + b"text/x=\xff.desktop;\n"


def test_a_list_far_too_large_leaves_no_half_registration(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "mimeapps.list").write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(SettingsError, match="larger than 1 MiB"):
        register_desktop((str(recorder(tmp_path)),), environ)
    assert not (tmp_path / "data").exists()


def test_a_place_that_cannot_be_written_is_named(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(SettingsError, match="data"):
        register_desktop((str(recorder(tmp_path)),), environ)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"[Default Applications]\n{DEFAULT}"),
        ("[Added Associations]\na=b;", f"[Added Associations]\na=b;\n\n[Default Applications]\n{DEFAULT}"),
        ("[Default Applications]\na=b;\n\n[X]\n", f"[Default Applications]\n{DEFAULT}a=b;\n\n[X]\n"),
        (
            "[Default Applications]\nx-scheme-handler/nba-desktop = old.desktop\n# mine\na=b",
            f"[Default Applications]\n{DEFAULT}# mine\na=b\n",
        ),
    ],
)
def test_the_default_is_set_beside_what_others_have_written(before: str, after: str) -> None:
    assert with_default(before) == after


def test_only_this_program_is_taken_out_of_the_defaults() -> None:
    listed = (
        f"[Added Associations]\nx-scheme-handler/nba-desktop=a.desktop;{DESKTOP_FILE};\n"
        f"[Default Applications]\n{DEFAULT}b=c.desktop;\n"
    )
    assert without_default(listed) == (
        "[Added Associations]\nx-scheme-handler/nba-desktop=a.desktop;\n[Default Applications]\nb=c.desktop;\n"
    )


LINES = st.lists(
    st.sampled_from(
        ["[Default Applications]", "[Added Associations]", "a=b.desktop;", "# x", "", " [x", "=;", DEFAULT[:-1]]
    )
)


@given(LINES, st.sampled_from(["", "\n"]))
def test_no_line_of_others_is_ever_lost(lines: list[str], end: str) -> None:
    listed = "\n".join(lines) + end
    once = with_default(listed)
    assert with_default(once) == once
    others = [line for line in lines if line and not line.startswith("x-scheme")]
    for changed in (once, without_default(listed)):
        kept = [line for line in changed.splitlines() if line and not line.startswith("x-scheme")]
        assert kept in (others, [*others, "[Default Applications]"])


def test_the_packages_file_is_what_the_command_would_write() -> None:
    assert (PACKAGING / "linux" / DESKTOP_FILE).read_text("utf-8") == desktop_entry(("nba-desktop",))


@pytest.mark.parametrize("name", ["a=b", "per%cent", "line\nbreak"])
def test_a_program_that_such_a_file_cannot_name_is_refused(name: str) -> None:
    with pytest.raises(SettingsError):
        desktop_entry((f"/opt/{name}/nba-desktop",))


@pytest.mark.skipif(not shutil.which("desktop-file-validate"), reason="desktop-file-utils is not installed")
@pytest.mark.parametrize("file", sorted((PACKAGING / "linux").glob("*.desktop")), ids=lambda file: file.name)
def test_the_packages_files_follow_the_specification(file: Path) -> None:
    done = subprocess.run(["desktop-file-validate", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(not shutil.which("gio"), reason="the package libglib2.0-bin is not installed")
@pytest.mark.parametrize("folder", ["plain", "with space", "q'u\"o`te", "dollar$HOME", "back\\slash", "ü(x)&y"])
@pytest.mark.parametrize("url", [URL, 'nba-desktop:call?id=1&state=ringing" --settings "x $(touch y) %f'])
def test_the_desktop_gives_the_address_to_the_program_as_one_argument(
    environ: dict[str, str], tmp_path: Path, folder: str, url: str
) -> None:
    program = recorder(tmp_path / folder)
    register_desktop((str(program),), environ)
    done = subprocess.run(
        ["gio", "open", url],
        env={**environ, "HOME": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = program.with_name("program.said")
    deadline = time.monotonic() + 20
    while not said.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert said.read_text().splitlines() == ["call", "--", url]


def test_this_program_can_be_started_by_the_command_that_is_registered() -> None:
    done = subprocess.run([*program_command(), "--version"], capture_output=True, text=True, timeout=50, check=False)
    assert done.stdout.startswith("nba-desktop ")


def test_a_bundle_registers_its_own_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/nba-desktop/nba-desktop")
    assert program_command() == ("/opt/nba-desktop/nba-desktop",)


# ---- Windows


def test_windows_gives_the_address_as_one_argument_after_the_end_of_the_options() -> None:
    values = registry_values((r"C:\Program Files\NBA Desktop\nba-desktop.exe",))
    written = {(one.key, one.name): one.value for one in values}
    root = r"Software\Classes\nba-desktop"
    assert written == {
        (root, ""): "URL:NBA Desktop call",
        (root, "URL Protocol"): "",
        (root + r"\DefaultIcon", ""): r'"C:\Program Files\NBA Desktop\nba-desktop.exe",0',
        (root + r"\shell\open\command", ""): r'"C:\Program Files\NBA Desktop\nba-desktop.exe" call -- "%1"',
    }


def test_the_installer_writes_what_the_command_would() -> None:
    tree = ElementTree.parse(PACKAGING / "windows" / "url-scheme.wxs")
    elements = tree.findall(".//{http://schemas.microsoft.com/wix/2006/wi}RegistryValue")
    written = [(one.get("Key"), one.get("Name", ""), one.get("Value")) for one in elements]
    expected = registry_values(("[INSTALLFOLDER]nba-desktop.exe",))
    assert written == [(one.key, one.name, one.value) for one in expected]
    assert {(one.get("Root"), one.get("Type")) for one in elements} == {("HKLM", "string")}
    (component,) = tree.findall(".//{http://schemas.microsoft.com/wix/2006/wi}Component")
    assert component.get("Win64") == "yes"


@pytest.mark.parametrize("opened_with", ["", '"C:\\other.exe" "%1"', "call", '"'])
def test_another_programs_registration_is_told_from_ours(opened_with: str) -> None:
    state = registry_state(opened_with)
    assert not state.ok
    assert "another program" in state.says


def test_what_is_registered_is_checked_to_be_there(tmp_path: Path) -> None:
    program = recorder(tmp_path / "Program Files")
    opened_with = registry_values((str(program),))[-1].value
    assert registry_state(opened_with).ok
    program.unlink()
    assert "gone" in registry_state(opened_with).says
    assert not registry_state(None).ok


class Registry(ModuleType):
    """The part of `winreg` that is used, with keys of this user; a key can be deleted once it has none below it."""

    HKEY_CURRENT_USER = 1
    HKEY_CLASSES_ROOT = 2

    def __init__(self, commands: dict[str, str]) -> None:
        super().__init__("winreg")
        self.commands = commands
        self.keys = {key for command in commands for key in self._path(command)}

    def OpenKey(self, _root: int, key: str) -> contextlib.AbstractContextManager[str]:
        if key not in self.keys:
            raise FileNotFoundError(key)
        return contextlib.nullcontext(key)

    def QueryValueEx(self, key: str, _name: str) -> tuple[str, int]:
        return self.commands[key], 1

    def DeleteKey(self, _root: int, key: str) -> None:
        if key not in self.keys:
            raise FileNotFoundError(key)
        if any(one.startswith(f"{key}\\") for one in self.keys):
            raise PermissionError(key)
        self.keys.remove(key)

    @staticmethod
    def _path(key: str) -> list[str]:
        parts = key.split("\\")
        return ["\\".join(parts[:count]) for count in range(3, len(parts) + 1)]


COMMAND_KEY = r"Software\Classes\nba-desktop\shell\open\command"


@pytest.mark.parametrize(
    ("command", "is_left"),
    [
        ('"C:\\Program Files\\NBA Desktop\\nba-desktop.exe" call -- "%1"', False),
        ('"C:\\elsewhere\\nba-desktop.exe" call -- "%1"', False),
        ('"C:\\other\\softphone.exe" "%1"', True),
    ],
)
def test_on_windows_only_what_this_program_registered_is_deleted(
    command: str, is_left: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = Registry({COMMAND_KEY: command})
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr(sys, "platform", "win32")
    delete_registry()
    assert bool(registry.keys) is is_left
    # Nothing more is there to delete, which is no error.
    delete_registry()
