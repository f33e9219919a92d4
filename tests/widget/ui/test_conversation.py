"""The upper half follows the conversation: who is on the line, what he calls about, why nothing is sold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import CallFlag, FollowUpKind, QuietReason, Speaker
from nba_desktop.domain.call_event import Party
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.domain.entries import ConcernOutcome, FollowUpDraft
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.call_bar import CallBar
from nba_desktop.ui.panel.concern import ConcernView
from nba_desktop.ui.panel.concern_field import ConcernSearch
from nba_desktop.ui.panel.customer import CustomerView
from nba_desktop.ui.panel.identification import IdentificationView
from nba_desktop.ui.panel.journey_strip import JourneyStrip
from nba_desktop.ui.panel.quiet_line import QuietLine
from nba_desktop.ui.panel.responses import ResponseRow
from nba_desktop.ui.panel.security_items import SecurityItems
from nba_desktop.ui.panel.speaker import SpeakerView
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.primitives.blocks import Section
from nba_desktop.ui.texts.call_words import caller_words
from nba_desktop.ui.texts.concerns import outcome_word
from nba_desktop.ui.texts.customer_words import level_words, speaker_limits, speaker_words
from nba_desktop.ui.texts.phase_words import phase_word
from nba_desktop.ui.texts.quiet_words import flag_word, quiet_reason
from tests.fakes import states
from tests.fakes.states.conversation import FOLLOW_UP
from tests.widget.ui.conftest import spoken
from tests.widget.ui.looking import button, has, part, seen

STATES = states.every_state("en")
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def english(qapp: QApplication) -> Iterator[Language]:
    yield from spoken(qapp, "en")


@pytest.fixture
def panel(qtbot: QtBot, english: Language, light: None) -> PanelWindow:
    shown = PanelWindow(Formats(english, states.now))
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


@pytest.fixture
def customer(qtbot: QtBot, english: Language, light: None) -> CustomerView:
    """The customer's place alone: a whole panel takes its time."""
    shown = CustomerView(Formats(english, states.now))
    qtbot.addWidget(shown)
    shown.resize(440, 300)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


@pytest.fixture
def concern(qtbot: QtBot, english: Language, light: None) -> ConcernView:
    """The concern's place alone."""
    shown = ConcernView(Formats(english, states.now))
    qtbot.addWidget(shown)
    shown.resize(440, 200)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def contact(name: str) -> ContactState:
    found = STATES[name].contact
    assert found is not None
    return found


def show(view: CustomerView | ConcernView, name: str) -> None:
    if isinstance(view, CustomerView):
        view.show_state(contact(name))
    else:
        view.show_state(contact(name), states.concerns("en"))


# Authentication


def test_each_item_is_open_right_or_wrong_in_words(customer: CustomerView) -> None:
    show(customer, "item_failed")
    items = seen(part(customer, SecurityItems))
    assert "Customer number K-104 776 – right" in items
    assert "Meter number ••••4711 – wrong" in items
    assert "Date of birth ••.••.1950 – open" in items
    assert has(customer, "Possible caller: home number · 1 of 2 right, 1 wrong")


def test_a_wrong_answer_is_told_once_and_stays_until_it_is_corrected(qtbot: QtBot, customer: CustomerView) -> None:
    show(customer, "item_failed")
    with qtbot.waitSignal(customer.item_failed) as failed:
        button(customer, "Date of birth ••.••.1950 was answered wrongly").click()
    assert failed.args == ["birth_date"]
    wrong = button(customer, "Meter number ••••4711 – wrong")
    assert not wrong.isEnabled()
    assert wrong.accessibleDescription() == "Recorded; it cannot count unless you correct it."
    with qtbot.waitSignal(customer.item_corrected) as corrected:
        button(customer, "Meter number ••••4711 was not answered wrongly").click()
    assert corrected.args == ["meter_no"]


def test_a_locked_call_says_what_is_still_possible(qtbot: QtBot, customer: CustomerView) -> None:
    show(customer, "locked")
    assert has(customer, "Nobody can be authenticated in this call any more")
    assert has(customer, "general information")
    assert not has(customer, "Authenticated")
    assert not button(customer, "IBAN, last 4 digits ••02 – open").isEnabled()
    # What this contact did not note is a colleague's word.
    wrong = button(customer, "Meter number ••••4711 – wrong")
    assert wrong.accessibleDescription() == "Recorded; it cannot count in this call any more."
    assert not [one for one in seen(part(customer, SecurityItems)) if "not answered" in one]
    with qtbot.assertNotEmitted(customer.caller_confirmed):
        customer.confirm()
    assert button(customer, "Another customer").isEnabled()


def test_whoever_was_authenticated_in_this_very_call_is_confirmed_also_when_it_is_locked(
    qtbot: QtBot, customer: CustomerView
) -> None:
    locked = contact("locked")
    assert locked.view is not None
    known = locked.view.identification.model_copy(update={"vouched_by": "colleague"})
    customer.show_state(replace(locked, view=locked.view.model_copy(update={"identification": known})))
    assert not has(customer, "Nobody can be authenticated")
    with qtbot.waitSignal(customer.caller_confirmed):
        customer.confirm()


def test_who_authenticated_the_caller_is_said(customer: CustomerView) -> None:
    show(customer, "authenticated_by_menu")
    assert "authenticated by the voice menu" in seen(customer)


# Somebody else is speaking


def test_who_is_speaking_is_asked_in_place_with_the_limits_of_each(qtbot: QtBot, panel: PanelWindow) -> None:
    panel.show_state(STATES["one_candidate"])
    QTest.keyClick(panel, Qt.Key.Key_R, ALT)
    chosen = button(panel, "The customer")
    assert chosen.hasFocus()
    assert chosen.isChecked()
    row = button(panel, "Representative, authority proven")
    assert row.accessibleDescription() == speaker_limits(Speaker.REPRESENTATIVE)
    with qtbot.waitSignal(panel.speaker_named) as named:
        row.click()
    assert named.args == [Speaker.REPRESENTATIVE]


def test_esc_leaves_the_question_and_nothing_else(qtbot: QtBot, panel: PanelWindow) -> None:
    panel.show_state(STATES["authenticated"])
    button(panel, "Somebody else is speaking (Alt+R)").click()
    assert has(panel, "Who is speaking?")
    with qtbot.assertNotEmitted(panel.left):
        QTest.keyClick(button(panel, "The customer"), Qt.Key.Key_Escape)
    assert not has(panel, "Who is speaking?")
    assert panel.focusWidget() is panel


@pytest.mark.parametrize(("name", "speaker"), [("representative", "REPRESENTATIVE"), ("unauthorised", "UNAUTHORISED")])
def test_whoever_else_speaks_is_said_with_the_limits_and_can_be_changed(
    qtbot: QtBot, customer: CustomerView, name: str, speaker: str
) -> None:
    show(customer, name)
    who = Speaker[speaker]
    line = f"{speaker_words(who)} – {speaker_limits(who)}"
    assert line in seen(part(customer, SpeakerView))
    assert not has(customer, "Customer value")
    button(customer, "Change who is speaking").click()
    with qtbot.waitSignal(customer.speaker_named) as named:
        button(customer, "The customer").click()
    assert named.args == [Speaker.CUSTOMER]


def test_whoever_has_no_authority_is_not_asked_what_only_the_customer_knows(customer: CustomerView) -> None:
    show(customer, "unauthorised")
    assert has(customer, "identified, not authenticated")
    assert not part(customer, SecurityItems).isVisible()
    assert not has(customer, "Authenticated")


def test_without_a_customer_in_question_nobody_speaks_for_him(panel: PanelWindow) -> None:
    panel.show_state(STATES["unknown_number"])
    QTest.keyClick(panel, Qt.Key.Key_R, ALT)
    assert not part(panel, SpeakerView).isVisible()


# The concern


def test_why_the_first_concern_is_probable_stands_below_it(concern: ConcernView) -> None:
    show(concern, "authenticated")
    assert has(concern, "Instalment: Instalment abandoned in the portal yesterday")


def test_the_best_concern_is_offered_first_with_the_synonym_that_found_it(qtbot: QtBot, concern: ConcernView) -> None:
    show(concern, "authenticated")
    concern.open_search()
    QTest.keyClicks(part(concern, ConcernSearch), "monthly")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    model = popup.model()  # type: ignore[attr-defined]  # it is a list view
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Instalment – monthly payment"]
    with qtbot.waitSignal(concern.concern_chosen) as chosen:
        QTest.keyClick(popup, Qt.Key.Key_Return)
    assert chosen.args == ["instalment"]


def test_a_concern_chosen_in_the_list_is_told_once(qtbot: QtBot, concern: ConcernView) -> None:
    show(concern, "authenticated")
    concern.open_search()
    QTest.keyClicks(part(concern, ConcernSearch), "m")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    told: list[str] = []
    concern.concern_chosen.connect(told.append)
    for _ in range(2):
        QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert told == ["meter_reading"]


def test_a_search_without_a_find_says_so(concern: ConcernView) -> None:
    show(concern, "authenticated")
    concern.open_search()
    QTest.keyClicks(part(concern, ConcernSearch), "qqq")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    index = popup.model().index(0, 0)  # type: ignore[attr-defined]  # it is a list view
    assert index.data() == "Nothing found. Try another word."
    assert not index.flags() & Qt.ItemFlag.ItemIsSelectable


def test_the_concerns_before_stand_there_with_their_outcomes(qtbot: QtBot, concern: ConcernView) -> None:
    show(concern, "several_concerns")
    assert {"Move: solved", "Meter reading: not solved"} <= set(seen(concern))
    with qtbot.waitSignal(concern.concern_chosen) as again:
        button(concern, "Meter reading: not solved").click()
    assert again.args == ["meter_reading"]
    button(concern, "Further concern").click()
    assert part(concern, ConcernSearch).hasFocus()


def test_a_further_concern_is_offered_once_the_present_one_has_an_outcome(concern: ConcernView) -> None:
    show(concern, "concern_chosen")
    assert not has(concern, "Further concern")
    show(concern, "not_solved")
    assert has(concern, "Further concern")


def test_a_follow_up_is_promised_by_two_keys(qtbot: QtBot, panel: PanelWindow) -> None:
    panel.show_state(STATES["concern_chosen"])
    with qtbot.waitSignal(panel.follow_up_begun) as begun:
        QTest.keyClick(panel, Qt.Key.Key_V, ALT)
    assert begun.args == [None]
    panel.show_state(STATES["follow_up_asked"])
    with qtbot.assertNotEmitted(panel.group_opened), qtbot.waitSignal(panel.follow_up_planned) as planned:
        QTest.keyClick(panel, Qt.Key.Key_2, ALT)
    assert planned.args == [states.NOW.date().replace(day=11)]


def test_esc_puts_the_question_for_the_day_away(qtbot: QtBot, panel: PanelWindow) -> None:
    panel.show_state(STATES["follow_up_asked"])
    with qtbot.waitSignal(panel.follow_up_begun) as left, qtbot.assertNotEmitted(panel.left):
        QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert left.args == [None]


def test_a_planned_follow_up_is_the_concerns_outcome_and_can_be_taken_back(qtbot: QtBot, concern: ConcernView) -> None:
    show(concern, "follow_up_planned")
    assert button(concern, "Follow-up").isChecked()
    assert not button(concern, "Not solved").isChecked()
    assert has(concern, "Follow-up: Fri, 13 November at 14:30")
    with qtbot.waitSignal(concern.follow_up_cancelled) as cancelled:
        button(concern, "Cancel: Follow-up").click()
    assert cancelled.args == [FOLLOW_UP]


def test_a_promise_says_to_whom_it_goes_while_nobody_is_identified(concern: ConcernView) -> None:
    draft = FollowUpDraft(FollowUpKind.CONCERN)
    shown = replace(contact("one_candidate"), follow_up_draft=draft)
    concern.show_state(shown, states.concerns("en"))
    number = caller_words(shown.interaction.other, Formats("en", states.now))
    assert has(concern, f"Nobody is identified: this goes to {number}, not to a customer.")
    withheld = replace(shown, interaction=replace(shown.interaction, caller=Party(presentation="restricted")))
    concern.show_state(withheld, states.concerns("en"))
    assert has(concern, "Nobody is identified and no number is known")
    show(concern, "follow_up_asked")
    assert not has(concern, "Nobody is identified")


def test_the_day_of_a_response_is_not_asked_for_beside_the_concern(concern: ConcernView) -> None:
    show(concern, "follow_up_of_response")
    assert not has(concern, "on which day?")


# Quiet


def test_what_keeps_a_call_quiet_is_toggled_and_what_the_data_say_is_fixed(qtbot: QtBot, panel: PanelWindow) -> None:
    panel.show_state(STATES["quiet"])
    QTest.keyClick(panel, Qt.Key.Key_M, ALT)
    assert not button(panel, "Outage, from the customer’s data").isEnabled()
    assert has(panel, "From the customer’s data: Outage.")
    complaint = button(part(panel, ConcernView), "Complaint")
    assert complaint.isChecked()
    assert complaint.hasFocus()
    with qtbot.waitSignal(panel.flag_toggled) as toggled:
        button(panel, "Vulnerable customer").click()
    assert toggled.args == [CallFlag.VULNERABLE]
    QTest.keyClick(complaint, Qt.Key.Key_Escape)
    assert not has(panel, "Vulnerable customer")


def test_what_a_colleague_noticed_is_said_to_be_from_before_and_can_be_taken_back(
    qtbot: QtBot, panel: PanelWindow
) -> None:
    contact = states.every_state("en")["handover"].contact
    assert contact is not None
    assert contact.view is not None
    assert contact.view.handover is not None
    flags = {"flags": (CallFlag.OUTAGE,)}
    view = contact.view.model_copy(update={**flags, "handover": contact.view.handover.model_copy(update=flags)})
    panel.show_state(states.panel("en", replace(contact, view=view)))
    QTest.keyClick(panel, Qt.Key.Key_M, ALT)
    assert has(panel, "Noticed earlier in this call: Outage.")
    assert not has(panel, "From the customer’s data")
    outage = button(part(panel, ConcernView), "Outage")
    assert outage.isChecked()
    with qtbot.waitSignal(panel.flag_toggled) as toggled:
        outage.click()
    assert toggled.args == [CallFlag.OUTAGE]


def test_a_quiet_call_says_why_over_the_actions(panel: PanelWindow) -> None:
    panel.show_state(STATES["quiet"])
    line = part(panel, QuietLine)
    assert seen(line) == [
        "Nothing is sold in this call: a complaint is open, there is an outage. Service stays.",
    ]
    panel.show_state(STATES["authenticated"])
    assert not line.isVisible()


# Phases


def test_while_it_rings_nothing_competes_with_who_may_be_calling(panel: PanelWindow) -> None:
    ringing = replace(contact("one_candidate"), interaction=contact("ringing").interaction)
    assert ringing.phase is Phase.RINGING
    panel.show_state(states.panel("en", ringing))
    assert has(panel, "Helmut Brandt")
    assert has(panel, "Possible caller: home number")
    for quiet in (SecurityItems, JourneyStrip, ConcernView, ResponseRow):
        assert not part(panel, quiet).isVisible(), quiet
    assert not has(part(panel, IdentificationView), "Another customer")
    panel.show_state(STATES["one_candidate"])
    for shown in (SecurityItems, JourneyStrip, ConcernView, ResponseRow):
        assert part(panel, shown).isVisible(), shown


def test_a_key_while_it_rings_acts_on_the_call_that_rings(qtbot: QtBot, panel: PanelWindow) -> None:
    panel.show_state(STATES["authenticated"])
    with qtbot.waitSignal(panel.group_opened):
        QTest.keyClick(panel, Qt.Key.Key_2, ALT)
    panel.show_state(replace(STATES["authenticated"], contacts=(), current=None))
    panel.show_state(STATES["ringing"])
    with qtbot.assertNotEmitted(panel.group_opened), qtbot.assertNotEmitted(panel.response_given):
        QTest.keyClick(panel, Qt.Key.Key_2, ALT)
    panel.show_state(STATES["one_candidate"])
    assert has(part(panel, ResponseRow), "Response to the whole call")


def test_the_phase_is_said_in_a_word_beside_the_state_of_the_call(panel: PanelWindow) -> None:
    words = {
        "one_candidate": "Greeting",
        "two_items_ticked": "Authentication",
        "authenticated": "Concern",
        "concern_chosen": "Solution",
    }
    for name, word in words.items():
        panel.show_state(STATES[name])
        assert word in seen(part(panel, CallBar)), name


def test_the_phase_does_not_repeat_the_state_of_the_call(panel: PanelWindow) -> None:
    panel.show_state(STATES["wrap_up"])
    assert seen(panel).count("Wrap-up") == 1


def test_nothing_moves_when_items_are_ticked_and_when_a_concern_is_named(panel: PanelWindow) -> None:
    for one, other in (("one_candidate", "two_items_ticked"), ("authenticated", "concern_chosen")):
        places = []
        for name in (one, other):
            panel.show_state(STATES[name])
            places.append([(view.y(), view.height()) for view in panel.findChildren(Section) if view.isVisible()])
        assert places[0] == places[1]


def test_every_word_of_a_conversation_is_another_one(language: Language) -> None:
    assert len({phase_word(phase) for phase in Phase}) == len(Phase)
    assert len({speaker_words(one) for one in Speaker} | {speaker_limits(one) for one in Speaker}) == 2 * len(Speaker)
    assert len({flag_word(flag) for flag in CallFlag}) == len(CallFlag)
    assert len({quiet_reason(reason) for reason in QuietReason}) == len(QuietReason)
    outcomes = (*ConcernOutcome, None)
    assert len({outcome_word(one) for one in outcomes}) == len(outcomes)
    by = ("colleague", "voice_menu", None)
    levels = {level_words(contact("authenticated").auth_level, one) for one in by}
    assert len(levels) == len(by)
