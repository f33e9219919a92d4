"""Probable concerns: a rule for each, and what they say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nba_desktop.backend.journey.concerns import COMMON, probable_concerns
from nba_desktop.backend.model import PastConcern, TouchpointRecord
from tests.fakes.decisions import NOW, TODAY, touchpoint


def test_without_any_hint_the_common_ones_fill_the_places() -> None:
    found = probable_concerns((), {}, NOW)
    assert [one.code for one in found] == list(COMMON[:3])
    assert {one.because for one in found} == {"common"}


@pytest.mark.parametrize(
    ("one", "code", "because"),
    [
        (touchpoint(1, "portal_form_abandoned", "portal", form="bank_details"), "payment", "form_abandoned"),
        (touchpoint(9, "complaint", "email", topic="bill", case_id="c", case_open=True), "complaint", "complaint_open"),
        (touchpoint(9, "callback_missed", topic="outage"), "outage", "callback_missed"),
        (touchpoint(9, "call_open", topic="tariff", case_id="c", case_open=True), "tariff", "open_case"),
        (touchpoint(9, "payment_reminder", "post", level=1), "payment", "payment_reminder"),
        (touchpoint(9, "termination_received", "post"), "termination", "termination_received"),
        (touchpoint(9, "bill", "post"), "bill", "bill_recent"),
        (touchpoint(9, "price_letter", "post"), "price_change", "price_letter"),
        (touchpoint(9, "chat", "chat", topic="heating"), "heating", "contact_topic"),
    ],
)
def test_a_touchpoint_makes_a_concern_probable(one: TouchpointRecord, code: str, because: str) -> None:
    first = probable_concerns((one,), {}, NOW)[0]
    assert (first.code, first.because) == (code, because)
    assert first.params["days_ago"] in (1, 9)


@pytest.mark.parametrize(
    ("facts", "code", "because", "params"),
    [
        ({"supply_outage": True}, "outage", "outage_now", {}),
        (
            {"price_change_date": TODAY + timedelta(days=42)},
            "price_change",
            "price_change_ahead",
            {"effective_date": "2026-01-01", "days": 42},
        ),
        ({"move_date": TODAY}, "move", "move_announced", {"move_date": "2025-11-20"}),
        ({"balance_forecast_eur": -75}, "instalment", "balance_forecast", {"amount_eur": 75, "kind": "back_payment"}),
        ({"balance_forecast_eur": 75}, "instalment", "balance_forecast", {"amount_eur": 75, "kind": "credit"}),
    ],
)
def test_a_fact_makes_a_concern_probable(
    facts: dict[str, Any], code: str, because: str, params: dict[str, Any]
) -> None:
    first = probable_concerns((), facts, NOW)[0]
    assert (first.code, first.because, first.params) == (code, because, params)


def test_hints_to_one_concern_add_up_and_the_strongest_is_named() -> None:
    found = probable_concerns(
        (
            touchpoint(2, "bill", "post"),
            touchpoint(1, "chat", "chat", topic="bill"),
            touchpoint(1, "callback_missed", topic="tariff"),
        ),
        {},
        NOW,
    )
    assert [(one.code, one.because) for one in found[:2]] == [("bill", "bill_recent"), ("tariff", "callback_missed")]


def test_a_closed_case_and_an_old_contact_say_nothing() -> None:
    closed = (
        touchpoint(9, "call_open", topic="tariff", case_id="c", case_open=True),
        touchpoint(5, "call_solved", topic="tariff", case_id="c"),
        touchpoint(50, "chat", "chat", topic="heating"),
    )
    assert {one.because for one in probable_concerns(closed, {}, NOW)} == {"common"}


def test_opened_mails_are_not_read_for_concerns() -> None:
    found = probable_concerns((touchpoint(1, "mail_opened", "email", topic="charging"),), {}, NOW)
    assert "charging" not in {one.code for one in found}


def calls(*about: str, days: int = 10) -> list[PastConcern]:
    return [PastConcern(code, NOW - timedelta(days=days)) for code in about]


@pytest.mark.parametrize(
    ("earlier", "first"),
    [
        (calls("heating"), "heating"),
        (calls("heating", "tariff", "tariff"), "tariff"),
        ([*calls("heating", "heating", days=400), *calls("tariff")], "tariff"),
        (calls("heating", days=2000), "move"),
        (calls("heating", days=-1), "move"),
    ],
    ids=["one call", "the more frequent", "the newer", "faded", "in the future"],
)
def test_what_earlier_calls_were_about_is_probable_again(earlier: list[PastConcern], first: str) -> None:
    assert probable_concerns((), {}, NOW, earlier)[0].code == first


def test_a_habit_says_how_often_and_when_last_and_adds_to_what_the_journey_says() -> None:
    earlier = calls("tariff", "tariff", "bill")
    journey = (touchpoint(1, "chat", "chat", topic="tariff"), touchpoint(9, "bill", "post"))
    assert probable_concerns((), {}, NOW, earlier)[0].params == {"times": 2, "days_ago": 10}
    assert [one.code for one in probable_concerns(journey, {}, NOW)][:2] == ["bill", "tariff"]
    habit = probable_concerns(journey, {}, NOW, calls(*["tariff"] * 6))
    assert [(one.code, one.because) for one in habit][:2] == [("tariff", "contact_topic"), ("bill", "bill_recent")]


def test_no_habit_is_stronger_than_what_is_going_on() -> None:
    habit = calls(*["tariff"] * 100)
    assert probable_concerns((touchpoint(9, "bill", "post"),), {}, NOW, habit)[0].code == "bill"


@pytest.mark.parametrize(("days", "told"), [(28, True), (29, False)])
def test_a_price_letter_is_a_reason_for_four_weeks(days: int, told: bool) -> None:
    found = probable_concerns((touchpoint(days, "price_letter", "post"),), {}, NOW)
    assert ("price_letter" in {one.because for one in found}) is told


def test_an_announced_price_change_says_more_than_its_letter() -> None:
    facts = {"price_change_date": TODAY + timedelta(days=42)}
    first = probable_concerns((touchpoint(9, "price_letter", "post"),), facts, NOW)[0]
    assert (first.code, first.because) == ("price_change", "price_change_ahead")
