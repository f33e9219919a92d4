from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import keyring.backend
import keyring.errors
import pytest

from nba_desktop.adapters import secrets
from nba_desktop.adapters.secrets import Secrets, delete_token, read_token, store_token, token_name
from nba_desktop.domain.errors import FailureCode, SecretsError

ROOT = Path(__file__).parents[3]
URL = "https://nba.example.com"


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory; as it is, one that nobody has allowed."""

    priority = 1

    @classmethod
    def _register(cls) -> None:
        """Stay unknown: `keyring` would offer every subclass to the whole process from now on."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def as_if(name: str, kind: type[Ring] = Ring, priority: float = 5.0) -> Ring:
    """A ring that passes for another class, by its name."""
    module, _, class_name = name.rpartition(".")
    ring: Ring = type(class_name, (kind,), {"__module__": module, "__qualname__": class_name, "priority": priority})()
    return ring


SECRET_SERVICE = "keyring.backends.SecretService.Keyring"
KWALLET = "keyring.backends.kwallet.DBusKeyring"
PLAIN_FILE = "keyrings.alt.file.PlaintextKeyring"
STAND_INS = [
    "keyring.backends.fail.Keyring",
    "keyring.backends.null.Keyring",
    "keyring.backends.chainer.ChainerBackend",
]


def using(*rings: Ring, limit_s: float = 5.0) -> Secrets:
    return Secrets(lambda: rings, limit_s)


def code_of(call: Callable[[], object]) -> FailureCode:
    with pytest.raises(SecretsError) as caught:
        call()
    assert "t-123" not in str(caught.value)
    return caught.value.code


def test_a_token_comes_back_as_it_was_stored_until_it_is_deleted() -> None:
    secrets = using(as_if(SECRET_SERVICE))
    store_token(URL, "t-123", secrets)
    assert read_token(URL + "/", secrets) == "t-123"
    delete_token(URL, secrets)
    assert code_of(lambda: read_token(URL, secrets)) is FailureCode.KEYRING_NO_TOKEN
    delete_token(URL, secrets)


def test_every_backend_has_its_own_token() -> None:
    secrets = using(as_if(SECRET_SERVICE))
    store_token(URL, "t-123", secrets)
    assert code_of(lambda: read_token("https://other.example.com", secrets)) is FailureCode.KEYRING_NO_TOKEN


def test_a_telephone_systems_password_has_a_name_of_its_own() -> None:
    secrets = using(as_if(SECRET_SERVICE))
    secrets.store("asterisk", "t-123")
    assert secrets.read("asterisk") == "t-123"
    assert token_name("asterisk") != "asterisk"


def test_the_best_allowed_keyring_is_used_whatever_else_there_is() -> None:
    best, other, plain = as_if(KWALLET, priority=5.1), as_if(SECRET_SERVICE), as_if(PLAIN_FILE, priority=99)
    store_token(URL, "t-123", using(plain, other, best, *map(as_if, STAND_INS)))
    assert (len(best.kept), len(other.kept), len(plain.kept)) == (1, 0, 0)


@pytest.mark.parametrize("names", [[], STAND_INS])
def test_without_a_keyring_that_is_said(names: list[str]) -> None:
    secrets = using(*map(as_if, names))
    assert code_of(lambda: read_token(URL, secrets)) is FailureCode.KEYRING_MISSING
    assert code_of(lambda: store_token(URL, "t-123", secrets)) is FailureCode.KEYRING_MISSING


def test_a_plain_file_is_not_allowed_and_is_named() -> None:
    plain = as_if(PLAIN_FILE)
    with pytest.raises(SecretsError, match=r"keyrings\.alt\.file\.PlaintextKeyring") as caught:
        store_token(URL, "t-123", using(plain))
    assert caught.value.code is FailureCode.KEYRING_NOT_ALLOWED
    assert plain.kept == {}


def test_a_subclass_of_an_allowed_keyring_is_not_allowed() -> None:
    child = type("Keyring", (type(as_if(SECRET_SERVICE)),), {"__module__": "somewhere"})()
    assert code_of(lambda: read_token(URL, using(child))) is FailureCode.KEYRING_NOT_ALLOWED


class Forgetful(Ring):
    def set_password(self, service: str, username: str, password: str) -> None:
        """Keeps nothing and says nothing, like the null keyring."""


class Garbling(Ring):
    def get_password(self, service: str, username: str) -> str | None:
        return "another"


@pytest.mark.parametrize("kind", [Forgetful, Garbling])
def test_what_was_not_kept_is_not_said_to_be_stored(kind: type[Ring]) -> None:
    secrets = using(as_if(SECRET_SERVICE, kind))
    assert code_of(lambda: store_token(URL, "t-123", secrets)) is FailureCode.KEYRING_NO_TOKEN


class LockedException(Exception):
    """Named as D-Bus libraries name theirs."""


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (keyring.errors.KeyringLocked("t-123"), FailureCode.KEYRING_LOCKED),
        (LockedException("t-123"), FailureCode.KEYRING_LOCKED),
        (keyring.errors.InitError("t-123"), FailureCode.KEYRING_MISSING),
        (keyring.errors.PasswordSetError("t-123"), FailureCode.KEYRING_MISSING),
        (OSError("t-123"), FailureCode.KEYRING_MISSING),
        (RuntimeError("t-123"), FailureCode.KEYRING_MISSING),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_a_keyring_raises_is_translated_without_its_text(error: Exception, code: FailureCode) -> None:
    class Failing(Ring):
        def get_password(self, service: str, username: str) -> str | None:
            raise error

    assert code_of(lambda: read_token(URL, using(as_if(SECRET_SERVICE, Failing)))) is code


def test_a_keyring_that_does_not_answer_is_given_up_in_time() -> None:
    go_on = threading.Event()

    class Hanging(Ring):
        def get_password(self, service: str, username: str) -> str | None:
            go_on.wait(30)
            return None

    began = time.monotonic()
    secrets = using(as_if(SECRET_SERVICE, Hanging), limit_s=0.1)
    assert code_of(lambda: read_token(URL, secrets)) is FailureCode.KEYRING_SILENT
    assert time.monotonic() - began < 20
    go_on.set()


def test_looking_for_keyrings_may_hang_too() -> None:
    go_on = threading.Event()

    def look() -> tuple[Ring, ...]:
        go_on.wait(30)
        return ()

    assert code_of(lambda: read_token(URL, Secrets(look, limit_s=0.1))) is FailureCode.KEYRING_SILENT
    go_on.set()


def test_every_allowed_keyring_is_one_that_the_library_has() -> None:
    for name in secrets.ALLOWED | secrets._STAND_INS:
        module, _, class_name = name.rpartition(".")
        if module != "keyring.backends.macOS" or sys.platform == "darwin":
            assert issubclass(getattr(importlib.import_module(module), class_name), keyring.backend.KeyringBackend)


# ---- the real thing

needs_daemon = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="the packages dbus and gnome-keyring are not installed",
)

STEPS = """
import sys
from nba_desktop.adapters.secrets import Secrets, delete_token, read_token, store_token
from nba_desktop.domain.errors import SecretsError
secrets = Secrets(limit_s=float(sys.argv[1]))
def say(step):
    try:
        sys.stdout.write(f"{step()}\\n")
    except SecretsError as error:
        sys.stdout.write(f"{error.code.value}\\n")
say(lambda: read_token("https://nba.example.com", secrets))
say(lambda: store_token("https://nba.example.com", "t-123 ü", secrets))
say(lambda: read_token("https://nba.example.com", secrets))
say(lambda: delete_token("https://nba.example.com", secrets))
say(lambda: read_token("https://nba.example.com", secrets))
"""


def with_session_bus(start_daemon: str, home: Path, limit_s: float, **environ: str) -> list[str]:
    script = f'{start_daemon}\n"{sys.executable}" -c "$STEPS" {limit_s}\n[ -z "$daemon" ] || kill "$daemon"'
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT), "STEPS": STEPS, **environ},
        cwd=home, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def daemon(command: str) -> str:
    """Shell lines that start a keyring daemon and wait until it is on the bus."""
    return (
        f"{command} --foreground --components=secrets >daemon.log 2>&1 &\n"
        "daemon=$!\n"
        "for i in $(seq 200); do "
        "dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner "
        "string:org.freedesktop.secrets | grep -q true && break; sleep 0.05; done"
    )


@needs_daemon
def test_a_token_is_kept_by_a_real_secret_service_and_not_given_out_once_that_is_locked(own_home: Path) -> None:
    said = with_session_bus(daemon("printf pw | gnome-keyring-daemon --unlock"), own_home, 20.0)
    assert said == ["keyring_no_token", "None", "t-123", "ü", "None", "keyring_no_token"]
    said = with_session_bus(daemon("gnome-keyring-daemon"), own_home, 0.5)
    assert len(said) == 5
    assert set(said) <= {"keyring_locked", "keyring_silent"}


@needs_daemon
def test_without_a_secret_service_on_the_bus_there_is_no_keyring(own_home: Path) -> None:
    # The bus finds services that it may start below these folders.
    said = with_session_bus("", own_home, 20.0, XDG_DATA_DIRS=str(own_home))
    assert said == ["keyring_missing"] * 5


@needs_daemon
def test_a_secret_service_that_waits_for_somebody_to_unlock_it_cannot_stop_the_panel(own_home: Path) -> None:
    said = with_session_bus("", own_home, 1.0)
    assert len(said) == 5
    assert set(said) <= {"keyring_silent", "keyring_locked", "keyring_missing"}
