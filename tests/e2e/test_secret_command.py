"""The telephone system's secret: stored by a command where the panel reads it, and shown to nobody."""

from __future__ import annotations

import contextlib
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.processes import COMMAND, run

pytestmark = pytest.mark.timeout(120)

needs_daemon = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="the packages dbus and gnome-keyring are not installed",
)
ROOT = Path(__file__).parents[2]
DAEMON = (
    "printf pw | gnome-keyring-daemon --unlock --foreground --components=secrets >daemon.log 2>&1 &\n"
    "daemon=$!\n"
    "for i in $(seq 200); do "
    "dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner "
    "string:org.freedesktop.secrets | grep -q true && break; sleep 0.05; done\n"
)
READ = (
    f'"{sys.executable}" -c "import sys; from nba_desktop.adapters.secrets import Secrets; '
    'print(Secrets(limit_s=20).read(sys.argv[1]))"'
)
NBA = f'"{sys.executable}" -m nba_desktop'


def with_keyring(script: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", f"{DAEMON}{script}\nkill $daemon"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=home, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


@needs_daemon
def test_a_secret_is_kept_in_the_keyring_under_the_name_the_settings_give(own_home: Path) -> None:
    (own_home / "settings.json").write_text('{"telephony": {"secret_name": "pbx"}}')
    done = with_keyring(
        f"{NBA} secret check --settings settings.json 2>&1\n"
        f"printf ' s3cret ü \\r\\n' | {NBA} secret set --settings settings.json\n"
        f"printf '[%s]\\n' \"$({READ} pbx)\"\n"
        f"{NBA} secret check pbx\n"
        f"printf 'another\\n' | {NBA} secret set pbx\n"
        f"{NBA} secret delete pbx\n"
        f"{NBA} secret check pbx 2>&1",
        own_home,
    )
    assert done.stdout.splitlines() == [
        "nba-desktop: the keyring has no secret by this name",
        "stored: pbx",
        "[ s3cret ü ]",
        "a secret is in the keyring: pbx",
        "replaced: pbx",
        "deleted: pbx",
        "nba-desktop: the keyring has no secret by this name",
    ], done.stderr


@pytest.mark.parametrize(
    ("stdin", "arguments", "says"),
    [
        ("", ("set", "pbx"), "no secret came on standard input"),
        ("\n", ("set", "pbx"), "no secret came on standard input"),
        ("s3cret\n", ("set", "pbx"), "keyring"),
        ("s3cret\n", ("set", "--settings", "broken.json"), "broken.json"),
    ],
)
def test_what_keeps_a_secret_from_being_stored_is_said(
    stdin: str, arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "broken.json").write_text("{")
    done = run("secret", *arguments, stdin=stdin)
    assert done.returncode == 2
    assert says in done.stderr
    assert "s3cret" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_typed_at_a_terminal_is_not_shown() -> None:
    ours, terminal = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "secret", "set", "pbx"], stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    )
    os.close(terminal)
    shown = b""
    while b"not shown" not in shown:
        shown += os.read(ours, 1000)
    os.write(ours, b"s3cret\n")
    # Linux reports that nobody holds the other end any more as an error.
    with contextlib.suppress(OSError):
        while more := os.read(ours, 1000):
            shown += more
    os.close(ours)
    assert process.wait(50) == 2
    assert b"keyring" in shown
    assert b"s3cret" not in shown
