"""Declared rules of the journey: what they find among touchpoints and earlier calls, and how they say it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nba_desktop.backend.journey.media_breaks import breaks_among, media_breaks, rules_met
from nba_desktop.backend.journey.params import fits
from nba_desktop.backend.journey.rules import JourneyRule
from nba_desktop.backend.model import PastConcern
from tests.fakes.decisions import NOW, touchpoint

AT_ONCE = JourneyRule(
    "at_once",
    frozenset({"portal_form_abandoned"}),
    within=timedelta(hours=24),
    words={"de": "Im Portal abgebrochen {ago}.", "en": "Given up in the portal {ago}."},
)
AGAIN = JourneyRule("again", frozenset({"call_solved", "chat"}), kind="repeat", within=timedelta(days=14), same="topic")


def about(code: str, days_ago: float) -> PastConcern:
    return PastConcern(code, NOW - timedelta(days=days_ago))


def test_a_time_in_hours_is_kept_to_the_hour() -> None:
    assert media_breaks((touchpoint(1.01, "portal_form_abandoned", "portal"),), NOW, (AT_ONCE,)) == ()
    (one,) = media_breaks((touchpoint(0.99, "portal_form_abandoned", "portal"),), NOW, (AT_ONCE,), language="en")
    assert (one.code, one.sentence) == ("at_once", "Given up in the portal {ago}.")


def test_the_same_concern_again_is_told_of_touchpoints_once_the_concern_is_known() -> None:
    chat = (touchpoint(3, "chat", "chat", topic="bill"),)
    assert media_breaks(chat, NOW, (AGAIN,)) == ()
    assert media_breaks(chat, NOW, (AGAIN,), concern="move") == ()
    assert [one.code for one in media_breaks(chat, NOW, (AGAIN,), concern="bill")] == ["again"]
    assert rules_met(chat, NOW, (AGAIN,), concern="bill") == {"again"}
    assert media_breaks((touchpoint(15, "chat", "chat", topic="bill"),), NOW, (AGAIN,), concern="bill") == ()


def test_an_earlier_call_here_is_a_call_and_counts_once_though_other_systems_tell_it_too() -> None:
    chat = touchpoint(5, "chat", "chat", topic="bill")
    (one,) = media_breaks((chat,), NOW, (AGAIN,), called_about=(about("bill", 2),))
    assert (one.params["answered"], one.params["days"]) == ("later", 3)
    told = touchpoint(2, "call_solved", topic="bill")
    # The call that was told is not the repetition of itself.
    assert media_breaks((told,), NOW, (AGAIN,), called_about=(about("bill", 2.02),)) == ()


def test_of_several_rules_the_first_that_finds_something_is_said() -> None:
    usual = JourneyRule("usual", frozenset({"portal_form_abandoned"}), within=timedelta(days=7))
    form, older = touchpoint(0.5, "portal_form_abandoned", "portal"), touchpoint(2, "portal_form_abandoned", "portal")
    assert [one.code for one in media_breaks((form,), NOW, (AT_ONCE, usual))] == ["at_once"]
    assert [one.code for one in media_breaks((older,), NOW, (AT_ONCE, usual))] == ["usual"]


def test_among_touchpoints_alone_only_what_was_answered_is_a_break() -> None:
    form, call = touchpoint(3, "portal_form_abandoned", "portal"), touchpoint(2.5, "call_open")
    assert breaks_among((form,), (AT_ONCE,)) == {}
    assert breaks_among((call, form), (AT_ONCE,)) == {form.touchpoint_id: "at_once"}


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("amount_eur", 12.5, True),
        ("amount_eur", "12", False),
        ("kwh", True, False),
        ("ends_on", "2026-03-12", True),
        ("ends_on", "12.3.", False),
        ("topic", "bill", True),
        ("topic", "x" * 201, False),
        ("topic", 3, False),
        ("topic", None, True),
    ],
)
def test_a_value_is_what_its_name_says(name: str, value: object, good: bool) -> None:
    assert fits(name, value) is good
