"""A day without backend: calls come and go, the panel works on; then the backend is there and gets everything in order.

Last line JSON: how soon a call was painted at the beginning and at the end of the day, memory, and what arrived.
Exit code 1 when something did not arrive once and in order, or memory grew beyond the ceiling.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from nba_desktop.app import Panel, new_application
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.domain.call_event import CallEventType
from tests.bench.bench_panel import BenchPanel, Telephone
from tests.bench.endurance import rss_mb
from tests.conftest import isolate_environment
from tests.faults.arrived import compare
from tests.faults.processes import KillableBackend, new_site
from tests.faults.stores import a_launch, hear_of_each_put

_NUMBERS: Final = [f"+4935128055{number:02d}" for number in range(100)]
_DRAIN_LIMIT_S: Final = 600.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=2_000)
    parser.add_argument("--ceiling-mb", type=float, default=15.0, help="how much more memory may be held at the end")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="nba-day-") as folder:
        isolate_environment(os.environ, Path(folder) / "home")
        figures, is_good = _day(Path(folder), options.calls, options.ceiling_mb)
    print(json.dumps(figures))
    return 0 if is_good else 1


def _day(folder: Path, calls: int, ceiling_mb: float) -> tuple[dict[str, float], bool]:
    site = folder / "site"
    token = new_site(site)
    acknowledged: list[str] = []
    with KillableBackend(site) as backend:
        backend.kill()
        hear_of_each_put(acknowledged.extend)
        panel = Panel(a_launch(folder / "panel", backend.url, token), new_application())
        panel.start()
        bench = BenchPanel(panel, Telephone(backend.url, ""), _NUMBERS)
        bench.wait("the backend is known to be away", lambda: panel.session.state.backend.status == "down")
        some = max(5, calls // 20)
        _play(bench, some)
        before_mb = rss_mb()
        painted = _play(bench, calls - some)
        after_mb = rss_mb()
        first, last = statistics.median(painted[:some]), statistics.median(painted[-some:])
        waiting = _waiting(panel)
        began = time.perf_counter()
        backend.start_again()
        _drained(bench)
        drain_s = time.perf_counter() - began
        drained_mb = rss_mb()
        panel.stop()
    arrived = compare(acknowledged, site)
    grown_mb = max(after_mb, drained_mb) - before_mb
    figures = {
        "calls": calls,
        "events": len(acknowledged),
        "waiting": waiting,
        "painted_ms_first": round(first, 1),
        "painted_ms_last": round(last, 1),
        "ratio": round(last / first, 2),
        "drain_s": round(drain_s, 1),
        "rss_mb": round(drained_mb, 1),
        "rss_growth_mb": round(grown_mb, 1),
        "lost": arrived.lost,
        "doubled": arrived.doubled,
        "out_of_order": arrived.out_of_order,
    }
    return figures, arrived.is_good and waiting == len(acknowledged) and grown_mb <= ceiling_mb


def _play(bench: BenchPanel, calls: int) -> list[float]:
    """Take so many calls; milliseconds until each was painted."""
    return [_call(bench, f"day-{new_id()}") for _ in range(calls)]


def _call(bench: BenchPanel, call: str) -> float:
    session, number = bench.panel.session, next(bench.numbers)
    began = time.perf_counter()
    bench.phone(CallEventType.RINGING, call, number)
    painted = bench.until_painted(began, "the call", lambda: session.state.contact is not None)
    bench.phone(CallEventType.ANSWERED, call, number)
    session.write_note("Rückruf gewünscht")
    session.respond(ResponseCode.NOT_ADDRESSED_TIME)
    bench.hang_up(number)
    bench.wait("the call is over", lambda: session.state.contact is None)
    return painted


def _waiting(panel: Panel) -> int:
    assert panel.store is not None
    return panel.store.status().waiting


def _drained(bench: BenchPanel) -> None:
    until = time.perf_counter() + _DRAIN_LIMIT_S
    while before := _waiting(bench.panel):
        bench.wait("less waits", lambda before=before: _waiting(bench.panel) < before)  # type: ignore[misc]
        if time.perf_counter() > until:
            raise TimeoutError("the outbox is not empty")


if __name__ == "__main__":
    sys.exit(main())
