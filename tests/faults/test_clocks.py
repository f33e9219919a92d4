"""Clocks that are wrong, jump or stand still in the middle of a call: everything is recorded, taken in and in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.events import ContactEnded, WrapUpFinished
from nba_desktop.domain.call_event import CallEventType
from nba_desktop.domain.errors import BackendFault
from nba_desktop.domain.outbox import LONGEST_RETRY_AFTER_S, EntryState, Sending, on_failure
from tests.e2e.processes import rows
from tests.fakes.backend_in_process import BackendInProcess
from tests.fakes.backend_services import open_services
from tests.fakes.desk import Desk
from tests.fakes.ports import FakeClock
from tests.unit.adapters.events import note

YEAR = timedelta(days=365)
SUMMER_TIME_ENDS = datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC)
SUMMER_TIME_BEGINS = datetime(2027, 3, 28, 0, 59, 50, tzinfo=UTC)


@dataclass
class Ahead:
    """Another machine's clock."""

    clock: FakeClock
    by: timedelta

    def now(self) -> datetime:
        return self.clock.now() + self.by


def a_call_in_which(desk: Desk, something_happens: Callable[[], None]) -> None:
    """From the ring to the end of the wrap-up; `something_happens` while they talk."""
    desk.phone(CallEventType.RINGING)
    desk.phone(CallEventType.ANSWERED)
    desk.tasks.finish_all()
    desk.session.write_note("vorher")
    desk.session.respond(ResponseCode.NOT_ADDRESSED_TIME)
    something_happens()
    desk.session.write_note("nachher")
    desk.phone(CallEventType.ENDED, cause="normal")
    desk.clock.pass_ms(4_000)
    desk.session.finish_wrap_up()
    assert desk.session.state.contacts == ()


@pytest.mark.parametrize("backend_ahead", [timedelta(0), YEAR, -YEAR], ids=["right", "a year ahead", "a year behind"])
@pytest.mark.parametrize("jump", [YEAR, -YEAR, timedelta(hours=-1), timedelta(hours=9)], ids=str)
def test_a_clock_that_jumps_in_a_call_neither_loses_nor_reorders_anything(
    tmp_path: Path, jump: timedelta, backend_ahead: timedelta
) -> None:
    desk = Desk()

    def jumps() -> None:
        desk.clock.moment += jump

    with open_services(tmp_path) as services:
        backend = BackendInProcess(services, Ahead(desk.clock, backend_ahead))  # type: ignore[arg-type]
        desk.session.on_backend_ready(backend)
        a_call_in_which(desk, jumps)
        assert backend.take(desk.outbox.events) == []
    assert [event.seq for event in desk.outbox.events] == list(range(1, len(desk.outbox.events) + 1))
    (ended,) = (event for event in desk.outbox.events if isinstance(event, ContactEnded))
    assert ended.duration_s >= 0
    (finished,) = (event for event in desk.outbox.events if isinstance(event, WrapUpFinished))
    assert 0 <= finished.seconds <= 5
    assert rows(tmp_path, "SELECT note FROM contacts") == [("nachher",)]


@pytest.mark.parametrize("moment", [SUMMER_TIME_ENDS, SUMMER_TIME_BEGINS], ids=["ends", "begins"])
def test_a_call_over_the_change_of_summer_time_is_as_long_as_it_was(moment: datetime) -> None:
    clock = FakeClock()
    clock.moment = moment
    desk = Desk(clock)
    a_call_in_which(desk, lambda: desk.clock.pass_ms(30_000))
    (ended,) = (event for event in desk.outbox.events if isinstance(event, ContactEnded))
    assert ended.duration_s == 30


@pytest.mark.parametrize("jump", [YEAR, -YEAR, timedelta(hours=-1)], ids=str)
def test_the_next_call_after_a_clock_was_set_is_shown(jump: timedelta) -> None:
    desk = Desk()
    desk.clock.moment += jump
    desk.phone(CallEventType.RINGING)
    assert desk.contact().interaction.interaction_id == "call-1"


@pytest.mark.parametrize("off", [YEAR, -YEAR], ids=["ahead", "behind"])
def test_no_clock_makes_the_outbox_forget_what_is_not_sent(tmp_path: Path, off: timedelta) -> None:
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    first, second, sent = note(1), note(2), note(3)
    outbox = SqliteOutbox(tmp_path / "outbox.sqlite3", now=lambda: at)
    outbox.put(first, sent)
    outbox.mark_accepted(sent.event_id)
    outbox.close()
    wrong = SqliteOutbox(tmp_path / "outbox.sqlite3", now=lambda: at + off)
    wrong.put(second)
    wrong.close()
    right = SqliteOutbox(tmp_path / "outbox.sqlite3", now=lambda: at)
    waiting = [entry.event_id for entry in right.entries(EntryState.PENDING)]
    right.close()
    assert waiting == [first.event_id, second.event_id]


@pytest.mark.parametrize("asked_s", [0.0, YEAR.total_seconds()], ids=["behind", "ahead"])
def test_a_date_to_come_back_at_under_another_clock_is_waited_for_a_quarter_of_an_hour_at_most(asked_s: float) -> None:
    outcome = on_failure(Sending(), (), BackendFault(503, asked_s), now=0.0, chance=0.0)
    assert 0 < outcome.sending.retry_at <= LONGEST_RETRY_AFTER_S
