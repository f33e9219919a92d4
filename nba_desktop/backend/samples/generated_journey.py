"""Generated touchpoints: five to sixty over the last years, or none at all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from nba_desktop.backend.journey.types import FORMS, TOUCHPOINT_TYPES
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.base import Params
from nba_desktop.contract.codes import Experience

_TOPICS: Final = ("instalment", "bill", "meter_reading", "payment", "tariff", "contract_data", "move", "price_change")
_NO_HISTORY: Final = 1 / 12
_LONGEST_DAYS: Final = 5 * 365

# How often each type is drawn; complaints and open calls bring a case with them.
_MIX: Final = {
    "meter_reading": 12,
    "price_letter": 3,
    "call_solved": 10,
    "call_open": 3,
    "call_transferred": 3,
    "callback_kept": 2,
    "callback_missed": 1,
    "portal_login": 12,
    "portal_form_abandoned": 3,
    "portal_form_sent": 5,
    "app_login": 8,
    "photo_upload": 2,
    "chat": 4,
    "email_received": 4,
    "letter_received": 2,
    "mail_opened": 6,
    "bill": 8,
    "bill_question": 3,
    "instalment_changed": 3,
    "payment": 4,
    "payment_failed": 1,
    "payment_reminder": 2,
    "complaint": 1,
    "move_notice": 1,
    "termination_received": 0.3,
    "tariff_compared": 3,
    "outage_notice": 1,
    "appointment": 1,
    "feedback_positive": 2,
    "feedback_negative": 1,
}
_NEGATIVE: Final = {"call_open", "callback_missed", "complaint", "feedback_negative", "payment_failed"}
_POSITIVE: Final = {"callback_kept", "feedback_positive", "photo_upload", "complaint_answered"}
_BREAKS: Final = {"portal_form_abandoned", "callback_missed"}


def generated_touchpoints(
    chance: random.Random, customer_id: str, since: date, now: datetime
) -> tuple[TouchpointRecord, ...]:
    """Touchpoints between `since` and `now` in order of time: none, or 5 to 60 of them."""
    if chance.random() < _NO_HISTORY:
        return ()
    days = min((now.date() - since).days, _LONGEST_DAYS)
    wanted = min(5 + int(chance.expovariate(1 / 14)), 60)
    drawn = list(_drawn(chance, customer_id, days, now, wanted))
    drawn.sort(key=lambda one: one.at)
    return tuple(replace(one, touchpoint_id=f"{customer_id}-{place:03}") for place, one in enumerate(drawn, start=1))


def _drawn(
    chance: random.Random, customer_id: str, days: int, now: datetime, wanted: int
) -> Iterator[TouchpointRecord]:
    types, weights = list(_MIX), list(_MIX.values())
    made = 0
    while made < wanted:
        one = _touchpoint(chance, customer_id, chance.choices(types, weights)[0], days, now)
        made += 1
        answer = _answered(chance, one, now) if made < wanted else None
        if answer is not None:
            made += 1
            yield answer
            one = replace(one, case_open=True)
        yield one


def _touchpoint(chance: random.Random, customer_id: str, code: str, days: int, now: datetime) -> TouchpointRecord:
    # Recent times are fuller than old ones.
    ago = timedelta(days=int(days * chance.random() ** 2), minutes=chance.randint(1, 12 * 60))
    case = f"V-{chance.randint(10000, 99999)}" if code in {"call_open", "call_transferred", "complaint"} else None
    young = ago < timedelta(days=40)
    return TouchpointRecord(
        touchpoint_id="",
        customer_id=customer_id,
        at=now - ago,
        channel=chance.choice(TOUCHPOINT_TYPES[code].channels),
        type=code,
        params=_params(chance, code, (now - ago).date()),
        experience=_experience(chance, code),
        case_id=case,
        case_open=case is not None and young and code != "call_transferred",
        media_break=code in _BREAKS,
    )


def _answered(chance: random.Random, one: TouchpointRecord, now: datetime) -> TouchpointRecord | None:
    """What closes a case: the answer to a complaint, the call that solves what was left open."""
    code = {"complaint": "complaint_answered", "call_open": "call_solved"}.get(one.type)
    days = chance.randint(1, 25)
    at = one.at + timedelta(days=days)
    if code is None or at >= now:
        return None
    params: Params = {"topic": one.params["topic"]}
    if code == "complaint_answered":
        params["days"] = days
    channel = one.channel if one.channel in TOUCHPOINT_TYPES[code].channels else TOUCHPOINT_TYPES[code].channels[0]
    return replace(
        one,
        at=at,
        channel=channel,
        type=code,
        params=params,
        experience=Experience.POSITIVE,
        case_open=False,
        media_break=False,
    )


def _experience(chance: random.Random, code: str) -> Experience:
    if code in _NEGATIVE or (code == "call_transferred" and chance.random() < 0.7):
        return Experience.NEGATIVE
    if code in _POSITIVE or (code == "call_solved" and chance.random() < 0.5):
        return Experience.POSITIVE
    return Experience.NEUTRAL


def _params(chance: random.Random, code: str, day: date) -> Params:
    made: Params = {}
    for name in TOUCHPOINT_TYPES[code].params:
        made[name] = _param(chance, name, day)
    if code == "feedback_positive":
        made["score"] = chance.choice((4, 5))
    return made


def _param(chance: random.Random, name: str, day: date) -> str | int:
    match name:
        case "topic":
            return chance.choice(_TOPICS)
        case "form" | "of":
            return chance.choice(FORMS)
        case "minutes":
            return chance.randint(1, 9)
        case "times":
            return chance.choices((1, 2, 3), weights=(6, 3, 1))[0]
        case "score" | "level":
            return chance.choice((1, 2))
        case "days":
            return chance.randint(1, 25)
        case "kwh":
            return chance.randint(2_000, 90_000)
        case "balance_eur":
            return round(chance.gauss(-30, 140))
        case "amount_eur" | "old_eur" | "new_eur":
            return chance.randint(30, 240)
        case "effective_date" | "move_date" | "ends_on":
            return (day + timedelta(days=chance.randint(35, 60))).isoformat()
        case "product":
            return "Elbtal Strom Klassik"
    raise AssertionError(f"no sample value for the touchpoint value '{name}'")
