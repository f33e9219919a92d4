"""Media breaks read from touchpoints."""

from __future__ import annotations

from nba_desktop.backend.journey.media_breaks import media_breaks
from tests.fakes.decisions import NOW, touchpoint


def test_an_abandoned_form_and_this_call_are_a_break() -> None:
    (one,) = media_breaks((touchpoint(1, "portal_form_abandoned", "portal", form="instalment", minutes=2),), NOW)
    assert one.code == "portal_form_then_call"
    given = {"type": "portal_form_abandoned", "form": "instalment", "minutes": 2}
    assert one.params == given | {"days": 1, "days_ago": 1, "answered": "now"}


def test_an_earlier_call_answers_an_earlier_form() -> None:
    (one,) = media_breaks(
        (touchpoint(20, "portal_form_abandoned", "portal", form="move"), touchpoint(18, "call_open", topic="move")), NOW
    )
    assert (one.params["answered"], one.params["days"]) == ("later", 2)


def test_a_form_long_before_any_call_is_none() -> None:
    assert media_breaks((touchpoint(30, "portal_form_abandoned", "portal", form="move"),), NOW) == ()


def test_a_call_transferred_twice_is_a_break_and_once_is_not() -> None:
    assert media_breaks((touchpoint(5, "call_transferred", times=1),), NOW) == ()
    (one,) = media_breaks((touchpoint(5, "call_transferred", times=2),), NOW)
    assert (one.code, one.params) == ("transferred", {"type": "call_transferred", "times": 2, "days_ago": 5})


def test_a_letter_by_post_answered_by_telephone_is_a_break_and_an_email_is_not() -> None:
    (one,) = media_breaks((touchpoint(10, "bill", "post"),), NOW)
    assert (one.code, one.params["type"], one.params["days"]) == ("letter_then_call", "bill", 10)
    assert media_breaks((touchpoint(10, "bill", "email"),), NOW) == ()


def test_one_call_answers_the_newest_of_a_kind_and_each_call_its_own() -> None:
    twice = (touchpoint(3, "chat", "chat", topic="bill"), touchpoint(2, "chat", "chat", topic="move"))
    assert [one.params["topic"] for one in media_breaks(twice, NOW)] == ["move"]
    between = (*twice, touchpoint(2.5, "call_open", topic="bill"))
    assert [one.params["topic"] for one in media_breaks(between, NOW)] == ["move", "bill"]


def test_a_missed_callback_and_an_email_are_answered_by_a_call() -> None:
    found = media_breaks(
        (touchpoint(4, "callback_missed", topic="bill"), touchpoint(6, "email_received", "email", topic="bill")), NOW
    )
    assert [one.code for one in found] == ["callback_missed_then_call", "email_then_call"]


def test_only_the_three_newest_of_the_last_sixty_days_are_told() -> None:
    many = tuple(touchpoint(day, "call_transferred", times=3) for day in (1, 10, 20, 30, 61))
    assert [one.params["days_ago"] for one in media_breaks(many, NOW)] == [1, 10, 20]


def test_what_is_still_to_come_is_no_break() -> None:
    assert media_breaks((touchpoint(-1, "call_transferred", times=3),), NOW) == ()
