"""The review as a program: its window and a real backend, from the start to the figures or to what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.settings import Settings
from nba_desktop.contract.codes import ReviewMode, ReviewReason
from nba_desktop.domain.blocks import BlockStatus
from nba_desktop.domain.review import ExportStatus, ReviewState
from nba_desktop.team.review import Review, ReviewLaunch
from tests.e2e.processes import run_here
from tests.widget.ui.looking import has

Start = Callable[[ReviewLaunch], Review]
PAPER = "page.pdf"


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    reviews: list[Review] = []

    def started(launch: ReviewLaunch) -> Review:
        reviews.append(Review(launch, qapp, lambda _: QPdfWriter(str(tmp_path / PAPER))))
        reviews[-1].start()
        return reviews[-1]

    yield started
    for review in reviews:
        review.stop()


def state_of(review: Review) -> ReviewState:
    return ReviewState() if review.reviewing is None else review.reviewing.state


def test_a_lead_and_an_agent_see_the_figures_of_made_up_calls(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    data = tmp_path / "data"
    few = ("--calls", "900", "--agents", "9", "--teams", "1", "--weeks", "6")
    assert run_here("backend", "sample", "--data", str(data), *few).returncode == 0
    lead = start(ReviewLaunch(data, Settings(), tmp_path / "preferences.json", language="en", theme="light"))
    qtbot.waitUntil(lambda: state_of(lead).waits_for_reason, timeout=30_000)
    choices = state_of(lead).choices
    assert choices is not None
    assert choices.mode is ReviewMode.COACHING
    assert has(lead.window, "What do you look at these figures for?")
    lead.window.reason_given.emit(ReviewReason.COACHING_TALK, "")
    qtbot.waitUntil(lambda: state_of(lead).team is not None, timeout=20_000)
    team = state_of(lead).team
    assert team is not None
    assert len(team.agents) == 9
    assert has(lead.window, "Opportunity calls")
    lead.window.print_asked.emit()
    qtbot.waitUntil(lambda: state_of(lead).export is ExportStatus.PRINTED, timeout=20_000)
    assert (tmp_path / PAPER).stat().st_size > 10_000
    written_down = run_here("backend", "review", "accesses", "--data", str(data)).stdout.splitlines()[1:]
    assert [" yes " in line for line in written_down] == [True, False]
    action = team.actions[0]
    lead.window.action_opened.emit(action.action_id)
    qtbot.waitUntil(lambda: state_of(lead).actions.review is not None, timeout=20_000)
    assert has(lead.window, action.title)
    assert has(lead.window, "Experiment: what the recommendation achieves")


def test_a_backend_that_is_away_is_said_with_a_way_to_try_again(start: Start, qtbot: QtBot, tmp_path: Path) -> None:
    away = "http://127.0.0.1:1"
    for own in (False, True):
        preferences = tmp_path / "preferences.json"
        launch = ReviewLaunch(tmp_path, Settings(), preferences, own=own, url=away, token="none", language="en")
        review = start(launch)
        qtbot.waitUntil(partial(is_failed, review), timeout=20_000)
        assert has(review.window, "Try again")


def is_failed(review: Review) -> bool:
    return state_of(review).choices_block.status is BlockStatus.FAILED
