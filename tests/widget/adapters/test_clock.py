from __future__ import annotations

from datetime import UTC

from pytestqt.qtbot import QtBot

from nba_desktop.adapters.clock import QtClock


def test_the_time_is_utc(qtbot: QtBot) -> None:
    assert QtClock().now().tzinfo is UTC


def test_a_callback_comes_once_and_in_the_order_of_the_delays(qtbot: QtBot) -> None:
    clock = QtClock()
    called: list[str] = []
    clock.call_later(30, lambda: called.append("late"))
    clock.call_later(0, lambda: called.append("soon"))
    qtbot.waitUntil(lambda: "late" in called)
    assert called == ["soon", "late"]


def test_no_callback_comes_after_the_clock_is_gone(qtbot: QtBot) -> None:
    clock = QtClock()
    called: list[str] = []
    clock.call_later(10, lambda: called.append("too late"))
    clock.deleteLater()
    other = QtClock()
    other.call_later(40, lambda: called.append("other"))
    del clock
    qtbot.waitUntil(lambda: "other" in called)
    assert called == ["other"]


def test_no_callback_comes_after_the_clock_was_stopped(qtbot: QtBot) -> None:
    clock, other = QtClock(), QtClock()
    called: list[str] = []
    clock.call_later(10, lambda: called.append("too late"))
    clock.stop()
    other.call_later(40, lambda: called.append("other"))
    qtbot.waitUntil(lambda: "other" in called)
    assert called == ["other"]
