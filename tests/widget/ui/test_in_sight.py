"""What a key, a click or a wrong value brings about is in sight, however small the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.codes import FollowUpKind
from nba_desktop.contract.recommendation import GuideStep, StepInput
from nba_desktop.domain.contact import ContactState, Tab
from nba_desktop.domain.entries import FollowUpDraft
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import LinkState, Notice
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.icons import Icon
from nba_desktop.ui.panel.action_card import ActionCard
from nba_desktop.ui.panel.action_tabs import ActionTabs
from nba_desktop.ui.panel.call_bar import DetailLine
from nba_desktop.ui.panel.follow_up_row import FollowUpRow
from nba_desktop.ui.panel.guide import GuidePage
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.notices import NoticeBar
from nba_desktop.ui.panel.objections import ObjectionsPage
from nba_desktop.ui.panel.scroll_page import ScrollPage
from nba_desktop.ui.panel.step_mark import StepMark
from nba_desktop.ui.panel.typed_field import TypedField
from nba_desktop.ui.panel.why import WhyPage
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.panel.wrap_up import WrapUp
from nba_desktop.ui.theme import apply_theme
from tests.fakes import states
from tests.widget.ui.looking import button, part, settle
from tests.widget.ui.lower.contacts import chosen, in_wrap_up, with_action

NARROW = (360, 720)


def show(window: PanelWindow, contact: ContactState) -> None:
    window.show_state(states.panel("de", contact))
    settle()


def helmut() -> ContactState:
    contact = states.every_state("de")["solved"].contact
    assert contact is not None
    return contact


def is_whole(widget: QWidget) -> bool:
    """Whether all of it can be seen where it stands."""
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def press(window: PanelWindow, keys: str) -> None:
    QTest.keySequence(window, QKeySequence(keys))
    settle()


@pytest.mark.parametrize("size", [(440, 720), (440, 940), NARROW], ids=str)
def test_the_answer_to_an_objection_is_in_sight_with_it(window: PanelWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    shown = replace(helmut(), tab=Tab.OBJECTIONS)
    show(window, shown)
    second = chosen(shown).objections[1]
    show(window, replace(shown, raised=frozenset({(chosen(shown).action_id, second.objection_id)})))
    page = part(window, ObjectionsPage)
    answer = next(one for one in page.findChildren(QLabel) if one.text() == second.answer and one.isVisible())
    assert is_whole(answer)
    assert is_whole(button(page, second.phrase))


def test_a_chosen_card_is_in_sight_with_its_guide(window: PanelWindow) -> None:
    window.resize(*NARROW)
    shown = helmut()
    show(window, shown)
    window.action_selected.connect(lambda action_id: show(window, replace(shown, action_id=action_id)))
    guide = part(window, GuidePage)
    [one for one in guide.findChildren(StepMark) if one.isVisible()][-1].setFocus()
    press(window, "Ctrl+3")
    assert not guide.verticalScrollBar().value()
    assert is_whole(part(window, ActionTabs))
    assert is_whole(window.findChildren(ActionCard)[2])


def test_the_reasons_are_in_sight_once_they_are_asked_for(window: PanelWindow) -> None:
    window.resize(*NARROW)
    shown = helmut()
    show(window, shown)
    window.why_toggled.connect(lambda opens: show(window, replace(shown, why_open=opens)))
    press(window, "Alt+W")
    assert is_whole(part(window, WhyPage))


def test_the_days_of_a_follow_up_are_in_sight(window: PanelWindow) -> None:
    window.resize(*NARROW)
    shown = helmut()
    show(window, shown)
    asked = FollowUpDraft(next(iter(FollowUpKind)))
    window.follow_up_begun.connect(lambda _code: show(window, replace(shown, follow_up_draft=asked)))
    press(window, "Alt+V")
    row = next(one for one in window.findChildren(FollowUpRow) if one.isVisible())
    assert is_whole(row)
    press(window, "Ctrl+6")
    assert is_whole(row)


@pytest.mark.parametrize("size", [(440, 720), NARROW], ids=str)
def test_what_is_wrong_with_a_value_is_in_sight(window: PanelWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    asked = StepInput(name="reading", kind="integer", label="Zählerstand", minimum=0)
    steps = (
        GuideStep(step_id="say", text="Den Kunden bitten, den Zählerstand abzulesen. " * 3),
        GuideStep(step_id="read", text="Zählerstand erfragen", input=asked),
    )
    show(window, with_action(replace(helmut(), tab=Tab.GUIDE), chosen(helmut()).action_id, steps=steps))
    field = next(one for one in part(window, GuidePage).findChildren(TypedField) if one.isVisible())
    edit = part(field, QLineEdit)
    edit.setFocus()
    QTest.keyClicks(edit, "-5")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    settle()
    assert edit.accessibleDescription()
    assert is_whole(field)


@pytest.fixture
def large_text(qapp: QApplication, german_formats: Formats, qtbot: QtBot) -> Iterator[PanelWindow]:
    """The panel with text of twice the size."""
    apply_theme(qapp, Qt.ColorScheme.Light, 2.0)
    panel = PanelWindow(german_formats)
    qtbot.addWidget(panel)
    panel.resize(*NARROW)
    panel.show()
    yield panel
    panel.close()
    apply_theme(qapp, Qt.ColorScheme.Light)


def test_the_wrap_up_begins_with_its_end_in_sight_and_another_call_at_its_top(large_text: PanelWindow) -> None:
    show(large_text, helmut())
    show(large_text, in_wrap_up(helmut()))
    assert is_whole(button(part(large_text, WrapUp), "Nachbearbeitung abschließen"))
    show(large_text, replace(helmut(), contact_id=UUID(int=2)))
    assert not part(large_text, LowerHalf).page.verticalScrollBar().value()


@pytest.mark.parametrize("height", [720, 810, 940])
def test_the_wrap_up_scrolls_only_where_it_must(window: PanelWindow, height: int) -> None:
    window.resize(440, height)
    failed = states.every_state("de")["not_stored"].contact
    assert failed is not None
    show(window, in_wrap_up(failed))
    assert not part(part(window, WrapUp), ScrollPage).verticalScrollBar().maximum()


def test_a_notice_leaves_the_responses_in_reach_and_its_icon_beside_its_words(large_text: PanelWindow) -> None:
    state = states.every_state("de")["solved"]
    large_text.show_state(replace(state, notices=(Notice(FailureCode.KEYRING_LOCKED),)))
    settle()
    notice = part(large_text, NoticeBar)
    assert notice.isVisible()
    assert notice.geometry().bottom() < large_text.response_top()
    icon, words = part(notice, Icon), notice.findChildren(QLabel)[0]
    assert icon.x() < words.x()
    assert words.geometry().top() <= icon.geometry().center().y() <= words.geometry().bottom()


@pytest.mark.parametrize("size", [(440, 1000), NARROW], ids=str)
def test_a_notice_leaves_the_end_of_the_wrap_up_free(window: PanelWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    wrapping = replace(in_wrap_up(helmut()), named="K-318204")
    show(window, wrapping)
    notice, finish = part(window, NoticeBar), button(part(window, WrapUp), "Nachbearbeitung abschließen")
    assert notice.isVisible()
    assert is_whole(finish)
    assert finish.mapTo(window, finish.rect().bottomLeft()).y() < notice.mapTo(window, notice.rect().topLeft()).y()
    height = part(window, LowerHalf).page.height()
    show(window, replace(wrapping, named=None))
    assert part(window, LowerHalf).page.height() == height + notice.height()


def test_the_time_since_when_the_backend_is_away_is_said_whole(window: PanelWindow) -> None:
    window.resize(*NARROW)
    state = states.every_state("de")["solved"]
    (contact,) = state.contacts
    queue = "Privatkunden Strom und Gas mit Sondervertrag"
    contact = replace(contact, interaction=replace(contact.interaction, queue=queue))
    state = replace(state, contacts=(contact,), backend=LinkState("down", states.NOW - timedelta(minutes=3)))
    window.show_state(state)
    settle()
    line = part(window, DetailLine)
    away = next(words for words in line.text().split(" · ") if "Backend" in words)
    assert away in line.said
    assert len(line.text().split(" · ")) > len(line.said.split(" · "))
    assert line.toolTip() == line.text()
