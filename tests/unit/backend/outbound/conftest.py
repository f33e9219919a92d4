"""Results that wait for an endpoint, and a sender whose clock and chance the test has in hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from nba_desktop.backend.outbound.policy import Answer
from nba_desktop.backend.outbound.records import Endpoint, ResultEvent, ResultType
from nba_desktop.backend.outbound.sender import Sender
from nba_desktop.backend.outbound.signing import new_secret
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.base import new_id
from tests.fakes.backend_services import Clock
from tests.fakes.backend_site import NOW

SECRET = new_secret()


def endpoint(url: str = "http://127.0.0.1:1", name: str = "crm", *types: ResultType, give_up_days: int = 3) -> Endpoint:
    return Endpoint(name, url, frozenset(types), SECRET, "urn:test", give_up_days, NOW)


def result(customer_no: str, kind: ResultType = ResultType.NOTE_WRITTEN, **data: str) -> ResultEvent:
    return ResultEvent(new_id(), kind, NOW, NOW, None, customer_no, None, {"customer_no": customer_no, **data})


def tell(store: SqlStore, *customers: str) -> list[str]:
    """Record a result for each of some customers, in order; return the ids."""
    events = [result(one) for one in customers]
    with store.write() as unit:
        for event in events:
            unit.outbound.append(event)
    return [str(one.event_id) for one in events]


def waiting(store: SqlStore, name: str = "crm") -> int:
    with store.read() as unit:
        counts = unit.outbound.counts()
    return counts[name].waiting if name in counts else 0


@dataclass
class FakePost:
    """Answers by the status that the test says, and remembers what came and how it was signed."""

    answer: Callable[[str], Answer] = lambda _id: Answer(204)
    came: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def __call__(self, _url: str, headers: Mapping[str, str], _body: bytes) -> Answer:
        self.came.append(headers["webhook-id"])
        self.headers.append(headers)
        return self.answer(headers["webhook-id"])


def sender(store: SqlStore, post: Callable[[str, Mapping[str, str], bytes], Answer], clock: Clock) -> Sender:
    return Sender(store, post, clock, lambda: 0.0)


def pass_time(clock: Clock, seconds: float) -> None:
    clock.now += timedelta(seconds=seconds)
