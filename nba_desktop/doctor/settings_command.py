"""`nba-desktop settings`: what each setting is, and whether the policy, the agent, the file or nobody has set it."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from nba_desktop import paths
from nba_desktop.adapters.policy import SHOWN_BY_SETTINGS, Policy, machine_policy
from nba_desktop.adapters.preferences_file import PreferencesFile
from nba_desktop.adapters.settings_loading import load_in_force, with_choices
from nba_desktop.domain.errors import PolicyError, SettingsError
from nba_desktop.domain.preferences import Preferences
from nba_desktop.domain.settings_in_force import PolicyProblem, SettingsInForce, SettingSource

_PREFERENCES: Final = "preferences.json"
_FROM: Final[dict[SettingSource, str]] = {
    "policy": "policy",
    "closed": "closed",
    "command_line": "option",
    "chosen": "chosen",
    "file": "file",
    "default": "default",
}


def run(argv: Sequence[str], policy: Policy | None = None) -> int:
    """Print what is in force under the machine's policy, or under another one; 1 when something is wrong."""
    parser = argparse.ArgumentParser(
        prog="nba-desktop settings",
        description="What each setting is and where it comes from; exit code 1 for a policy or file that is wrong.",
    )
    parser.add_argument("--settings", type=Path, help="another settings file")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    options = parser.parse_args(argv)
    settings_file = options.settings or paths.config_dir() / "settings.json"
    in_force, problems = _looked_at(settings_file, machine_policy() if policy is None else policy)
    try:
        if options.json:
            print(_as_json(in_force, problems))
        else:
            _print(in_force, problems)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough, as with `| head`; what is left goes nowhere when the interpreter ends.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    return 1 if problems else 0


def _looked_at(settings_file: Path, policy: Policy) -> tuple[SettingsInForce, tuple[PolicyProblem, ...]]:
    loaded = load_in_force(settings_file, policy)
    # Whoever reads this is shown it already.
    problems = tuple(
        dataclasses.replace(one, way_out=one.way_out.removesuffix(f"; {SHOWN_BY_SETTINGS}"))
        for one in loaded.in_force.problems
    )
    if loaded.error is not None and not isinstance(loaded.error, PolicyError):
        problems += (_problem(loaded.error),)
    file = PreferencesFile(settings_file.with_name(_PREFERENCES))
    try:
        chosen = file.kept()
    except SettingsError as error:
        return loaded.in_force, (*problems, _problem(error))
    if chosen is None:
        damaged = PolicyProblem(str(file.path), "is damaged", "the next start of the panel sets it aside")
        return loaded.in_force, (*problems, damaged)
    return with_choices(loaded.in_force, chosen, Preferences(), str(file.path)), problems


def _problem(error: SettingsError) -> PolicyProblem:
    says, _, way_out = error.problem.partition("; ")
    return PolicyProblem(error.where, says, way_out)


def _as_json(in_force: SettingsInForce, problems: tuple[PolicyProblem, ...]) -> str:
    settings = {
        one.key: {"value": json.loads(one.value), "source": one.source, "where": one.where, "locked": one.locked}
        for one in in_force.settings
    }
    said = [dataclasses.asdict(one) for one in problems]
    whole = {"ok": not problems, "policy": in_force.policy, "settings": settings, "problems": said}
    return json.dumps(whole, ensure_ascii=False)


def _print(in_force: SettingsInForce, problems: tuple[PolicyProblem, ...]) -> None:
    closed = any(one.source == "closed" for one in in_force.settings)
    broken = " cannot be relied on: the panel connects to nothing" if closed else ""
    print(f"policy: {in_force.policy or 'this machine has none'}{broken}")
    width = max(len(one.key) for one in in_force.settings)
    for one in in_force.settings:
        why = " (by the policy that cannot be relied on)" if one.source == "closed" else ""
        print(f"{_FROM[one.source]:<8} {one.key:<{width}} {one.value}{why}")
    files = dict.fromkeys(one.where for one in in_force.settings if one.source in ("chosen", "file"))
    for file in files:
        print(f"read: {file}")
    for problem in problems:
        way_out = f" → {problem.way_out}" if problem.way_out else ""
        print(f"PROBLEM  {problem.where}: {problem.says}{way_out}")
