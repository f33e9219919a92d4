"""What a telephone system does to calls, as the agent sees it: tabs, enquiries, lost lines, conversations by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.customer import Identification
from nba_desktop.contract.handover import HandedAction, HandoverDetails
from nba_desktop.domain.call import InteractionState
from nba_desktop.domain.call_event import Party
from nba_desktop.domain.entries import NoteState
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import LinkState, PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.call_bar import CallBar
from nba_desktop.ui.panel.call_tab import LEAST, CallTab
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.handover import HandoverLine, HandoverSheet
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.note import NoteLine
from nba_desktop.ui.panel.overlays import Overlays
from nba_desktop.ui.panel.ready import ReadyView
from nba_desktop.ui.panel.search import SearchView
from nba_desktop.ui.panel.window import SMALLEST, PanelWindow
from nba_desktop.ui.texts.call_words import caller_icon, caller_kind, consult_words
from tests.fakes import states
from tests.fakes.states import calls
from tests.widget.ui.looking import button, cut_off, has, outside, part, seen, sees, settle

STATES = states.every_state("de")
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def tabs(window: PanelWindow) -> list[CallTab]:
    return [tab for tab in window.findChildren(CallTab) if tab.isVisible()]


def focused() -> QWidget:
    holder = QApplication.focusWidget()
    assert holder is not None
    return holder


def with_contact(name: str, **changes: object) -> PanelState:
    contact = STATES[name].contact
    assert contact is not None
    return states.panel("de", replace(contact, **changes))  # type: ignore[arg-type]


# Several calls


def test_each_tab_says_who_and_how_the_call_stands_in_words_and_by_icon(window: PanelWindow) -> None:
    window.show_state(STATES["six_calls"])
    assert [tab.lines for tab in tabs(window)] == [
        ("Brandt", "Im Gespräch"),
        ("089 123456", "Klingelt"),
        ("Unbekannt · 0341 987654", "Rückfrage"),
        ("Nummer unterdrückt", "Gehalten"),
        ("Keine Nummer", "Weiterverbunden"),
        ("Brandt", "Konferenz"),
    ]
    whole = [tab.accessibleName() for tab in tabs(window)]
    assert whole[2] == "Unbekannt · 0341 987654 · Rückfrage (Gehalten)"
    assert len({tab.icons for tab in tabs(window)}) == 6


def test_six_tabs_all_stay_in_the_window(window: PanelWindow) -> None:
    for width in (440, 600, 1200):
        window.resize(width, 940)
        window.show_state(STATES["six_calls"])
        settle()
        shown = tabs(window)
        assert len(shown) == 6
        assert all(tab.width() >= LEAST for tab in shown)
        assert shown[-1].mapTo(window, QPoint(shown[-1].width(), 0)).x() <= width
    assert all(tab.width() >= tab.wanted_width() for tab in shown)  # the last window is wide enough for every word


def test_a_call_that_rings_keeps_its_words_where_room_is_short(window: PanelWindow) -> None:
    window.show_state(STATES["six_calls"])
    settle()
    ringing = tabs(window)[1]
    assert ringing.width() >= ringing.wanted_width()


def test_a_second_call_that_rings_is_seen_and_takes_nothing_away(window: PanelWindow) -> None:
    window.show_state(STATES["note_drafted"])
    QTest.keyClick(window, Qt.Key.Key_N, ALT)
    holder = QApplication.focusWidget()
    assert isinstance(holder, NoteLine)
    state = STATES["note_drafted"]
    ringing = STATES["two_calls"].contacts[1]
    window.show_state(replace(state, contacts=(*state.contacts, ringing)))
    assert [tab.lines[1] for tab in tabs(window)] == ["Im Gespräch", "Klingelt"]
    assert QApplication.focusWidget() is holder


def test_the_keys_go_through_the_calls_and_round(qtbot: QtBot, window: PanelWindow) -> None:
    state = STATES["six_calls"]
    window.show_state(state)
    for current, modifiers, then in (
        ("i-1", CTRL, "i-2"),
        ("i-6", CTRL, "i-1"),
        ("i-1", CTRL | SHIFT, "i-6"),
    ):
        window.show_state(replace(state, current=current))
        key = Qt.Key.Key_Backtab if modifiers & SHIFT else Qt.Key.Key_Tab
        with qtbot.waitSignal(window.call_selected) as chosen:
            QTest.keyClick(window, key, modifiers)
        assert chosen.args == [then]
    assert "Strg+Tab: nächstes Gespräch" in tabs(window)[0].toolTip()


def test_a_single_call_has_no_tabs_and_no_next(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["solved"])
    assert not tabs(window)
    with qtbot.assertNotEmitted(window.call_selected):
        QTest.keyClick(window, Qt.Key.Key_Tab, CTRL)


# How the call stands


@pytest.mark.parametrize(
    ("name", "state", "detail"),
    [
        ("consult_dialling", "Gehalten", "Rückfrage bei 202 · wird gewählt · Privatkunden Strom"),
        ("consult", "Gehalten", "Rückfrage bei 202 · im Gespräch · Privatkunden Strom"),
        ("consult_held", "Im Gespräch", "Rückfrage bei 202 · gehalten · Privatkunden Strom"),
        ("conference", "Konferenz", "Privatkunden Strom"),
        ("transferred", "Weiterverbunden", "Privatkunden Strom"),
        ("closes_by_itself", "Nachbearbeitung", "Privatkunden Strom"),
        ("by_hand", "Im Gespräch", "Ohne Anrufereignis geöffnet"),
    ],
)
def test_the_bar_says_how_the_call_stands(window: PanelWindow, name: str, state: str, detail: str) -> None:
    window.show_state(STATES[name])
    bar = seen(part(window, CallBar))
    assert state in bar
    # Where the first line has no room for the number, it begins the second.
    assert detail in [text.removeprefix("0351 2805504 · ") for text in bar]


@pytest.mark.parametrize("name", ["consult", "consult_dialling", "conference"])
def test_the_customer_stays_on_the_screen_while_a_colleague_is_asked(window: PanelWindow, name: str) -> None:
    window.show_state(STATES[name])
    assert has(window, "Helmut Brandt")


def test_an_enquiry_inside_the_house_names_the_colleague(german_formats: Formats) -> None:
    inside = replace(calls.consult(), direction="internal")
    assert "202" in consult_words(inside, german_formats)
    nobody = replace(inside, called=Party(), caller=Party(), dialled="203")
    assert "203" in consult_words(nobody, german_formats)


def test_the_wrap_up_says_when_it_closes_without_counting_down(window: PanelWindow) -> None:
    window.show_state(STATES["closes_by_itself"])
    assert has(window, "Schließt sich um 10:05 von selbst")
    window.show_state(STATES["wrap_up"])
    assert not has(window, "von selbst")


def test_the_wrap_up_is_finished_by_its_key_and_keeps_the_note(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["closes_by_itself"])
    QTest.keyClick(window, Qt.Key.Key_N, ALT)
    QTest.keyClicks(part(window, NoteLine), "ruft an")
    order: list[str] = []
    window.note_written.connect(order.append)
    window.wrap_up_finished.connect(lambda: order.append("finished"))
    QTest.keyClick(window, Qt.Key.Key_F, ALT)
    assert order == ["ruft an", "finished"]
    window.show_state(STATES["solved"])
    with qtbot.assertNotEmitted(window.wrap_up_finished):
        QTest.keyClick(window, Qt.Key.Key_F, ALT)


def test_beside_the_button_that_ends_a_call_the_number_is_read_in_the_second_line(window: PanelWindow) -> None:
    state = STATES["authenticated"]
    contact = state.contact
    assert contact is not None
    softphones = replace(contact, interaction=replace(contact.interaction, source="call_url", queue=None))
    window.show_state(replace(state, contacts=(softphones,)))
    assert has(part(window, CallBar), "0351 2805504")
    assert button(part(window, CallBar), "Gespräch beenden").isVisible()


def test_a_conversation_by_hand_is_ended_by_click_and_by_key(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["by_hand"])
    with qtbot.waitSignal(window.call_ended_by_hand):
        button(window, "Gespräch beenden").click()
    with qtbot.waitSignal(window.call_ended_by_hand):
        QTest.keyClick(window, Qt.Key.Key_Q, ALT)
    window.show_state(STATES["solved"])
    assert "Beenden" not in seen(window)
    with qtbot.assertNotEmitted(window.call_ended_by_hand):
        QTest.keyClick(window, Qt.Key.Key_Q, ALT)


# The links


def test_a_lost_telephone_system_is_said_in_the_call_and_moves_nothing(window: PanelWindow) -> None:
    for size in ((440, 940), SMALLEST):
        window.resize(*size)
        window.show_state(STATES["solved"])
        settle()
        places = [part(window, kind) for kind in (CallBar, CustomerView, ConcernView, LowerHalf)]
        before = [place.geometry() for place in places]
        top = window.response_top()
        window.show_state(STATES["link_down_in_call"])
        settle()
        words = "Keine Telefonanlage seit 10:01: Anrufe können fehlen"
        assert has(part(window, CallBar), words)
        assert window.response_top() == top
        assert [place.geometry() for place in places] == before


def test_a_lost_backend_is_said_in_the_call(window: PanelWindow) -> None:
    window.show_state(STATES["backend_down_in_call"])
    assert has(part(window, CallBar), "Kein Backend seit 10:01 · Privatkunden Strom")


def test_a_link_lost_on_another_day_names_the_day(window: PanelWindow) -> None:
    lost = LinkState("down", states.NOW - timedelta(days=2))
    window.show_state(replace(STATES["no_call"], telephony=lost))
    assert has(window, "Keine Telefonanlage seit 8. Nov, 10:03")


def test_the_ready_view_says_when_anything_was_last_reported(window: PanelWindow) -> None:
    window.show_state(STATES["reported"])
    assert has(window, "Kein Gespräch. Das nächste erscheint hier von selbst.")
    assert has(window, "Zuletzt von der Telefonanlage gemeldet: 09:57")
    window.show_state(STATES["no_call"])
    assert not has(window, "Zuletzt")


def test_no_event_unknown_withheld_missing_and_a_lost_line_are_five_things(window: PanelWindow) -> None:
    said = {
        "reported": "Kein Gespräch.",
        "unknown_number": "Unbekannte Nummer",
        "withheld_number": "Nummer unterdrückt",
        "no_number": "Keine Nummer übermittelt",
        "link_down_ready": "Keine Telefonanlage seit 10:01",
    }
    for name in said:
        window.show_state(STATES[name])
        assert {other for other, words in said.items() if has(window, words)} == {name}
    contacts = [STATES[name].contact for name in ("unknown_number", "withheld_number", "no_number", "solved")]
    icons = [caller_icon(caller_kind(contact)) for contact in contacts if contact is not None]
    assert len(set(icons)) == 4


def test_whoever_is_not_signed_in_can_do_so_in_place(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["sign_in_needed"])
    assert has(window, "Sie sind nicht an der Telefonanlage angemeldet.")
    with qtbot.waitSignal(window.sign_in_requested):
        button(window, "Anmelden").click()
    with qtbot.waitSignal(window.sign_in_requested):
        QTest.keyClick(window, Qt.Key.Key_L, ALT)
    window.show_state(replace(STATES["no_call"], telephony=LinkState("down", failure=FailureCode.LOGIN_REFUSED)))
    assert "Anmelden" not in seen(window)
    with qtbot.assertNotEmitted(window.sign_in_requested):
        QTest.keyClick(window, Qt.Key.Key_L, ALT)


# The search at all times


def test_a_customer_is_opened_without_a_call_event(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["no_call"])
    button(part(window, ReadyView), "Kunden suchen").click()
    search = part(window, SearchView)
    assert search.isVisible()
    with qtbot.waitSignal(window.search_requested) as asked:
        QTest.keyClicks(focused(), "brandt")
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert asked.args == ["brandt"]
    window.show_state(STATES["search_without_call"])
    hit = button(search, "Brandt, Ilse")
    assert hit.accessibleDescription() == "Ohne Anrufereignis öffnen"
    with qtbot.waitSignal(window.hit_attached) as attached:
        hit.click()
    assert attached.args == ["c-777"]
    assert not search.isVisible()


def test_a_call_that_comes_leaves_the_search_open_and_the_keyboard_in_it(window: PanelWindow) -> None:
    window.show_state(STATES["no_call"])
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    field = focused()
    QTest.keyClicks(field, "bran")
    window.show_state(STATES["ringing"])
    assert part(window, SearchView).isVisible()
    assert QApplication.focusWidget() is field
    assert field.property("text") == "bran"


def test_another_customer_is_only_bound_after_a_second_click_elsewhere(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["search_authenticated"])
    QTest.keyClick(window, Qt.Key.Key_F, CTRL)
    search = part(window, SearchView)
    hit = button(search, "Brandt, Ilse")
    assert hit.accessibleDescription() == "Diesem Gespräch anstelle von Helmut Brandt zuordnen"
    with qtbot.assertNotEmitted(window.hit_attached):
        hit.click()
        hit.click()
    assert has(search, "Diesem Gespräch Brandt, Ilse anstelle von Helmut Brandt zuordnen?")
    confirm = button(search, "Brandt, Ilse stattdessen zuordnen")
    assert not confirm.geometry().intersects(hit.geometry().translated(hit.mapTo(search, QPoint()) - hit.pos()))
    with qtbot.waitSignal(window.hit_attached) as attached:
        confirm.click()
    assert attached.args == ["c-777"]


def test_the_question_can_be_read_whatever_the_customers_are_called(window: PanelWindow) -> None:
    window.resize(*SMALLEST)
    name = {"first_name": "Maximiliane", "last_name": "Pohl-Schwarzenberger"}
    view = states.helmut_view().model_copy(update={"customer": states.helmut_customer().model_copy(update=name)})
    other = calls.hits()[1].model_copy(update={"display_name": "Freifrau von und zu Oberursel-Bommersheim, Annelotte"})
    contact = replace(states.contact_of(view), search=replace(calls.found(), hits=(other,)))
    window.show_state(states.panel("de", contact))
    part(window, Overlays).open_search()
    search = part(window, SearchView)
    button(search, "Freifrau").click()
    settle()
    assert has(search, "anstelle von Maximiliane Pohl-Schwarzenberger zuordnen?")
    assert button(search, "Nein, Maximiliane Pohl-Schwarzenberger behalten").hasFocus()
    assert not cut_off(search)
    assert not outside(search)


def test_the_question_is_taken_back_by_esc_and_then_the_search_is_left(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["search_authenticated"])
    part(window, Overlays).open_search()
    search = part(window, SearchView)
    button(search, "Brandt, Ilse").click()
    for open_still, asked in ((True, False), (False, False)):
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
        assert search.isVisible() is open_still
        assert has(search, "anstelle von Helmut Brandt zuordnen?") is asked


def test_the_question_goes_when_the_customer_it_was_about_does(window: PanelWindow) -> None:
    window.show_state(STATES["search_authenticated"])
    part(window, Overlays).open_search()
    search = part(window, SearchView)
    button(search, "Brandt, Ilse").click()
    window.show_state(with_contact("search_authenticated", search=replace(calls.found(), hits=calls.hits()[:1])))
    assert not has(search, "zuordnen?")


def test_the_customer_who_is_bound_already_is_not_bound_again(qtbot: QtBot, window: PanelWindow) -> None:
    own = calls.hits()[0].model_copy(update={"customer_id": "c-helmut"})
    window.show_state(with_contact("search_authenticated", search=replace(calls.found(), hits=(own,))))
    part(window, Overlays).open_search()
    hit = button(part(window, SearchView), "Brandt, Helmut")
    assert hit.accessibleDescription() == "Diesem Gespräch bereits zugeordnet"
    with qtbot.assertNotEmitted(window.hit_attached):
        hit.click()
    assert not part(window, SearchView).isVisible()


# Who is calling


def test_a_habit_is_one_of_the_reasons(window: PanelWindow) -> None:
    window.show_state(STATES["household"])
    assert has(window, "Helmut Brandt · K-•••776 · Festnetznummer · ruft meist an")
    assert has(window, "Ilse Brandt · K-•••777 · Mobilnummer · ruft meist auf diesem Weg an")
    window.show_state(STATES["household_chosen"])
    assert has(window, "Möglicher Anrufer: Mobilnummer · ruft meist auf diesem Weg an · 0 von 2 richtig")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("vouched_by_colleague", "Von Ihrem Kollegen legitimiert – bitte mit einer Taste bestätigen"),
        ("vouched_by_voice_menu", "Im Sprachmenü legitimiert – bitte mit einer Taste bestätigen"),
    ],
)
def test_who_is_vouched_for_is_confirmed_with_one_key(qtbot: QtBot, window: PanelWindow, name: str, words: str) -> None:
    window.show_state(STATES[name])
    assert has(window, words)
    assert not has(window, "Geburtsdatum")
    with qtbot.waitSignal(window.caller_confirmed):
        QTest.keyClick(window, Qt.Key.Key_A, ALT)


def test_only_the_one_who_was_authenticated_is_vouched_for(window: PanelWindow) -> None:
    found = Identification(status="several", candidates=states.neighbours(), vouched_by="colleague")
    contact = states.contact_of(states.masked_view(identification=found))
    window.show_state(states.panel("de", replace(contact, chosen_customer="c-ilse")))
    assert has(window, "Geburtsdatum")
    assert not button(window, "Legitimiert").isEnabled()


# What a colleague had of the call


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("vouched_by_colleague", "Weiterverbunden: Dieses Gespräch hatte ein Kollege bis 09:59"),
        ("probably_transferred", "Wahrscheinlich dasselbe Gespräch, das ein Kollege bis 09:59 hatte"),
    ],
)
def test_before_authentication_one_line_says_that_a_colleague_had_the_call(
    window: PanelWindow, name: str, words: str
) -> None:
    window.show_state(STATES[name])
    assert has(window, words)
    assert not part(window, HandoverLine).isVisible()
    assert not has(window, "Abschlag")


def test_after_it_the_concern_says_what_the_colleague_left(window: PanelWindow) -> None:
    window.show_state(STATES["handover"])
    line = part(window, HandoverLine)
    assert line.accessibleName() == "Vom Kollegen: Abschlag, nicht gelöst · 1 offen · Notiz"
    window.show_state(STATES["handover_probable"])
    assert line.accessibleName().startswith("Vermutlich vom Kollegen:")
    window.show_state(STATES["solved"])
    assert not line.isVisible()


@pytest.mark.parametrize(
    ("details", "brief"),
    [
        (HandoverDetails(), "nichts erfasst"),
        (HandoverDetails(concern="bill", solved=True), "Rechnung, gelöst"),
        (HandoverDetails(note="ruft an"), "Notiz"),
        (
            HandoverDetails(
                actions=(HandedAction(action_id="A", title="Ladetarif", response=ResponseCode.DECLINED_PRICE),)
            ),
            "nichts offen",
        ),
    ],
)
def test_little_that_was_recorded_is_said_as_little(window: PanelWindow, details: HandoverDetails, brief: str) -> None:
    handover = calls.handover().model_copy(update={"details": details})
    view = states.helmut_view().model_copy(update={"handover": handover})
    window.show_state(states.panel("de", states.contact_of(view)))
    assert part(window, HandoverLine).accessibleName() == f"Vom Kollegen: {brief}"
    part(window, Overlays).toggle_handover()
    empty = "Ihr Kollege hat in diesem Gespräch nichts erfasst."
    assert has(part(window, HandoverSheet), empty) is (brief == "nichts erfasst")


def test_the_whole_of_it_opens_in_place_by_key(window: PanelWindow) -> None:
    for size in ((440, 940), SMALLEST):
        window.resize(*size)
        window.show_state(STATES["handover"])
        settle()
        top = window.response_top()
        QTest.keyClick(window, Qt.Key.Key_H, ALT)
        sheet = part(window, HandoverSheet)
        assert sheet.isVisible()
        for words in (
            "Anliegen: Abschlag, nicht gelöst",
            "Abschlag passend machen: angesprochen, Einwand „Dann zahle ich am Ende nach.“, Ergebnis offen",
            "Preisgarantie 12 Monate: angesprochen, Möchte überlegen",
            "Notiz: Möchte den Zählerstand selbst ablesen",
        ):
            assert has(sheet, words), words
        assert window.response_top() == top
        assert sheet.geometry().bottom() < top
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
        assert not sheet.isVisible()


def test_without_a_handover_its_key_does_nothing(window: PanelWindow) -> None:
    for name in ("solved", "no_call", "vouched_by_colleague"):
        window.show_state(STATES[name])
        part(window, Overlays).toggle_handover()
        assert not sees(window, HandoverSheet)


def test_another_call_closes_the_handover(window: PanelWindow) -> None:
    window.show_state(STATES["handover"])
    part(window, Overlays).toggle_handover()
    window.show_state(STATES["by_hand"])
    assert not part(window, HandoverSheet).isVisible()


# The note


def test_each_call_keeps_what_is_being_typed_for_it(qtbot: QtBot, window: PanelWindow) -> None:
    state = STATES["two_calls"]
    first, second = state.contacts
    window.show_state(state)
    QTest.keyClick(window, Qt.Key.Key_N, ALT)
    line = part(window, NoteLine)
    with qtbot.waitSignal(window.note_drafted) as drafted:
        QTest.keyClicks(line, "a")
    assert drafted.args == ["a"]
    drafting = replace(first, note=NoteState(draft="a"))
    with qtbot.assertNotEmitted(window.note_written):
        window.show_state(replace(state, contacts=(drafting, second), current="i-2"))
        assert line.text() == ""
        assert not line.isVisible()
        window.show_state(replace(state, contacts=(drafting, second), current="i-1"))
    assert line.isVisible()
    assert line.text() == "a"
    line.setFocus()
    with qtbot.waitSignal(window.note_drafted) as given_up:
        QTest.keyClick(line, Qt.Key.Key_Escape)
    assert given_up.args == [""]


# Somebody is here


def test_a_key_and_a_click_anywhere_are_told_as_a_touch(qtbot: QtBot, german_formats: Formats) -> None:
    def click(handle: QWindow) -> None:
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(9, 9))

    touches: tuple[Callable[[QWindow], None], ...] = (
        lambda handle: QTest.keyClick(handle, Qt.Key.Key_A),
        lambda handle: QTest.keyClick(handle, Qt.Key.Key_Escape),  # a shortcut of the panel
        click,
    )
    for touch in touches:
        panel = PanelWindow(german_formats)
        qtbot.addWidget(panel)
        panel.show()
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        panel.show_state(STATES["closes_by_itself"])
        with qtbot.waitSignal(panel.touched):
            touch(panel.windowHandle())
        panel.hide()


def test_a_state_that_comes_is_no_touch(qtbot: QtBot, window: PanelWindow) -> None:
    with qtbot.assertNotEmitted(window.touched):
        for state in STATES.values():
            window.show_state(state)


def test_touches_are_told_at_most_once_a_second(window: PanelWindow) -> None:
    told: list[None] = []
    window.touched.connect(lambda: told.append(None))
    for _ in range(5):
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert 1 <= len(told) <= 2  # the second only where the machine was very slow


def test_the_ended_enquiry_is_said_no_more(window: PanelWindow) -> None:
    ended = replace(calls.consult(InteractionState.CLOSED), ended_at=states.NOW)
    window.show_state(with_contact("solved", consult=ended))
    assert not has(window, "Rückfrage")


def test_the_search_is_left_once_the_caller_is_settled(window: PanelWindow) -> None:
    window.show_state(STATES["one_candidate"])
    part(window, Overlays).open_search()
    window.show_state(STATES["authenticated"])
    assert not part(window, SearchView).isVisible()
