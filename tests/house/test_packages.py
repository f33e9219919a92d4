"""What is rolled out says one version, starts what exists, and gives nothing more rights than it needs."""

from __future__ import annotations

import argparse
import configparser
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import nba_desktop
from nba_desktop import cli
from nba_desktop.backend import cli as backend_cli
from nba_desktop.backend.commands import analysis
from nba_desktop.backend.commands.serve import add as add_serve

ROOT = Path(__file__).parents[2]
DEBIAN = ROOT / "packaging" / "debian"
PANEL = DEBIAN / "nba-desktop"
BACKEND = DEBIAN / "nba-desktop-backend"
DESKTOP_FILES = sorted((ROOT / "packaging" / "linux").glob("*.desktop"))
# What a service that listens and writes one folder can do without; `systemd-analyze security` knows all of them.
HARDENING = {
    "CapabilityBoundingSet": "",
    "LockPersonality": "yes",
    "MemoryDenyWriteExecute": "yes",
    "NoNewPrivileges": "yes",
    "PrivateDevices": "yes",
    "PrivateTmp": "yes",
    "PrivateUsers": "yes",
    "ProtectHome": "yes",
    "ProtectKernelModules": "yes",
    "ProtectProc": "invisible",
    "ProtectSystem": "strict",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "SystemCallArchitectures": "native",
    "User": "nba-desktop-backend",
}


class Unit(configparser.RawConfigParser):
    """A unit file: names keep their case, and one may come twice."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#",), interpolation=None)
        self.read_string(path.read_text(encoding="utf-8"))

    def optionxform(self, optionstr: str) -> str:
        return optionstr


def commands_of(parser: argparse.ArgumentParser) -> set[str]:
    return {
        name for action in parser._actions if isinstance(action, argparse._SubParsersAction) for name in action.choices
    }


def commands_in(page: Path) -> set[str]:
    """The words that head the entries of a man page's list of commands."""
    text = page.read_text(encoding="utf-8").replace("\\-", "-")
    commands = text.split("\n.SH COMMANDS\n")[1].split("\n.SH ")[0]
    return {
        word
        for heading in re.findall(r"^\.TP\n(.+)$", commands, re.MULTILINE)
        for word in re.findall(r"[a-z-]+", heading)
    }


def test_every_package_has_the_version_of_the_program() -> None:
    version = nba_desktop.__version__
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"] == version
    head = (DEBIAN / "changelog").read_text(encoding="utf-8").splitlines()[0]
    assert re.fullmatch(rf"nba-desktop \({re.escape(version)}-\d+\) \w+; urgency=\w+", head)
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", DESKTOP_FILES, ids=lambda file: str(file.stem))
def test_a_desktop_file_is_valid_and_starts_a_command_that_exists(file: Path) -> None:
    entry = Unit(file)["Desktop Entry"]
    program, command, *_ = entry["Exec"].split()
    assert program == entry["TryExec"] == "nba-desktop"
    assert command in commands_of(cli._parser())
    validate = shutil.which("desktop-file-validate")
    if validate is None:
        pytest.skip("desktop-file-validate is not installed")
    said = subprocess.run([validate, str(file)], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "")


def test_the_panel_starts_with_the_session_only_where_somebody_has_enabled_it() -> None:
    unit = Unit(PANEL / "nba-desktop.service")
    assert unit["Service"]["ExecStart"] == "/usr/bin/nba-desktop panel"
    assert unit["Install"]["WantedBy"] == "graphical-session.target"
    assert "disable nba-desktop.service" in (PANEL / "user-preset").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("unit", ["nba-desktop-backend.service", "nba-desktop-backend-backup.service"])
def test_the_backends_services_give_up_every_right_they_can_do_without(unit: str) -> None:
    service = Unit(BACKEND / unit)["Service"]
    assert {name: service.get(name) for name in HARDENING} == HARDENING


def test_the_backends_service_listens_on_this_machine_alone_with_options_that_exist() -> None:
    settings = dict(
        line.split("=", 1)
        for line in (BACKEND / "backend.env").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    words = Unit(BACKEND / "nba-desktop-backend.service")["Service"]["ExecStart"].split()
    assert words[0] == "/usr/bin/nba-desktop-backend"
    given = [
        part for word in words[1:] for part in settings.get(word[1:], "" if word[0] == "$" else word).strip('"').split()
    ]
    parser = argparse.ArgumentParser()
    add_serve(parser.add_subparsers())
    options = parser.parse_args(given)
    assert (options.host, options.data) == ("127.0.0.1", Path("/var/lib/nba-desktop-backend"))


def test_the_panels_man_page_names_every_command() -> None:
    source = (ROOT / "nba_desktop" / "cli.py").read_text(encoding="utf-8")
    commands = commands_of(cli._parser()) | set(re.findall(r'arguments\[:1\] == \["([a-z-]+)"\]', source))
    assert {"panel", "doctor", "backend"} <= commands
    assert commands - commands_in(PANEL / "nba-desktop.1") == set()


def test_the_backends_man_page_names_every_command() -> None:
    parser = argparse.ArgumentParser()
    analysis.add(parser.add_subparsers(), [])
    commands = {*backend_cli._MODULES, *commands_of(parser)}
    assert {"serve", "simulate"} <= commands
    assert commands - commands_in(BACKEND / "nba-desktop-backend.1") == set()


def test_the_backends_package_gets_all_that_the_backend_imports_and_nothing_of_the_panel() -> None:
    printed = subprocess.run(
        [sys.executable, "packaging/debian/requirements.py", "packaging/locks/backend.txt", "3.11"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    names = set(re.findall(r"^([a-z0-9-]+)==", printed, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {
        re.split(r"[\[<>=;]", line)[0].lower()
        for line in project["optional-dependencies"]["backend"]
        if "sys_platform == 'win32'" not in line
    }
    assert asked <= names
    assert not names & {"pyside6-essentials", "shiboken6", "keyring", "requests"}
    sources = [*(ROOT / "nba_desktop" / "backend").rglob("*.py"), *(ROOT / "nba_desktop" / "contract").rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    imported = set(re.findall(r"^\s*(?:import|from) ([a-z0-9_]+)", text, re.MULTILINE))
    panel = {re.split(r"[\[<>=;]", line)[0].lower() for line in project["dependencies"]} - names
    assert not {name.replace("-", "_") for name in panel} & imported


def test_the_example_of_a_policy_is_one_that_the_panel_takes() -> None:
    from nba_desktop.adapters.policy import policy_from

    example = json.loads((PANEL / "examples-policy.json").read_text(encoding="utf-8"))
    policy = policy_from("example", lambda: example)
    assert (policy.error, policy.problems) == (None, ())
    assert policy.values
