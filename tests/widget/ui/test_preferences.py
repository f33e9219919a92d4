"""The preferences: chosen by mouse and by key, during a call, in every size."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.domain.key_map import USUAL, Command, CommandGroup, KeyMap
from nba_desktop.domain.library import LibraryState
from nba_desktop.domain.own import Own
from nba_desktop.domain.preferences import TEXT_SIZES, THEMES, Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.preferences import PreferencesView
from nba_desktop.ui.panel.preferences_choice import Choice
from nba_desktop.ui.panel.preferences_keys import KeyField, KeyList
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.texts.key_words import command_group, command_name
from nba_desktop.ui.theme import Look
from tests.fakes import states
from tests.widget.ui.looking import button, part, settle
from tests.widget.ui.walk.faults import faults_in

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def view(window: PanelWindow) -> PreferencesView:
    """The preferences, opened by their key during a call."""
    window.show_state(states.helmut("de"))
    window.show_setup(Setup("de", "light", 100))
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    settle()
    return part(window, PreferencesView)


def row(view: PreferencesView, command: Command) -> Button:
    name = command_name(command)
    (found,) = (one for one in part(view, KeyList).findChildren(Button) if one.text() == name)
    return found


def said(view: PreferencesView) -> str:
    return part(view, KeyField).accessibleDescription()


def test_the_preferences_open_over_the_call_and_move_nothing(window: PanelWindow) -> None:
    window.show_state(states.helmut("de"))
    settle()
    parts = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    places = [(widget.geometry(), widget.isVisible()) for widget in parts]
    window.open_preferences()
    settle()
    assert [(widget.geometry(), widget.isVisible()) for widget in parts] == places
    view = part(window, PreferencesView)
    assert view.isVisible()
    assert view.geometry().bottom() < window.response_top()


def test_made_anew_they_are_open_at_the_same_place_with_the_keyboard_in_them(
    view: PreferencesView, window: PanelWindow, german_formats: Formats
) -> None:
    row(view, Command.UNDO).setFocus()
    view.scroll_to(300)
    scrolled = view.scrolled
    window.renew(german_formats, Setup("de", "light", 100, KeyMap().rebound(Command.UNDO, "F8")))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    settle()
    anew = part(window, PreferencesView)
    assert anew is not view
    assert (anew.isVisible(), anew.scrolled) == (True, scrolled)
    assert window.focusWidget() is row(anew, Command.UNDO)
    assert row(anew, Command.UNDO).key == "F8"


def test_without_the_windows_bar_the_call_bar_has_the_menu(window: PanelWindow, qtbot: QtBot) -> None:
    window.show_state(states.helmut("de"))
    menu = next(b for b in window.findChildren(Button) if b.isVisible() and "Alt+D" in b.accessibleName())
    with qtbot.waitSignal(window.menu_asked):
        menu.click()
    window.setContentsMargins(0, 26, 0, 0)
    assert not menu.isVisible()


def test_esc_closes_them_and_gives_the_keyboard_back(window: PanelWindow, qtbot: QtBot) -> None:
    window.show_state(states.helmut("de"))
    before = button(window, "Nicht gelöst")
    before.setFocus()
    window.open_preferences()
    assert window.focusWidget() is not before
    with qtbot.assertNotEmitted(window.left):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not part(window, PreferencesView).isVisible()
    assert window.focusWidget() is before


def test_another_call_takes_their_place(window: PanelWindow, view: PreferencesView) -> None:
    window.show_state(states.every_state("de")["no_call"])
    assert not view.isVisible()


def test_the_tabulator_goes_round_in_them_and_in_the_bars_alone(window: PanelWindow, view: PreferencesView) -> None:
    reached = set()
    for _ in range(70):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    inside = {one for one in view.findChildren(QAbstractButton) if one.isVisible() and one.isEnabled()}
    assert inside <= reached
    assert not [one for one in reached if isinstance(one, Button) and one.text() == "Nicht gelöst"]


def test_every_choice_is_told_and_the_one_that_holds_is_marked(view: PreferencesView, window: PanelWindow) -> None:
    heard: list[object] = []
    for signal in (window.language_chosen, window.theme_chosen, window.text_size_chosen, window.compact_chosen):
        signal.connect(heard.append)
    language, theme, size, density = view.findChildren(Choice)
    for choice, place in ((language, 1), (theme, 3), (size, 4), (density, 1)):
        choice.findChildren(Button)[place].click()
    assert heard == ["en", THEMES[3], TEXT_SIZES[4], True]
    window.show_setup(Setup("en", THEMES[3], TEXT_SIZES[4]))
    window.show_state(replace(states.helmut("de"), library=LibraryState(own=Own(compact=True))))
    for choice, place in ((language, 1), (theme, 3), (size, 4), (density, 1)):
        assert [button.isChecked() for button in choice.findChildren(Button)].index(True) == place
        assert sum(button.isChecked() for button in choice.findChildren(Button)) == 1


def test_a_key_is_changed_by_pressing_it_and_does_nothing_else_then(
    view: PreferencesView, window: PanelWindow, qtbot: QtBot
) -> None:
    row(view, Command.NOTE).click()
    field = part(view, KeyField)
    assert window.focusWidget() is field
    with qtbot.assertNotEmitted(window.solved_marked), qtbot.waitSignal(window.key_chosen) as heard:
        QTest.keyClick(field, Qt.Key.Key_S, ALT)
        assert "„" in said(view) or "“" in said(view)  # whose key it is, and nothing was told
        QTest.keyClick(field, Qt.Key.Key_9, ALT)
    assert heard.args == [Command.NOTE, "Alt+9"]
    assert window.focusWidget() is row(view, Command.NOTE)


@pytest.mark.parametrize(
    ("key", "modifier", "why"),
    [
        (Qt.Key.Key_S, ALT, command_name),
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, None),
        (Qt.Key.Key_C, CTRL, None),
        (Qt.Key.Key_F4, ALT, None),
    ],
)
def test_a_key_that_cannot_be_is_said_at_once_and_not_told(
    view: PreferencesView, window: PanelWindow, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, why: object
) -> None:
    row(view, Command.NOTE).click()
    usual = said(view)
    with qtbot.assertNotEmitted(window.key_chosen):
        QTest.keyClick(part(view, KeyField), key, modifier)
    assert said(view) != usual
    if why is command_name:
        assert command_name(Command.SOLVED) in said(view)
    assert said(view) in [label.text() for label in view.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize("leaving", [Qt.Key.Key_Escape, Qt.Key.Key_Tab])
def test_esc_and_tab_leave_the_field_and_the_preferences_stay(
    view: PreferencesView, window: PanelWindow, leaving: Qt.Key
) -> None:
    row(view, Command.NOTE).click()
    QTest.keyClick(part(view, KeyField), leaving)
    assert not part(view, KeyField).isVisible()
    assert view.isVisible()
    assert window.focusWidget() is row(view, Command.NOTE)


def test_a_changed_key_can_be_reset_alone_and_with_all_others(
    view: PreferencesView, window: PanelWindow, qtbot: QtBot
) -> None:
    window.show_setup(Setup("de", "light", 100, KeyMap().rebound(Command.NOTE, "F8")))
    assert row(view, Command.NOTE).key == "F8"
    row(view, Command.NOTE).click()
    back = next(b for b in part(view, KeyList).findChildren(Button) if b.isVisible() and "Alt+N" in b.text())
    with qtbot.waitSignal(window.key_chosen) as heard:
        back.click()
    assert heard.args == [Command.NOTE, "Alt+N"]
    names = {command_name(command) for command in Command}
    shown = [b for b in part(view, KeyList).findChildren(Button) if b.isVisible() and b.text() not in names]
    with qtbot.waitSignal(window.keys_reset):
        shown[-1].click()


def test_esc_is_listed_and_stays(view: PreferencesView) -> None:
    fixed = row(view, Command.CLOSE)
    assert (fixed.key, fixed.isEnabled()) == ("Esc", False)


def test_where_the_desktop_has_no_such_keys_it_is_said(view: PreferencesView, window: PanelWindow) -> None:
    assert row(view, Command.FORWARD).isEnabled()
    window.show_setup(Setup("de", has_hotkey=False))
    assert not row(view, Command.FORWARD).isEnabled()
    assert row(view, Command.FORWARD).accessibleDescription()


def test_the_key_for_the_whole_desktop_can_be_none(view: PreferencesView, window: PanelWindow, qtbot: QtBot) -> None:
    row(view, Command.FORWARD).click()
    none = next(b for b in part(view, KeyList).findChildren(Button) if b.isVisible() and vars(b)["_icon"] == "cross")
    with qtbot.waitSignal(window.key_chosen) as heard:
        none.click()
    assert heard.args == [Command.FORWARD, ""]


def test_every_command_and_group_has_a_name_of_its_own(language: Language) -> None:
    names = [command_name(command) for command in Command]
    assert len(set(names)) == len(names) == len(USUAL)
    assert all(command_group(group) for group in CommandGroup)


def test_everything_in_them_is_named(view: PreferencesView) -> None:
    row(view, Command.NOTE).click()
    for one in view.findChildren(QAbstractButton):
        assert one.isHidden() or one.accessibleName() or one.text()
    for choice in view.findChildren(Choice):
        assert choice.accessibleName()


@pytest.mark.parametrize(("width", "size"), [(360, 100), (640, 150), (360, 200)])
def test_nothing_in_them_is_cut_off(qtbot: QtBot, qapp: QApplication, formats: Formats, width: int, size: int) -> None:
    look = Look(qapp)
    look.choose("light", size)
    window = PanelWindow(formats, Setup(formats.language, "light", 100))
    qtbot.addWidget(window)
    window.resize(width, 940)
    window.show()
    window.show_state(states.helmut(formats.language))
    window.open_preferences()
    view = part(window, PreferencesView)
    part(view, KeyList).ask(Command.FORWARD)
    settle()
    assert faults_in(view, size / 100) == []
    look.choose("light", 100)
