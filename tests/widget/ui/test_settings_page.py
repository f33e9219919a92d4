"""What the machine's policy holds is locked in the preferences, and a page says where each setting comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from nba_desktop.domain.key_map import Command
from nba_desktop.domain.preferences import Setup
from nba_desktop.domain.settings_in_force import SETTING_SOURCES, SettingInForce, SettingsInForce
from nba_desktop.ui.faces import face_of
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.preferences import PreferencesView
from nba_desktop.ui.panel.preferences_choice import Choice
from nba_desktop.ui.panel.preferences_keys import KeyList
from nba_desktop.ui.panel.problem_box import ProblemBox
from nba_desktop.ui.panel.settings_page import SettingsPage
from nba_desktop.ui.panel.settings_row import SettingsRow
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.texts.key_words import command_name
from nba_desktop.ui.texts.settings_words import (
    group_of,
    set_by_it,
    setting_line,
    setting_name,
    setting_value,
    source_words,
)
from tests.fakes import settings, states
from tests.widget.ui.looking import has, part, seen, settle

CTRL = Qt.KeyboardModifier.ControlModifier


def held(*keys: str) -> SettingsInForce:
    return SettingsInForce(tuple(SettingInForce(key, "null", "policy", settings.POLICY) for key in keys))


def preferences(window: PanelWindow, in_force: SettingsInForce) -> PreferencesView:
    """The preferences of a workstation, opened by their key."""
    window.show_state(states.helmut("de"))
    window.show_setup(Setup("de", "light", 100, in_force=in_force))
    QTest.keyClick(window, Qt.Key.Key_Comma, CTRL)
    settle()
    return part(window, PreferencesView)


@pytest.fixture
def page(window: PanelWindow) -> SettingsPage:
    """The settings in force of a workstation with a policy."""
    preferences(window, settings.managed()).open_settings()
    settle()
    return part(window, SettingsPage)


def rows(page: SettingsPage) -> list[SettingsRow]:
    return [row for row in page.findChildren(SettingsRow) if row.isVisible()]


def keys_of(page: SettingsPage) -> list[str]:
    return [row.setting.key for row in rows(page)]


def row_of(view: PreferencesView, command: Command) -> Button:
    name = command_name(command)
    return next(one for one in part(view, KeyList).findChildren(Button) if one.text() == name)


# ---- locked


@pytest.mark.parametrize(("key", "place"), [("language", 0), ("theme", 1), ("text_size", 2)])
def test_a_choice_that_the_policy_holds_is_locked_and_says_by_whom(window: PanelWindow, key: str, place: int) -> None:
    view = preferences(window, held(key))
    choices = view.findChildren(Choice)
    for number, choice in enumerate(choices):
        locked = number == place
        buttons = choice.findChildren(Button)
        assert [button.isEnabled() for button in buttons] == [not locked] * len(buttons)
        assert {button.accessibleDescription() for button in buttons} == {set_by_it() if locked else ""}
        assert {button.toolTip() for button in buttons} == {set_by_it() if locked else ""}
        assert has(choice, set_by_it()) == locked
        assert any(icon.isVisible() for icon in choice.findChildren(Icon)) == locked
        # What holds is still to be seen.
        assert sum(button.on for button in buttons) == 1
    window.show_setup(Setup("de", "light", 100))
    assert all(button.isEnabled() for choice in choices for button in choice.findChildren(Button))


def test_the_keyboard_begins_where_something_can_be_chosen(window: PanelWindow) -> None:
    view = preferences(window, held("language"))
    assert view.findChildren(Choice)[1].isAncestorOf(window.focusWidget())
    view.closed.emit()
    view = preferences(window, held("language", "theme", "text_size"))
    assert isinstance(window.focusWidget(), Button)
    assert window.focusWidget().isEnabled()


@pytest.mark.parametrize(
    ("key", "locked"),
    [
        ("hotkey", {Command.FORWARD}),
        ("keys.note", {Command.NOTE}),
        ("keys", set(Command)),
        ("theme", set()),
    ],
)
def test_a_key_that_the_policy_holds_is_locked(window: PanelWindow, key: str, locked: set[Command]) -> None:
    view = preferences(window, held(key))
    found = {command for command in Command if row_of(view, command).accessibleDescription() == set_by_it()}
    assert found == locked
    assert not any(row_of(view, command).isEnabled() for command in locked)
    assert {command for command in Command if not row_of(view, command).isEnabled()} == locked | {Command.CLOSE}
    row_of(view, Command.NOTE).click()
    assert view.waits_for_key == (Command.NOTE not in locked)


# ---- the page


def test_it_is_reached_and_left_by_keyboard(window: PanelWindow) -> None:
    view = preferences(window, settings.managed())
    for _ in range(8):
        if isinstance(holder := window.focusWidget(), Button) and "chevron-right" in vars(holder).values():
            break
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    settle()
    page = part(view, SettingsPage)
    assert page.isVisible()
    assert isinstance(window.focusWidget(), QLineEdit)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert view.isVisible()
    assert not page.isVisible()
    assert window.focusWidget() is holder
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not view.isVisible()


def test_every_setting_stands_there_with_its_value_source_and_place(page: SettingsPage) -> None:
    in_force = settings.managed()
    # What belongs to no part comes first, then part by part.
    assert keys_of(page) == sorted(
        (one.key for one in in_force.settings), key=lambda key: list(_groups()).index(group_of(key))
    )
    for row in rows(page):
        one = row.setting
        words = seen(row)
        assert words[:2] == [setting_name(one.key), setting_value(one).replace("\u00a0", " ")]
        assert source_words(one.source) in words[2]
        assert one.where in words[2]
        assert any(icon.isVisible() for icon in row.findChildren(Icon)) == one.locked
        assert row.accessibleName() == setting_line(one)
        assert row.accessibleDescription() == (set_by_it() if one.locked else "")
    assert len({source_words(source) for source in SETTING_SOURCES}) == len(SETTING_SOURCES)


def _groups() -> dict[str, None]:
    return dict.fromkeys(group_of(one.key) for one in settings.managed().settings)


def test_the_search_finds_names_values_places_and_dotted_keys(page: SettingsPage) -> None:
    field = part(page, QLineEdit)
    for words, found in (
        ("telephony.port", ["telephony.port"]),
        ("5039", ["telephony.port"]),
        ("KUNDENSERVICE", ["telephony.queues"]),
        ("settings.json 5039", ["telephony.port"]),
        (source_words("command_line"), ["text_size"]),
    ):
        field.setText(words)
        assert keys_of(page) == found, words
    field.setText("xyzzy")
    assert keys_of(page) == []
    assert len([label for label in page.findChildren(QLabel) if label.isVisible() and label.wordWrap()]) > 2
    field.setText("")
    assert len(rows(page)) == len(settings.managed().settings)


def test_only_what_it_has_set_can_be_shown(page: SettingsPage) -> None:
    only = next(one for one in page.findChildren(Button) if one.isCheckable())
    only.click()
    assert {row.setting.locked for row in rows(page)} == {True}
    assert len(rows(page)) == sum(one.locked for one in settings.managed().settings)
    only.click()
    assert len(rows(page)) == len(settings.managed().settings)
    page.show_settings(settings.free())
    assert not only.isVisible()
    assert len(rows(page)) == len(settings.free().settings)


def test_the_list_is_one_stop_of_the_tabulator_and_the_arrows_go_through_it(
    page: SettingsPage, window: PanelWindow
) -> None:
    field = part(page, QLineEdit)
    reached: list[QWidget] = []
    for _ in range(30):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    assert len({one for one in reached if isinstance(one, SettingsRow)}) == 1
    field.setFocus()
    there = rows(page)
    for step in range(3):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
        assert window.focusWidget() is there[step]
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_PageDown)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_PageDown)
    assert window.focusWidget() is there[-1]
    assert not there[-1].visibleRegion().isEmpty()
    for _ in there:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Up)
    assert window.focusWidget() is field


def test_a_line_its_place_and_all_of_it_go_on_the_clipboard(page: SettingsPage, window: PanelWindow) -> None:
    clipboard = QGuiApplication.clipboard()
    row = next(one for one in rows(page) if one.setting.key == "backend.url")
    row.setFocus()
    before = seen(page)
    QTest.keyClick(row, Qt.Key.Key_C, CTRL)
    assert clipboard.text() == setting_line(row.setting)
    assert seen(page) != before  # it is said
    menu = row.make_menu()
    menu.actions()[-1].trigger()
    assert clipboard.text() == settings.POLICY
    page.show_settings(settings.broken())
    copy = next(one for one in page.findChildren(Button) if "copy" in vars(one).values())
    copy.click()
    text = clipboard.text()
    assert all(f"{one.key} = {one.value}" in text for one in settings.broken().settings)
    assert all(one.where in text and one.says in text and one.way_out in text for one in settings.PROBLEMS)


def test_what_is_wrong_with_the_policy_stands_above_all_settings(page: SettingsPage) -> None:
    assert not [box for box in page.findChildren(ProblemBox) if box.isVisible()]
    page.show_settings(settings.broken())
    settle()
    boxes = [box for box in page.findChildren(ProblemBox) if box.isVisible()]
    for box, problem in zip(boxes, settings.PROBLEMS, strict=True):
        assert seen(box) == [problem.says, problem.way_out, problem.where]
        assert (
            box.mapTo(page, box.rect().bottomLeft()).y() < rows(page)[0].mapTo(page, rows(page)[0].rect().topLeft()).y()
        )
    assert has(page, settings.POLICY)


def test_a_choice_of_the_agent_is_seen_at_once(page: SettingsPage, window: PanelWindow) -> None:
    in_force = settings.managed()
    chosen = tuple(
        replace(one, value="150", source="chosen") if one.key == "text_size" else one for one in in_force.settings
    )
    window.show_setup(Setup("de", in_force=replace(in_force, settings=chosen)))
    row = next(one for one in rows(page) if one.setting.key == "text_size")
    assert any("150" in words for words in seen(row))
    assert row.accessibleName() == setting_line(row.setting)


def test_made_anew_the_page_is_open_with_what_was_searched(
    page: SettingsPage, window: PanelWindow, german_formats: Formats
) -> None:
    part(page, QLineEdit).setText("genesys")
    window.renew(german_formats, Setup("de", "dark", in_force=settings.managed()))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    settle()
    anew = part(window, SettingsPage)
    assert anew is not page
    assert anew.isVisible()
    assert keys_of(anew) == ["telephony.genesys.redirect_port"]


def test_everything_on_it_is_named(page: SettingsPage) -> None:
    for row in rows(page):
        told = face_of("", row)
        assert told is not None
        assert (told.role(), told.childCount()) == (QAccessible.Role.ListItem, 0)
        assert told.text(QAccessible.Text.Name) == setting_line(row.setting)
    for one in page.findChildren(QAbstractButton):
        assert one.isHidden() or one.accessibleName() or one.text()
    assert part(page, QLineEdit).accessibleName()
    assert page.accessibleName()
