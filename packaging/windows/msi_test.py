"""Prove the installer under wine, with a stand-in for the panel: `msi_test.py FOLDER`. The last line is JSON.

What is tested is what the sources say: which files, values and shortcuts come and go, which properties are kept, what
is refused. That the panel itself runs on Windows is for the Windows workflow to show.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import harvest
import wixl_build

HERE = Path(__file__).resolve().parent
SERVER = "https://nba.example.com/site"
OTHER_SERVER = "https://other.example.com"
CALL = "nba-desktop:call?number=%2B493512805504&id=a%20b"
SOFTWARE = r"HKLM\Software\NBA Desktop"
POLICY = r"HKLM\Software\Policies\NBA Desktop"
RUN = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Run"
UNINSTALL = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall"
SCHEME = r"HKLM\Software\Classes\nba-desktop"
# A process tells the shell its exit code in a byte.
FAILED = 1603 % 256
LIMIT_S = 120
STARTED_WITHIN_S = 20
STAND_IN_LOG = "stand-in.log"
FILES = {
    "0.1.0": {"_internal/kept.dll": "1", "_internal/PySide6/older.dll": "7", "_internal/gone.dll": "1"},
    "0.2.0": {"_internal/kept.dll": "2", "_internal/PySide6/older.dll": "6", "_internal/new/plugin.dll": "2"},
    "0.3.0": {"_internal/kept.dll": "3"},
    "0.4.0": {"_internal/kept.dll": "4"},
}


@dataclass
class Findings:
    """What was looked at, and what of it was not so."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)

    def check(self, holds: bool, what: str) -> None:
        """Note whether it holds, in words."""
        if holds:
            self.passed += 1
        else:
            self.failed.append(what)
            print(f"msi-test: not so: {what}", file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(description="Prove the installer under wine.")
    parser.add_argument("folder", type=Path, help="where to build; emptied first")
    folder = parser.parse_args().folder.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    started = time.monotonic()
    installers = {version: installer(folder / version, version) for version in FILES}
    findings = Findings()
    with windows(folder / "wine") as wine:
        life_of_an_installation(wine, installers, findings)
    print(
        json.dumps(
            {
                "checks": findings.passed + len(findings.failed),
                "failed": len(findings.failed),
                "installer": str((folder / "0.1.0" / "installer-test.msi").relative_to(Path.cwd())),
                "seconds": round(time.monotonic() - started),
            }
        )
    )
    return 1 if findings.failed else 0


def installer(folder: Path, version: str) -> Path:
    """An installer of this version of the stand-in."""
    bundle = folder / "bundle"
    for name, text in FILES[version].items():
        (bundle / name).parent.mkdir(parents=True, exist_ok=True)
        (bundle / name).write_text(text, encoding="utf-8")
    program = bundle / harvest.PROGRAM
    run("makensis", "-V1", f"-DVERSION={version}", f"-DOUT={program}", str(HERE / "stand_in.nsi"))
    icon = folder / "nba-desktop.ico"
    run(sys.executable, str(HERE / "icon.py"), str(icon))
    harvest.harvest(bundle, icon, folder / "wix", version)
    msi = folder / "installer-test.msi"
    wixl_build.build(folder / "wix", msi)
    return msi


def life_of_an_installation(wine: Wine, installers: dict[str, Path], findings: Findings) -> None:
    """Everything an administrator does to one machine, in order."""
    check = findings.check
    outbox = wine.users_files / "outbox.sqlite"
    outbox.parent.mkdir(parents=True)
    outbox.write_text("pending", encoding="utf-8")

    check(wine.msiexec("/i", installers["0.1.0"], f"SERVERURL={SERVER}", "AUTOSTART=1") == 0, "it installs")
    check(wine.installed() == {**FILES["0.1.0"], harvest.PROGRAM: ""}, "the files of 0.1.0 are there")
    check_settings(wine, findings, server=SERVER, autostart=True)
    check(wine.products() == {"0.1.0"}, "the list of programs has 0.1.0")
    check(len(wine.shortcuts) == 1, "the start menu has the shortcut")
    check(wine.value(SCHEME, "") == "URL:NBA Desktop call", "the URL scheme has its name")
    check(wine.value(SCHEME, "URL Protocol") == "", "the URL scheme is marked as one")
    check(wine.opened(CALL) == ("0.1.0", f'call -- "{CALL}"'), "a call address starts the program with it")

    check(wine.msiexec("/i", installers["0.2.0"]) == 0, "it upgrades")
    check(wine.installed() == {**FILES["0.2.0"], harvest.PROGRAM: ""}, "the files of 0.2.0 are there and no others")
    check_settings(wine, findings, server=SERVER, autostart=True)
    check(wine.products() == {"0.2.0"}, "the list of programs has 0.2.0 alone")
    check(wine.opened(CALL)[0] == "0.2.0", "a call address starts the new program")

    check(wine.msiexec("/i", installers["0.1.0"]) == FAILED, "a downgrade is refused")
    check(wine.products() == {"0.2.0"}, "the refused downgrade leaves 0.2.0")
    check(wine.installed() == {**FILES["0.2.0"], harvest.PROGRAM: ""}, "the refused downgrade leaves the files")
    for wrong in ("SERVERURL=http://nba.example.com", "SERVERURL=nba.example.com", "AUTOSTART=yes"):
        check(wine.msiexec("/i", installers["0.3.0"], wrong) == FAILED, f"{wrong} is refused")
    check_settings(wine, findings, server=SERVER, autostart=True)

    told = ("SERVERURL=" + OTHER_SERVER, "AUTOSTART=0")
    check(wine.msiexec("/i", installers["0.3.0"], *told) == 0, "it upgrades with new values")
    check_settings(wine, findings, server=OTHER_SERVER, autostart=False)
    check(wine.msiexec("/i", installers["0.4.0"], "SERVERURL=none") == 0, "it upgrades without a server")
    check_settings(wine, findings, server=None, autostart=False)

    check(wine.msiexec("/x", installers["0.4.0"]) == 0, "it is removed")
    check(wine.installed() == {}, "no file stays")
    check(not wine.folder.exists(), "the folder goes, too")
    check(wine.products() == set(), "the list of programs has it no more")
    check(wine.shortcuts == [], "the shortcut goes")
    check([key for key in (SCHEME, SOFTWARE, POLICY) if wine.has_key(key)] == [], "its keys go")
    check(outbox.read_text(encoding="utf-8") == "pending", "what the user made stays")

    check(wine.msiexec("/i", installers["0.1.0"]) == 0, "it installs without any property")
    check_settings(wine, findings, server=None, autostart=False)
    check(wine.msiexec("/x", installers["0.1.0"]) == 0, "it is removed again")


def check_settings(wine: Wine, findings: Findings, *, server: str | None, autostart: bool) -> None:
    """The machine's policy and the start with the session are as told."""
    url, mode = (wine.value(rf"{POLICY}\backend", name) for name in ("url", "mode"))
    findings.check((url, mode) == (server, server and "site"), f"the policy's server is {server}")
    program = rf'"C:\Program Files\NBA Desktop\{harvest.PROGRAM}" panel'
    findings.check(wine.value(RUN, "NBA Desktop") == (program if autostart else None), f"autostart is {autostart}")


@dataclass(frozen=True)
class Wine:
    """A Windows of its own, in a folder."""

    prefix: Path
    environ: dict[str, str]

    @property
    def drive(self) -> Path:
        return self.prefix / "drive_c"

    @property
    def folder(self) -> Path:
        return self.drive / "Program Files" / "NBA Desktop"

    @property
    def shortcuts(self) -> list[Path]:
        """Those in anybody's start menu: wine puts those for all users into the installing one's."""
        return list(self.drive.rglob("Start Menu/Programs/NBA Desktop.lnk"))

    @property
    def users_files(self) -> Path:
        (profile,) = (path for path in (self.drive / "users").iterdir() if path.name != "Public")
        return profile / "AppData" / "Local" / "nba-desktop"

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a program of Windows and wait for it."""
        return subprocess.run(
            ["wine", *command], env=self.environ, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            errors="replace", timeout=LIMIT_S, check=False,
        )  # fmt: skip

    def msiexec(self, verb: str, installer: Path, *properties: str) -> int:
        """Install or remove without a window; the exit code as far as the shell sees it."""
        return self.run("msiexec", verb, windows_path(installer), "/qn", *properties).returncode

    def installed(self) -> dict[str, str]:
        """The installed files by their place in the folder, with what is in them; nothing of the program's."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return {
            path.relative_to(self.folder).as_posix(): "" if path.name == harvest.PROGRAM else path.read_text("utf-8")
            for path in files
        }

    def value(self, key: str, name: str) -> str | None:
        """A string of the registry, the key's own where `name` is empty; None where there is none."""
        done = self.run("reg", "query", key, *(("/v", name) if name else ("/ve",)))
        for line in done.stdout.splitlines():
            if "REG_SZ" in line:
                return line.partition("REG_SZ")[2].strip()
        return None

    def has_key(self, key: str) -> bool:
        """Whether the registry has this key."""
        return self.run("reg", "query", key).returncode == 0

    def products(self) -> set[str]:
        """The versions of NBA Desktop in the list of programs."""
        keys = self.run("reg", "query", UNINSTALL).stdout.splitlines()
        ours = [key.strip() for key in keys if key and self.value(key.strip(), "DisplayName") == "NBA Desktop"]
        return {self.value(key, "DisplayVersion") or "" for key in ours}

    def opened(self, address: str) -> tuple[str, str]:
        """The version of what opening an address starts, and its arguments; empty where it starts nothing."""
        log = self.prefix.parent / STAND_IN_LOG
        log.unlink(missing_ok=True)
        self.run("start", address)
        deadline = time.monotonic() + STARTED_WITHIN_S
        while not (log.is_file() and log.read_text("utf-16-le").endswith("\n")):
            if time.monotonic() > deadline:
                return "", ""
            time.sleep(0.05)
        version, _, line = log.read_text("utf-16-le").strip().partition(" ")
        _, _, arguments = line.partition(rf'NBA Desktop\{harvest.PROGRAM}" ')
        return version, arguments


def windows_path(path: Path) -> str:
    """A file of this machine by the name that wine knows it by."""
    return f"Z:{path}".replace("/", "\\")


@contextlib.contextmanager
def windows(prefix: Path) -> Iterator[Wine]:
    """A fresh Windows without a screen; nothing of it stays, on the disk or running."""
    environ = {
        "HOME": str(prefix.parent),
        "LANG": "C.UTF-8",
        "NBA_STAND_IN": windows_path(prefix.parent / STAND_IN_LOG),
        "PATH": os.environ["PATH"],
        "WINEDEBUG": "-all",
        # No .NET and no browser engine is needed, and nothing is to be put into this machine's menus.
        "WINEDLLOVERRIDES": "mscoree,mshtml=;winemenubuilder.exe=d",
        "WINEPREFIX": str(prefix),
    }
    try:
        run("wineboot", "--init", environ=environ)
        # Left alone, it says that it is Windows 7.
        run("wine", "winecfg", "/v", "win10", environ=environ)
        yield Wine(prefix, environ)
    finally:
        subprocess.run(["wineserver", "--kill"], env=environ, timeout=LIMIT_S, check=False)
        subprocess.run(["wineserver", "--wait"], env=environ, timeout=LIMIT_S, check=False)
        shutil.rmtree(prefix)


def run(*command: str, environ: dict[str, str] | None = None) -> None:
    """Run a tool; what it says is shown only when it fails."""
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    if done.returncode:
        raise SystemExit(f"msi-test: {' '.join(command)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
