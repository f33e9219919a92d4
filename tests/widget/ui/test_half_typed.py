"""What the agent has half typed stays when something else is opened, and the keyboard comes back to it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from nba_desktop.domain.contact import Tab
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.guide import GuidePage
from nba_desktop.ui.panel.knowledge import KnowledgePage
from nba_desktop.ui.panel.note import NoteLine
from nba_desktop.ui.panel.objections import ObjectionsPage
from nba_desktop.ui.panel.overlays import Overlays
from nba_desktop.ui.panel.reasons import ReasonsSheet
from nba_desktop.ui.panel.window import PanelWindow
from tests.fakes.desk import Desk
from tests.widget.ui.looking import part, settle


@pytest.fixture
def desk(window: PanelWindow) -> Desk:
    """An agent in a call whose panel shows at once what he does."""
    desk = Desk()
    desk.answer_call()
    desk.authenticate()
    desk.solve()
    session = desk.session
    for signal, command in (
        (window.follow_up_begun, session.promises.begin),
        (window.follow_up_words_entered, session.promises.enter_words),
        (window.follow_up_time_entered, session.promises.enter_time),
        (window.group_opened, session.open_group),
        (window.input_entered, session.enter_input),
        (window.note_written, session.write_note),
        (window.note_drafted, session.draft_note),
        (window.tab_selected, session.select_tab),
        (window.consent_toggled, session.consents.toggle),
        (window.customer_words_entered, session.consents.enter_words),
    ):
        signal.connect(command)
        signal.connect(lambda *_: window.show_state(session.state))
    window.show_state(session.state)
    settle()
    return desk


def press(window: PanelWindow, *keys: str) -> None:
    for key in keys:
        holder: QWidget | None = window.focusWidget()
        QTest.keySequence(holder or window, QKeySequence(key))


def line(window: PanelWindow) -> QLineEdit:
    """The line that has the keyboard."""
    holder = window.focusWidget()
    assert isinstance(holder, QLineEdit)
    return holder


@pytest.mark.parametrize("closing", ["Alt+V", "Esc"])
def test_a_half_typed_promise_is_there_when_it_is_opened_again(window: PanelWindow, desk: Desk, closing: str) -> None:
    press(window, "Alt+V")
    QTest.keyClicks(line(window), "call ba")
    press(window, closing)
    assert desk.contact().follow_up_draft is None
    press(window, "Alt+V")
    assert line(window).text() == "call ba"


def test_a_note_is_kept_when_reasons_open_over_it(window: PanelWindow, desk: Desk) -> None:
    press(window, "Alt+N")
    QTest.keyClicks(line(window), "my note")
    press(window, "Alt+3")
    assert desk.contact().open_group is not None
    press(window, "Esc", "Alt+N")
    assert desk.contact().open_group is None
    assert part(window, NoteLine).text() == "my note"


@pytest.mark.parametrize("keys", [("F1", "Ctrl+F"), ("Ctrl+,", "Ctrl+F")], ids="-".join)
def test_what_takes_anothers_place_gives_the_keyboard_back_to_the_field_before(
    window: PanelWindow, desk: Desk, keys: tuple[str, ...]
) -> None:
    press(window, "Alt+V")
    field = line(window)
    QTest.keyClicks(field, "call ba")
    press(window, *keys, "Esc")
    assert line(window) is field
    QTest.keyClicks(line(window), "ck")
    assert field.text() == "call back"


def test_the_key_of_a_tab_closes_the_drawer_over_it_and_keeps_its_words(window: PanelWindow, desk: Desk) -> None:
    press(window, "Alt+E")
    desk.session.consents.enter_words("only by post")
    press(window, "Alt+B")
    assert not part(window, ConsentDrawer).isVisible()
    assert desk.contact().tab is Tab.BENEFITS
    assert desk.contact().consent.customer_words == "only by post"


def guide_field(window: PanelWindow) -> QLineEdit:
    return next(one for one in part(window, GuidePage).findChildren(QLineEdit) if one.isVisible())


def test_nothing_is_typed_into_a_field_that_lies_under_the_reasons(window: PanelWindow, desk: Desk) -> None:
    desk.session.say_bridge()
    window.show_state(desk.session.state)
    settle()
    field = guide_field(window)
    field.setFocus()
    QTest.keyClicks(field, "12")
    press(window, "Alt+4")
    assert part(window, ReasonsSheet).isVisible()
    press(window, "A", "B")
    assert field.text() == "12"
    press(window, "Esc")
    assert line(window) is field
    QTest.keyClicks(field, "3")
    assert field.text() == "123"


def test_the_key_of_a_tab_closes_the_reasons_over_it(window: PanelWindow, desk: Desk) -> None:
    press(window, "Alt+4", "Alt+O")
    assert desk.contact().open_group is None
    assert part(window, ObjectionsPage).isAncestorOf(line(window))


@pytest.mark.parametrize("over", ["Ctrl+F", "Alt+J"])
@pytest.mark.parametrize(("key", "where"), [("Alt+C", ConcernView), ("Alt+K", KnowledgePage)])
def test_a_key_that_leads_under_what_is_open_leaves_that(
    window: PanelWindow, desk: Desk, over: str, key: str, where: type[QWidget]
) -> None:
    press(window, over, key)
    assert not part(window, Overlays).is_open
    assert part(window, where).isAncestorOf(line(window))


def test_a_digit_chooses_nothing_that_is_not_seen(window: PanelWindow, desk: Desk) -> None:
    press(window, "Alt+4", "Ctrl+F", "Alt+1")
    assert not part(window, Overlays).is_open
    assert part(window, ReasonsSheet).isVisible()
    assert desk.contact().live_responses == ()
    press(window, "Ctrl+F", "Esc", "Esc", "Ctrl+F", "Alt+4")
    assert not part(window, Overlays).is_open
    assert part(window, ReasonsSheet).isVisible()
