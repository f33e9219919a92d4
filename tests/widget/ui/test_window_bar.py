"""What moves the panel."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.preferences import Setup
from nba_desktop.domain.window_place import Edge, WindowPlace
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.strip import Strip
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.panel.window_bar import Grip, WindowBar
from nba_desktop.ui.primitives.buttons import Button
from tests.fakes import states
from tests.widget.ui.looking import settle


@pytest.fixture
def strip(qtbot: QtBot, german_formats: Formats) -> Strip:
    strip = Strip(german_formats)
    qtbot.addWidget(strip)
    return strip


@pytest.fixture
def bar(window: PanelWindow, strip: Strip) -> WindowBar:
    bar = WindowBar(window, strip)
    bar.show_place(WindowPlace(), docked=True, can_dock=True, monitors=("A",))
    return bar


def words(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "").partition("\t")[0] for action in menu.actions() if not action.isSeparator()]


def choose(menu: QMenu, place: int) -> None:
    [action for action in menu.actions() if not action.isSeparator()][place].trigger()


def test_a_docked_panel_has_a_bar_above_everything_and_a_floating_one_has_none(
    window: PanelWindow, bar: WindowBar
) -> None:
    assert bar.isVisible()
    assert window.contentsRect().top() == bar.height()
    bar.show_place(WindowPlace(Edge.FLOATING), docked=False, can_dock=True, monitors=("A",))
    assert not bar.isVisible()
    assert window.contentsRect().top() == 0


def test_the_bar_is_as_wide_as_the_panel(window: PanelWindow, bar: WindowBar) -> None:
    window.resize(600, 900)
    assert bar.width() == 600


@pytest.mark.parametrize(("place", "edge"), list(enumerate([Edge.LEFT, Edge.RIGHT, Edge.FLOATING])))
def test_the_menu_chooses_the_edge(bar: WindowBar, qtbot: QtBot, place: int, edge: Edge) -> None:
    with qtbot.waitSignal(bar.edge_chosen, check_params_cb=lambda chosen: chosen is edge):
        choose(bar.menu(), place)


def test_the_menu_marks_where_the_panel_is(bar: WindowBar) -> None:
    assert [action.isChecked() for action in bar.menu().actions()[:3]] == [False, True, False]
    # It wished for the right edge and could not have it.
    bar.show_place(WindowPlace(), docked=False, can_dock=True, monitors=("A",))
    assert [action.isChecked() for action in bar.menu().actions()[:3]] == [False, False, True]


def test_where_nothing_can_be_docked_the_menu_offers_it_to_nobody(bar: WindowBar) -> None:
    bar.show_place(WindowPlace(), docked=False, can_dock=False, monitors=("A",))
    assert [action.isEnabled() for action in bar.menu().actions()[:3]] == [False, False, True]


def test_several_monitors_are_named(bar: WindowBar, qtbot: QtBot) -> None:
    one = words(bar.menu())
    bar.show_place(WindowPlace(), docked=True, can_dock=True, monitors=("DP-1", "R&D"))
    assert len(words(bar.menu())) == len(one) + 2
    with qtbot.waitSignal(bar.monitor_chosen, check_params_cb=lambda name: name == "R&D"):
        choose(bar.menu(), 4)


def test_the_width_is_changed_by_keys_too(bar: WindowBar, qtbot: QtBot) -> None:
    for place, width in ((3, 480), (4, 400)):
        with qtbot.waitSignal(bar.width_chosen) as caught:
            choose(bar.menu(), place)
        assert caught.args == [width, True]


def test_the_menu_leads_to_the_preferences(bar: WindowBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.preferences_chosen):
        choose(bar.menu(), 5)


def test_other_keys_hold_at_once_for_both_windows(
    window: PanelWindow, strip: Strip, bar: WindowBar, qtbot: QtBot
) -> None:
    keys = KeyMap().rebound(Command.COLLAPSE, "Ctrl+Shift+P")
    bar.renew(keys)
    strip.renew(Formats("de", states.now), keys)
    assert "Strg+Umschalt+P" in strip.accessibleDescription()
    with qtbot.assertNotEmitted(bar.collapse_chosen):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    with qtbot.waitSignal(bar.collapse_chosen, check_params_cb=lambda collapsed: collapsed):
        QTest.keyClick(window, Qt.Key.Key_P, both)


def test_the_bar_is_first_for_the_tabulator_whenever_the_content_was_made(
    window: PanelWindow, bar: WindowBar, german_formats: Formats
) -> None:
    for _ in range(2):
        window.setFocus()
        reached = []
        for _ in range(4):
            QTest.keyClick(window, Qt.Key.Key_Tab)
            reached.append(window.focusWidget())
        assert [one for one in reached if bar.isAncestorOf(one)] == reached[:3]
        window.renew(german_formats, Setup("de"))
        settle()


def test_the_menu_folds_the_panel_and_closes_it(window: PanelWindow, bar: WindowBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.collapse_chosen, check_params_cb=lambda collapsed: collapsed):
        choose(bar.menu(), -2)
    choose(bar.menu(), -1)
    assert not window.isVisible()


def test_the_menu_leads_to_what_waits_between_calls(bar: WindowBar, qtbot: QtBot) -> None:
    for place, signal in (
        (-6, bar.own_review_chosen),
        (-5, bar.day_chosen),
        (-4, bar.due_chosen),
        (-3, bar.answers_chosen),
    ):
        with qtbot.waitSignal(signal):
            choose(bar.menu(), place)


def test_the_keys_fold_open_and_show_the_menu(window: PanelWindow, strip: Strip, bar: WindowBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.collapse_chosen, check_params_cb=lambda collapsed: collapsed):
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: any(menu.isVisible() for menu in window.findChildren(QMenu)))
    for menu in window.findChildren(QMenu):
        menu.close()
    strip.show()
    strip.activateWindow()
    qtbot.waitUntil(strip.isActiveWindow)
    with qtbot.waitSignal(bar.collapse_chosen, check_params_cb=lambda collapsed: not collapsed):
        QTest.keyClick(strip, Qt.Key.Key_Z, Qt.KeyboardModifier.AltModifier)


@pytest.mark.parametrize(("edge", "moved", "width"), [(Edge.RIGHT, -60, 500), (Edge.LEFT, 60, 500)])
def test_the_grip_is_dragged_to_a_width(
    window: PanelWindow, bar: WindowBar, qtbot: QtBot, edge: Edge, moved: int, width: int
) -> None:
    bar.show_place(WindowPlace(edge), docked=True, can_dock=True, monitors=("A",))
    grip = window.findChild(Grip)
    assert isinstance(grip, Grip)
    assert grip.x() == (0 if edge is Edge.RIGHT else window.width() - grip.width())
    told: list[tuple[int, bool]] = []
    bar.width_chosen.connect(lambda *args: told.append(args))
    start = QPoint(2, 300)
    QTest.mousePress(grip, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(grip, start + QPoint(moved, 0))
    QTest.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=start + QPoint(moved, 0))
    assert told[-1] == (width, True)


def test_every_button_of_the_bar_has_a_name(bar: WindowBar) -> None:
    buttons = bar.findChildren(Button)
    assert len(buttons) == 3
    assert all(button.accessibleName() for button in buttons)


def test_esc_closes_what_is_open_first_and_leaves_the_panel_then(window: PanelWindow, qtbot: QtBot) -> None:
    window.show_state(states.panel("de", replace(states.helmut_contact(), why_open=True)))
    with qtbot.assertNotEmitted(window.left), qtbot.waitSignal(window.why_toggled):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    window.show_state(states.panel("de", replace(states.helmut_contact(), why_open=False)))
    with qtbot.waitSignal(window.left):
        QTest.keyClick(window, Qt.Key.Key_Escape)


def test_in_a_call_the_cross_of_a_docked_panel_folds_it_into_its_strip(
    window: PanelWindow, bar: WindowBar, qtbot: QtBot
) -> None:
    bar.show_idle(False)
    with qtbot.waitSignal(bar.collapse_chosen, check_params_cb=lambda folded: folded is True):
        window.close()
    assert window.isVisible()


def test_in_a_call_a_closed_strip_opens_the_panel(window: PanelWindow, strip: Strip, qtbot: QtBot) -> None:
    bar = WindowBar(window, strip)
    bar.show_idle(False)
    strip.show()
    with qtbot.waitSignal(bar.collapse_chosen, check_params_cb=lambda folded: folded is False):
        strip.close()
    assert strip.isVisible()


def test_in_a_call_a_floating_panel_is_closed_by_the_second_click(
    window: PanelWindow, bar: WindowBar, qtbot: QtBot
) -> None:
    bar.show_place(WindowPlace(Edge.FLOATING), docked=False, can_dock=True, monitors=("A",))
    bar.show_idle(False)
    with qtbot.waitSignal(bar.close_held):
        window.close()
    assert window.isVisible()
    assert window.close()


def test_in_a_call_the_menu_asks_for_a_second_click_before_it_ends_the_program(
    window: PanelWindow, bar: WindowBar, qtbot: QtBot
) -> None:
    bar.show_idle(False)
    with qtbot.waitSignal(bar.close_held):
        bar.menu().actions()[-1].trigger()
    assert window.isVisible()
    bar.menu().actions()[-1].trigger()
    assert not window.isVisible()


def test_without_a_call_the_cross_closes_the_panel(window: PanelWindow, bar: WindowBar) -> None:
    bar.show_idle(False)
    bar.show_idle(True)
    assert window.close()


def test_the_menu_shows_the_keys_and_takes_them_from_nobody(bar: WindowBar) -> None:
    menu = bar.menu()
    keys = dict(action.text().replace("&", "").split("\t") for action in menu.actions() if "\t" in action.text())
    assert keys["Heutige Gespräche"] == "Alt+Y"
    assert keys["Tasten und Hilfe"] == "F1"
    assert all(action.shortcut().isEmpty() for action in menu.actions())
