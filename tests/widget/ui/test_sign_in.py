"""Nobody is signed in, or not any more: the page between calls, the line beside a call, the menu, the team's window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.panel import Notice
from nba_desktop.domain.review import ReviewState
from nba_desktop.domain.signing_in import SignInState, SignInStatus
from nba_desktop.ui.formats import Formats
from nba_desktop.ui.panel.lower import LowerHalf
from nba_desktop.ui.panel.notices import NoticeBar
from nba_desktop.ui.panel.ready import ReadyView
from nba_desktop.ui.panel.sign_in_view import SignInView
from nba_desktop.ui.panel.strip import Strip
from nba_desktop.ui.panel.window import PanelWindow
from nba_desktop.ui.panel.window_bar import WindowBar
from nba_desktop.ui.primitives.buttons import Button
from nba_desktop.ui.team.window import TeamWindow
from nba_desktop.ui.texts.announcements import announcements
from nba_desktop.ui.texts.failures import notice_words
from nba_desktop.ui.texts.sign_in_words import (
    left_words,
    review_sign_in_sentence,
    sign_in_failure,
    sign_in_notice,
    sign_in_sentence,
    sign_in_title,
    signed_in_words,
)
from tests.fakes import states
from tests.fakes.states.signing import ENDED, signing_states
from tests.widget.ui.looking import has, part, seen, sees, settle

S = SignInStatus
ALT = Qt.KeyboardModifier.AltModifier
WAITING = SignInState(S.WAITING)
NEEDED = SignInState(S.NEEDED)
FAILURES = [one for one in FailureCode if one.value.startswith("sign_in_") and one is not FailureCode.SIGN_IN_NEEDED]


def buttons(view: SignInView | NoticeBar) -> list[Button]:
    return [one for one in view.findChildren(Button) if one.isVisible()]


def test_the_page_says_what_is_to_be_done_what_went_wrong_and_what_waits(
    window: PanelWindow, language: Language
) -> None:
    for name, state in signing_states(language).items():
        window.show_state(state)
        if name == "sign_in_ended_in_call":
            assert not sees(window, SignInView)
            continue
        assert not sees(window, ReadyView)
        words, sign_in = seen(part(window, SignInView)), state.sign_in
        assert words[:2] == [sign_in_title(sign_in), sign_in_sentence(sign_in)]
        assert (left_words(3) in words) == (sign_in.left == 3)
        assert (sign_in.failure is not None) == (sign_in_failure(FailureCode.SIGN_IN_UNANSWERED) in words)


def test_button_and_key_ask_for_the_browser_and_once_more_while_it_is_open(window: PanelWindow, qtbot: QtBot) -> None:
    for state, count in ((NEEDED, 1), (WAITING, 2), (ENDED, 1)):
        window.show_state(replace(states.panel("de"), sign_in=state))
        settle()
        shown = buttons(part(window, SignInView))
        assert len(shown) == count
        with qtbot.waitSignal(window.agent_sign_in_asked):
            shown[0].click()
        with qtbot.waitSignal(window.agent_sign_in_asked):
            QTest.keyClick(window, Qt.Key.Key_L, ALT)
    window.show_state(replace(states.panel("de"), sign_in=WAITING))
    with qtbot.waitSignal(window.agent_sign_in_given_up):
        buttons(part(window, SignInView))[1].click()


def test_whoever_is_signed_in_or_needs_no_sign_in_sees_no_page(window: PanelWindow, qtbot: QtBot) -> None:
    for status in (S.OFF, S.CHECKING, S.SIGNED_IN):
        window.show_state(replace(states.panel("de"), sign_in=SignInState(status, "Anna Agent")))
        assert sees(window, ReadyView)
        with qtbot.assertNotEmitted(window.agent_sign_in_asked):
            QTest.keyClick(window, Qt.Key.Key_L, ALT)


def test_a_call_keeps_its_place_and_the_line_beside_it_leads_to_the_browser(window: PanelWindow, qtbot: QtBot) -> None:
    window.show_state(signing_states("de")["sign_in_ended_in_call"])
    settle()
    assert sees(window, LowerHalf)
    bar = part(window, NoticeBar)
    assert sign_in_notice(ENDED) in seen(bar)
    (again,) = buttons(bar)
    with qtbot.waitSignal(window.agent_sign_in_asked):
        again.click()
    with qtbot.waitSignal(window.agent_sign_in_asked):
        QTest.keyClick(window, Qt.Key.Key_L, ALT)
    window.show_state(replace(states.helmut("de"), sign_in=replace(ENDED, status=S.SIGNED_IN)))
    assert not bar.isVisible()


def test_what_was_not_stored_is_more_urgent_and_other_notices_wait(window: PanelWindow) -> None:
    state = signing_states("de")["sign_in_ended_in_call"]
    contact = state.contacts[0]
    window.show_state(replace(state, contacts=(replace(contact, failure=FailureCode.DISK_FULL),)))
    bar = part(window, NoticeBar)
    assert sign_in_notice(ENDED) not in seen(bar)
    locked = Notice(FailureCode.KEYRING_LOCKED)
    window.show_state(replace(state, notices=(locked,)))
    assert sign_in_notice(ENDED) in seen(bar)
    assert notice_words(locked) not in seen(bar)
    window.show_state(replace(states.helmut("de"), notices=(locked,)))
    assert notice_words(locked) in seen(bar)


def test_the_keyboard_stays_where_it_was_when_a_sign_in_ends_during_a_call(window: PanelWindow) -> None:
    window.show_state(states.helmut("de"))
    settle()
    QTest.keyClick(window, Qt.Key.Key_Tab)
    holder = window.focusWidget()
    window.show_state(signing_states("de")["sign_in_ended_in_call"])
    settle()
    assert window.focusWidget() is holder


@pytest.mark.parametrize("code", FAILURES)
def test_every_failure_has_a_sentence_of_its_own_kind(code: FailureCode, language: Language) -> None:
    assert language
    assert sign_in_failure(code).endswith(".")
    assert notice_words(Notice(code)).endswith(".")


def test_it_is_announced_once_and_interrupts_no_call(german_formats: Formats) -> None:
    before, page = states.panel("de"), replace(states.panel("de"), sign_in=NEEDED)
    (said,) = announcements(before, page, german_formats)
    assert (said.words, said.urgent) == (f"{sign_in_title(NEEDED)}. {sign_in_sentence(NEEDED)}", True)
    assert announcements(page, page, german_formats) == ()
    failed = replace(page, sign_in=replace(NEEDED, failure=FailureCode.SIGN_IN_CLOCK))
    assert [one.words for one in announcements(page, failed, german_formats)] == [
        sign_in_failure(FailureCode.SIGN_IN_CLOCK)
    ]
    call = states.helmut("de")
    (in_call,) = announcements(call, replace(call, sign_in=ENDED), german_formats)
    assert (in_call.words, in_call.urgent) == (sign_in_notice(ENDED), False)


def test_the_menu_names_who_is_signed_in_and_signs_out(
    window: PanelWindow, german_formats: Formats, qtbot: QtBot
) -> None:
    strip = Strip(german_formats)
    qtbot.addWidget(strip)
    bar = WindowBar(window, strip)
    name = signed_in_words("Anna && Ben")

    def entries() -> list[str]:
        return [action.text() for action in bar.menu().actions()]

    assert name not in entries()
    bar.show_sign_in(SignInState(S.SIGNED_IN, "Anna & Ben"))
    menu = bar.menu()
    place = entries().index(name)
    who, out = menu.actions()[place : place + 2]
    assert not who.isEnabled()
    with qtbot.waitSignal(bar.sign_out_chosen):
        out.trigger()
    bar.show_sign_in(ENDED)
    assert name not in entries()


def test_the_team_window_shows_nothing_before_somebody_is_signed_in_and_says_who(
    qtbot: QtBot, german_formats: Formats, german: Language
) -> None:
    assert german
    window = TeamWindow(german_formats)
    qtbot.addWidget(window)
    window.show()
    window.show_sign_in(NEEDED)
    settle()
    assert review_sign_in_sentence(NEEDED) in seen(part(window, SignInView))
    with qtbot.waitSignal(window.sign_in_asked):
        QTest.keyClick(window, Qt.Key.Key_L, ALT)
    with qtbot.waitSignal(window.sign_in_asked):
        buttons(part(window, SignInView))[0].click()
    window.show_sign_in(WAITING)
    with qtbot.waitSignal(window.sign_in_given_up):
        buttons(part(window, SignInView))[1].click()
    window.show_state(ReviewState())
    assert sees(window, SignInView)
    window.show_sign_in(SignInState(S.SIGNED_IN, "Tessa Team"))
    settle()
    assert not sees(window, SignInView)
    assert has(window, signed_in_words("Tessa Team"))
    with qtbot.waitSignal(window.sign_out_chosen):
        window._sign_out.click()
    window.show_sign_in(ENDED)
    settle()
    assert sees(window, SignInView)
    assert not has(window, signed_in_words("Tessa Team"))
