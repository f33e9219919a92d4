"""Every situation of the lower half can be read in both languages, both schemes and on a small screen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from nba_desktop.contract.base import Language
from nba_desktop.contract.recommendation import GuideStep
from nba_desktop.domain.contact import ContactState, Phase
from nba_desktop.ui.panel.lower import LowerHalf
from tests.fakes import states
from tests.widget.ui.looking import cut_off, outside, seen, settle
from tests.widget.ui.lower.contacts import every_contact, with_action


def show(lower: LowerHalf, contact: ContactState, language: Language = "de") -> None:
    lower.show_state(contact, states.panel(language, contact))


def test_every_situation_is_painted(lower: LowerHalf) -> None:
    pictures = {}
    for name, contact in every_contact("de").items():
        show(lower, contact)
        settle()
        pictures[name] = lower.grab().toImage()
    own = [name for name in pictures if not name.startswith(("state_", "closing_", "response_"))]
    alike = {name for name in own for other in own if name != other and pictures[name] == pictures[other]}
    assert not alike


def test_no_word_of_the_other_language_is_on_the_screen(lower: LowerHalf, language: Language) -> None:
    other = {"de": (" the ", " is ", " yet", "Choose"), "en": (" der ", " ist ", "Bitte", "noch ")}[language]
    wrong = []
    for name, contact in every_contact(language).items():
        show(lower, contact, language)
        texts = seen(lower)
        # While it rings the lower half is empty, and at no other time.
        assert bool(texts) is (contact.phase is not Phase.RINGING), name
        wrong += [f"{name}: {text}" for text in texts if any(word in text for word in other)]
    assert not wrong


def test_no_widget_is_made_for_a_call(lower: LowerHalf) -> None:
    contacts = every_contact("de").values()
    for contact in contacts:
        show(lower, contact)
    made = len(lower.findChildren(QWidget))
    for contact in contacts:
        show(lower, contact)
    lower.show_state(None, states.panel("de"))
    assert len(lower.findChildren(QWidget)) == made


def test_the_usual_call_needs_no_more_widgets_than_are_ready(lower: LowerHalf) -> None:
    made = len(lower.findChildren(QWidget))
    show(lower, states.helmut_contact("de"))
    assert len(lower.findChildren(QWidget)) == made


def test_without_a_call_nothing_of_the_last_one_is_left(lower: LowerHalf) -> None:
    show(lower, every_contact("de")["consent_answered"])
    assert seen(lower)
    lower.show_state(None, states.panel("de"))
    assert seen(lower) == []


@pytest.mark.parametrize("compact", [False, True])
def test_the_response_row_stays_where_it_is(lower: LowerHalf, compact: bool) -> None:
    lower.set_compact(compact)
    lower.set_row_compact(compact)
    contacts = every_contact("de")
    show(lower, contacts["guide"])
    settle()
    top = lower.response_top()
    # What could not be stored, or was refused, may take the room that it needs to say so.
    rare = ("state_not_stored", "refused")
    for name, contact in contacts.items():
        if name not in rare and contact.phase is not Phase.RINGING:
            show(lower, contact)
            settle()
            assert lower.response_top() == top, name


def test_a_word_without_end_is_broken(lower: LowerHalf) -> None:
    endless = GuideStep(step_id="endless", text="Abschlagszahlungsplan" * 6)
    show(lower, with_action(states.helmut_contact("de"), "SRV_INSTALMENT", steps=(endless,)))
    settle()
    assert not outside(lower)
    lower.setFixedWidth(300)
    settle()
    assert not outside(lower)
    assert not cut_off(lower)
