"""Media breaks: where the customer had to change the channel to get on, read from the touchpoints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nba_desktop.backend.journey.days import days_between
from nba_desktop.backend.journey.types import INCOMING_CALLS
from nba_desktop.backend.model import TouchpointRecord
from nba_desktop.contract.base import Params
from nba_desktop.contract.journey import MediaBreak

NEWEST: Final = 3
_LOOK_BACK: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class _Answered:
    """A touchpoint that a call soon after answers."""

    code: str
    within: timedelta
    params: Callable[[TouchpointRecord], Params]


def _topic(touchpoint: TouchpointRecord) -> Params:
    return {"topic": touchpoint.params.get("topic")}


def _letter(touchpoint: TouchpointRecord) -> Params:
    return {"type": touchpoint.type}


def _form(touchpoint: TouchpointRecord) -> Params:
    return {"form": touchpoint.params.get("form"), "minutes": touchpoint.params.get("minutes")}


_LETTER: Final = _Answered("letter_then_call", timedelta(days=21), _letter)
_ANSWERED_BY_A_CALL: Final = {
    "portal_form_abandoned": _Answered("portal_form_then_call", timedelta(days=7), _form),
    "price_letter": _LETTER,
    "bill": _LETTER,
    "payment_reminder": _LETTER,
    "chat": _Answered("chat_then_call", timedelta(days=5), _topic),
    "email_received": _Answered("email_then_call", timedelta(days=10), _topic),
    "callback_missed": _Answered("callback_missed_then_call", timedelta(days=14), _topic),
}


def media_breaks(touchpoints: tuple[TouchpointRecord, ...], now: datetime) -> tuple[MediaBreak, ...]:
    """The newest breaks of the last 60 days, newest first; the contact at `now` counts as a call.

    Days are those of `now`'s time zone.

    A break is a touchpoint on one channel that a call answers soon after (each call answers the newest one), or a
    call that was transferred more than once. A letter counts only when it came by post.
    """
    past = sorted((one for one in touchpoints if now - _LOOK_BACK <= one.at <= now), key=lambda one: one.at)
    calls = [(one.at, "later") for one in past if one.type in INCOMING_CALLS]
    found: list[MediaBreak] = []
    for place, one in enumerate(past):
        if one.type == "call_transferred" and _times(one) >= 2:
            found.append(_break("transferred", one, {"times": _times(one), "days_ago": days_between(one.at, now)}))
            continue
        rule = _rule(one)
        if rule is None:
            continue
        call_at, answered = next(((at, by) for at, by in calls if at > one.at), (now, "now"))
        newer_one = any(_rule(later) is rule and later.at < call_at for later in past[place + 1 :])
        if call_at - one.at <= rule.within and not newer_one:
            days = days_between(one.at, call_at.astimezone(now.tzinfo))
            params: Params = {"days": days, "days_ago": days_between(one.at, now), "answered": answered}
            found.append(_break(rule.code, one, rule.params(one) | params))
    return tuple(reversed(found))[:NEWEST]


def _rule(touchpoint: TouchpointRecord) -> _Answered | None:
    rule = _ANSWERED_BY_A_CALL.get(touchpoint.type)
    return None if rule is _LETTER and touchpoint.channel.value != "post" else rule


def _times(touchpoint: TouchpointRecord) -> int:
    times = touchpoint.params.get("times")
    return times if isinstance(times, int) else 1


def _break(code: str, touchpoint: TouchpointRecord, params: Params) -> MediaBreak:
    return MediaBreak(code=code, params=params, at=touchpoint.at)
