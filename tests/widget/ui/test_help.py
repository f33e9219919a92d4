"""The help of F1 and the tour: reached by key and mouse, left by Esc, and gone as soon as a call comes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QKeySequence, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.domain.key_map import Command, key_map
from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.preferences import Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.help import HelpSheet
from nba_desktop.ui.panel.helping import Helping
from nba_desktop.ui.panel.keys import shown
from nba_desktop.ui.panel.tour import HINTS, Example, Tour
from nba_desktop.ui.panel.window import SMALLEST, PanelWindow
from nba_desktop.ui.texts.key_words import command_name
from nba_desktop.ui.theme import apply_theme
from tests.fakes import states
from tests.widget.ui.looking import button, cut_off, has, nameless, outside, part, seen, settle

translate = QCoreApplication.translate


def press(window: PanelWindow, keys: str) -> None:
    holder: QWidget | None = window.focusWidget()
    QTest.keySequence(holder or window, QKeySequence(keys))
    settle()


def sheet(window: PanelWindow) -> HelpSheet:
    return part(window, HelpSheet)


def tour(window: PanelWindow) -> Tour:
    return part(window, Tour)


def ringing() -> PanelState:
    return states.every_state("de")["ringing"]


def example(size: QSize) -> Example:
    return Example((QPixmap(size),) * HINTS, (QRect(0, 0, size.width(), 40),) * HINTS)


def show_tour(window: PanelWindow) -> None:
    part(window, Helping).show_tour(example)
    settle()


def test_f1_lists_every_command_with_its_key_and_is_left_by_esc(window: PanelWindow) -> None:
    before = window.focusWidget()
    press(window, "F1")
    assert sheet(window).is_open
    assert sheet(window).isAncestorOf(window.focusWidget())
    texts = seen(sheet(window))
    for command in Command:
        assert command_name(command) in texts
        assert shown(Setup().keys[command]) in texts
    press(window, "Esc")
    assert not sheet(window).is_open
    assert window.focusWidget() is before


def test_the_help_shows_the_keys_that_the_agent_has_chosen(qtbot: QtBot, german_formats: Formats) -> None:
    keys, _ = key_map({"note": "F8"})
    panel = PanelWindow(german_formats, Setup("de", keys=keys))
    qtbot.addWidget(panel)
    panel.show()
    panel.toggle_help()
    settle()
    assert "F8" in seen(sheet(panel))
    assert "Alt+N" not in seen(sheet(panel))


def test_the_help_is_reached_by_mouse_and_f1_closes_it_too(window: PanelWindow, qtbot: QtBot) -> None:
    QTest.mouseClick(button(window, translate("ReadyView", "Keys and help")), Qt.MouseButton.LeftButton)
    settle()
    assert sheet(window).is_open
    press(window, "F1")
    assert not sheet(window).is_open


def test_a_call_closes_the_help_and_takes_no_keyboard(window: PanelWindow) -> None:
    press(window, "F1")
    window.show_state(ringing())
    assert not sheet(window).is_open
    assert window.focusWidget() is window


def test_in_a_call_the_help_opens_over_the_page_and_leaves_the_response_row(window: PanelWindow) -> None:
    window.show_state(states.helmut("de"))
    press(window, "F1")
    bottom = sheet(window).mapTo(window, sheet(window).rect().bottomLeft()).y()
    assert bottom < window.response_top()
    assert not button(sheet(window), translate("HelpSheet", "Show the tour")).isEnabled()
    assert not button(sheet(window), translate("HelpSheet", "Practise calls")).isEnabled()


def test_the_tabulator_stays_out_of_what_the_help_covers(window: PanelWindow) -> None:
    press(window, "F1")
    passed: list[QWidget] = []
    for _ in range(12):
        press(window, "Tab")
        passed.append(window.focusWidget())
    search = button(window, translate("ReadyView", "Search for the customer"))
    assert any(sheet(window).isAncestorOf(one) for one in passed)
    assert search not in passed


def test_the_tour_explains_five_parts_and_is_walked_by_keys(window: PanelWindow, qtbot: QtBot) -> None:
    show_tour(window)
    titles = set()
    for _ in range(HINTS - 1):
        titles.add(tuple(seen(tour(window))))
        press(window, "Right")
    press(window, "Left")
    press(window, "Right")
    titles.add(tuple(seen(tour(window))))
    assert len(titles) == HINTS
    with qtbot.waitSignal(window.tour_ended):
        press(window, "Right")
    assert not tour(window).is_open


def test_the_tour_is_walked_and_skipped_by_mouse(window: PanelWindow, qtbot: QtBot) -> None:
    show_tour(window)
    QTest.mouseClick(button(tour(window), translate("HintBubble", "Next")), Qt.MouseButton.LeftButton)
    QTest.mouseClick(button(tour(window), translate("HintBubble", "Back")), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.tour_ended):
        QTest.mouseClick(button(tour(window), translate("HintBubble", "Skip the tour")), Qt.MouseButton.LeftButton)
    show_tour(window)
    with qtbot.waitSignal(window.tour_ended):
        press(window, "Esc")


def test_a_call_hides_the_tour_at_once_and_it_goes_on_where_it_was(window: PanelWindow, qtbot: QtBot) -> None:
    ended: list[bool] = []
    window.tour_ended.connect(lambda: ended.append(True))
    show_tour(window)
    press(window, "Right")
    second = seen(tour(window))
    window.show_state(ringing())
    assert not tour(window).is_open
    assert ended == []
    show_tour(window)
    assert not tour(window).is_open
    window.show_state(PanelState())
    show_tour(window)
    assert seen(tour(window)) == second


def test_the_tour_gives_way_to_what_keeps_the_panel_from_its_work(window: PanelWindow) -> None:
    show_tour(window)
    window.show_state(states.every_state("de")["policy_broken"])
    assert not tour(window).is_open


def test_tour_and_practice_are_asked_for_in_the_ready_view_and_only_there(window: PanelWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.tour_asked):
        QTest.mouseClick(button(window, translate("ReadyView", "Tour")), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.practice_asked):
        press(window, "Alt+P")
    window.show_state(ringing())
    with qtbot.assertNotEmitted(window.practice_asked):
        press(window, "Alt+P")


def test_the_practice_itself_leads_neither_to_tour_nor_practice(qtbot: QtBot, german_formats: Formats) -> None:
    panel = PanelWindow(german_formats, Setup("de", practising=True))
    qtbot.addWidget(panel)
    panel.show()
    panel.toggle_help()
    settle()
    assert not has(panel, translate("HelpSheet", "Show the tour"))
    assert not has(panel, translate("HelpSheet", "Practise calls"))
    with qtbot.assertNotEmitted(panel.practice_asked):
        press(panel, "Alt+P")


def test_nothing_of_help_and_tour_is_cut_off_where_it_is_narrowest_and_largest(
    qtbot: QtBot, qapp: QApplication, language: Language, formats: Formats
) -> None:
    apply_theme(qapp, Qt.ColorScheme.Light, 2.0)
    panel = PanelWindow(formats, Setup(language))
    qtbot.addWidget(panel)
    panel.resize(*SMALLEST)
    panel.show()
    panel.toggle_help()
    settle()
    complaints = [*cut_off(sheet(panel)), *nameless(sheet(panel)), *outside(sheet(panel))]
    panel.show_tour(states.helmut(language), Formats(language, states.now))
    for hint in range(HINTS):
        settle()
        found = (*cut_off(tour(panel)), *nameless(tour(panel)), *outside(tour(panel)))
        complaints += [f"hint {hint + 1}: {what}" for what in found]
        QTest.mouseClick(next(iter(tour(panel).findChildren(QPushButton))), Qt.MouseButton.LeftButton)
    assert not complaints, "\n".join(complaints)
    assert panel.size() == QSize(*SMALLEST)
