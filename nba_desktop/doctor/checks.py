"""What can be wrong on this workstation, each with a sentence and a way out."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nba_desktop.adapters.flight.ring import read_records, recorded_files
from nba_desktop.adapters.policy import Policy
from nba_desktop.adapters.scheme import url_scheme
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.settings_keys import setting_keys
from nba_desktop.adapters.settings_loading import load_in_force
from nba_desktop.domain.errors import FailureCode, SecretsError, SettingsError

KEYRING_WAYS_OUT: Final = {
    FailureCode.KEYRING_MISSING: "install and start a keyring, such as GNOME Keyring or KWallet",
    FailureCode.KEYRING_NOT_ALLOWED: "use the system's own keyring; one that does not encrypt is refused",
    FailureCode.KEYRING_LOCKED: "unlock the keyring, usually by logging in again",
    FailureCode.KEYRING_SILENT: "answer the keyring's question, or restart its service",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `way_out` is empty when there is nothing to do, and advice when all is well still.

    `private` is what of the sentences is a person's, or was typed by one: it stays on this machine.
    """

    check: str
    ok: bool
    says: str
    way_out: str = ""
    private: tuple[str, ...] = ()

    @property
    def sign(self) -> str:
        """How it stands, in one word."""
        return "PROBLEM" if not self.ok else "advice" if self.way_out else "ok"


def check_settings(path: Path, policy: Policy) -> tuple[Finding, Settings | None]:
    """Whether the settings file can be used, and the settings under the machine's policy."""
    loaded = load_in_force(path, policy)
    settings, error = loaded.settings, loaded.error
    if error is not None:
        problem, _, way_out = error.problem.partition("; ")
        says = f"{error.where}: {problem}"
        return Finding("settings", False, says, way_out or "make the file readable", unknown_key(error.where)), None
    if not path.exists():
        return Finding("settings", True, f"there is no {path}: the defaults are used"), settings
    return Finding("settings", True, f"{path} can be used"), settings


def unknown_key(where: str) -> tuple[str, ...]:
    """The place in a file or policy, where it is none of the schema's own words; it may be anything."""
    _, comma, key = where.rpartition(", ")
    return (key,) if comma and key not in setting_keys() else ()


def check_display(platform: str, environ: Mapping[str, str]) -> Finding:
    """Whether there is a screen to show a window on."""
    if platform in ("win32", "darwin"):
        return Finding("display", True, "the system's own")
    for name, kind in (("WAYLAND_DISPLAY", "Wayland"), ("DISPLAY", "X11")):
        if environ.get(name):
            return Finding("display", True, f"{kind} ({environ[name]})", private=(environ[name],))
    return Finding(
        "display",
        False,
        "neither WAYLAND_DISPLAY nor DISPLAY is set: no window can be shown",
        "start the panel from the desktop, not from a remote shell or a service",
    )


def check_keyring(
    names: Mapping[str, str], read: Callable[[str], str], given: Sequence[str] = (), *, signs_in: bool = False
) -> Finding:
    """Whether the keyring answers and has what the settings ask for.

    `names` maps a secret's name to its command, `given` are those that came on standard input: the panel has no such
    way and will want a keyring. Where the agent `signs_in` it keeps his sign-in, and the panel runs without one too.
    """
    try:
        for name in names or {"nba-desktop doctor": ""}:
            read(name)
    except SecretsError as error:
        if not names:
            known = "it answers" if error.code is FailureCode.KEYRING_NO_TOKEN else str(error)
            if not given and signs_in:
                needs = "the sign-in and the store's key belong in it"
                return Finding("keyring", True, f"{known}; {needs}", _way_out(error))
            if not given:
                return Finding("keyring", True, f"{known}; nothing in the settings needs it")
            says = f"{known}; {' and '.join(given)} came on standard input, the panel will look for them here"
            return Finding("keyring", error.code is FailureCode.KEYRING_NO_TOKEN, says, _way_out(error))
        if error.code is not FailureCode.KEYRING_NO_TOKEN:
            return Finding("keyring", False, str(error), _way_out(error))
        says = f"it has no secret named “{name}”"
        return Finding("keyring", False, says, f"store it with {names[name]}", (name,))
    return Finding("keyring", True, f"it answers and has the {len(names)} secret(s) the settings name")


def _way_out(error: SecretsError) -> str:
    if error.code is FailureCode.KEYRING_NO_TOKEN:
        return ""
    return KEYRING_WAYS_OUT.get(error.code, "repair the keyring")


def check_recorder(folder: Path, settings: Settings, key: bytes | None = None) -> Finding:
    """Whether the last calls are kept."""
    if not settings.flight_recorder.enabled:
        return Finding("recorder", True, "switched off in the settings: `doctor call` can tell nothing")
    try:
        recorded = read_records(folder, key)
        size = sum(path.stat().st_size for path in recorded_files(folder))
    except OSError as error:
        return Finding("recorder", False, f"{folder} cannot be read ({error.strerror})", "mend the folder's rights")
    torn = f"; {recorded.torn} torn record(s) skipped" if recorded.torn else ""
    locked = f"; {recorded.locked} file(s) cannot be read without the store's key" if recorded.locked else ""
    return Finding("recorder", True, f"{len(recorded.records)} records in {size // 1024} KiB{torn}{locked}")


def check_embedded_backend() -> Finding:
    """Whether the panel can start a backend of its own."""
    missing = [one for one in ("fastapi", "sqlalchemy", "uvicorn") if importlib.util.find_spec(one) is None]
    if missing:
        return Finding(
            "backend",
            False,
            f"the panel would start its own, but {', '.join(missing)} is missing",
            "install the Python package nba-desktop[backend], or set backend.mode to “site” with the site's url",
        )
    return Finding("backend", True, "the panel starts its own on this machine")


def environment() -> Mapping[str, str]:
    """The environment that the display is named in."""
    return os.environ


def check_scheme() -> Finding:
    """Who opens the addresses by which softphones pass calls on; that nobody does is no fault of the workstation."""
    try:
        state = url_scheme.check_scheme()
    except SettingsError as error:
        return Finding("scheme", False, str(error), "mend the file, then `nba-desktop scheme register`")
    if not state.ok:
        return Finding("scheme", True, f"{state.says}; only softphones that open addresses need it")
    return Finding("scheme", True, state.says)
