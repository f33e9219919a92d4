"""Probable concerns: a rule for each, and what they say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nba_desktop.backend.journey.concerns import COMMON, probable_concerns
from nba_desktop.backend.model import TouchpointRecord
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
