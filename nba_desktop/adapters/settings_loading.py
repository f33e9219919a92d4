"""From the machine's policy, this start's options and the settings file to what each setting is, and why."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from nba_desktop.adapters.policy import Policy
from nba_desktop.adapters.settings import Settings
from nba_desktop.adapters.settings_keys import put_at, setting_keys, value_at
from nba_desktop.adapters.settings_text import LARGEST, values_of
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import PolicyError, SettingLocked, SettingsError
from nba_desktop.domain.key_map import Command
from nba_desktop.domain.preferences import Preferences, Theme
from nba_desktop.domain.settings_in_force import PolicyProblem, SettingInForce, SettingsInForce, SettingSource

Options = Mapping[str, str]
"""What this start was told, by the dotted names of the settings."""

_WAY_OUT: Final = "correct it, or move the file away to start with the defaults"
_WAY_OUT_UNDER_POLICY: Final = "add what is missing, or have the policy corrected"
_WAY_OUT_OF_POLICY: Final = "add what is missing to the policy, or take out what asks for it"
_FORWARD: Final = Command.FORWARD.value
_CLOSED: Final[Mapping[str, Any]] = {"flight_recorder.enabled": False, "outbox_encryption": "required"}
"""What holds instead when the policy cannot be relied on; nothing is connected, so there is nothing to record."""
_USER_INFO: Final = re.compile(r"(?<=//)[^/@\s]*@")


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, where each of them comes from, and what is wrong with the file or the policy.

    `policy` is the machine's, with what only shows beside the file and the options.
    """

    settings: Settings
    in_force: SettingsInForce
    policy: Policy
    error: SettingsError | None = None

    @property
    def may_connect(self) -> bool:
        """Whether it is known what the panel is to connect to: where that may be in a broken file, it is not."""
        if self.error is None or isinstance(self.error, PolicyError):
            return self.error is None
        return self.settings.backend.mode == "site" and self.in_force.by_key["backend.url"].source != "default"


def load_settings(path: Path) -> Settings:
    """Read a settings file by itself; without one, the defaults.

    Raises `SettingsError` with file, place, fault and way out; the error never repeats a value.
    """
    loaded = load_in_force(path, Policy())
    if loaded.error is not None:
        raise loaded.error
    return loaded.settings


def load_in_force(path: Path, policy: Policy, options: Options | None = None) -> LoadedSettings:
    """What holds on this machine: the policy before the options, those before the file, the file before the defaults.

    A file that cannot be used is left out, and is the `error`. A policy that cannot be relied on is the `error`, and
    every setting that concerns security is then as if nobody had set it. Such a one is also a policy that asks for a
    setting which concerns security and which nobody gives.
    """
    given: Mapping[str, Any] = options or {}
    held, error = policy.values, None
    file: Mapping[str, Any] = {}
    try:
        file = _file_values(path)
    except SettingsError as fault:
        error = fault
    if policy.error is not None:
        held, given, file = _closed(held), _closed(given), _nested(_closed(_flat(file)))
    closed = _CLOSED if policy.error is not None else {}
    try:
        settings = _validated(file, given, {**held, **closed})
    except ValidationError as invalid:
        if error is None and policy.error is None and (incomplete := _incomplete(policy, invalid)):
            problem = PolicyProblem(incomplete.where, incomplete.says, incomplete.way_out)
            broken = replace(policy, problems=(*policy.problems, problem), error=incomplete)
            return load_in_force(path, broken, options)
        error = error or _fault(path, policy, given, invalid)
        file = {}
        given, held = _without_wrong_parts(given, {**held, **closed})
        settings = _validated({}, given, held)
    in_force = SettingsInForce(
        _in_force(settings, path, file, given, held, policy, closed), policy.place, policy.problems
    )
    return LoadedSettings(settings, in_force, policy, policy.error or error)


def start_options(language: Language | None, theme: Theme | None, backend_url: str | None) -> Options:
    """The options of this start as settings; those that were not given are left out."""
    site = {"backend.mode": "site", "backend.url": backend_url} if backend_url else {}
    given = {"language": language, "theme": theme, **site}
    return {key: value for key, value in given.items() if value}


def refuse_locked(policy: Policy, options: Options) -> None:
    """Raise `SettingLocked` for an option that says anything else than the policy does."""
    for key, value in options.items():
        if key in policy.values and _bare(policy.values[key]) != _bare(value):
            raise SettingLocked(policy.place, key, f"--{key.partition('.')[0]}")


def with_choices(in_force: SettingsInForce, chosen: Preferences, given: Preferences, where: str) -> SettingsInForce:
    """The same with the agent's choices, kept in the file `where`; `given` are those of this start that still hold."""
    keys = {name: key for name, key in chosen.keys.items() if name != _FORWARD}
    before = in_force.by_key.get("keys")
    choices: dict[str, Any] = {
        "language": None if given.language else chosen.language,
        "theme": None if given.theme else chosen.theme,
        "text_size": chosen.text_size,
        "hotkey": chosen.keys.get(_FORWARD),
        "keys": {**json.loads(before.value), **keys} if keys and before else None,
    }
    return replace(
        in_force,
        settings=tuple(
            one
            if one.locked or choices.get(one.key) is None
            else SettingInForce(one.key, _written(choices[one.key]), "chosen", where)
            for one in in_force.settings
        ),
    )


# ---- the file


def _file_values(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(str(path), f"cannot be read ({error.strerror})") from None
    try:
        values = values_of(content, str(path))
    except SettingsError as error:
        raise SettingsError(error.where, f"{error.problem}; {_WAY_OUT}") from None
    if not isinstance(values, dict):
        raise SettingsError(str(path), f"Input should be an object; {_WAY_OUT}")
    return values


# ---- all of it together


def _validated(file: Mapping[str, Any], options: Mapping[str, Any], held: Mapping[str, Any]) -> Settings:
    values = json.loads(json.dumps(file))
    for key, value in (*options.items(), *held.items()):
        put_at(values, key, value)
    return Settings.model_validate_json(json.dumps(values))


def _without_wrong_parts(
    options: Mapping[str, Any], held: Mapping[str, Any]
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What the options and the policy say, but for the parts that they say too little of to be used."""
    try:
        _validated({}, options, held)
    except ValidationError as error:
        wrong = {str(one["loc"][0]) for one in error.errors(include_input=False) if one["loc"]}
        return (
            {key: value for key, value in options.items() if key.partition(".")[0] not in wrong},
            {key: value for key, value in held.items() if key.partition(".")[0] not in wrong},
        )
    return options, held


def _incomplete(policy: Policy, invalid: ValidationError) -> PolicyError | None:
    """That what the policy says wants a setting which concerns security and which nobody gives."""
    for one in invalid.errors(include_input=False):
        context, part = one.get("ctx", {}), ".".join(str(name) for name in one["loc"])
        if "by" not in context or f"{part}.{context['by']}" not in policy.values:
            continue
        key = f"{part}.{context['key']}"
        if setting_keys()[key].security:
            return PolicyError(f"{policy.place}, {key}", one["msg"], _WAY_OUT_OF_POLICY)
    return None


def _fault(path: Path, policy: Policy, options: Options, invalid: ValidationError) -> SettingsError:
    first, *others = invalid.errors(include_input=False)
    place = ".".join(str(part) for part in first["loc"])
    if place in options:
        return SettingsError(f"--{place.partition('.')[0]}", first["msg"])
    more = f" (and {len(others)} more)" if others else ""
    shared = any(key.startswith(f"{place}.") for key in policy.values)
    where = f"{path} under {policy.place}" if shared else str(path)
    way_out = _WAY_OUT_UNDER_POLICY if shared else _WAY_OUT
    return SettingsError(f"{where}, {place}" if place else where, f"{first['msg']}{more}; {way_out}")


def _in_force(
    settings: Settings,
    path: Path,
    file: Mapping[str, Any],
    options: Mapping[str, Any],
    held: Mapping[str, Any],
    policy: Policy,
    closed: Mapping[str, Any],
) -> tuple[SettingInForce, ...]:
    values = settings.model_dump(mode="json")
    written = _flat(file)

    def source(key: str) -> tuple[SettingSource, str]:
        if key in closed:
            return "closed", policy.place
        if key in held:
            return "policy", policy.place
        if key in options:
            return "command_line", ""
        return ("file", str(path)) if key in written else ("default", "")

    return tuple(SettingInForce(key, _written(value_at(values, key)), *source(key)) for key in setting_keys())


def _closed(values: Mapping[str, Any]) -> dict[str, Any]:
    known = setting_keys()
    return {key: value for key, value in values.items() if key not in known or not known[key].security}


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that nested values have something for, by their dotted names."""
    found: dict[str, Any] = {}
    for key in setting_keys():
        try:
            found[key] = value_at(values, key)
        except KeyError:
            continue
    return found


def _nested(values: Mapping[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for key, value in values.items():
        put_at(nested, key, value)
    return nested


def _written(value: Any) -> str:
    """A value as JSON writes it; who is named in an address, and with what password, is nobody's business."""
    return _USER_INFO.sub("…@", json.dumps(value, ensure_ascii=False))


def _bare(value: Any) -> Any:
    return value.rstrip("/") if isinstance(value, str) else value
