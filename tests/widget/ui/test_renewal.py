"""The panel made anew in mid-call: what was recorded, typed, opened and chosen is there again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.domain.contact import Tab
from nba_desktop.domain.key_map import USUAL, Command, KeyMap
from nba_desktop.domain.preferences import Setup
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.language import install_language
from nba_desktop.ui.panel.bridge_quote import BridgeQuote
from nba_desktop.ui.panel.concern_field import ConcernSearch
from nba_desktop.ui.panel.guide import GuidePage
from nba_desktop.ui.panel.guide_tools import GuideTools
from nba_desktop.ui.panel.note import NoteLine
from nba_desktop.ui.panel.search import SearchView
from nba_desktop.ui.panel.timeline import Timeline
from nba_desktop.ui.panel.typed_field import TypedField
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.panel.wording_editor import WordingEditor
from nba_desktop.ui.primitives.buttons import Button
from tests.fakes import states
from tests.fakes.desk import Desk
from tests.widget.ui.looking import button, has, part, settle

Speak = Callable[[Language], None]


@pytest.fixture
def speak(qapp: QApplication, window: PanelWindow) -> Iterator[Speak]:
    """Have the window that is on the screen say everything in another language."""
    installed: list[QTranslator] = []

    def speak(language: Language) -> None:
        for translator in qapp.findChildren(QTranslator):
            qapp.removeTranslator(translator)
        installed.extend(install_language(qapp, language))
        window.renew(Formats(language, states.now), Setup(language))
        settle()

    yield speak
    for translator in installed:
        qapp.removeTranslator(translator)


@pytest.fixture
def desk(window: PanelWindow) -> Desk:
    """An agent in the middle of a call, whose clicks are recorded."""
    desk = Desk()
    session = desk.session
    for signal, command in (
        (window.note_written, session.write_note),
        (window.note_drafted, session.draft_note),
        (window.consent_toggled, session.consents.toggle),
        (window.input_entered, session.enter_input),
        (window.tab_selected, session.select_tab),
        (window.worded, session.library.word),
    ):
        signal.connect(command)
    desk.answer_call()
    desk.authenticate()
    desk.solve()
    window.show_state(session.state)
    settle()
    return desk


def test_the_language_changes_in_mid_call_and_nothing_is_lost(window: PanelWindow, desk: Desk, speak: Speak) -> None:
    session = desk.session
    wording = desk.contact().view
    assert wording is not None
    assert wording.consents is not None
    session.consents.toggle(True)
    session.consents.toggle_read_aloud(wording.consents.wordings[0].text_sha256)
    session.consents.toggle(False)
    session.toggle_step("ask")
    session.make_choice("when", "next")
    window.show_state(session.state)
    settle()
    before = desk.contact()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    QTest.keyClicks(part(window, NoteLine), "ruft morgen")
    speak("en")
    window.show_state(session.state)
    settle()
    contact = desk.contact()
    # What was typed is kept as when the agent goes on to something else.
    assert contact.note.text == "ruft morgen"
    assert replace(contact, note=before.note, seq=before.seq) == before
    assert contact.consent.read_aloud
    assert (contact.guide.done, contact.tab) == (frozenset({"ask", "when"}), Tab.GUIDE)
    assert has(window, "Solved")
    assert not has(window, "Gelöst")
    guide = part(window, GuidePage)
    assert guide.isVisible()
    assert has(guide, "Zählerstand erfragen"), "the customer's words are those of his call"
    assert button(guide, "nächster Monat").isChecked()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert part(window, NoteLine).text() == "ruft morgen"


def test_what_is_typed_and_in_no_state_is_carried_over(window: PanelWindow, desk: Desk, speak: Speak) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(part(part(window, SearchView), QLineEdit), "Brandt")
    speak("en")
    field = part(part(window, SearchView), QLineEdit)
    assert (field.text(), field.isVisible()) == ("Brandt", True)
    assert window.focusWidget() is field


def test_the_search_for_a_concern_is_carried_over(window: PanelWindow, desk: Desk, speak: Speak) -> None:
    QTest.keyClick(window, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    part(window, ConcernSearch).insert("absch")
    part(window, ConcernSearch).setModified(True)
    speak("en")
    field = part(window, ConcernSearch)
    assert (field.text(), field.isVisible()) == ("absch", True)


def test_a_sentence_that_is_being_worded_is_carried_over(window: PanelWindow, desk: Desk, speak: Speak) -> None:
    part(window, GuideTools).wording_toggled.emit(True)
    part(window, BridgeQuote).wording_asked.emit()
    QTest.keyClicks(part(part(window, WordingEditor), QPlainTextEdit), " Ja?")
    typed = part(part(window, WordingEditor), QPlainTextEdit).toPlainText()
    assert typed.endswith(" Ja?")
    speak("en")
    editor = part(window, WordingEditor)
    assert editor.isVisible()
    assert part(editor, QPlainTextEdit).toPlainText() == typed


def test_a_value_is_written_as_the_new_language_writes_it(window: PanelWindow, speak: Speak) -> None:
    window.show_state(states.helmut("de"))
    assert "18.250" in [field.text() for field in window.findChildren(QLineEdit)]
    speak("en")
    assert "18,250" in [field.text() for field in window.findChildren(QLineEdit)]


def test_a_value_that_was_refused_is_there_again_also_when_the_backend_has_answered_in_the_new_language(
    window: PanelWindow, speak: Speak
) -> None:
    state = states.helmut("de")
    window.show_state(state)
    settle()
    asked = next(one for one in part(window, GuidePage).findChildren(TypedField) if one.isVisible())
    field = part(asked, QLineEdit)
    field.setFocus()
    field.setText("１２")
    field.setModified(True)
    speak("en")
    contact = state.contact
    assert contact is not None
    assert contact.view is not None
    ranked = tuple(
        one.model_copy(
            update={
                "steps": tuple(
                    step.model_copy(update={"input": step.input.model_copy(update={"label": "In English"})})
                    if step.input
                    else step
                    for step in one.steps
                )
            }
        )
        for one in contact.recommendations
    )
    view = contact.view.model_copy(
        update={"decision": contact.view.decision.model_copy(update={"recommendations": ranked})}
    )
    window.show_state(replace(state, contacts=(replace(contact, view=view),)))
    settle()
    asked = next(one for one in part(window, GuidePage).findChildren(TypedField) if one.isVisible())
    field = part(asked, QLineEdit)
    assert (field.placeholderText(), field.text(), field.property("variant")) == ("In English", "１２", "bad")


def test_the_keyboard_is_where_it_was(window: PanelWindow, desk: Desk, speak: Speak) -> None:
    button(window, "Nicht gelöst").setFocus()
    speak("en")
    holder = window.focusWidget()
    assert isinstance(holder, Button)
    assert holder.text() == "Not solved"


def test_with_the_keyboard_in_the_window_itself_it_stays_there(window: PanelWindow, desk: Desk, speak: Speak) -> None:
    window.setFocus()
    speak("en")
    assert window.focusWidget() is window


def test_the_timeline_stays_open(window: PanelWindow, speak: Speak) -> None:
    window.show_state(states.helmut("de"))
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    speak("en")
    assert part(window, Timeline).isVisible()


def test_the_window_the_title_and_its_place_stay(window: PanelWindow, speak: Speak) -> None:
    handle, place = window.windowHandle(), window.geometry()
    speak("en")
    assert (window.windowHandle(), window.geometry(), window.windowTitle()) == (handle, place, "NBA Desktop")
    assert window.isActiveWindow()


class OwnWindows(QObject):
    """Sees every widget that comes up as a window of its own."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.seen: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_is_a_window_of_its_own_for_a_moment(qapp: QApplication, window: PanelWindow, speak: Speak) -> None:
    windows = OwnWindows(qapp)
    speak("en")
    qapp.removeEventFilter(windows)
    assert windows.seen == []


def test_the_old_views_are_gone(window: PanelWindow, speak: Speak) -> None:
    notes = window.findChildren(NoteLine)
    speak("en")
    assert len(window.findChildren(NoteLine)) == len(notes) == 1
    assert window.findChild(NoteLine) is not notes[0]


# Keys that no command has, nor anything else: F13 and on.
OTHER = {
    command: f"{modifier}F{13 + number % 12}"
    for number, command in enumerate(one for one in Command if one is not Command.CLOSE)
    for modifier in [("", "Shift+", "Ctrl+", "Alt+", "Ctrl+Shift+")[number // 12]]
}


@pytest.fixture
def other_keys() -> KeyMap:
    keys = KeyMap()
    for command, key in OTHER.items():
        keys = keys.rebound(command, key)
    return keys


@pytest.mark.parametrize("name", ["solved", "ringing", "wrap_up", "two_calls", "offline"])
def test_changed_keys_are_shown_on_every_control_and_the_usual_ones_on_none(
    window: PanelWindow, german_formats: Formats, other_keys: KeyMap, name: str
) -> None:
    window.renew(german_formats, Setup("de", keys=other_keys))
    settle()
    window.show_state(states.every_state("de")[name])
    for chosen in window.findChildren(Button):
        said = {chosen.key, *chosen.toolTip().replace("(", " ").replace(")", " ").split()}
        wrong = said & (set(USUAL.values()) - {"Esc"} | {"Strg+F", "Strg+Tab"})
        assert not wrong, f"{chosen.accessibleName()}: {wrong}"


def test_changed_keys_do_what_the_usual_ones_did(window: PanelWindow, german_formats: Formats, qtbot: QtBot) -> None:
    keys = KeyMap().rebound(Command.SOLVED, "F8")
    window.renew(german_formats, Setup("de", keys=keys))
    window.show_state(states.helmut("de"))
    with qtbot.assertNotEmitted(window.solved_marked):
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(window.solved_marked):
        QTest.keyClick(window, Qt.Key.Key_F8)
