"""What the administrator of the machine has laid down: read from the one place of this system, checked key by key."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from nba_desktop.adapters.policy_file import read_trusted
from nba_desktop.adapters.settings_keys import SettingKey, setting_keys
from nba_desktop.adapters.settings_text import values_of
from nba_desktop.domain.errors import PolicyError, SettingsError
from nba_desktop.domain.settings_in_force import PolicyProblem

# Fixed: by XDG_CONFIG_DIRS, or any other variable, a user would choose his own policy.
LINUX_FILE: Final = Path("/etc/xdg/nba-desktop/policy.json")
MAC_FILE: Final = Path("/Library/Managed Preferences/nba-desktop.plist")
SHOWN_BY_SETTINGS: Final = "`nba-desktop settings` shows what is in force"
_CORRECT: Final = f"correct the policy; {SHOWN_BY_SETTINGS}"
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Policy:
    """What of the machine's policy can be used: `values` as JSON has them, by the dotted names of the settings.

    `place` is empty where the machine has no policy. With an `error` the policy is not to be relied on where security
    is concerned: what it was to forbid is not known.
    """

    place: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[PolicyProblem, ...] = ()
    error: PolicyError | None = None


def machine_policy(platform: str = sys.platform) -> Policy:
    """The policy of this machine; what is wrong with it is in it."""
    if platform == "win32":
        from nba_desktop.adapters.policy_registry import REGISTRY_PLACE, read_machine_registry

        return policy_from(REGISTRY_PLACE, read_machine_registry)
    if platform == "darwin":
        return policy_from(str(MAC_FILE), lambda: plist_values(MAC_FILE))
    return policy_from_file(LINUX_FILE)


def policy_from_file(path: Path, owner: int = 0, top: Path = Path("/")) -> Policy:
    """The policy of a file that only `owner` can have written; `policy_file.read_trusted` says what that takes."""

    def read() -> Mapping[str, Any] | None:
        content = read_trusted(path, owner, top)
        return None if content is None else _object(values_of(content, str(path)), path)

    return policy_from(str(path), read)


def plist_values(path: Path, owner: int = 0, top: Path = Path("/")) -> Mapping[str, Any] | None:
    """What a property list of macOS holds that only `owner` can have written; None where there is none."""
    import plistlib
    from xml.parsers.expat import ExpatError

    content = read_trusted(path, owner, top)
    if content is None:
        return None
    try:
        return _object(json.loads(json.dumps(plistlib.loads(content))), path)
    except (plistlib.InvalidFileException, ExpatError, ValueError, TypeError, RecursionError):
        raise PolicyError(str(path), "is no property list of texts, numbers and lists", _CORRECT) from None


def policy_from(place: str, read: Callable[[], Mapping[str, Any] | None]) -> Policy:
    """The policy of a place whose values `read` gives, None where there is none."""
    try:
        values = read()
    except SettingsError as error:
        fault = error if isinstance(error, PolicyError) else PolicyError(error.where, error.problem, _CORRECT)
        return Policy(place, problems=(_problem(fault),), error=fault)
    return Policy() if values is None else policy_of(values, place)


def policy_of(values: Mapping[str, Any], place: str) -> Policy:
    """What of the values can be used.

    A setting that is wrong is left out and said; a name that is none, and what is wrong where security is concerned,
    makes the policy one that is not to be relied on.
    """
    good: dict[str, Any] = {}
    wrong: list[PolicyError] = []
    error: PolicyError | None = None
    for entry in _entries(values, setting_keys()):
        if not entry.problem:
            good[entry.key] = entry.value
            continue
        fault = PolicyError(f"{place}, {_printable(entry.key)}", entry.problem, _CORRECT)
        wrong.append(fault)
        if entry.security:
            error = error or fault
    return Policy(place, good, tuple(_problem(one) for one in wrong), error)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One value of a policy, what is wrong with it, and whether that concerns security."""

    key: str
    value: Any
    problem: str
    security: bool


def _entries(values: Mapping[str, Any], known: Mapping[str, SettingKey], before: str = "") -> Iterator[_Entry]:
    for name, value in values.items():
        key = before + name
        below = [one for one in known.values() if one.key.startswith(f"{key}.")]
        if key in known and "." not in name:
            setting = known[key]
            yield _Entry(key, value, setting.problem(value), setting.security)
        elif not below or "." in name:
            # It may be the misspelt name of what was to be forbidden.
            yield _Entry(key, value, "there is no such setting", security=True)
        elif isinstance(value, dict):
            yield from _entries(value, known, f"{key}.")
        else:
            yield _Entry(key, value, "Input should be an object", any(one.security for one in below))


def _object(values: Any, path: Path) -> Mapping[str, Any]:
    if not isinstance(values, dict):
        raise PolicyError(str(path), "is no object with names and values", _CORRECT)
    return values


def _problem(error: PolicyError) -> PolicyProblem:
    return PolicyProblem(error.where, error.says, error.way_out)


def _printable(key: str) -> str:
    return "".join(one if one.isprintable() else "?" for one in key[:_LONGEST_NAME])
