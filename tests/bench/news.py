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
import os
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
        portal = Client(second, tokens.create("portal", frozenset({Role.MACHINE})))
        billing = Client(first, tokens.create("billing", frozenset({Role.MACHINE})))
        with store.read() as unit:
            customer = unit.customers.by_customer_no(CUSTOMER)
    assert customer is not None
    start = call(agent, customer.customer_id, customer.phones[0].e164)
    found: dict[str, list[float]] = {"news": [], "ranking": [], "teaser": []}
    with streaming(second, agent.token or "", timeout_s=WAIT_S) as stream:
        stream.event()
        for number in range(events):
            began = time.perf_counter()
            send(billing, number)
            news = next_news(stream)
            found["news"].append(_ms_since(began))
            assert news.contact_id == start.contact_id
            view = ContactView.model_validate_json(agent.post("/v1/contacts", start).content)
            found["ranking"].append(_ms_since(began))
            raised = [one for one in view.decision.recommendations if any(r.code == "event" for r in one.because)]
            assert {one.action_id for one in raised} & set(news.action_ids), "the ranking does not name the event"
            answer = portal.send("GET", f"/v1/teasers?customer={CUSTOMER}&placement=contract")
            found["teaser"].append(_ms_since(began))
            shown = {one.action_id for one in Teasers.model_validate_json(answer.content).teasers}
            assert shown & set(news.action_ids), "the portal does not show what the event raised"
    return found


def call(agent: Client, customer_id: str, number: str) -> ContactStarted:
    """Begin a call of the customer, authenticated and with his concern solved."""
    start = ContactStarted(
        event_id=new_id(),
        contact_id=new_id(),
        seq=1,
        at=now_utc(),
        number=CallerNumber(raw=number, e164=number, presentation="allowed"),
        interaction_id="bench",
    )
    ringing = ContactView.model_validate_json(agent.post("/v1/contacts", start).content).identification
    items = next(one.security_items for one in ringing.candidates if one.customer_id == customer_id)
    about = {"contact_id": start.contact_id, "at": now_utc()}
    passed = tuple(item.code for item in items[: ringing.security_items_required])
    level = AuthLevel.AUTHENTICATED
    caller = CallerAuthenticated(
        **about, event_id=new_id(), seq=2, customer_id=customer_id, level=level, items_passed=passed
    )
    agent.post(f"/v1/contacts/{start.contact_id}/caller", caller).raise_for_status()
    solved = ConcernSolved(**about, event_id=new_id(), seq=3, solved=True)
    agent.post(f"/v1/contacts/{start.contact_id}/concern", solved).raise_for_status()
    return start


def send(billing: Client, number: int) -> None:
    """Tell of a price letter as another system does."""
    day = (now_utc() + timedelta(days=40)).date().isoformat()
    event = {
        "specversion": "1.0",
        "id": f"letter-{number}",
        "source": "urn:bench:billing",
        "type": "com.example.touchpoint.price_letter",
        "time": now_utc().isoformat(),
        "data": {"customer_no": CUSTOMER, "channel": "post", "params": {"effective_date": day}},
    }
    headers = {"Content-Type": "application/cloudevents+json"}
    billing.send("POST", "/v1/touchpoints", data=json.dumps(event), headers=headers).raise_for_status()


def next_news(stream: Stream) -> OfferNews:
    """Wait for what the panel is told next."""
    while block := stream.block():
        if block[0] == "event: news":
            return OfferNews.model_validate_json(block[2].removeprefix("data: "))
    raise SystemExit("the stream ended")


@contextmanager
def server(config: BackendConfig, *options: str) -> Iterator[str]:
    """Run a server of its own on the database and give its address."""
    quiet = ("--log-level", "warning")
    command = [sys.executable, "-m", "nba_desktop", "backend", "serve", "--port", "0", *quiet, *options]
    environment = dict(os.environ)
    if config.database is None:
        command += ["--data", str(config.data)]
    else:
        environment["NBA_DATABASE"] = config.database.render_as_string(hide_password=False)
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise SystemExit("a server did not start")
            yield json.loads(line)["url"]
        finally:
            process.terminate()


def _ms_since(began: float) -> float:
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    sys.exit(main())
