"""What assistive technology is told in every situation, and the way of the tabulator through it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.ui.faces import install_faces
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.notices import NoticeBar
from nba_desktop.ui.panel.overlay import Overlay
from nba_desktop.ui.panel.row_sheet import RowSheet
from nba_desktop.ui.panel.window import SIZE, PanelWindow
from tests.fakes import states

Role = QAccessible.Role
ROLES = {Role.Button, Role.CheckBox, Role.RadioButton, Role.PageTab, Role.EditableText, Role.ComboBox, Role.List}


@pytest.fixture
def panel(qtbot: QtBot, formats: Formats) -> PanelWindow:
    install_faces()
    window = PanelWindow(formats)
    qtbot.addWidget(window)
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def face(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def name_of(widget: QWidget) -> str:
    return face(widget).text(QAccessible.Text.Name)


def reachable(window: QWidget) -> list[QWidget]:
    """Everything on the screen that the tabulator has to reach; pages scroll by keyboard and are no controls."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisibleTo(window)
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and not isinstance(one, QScrollBar)
    ]


def controls(window: QWidget) -> list[QWidget]:
    return [one for one in reachable(window) if not isinstance(one, QAbstractScrollArea)]


def way_of_the_tabulator(window: PanelWindow) -> Iterator[QWidget]:
    """Where the keyboard comes to from the window itself, by the order that Qt goes through."""
    can_be_reached = set(reachable(window))
    holder = window.nextInFocusChain()
    while holder is not None and holder is not window:
        if holder in can_be_reached and not window.skips(holder):
            yield holder
        holder = holder.nextInFocusChain()


def test_every_control_has_a_role_and_a_name_of_its_own(panel: PanelWindow, language: Language) -> None:
    complaints = []
    for situation, state in states.every_state(language).items():
        panel.show_state(state)
        seen = []
        for control in controls(panel):
            told = face(control)
            name, role = told.text(QAccessible.Text.Name), told.role()
            seen.append((role, name))
            if not name or role not in ROLES:
                complaints.append(f"{situation}: {type(control).__name__} {name!r} {role}")
        complaints += [f"{situation}: {times} × {one}" for one, times in Counter(seen).items() if times > 1]
    assert not complaints, "\n".join(complaints)


def test_the_tabulator_visits_every_control_once_from_top_to_bottom(panel: PanelWindow, language: Language) -> None:
    complaints = []
    for situation, state in states.every_state(language).items():
        panel.show_state(state)
        way = [one for one in way_of_the_tabulator(panel) if not isinstance(one, QAbstractScrollArea)]
        for before, after in pairwise(way):
            # What opens over the panel is reached behind it, from where it was opened.
            if not _opens(before, after) and place_of(after, panel).bottom() < place_of(before, panel).top():
                complaints.append(f"{situation}: up from {name_of(before)!r} to {name_of(after)!r}")
    assert not complaints, "\n".join(complaints)


def _opens(before: QWidget, after: QWidget) -> bool:
    """Whether the second control is in something that lies over the panel, and the first is not."""
    over = after.parentWidget()
    while over is not None and not isinstance(over, Overlay | RowSheet | ConsentDrawer | NoticeBar):
        over = over.parentWidget()
    return over is not None and not over.isAncestorOf(before)


def place_of(widget: QWidget, window: QWidget) -> QRect:
    """Where a control stands in the window; what is scrolled out of sight stands at the edge of its page."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea):
            page = parent.viewport()
            edge = page.mapTo(window, QPoint(0, 0)).y()
            place.moveTop(min(max(place.top(), edge), edge + page.height() - 1))
        parent = parent.parentWidget()
    return place


def test_an_empty_place_is_not_read(panel: PanelWindow, language: Language) -> None:
    empty = []
    for situation, state in states.every_state(language).items():
        panel.show_state(state)
        for node in _nodes(face(panel)):
            if node.role() in (Role.StaticText, Role.Graphic) and not node.text(QAccessible.Text.Name):
                empty.append(situation)
    assert not empty


def _nodes(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    if node.state().invisible:
        return
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None:
            yield from _nodes(child)


@pytest.mark.parametrize("panel_state", ["ringing", "slow"])
def test_the_blocks_are_named_groups(panel: PanelWindow, language: Language, panel_state: str) -> None:
    panel.show_state(states.every_state(language)[panel_state])
    groups = [node for node in _nodes(face(panel)) if node.role() is Role.Grouping]
    assert groups
    assert all(node.text(QAccessible.Text.Name) for node in groups)
