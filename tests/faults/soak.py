"""A backend that is away again and again: events wait by the ten thousand, go out in order, and memory stays flat.

By itself one absence; with `--hours 24` one after the other for so long. Last line JSON. Exit code 1 when something did
not arrive once and in order, or memory grew beyond the ceiling.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from nba_desktop.contract.events import AnyEvent
from tests.bench.endurance import rss_mb
from tests.conftest import isolate_environment
from tests.faults.arrived import compare
from tests.faults.calls import a_call
from tests.faults.processes import KillableBackend, new_site
from tests.faults.sending import Sending, sending

_DRAIN_LIMIT_S: Final = 1200.0
_WARM_UP: Final = 2_000
_EVENTS_OF_A_PUT: Final = 5


@dataclass
class Soak:
    """What it came to: seconds are of all absences together, memory is of the panel's side."""

    absences: int = 0
    events: int = 0
    queue_s: float = 0.0
    drain_s: float = 0.0
    rss_mb: float = 0.0
    rss_growth_mb: float = 0.0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0


def soak(folder: Path, events: int, hours: float) -> Soak:
    """Let the backend be away, and come back, until the time is over."""
    site = folder / "site"
    token, calls, total = new_site(site), _calls(), Soak()
    until = time.monotonic() + hours * 3600
    with KillableBackend(site) as backend, sending(folder / "panel", backend.url, token) as out:
        # Caches fill at first, and that is no growth.
        _absence(backend, out, itertools.islice(calls, _WARM_UP))
        before_mb = rss_mb()
        while total.absences == 0 or time.monotonic() < until:
            one = _absence(backend, out, itertools.islice(calls, events))
            arrived = compare(one.acknowledged, site)
            total.absences += 1
            total.events += len(one.acknowledged)
            total.queue_s = round(total.queue_s + one.queue_s, 1)
            total.drain_s = round(total.drain_s + one.drain_s, 1)
            total.rss_mb = round(rss_mb(), 1)
            total.rss_growth_mb = round(max(total.rss_growth_mb, one.most_mb - before_mb), 1)
            total.lost += arrived.lost
            # These look at the whole store.
            total.doubled = arrived.doubled
            total.out_of_order = arrived.out_of_order + one.out_of_order
            print(json.dumps(asdict(total)), flush=True)
    return total


@dataclass(frozen=True, slots=True)
class _Absence:
    acknowledged: list[str]
    queue_s: float
    drain_s: float
    most_mb: float
    out_of_order: int


def _absence(backend: KillableBackend, out: Sending, events: Iterator[AnyEvent]) -> _Absence:
    """The backend goes, events wait, it comes back and gets them."""
    backend.kill()
    acknowledged = bytearray()
    began = time.monotonic()
    while group := tuple(itertools.islice(events, _EVENTS_OF_A_PUT)):
        out.outbox.put(*group)
        acknowledged += b"".join(event.event_id.bytes for event in group)
        QCoreApplication.processEvents()
    queue_s, most_mb = time.monotonic() - began, rss_mb()
    backend.start_again()
    began = time.monotonic()
    _wait_until_empty(out)
    drain_s = time.monotonic() - began
    most_mb = max(most_mb, rss_mb())
    said, accepted = _ids(acknowledged), _ids(out.accepted)
    out.accepted.clear()
    wrong = sum(one != other for one, other in itertools.zip_longest(accepted, said))
    return _Absence(said, queue_s, drain_s, most_mb, wrong)


def _ids(together: bytearray) -> list[str]:
    return [together[at : at + 16].hex() for at in range(0, len(together), 16)]


def _wait_until_empty(out: Sending) -> None:
    loop, until = QEventLoop(), time.monotonic() + _DRAIN_LIMIT_S

    def look() -> None:
        if out.is_empty():
            loop.quit()
        elif time.monotonic() > until:
            loop.exit(1)

    timer = QTimer(interval=50)
    timer.timeout.connect(look)
    timer.start()
    if loop.exec():
        raise TimeoutError("the outbox is not empty")


def _calls() -> Iterator[AnyEvent]:
    for call in itertools.count():
        yield from a_call(f"soak-{call}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000, help="that wait in each absence")
    parser.add_argument("--hours", type=float, default=0.0, help="how long to go on")
    parser.add_argument("--ceiling-mb", type=float, default=15.0, help="how much more memory may be held at any time")
    options = parser.parse_args()
    app = QCoreApplication([])
    with tempfile.TemporaryDirectory(prefix="nba-soak-") as folder:
        isolate_environment(os.environ, Path(folder) / "home")
        total = soak(Path(folder), options.events, options.hours)
    app.quit()
    is_good = not (total.lost or total.doubled or total.out_of_order) and total.rss_growth_mb <= options.ceiling_mb
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
