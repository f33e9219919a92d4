"""`make test-faults`: the twenty faults, the storm of kills and a day without backend; last line JSON.

A fault has passed when each of its tests ran and passed, none was skipped, and each of its programs ended well.
Exit code 1 unless all have.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.faults.conftest import LONG
from tests.faults.table import DOCUMENT, ROOT, Fault, load_faults

_WIDTH: Final = 108


@dataclass
class Collected:
    """A plugin of pytest that keeps what became of each test, and what it measured."""

    outcomes: dict[str, str] = field(default_factory=dict)
    measured: dict[str, str] = field(default_factory=dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """The worst of set-up, test and clean-up counts."""
        if report.when == "call" or report.outcome != "passed":
            before = self.outcomes.get(report.nodeid, "passed")
            self.outcomes[report.nodeid] = report.outcome if before == "passed" else before
        for name, value in report.user_properties:
            if name == "measured":
                self.measured[report.nodeid] = str(value)

    def of(self, *wanted: str) -> dict[str, str]:
        """The outcomes of files, tests or all of their cases."""
        begins = tuple(f"{one}{mark}" for one in wanted for mark in ("::", "["))
        return {node: outcome for node, outcome in self.outcomes.items() if node in wanted or node.startswith(begins)}


def main() -> int:
    options = _options()
    every = load_faults()
    faults = [one for one in every if options.only in (0, one.number)]
    if not faults:
        print(f"there is no fault {options.only}: faults {every[0].number} to {every[-1].number}", file=sys.stderr)
        return 2
    run = Run(_tested(faults), {})
    for name in dict.fromkeys(name for fault in faults for name in fault.programs):
        run.programs[name] = _ran(name, options)
    passed = [fault for fault in faults if not run.complaint(fault)]
    for fault in faults:
        _print_row(fault, run)
    if options.write:
        _write(passed, run)
    storm = run.programs.get("storm") or {}
    figures = {
        "faults": len(faults),
        "passed": len(passed),
        **{name: storm.get(name, 0) for name in ("kill_rounds", "lost", "doubled", "acknowledged", "traces")},
        **{name: value for name, value in run.programs.items() if name != "storm"},
    }
    print(json.dumps(figures))
    return 0 if len(passed) == len(faults) else 1


@dataclass
class Run:
    """What became of the tests, and the figures of the programs; None where one did not end well."""

    collected: Collected
    programs: dict[str, dict[str, Any] | None]

    def complaint(self, fault: Fault) -> str:
        """Why a fault has not passed; empty when it has."""
        for test in fault.tests:
            outcomes = self.collected.of(test)
            if not outcomes:
                return f"{test} did not run"
            for node, outcome in outcomes.items():
                if outcome != "passed":
                    return f"{node} {outcome}"
        for test in fault.also:
            for node, outcome in self.collected.of(test).items():
                if outcome == "failed":
                    return f"{node} failed"
        for name in fault.programs:
            if self.programs[name] is None:
                return f"{name} failed"
        return "" if fault.tests or fault.programs else "nothing shows it"

    def measured(self, fault: Fault) -> list[str]:
        """What its tests and programs measured, a sentence each."""
        ran = {
            node: outcome for test in (*fault.tests, *fault.also) for node, outcome in self.collected.of(test).items()
        }
        passed, skipped = (sum(outcome == one for outcome in ran.values()) for one in ("passed", "skipped"))
        counted = [f"tests: {passed}" + (f", skipped: {skipped}" if skipped else "")] if ran else []
        told = [self.collected.measured[node] for node in ran if node in self.collected.measured]
        programs = [
            f"{name}: " + ", ".join(f"{key} {value:,}" for key, value in figures.items() if key != "seed")
            for name in fault.programs
            if (figures := self.programs[name]) is not None
        ]
        return [*counted, *told, *programs]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=500, help="panels that are killed in the storm")
    parser.add_argument("--seed", type=int, default=20261122, help="another one kills at other moments")
    parser.add_argument("--events", type=int, default=50_000, help="events that wait before they are sent")
    parser.add_argument("--calls", type=int, default=2_000, help="calls of the day without backend")
    parser.add_argument("--only", type=int, default=0, metavar="NUMBER", help="one fault alone")
    parser.add_argument("--write", action="store_true", help="write what was measured into docs/reliability.md")
    return parser.parse_args()


def _tested(faults: Iterable[Fault]) -> Collected:
    collected = Collected()
    os.environ[LONG] = "1"
    # All cases of a test are run together.
    wanted = dict.fromkeys(test.partition("[")[0] for fault in faults for test in (*fault.tests, *fault.also))
    if wanted:
        arguments = ["-q", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider", "--no-header", "-r", "fEs"]
        pytest.main([*arguments, *(str(ROOT / test) for test in wanted)], plugins=[collected])
    return collected


def _ran(name: str, options: argparse.Namespace) -> dict[str, Any] | None:
    """The figures of one program of this folder; None where it did not end well."""
    arguments = {
        "storm": ["--rounds", str(options.rounds), "--seed", str(options.seed)],
        "soak": ["--events", str(options.events)],
        "day": ["--calls", str(options.calls)],
        "migration": [],
    }[name]
    print(f"{name} {' '.join(arguments)} …", flush=True)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name(f"{name}.py")), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    said = done.stdout.splitlines()
    print(*said[-1:], sep="\n")
    if done.returncode:
        return None
    figures: dict[str, Any] = json.loads(said[-1])
    return figures


def _print_row(fault: Fault, run: Run) -> None:
    complaint = run.complaint(fault)
    print(f"{fault.number:>2}  {'FAILED' if complaint else 'passed'}  {fault.fault}")
    for line in (fault.expected, *run.measured(fault), *([complaint] if complaint else [])):
        print(textwrap.indent(textwrap.fill(line, _WIDTH), " " * 12))


def _write(faults: Iterable[Fault], run: Run) -> None:
    rows = {
        f"| {fault.number} | {fault.fault} | {fault.expected} |": "; ".join(run.measured(fault)) for fault in faults
    }
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines(keepends=True)
    for at, line in enumerate(lines):
        for begin, cell in rows.items():
            if line.startswith(begin):
                command = line.rstrip().rsplit(" | ", 1)[1]
                lines[at] = f"{begin} {cell} | {command}\n"
    DOCUMENT.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
