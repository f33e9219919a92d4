"""When an action may be raised again: cool-downs by response code, topic blocks, refused consents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from nba_desktop.backend.decisioning.catalogue import FOREVER, Action, Catalogue
from nba_desktop.backend.model import ConsentFacts, PastResponse
from nba_desktop.contract.base import Params
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState, ResponseCode, Stage

REFUSED_CONSENT_DAYS: Final = 180
_ACCEPTED: Final = frozenset({ResponseCode.ACCEPTED_DONE, ResponseCode.ACCEPTED_PENDING})


@dataclass(frozen=True, slots=True)
class Removal:
    """Why an action is out: stage, rule and the values of the sentence."""

    stage: Stage
    rule: str
    params: Params


def blocked_by_past(
    action: Action, past: tuple[PastResponse, ...], groups: Mapping[str, str], now: datetime, zone: ZoneInfo
) -> Removal | None:
    """The past response that keeps this action out the longest; days end at local midnight."""
    today = now.astimezone(zone).date()
    longest: tuple[date, PastResponse] | None = None
    for one in past:
        if one.code is ResponseCode.STOP_TOPIC and groups.get(one.action_id) == action.entry.group:
            return Removal(Stage.CONTACT_POLICY, "topic_blocked", {})
        if one.action_id != action.action_id:
            continue
        days = action.cool_down.get(one.code, 0)
        until = date.max if days == FOREVER else one.at.astimezone(zone).date() + timedelta(days=int(days))
        if today < until and (longest is None or until > longest[0]):
            longest = (until, one)
    if longest is None:
        return None
    until, response = longest
    if response.code is ResponseCode.WRONG_DATA:
        return Removal(Stage.CONTACT_POLICY, "wrong_data", {})
    rule = "already_accepted" if response.code in _ACCEPTED else "cool_down"
    endless = until == date.max
    return Removal(
        Stage.CONTACT_POLICY,
        rule,
        {
            "code": response.code.value,
            "days_left": None if endless else (until - today).days,
            "until": None if endless else until.isoformat(),
        },
    )


def askable_channels(
    catalogue: Catalogue, purpose: ConsentPurpose, consents: ConsentFacts, now: datetime
) -> tuple[ConsentChannel, ...]:
    """The channels whose consent may be asked for: not asked yet, expired, or refused long ago."""
    offered = dict.fromkeys(
        channel for one in catalogue.entry.consent_wordings if one.purpose is purpose for channel in one.channels
    )
    if consents.objected:
        return ()
    return tuple(channel for channel in offered if _askable(purpose, channel, consents, catalogue.zone, now))


def blocked_by_consent(
    catalogue: Catalogue, purpose: ConsentPurpose, consents: ConsentFacts, now: datetime
) -> Removal | None:
    """Why no channel of a purpose may be asked about, if so."""
    if askable_channels(catalogue, purpose, consents, now):
        return None
    recent = [
        until
        for (of, _), at in consents.refused_at.items()
        if of is purpose and now.astimezone(catalogue.zone).date() < (until := _refusal_ends(at, catalogue.zone))
    ]
    if recent:
        return Removal(Stage.CONTACT_POLICY, "consent_refused_recently", {"until": min(recent).isoformat()})
    return Removal(Stage.APPLICABILITY, "consent_settled", {})


def _askable(
    purpose: ConsentPurpose, channel: ConsentChannel, consents: ConsentFacts, zone: ZoneInfo, now: datetime
) -> bool:
    match consents.states.get((purpose, channel), ConsentState.NOT_ASKED):
        case ConsentState.NOT_ASKED | ConsentState.EXPIRED:
            return True
        case ConsentState.REFUSED:
            at = consents.refused_at.get((purpose, channel))
            return at is not None and now.astimezone(zone).date() >= _refusal_ends(at, zone)
    return False


def _refusal_ends(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date() + timedelta(days=REFUSED_CONSENT_DAYS)
