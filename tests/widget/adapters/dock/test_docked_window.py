"""The panel and its strip in the place that the agent chose, on a desktop that grants it or not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.dock.dock import DockedWindow
from nba_desktop.adapters.dock.floating import FloatingDesktop
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import Notice
from nba_desktop.domain.window_place import Edge, WindowPlace
from tests.fakes.desktops import FakeDesktop


class FakeControls(QObject):
    edge_chosen = Signal(object)
    monitor_chosen = Signal(str)
    width_chosen = Signal(int, bool)
    collapse_chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.place = WindowPlace()
        self.docked = self.can_dock = False
        self.monitors: tuple[str, ...] = ()

    def show_place(self, place: WindowPlace, *, docked: bool, can_dock: bool, monitors: tuple[str, ...]) -> None:
        self.place, self.docked, self.can_dock, self.monitors = place, docked, can_dock, monitors


class Desk:
    """A panel with everything around it."""

    def __init__(self, folder: Path, desktop: FakeDesktop | FloatingDesktop) -> None:
        self.panel, self.strip = QWidget(), QWidget()
        self.panel.resize(440, 940)
        self.panel.setMinimumSize(440, 720)
        self.controls = FakeControls()
        self.desktop = desktop
        self.window = DockedWindow(self.panel, self.strip, self.controls, desktop, folder)
        self.notices: list[Notice] = []
        self.window.noticed.connect(self.notices.append)

    @property
    def screen(self) -> QRect:
        return self.panel.screen().geometry()


@pytest.fixture
def desktop() -> FakeDesktop:
    return FakeDesktop()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, desktop: FakeDesktop) -> Iterator[Desk]:
    desk = Desk(tmp_path, desktop)
    for widget in (desk.panel, desk.strip):
        qtbot.addWidget(widget)
    desk.window.show()
    yield desk
    desk.window.stop()


def kept(folder: Path) -> dict[str, object]:
    values: dict[str, object] = json.loads((folder / "dock.json").read_text())
    return values


def test_the_panel_stands_at_the_right_edge_as_high_as_the_screen(desk: Desk) -> None:
    screen = desk.screen
    assert desk.panel.geometry() == QRect(screen.right() + 1 - 440, screen.top(), 440, screen.height())
    assert desk.panel.isVisible()
    assert not desk.strip.isVisible()
    assert desk.controls.docked
    assert desk.controls.monitors == (desk.panel.screen().name(),)


def test_the_strip_takes_the_panels_place(desk: Desk, desktop: FakeDesktop) -> None:
    desk.controls.collapse_chosen.emit(True)
    assert desk.strip.geometry() == QRect(desk.screen.right() + 1 - 48, 0, 48, desk.screen.height())
    assert not desk.panel.isVisible()
    assert set(desktop.reserved) == {desk.strip}
    desk.controls.collapse_chosen.emit(False)
    assert desk.panel.isVisible()
    assert not desk.strip.isVisible()
    assert set(desktop.reserved) == {desk.panel}
    assert desktop.forward == [desk.panel]


def test_the_hotkey_opens_the_strip(desk: Desk, desktop: FakeDesktop) -> None:
    desk.window.collapse(True)
    desktop.hotkey_pressed.emit()
    assert desk.panel.isVisible()
    assert desktop.forward == [desk.panel]


def test_a_call_that_rings_leaves_the_strip_a_strip(desk: Desk, desktop: FakeDesktop) -> None:
    desk.window.collapse(True)
    desk.window.bring_up()
    assert not desk.panel.isVisible()
    assert desktop.forward == []


def test_a_call_that_rings_brings_a_minimised_panel_back(desk: Desk, desktop: FakeDesktop) -> None:
    desk.panel.showMinimized()
    desk.window.bring_up()
    assert not desk.panel.isMinimized()
    assert desktop.forward == []


@pytest.mark.parametrize(("wanted", "width"), [(500, 500), (200, 360), (900, 640)])
def test_the_width_stays_inside_its_limits(desk: Desk, wanted: int, width: int) -> None:
    desk.controls.width_chosen.emit(wanted, True)
    assert desk.panel.width() == width
    assert desk.panel.geometry().right() == desk.screen.right()


def test_while_the_width_is_dragged_the_others_are_left_alone(desk: Desk, desktop: FakeDesktop, tmp_path: Path) -> None:
    asked = len(desktop.asked)
    desk.controls.width_chosen.emit(500, False)
    assert desk.panel.width() == 500
    assert desk.panel.geometry().right() == desk.screen.right()
    assert len(desktop.asked) == asked
    desk.controls.width_chosen.emit(520, True)
    assert desktop.asked[-1][2] == 520
    assert kept(tmp_path)["width"] == 520


def test_at_the_left_edge_the_right_side_is_dragged(desk: Desk) -> None:
    desk.controls.edge_chosen.emit(Edge.LEFT)
    desk.controls.width_chosen.emit(500, False)
    assert desk.panel.geometry() == QRect(0, 0, 500, desk.screen.height())


def test_a_floating_panel_has_its_own_size_back_and_stays_in_front(desk: Desk, desktop: FakeDesktop) -> None:
    desk.controls.edge_chosen.emit(Edge.FLOATING)
    assert desktop.reserved == {}
    assert desk.panel.isVisible()
    assert desk.panel.width() == 440
    assert desk.panel.height() < desk.screen.height()
    assert desktop.in_front == [desk.panel]
    assert not desk.controls.docked


def test_the_native_window_is_the_same_wherever_the_panel_goes(desk: Desk) -> None:
    identity = desk.panel.winId()
    for edge in (Edge.FLOATING, Edge.LEFT, Edge.FLOATING, Edge.RIGHT):
        desk.controls.edge_chosen.emit(edge)
        assert desk.panel.winId() == identity


def test_an_edge_that_is_refused_is_told_once_and_the_panel_floats(
    desk: Desk, desktop: FakeDesktop, qtbot: QtBot
) -> None:
    desktop.refused = FailureCode.DOCK_INNER_EDGE
    desktop.rearranged.emit()
    qtbot.waitUntil(lambda: bool(desk.notices))
    asked = len(desktop.asked)
    desktop.rearranged.emit()
    qtbot.waitUntil(lambda: len(desktop.asked) > asked)
    assert desk.notices == [Notice(FailureCode.DOCK_INNER_EDGE)]
    assert desk.panel.isVisible()
    assert not desk.controls.docked
    # Once more the agent's own wish, once more an answer.
    desk.controls.edge_chosen.emit(Edge.LEFT)
    assert len(desk.notices) == 2
    desktop.refused = None
    desktop.rearranged.emit()
    qtbot.waitUntil(lambda: desk.controls.docked)


def test_a_monitor_is_asked_for_by_its_name(desk: Desk, desktop: FakeDesktop, tmp_path: Path) -> None:
    name = desk.panel.screen().name()
    desk.controls.monitor_chosen.emit(name)
    assert desktop.asked[-1][1] == name
    assert kept(tmp_path)["monitor"] == name
    desk.controls.monitor_chosen.emit("taken away")
    assert desktop.asked[-1][1] == name
    assert kept(tmp_path)["monitor"] == "taken away"


def test_the_place_is_the_same_after_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    first = Desk(tmp_path, FakeDesktop())
    first.window.show()
    first.controls.edge_chosen.emit(Edge.LEFT)
    first.controls.width_chosen.emit(600, True)
    first.window.collapse(True)
    first.window.stop()
    second = Desk(tmp_path, FakeDesktop())
    second.window.show()
    assert second.strip.geometry() == QRect(0, 0, 48, second.screen.height())
    second.window.bring_forward()
    assert second.panel.geometry() == QRect(0, 0, 600, second.screen.height())
    second.window.stop()


def test_a_floating_panel_is_where_it_was_after_the_next_start(qtbot: QtBot, tmp_path: Path) -> None:
    first = Desk(tmp_path, FloatingDesktop())
    first.window.show()
    first.panel.resize(450, 730)
    first.panel.move(30, 40)
    place = first.panel.geometry()
    first.window.stop()
    second = Desk(tmp_path, FloatingDesktop())
    second.window.show()
    assert second.panel.geometry() == place
    assert second.panel.windowHandle().flags() & Qt.WindowType.WindowStaysOnTopHint
    assert second.notices == []
    second.window.stop()


def test_the_strip_of_a_floating_panel_goes_to_the_nearer_edge(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(tmp_path, FloatingDesktop())
    desk.window.show()
    desk.panel.move(10, 20)
    desk.window.collapse(True)
    assert desk.strip.geometry().left() == desk.screen.left()
    assert desk.strip.width() == 48
    desk.window.bring_forward()
    desk.panel.move(desk.screen.right() - 440, 20)
    desk.window.collapse(True)
    assert desk.strip.geometry().right() == desk.screen.right()
    desk.window.stop()


def test_esc_that_nothing_in_the_panel_had_a_use_for_gives_the_keyboard_back(
    desk: Desk, desktop: FakeDesktop, qtbot: QtBot
) -> None:
    QTest.keyClick(desk.panel, Qt.Key.Key_A)
    assert desktop.given_back == 0
    QTest.keyClick(desk.panel, Qt.Key.Key_Escape)
    assert desktop.given_back == 1
    desk.window.give_back()
    assert desktop.given_back == 2


def test_the_usual_hotkey_is_registered_where_nothing_else_is_said(desk: Desk, desktop: FakeDesktop) -> None:
    desk.window.register_hotkey(None)
    desk.window.register_hotkey("Meta+P")
    desk.window.register_hotkey("")
    assert desktop.hotkeys == ["Ctrl+Alt+N", "Meta+P", ""]
    assert desk.notices == []


def test_a_hotkey_that_another_program_has_is_told(desk: Desk, desktop: FakeDesktop) -> None:
    desktop.hotkey_is_free = False
    desk.window.register_hotkey(None)
    assert desk.notices == [Notice(FailureCode.HOTKEY_TAKEN, (("key", "Ctrl+Alt+N"),))]


def test_a_hotkey_that_is_none_is_told(desk: Desk, desktop: FakeDesktop) -> None:
    desk.window.register_hotkey("N")
    assert desktop.hotkeys == []
    assert desk.notices == [Notice(FailureCode.HOTKEY_IMPOSSIBLE, (("key", "N"),))]


def test_where_there_are_no_hotkeys_only_one_that_was_wished_for_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(tmp_path, FloatingDesktop())
    desk.window.register_hotkey(None)
    assert desk.notices == []
    desk.window.register_hotkey("Ctrl+Alt+N")
    assert desk.notices == [Notice(FailureCode.HOTKEY_IMPOSSIBLE, (("key", "Ctrl+Alt+N"),))]


def test_the_end_gives_everything_back(qtbot: QtBot, tmp_path: Path) -> None:
    desktop = FakeDesktop()
    desk = Desk(tmp_path, desktop)
    desk.window.show()
    desk.window.stop()
    assert desktop.reserved == {}
    assert desktop.closed
    desktop.hotkey_pressed.emit()
    assert not desk.panel.isVisible()
