"""What the agent opens beside the panel between calls: his own review, and a file for his calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.review_process import ReviewBeside
from nba_desktop.between_calls import BetweenCalls
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.call_event import CallEventType
from nba_desktop.domain.errors import FailureCode
from nba_desktop.ui.panel.panel_signals import PanelSignals
from tests.fakes.desk import Desk

BACKEND = ("http://127.0.0.1:9", "geheim")


class FakeReview(ReviewBeside):
    """A review that no system starts."""

    def __init__(self, works: bool = True) -> None:
        super().__init__([])
        self.works = works
        self.started: list[tuple[str, str]] = []

    @property
    def is_open(self) -> bool:
        return bool(self.started)

    def start(self, url: str, token: str) -> bool:
        if self.works:
            self.started.append((url, token))
        return self.works


Build = Callable[..., BetweenCalls]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def window(qtbot: QtBot) -> PanelSignals:
    window = PanelSignals()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def build(window: PanelSignals, desk: Desk) -> Iterator[Build]:
    def build_one(review: FakeReview, reached: tuple[str, str] | None = BACKEND) -> BetweenCalls:
        return BetweenCalls(window, desk.session, review, lambda: reached, window)

    yield build_one
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def noticed(desk: Desk) -> list[FailureCode]:
    return [notice.code for notice in desk.session.state.notices]


def test_the_review_is_opened_once_on_the_backend_of_the_panel(build: Build, window: PanelSignals, desk: Desk) -> None:
    review = FakeReview()
    build(review)
    window.own_review_asked.emit()
    assert review.started == [BACKEND]
    window.own_review_asked.emit()
    assert review.started == [BACKEND]
    assert noticed(desk) == [FailureCode.REVIEW_OPEN]


def test_a_review_that_cannot_be_opened_is_said(build: Build, window: PanelSignals, desk: Desk) -> None:
    build(FakeReview(works=False))
    window.own_review_asked.emit()
    assert noticed(desk) == [FailureCode.REVIEW_UNAVAILABLE]


def test_without_a_backend_there_is_no_review(build: Build, window: PanelSignals, desk: Desk) -> None:
    review = FakeReview()
    build(review, None)
    window.own_review_asked.emit()
    assert review.started == []
    assert noticed(desk) == [FailureCode.OFFLINE]


def test_in_a_call_no_review_is_opened(build: Build, window: PanelSignals, desk: Desk) -> None:
    review = FakeReview()
    build(review)
    desk.phone(CallEventType.RINGING)
    window.own_review_asked.emit()
    assert review.started == []


def test_the_calendar_is_written_where_the_agent_says(
    build: Build, window: PanelSignals, desk: Desk, tmp_path: Path
) -> None:
    build(FakeReview())
    desk.session.on_backend_ready(desk.backend)
    window.calendar_asked.emit()
    (dialog,) = window.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "list.ics"))
    desk.tasks.finish_all()
    assert (tmp_path / "list.ics").read_bytes() == b"BEGIN:VCALENDAR de"
    assert desk.session.state.due.calendar.status is BlockStatus.READY


def test_a_call_puts_the_question_for_the_file_away(build: Build, window: PanelSignals) -> None:
    beside = build(FakeReview())
    window.calendar_asked.emit()
    (dialog,) = window.findChildren(QFileDialog)
    beside.give_way()
    assert not dialog.isVisible()
    beside.give_way()
    beside.stop()
