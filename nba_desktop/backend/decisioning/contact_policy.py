"""When an action may be raised again: cool-downs by response code, topic blocks, caps, refused consents.

Days are counted from midnight to midnight where the site is. What seems to lie in the future, because a clock went
back, counts as today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.entries.cool_downs import FOREVER, CoolDown, PastCode
from nba_desktop.backend.decisioning.entries.policies import CapEntry
from nba_desktop.backend.model import ConsentFacts, PastExposure, PastResponse
from nba_desktop.contract.base import Params
from nba_desktop.contract.codes import (
    ConsentChannel,
    ConsentPurpose,
    ConsentState,
    DecisionChannel,
    OutcomeCode,
    ResponseCode,
    Stage,
)

REFUSED_CONSENT_DAYS: Final = 180
_SAID_YES: Final = frozenset({ResponseCode.ACCEPTED_DONE, ResponseCode.ACCEPTED_PENDING})
_ACCEPTED: Final = _SAID_YES | {OutcomeCode.COMPLETED}
_TAKEN_BACK: Final = frozenset({OutcomeCode.REVOKED, OutcomeCode.CANCELLED_BY_CUSTOMER})
_RESTS_LIKE: Final[Mapping[PastCode, PastCode]] = {
    OutcomeCode.TEASER_DISMISSED: ResponseCode.DECLINED_NOT_NOW,
    OutcomeCode.COMPLETED: ResponseCode.ACCEPTED_DONE,
}
"""Codes that rest as long as another one where the catalogue does not say how long."""
_TEASER_STAYS: Final = frozenset({ResponseCode.THINKING, ResponseCode.INTEREST_INFO})
"""Who wants to read or to think it over is not called about it soon, and may find it in the portal."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Why an action is out: stage, rule and the values of the sentence."""

    stage: Stage
    rule: str
    params: Params


@dataclass(frozen=True, slots=True)
class _Rest:
    """How long a past response keeps an action out; `until` is the first day it may be raised again."""

    until: date
    code: PastCode

    @property
    def endless(self) -> bool:
        return self.until == date.max


class ContactPolicy:
    """What one customer's past says about raising each action now; made once for a decision.

    `past` are his and his household's responses and outcomes that count, `exposures` what was shown to and addressed
    with him in earlier contacts, at least since `exposures_since`. An action that has been renamed or taken out since
    then counts for the group it had.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        past: Iterable[PastResponse],
        exposures: Iterable[PastExposure],
        now: datetime,
        channel: DecisionChannel = DecisionChannel.CALL,
    ) -> None:
        self._zone = catalogue.zone
        self._today = now.astimezone(catalogue.zone).date()
        self._issues = {group.id: group.issue.value for group in catalogue.entry.groups}
        self._groups = {action.action_id: action.entry.group for action in catalogue.actions}
        self._without_rest = _TEASER_STAYS if channel is DecisionChannel.PORTAL else frozenset[PastCode]()
        self._exposures = tuple(exposures)
        self._caps: dict[CapEntry, Removal | None] = {}
        self._stopped: set[str] = set()
        # An action that was moved to another group since stays stopped as well.
        self._stopped_actions: set[str] = set()
        self._own: dict[str, list[PastResponse]] = defaultdict(list)
        self._household: dict[str, list[PastResponse]] = defaultdict(list)
        self._household_stops: dict[str, list[PastResponse]] = defaultdict(list)
        for one in past:
            (self._household if one.household else self._own)[one.action_id].append(one)
            if one.code is not ResponseCode.STOP_TOPIC:
                continue
            if not one.household:
                self._stopped_actions.add(one.action_id)
            group = self._group_of(one)
            if group is None:
                continue
            if one.household:
                self._household_stops[group].append(one)
            else:
                self._stopped.add(group)

    def removal(self, action: Action) -> Removal | None:
        """Why this action may not be raised now, if so: the topic, the longest rest, the household, a cap."""
        if action.entry.group in self._stopped or action.action_id in self._stopped_actions:
            return Removal(Stage.CONTACT_POLICY, "topic_blocked", {})
        rest = self._longest(self._own.get(action.action_id, ()), action.cool_down)
        if rest is not None:
            return self._resting(rest)
        home = [
            *self._household.get(action.action_id, ()),
            *self._household_stops.get(action.entry.group, ()),
        ]
        rest = self._longest(home, action.household_cool_down)
        if rest is not None:
            params: Params = {"code": rest.code.value, "until": None if rest.endless else rest.until.isoformat()}
            return Removal(Stage.CONTACT_POLICY, "household_cool_down", params)
        return next((out for cap in action.caps if (out := self._cap_reached(cap)) is not None), None)

    def _longest(self, past: Iterable[PastResponse], cool_down: Mapping[PastCode, CoolDown]) -> _Rest | None:
        """The rest that ends last, of those that have not ended; a yes that was taken back does not rest."""
        past = tuple(one for one in past if one.code not in self._without_rest)
        taken_back = max((one.at for one in past if one.code in _TAKEN_BACK), default=None)
        lapsed = max((one.at for one in past if one.code is OutcomeCode.PENDING_LAPSED), default=None)
        longest: _Rest | None = None
        for one in past:
            if one.code in _ACCEPTED and taken_back is not None and one.at <= taken_back:
                continue
            # What was confirmed in time did not lapse, however late the confirmation is told.
            if one.code in _SAID_YES and lapsed is not None and one.at <= lapsed:
                continue
            days = cool_down.get(one.code)
            if days is None:
                days = cool_down.get(_RESTS_LIKE.get(one.code, one.code), 0)
            until = date.max if days == FOREVER else self._day(one.at) + timedelta(days=int(days))
            if self._today < until and (longest is None or until > longest.until):
                longest = _Rest(until, one.code)
        return longest

    def _resting(self, rest: _Rest) -> Removal:
        if rest.code is ResponseCode.WRONG_DATA:
            return Removal(Stage.CONTACT_POLICY, "wrong_data", {})
        params: Params = {
            "code": rest.code.value,
            "days_left": None if rest.endless else (rest.until - self._today).days,
            "until": None if rest.endless else rest.until.isoformat(),
        }
        return Removal(Stage.CONTACT_POLICY, "already_accepted" if rest.code in _ACCEPTED else "cool_down", params)

    def _cap_reached(self, cap: CapEntry) -> Removal | None:
        if cap not in self._caps:
            self._caps[cap] = self._counted(cap)
        return self._caps[cap]

    def _counted(self, cap: CapEntry) -> Removal | None:
        days = sorted(
            day
            for one in self._exposures
            if one.fact == cap.counts
            and self._is_aimed_at(cap.target, one)
            and (self._today - (day := self._day(one.at))).days < cap.days
        )
        if len(days) < cap.at_most:
            return None
        until = days[len(days) - cap.at_most] + timedelta(days=cap.days)
        return Removal(
            Stage.CONTACT_POLICY,
            "cap_reached",
            {"times": cap.at_most, "days": cap.days, "until": until.isoformat(), "of": cap.target},
        )

    def _is_aimed_at(self, target: str, one: PastExposure) -> bool:
        level, _, name = target.partition("/")
        if level == "action":
            return name == one.action_id
        group = self._group_of(one)
        return group is not None and name == (group if level == "group" else self._issues.get(group))

    def _group_of(self, one: PastResponse | PastExposure) -> str | None:
        """The group an action had then; its present one where that is not known, or not in the catalogue any more."""
        return one.group if one.group in self._issues else self._groups.get(one.action_id)

    def _day(self, at: datetime) -> date:
        return min(at.astimezone(self._zone).date(), self._today)


def exposures_since(catalogue: Catalogue, now: datetime) -> datetime | None:
    """From when on exposures are needed for the caps of a catalogue; None when it has no caps."""
    longest = max((cap.days for cap in catalogue.entry.caps), default=None)
    if longest is None:
        return None
    first = now.astimezone(catalogue.zone).date() - timedelta(days=longest - 1)
    return datetime.combine(first, time(), catalogue.zone)


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
