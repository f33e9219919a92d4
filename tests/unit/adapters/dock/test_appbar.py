"""The protocol of the bars of Windows, with a shell that was written for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.dock.appbar import AppBar, Message, Notification
from nba_desktop.adapters.dock.geometry import Rect
from nba_desktop.domain.window_place import Edge
from tests.fakes.desktops import FakeShell

MONITOR = Rect(0, 0, 1920, 1080)
WITHOUT_TASKBAR = Rect(0, 0, 1920, 1040)
PANEL, STRIP = 11, 12
CALLBACK = 0xC123


@pytest.fixture
def shell() -> FakeShell:
    return FakeShell(WITHOUT_TASKBAR)


@pytest.fixture
def bar(shell: FakeShell) -> AppBar:
    return AppBar(shell, CALLBACK)


def test_a_bar_is_registered_asked_for_and_set_in_this_order(shell: FakeShell, bar: AppBar) -> None:
    assert bar.reserve(PANEL, Edge.RIGHT, MONITOR, 440) == Rect(1480, 0, 1920, 1040)
    assert shell.said == [("NEW", PANEL), ("above", PANEL), ("QUERY_POSITION", PANEL), ("SET_POSITION", PANEL)]


def test_a_bar_is_registered_once_however_often_it_is_moved(shell: FakeShell, bar: AppBar) -> None:
    bar.reserve(PANEL, Edge.RIGHT, MONITOR, 440)
    bar.reserve(PANEL, Edge.LEFT, MONITOR, 360)
    assert [name for name, _ in shell.said].count("NEW") == 1
    assert shell.bars == {PANEL: Rect(0, 0, 360, 1040)}


@pytest.mark.parametrize(
    ("edge", "free", "granted"),
    [
        (Edge.RIGHT, Rect(0, 0, 1860, 1080), Rect(1420, 0, 1860, 1080)),
        (Edge.LEFT, Rect(60, 0, 1920, 1080), Rect(60, 0, 500, 1080)),
    ],
)
def test_beside_another_bar_the_opposite_side_is_computed_anew(edge: Edge, free: Rect, granted: Rect) -> None:
    shell = FakeShell(free)
    assert AppBar(shell, CALLBACK).reserve(PANEL, edge, MONITOR, 440) == granted
    assert shell.bars == {PANEL: granted}


@given(st.sampled_from([Edge.LEFT, Edge.RIGHT]), st.integers(0, 700), st.integers(1220, 1920), st.integers(48, 1280))
def test_a_bar_is_always_as_wide_as_it_was_asked_for(edge: Edge, left: int, right: int, width: int) -> None:
    frame = AppBar(FakeShell(Rect(left, 0, right, 1080)), CALLBACK).reserve(PANEL, edge, MONITOR, width)
    assert frame is not None
    assert frame.width == width


def test_windows_may_refuse(shell: FakeShell, bar: AppBar) -> None:
    shell.refuses = True
    assert bar.reserve(PANEL, Edge.RIGHT, MONITOR, 440) is None
    assert bar.window == 0
    assert shell.said == [("NEW", PANEL)]


def test_another_window_takes_the_place_of_the_one_before(shell: FakeShell, bar: AppBar) -> None:
    bar.reserve(PANEL, Edge.RIGHT, MONITOR, 440)
    bar.reserve(STRIP, Edge.RIGHT, MONITOR, 48)
    assert shell.bars == {STRIP: Rect(1872, 0, 1920, 1040)}
    names = [name for name, _ in shell.said]
    assert names.index("REMOVE") < len(names) - 1 - names[::-1].index("NEW")


def test_a_bar_is_taken_away_once(shell: FakeShell, bar: AppBar) -> None:
    bar.reserve(PANEL, Edge.RIGHT, MONITOR, 440)
    bar.remove()
    bar.remove()
    assert shell.bars == {}
    assert shell.said.count(("REMOVE", PANEL)) == 1


def test_an_application_in_full_screen_covers_the_bar(shell: FakeShell, bar: AppBar) -> None:
    bar.reserve(PANEL, Edge.RIGHT, MONITOR, 440)
    shell.said.clear()
    assert not bar.on_notification(Notification.FULL_SCREEN_APP, 1)
    assert not bar.on_notification(Notification.FULL_SCREEN_APP, 0)
    assert shell.said == [("below", PANEL), ("above", PANEL)]


def test_only_a_change_of_the_places_asks_for_a_new_place(bar: AppBar) -> None:
    assert not bar.on_notification(Notification.POSITION_CHANGED, 0)
    bar.reserve(PANEL, Edge.RIGHT, MONITOR, 440)
    assert bar.on_notification(Notification.POSITION_CHANGED, 0)
    assert not bar.on_notification(Notification.STATE_CHANGE, 0)
    assert not bar.on_notification(Notification.WINDOW_ARRANGE, 1)


def test_a_shell_that_was_started_anew_is_told_again(shell: FakeShell, bar: AppBar) -> None:
    assert not bar.on_taskbar_created()
    bar.reserve(PANEL, Edge.RIGHT, MONITOR, 440)
    shell.bars.clear()
    assert bar.on_taskbar_created()
    assert bar.reserve(PANEL, Edge.RIGHT, MONITOR, 440) == Rect(1480, 0, 1920, 1040)
    assert [name for name, _ in shell.said].count("NEW") == 2
    assert ("REMOVE", PANEL) not in shell.said


def test_the_shell_hears_of_activation_and_moves_while_there_is_a_bar(shell: FakeShell, bar: AppBar) -> None:
    bar.on_activated()
    bar.on_moved()
    assert shell.said == []
    bar.reserve(PANEL, Edge.RIGHT, MONITOR, 440)
    shell.said.clear()
    bar.on_activated()
    bar.on_moved()
    assert shell.said == [(Message.ACTIVATE.name, PANEL), (Message.POSITION_CHANGED.name, PANEL)]
