"""How soon an event from another system is news in the running call, in its ranking and in the portal's teasers.

    .venv/bin/python tests/bench/news.py [--events N] [--database URL]

Two servers share one database. A billing system tells the first of a price letter while the customer is on the line;
the agent's panel and the portal ask the second, which has to hear of it by itself. Each event is timed from the moment
it is sent to the moment at which the panel is told, at which the ranking names the event as a reason, and at which the
teasers come after it. A database that is named must be empty.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import now_utc, open_store
from nba_desktop.backend.store.postgresql import read_address
from nba_desktop.backend.tokens import TokenService
from nba_desktop.contract.arrival import OfferNews
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, Role
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import CallerAuthenticated, CallerNumber, ConcernSolved, ContactStarted
from nba_desktop.contract.teaser import Teasers
from tests.fakes.backend_site import Client
from tests.fakes.sse import Stream, streaming

ROOT: Final = Path(__file__).resolve().parents[2]
CUSTOMER: Final = "K-104776"
"""Helmut Brandt of the sample customers, whose price changes soon."""
WAIT_S: Final = 20


def main() -> int:
    """Measure, print what was found, and end with JSON; 1 where an event took longer than a second."""
    parser = argparse.ArgumentParser(description="how soon an event is news in a running call")
    parser.add_argument("--events", type=int, default=20, help="how many events are sent")
    parser.add_argument("--database", help="a PostgreSQL server instead of a file")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = BackendConfig(data=Path(folder), resources=ROOT / "resources")
        if args.database:
            config = replace(config, database=read_address(args.database))
        with server(config, "--samples") as first, server(config) as second:
            found = measure(config, first, second, args.events)
    worst = {name: round(max(times)) for name, times in found.items()}
    for name, times in found.items():
        print(f"{name:8} median {statistics.median(times):6.0f} ms, worst {max(times):6.0f} ms")
    print(json.dumps({"events": args.events, "processes": 2, **{f"{name}_ms": ms for name, ms in worst.items()}}))
    return 0 if all(ms <= 1000 for ms in worst.values()) else 1


def measure(config: BackendConfig, first: str, second: str, events: int) -> dict[str, list[float]]:
    """Return milliseconds from the sending of each event, by what was waited for."""
    with open_store(config) as store:
        tokens = TokenService(store, now_utc)
        agent = Client(second, tokens.create("anna", frozenset({Role.AGENT})))
        machine = tokens.create("billing", frozenset({Role.MACHINE}))
        with store.read() as unit:
            customer = unit.customers.by_customer_no(CUSTOMER)
        assert customer is not None
        items = [item.code for item in _call(agent, None).identification.candidates]
    raise SystemExit(str(items))


if __name__ == "__main__":
    sys.exit(main())
