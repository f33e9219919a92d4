"""Call URLs on Windows: the keys below `Software\\Classes`, for this user or, by the installer, for the machine."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nba_desktop.adapters.scheme.state import REGISTER, SCHEME, SchemeState, not_registered
from nba_desktop.domain.errors import SettingsError

_REGISTRY_KEY: Final = rf"Software\Classes\{SCHEME}"


@dataclass(frozen=True, slots=True)
class RegistryValue:
    """One string below HKEY_CURRENT_USER or HKEY_LOCAL_MACHINE; the name of a key's default value is empty."""

    key: str
    name: str
    value: str


def registry_values(command: Sequence[str]) -> tuple[RegistryValue, ...]:
    """What makes `command` the one that Windows opens call URLs with, below a root of the registry."""
    quoted = " ".join(f'"{part}"' for part in command)
    return (
        RegistryValue(_REGISTRY_KEY, "", "URL:NBA Desktop call"),
        RegistryValue(_REGISTRY_KEY, "URL Protocol", ""),
        RegistryValue(rf"{_REGISTRY_KEY}\DefaultIcon", "", f'"{command[0]}",0'),
        RegistryValue(rf"{_REGISTRY_KEY}\shell\open\command", "", f'{quoted} call -- "%1"'),
    )


def registry_state(opened_with: str | None) -> SchemeState:
    """What the registered command says; None when there is none."""
    if opened_with is None:
        return not_registered()
    if not _is_own(opened_with):
        return SchemeState(False, f"another program opens {SCHEME}: addresses", f"run {REGISTER}")
    program = opened_with[1:].partition('"')[0]
    if not Path(program).is_file():
        return SchemeState(False, f"the program registered for {SCHEME}: addresses is gone", f"run {REGISTER}")
    return SchemeState(True, f"{SCHEME}: addresses are opened with {program}")


def write_registry(values: Sequence[RegistryValue]) -> None:
    """Write the values for this user. Raises `SettingsError`."""
    if sys.platform == "win32":
        import winreg

        try:
            for one in values:
                with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, one.key) as key:
                    winreg.SetValueEx(key, one.name, 0, winreg.REG_SZ, one.value)
        except OSError as error:
            raise SettingsError(_REGISTRY_KEY, f"cannot be written ({error.strerror})") from None


def delete_registry() -> None:
    """Remove what this program registered for this user, and nothing of another's. Raises `SettingsError`."""
    if sys.platform == "win32":
        import winreg

        try:
            if not _is_own(_registered_command(winreg.HKEY_CURRENT_USER, _REGISTRY_KEY)):
                return
            # A key can be deleted once it has none below it.
            for below in (r"\shell\open\command", r"\shell\open", r"\shell", r"\DefaultIcon", ""):
                with contextlib.suppress(FileNotFoundError):
                    winreg.DeleteKey(winreg.HKEY_CURRENT_USER, _REGISTRY_KEY + below)
        except OSError as error:
            raise SettingsError(_REGISTRY_KEY, f"cannot be deleted ({error.strerror})") from None


def read_registry() -> str | None:
    """The command that Windows opens call URLs with; None when there is none. Raises `SettingsError`."""
    if sys.platform == "win32":
        import winreg

        # What the installer wrote for the machine and what the user has, merged as Windows does.
        try:
            return _registered_command(winreg.HKEY_CLASSES_ROOT, SCHEME)
        except OSError as error:
            raise SettingsError(_REGISTRY_KEY, f"cannot be read ({error.strerror})") from None
    else:
        return None


def _is_own(opened_with: str | None) -> bool:
    """Whether a registered command is this program's, wherever that was installed."""
    return opened_with is not None and opened_with.endswith('call -- "%1"')


def _registered_command(root: int, key_name: str) -> str | None:
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(root, rf"{key_name}\shell\open\command") as key:
                return str(winreg.QueryValueEx(key, "")[0])
        except FileNotFoundError:
            return None
    else:
        return None
