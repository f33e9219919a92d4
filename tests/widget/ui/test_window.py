"""The window: it takes no focus, tells no names, paints on request, and hands every click on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt, SignalInstance
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from nba_desktop.contract.codes import ChurnClass, DataField, QuietReason, ResponseCode, ResponseGroup
from nba_desktop.domain.contact import Tab
from nba_desktop.domain.key_map import USUAL
from nba_desktop.domain.panel import PanelState
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.action_card import ActionCard
from nba_desktop.ui.panel.action_tabs import ActionTabs
from nba_desktop.ui.panel.benefits import BenefitsPage
from nba_desktop.ui.panel.bridge_quote import BridgeQuote
from nba_desktop.ui.panel.consent_drawer import ConsentDrawer
from nba_desktop.ui.panel.guide import GuidePage
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.lower_commands import LowerCommands
from nba_desktop.ui.panel.receipt import ReceiptLine
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.theme import apply_theme
from tests.fakes import states
from tests.widget.ui.looking import cut_off, part, settle

STATES = states.every_state("de")


class PaintCounter(QObject):
    """Counts what is painted in a window and its children."""

    def __init__(self, window: PanelWindow) -> None:
        super().__init__(window)
        self.count = 0
        for widget in window.findChildren(QWidget):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.count += 1
        return super().eventFilter(watched, event)

    def are_over(self) -> bool:
        """Whether handling all that is pending paints nothing any more."""
        before = self.count
        for _ in range(10):  # a rich label paints itself a second time once its document is laid out
            QApplication.processEvents()
        return self.count == before


def test_the_window_takes_no_focus_from_other_programs(window: PanelWindow) -> None:
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert not window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_the_title_never_names_a_caller(window: PanelWindow) -> None:
    for state in STATES.values():
        window.show_state(state)
        assert window.windowTitle() == "NBA Desktop"


def test_nothing_is_a_dialogue_or_a_progress_bar(window: PanelWindow) -> None:
    for state in STATES.values():
        window.show_state(state)
    assert not window.findChildren(QDialog)
    assert not window.findChildren(QProgressBar)


def test_the_window_is_usable_from_the_small_size_on(window: PanelWindow) -> None:
    assert window.minimumSize() == QSize(360, 720)
    for state in STATES.values():
        window.show_state(state)
        assert window.size() == QSize(440, 940)


def test_a_picture_follows_every_state(qtbot: QtBot, new_window: PanelWindow) -> None:
    qtbot.waitExposed(new_window)
    with qtbot.waitSignal(new_window.painted):
        new_window.show_state(STATES["ringing"])
    with qtbot.waitSignal(new_window.painted):
        new_window.show_state(STATES["solved"])


def test_the_first_picture_is_told_too(qtbot: QtBot, german_formats: Formats) -> None:
    panel = PanelWindow(german_formats)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.painted):
        panel.show()


def test_a_decision_is_told_once_it_was_seen(qtbot: QtBot, new_window: PanelWindow) -> None:
    with qtbot.waitSignal(new_window.decision_painted) as seen:
        new_window.show_state(STATES["authenticated"])
    assert seen.args == [states.DECISION]


def test_the_same_state_again_paints_nothing(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["solved"])
    paints = PaintCounter(window)
    qtbot.waitUntil(paints.are_over, timeout=5000)
    before = paints.count
    window.show_state(STATES["solved"])
    window.show_state(states.helmut("de"))
    paints.are_over()
    assert paints.count == before


def test_a_control_that_leaves_gives_the_keyboard_to_the_window(window: PanelWindow) -> None:
    window.show_state(STATES["two_items_ticked"])
    confirm = next(b for b in window.findChildren(Button) if b.text() == "Legitimiert")
    confirm.setFocus()
    window.show_state(STATES["authenticated"])
    assert window.focusWidget() is window


LOWER: list[tuple[str, tuple[Any, ...]]] = [
    ("wish_toggled", ()),
    ("wish_worded", ("Elbstraße 4",)),
    ("correction_wished", (DataField.ADDRESS,)),
    ("erasure_asked", (True,)),
    ("erasure_wished", ()),
    ("action_selected", ("RET_FIX12",)),
    ("tab_selected", (Tab.BENEFITS,)),
    ("why_toggled", (True,)),
    ("bridge_said", ()),
    ("step_toggled", ("reading",)),
    ("choice_made", ("from", "later")),
    ("input_entered", ("reading", "reading", "5")),
    ("objection_raised", ("o1",)),
    ("group_opened", (ResponseGroup.DECLINED,)),
    ("response_given", (ResponseCode.THINKING,)),
    ("response_undone", (UUID(int=1),)),
    ("response_noted", (UUID(int=1), "fragt seine Frau")),
    ("follow_up_begun", (ResponseCode.THINKING,)),
    ("follow_up_words_entered", ("Freitag",)),
    ("follow_up_time_entered", (time(16, 30),)),
    ("follow_up_planned", (date(2026, 11, 13),)),
    ("follow_up_cancelled", (UUID(int=1),)),
    ("confirmation_requested", ("channel",)),
    ("proof_toggled", (True,)),
    ("note_written", ("Rückruf",)),
    ("note_drafted", ("Rückr",)),
    ("consent_toggled", (True,)),
    ("read_aloud_toggled", ("a" * 64,)),
    ("customer_words_entered", ("ja, gern",)),
    ("consent_saved", ()),
    ("withdrawal_confirmed", ()),
    ("objection_asked", (True,)),
    ("objection_confirmed", ()),
    ("wrap_up_finished", ()),
    ("left", ()),
    ("choice_taken_back", ()),
    ("worded", ("bridge", "Darf ich …?")),
    ("compact_chosen", (True,)),
    ("knowledge_searched", ("Abschlag",)),
    ("knowledge_asked_again", ()),
    ("article_opened", ("k1",)),
    ("article_closed", ()),
    ("favourite_toggled", ("k1",)),
    ("own_note_written", ("k1", "nachlesen")),
    ("decision_painted", (UUID(int=2),)),
    ("retry_requested", ("block",)),
    ("withdrawal_asked", ("purpose", "channel")),
    ("consent_answered", ("purpose", "channel", "answer")),
    ("question_toggled", ()),
    ("question_noted", ("seit Mai nicht mehr",)),
    ("questioned", ("reason",)),
]


@pytest.mark.parametrize(("name", "args"), LOWER, ids=[name for name, _ in LOWER])
def test_every_click_of_the_lower_half_is_handed_on(
    qtbot: QtBot, window: PanelWindow, name: str, args: tuple[Any, ...]
) -> None:
    lower = part(window, LowerHalf)
    source: SignalInstance = getattr(lower, name)
    with qtbot.waitSignal(getattr(window, name)) as handed:
        source.emit(*args)
    assert tuple(handed.args) == args


def test_in_another_theme_everything_stands_where_it_stood(qapp: QApplication, window: PanelWindow) -> None:
    def places() -> list[tuple[str, object]]:
        QApplication.processEvents()
        shown = (one for one in window.findChildren(QWidget) if one.isVisible())
        return [(type(one).__name__, one.geometry().getRect()) for one in shown]

    window.show_state(STATES["solved"])
    before = places()
    apply_theme(qapp, Qt.ColorScheme.Dark)
    in_dark = places()
    apply_theme(qapp, Qt.ColorScheme.Light)
    assert in_dark == before
    assert places() == before


def test_no_signal_of_the_lower_half_is_forgotten(window: PanelWindow) -> None:
    signals = {name for name, value in vars(LowerCommands).items() if type(value).__name__ == "Signal"}
    assert signals == {name for name, _ in LOWER}


def test_every_key_is_used_once_and_none_is_a_bare_letter() -> None:
    flat = list(USUAL.values())
    assert len(set(flat)) == len(flat)
    assert all(key in ("Esc", "F1") or "+" in key for key in flat)


def test_bare_letters_do_nothing(qtbot: QtBot, window: PanelWindow) -> None:
    window.show_state(STATES["solved"])
    window.setFocus()
    signals = [window.solved_marked, window.response_given, window.group_opened, window.action_selected]
    for letter in "sxnewgbok12345":
        for signal in signals:
            with qtbot.assertNotEmitted(signal):
                QTest.keyClicks(window, letter)


def test_every_button_in_the_picture_can_be_reached_by_tab(window: PanelWindow) -> None:
    window.show_state(STATES["solved"])
    window.setFocus()
    reached = set()
    for _ in range(200):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    wanted = {b for b in window.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()}
    missed = [b.text() or b.accessibleName() for b in wanted - reached]
    assert not missed


def test_two_panels_states_in_a_row_leave_no_trace_of_the_first(window: PanelWindow) -> None:
    window.show_state(STATES["solved"])
    window.show_state(replace(STATES["withheld_number"], current="i-1"))
    texts = " ".join(label.text() for label in window.findChildren(Button) if label.isVisible())
    assert "Abschlag" not in texts


def test_with_the_consent_drawer_open_the_tabulator_passes_by_what_lies_under_it(qtbot: QtBot) -> None:
    state = states.helmut("de")
    contact = state.contact
    assert contact is not None
    opened = replace(contact, consent=replace(contact.consent, open=True))
    window = PanelWindow(Formats("de", states.now))
    qtbot.addWidget(window)
    window.show()
    window.show_state(replace(state, contacts=(opened,)))
    (drawer,) = window.findChildren(ConsentDrawer)
    reached = set()
    for _ in range(60):
        QTest.keyClick(window, Qt.Key.Key_Tab)
        focused = window.focusWidget()
        assert focused is not None
        reached.add(drawer.isAncestorOf(focused))
        assert not any(card.hasFocus() for card in window.findChildren(ActionCard))
    assert reached == {True, False}


def test_the_key_of_the_consent_leads_into_the_drawer_and_esc_back(window: PanelWindow) -> None:
    closed = STATES["solved"]
    contact = closed.contact
    assert contact is not None
    opened = replace(closed, contacts=(replace(contact, consent=replace(contact.consent, open=True)),))
    window.consent_toggled.connect(lambda wanted: window.show_state(opened if wanted else closed))
    window.show_state(closed)
    field = next(b for b in window.findChildren(Button) if b.text().startswith("Gelöst"))
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    (drawer,) = window.findChildren(ConsentDrawer)
    holder = window.focusWidget()
    assert holder is not None
    assert drawer.isAncestorOf(holder)
    QTest.keyClick(holder, Qt.Key.Key_Escape)
    assert window.focusWidget() is field


def test_a_drawer_that_opens_by_itself_leaves_the_keyboard_where_it_is(window: PanelWindow) -> None:
    closed = STATES["solved"]
    contact = closed.contact
    assert contact is not None
    window.show_state(closed)
    field = next(b for b in window.findChildren(Button) if b.text().startswith("Gelöst"))
    field.setFocus()
    window.show_state(replace(closed, contacts=(replace(contact, consent=replace(contact.consent, open=True)),)))
    assert window.focusWidget() is field


def test_a_key_that_is_held_down_does_its_work_once(window: PanelWindow) -> None:
    keys = window.findChildren(QShortcut)
    assert keys
    assert not any(one.autoRepeat() for one in keys)


def chosen(name: str, **changes: Any) -> PanelState:
    """A state of the fakes with its contact changed."""
    contact = STATES[name].contact
    assert contact is not None
    return replace(STATES[name], contacts=(replace(contact, **changes),))


def test_another_tab_by_key_keeps_the_keyboard_at_the_tabs(window: PanelWindow) -> None:
    window.tab_selected.connect(lambda tab: window.show_state(chosen("solved", tab=tab)))
    window.show_state(STATES["solved"])
    guide = part(window, GuidePage)
    QTest.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    holder = window.focusWidget()
    assert holder is not None
    assert guide.isAncestorOf(holder)
    QTest.keyClick(holder, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    holder = window.focusWidget()
    assert holder is not None
    benefits = part(window, BenefitsPage)
    assert holder is benefits or benefits.isAncestorOf(holder)


def test_a_click_of_another_place_on_a_tab_leads_on_from_there(window: PanelWindow) -> None:
    window.show_state(STATES["solved"])
    field = next(
        one for one in part(window, GuidePage).findChildren(QAbstractButton) if one.isEnabled() and one.isVisible()
    )
    field.setFocus()
    assert window.focusWidget() is field
    window.show_state(chosen("solved", tab=Tab.BENEFITS))
    holder = window.focusWidget()
    assert holder is not None
    assert part(window, ActionTabs).isAncestorOf(holder)


def test_the_key_of_the_follow_up_leads_into_its_row_and_the_keyboard_stays_at_the_promise(
    window: PanelWindow,
) -> None:
    asked, planned = STATES["follow_up_asked"], STATES["follow_up_planned"]
    contact = asked.contact
    assert contact is not None
    window.follow_up_begun.connect(lambda _: window.show_state(asked))
    window.follow_up_planned.connect(lambda _: window.show_state(planned))
    window.show_state(chosen("follow_up_asked", follow_up_draft=None))
    QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    holder = window.focusWidget()
    assert isinstance(holder, QLineEdit)
    assert holder.accessibleName() == "Was vereinbart wurde, mit den Worten des Kunden"
    QTest.keyClick(holder, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    day = window.focusWidget()
    assert isinstance(day, QLineEdit)
    QTest.keyClicks(day, "31.12.")
    QTest.keyClick(day, Qt.Key.Key_Return)
    holder = window.focusWidget()
    assert isinstance(holder, QAbstractButton)
    assert holder.text() == "Streichen"


def test_a_day_promised_with_a_response_keeps_the_keyboard_at_its_receipt(window: PanelWindow) -> None:
    window.follow_up_planned.connect(lambda _: window.show_state(STATES["day_promised"]))
    window.show_state(STATES["day_asked"])
    QTest.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.AltModifier)
    day = window.focusWidget()
    assert isinstance(day, QLineEdit)
    QTest.keyClicks(day, "31.12.")
    QTest.keyClick(day, Qt.Key.Key_Return)
    holder = window.focusWidget()
    assert holder is not None
    assert part(window, ReceiptLine).isAncestorOf(holder)


def test_with_a_complaint_on_a_small_screen_bridge_and_response_row_are_in_sight(window: PanelWindow) -> None:
    contact = STATES["authenticated"].contact
    assert contact is not None
    view = contact.view
    assert view is not None
    assert view.customer is not None
    assert view.value is not None
    complaining = view.model_copy(
        update={
            "customer": view.customer.model_copy(update={"open_complaint": True}),
            "value": view.value.model_copy(update={"churn": ChurnClass.HIGH}),
            "decision": view.decision.model_copy(update={"quiet_because": (QuietReason.COMPLAINT,)}),
        }
    )
    # As low as it is below the bar of a docked panel.
    window.resize(440, 694)
    window.show_state(STATES["ringing"])
    window.show_state(chosen("authenticated", view=complaining))
    settle()
    lower = part(window, LowerHalf)
    assert not lower.page.scrolls
    quote = part(window, BridgeQuote)
    bottom = quote.mapTo(window, quote.rect().bottomLeft()).y()
    assert bottom < lower.mapTo(window, lower.rect().topLeft()).y() + lower.response_top()
    assert not cut_off(window)
    # Nothing moves back while the call goes on.
    held = part(window, GuidePage).mapTo(window, part(window, GuidePage).rect().topLeft())
    window.show_state(STATES["authenticated"])
    settle()
    assert part(window, GuidePage).mapTo(window, part(window, GuidePage).rect().topLeft()).y() <= held.y()
