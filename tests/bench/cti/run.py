"""Telephony under load, in one run; the last line is JSON.

`make bench-cti` runs it: an Asterisk of many agents into the panel's own source and state machine, then telephone
systems that report to a real backend, with the reports doubled, late and out of order, and a hundred panels that
listen; at last hostile input for every parser. The exit code is 1 when a call was lost or changed wrongly, or a parser
crashed or hung. Speed is never a failure.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.bench.cti.ami_bench import AmiFigures, measure_ami
from tests.bench.cti.hub_bench import HubFigures, measure_hub
from tests.bench.cti.hub_plan import MIN_CALLS

ROOT: Final = Path(__file__).resolve().parents[3]

_MIXED_PERCENT: Final = 2.0
_ALL_PERCENT: Final = 100.0


_CORES: Final = {
    "backend": "backend",
    "hub_panel": "the panel's own line",
    "hub_panels": "the other panels",
    "hub_load": "telephone systems",
    "others": "programs that do not belong to this",
}


def main() -> int:
    options = _options()
    mixed = [measure_ami(options.ami_events, _MIXED_PERCENT) for _ in range(options.ami_times)]
    own = [measure_ami(options.ami_events, _ALL_PERCENT) for _ in range(options.ami_times)]
    _show_ami(mixed, own, options.ami_times)
    load_before = _load_average()
    with tempfile.TemporaryDirectory(prefix="nba-bench-") as folder:
        hub = measure_hub(Path(folder), options.calls_per_s, options.seconds, options.agents)
    _show_hub(hub, options, load_before)
    fuzz = _fuzz(options.fuzz_inputs)
    summary = {
        "ami_events_per_s": round(_median_per_s(mixed)),
        "hub_calls_per_s": round(hub.calls_per_s, 1),
        "hub_lost": hub.verdict.lost,
        "hub_p99_ms": round(_percentile(hub.verdict.latencies_ms, 99), 1),
        **fuzz,
        "ami_own_events_per_s": round(_median_per_s(own)),
        "ami_lost": sum(one.lost for one in (*mixed, *own)),
        "hub_strange": hub.verdict.strange,
        "hub_p50_ms": round(_percentile(hub.verdict.latencies_ms, 50), 1),
        "hub_source_p99_ms": round(_percentile(hub.verdict.source_ms, 99), 1),
        "hub_late_p99_ms": round(_percentile(hub.late_ms, 99), 1),
        "hub_backend_cores": round(hub.cores.get("backend", 0.0), 2),
        "other_programs_cores": round(hub.cores.get("others", 0.0), 2),
    }
    print(json.dumps(summary))
    return 1 if any(summary[key] for key in ("hub_lost", "hub_strange", "ami_lost", "fuzz_failures")) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seconds", type=int, default=60, help="how long the hub is reported to (default: %(default)s)"
    )
    parser.add_argument("--calls-per-s", type=int, default=200, help="calls that begin there (default: %(default)s)")
    parser.add_argument("--agents", type=int, default=100, help="panels that listen (default: %(default)s)")
    parser.add_argument(
        "--ami-events", type=int, default=60_000, help="messages of the Asterisk (default: %(default)s)"
    )
    parser.add_argument("--ami-times", type=int, default=3, help="how often it is measured (default: %(default)s)")
    parser.add_argument("--fuzz-inputs", type=int, default=100_000, help="shared by the parsers (default: %(default)s)")
    options = parser.parse_args()
    if options.calls_per_s * options.seconds < MIN_CALLS:
        parser.error(f"--calls-per-s and --seconds must make {MIN_CALLS} calls at least")
    if not 2 <= options.agents <= 1000 or min(options.ami_events, options.ami_times) < 1 or options.fuzz_inputs < 0:
        parser.error("there are 2 to 1000 agents, messages that are measured, and no less than no input")
    return options


def _show_ami(mixed: Sequence[AmiFigures], own: Sequence[AmiFigures], times: int) -> None:
    print(f"Asterisk: socket → parser → translator → state of the panel, median of {times}")
    rows = ((f"{_MIXED_PERCENT:g} of 100 calls are the agent's", mixed), ("all calls are the agent's", own))
    for name, runs in rows:
        share = statistics.median(one.core_share for one in runs)
        print(
            f"  {name:<34} {_median_per_s(runs):>8.0f} messages/s of {runs[0].messages}, {share:.2f} of a core, "
            f"{runs[0].states} states, {sum(one.lost for one in runs)} lost"
        )


def _show_hub(hub: HubFigures, options: argparse.Namespace, load_before: str) -> None:
    print(
        f"Hub: {options.calls_per_s} calls/s for {options.seconds} s, {options.agents} panels; {os.cpu_count()} cores, "
        f"load average {load_before} before, {_load_average()} after"
    )
    print(f"  {hub.calls} calls, {hub.posts} webhooks ({hub.refused} refused), {hub.calls_per_s:.1f} calls/s")
    verdict = hub.verdict
    for shape, (good, all_) in sorted(verdict.shapes.items()):
        print(f"  {shape:<42} {good:>6} of {all_:>6} calls as they must be")
    print(f"  {'seen by somebody who should not':<42} {verdict.strange:>6}")
    for example in verdict.examples:
        print(f"  {example}")
    print("  milliseconds: median, 95th, 99th percentile and longest")
    for name, values in (
        ("webhook sent → state, all panels", verdict.latencies_ms),
        ("the one with the panel's own line", verdict.source_ms),
        ("webhook sent later than it was due", hub.late_ms),
    ):
        figures = (*(_percentile(values, percent) for percent in (50, 95, 99)), max(values, default=0.0))
        print(f"  {name:<42} {' '.join(f'{one:8.1f}' for one in figures)}")
    if hub.cores:
        print(f"  cores taken: {', '.join(f'{_CORES[name]} {taken:.2f}' for name, taken in hub.cores.items())}")


def _fuzz(inputs: int) -> dict[str, Any]:
    print("Hostile input", flush=True)
    command = [sys.executable, str(ROOT / "tests" / "fuzz" / "run.py"), "--inputs", str(inputs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        last = ""
        for last in running.stdout:
            if not last.startswith("{"):
                print(f"  {last}", end="", flush=True)
    counts: dict[str, Any] = json.loads(last)
    return counts


def _median_per_s(runs: Sequence[AmiFigures]) -> float:
    return statistics.median(one.per_s for one in runs)


def _percentile(values: Sequence[float], percent: int) -> float:
    if len(values) < 2:
        return values[0] if values else 0.0
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _load_average() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    sys.exit(main())
