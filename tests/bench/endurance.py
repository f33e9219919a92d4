"""What the panel holds of memory over many calls, and what it does when there is nothing to do."""

from __future__ import annotations

import os
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from tests.bench.bench_panel import BenchPanel

_REST_EVERY = 25
_SETTLED_S = 3.0


def memory_over(bench: BenchPanel, calls: int) -> tuple[float, float]:
    """Play `calls` whole calls; megabytes held after them, and how much more that is than before.

    Before them as many as a tenth are played: caches fill at first, and that is no growth.
    """
    _play(bench, max(1, calls // 10))
    before = rss_mb()
    _play(bench, calls)
    after = rss_mb()
    return after, after - before


def _play(bench: BenchPanel, calls: int) -> None:
    for call in range(calls):
        number = next(bench.numbers)
        bench.ring(number)
        bench.answer(number)
        bench.authenticate()
        bench.hang_up(number)
        if call % _REST_EVERY == _REST_EVERY - 1:
            bench.rest()
    bench.rest()


def idle_cpu_percent(seconds: float) -> float:
    """Share of one core that the process takes while nobody calls, over `seconds`, once the last call has settled."""
    _live(_SETTLED_S)
    began, used = time.perf_counter(), time.process_time()
    _live(seconds)
    return 100 * (time.process_time() - used) / (time.perf_counter() - began)


def _live(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
    loop.exec()


def rss_mb() -> float:
    """Resident memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
