"""The workflows are what they say: they parse, name only what exists, and may do no more than they must."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# What a step makes before another one uses it.
MADE = ("build/", "dist/", ".venv/")


def read(path: Path) -> dict[Any, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for job in read(path)["jobs"].values():
        yield from job["steps"]


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def workflow(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


def test_there_is_one_for_each_system() -> None:
    assert [path.stem for path in WORKFLOWS] == ["linux", "macos", "windows"]


def test_a_workflow_names_only_files_that_exist(workflow: Path) -> None:
    parts = [part for step in steps(workflow) for part in (step.get("run"), step.get("with", {}).get("path")) if part]
    text = "\n".join(parts).replace("\\", "/").replace("../", "")
    named = set(re.findall(r"(?<![\w./-])((?:packaging|translations|build|dist|\.venv)/[\w./*-]*)", text))
    assert named
    assert [name for name in named if not name.startswith(MADE) and not list(ROOT.glob(name))] == []


def test_a_workflow_names_only_commands_of_the_makefile(workflow: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    asked = {name for step in steps(workflow) for name in re.findall(r"^make ([a-z-]+)", str(step.get("run", "")))}
    assert asked <= targets


def test_a_workflow_may_read_and_nothing_else(workflow: Path) -> None:
    assert read(workflow)["permissions"] == {"contents": "read"}
    for step in steps(workflow):
        if str(step.get("uses", "")).startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_a_workflow_takes_actions_by_their_commit(workflow: Path) -> None:
    lines = re.findall(r"uses: (.*)", workflow.read_text(encoding="utf-8"))
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", line)] == []


def test_a_workflow_installs_only_what_is_locked(workflow: Path) -> None:
    for step in steps(workflow):
        for line in str(step.get("run", "")).splitlines():
            if "pip install" in line:
                assert "--require-hashes" in line or "--no-deps" in line


def test_no_step_runs_for_ever_and_no_secret_is_everybodys(workflow: Path) -> None:
    for job in read(workflow)["jobs"].values():
        assert job["timeout-minutes"] <= 90
        # Whether there is one is all that every step may know.
        secrets = [value for value in job.get("env", {}).values() if "secrets." in str(value)]
        assert [value for value in secrets if not value.endswith("!= '' }}")] == []


def test_a_workflow_that_was_never_run_says_so(workflow: Path) -> None:
    assert workflow.read_text(encoding="utf-8").startswith("# Unverified: this workflow was never run")
