"""What opens in place over the panel: the long timeline and the search for the customer; and the notices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from nba_desktop.domain.blocks import BlockStatus, SearchState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import Notice, PanelState
from nba_desktop.ui.panel.overlays import Overlays
from nba_desktop.ui.panel.search import SearchView
from nba_desktop.ui.panel.timeline import Timeline
from nba_desktop.ui.panel.window import PanelWindow
from tests.fakes import states
from tests.widget.ui.looking import button, has, part, seen, sees

STATES = states.every_state("de")
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def long_journey(count: int) -> PanelState:
    view = states.helmut_view().model_copy(update={"journey": states.helmut_journey("de", more=count)})
    return states.panel("de", states.contact_of(view))


@pytest.fixture
def timeline(window: PanelWindow) -> Timeline:
    window.show_state(long_journey(495))
    QTest.keyClick(window, Qt.Key.Key_J, ALT)
    return part(window, Timeline)


def test_opening_the_timeline_asks_for_the_whole_journey(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(long_journey(495))
    with qtbot.waitSignal(window.journey_wanted):
        QTest.keyClick(window, Qt.Key.Key_J, ALT)


def test_esc_and_the_key_leave_the_timeline(window: PanelWindow, timeline: Timeline) -> None:
    QTest.keyClick(part(timeline, QListView), Qt.Key.Key_Escape)
    assert not timeline.isVisible()
    for visible in (True, False):
        QTest.keyClick(window, Qt.Key.Key_J, ALT)
        assert timeline.isVisible() is visible


def test_esc_leaves_only_what_is_in_front(qtbot: QtBot, window: PanelWindow, timeline: Timeline) -> None:
    with qtbot.assertNotEmitted(window.why_toggled), qtbot.assertNotEmitted(window.group_opened):
        QTest.keyClick(part(timeline, QListView), Qt.Key.Key_Escape)


def test_the_timeline_leaves_the_response_row_in_reach(window: PanelWindow, timeline: Timeline) -> None:
    for height in (940, 720):
        window.resize(440, height)
        assert timeline.geometry().bottom() < window.response_top()
        assert timeline.height() > 200


def test_without_a_journey_there_is_no_timeline(window: PanelWindow) -> None:
    for name in ("one_candidate", "no_call", "failed"):
        window.show_state(STATES[name])
        part(window, Overlays).toggle_timeline()
        assert not sees(window, Timeline)


def test_another_call_closes_what_was_open(window: PanelWindow, timeline: Timeline) -> None:
    state = long_journey(3)
    assert state.contact is not None
    other = replace(state.contact, interaction=states.second_interaction())
    window.show_state(states.panel("de", other))
    assert not timeline.isVisible()


# The search


@pytest.fixture
def search(window: PanelWindow) -> SearchView:
    window.show_state(STATES["unknown_number"])
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    return part(window, SearchView)


def test_a_customer_is_searched_by_keyboard_alone(qtbot: QtBot, window: PanelWindow, search: SearchView) -> None:
    assert search.isVisible()
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "brandt")
    with qtbot.waitSignal(window.search_requested) as asked:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked.args == ["brandt"]

    window.show_state(STATES["search_results"])
    assert has(search, "Es gibt mehr, als hier gezeigt werden.")
    hit = button(search, "Brandt, Ilse · K-•••777 · 01••• Dresden · Name")
    hit.setFocus()
    with qtbot.waitSignal(window.hit_attached) as attached:
        QTest.keyClick(hit, Qt.Key.Key_Space)
    assert attached.args == ["c-777"]
    assert not search.isVisible()


def test_the_arrows_lead_through_the_customers_and_return_takes_one(window: PanelWindow, search: SearchView) -> None:
    assert search.isVisible()
    window.show_state(STATES["search_results"])
    attached: list[str] = []
    window.hit_attached.connect(attached.append)
    contact = STATES["search_results"].contact
    assert contact is not None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        focused = window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
    assert attached == [contact.search.hits[0].customer_id]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (SearchState("x", BlockStatus.LOADING), "Suche läuft …"),
        (SearchState("x", BlockStatus.READY), "Niemand gefunden."),
        (SearchState("x", BlockStatus.FAILED, FailureCode.OFFLINE), "Suche nicht möglich: keine Verbindung"),
    ],
)
def test_the_search_says_how_it_stands(window: PanelWindow, search: SearchView, found: SearchState, words: str) -> None:
    contact = STATES["unknown_number"].contact
    assert contact is not None
    window.show_state(states.panel("de", replace(contact, search=found)))
    assert has(search, words)


def test_esc_leaves_the_search(window: PanelWindow, search: SearchView) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not search.isVisible()


def test_what_was_typed_does_not_stay_for_the_next_caller(window: PanelWindow, search: SearchView) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "brandt")
    contact = STATES["unknown_number"].contact
    assert contact is not None
    window.show_state(states.panel("de", replace(contact, interaction=states.second_interaction())))
    assert not search.isVisible()
    assert field.property("text") == ""


# The notices


def test_a_notice_is_shown_until_it_is_understood(qtbot: QtBot, window: PanelWindow) -> None:
    state = replace(STATES["solved"], notices=STATES["offline"].notices)
    window.show_state(state)
    assert has(window, "Der Schlüsselbund ist gesperrt.")
    assert has(window, "1 weitere")
    with qtbot.waitSignal(window.notice_dismissed) as dismissed:
        button(window, "Verstanden: Der Schlüsselbund").click()
    assert dismissed.args == [Notice(FailureCode.KEYRING_LOCKED)]
    window.show_state(replace(state, notices=()))
    assert not has(window, "Schlüsselbund")


def test_a_failure_of_the_call_on_the_screen_comes_first_and_stays(window: PanelWindow) -> None:
    window.show_state(replace(STATES["not_stored"], notices=STATES["offline"].notices))
    assert has(window, "Der Datenträger ist voll: Ihre letzte Eingabe wurde nicht gespeichert.")
    assert "Verstanden" not in seen(window)


def test_a_notice_moves_nothing(window: PanelWindow) -> None:
    window.show_state(STATES["solved"])
    top = window.response_top()
    window.show_state(replace(STATES["solved"], notices=STATES["offline"].notices))
    assert window.response_top() == top


@pytest.mark.parametrize("key", [(Qt.Key.Key_J, ALT), (Qt.Key.Key_F, CTRL)], ids=["timeline", "search"])
def test_esc_closes_what_is_open_wherever_the_keyboard_is(
    qtbot: QtBot, window: PanelWindow, key: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    window.show_state(long_journey(5))
    QTest.keyClick(window, *key)
    overlays = part(window, Overlays)
    assert overlays.kept_open()
    window.setFocus()
    with qtbot.assertNotEmitted(window.left):
        QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not overlays.kept_open()
    with qtbot.waitSignal(window.left):
        QTest.keyClick(window, Qt.Key.Key_Escape)


def test_without_a_call_esc_closes_the_search_too(window: PanelWindow) -> None:
    window.show_state(STATES["no_call"])
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not part(window, SearchView).isVisible()


def test_the_timeline_gives_the_keyboard_back_to_where_it_was(window: PanelWindow) -> None:
    window.show_state(long_journey(5))
    solved = button(window, "Gelöst")
    solved.setFocus()
    QTest.keyClick(solved, Qt.Key.Key_J, ALT)
    QTest.keyClick(part(part(window, Timeline), QListView), Qt.Key.Key_Escape)
    assert window.focusWidget() is solved
