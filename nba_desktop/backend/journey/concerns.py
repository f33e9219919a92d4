"""Why the customer may be calling: a few rules, each of which can be said in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from nba_desktop.backend.journey.cases import open_cases
from nba_desktop.backend.journey.days import days_between, half_after_180_days
from nba_desktop.backend.model import FactValue, PastConcern, TouchpointRecord
from nba_desktop.contract.base import Params
from nba_desktop.contract.journey import ProbableConcern

SHOWN: Final = 3
COMMON: Final = ("move", "bill", "meter_reading", "instalment")
"""The most frequent contact reasons of an energy utility; they fill the places that the journey leaves open."""

_FORM_DAYS, _CASE_DAYS, _TOPIC_DAYS = 14, 90, 30
_BILL_DAYS, _REMINDER_DAYS, _NOTICE_DAYS = 30, 30, 45
_FRESH_DAYS: Final = 7
_PRICE_DAYS: Final = 56
_LETTER_DAYS: Final = 28
_BALANCE_EUR: Final = 60
_HABIT_WEIGHT: Final = 40
_PRIOR_CALLS: Final = 2

_FORM_CONCERNS: Final = {
    "instalment": "instalment",
    "meter_reading": "meter_reading",
    "move": "move",
    "bank_details": "payment",
    "contact_data": "contract_data",
    "termination": "termination",
}

_Found = tuple[int, ProbableConcern]


@dataclass(frozen=True, slots=True)
class ConcernHint:
    """A touchpoint of this type, with these of its values, that makes a concern probable for some days.

    `because` is said of it; its gaps are the touchpoint's values and `{ago}`.
    """

    type: str
    params: Mapping[str, str | int | float | bool | None]
    within_days: int
    concern: str
    weight: int
    because: str


@dataclass(frozen=True, slots=True)
class ConcernRules:
    """What a site says of its concerns: which there are (None: any), which are common, and its own hints.

    `forms` are those of its own that point to a concern when they are left half-done.
    """

    known: frozenset[str] | None = None
    common: tuple[str, ...] = COMMON
    hints: tuple[ConcernHint, ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict)


BUILT_IN_RULES: Final = ConcernRules()


def probable_concerns(
    touchpoints: tuple[TouchpointRecord, ...],
    facts: Mapping[str, FactValue],
    now: datetime,
    called_about: Sequence[PastConcern] = (),
    rules: ConcernRules = BUILT_IN_RULES,
) -> tuple[ProbableConcern, ...]:
    """Up to three concerns that the site has, the likeliest first; hints to one add up, the strongest is named.

    `called_about` is what the customer's earlier calls were about. Such a habit weighs 40 * W(c) / (W + 2), where W(c)
    are the calls about that concern and W all of them, each counted half after 180 days: at most 40, like a chat of
    this week, and the less the fewer calls there are.
    """
    past = sorted((one for one in touchpoints if one.at <= now), key=lambda one: one.at)
    weights: dict[str, int] = {}
    strongest: dict[str, _Found] = {}
    for weight, concern in (
        *_from_touchpoints(past, now, {**_FORM_CONCERNS, **rules.forms}),
        *_from_hints(past, now, rules.hints),
        *_from_facts(facts, now.date()),
        *_from_calls(called_about, now),
    ):
        code = concern.code
        if rules.known is not None and code not in rules.known:
            continue
        weights[code] = weights.get(code, 0) + weight
        if code not in strongest or weight >= strongest[code][0]:
            strongest[code] = (weight, concern)
    ranked = [strongest[code][1] for code in sorted(weights, key=lambda code: (-weights[code], code))]
    common = [ProbableConcern(code=code, because="common") for code in rules.common if code not in weights]
    return tuple([*ranked, *common][:SHOWN])


def _from_touchpoints(past: list[TouchpointRecord], now: datetime, forms: Mapping[str, str]) -> Iterator[_Found]:
    open_ids = open_cases(past)
    for one in past:
        days = days_between(one.at, now)
        ago: Params = {"days_ago": days}
        topic = one.params.get("topic")
        match one.type:
            case "portal_form_abandoned" if days <= _FORM_DAYS:
                form = str(one.params.get("form"))
                if form in forms:
                    weight = 100 if days <= 2 else 60
                    yield _found(weight, forms[form], "form_abandoned", {"form": form, **ago})
            case "complaint" if one.case_id in open_ids:
                yield _found(90, "complaint", "complaint_open", ago)
            case "callback_missed" if isinstance(topic, str) and days <= _TOPIC_DAYS:
                yield _found(80, topic, "callback_missed", ago)
            case "call_open" if isinstance(topic, str) and one.case_id in open_ids and days <= _CASE_DAYS:
                yield _found(70, topic, "open_case", ago)
            case "payment_reminder" if days <= _REMINDER_DAYS:
                yield _found(60, "payment", "payment_reminder", {"level": one.params.get("level"), **ago})
            case "termination_received" if days <= _NOTICE_DAYS:
                yield _found(60, "termination", "termination_received", ago)
            case "price_letter" if days <= _LETTER_DAYS:
                yield _found(30, "price_change", "price_letter", ago)
            case "bill" if days <= _BILL_DAYS:
                yield _found(50, "bill", "bill_recent", ago)
            case "chat" | "email_received" | "letter_received" if isinstance(topic, str) and days <= _TOPIC_DAYS:
                weight = 40 if days <= _FRESH_DAYS else 20
                yield _found(weight, topic, "contact_topic", {"type": one.type, **ago})


def _from_hints(past: list[TouchpointRecord], now: datetime, hints: Sequence[ConcernHint]) -> Iterator[_Found]:
    for one in past:
        days = days_between(one.at, now)
        for hint in hints:
            fits = hint.params.items() <= one.params.items()
            if one.type == hint.type and fits and days <= hint.within_days:
                params: Params = {**one.params, "days_ago": days}
                because = ProbableConcern(code=hint.concern, because="touchpoint", params=params, sentence=hint.because)
                yield hint.weight, because


def _from_facts(facts: Mapping[str, FactValue], today: date) -> Iterator[_Found]:
    if facts.get("supply_outage") is True:
        yield _found(120, "outage", "outage_now", {})
    change = facts.get("price_change_date")
    if isinstance(change, date) and 0 <= (change - today).days <= _PRICE_DAYS:
        days = (change - today).days
        yield _found(50, "price_change", "price_change_ahead", {"effective_date": change.isoformat(), "days": days})
    move = facts.get("move_date")
    if isinstance(move, date) and move >= today:
        yield _found(70, "move", "move_announced", {"move_date": move.isoformat()})
    balance = facts.get("balance_forecast_eur")
    if isinstance(balance, int | float) and abs(balance) >= _BALANCE_EUR:
        kind = "credit" if balance > 0 else "back_payment"
        yield _found(20, "instalment", "balance_forecast", {"amount_eur": abs(balance), "kind": kind})


def _from_calls(called_about: Sequence[PastConcern], now: datetime) -> Iterator[_Found]:
    past = [one for one in called_about if one.at <= now]
    everything = sum(half_after_180_days(one.at, now) for one in past)
    for code in dict.fromkeys(one.code for one in past):
        same = [one for one in past if one.code == code]
        share = sum(half_after_180_days(one.at, now) for one in same) / (everything + _PRIOR_CALLS)
        weight = round(_HABIT_WEIGHT * share)
        if weight > 0:
            ago = days_between(max(one.at for one in same), now)
            yield _found(weight, code, "called_before", {"times": len(same), "days_ago": ago})


def _found(weight: int, code: str, because: str, params: Params) -> _Found:
    return weight, ProbableConcern(code=code, because=because, params=params)
