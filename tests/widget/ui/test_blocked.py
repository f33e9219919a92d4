"""A panel that may not work says why, what that means, and who does what about it; a call keeps its place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.domain.blocked import Blocked, BlockedCode
from nba_desktop.domain.preferences import Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.blocked_view import BlockedView
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.preferences import PreferencesView
from nba_desktop.ui.panel.ready import ReadyView
from nba_desktop.ui.panel.settings_page import SettingsPage
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.texts.announcements import announcements
from nba_desktop.ui.texts.blocked_words import (
    blocked_facts,
    blocked_sentence,
    blocked_text,
    blocked_title,
    blocked_way_out,
)
from tests.fakes import settings, states
from tests.fakes.states.blocked import BLOCKED, blocked_states
from tests.widget.ui.looking import has, part, seen, sees, settle

CODES = tuple(BlockedCode)


def buttons(view: BlockedView) -> list[Button]:
    return [one for one in view.findChildren(Button) if one.isVisible()]


@pytest.fixture
def view(window: PanelWindow) -> BlockedView:
    """A panel whose policy is broken."""
    window.show_setup(Setup("de", in_force=settings.broken()))
    window.show_state(blocked_states("de")["policy_broken"])
    settle()
    return part(window, BlockedView)


@pytest.mark.parametrize("code", CODES)
def test_it_says_what_is_wrong_what_that_means_and_the_way_out(window: PanelWindow, code: BlockedCode) -> None:
    window.show_state(blocked_states("de")[code.value])
    blocked, view = BLOCKED[code], part(window, BlockedView)
    assert not sees(window, ReadyView)
    words = seen(view)
    assert words[:3] == [blocked_title(blocked), blocked_sentence(blocked), blocked_way_out(blocked)]
    for fact in blocked_facts(blocked):
        assert set(fact) <= set(words)
    for problem in blocked.problems:
        assert {problem.where, problem.says, problem.way_out} <= set(words)


@pytest.mark.parametrize("code", CODES)
def test_no_version_is_named_that_is_not_known(language: Language, code: BlockedCode) -> None:
    for blocked in (Blocked(code), BLOCKED[code]):
        words = " ".join((blocked_title(blocked), blocked_sentence(blocked), blocked_way_out(blocked)))
        assert "{" not in words
        assert blocked.needed in words
        assert all(value for _, value in blocked_facts(blocked))


@pytest.mark.parametrize("code", CODES)
def test_the_help_desk_gets_all_of_it(window: PanelWindow, code: BlockedCode) -> None:
    window.show_state(blocked_states("de")[code.value])
    view = part(window, BlockedView)
    before = seen(view)
    buttons(view)[0].click()
    text, blocked = QGuiApplication.clipboard().text(), BLOCKED[code]
    assert text == blocked_text(blocked)
    assert code.value in text
    assert all(value in text for _, value in blocked_facts(blocked))
    assert all(part_ in text for one in blocked.problems for part_ in (one.where, one.says, one.way_out))
    assert seen(view) != before  # it is said


def test_the_settings_in_force_are_a_step_away_and_lead_back(window: PanelWindow, view: BlockedView) -> None:
    copy, to_settings = buttons(view)
    copy.setFocus()
    QTest.keyClick(copy, Qt.Key.Key_Tab)
    assert window.focusWidget() is to_settings
    QTest.keyClick(to_settings, Qt.Key.Key_Space)
    settle()
    page = part(window, SettingsPage)
    assert page.isVisible()
    assert has(page, settings.PROBLEMS[0].says)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not part(window, PreferencesView).isVisible()
    assert window.focusWidget() is to_settings


def test_a_call_keeps_its_place_and_the_page_stands_there_after_it(window: PanelWindow) -> None:
    blocked = BLOCKED[BlockedCode.PANEL_TOO_OLD]
    window.show_state(replace(states.helmut("de"), blocked=blocked))
    assert sees(window, LowerHalf)
    assert not sees(window, BlockedView)
    window.show_state(replace(states.panel("de"), blocked=blocked))
    assert sees(window, BlockedView)
    window.show_state(states.panel("de"))
    assert sees(window, ReadyView)
    assert not sees(window, BlockedView)


def test_it_is_announced_once_and_interrupts_no_call(german_formats: Formats) -> None:
    before, blocked = states.panel("de"), BLOCKED[BlockedCode.BACKEND_TOO_OLD]
    now = replace(before, blocked=blocked)
    (said,) = announcements(before, now, german_formats)
    assert said.urgent
    assert said.words.startswith(blocked_title(blocked))
    assert announcements(now, replace(now, blocked=replace(blocked, backend="1.0")), german_formats) == ()
    call = states.helmut("de")
    assert [one.urgent for one in announcements(call, replace(call, blocked=blocked), german_formats)] == [False]


def test_in_a_low_and_narrow_window_all_of_it_is_reached(qtbot: QtBot, window: PanelWindow, view: BlockedView) -> None:
    window.resize(360, 720)
    settle()
    for button in buttons(view):
        button.setFocus()
        qtbot.waitUntil(lambda one=button: not one.visibleRegion().isEmpty())  # type: ignore[misc]
