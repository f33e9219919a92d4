"""Where the panel meets the CRM: its addresses asked for by click and by key, and whom it names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.domain.blocks import BlockStatus, SearchState
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.notices import NoticeBar
from nba_desktop.ui.panel.overlays import Overlays
from nba_desktop.ui.panel.search import SearchView
from nba_desktop.ui.panel.timeline import Timeline, TimelineList
from nba_desktop.ui.panel.timeline_model import TimelineModel
from nba_desktop.ui.panel.timeline_rows import Callout
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.texts.announcements import announcements
from tests.fakes import states
from tests.fakes.states.crm import CASE_URL, CUSTOMER_URL, NAMED, crm_states, in_crm
from tests.widget.ui.looking import button, has, part, sees, settle

CTRL = Qt.KeyboardModifier.ControlModifier


def asked_of(window: PanelWindow) -> list[str]:
    asked: list[str] = []
    window.crm_asked.connect(asked.append)
    return asked


def test_the_customer_is_opened_by_click_and_by_key(window: PanelWindow) -> None:
    asked = asked_of(window)
    window.show_state(states.panel("de", in_crm()))
    button(window, "(Strg+O)").click()
    QTest.keyClick(window, Qt.Key.Key_O, CTRL)
    assert asked == [CUSTOMER_URL, CUSTOMER_URL]
    assert has(window, "klärt es gern im Gespräch")


@pytest.mark.parametrize("state", [states.panel("de", in_crm(url=None)), states.every_state("de")["one_candidate"]])
def test_without_an_address_and_without_an_authenticated_caller_nothing_is_asked(
    window: PanelWindow, state: PanelState
) -> None:
    asked = asked_of(window)
    window.show_state(states.panel("de", in_crm()))
    window.show_state(state)
    QTest.keyClick(window, Qt.Key.Key_O, CTRL)
    assert asked == []


def test_the_case_of_the_contact_that_is_chosen_is_opened(window: PanelWindow) -> None:
    asked = asked_of(window)
    window.show_state(states.panel("de", in_crm()))
    part(window, Overlays).toggle_timeline()
    timeline = part(window, Timeline)
    QTest.keyClick(window, Qt.Key.Key_O, CTRL)
    for _ in range(3):
        QTest.keyClick(part(timeline, TimelineList), Qt.Key.Key_Down)
    settle()
    QTest.keyClick(window, Qt.Key.Key_O, CTRL)
    assert asked == [CUSTOMER_URL, CASE_URL]
    QTest.keyClick(part(timeline, TimelineList), Qt.Key.Key_Home)
    QTest.keyClick(window, Qt.Key.Key_O, CTRL)
    assert asked[2:] == [CUSTOMER_URL]


def test_a_media_break_opens_the_case_of_its_contact(window: PanelWindow) -> None:
    asked = asked_of(window)
    state = crm_states()["named_in_call"]
    contact = state.contact
    assert contact is not None
    assert contact.view is not None
    assert contact.view.journey is not None
    journey = contact.view.journey
    at = journey.media_breaks[0].at
    points = tuple(
        one.model_copy(update={"crm_url": CASE_URL if one.at == at else None}) for one in journey.touchpoints
    )
    journey = journey.model_copy(update={"touchpoints": points})
    window.show_state(states.panel("de", replace(contact, view=contact.view.model_copy(update={"journey": journey}))))
    part(window, Overlays).toggle_timeline()
    shown = part(window, TimelineList)
    rows = part(window, TimelineModel).rows
    place = next(place for place, row in enumerate(rows) if isinstance(row, Callout))
    shown.setCurrentIndex(shown.model().index(place, 0))
    QTest.keyClick(window, Qt.Key.Key_O, CTRL)
    assert asked == [CASE_URL]


def test_whom_the_crm_names_in_a_call_is_offered_in_one_quiet_line(qtbot: QtBot, window: PanelWindow) -> None:
    before = states.panel("de", in_crm())
    state = crm_states()["named_in_call"]
    window.show_state(state)
    notices = part(window, NoticeBar)
    assert has(notices, NAMED)
    assert not sees(window, SearchView)
    for place, signal in enumerate((window.named_looked_up, window.named_put_away)):
        shown = [one for one in notices.findChildren(Button) if one.isVisible()]
        with qtbot.waitSignal(signal):
            shown[place].click()
    window.show_state(before)
    assert not notices.isVisible()


def test_the_offer_is_said_once(language: Language) -> None:
    before = states.panel(language, in_crm(language))
    said = announcements(before, crm_states(language)["named_in_call"], Formats(language, states.now))
    assert [NAMED in one.words for one in said] == [True]
    assert not any(one.urgent for one in said)


def test_between_calls_the_search_opens_with_his_number_each_time_he_is_named(window: PanelWindow) -> None:
    ready = states.every_state("de")["no_call"]
    looking = replace(ready, search=SearchState(NAMED, BlockStatus.LOADING, named=True))
    window.show_state(ready)
    window.show_state(looking)
    search = part(window, SearchView)
    assert search.isVisible()
    assert part(search, QLineEdit).text() == NAMED
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert not search.isVisible()
    window.show_state(replace(looking, search=replace(looking.search, status=BlockStatus.READY)))
    assert not search.isVisible()
    # The CRM names him once more.
    window.show_state(looking)
    assert search.isVisible()
    assert part(search, QLineEdit).text() == NAMED


def test_the_pen_beside_the_name_asks_what_is_to_be_corrected(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(states.helmut("de"))
    with qtbot.waitSignal(window.wish_toggled):
        button(window, "(Strg+D)").click()
