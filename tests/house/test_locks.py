"""The lock files hold what pyproject.toml asks for, with hashes, in one set of versions."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / "packaging" / "locks"
NAMES = ("panel", "backend", "precompute", "dev", "bench")
NOT_IN_THE_PANEL = ("fastapi", "matplotlib", "numpy", "polars", "psycopg", "psycopg-binary", "sqlalchemy")


@dataclass(frozen=True)
class Locked:
    """One package; more than one version where newer ones have left the oldest Python."""

    versions: frozenset[str]
    hashes: int
    asked_for_by_us: bool


def locked(name: str) -> dict[str, Locked]:
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    entries: dict[str, Locked] = {}
    for block in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE):
        if not block.strip():
            continue
        requirement = Requirement(block.splitlines()[0].removesuffix("\\").strip())
        (pinned,) = requirement.specifier
        assert pinned.operator == "=="
        found = Locked(frozenset({pinned.version}), block.count("--hash=sha256:"), "nba-desktop" in block)
        package = canonicalize_name(requirement.name)
        other = entries.get(package, found)
        entries[package] = Locked(
            found.versions | other.versions, min(found.hashes, other.hashes), found.asked_for_by_us
        )
    return entries


def asked_for(name: str) -> dict[str, Requirement]:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = whole["project"]
    # The rivals of the benchmark stand alone, without the product.
    rivals = whole["dependency-groups"].get(name)
    lines = list(project["dependencies"] if rivals is None else rivals)
    pending = [] if name == "panel" or rivals is not None else [name]
    while pending:
        for line in project["optional-dependencies"][pending.pop()]:
            own = re.fullmatch(r"nba-desktop\[(\w+)\]", line)
            if own:
                pending.append(own[1])
            else:
                lines.append(line)
    requirements = [Requirement(line) for line in lines]
    return {str(canonicalize_name(requirement.name)): requirement for requirement in requirements}


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_holds_what_is_asked_for(name: str) -> None:
    entries = locked(name)
    for package, requirement in asked_for(name).items():
        assert package in entries, f"run `make lock`: {package} is not in {name}.txt"
        unfit = [one for one in entries[package].versions if not requirement.specifier.contains(one)]
        assert not unfit, f"run `make lock`: {name}.txt has {package} {unfit}"
    extra = {package for package, entry in entries.items() if entry.asked_for_by_us} - asked_for(name).keys()
    assert not extra, f"run `make lock`: {name}.txt still has {extra}"


@pytest.mark.parametrize("name", NAMES)
def test_everything_locked_has_hashes(name: str) -> None:
    assert [package for package, entry in locked(name).items() if not entry.hashes] == []


def test_the_panel_carries_nothing_of_the_backend() -> None:
    assert not set(locked("panel")) & set(NOT_IN_THE_PANEL)


@pytest.mark.parametrize("name", ["panel", "backend", "precompute"])
def test_what_is_tested_is_what_is_shipped(name: str) -> None:
    tested = locked("dev")
    other = {p: e.versions for p, e in locked(name).items() if p not in tested or tested[p].versions != e.versions}
    assert not other
