from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.http_backend import HttpBackend
from nba_desktop.adapters.http_client import Timeouts
from nba_desktop.adapters.outbox_sender import OutboxSender
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.adapters.tasks import QtTasks
from nba_desktop.contract.codes import ProblemCode
from nba_desktop.contract.events import BatchVerdict
from nba_desktop.contract.problems import Problem
from nba_desktop.domain.errors import (
    BackendFault,
    BackendOffline,
    BackendRefusal,
    BackendUnauthorised,
    FailureCode,
    OutboxFull,
    OutboxUnwritable,
)
from nba_desktop.domain.outbox import Entry, EntryState
from nba_desktop.domain.ports import Backend
from nba_desktop.domain.receipts import OutboxStatus, Receipt
from tests.unit.adapters.events import note
from tests.unit.adapters.http_peer import says, serving, writes

Sent = tuple[str, ...]
FORBIDDEN = Problem(type="about:blank", title="Forbidden", status=403, code=ProblemCode.FORBIDDEN)


def verdict(events: Sent, word: str = "accepted") -> BatchVerdict:
    said = [{"event_id": json.loads(event)["event_id"], "verdict": word} for event in events]
    return BatchVerdict.model_validate({"verdicts": said})


class ScriptedBackend:
    """Answers each request with the next step of a script, and then accepts everything."""

    def __init__(self, *script: Callable[[Sent], BatchVerdict] | Exception) -> None:
        self.script = list(script)
        self.requests: list[Sent] = []
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def send(self, events_json: Sent) -> BatchVerdict:
        with self._lock:
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
            self.requests.append(events_json)
            step = self.script.pop(0) if self.script else verdict
        try:
            if isinstance(step, Exception):
                raise step
            return step(events_json)
        finally:
            with self._lock:
                self.at_once -= 1


class Bench:
    """A sender with a real outbox and threads, a scripted backend, and a clock that the test moves."""

    def __init__(self, path: Path, backend: object, gather_ms: int = 0, again_ms: int = 3_600_000) -> None:
        self.now = 0.0
        self.outbox = SqliteOutbox(path)
        self.tasks = QtTasks(max_threads=2)
        self.sender = OutboxSender(
            self.outbox,
            cast(Backend, backend),
            self.tasks,
            gather_ms=gather_ms,
            again_ms=again_ms,
            monotonic=lambda: self.now,
            chance=lambda: 0.0,
        )
        self.receipts: list[tuple[UUID, Receipt]] = []
        self.statuses: list[OutboxStatus] = []
        self.sender.receipt_changed.connect(lambda event_id, receipt: self.receipts.append((event_id, receipt)))
        self.sender.status_changed.connect(self.statuses.append)

    def put(self, count: int = 1) -> list[UUID]:
        events = [note(seq) for seq in range(1, count + 1)]
        self.outbox.put(*events)
        self.sender.wake()
        return [event.event_id for event in events]

    def close(self) -> None:
        self.sender.stop()
        assert self.tasks.close(5000)
        self.outbox.close()


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Bench]]:
    made: list[Bench] = []

    def make(
        *script: Callable[[Sent], BatchVerdict] | Exception, gather_ms: int = 0, again_ms: int = 3_600_000
    ) -> Bench:
        made.append(Bench(tmp_path / f"outbox{len(made)}.sqlite3", ScriptedBackend(*script), gather_ms, again_ms))
        return made[-1]

    yield make
    for one in made:
        one.close()


Make = Callable[..., Bench]


def requests_of(bench: Bench) -> list[Sent]:
    return cast(ScriptedBackend, bench.sender._backend).requests


def test_an_event_is_sent_and_its_receipt_told(qtbot: QtBot, bench: Make) -> None:
    b = bench()
    (event_id,) = b.put()
    qtbot.waitUntil(lambda: len(b.receipts) == 2)
    assert b.receipts == [(event_id, Receipt.SENT), (event_id, Receipt.ACCEPTED)]
    assert b.statuses == [OutboxStatus(waiting=1), OutboxStatus()]
    assert b.outbox.status() == OutboxStatus()


def test_events_put_one_after_the_other_go_out_in_order_with_one_request_at_a_time(qtbot: QtBot, bench: Make) -> None:
    b = bench()
    ids = [event_id for _ in range(250) for event_id in b.put()]
    qtbot.waitUntil(lambda: len(b.receipts) == 500)
    sent = [json.loads(event)["event_id"] for request in requests_of(b) for event in request]
    assert sent == [str(event_id) for event_id in ids]
    assert max(len(request) for request in requests_of(b)) == 100
    assert cast(ScriptedBackend, b.sender._backend).most_at_once == 1


def test_what_comes_in_a_moment_goes_out_together_and_before_the_end(qtbot: QtBot, bench: Make) -> None:
    b = bench(gather_ms=20)
    for _ in range(3):
        b.put()
    qtbot.waitUntil(lambda: len(b.receipts) == 6)
    assert [len(request) for request in requests_of(b)] == [3]
    slow = bench(gather_ms=3_600_000)
    (event_id,) = slow.put()
    assert slow.sender.drain(5_000)
    assert (event_id, Receipt.ACCEPTED) in slow.receipts


def test_offline_is_said_and_tried_again_after_the_wait(qtbot: QtBot, bench: Make) -> None:
    b = bench(BackendOffline())
    (event_id,) = b.put()
    qtbot.waitUntil(lambda: b.sender.status.paused is FailureCode.OFFLINE)
    assert b.receipts[-1] == (event_id, Receipt.STORED)
    b.sender.wake()
    qtbot.wait(30)
    assert len(requests_of(b)) == 1
    b.now = 0.5
    b.sender.wake()
    qtbot.waitUntil(lambda: b.receipts[-1] == (event_id, Receipt.ACCEPTED))
    assert b.statuses[-1] == OutboxStatus()


def test_the_wait_ends_by_itself(qtbot: QtBot, tmp_path: Path) -> None:
    outbox, tasks = SqliteOutbox(tmp_path / "outbox.sqlite3"), QtTasks(1)
    backend = ScriptedBackend(BackendFault(503))
    sender = OutboxSender(outbox, cast(Backend, backend), tasks, chance=lambda: 0.0)
    outbox.put(note())
    sender.wake()
    qtbot.waitUntil(lambda: len(backend.requests) == 2 and outbox.status().waiting == 0)
    sender.stop()
    assert tasks.close(5000)
    outbox.close()


def test_a_token_that_is_not_accepted_stops_everything_until_there_is_a_new_one(qtbot: QtBot, bench: Make) -> None:
    b = bench(BackendUnauthorised())
    b.put()
    qtbot.waitUntil(lambda: b.sender.status.paused is FailureCode.UNAUTHORISED)
    b.now = 1e9
    b.put()
    assert b.sender.drain(50) is False
    assert len(requests_of(b)) == 1
    b.sender.resume()
    qtbot.waitUntil(lambda: b.sender.status == OutboxStatus())
    assert len(requests_of(b)[1]) == 2


def refuses_batches_with(poison: list[UUID]) -> Callable[[Sent], BatchVerdict]:
    def answer(events: Sent) -> BatchVerdict:
        if any(str(event_id) in event for event in events for event_id in poison):
            raise BackendRefusal(422, None)
        return verdict(events)

    return answer


def test_a_refused_batch_is_split_until_the_one_entry_is_parked_and_all_others_accepted(
    qtbot: QtBot, bench: Make
) -> None:
    poison: list[UUID] = []
    b = bench(*[refuses_batches_with(poison)] * 60)
    ids = b.put(40)
    poison.append(ids[17])
    qtbot.waitUntil(lambda: b.sender.status == OutboxStatus(waiting=0, parked=1, why="http_422"))
    final = dict(b.receipts)
    assert [event_id for event_id in ids if final[event_id] is not Receipt.ACCEPTED] == [ids[17]]
    assert final[ids[17]] is Receipt.REFUSED
    parked = b.outbox.entries(EntryState.PARKED)
    assert [(entry.event_id, entry.why) for entry in parked] == [(ids[17], "http_422")]


def test_parked_events_are_sent_again_when_asked_for(qtbot: QtBot, bench: Make) -> None:
    b = bench(BackendRefusal(403, None))
    (event_id,) = b.put()
    qtbot.waitUntil(lambda: b.sender.status.parked == 1)
    assert b.sender.retry_parked() == 1
    qtbot.waitUntil(lambda: b.receipts[-1] == (event_id, Receipt.ACCEPTED))


def test_what_may_not_be_sent_waits_in_its_order_says_why_and_is_tried_again_by_itself(
    qtbot: QtBot, bench: Make
) -> None:
    b = bench(BackendRefusal(403, FORBIDDEN), BackendRefusal(403, FORBIDDEN), again_ms=20)
    before = b.put(2)
    qtbot.waitUntil(lambda: b.sender.status == OutboxStatus(waiting=2, paused=FailureCode.FORBIDDEN))
    after = b.put()
    qtbot.waitUntil(lambda: b.sender.status == OutboxStatus())
    assert [json.loads(event)["event_id"] for event in requests_of(b)[-1]] == [str(one) for one in before + after]
    assert len(requests_of(b)) == 3
    assert all(one.paused is FailureCode.FORBIDDEN for one in b.statuses[1:-1])


def test_a_refused_event_is_tried_again_by_itself_and_only_what_comes_of_it_is_told(qtbot: QtBot, bench: Make) -> None:
    b = bench(*[BackendRefusal(413, None)] * 2, again_ms=20)
    (event_id,) = b.put()
    qtbot.waitUntil(lambda: (event_id, Receipt.ACCEPTED) in b.receipts)
    assert [receipt for _, receipt in b.receipts] == [Receipt.SENT, Receipt.REFUSED, Receipt.ACCEPTED]
    assert len(requests_of(b)) == 3
    assert b.statuses == [OutboxStatus(waiting=1), OutboxStatus(parked=1, why="http_413"), OutboxStatus()]


def test_what_was_pending_at_the_last_end_is_sent_at_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    before = SqliteOutbox(tmp_path / "outbox.sqlite3")
    before.put(note(1), note(2))
    before.close()
    b = Bench(tmp_path / "outbox.sqlite3", ScriptedBackend())
    b.sender.wake()
    qtbot.waitUntil(lambda: len(b.receipts) == 4)
    b.close()


# ---- quitting


def test_draining_ends_when_everything_is_sent(qtbot: QtBot, bench: Make) -> None:
    b = bench()
    b.put(150)
    assert b.sender.drain(20_000) is True
    assert b.outbox.status() == OutboxStatus()


def test_draining_with_nothing_to_send_ends_at_once(qtbot: QtBot, bench: Make) -> None:
    assert bench().sender.drain(20_000) is True


def test_draining_tries_once_in_spite_of_a_wait_and_gives_up_when_that_fails(qtbot: QtBot, bench: Make) -> None:
    b = bench(BackendOffline(), BackendOffline())
    b.put()
    qtbot.waitUntil(lambda: b.sender.status.paused is FailureCode.OFFLINE)
    assert b.sender.drain(20_000) is False
    assert len(requests_of(b)) == 2
    assert b.outbox.status().waiting == 1


def test_draining_does_not_wait_longer_than_it_may(qtbot: QtBot, bench: Make) -> None:
    go_on = threading.Event()

    def hang(events: Sent) -> BatchVerdict:
        go_on.wait(20)
        return verdict(events)

    b = bench(hang)
    b.put()
    assert b.sender.drain(50) is False
    go_on.set()


def test_after_stopping_nothing_is_sent_and_no_answer_touches_the_outbox(qtbot: QtBot, bench: Make) -> None:
    go_on, answered = threading.Event(), threading.Event()

    def hang(events: Sent) -> BatchVerdict:
        go_on.wait(20)
        answered.set()
        return verdict(events)

    b = bench(hang)
    b.put()
    qtbot.waitUntil(lambda: len(requests_of(b)) == 1)
    b.sender.stop()
    go_on.set()
    assert answered.wait(20)
    b.sender.wake()
    qtbot.wait(50)
    assert len(requests_of(b)) == 1
    assert b.outbox.status().waiting == 1


# ---- the disk while sending


class FailingOutbox(SqliteOutbox):
    """A real outbox whose disk fails when the test says so."""

    marking_fails = False
    reading_fails = False

    def mark_accepted(self, *event_ids: UUID) -> None:
        if self.marking_fails:
            raise OutboxFull
        super().mark_accepted(*event_ids)

    def entries(self, state: EntryState, limit: int = -1) -> tuple[Entry, ...]:
        if self.reading_fails:
            raise OutboxUnwritable
        return super().entries(state, limit)

    def status(self) -> OutboxStatus:
        if self.reading_fails:
            raise OutboxUnwritable
        return super().status()


@pytest.fixture
def failing(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[FailingOutbox, OutboxSender, ScriptedBackend]]:
    outbox, tasks, backend = FailingOutbox(tmp_path / "outbox.sqlite3"), QtTasks(1), ScriptedBackend()
    sender = OutboxSender(outbox, cast(Backend, backend), tasks, chance=lambda: 0.0)
    yield outbox, sender, backend
    sender.stop()
    assert tasks.close(5000)
    outbox.close()


def test_a_receipt_that_cannot_be_noted_is_asked_for_again_later(
    qtbot: QtBot, failing: tuple[FailingOutbox, OutboxSender, ScriptedBackend]
) -> None:
    outbox, sender, backend = failing
    outbox.marking_fails = True
    outbox.put(note())
    sender.wake()
    qtbot.waitUntil(lambda: sender.status.paused is FailureCode.DISK_FULL)
    outbox.marking_fails = False
    qtbot.waitUntil(lambda: sender.status == OutboxStatus())
    assert len(backend.requests) == 2
    assert backend.requests[0] == backend.requests[1]


def test_an_outbox_that_cannot_be_read_is_said_and_tried_again_later(
    qtbot: QtBot, failing: tuple[FailingOutbox, OutboxSender, ScriptedBackend]
) -> None:
    outbox, sender, backend = failing
    outbox.put(note())
    outbox.reading_fails = True
    sender.wake()
    qtbot.waitUntil(lambda: sender.status.paused is FailureCode.DISK_UNWRITABLE)
    assert backend.requests == []
    outbox.reading_fails = False
    qtbot.waitUntil(lambda: len(backend.requests) == 1 and sender.status == OutboxStatus())


# ---- over a real wire


def test_through_a_bad_network_every_event_arrives_once_and_in_order(qtbot: QtBot, tmp_path: Path) -> None:
    chance = random.Random(7)
    stored: list[str] = []

    def take(handler: BaseHTTPRequestHandler, body: bytes) -> str:
        said = []
        for event in json.loads(body)["events"]:
            new = event["event_id"] not in stored
            if new:
                stored.append(event["event_id"])
            said.append({"event_id": event["event_id"], "verdict": "accepted" if new else "duplicate"})
        return json.dumps({"verdicts": said})

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = peer.requests[-1].body
        mood = chance.randrange(8)
        if mood == 0:
            says(500, "")(handler)
        elif mood == 1:
            writes(b"")(handler)
        elif mood == 2:
            says(200, "<html>Please log in</html>", "text/html")(handler)
        elif mood == 3:
            take(handler, body)
            writes(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{")(handler)
        elif mood == 4:
            said = json.loads(take(handler, body))
            says(200, json.dumps({"verdicts": said["verdicts"][1:]}))(handler)
        else:
            says(200, take(handler, body))(handler)

    with serving(answer) as peer:
        b = Bench(tmp_path / "outbox.sqlite3", HttpBackend(peer.url, "secret", Timeouts(2.0, 2.0, 4.0)))
        ids: list[UUID] = []
        for _ in range(30):
            ids += b.put(chance.randrange(1, 12))
            qtbot.wait(2)
            b.now += 100.0
            b.sender.wake()

        def is_empty() -> bool:
            b.now += 100.0
            b.sender.wake()
            return b.sender.status == OutboxStatus()

        qtbot.waitUntil(is_empty, timeout=30_000)
        b.close()
    assert stored == [str(event_id) for event_id in ids]
    accepted = [event_id for event_id, receipt in b.receipts if receipt is Receipt.ACCEPTED]
    assert sorted(accepted) == sorted(ids)
