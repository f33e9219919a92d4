"""The panel folded away: what is still seen of a call, and how it is opened again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.strip import Strip
from tests.fakes import states


@pytest.fixture
def strip(qtbot: QtBot, formats: Formats) -> Strip:
    strip = Strip(formats)
    qtbot.addWidget(strip)
    strip.resize(48, 800)
    strip.show()
    return strip


def test_it_says_state_time_and_name(strip: Strip) -> None:
    strip.show_state(states.helmut())
    state, time, name = strip.words
    assert state in ("In call", "Im Gespräch")
    assert time == "03:12"
    assert name == "Brandt"
    assert strip.accessibleName() == f"{state} · {name}"


def test_without_a_call_it_says_that_the_panel_is_ready(strip: Strip) -> None:
    strip.show_state(states.helmut())
    strip.show_state(PanelState())
    assert strip.words[1:] == ("", "")
    assert strip.accessibleName() == strip.words[0] != ""


@pytest.mark.parametrize("name", states.every_state())
def test_every_state_is_painted_within_48_pixels(strip: Strip, name: str) -> None:
    strip.show_state(states.every_state()[name])
    assert strip.width() == 48
    before = QImage(strip.size(), QImage.Format.Format_RGB32)
    before.fill(Qt.GlobalColor.black)
    assert strip.grab().toImage() != before
    assert strip.accessibleName().startswith(strip.words[0])
    assert strip.windowTitle() == "NBA Desktop"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_opens_the_panel(strip: Strip, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(strip.expand_requested):
        QTest.keyClick(strip, key)


def test_a_click_opens_the_panel(strip: Strip, qtbot: QtBot) -> None:
    with qtbot.waitSignal(strip.expand_requested):
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton)


def test_the_other_calls_are_counted(strip: Strip) -> None:
    one = states.helmut()
    both = replace(one, contacts=(*one.contacts, *one.contacts))
    strip.show_state(both)
    assert strip.accessibleName().endswith(("1 more", "1 weiterer", "1 weitere"))


def test_a_hidden_strip_counts_no_seconds(strip: Strip, qtbot: QtBot) -> None:
    strip.show_state(states.helmut())
    assert strip.counts_seconds
    strip.hide()
    assert not strip.counts_seconds


def test_the_window_takes_no_keyboard_by_itself(strip: Strip) -> None:
    assert strip.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert strip.windowFlags() & Qt.WindowType.FramelessWindowHint
