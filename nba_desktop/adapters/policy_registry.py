"""The machine's policy in the registry of Windows, where group policies and device management write it.

Written from the documentation of Windows and never run there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

from nba_desktop.adapters.settings_keys import setting_keys
from nba_desktop.domain.errors import PolicyError

REGISTRY_KEY: Final = r"Software\Policies\NBA Desktop"
REGISTRY_PLACE: Final = rf"HKLM\{REGISTRY_KEY}"

REG_SZ: Final = 1
REG_DWORD: Final = 4
REG_MULTI_SZ: Final = 7
_TYPES: Final = {REG_SZ: str, REG_DWORD: int, REG_MULTI_SZ: list}


class RegistryKey(Protocol):
    """One key of a registry."""

    def values(self) -> Iterable[tuple[str, object, int]]:
        """The name, the data and the type of each value; the name of a key's default value is empty."""

    def below(self) -> Iterable[tuple[str, RegistryKey]]:
        """The keys below, by their names."""


def policy_values(key: RegistryKey) -> dict[str, Any]:
    """What a policy's key holds, as the same policy would be in a file: a key below for each part of the settings.

    Windows takes names in any case; what the schema knows is written as there. Data of any other type than a text, a
    number or several texts are kept as what no setting can be, so that the setting they stand for is named as wrong.
    """
    known = {part.casefold(): part for one in setting_keys() for part in one.split(".")}
    return _values(key, known)


def read_machine_registry() -> dict[str, Any] | None:
    """What the policy's key holds; None where there is none. Raises `PolicyError`."""
    if sys.platform == "win32":
        import winreg

        try:
            # 64 bits whatever this Python has: one place, and not the user's hive.
            access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, REGISTRY_KEY, access=access) as key:
                return policy_values(_WindowsKey(key))
        except FileNotFoundError:
            return None
        except OSError as error:
            way_out = "let every user read the key, or remove it"
            raise PolicyError(REGISTRY_PLACE, f"cannot be read ({error.strerror})", way_out) from None
    else:
        return None


def _values(key: RegistryKey, known: Mapping[str, str]) -> dict[str, Any]:
    def written(name: str) -> str:
        return known.get(name.casefold(), name)

    found: dict[str, Any] = {written(name): _as_json(data, kind) for name, data, kind in key.values()}
    return found | {written(name): _values(below, known) for name, below in key.below()}


def _as_json(data: object, kind: int) -> object:
    expected = _TYPES.get(kind)
    # REG_EXPAND_SZ would be filled from variables that are the user's.
    return data if expected is not None and isinstance(data, expected) else {"type": kind}


if sys.platform == "win32":
    import winreg

    class _WindowsKey:
        def __init__(self, key: winreg.HKEYType) -> None:
            self._key = key

        def values(self) -> Iterable[tuple[str, object, int]]:
            return [winreg.EnumValue(self._key, index) for index in range(winreg.QueryInfoKey(self._key)[1])]

        def below(self) -> Iterable[tuple[str, RegistryKey]]:
            for index in range(winreg.QueryInfoKey(self._key)[0]):
                name = winreg.EnumKey(self._key, index)
                with winreg.OpenKey(self._key, name, access=winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as inner:
                    yield name, _WindowsKey(inner)
