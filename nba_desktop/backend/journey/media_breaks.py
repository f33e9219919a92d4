"""Media breaks and repeated contacts: where a customer had to change the channel or ask again to get on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from nba_desktop.backend.journey.days import days_between
from nba_desktop.backend.journey.rules import BUILT_IN_RULES, LOOK_BACK, JourneyRule
from nba_desktop.backend.journey.types import INCOMING_CALLS
from nba_desktop.backend.model import PastConcern, TouchpointRecord
from nba_desktop.contract.base import Language, Params
from nba_desktop.contract.journey import MediaBreak

NEWEST: Final = 3
_ONE_CALL: Final = timedelta(hours=1)
"""A call that other systems tell as a touchpoint begins about when it does here."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A touchpoint with the rule that found it; the call that answered it began at `call_at`, None where none had to.

    `now` says that it is the present call.
    """

    rule: JourneyRule
    touchpoint: TouchpointRecord
    call_at: datetime | None
    now: bool = False


@dataclass(frozen=True, slots=True)
class _Call:
    at: datetime
    about: object
    now: bool = False


def media_breaks(
    touchpoints: tuple[TouchpointRecord, ...],
    now: datetime,
    rules: Sequence[JourneyRule] = BUILT_IN_RULES,
    called_about: Sequence[PastConcern] = (),
    concern: str | None = None,
    language: Language = "de",
) -> tuple[MediaBreak, ...]:
    """The newest breaks of the last 60 days, newest first; the contact at `now`, about `concern`, counts as a call.

    Days are those of `now`'s time zone. `called_about` are the customer's calls that no touchpoint tells of.
    """
    calls = [one for one in called_about if now - LOOK_BACK <= one.at < now]
    found = _breaks_found(_recent(touchpoints, now), rules, calls, _Call(now, concern, now=True))
    return tuple(_told(one, now, language) for one in reversed(found[-NEWEST:]))


def rules_met(
    touchpoints: Iterable[TouchpointRecord],
    now: datetime,
    rules: Sequence[JourneyRule],
    called_about: Sequence[PastConcern] = (),
    concern: str | None = None,
) -> frozenset[str]:
    """Return the codes of the rules that find something in the 60 days before a call at `now`, about `concern`."""
    calls = [one for one in called_about if now - LOOK_BACK <= one.at < now]
    found = _breaks_found(_recent(touchpoints, now), rules, calls, _Call(now, concern, now=True))
    return frozenset(one.rule.code for one in found)


def breaks_among(touchpoints: Iterable[TouchpointRecord], rules: Sequence[JourneyRule]) -> dict[str, str]:
    """Return, by the touchpoint's id, the code of the rule that finds something among touchpoints alone."""
    past = sorted(touchpoints, key=_place)
    return {one.touchpoint.touchpoint_id: one.rule.code for one in _breaks_found(past, rules)}


def _breaks_found(
    past: Sequence[TouchpointRecord],
    rules: Sequence[JourneyRule],
    called_about: Sequence[PastConcern] = (),
    present: _Call | None = None,
) -> list[_Found]:
    """Return what the rules find among touchpoints that are given oldest first; of each the first rule that finds it.

    A call answers the newest touchpoint of a rule alone.
    """
    told = [one for one in past if one.type in INCOMING_CALLS]
    calls = [_Call(one.at, one) for one in told]
    calls += [
        _Call(one.at, one.code) for one in called_about if not any(abs(call.at - one.at) <= _ONE_CALL for call in told)
    ]
    calls.sort(key=lambda one: one.at)
    found: list[_Found] = []
    for place, one in enumerate(past):
        for rule in rules:
            if rule.fits(one) and (broken := _broken(rule, one, past[place + 1 :], calls, present)) is not None:
                found.append(broken)
                break
    return found


def _broken(
    rule: JourneyRule,
    one: TouchpointRecord,
    later: Sequence[TouchpointRecord],
    calls: Sequence[_Call],
    present: _Call | None,
) -> _Found | None:
    if not rule.by_call:
        inside = present is None or present.at - one.at <= rule.within
        return _Found(rule, one, None) if inside else None
    wanted = None if rule.same is None else one.params.get(rule.same)
    if rule.same is not None and wanted is None:
        return None
    after = (call for call in (*calls, *([] if present is None else [present])) if call.now or call.at > one.at)
    call = next((call for call in after if rule.same is None or _about(call, rule.same) == wanted), None)
    if call is None or call.at - one.at > rule.within:
        return None
    newer = any(
        rule.fits(other) and other.at < call.at and (rule.same is None or other.params.get(rule.same) == wanted)
        for other in later
    )
    return None if newer else _Found(rule, one, call.at, call.now)


def _about(call: _Call, name: str) -> object:
    """What a call says under a name; of a call here only its concern is known, which is its topic."""
    if isinstance(call.about, TouchpointRecord):
        return call.about.params.get(name)
    return call.about if name == "topic" else None


def _told(one: _Found, now: datetime, language: Language) -> MediaBreak:
    touchpoint = one.touchpoint
    params: Params = {**touchpoint.params, "type": touchpoint.type, "days_ago": days_between(touchpoint.at, now)}
    if one.call_at is not None:
        params["days"] = days_between(touchpoint.at, one.call_at.astimezone(now.tzinfo))
        params["answered"] = "now" if one.now else "later"
    return MediaBreak(
        code=one.rule.code,
        params=params,
        at=touchpoint.at,
        sentence=one.rule.words.get(language),
        repeat=one.rule.kind == "repeat",
    )


def _recent(touchpoints: Iterable[TouchpointRecord], now: datetime) -> list[TouchpointRecord]:
    return sorted((one for one in touchpoints if now - LOOK_BACK <= one.at <= now), key=_place)


def _place(one: TouchpointRecord) -> tuple[datetime, str]:
    return one.at, one.touchpoint_id
