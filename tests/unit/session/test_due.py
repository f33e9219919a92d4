"""The due list between calls: fetched, done, sent until the backend has it, and kept as a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import pytest

from nba_desktop.contract.codes import FollowUpKind
from nba_desktop.contract.follow_up import FollowUp
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.call_event import CallEventType
from nba_desktop.domain.due_list import DueState
from nba_desktop.domain.errors import BackendOffline, FailureCode, FileNotKept, OwnStoreError
from nba_desktop.domain.own import Own
from nba_desktop.domain.receipts import Receipt
from nba_desktop.session.questions import SLOW_AFTER_MS, TOO_LATE_AFTER_MS
from nba_desktop.session.session import Session
from tests.fakes.desk import Desk
from tests.fakes.ports import EARLIER, START

LATE, LATER, NEXT_MONTH = (UUID(int=number) for number in range(1, 4))


@dataclass
class FakeOwn:
    """The agent's own file; `broken` is raised instead of keeping."""

    kept: list[Own] = field(default_factory=list)
    broken: OwnStoreError | None = None

    def save(self, own: Own) -> None:
        if self.broken:
            raise self.broken
        self.kept.append(own)


def follow_up(follow_up_id: UUID, minutes: int, late: bool = False) -> FollowUp:
    """A promised call so many minutes from the start; in the workstation's time, as the panel reads it."""
    at = (START + timedelta(minutes=minutes)).astimezone()
    return FollowUp(
        follow_up_id=follow_up_id,
        contact_id=EARLIER,
        kind=FollowUpKind.CALLBACK,
        due=at.date(),
        at_time=at.time(),
        planned_at=START,
        late=late,
    )


@pytest.fixture
def own() -> FakeOwn:
    return FakeOwn()


@pytest.fixture
def desk(desk: Desk, own: FakeOwn) -> Desk:
    desk.backend.follow_up_list = (
        follow_up(LATE, -1440, late=True),
        follow_up(LATER, 30),
        follow_up(NEXT_MONTH, 50000),
    )
    desk.session = Session(desk.outbox, desk.tasks, desk.clock, desk.shown.append, "de", desk.cached.append, own=own)
    return desk


def ready(desk: Desk) -> None:
    desk.session.on_backend_ready(desk.backend)
    desk.tasks.finish_all()


def due(desk: Desk) -> DueState:
    return desk.session.state.due


def unsent(own: FakeOwn) -> tuple[UUID, ...]:
    return own.kept[-1].done_unsent


def listed(desk: Desk) -> list[UUID]:
    return [one.follow_up_id for one in due(desk).follow_ups]


def test_the_list_of_the_next_days_is_there_as_soon_as_the_backend_is(desk: Desk) -> None:
    ready(desk)
    assert listed(desk) == [LATE, LATER]
    assert (due(desk).today, due(desk).late) == (1, 1)
    assert not due(desk).open


def test_opening_asks_anew_and_shows_what_there_was_meanwhile(desk: Desk) -> None:
    ready(desk)
    desk.backend.follow_up_list = desk.backend.follow_up_list[1:]
    desk.session.due.toggle(True)
    assert due(desk).status is BlockStatus.LOADING
    assert listed(desk) == [LATE, LATER]
    desk.tasks.finish_all()
    assert listed(desk) == [LATER]
    desk.session.due.toggle(False)
    assert not due(desk).open


def test_what_a_call_promised_is_listed_once_it_has_left(desk: Desk) -> None:
    ready(desk)
    desk.phone(CallEventType.RINGING)
    desk.phone(CallEventType.ANSWERED)
    desk.phone(CallEventType.ENDED)
    desk.tasks.finish_all()
    desk.backend.follow_up_list = (*desk.backend.follow_up_list, follow_up(UUID(int=9), 60))
    desk.session.finish_wrap_up()
    desk.clock.pass_ms(2_000)
    desk.tasks.finish_all()
    assert listed(desk) == [LATE, LATER, UUID(int=9)]


def test_a_list_that_does_not_come_says_so_and_comes_with_the_link(desk: Desk) -> None:
    desk.session.due.toggle(True)
    assert due(desk).failure is FailureCode.OFFLINE
    desk.session.on_backend_ready(desk.backend)
    desk.clock.pass_ms(SLOW_AFTER_MS)
    assert due(desk).status is BlockStatus.SLOW
    desk.clock.pass_ms(TOO_LATE_AFTER_MS - SLOW_AFTER_MS)
    assert due(desk).failure is FailureCode.TOO_LATE
    desk.backend.broken = BackendOffline()
    desk.tasks.finish_all()
    assert due(desk).failure is FailureCode.OFFLINE
    desk.backend.broken = None
    desk.session.on_backend_reached()
    desk.tasks.finish_all()
    assert due(desk).status is BlockStatus.READY
    assert listed(desk) == [LATE, LATER]


def test_what_is_done_is_kept_first_then_sent_and_listed_no_more(desk: Desk, own: FakeOwn) -> None:
    ready(desk)
    desk.session.due.done(LATE)
    assert unsent(own) == (LATE,)
    assert due(desk).receipt_of(LATE) is Receipt.SENT
    desk.session.due.done(LATE)
    desk.tasks.finish_all()
    assert due(desk).receipt_of(LATE) is Receipt.ACCEPTED
    assert desk.backend.finished == [LATE]
    assert unsent(own) == ()
    desk.session.due.toggle(True)
    desk.tasks.finish_all()
    assert listed(desk) == [LATER]
    assert due(desk).done == ()


def test_what_cannot_be_sent_is_sent_when_the_link_is_up_again(desk: Desk, own: FakeOwn) -> None:
    ready(desk)
    desk.backend.broken = BackendOffline()
    desk.session.due.done(LATE)
    desk.tasks.finish_all()
    assert due(desk).receipt_of(LATE) is Receipt.STORED
    assert desk.session.state.backend.status == "down"
    assert unsent(own) == (LATE,)
    desk.backend.broken = None
    desk.session.on_backend_reached()
    desk.tasks.finish_all()
    assert desk.backend.finished == [LATE]
    assert due(desk).receipt_of(LATE) is Receipt.ACCEPTED


def test_what_was_not_sent_before_the_panel_ended_is_sent_at_the_next_start(desk: Desk, own: FakeOwn) -> None:
    desk.session.library.on_own(Own().with_done(LATE))
    desk.session.due.refresh()
    ready(desk)
    assert desk.backend.finished == [LATE]
    assert unsent(own) == ()


def test_what_waits_to_be_sent_is_shown_as_done_in_the_list(desk: Desk) -> None:
    desk.session.library.on_own(Own().with_done(LATE))
    desk.session.on_backend_ready(desk.backend)
    # The list is answered before what waits is sent.
    desk.tasks.waiting.reverse()
    desk.tasks.finish_all()
    assert due(desk).receipt_of(LATE) is Receipt.ACCEPTED


def test_a_promise_that_the_backend_refuses_is_open_again(desk: Desk, own: FakeOwn) -> None:
    ready(desk)
    desk.backend.follow_up_list = desk.backend.follow_up_list[1:]
    desk.session.due.done(LATE)
    desk.tasks.finish_all()
    assert due(desk).receipt_of(LATE) is Receipt.REFUSED
    assert unsent(own) == ()
    assert LATE in [one.follow_up_id for one in due(desk).waiting]
    desk.session.due.done(LATE)
    assert due(desk).receipt_of(LATE) is Receipt.SENT


def test_what_cannot_be_kept_is_not_done(desk: Desk, own: FakeOwn) -> None:
    ready(desk)
    own.broken = OwnStoreError("full", FailureCode.DISK_FULL)
    desk.session.due.done(LATE)
    assert due(desk).failure is FailureCode.DISK_FULL
    assert due(desk).receipt_of(LATE) is None
    assert not desk.tasks.waiting


def test_the_time_of_a_promise_comes_by_itself(desk: Desk) -> None:
    ready(desk)
    assert due(desk).reached == frozenset()
    desk.clock.pass_ms(30 * 60_000 + 1)
    assert due(desk).reached == frozenset({LATER})
    assert due(desk).now_due is not None


def test_the_calendar_is_kept_in_the_background(desk: Desk) -> None:
    written: list[bytes] = []
    desk.session.due.keep_calendar(written.append)
    assert due(desk).calendar.failure is FailureCode.OFFLINE
    ready(desk)
    desk.session.due.keep_calendar(written.append)
    assert due(desk).calendar.status is BlockStatus.LOADING
    desk.tasks.finish_all()
    assert due(desk).calendar.status is BlockStatus.READY
    assert written == [b"BEGIN:VCALENDAR de"]


def test_a_calendar_that_cannot_be_written_is_said(desk: Desk) -> None:
    ready(desk)

    def keep(_content: bytes) -> None:
        raise FileNotKept("no room", FailureCode.DISK_FULL)

    desk.session.due.keep_calendar(keep)
    desk.tasks.finish_all()
    assert due(desk).calendar.failure is FailureCode.DISK_FULL


def test_another_language_has_the_list_asked_for_anew(desk: Desk) -> None:
    ready(desk)
    desk.session.set_language("en")
    assert due(desk).status is BlockStatus.LOADING
