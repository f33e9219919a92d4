"""Once something is raised, the lines of the concern leave the guide what room they can do without."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.concern_foot import ConcernFoot
from nba_desktop.ui.panel.guide import GuidePage
from nba_desktop.ui.panel.window import SIZE, SMALLEST, PanelWindow
from tests.fakes import states
from tests.widget.ui.looking import button, has, part, sees, settle

ALT = Qt.KeyboardModifier.AltModifier


def after(*, raised: bool = True, solved: bool = True) -> PanelState:
    """What is seen once the concern has its outcome."""
    contact = states.helmut_contact("de")
    addressed = contact.addressed if raised else frozenset()
    return states.panel("de", replace(contact, addressed=addressed, solved=solved))


@pytest.fixture
def opened(window: PanelWindow) -> PanelWindow:
    window.resize(*SIZE)
    return window


def test_what_is_raised_gives_the_guide_a_line_more(opened: PanelWindow) -> None:
    opened.show_state(after(raised=False))
    settle()
    before = part(opened, GuidePage).height()
    assert sees(opened, ConcernFoot)
    opened.show_state(after())
    settle()
    assert not sees(opened, ConcernFoot)
    assert part(opened, GuidePage).height() - before > opened.fontMetrics().height()


def test_what_stood_in_that_line_stands_beside_the_concern(opened: PanelWindow, qtbot: QtBot) -> None:
    opened.show_state(after())
    settle()
    concern = part(opened, ConcernView)
    with qtbot.waitSignal(concern.follow_up_begun):
        button(concern, "Wiedervorlage").click()
    button(concern, "Was in diesem Gespräch gegen Vertrieb spricht").click()
    assert has(concern, "Beschwerde")


def test_the_other_outcome_keeps_its_key_and_its_name(opened: PanelWindow, qtbot: QtBot) -> None:
    opened.show_state(after())
    settle()
    concern = part(opened, ConcernView)
    other = button(concern, "Nicht gelöst")
    assert (other.text(), other.toolTip()) == ("", "Nicht gelöst")
    with qtbot.waitSignal(opened.solved_marked) as marked:
        QTest.keyClick(opened, Qt.Key.Key_X, ALT)
    assert marked.args == [False]
    opened.show_state(after(solved=False))
    assert other.text() == "Nicht gelöst"
    assert button(concern, "Gelöst").text() == ""


def test_where_two_lines_cannot_hold_everything_nothing_moves(opened: PanelWindow) -> None:
    opened.resize(SMALLEST[0], SIZE[1])
    opened.show_state(after())
    settle()
    assert sees(opened, ConcernFoot)


def test_in_a_higher_window_the_line_stays(opened: PanelWindow) -> None:
    opened.resize(SIZE[0], 1100)
    opened.show_state(after())
    settle()
    assert sees(opened, ConcernFoot)
    assert button(opened, "Nicht gelöst").text() == "Nicht gelöst"
