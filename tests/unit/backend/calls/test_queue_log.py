"""What the hub keeps of offered calls, and that nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from nba_desktop.backend.calls.hub import STALE_AFTER, Hub
from nba_desktop.backend.calls.queue_log import QueueLog
from nba_desktop.backend.errors import StoreUnavailable
from nba_desktop.backend.rows.site_figures import QueueCallRow
from nba_desktop.contract.base import new_id
from tests.fakes.backend_site import NOW
from tests.fakes.hub_calls import Site, source_of

ZAMMAD = source_of("zammad")


class Queues:
    """A hub that tells what became of its calls."""

    def __init__(self) -> None:
        self.site = Site()
        self.over: list[QueueCallRow] = []
        self.site.hub = Hub(self.site.feed, self.site.clock, on_over=self.over.append)

    def post(self, event: str, call: str = "a", **more: Any) -> None:
        fields = {"event": event, "callId": call, "direction": "in", "from": "4930600000001", **more}
        self.site.post(ZAMMAD, fields)

    def pass_s(self, seconds: float) -> None:
        self.site.clock.now += timedelta(seconds=seconds)


@pytest.fixture
def queues() -> Queues:
    return Queues()


def test_an_answered_call_says_how_long_somebody_waited(queues: Queues) -> None:
    queues.post("newCall", user=["Anna Adler"], queue="service")
    queues.pass_s(12)
    queues.post("answer", user="Anna Adler")
    queues.pass_s(100)
    queues.post("hangup", cause="normalClearing")
    [row] = queues.over
    assert (row.source, row.queue, row.abandoned) == ("pbx", "service", False)
    assert row.answered_at is not None
    assert row.ended_at is not None
    assert (row.answered_at - row.offered_at, row.ended_at - row.answered_at) == (
        timedelta(seconds=12),
        timedelta(seconds=100),
    )


@pytest.mark.parametrize(
    ("cause", "abandoned"), [("cancel", True), ("normalClearing", True), ("forwarded", False), ("busy", False)]
)
def test_who_hangs_up_before_anybody_answers_gave_up(queues: Queues, cause: str, abandoned: bool) -> None:
    queues.post("newCall", user=["Anna Adler"])
    queues.post("hangup", cause=cause)
    [row] = queues.over
    assert (row.answered_at, row.abandoned) == (None, abandoned)


def test_calls_that_nobody_was_offered_are_not_counted(queues: Queues) -> None:
    queues.post("newCall", call="out", user=["Anna Adler"], direction="out")
    queues.post("hangup", call="out", cause="cancel")
    queues.post("hangup", call="never heard of", cause="cancel")
    queues.post("answer", call="late", user="Anna Adler")
    queues.post("hangup", call="late", cause="normalClearing")
    assert queues.over == []


def test_of_a_call_that_nothing_more_was_heard_of_no_end_is_said(queues: Queues) -> None:
    queues.post("newCall", user=["Anna Adler"])
    queues.pass_s(STALE_AFTER.total_seconds())
    queues.site.hub.tidy()
    [row] = queues.over
    assert (row.ended_at, row.abandoned) == (None, False)


def test_at_the_stop_calls_that_go_on_are_told_once(queues: Queues) -> None:
    queues.post("newCall", user=["Anna Adler"])
    queues.post("answer", user="Anna Adler")
    queues.site.hub.end_streams()
    queues.site.hub.end_streams()
    [row] = queues.over
    assert row.answered_at is not None
    assert row.ended_at is None


class Shelf:
    """A store that keeps calls, or is away."""

    def __init__(self) -> None:
        self.kept: list[QueueCallRow] = []
        self.away = False
        self.site = self

    def add_queue_calls(self, calls: list[QueueCallRow]) -> None:
        self.kept += calls

    @contextmanager
    def write(self) -> Iterator[Shelf]:
        if self.away:
            raise StoreUnavailable("the disk is full")
        yield self


def some(number: int) -> list[QueueCallRow]:
    return [QueueCallRow(new_id(), "zammad", None, NOW) for _ in range(number)]


@pytest.mark.expected_log(r"1200 calls wait for the site's figures: the disk is full$")
def test_calls_are_kept_in_the_order_they_came_also_when_the_store_was_away() -> None:
    shelf, calls = Shelf(), some(2500)
    log = QueueLog(shelf)  # type: ignore[arg-type]
    shelf.away = True
    for call in calls[:1200]:
        log.add(call)
    assert log.flush() == 0
    shelf.away = False
    for call in calls[1200:]:
        log.add(call)
    assert log.flush() == 2500
    assert shelf.kept == calls
    assert log.flush() == 0


@pytest.mark.expected_log("2 calls are missing in the site's figures")
def test_beyond_the_bound_the_oldest_are_given_up_and_it_is_said() -> None:
    shelf, calls = Shelf(), some(5)
    log = QueueLog(shelf, most_waiting=3)  # type: ignore[arg-type]
    for call in calls:
        log.add(call)
    log.flush()
    assert shelf.kept == calls[2:]
