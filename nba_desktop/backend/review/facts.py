"""What one call comes to for the review: a pure function of everything known of it, in whatever order it arrived.

A call counts for the agent who took it. `docs/review.md` says what each figure counts, and why.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, Final
from uuid import UUID

from nba_desktop.backend.contacts.promises import live_responses
from nba_desktop.backend.contacts.state import ContactState, state_of
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.built_in_rules import ADVERTISING_OBJECTION
from nba_desktop.backend.review.records import (
    ACCEPTED,
    ActionFact,
    CallFact,
    Completion,
    ConsentKey,
    DecidedThen,
    FollowUpFact,
    Material,
)
from nba_desktop.contract.codes import (
    NOT_ADDRESSED_CODES,
    AuthLevel,
    ConsentChannel,
    ConsentEventType,
    OutcomeCode,
    ResponseCode,
)
from nba_desktop.contract.events import (
    ActionAddressed,
    ActionsShown,
    AnyEvent,
    ConfirmationRequested,
    ConsentRecorded,
    ContactEnded,
    FollowUpCancelled,
    FollowUpPlanned,
    ObjectionRaised,
    ResponseRecorded,
    WrapUpFinished,
)

_UNASKED: Final = frozenset(
    {ResponseCode.NOT_ADDRESSED_MOOD, ResponseCode.NOT_ADDRESSED_TIME, ResponseCode.NOT_ADDRESSED_UNSUITABLE}
)
"""Who says one of these did not raise the action, whatever was clicked before."""

_BEFORE_AN_OFFER: Final = frozenset(
    {
        ResponseCode.DECLINED_NO_NEED,
        ResponseCode.DECLINED_HAS_OTHER,
        ResponseCode.DECLINED_NOT_NOW,
        ResponseCode.STOP_TOPIC,
    }
)
"""Customers say these to the bridge already: alone they do not tell that an offer was made."""

CALL_SLOTS: Final = 3
"""So many recommendations a call shows."""

_CONFIRMED_APART: Final = frozenset({ConsentChannel.EMAIL, ConsentChannel.SMS})
_IDENTIFIED: Final = frozenset({AuthLevel.IDENTIFIED, AuthLevel.AUTHENTICATED})
_ASKED: Final = frozenset({ConsentEventType.ASKED, ConsentEventType.GRANTED, ConsentEventType.REFUSED})


def call_fact(material: Material, zone: tzinfo) -> CallFact | None:
    """Return the facts of a call, or None while it goes on and where nobody took it; `zone` is the site's."""
    events = sorted(material.events, key=lambda one: (one.seq, one.event_id.hex))
    state = state_of(events)
    ended = next((one for one in reversed(events) if isinstance(one, ContactEnded)), None)
    if ended is None or not _taken(ended):
        return None
    contact = material.contact
    decided = [
        one
        for one in sorted(material.decisions, key=lambda one: (one.decided_at, one.decision_id.hex))
        if one.customer_id is not None and one.customer_id == state.customer_id
    ]
    records = [json.loads(one.record) for one in decided]
    able = [place for place, one in enumerate(decided) if _is_chance(one, records[place])]
    answers = live_responses(events)
    actions = _actions(decided, events, answers, material)
    addressed = any(one.addressed for one in actions)
    reason = _reason(answers)
    authenticated = state.authenticated_customer is not None
    consents = _consents(state, events, records, material.confirmed)
    # What is not said to be on hold is talk: a telephone system may know of no holding.
    hold_s = min(ended.held_s or 0, ended.duration_s)
    last = decided[able[-1]] if able else None
    if last is not None and last.arm == Arm.NOTHING.value:
        actions += _withheld(last, records[able[-1]], actions, material.anyway)
    return CallFact(
        contact_id=contact.contact_id,
        agent=material.agent,
        team_id=material.team_id,
        day=contact.started_at.astimezone(zone).date(),
        queue=contact.queue,
        concern=state.concern,
        arm=last.arm if last is not None else next((one.arm for one in reversed(decided)), None),
        stratum=next((decided[place].shown[0] for place in reversed(able) if decided[place].shown), None),
        identified=state.auth_level in _IDENTIFIED,
        authenticated=authenticated,
        solved=state.concern_solved is True,
        opportunity=authenticated and state.concern_solved is True and last is not None,
        presented=addressed,
        accepted=any(one.accepted for one in actions),
        needs_reason=any(one.shown for one in actions) and not addressed,
        reason=reason,
        transferred=ended.cause == "transferred",
        talk_s=ended.duration_s - hold_s,
        hold_s=None if ended.held_s is None else hold_s,
        after_s=next((one.seconds for one in reversed(events) if isinstance(one, WrapUpFinished)), None),
        repeated_by=material.repeated_by,
        chance_before=material.chance_before,
        painted_ms=_painted_ms(events),
        actions=actions,
        follow_ups=_follow_ups(events, material.done_at, zone),
        **consents,
    )


def _follow_ups(events: Iterable[AnyEvent], done_at: Mapping[UUID, datetime], zone: tzinfo) -> tuple[FollowUpFact, ...]:
    """What was promised and not taken back; on which day it was done the site's calendar says."""
    known = list(events)
    cancelled = {one.cancels for one in known if isinstance(one, FollowUpCancelled)}
    return tuple(
        FollowUpFact(
            action_id=one.action_id,
            due=one.due,
            kept=one.event_id in done_at and done_at[one.event_id].astimezone(zone).date() <= one.due,
        )
        for one in known
        if isinstance(one, FollowUpPlanned) and one.event_id not in cancelled
    )


def _painted_ms(events: Iterable[AnyEvent]) -> int | None:
    """How long the slowest view of recommendations took, of those that somebody waited for."""
    shown = (one.painted_ms for one in events if isinstance(one, ActionsShown))
    return max((one for one in shown if one is not None), default=None)


def _taken(ended: ContactEnded) -> bool:
    """Whether an agent spoke with the customer: a telephone that only rang is nobody's call."""
    return ended.cause in ("normal", "transferred") or (
        ended.duration_s > 0 and ended.cause not in ("missed", "elsewhere")
    )


def _is_chance(decided: DecidedThen, record: Mapping[str, Any]) -> bool:
    """Whether the decision had an action for this customer and agent that might be raised.

    Candidates have passed every stage, the agent's skills too. Where the arm shows nothing they are what would have
    been shown. Whoever objected to advertising is no chance, though service actions are left for him.
    """
    if any(one["rule"] == ADVERTISING_OBJECTION.rule for one in record.get("removed", ())):
        return False
    return bool(decided.shown or record.get("candidates"))


def _reason(answers: Sequence[ResponseRecorded]) -> ResponseCode | None:
    """Why nothing was addressed: said of the call, or else of an action."""
    said = [one for one in answers if one.code in NOT_ADDRESSED_CODES and one.code is not ResponseCode.NO_CODE]
    of_call = [one for one in said if one.action_id is None]
    return (of_call or said)[-1].code if said else None


def _actions(
    decided: Sequence[DecidedThen],
    events: Sequence[AnyEvent],
    answers: Sequence[ResponseRecorded],
    material: Material,
) -> tuple[ActionFact, ...]:
    ids = {one.decision_id for one in decided}
    ranks = {action_id: rank for one in decided for rank, action_id in enumerate(one.shown, start=1)}
    shown: set[str] = set()
    addressed: set[str] = set()
    sent: set[str] = set()
    objections: dict[str, list[str]] = {}
    for event in events:
        match event:
            case ActionsShown() if event.decision_id in ids:
                shown.update(event.action_ids)
            case ActionAddressed() if event.decision_id in ids:
                addressed.add(event.action_id)
            case ConfirmationRequested() if event.decision_id in ids:
                sent.add(event.action_id)
            case ObjectionRaised() if event.decision_id in ids:
                raised = objections.setdefault(event.action_id, [])
                if event.objection_id not in raised:
                    raised.append(event.objection_id)
            case _:
                pass
    codes: dict[str, list[ResponseCode]] = {}
    for answer in answers:
        if answer.action_id is not None and answer.decision_id in ids:
            codes.setdefault(answer.action_id, []).append(answer.code)
    known = sorted({*shown, *addressed, *codes, *objections}, key=lambda one: (ranks.get(one, len(ranks) + 1), one))
    return tuple(
        _action(
            action_id,
            ranks.get(action_id),
            action_id in shown,
            action_id in addressed,
            action_id in sent,
            codes.get(action_id, ()),
            tuple(objections.get(action_id, ())),
            material.outcomes.get(action_id, ()),
            material.anyway.get(action_id, ()),
        )
        for action_id in known
    )


def _withheld(
    decided: DecidedThen,
    record: Mapping[str, Any],
    known: Sequence[ActionFact],
    anyway: Mapping[str, Sequence[OutcomeCode]],
) -> tuple[ActionFact, ...]:
    """What the best candidates were that the arm did not let be shown, with what the customer did all the same."""
    others = {one.action_id for one in known}.union(decided.shown)
    best = [one["action_id"] for one in record.get("candidates", ())][:CALL_SLOTS]
    became = {action_id: _completion(None, anyway.get(action_id, ())) for action_id in best}
    return tuple(
        ActionFact(
            action_id=action_id,
            rank=None,
            shown=False,
            addressed=False,
            offered=False,
            decided=False,
            accepted=False,
            code=None,
            completion=became[action_id],
            withheld=True,
            completed_anyhow=became[action_id] is Completion.COMPLETED,
        )
        for action_id in best
        if action_id not in others
    )


def _action(
    action_id: str,
    rank: int | None,
    shown: bool,
    clicked: bool,
    sent: bool,
    codes: Sequence[ResponseCode],
    objections: tuple[str, ...],
    outcomes: Sequence[OutcomeCode],
    anyway: Sequence[OutcomeCode],
) -> ActionFact:
    words = [code for code in codes if code not in NOT_ADDRESSED_CODES]
    code = words[-1] if words else codes[-1] if codes else None
    addressed = bool(words or objections or (clicked and code not in _UNASKED))
    decided = bool(words)
    return ActionFact(
        action_id=action_id,
        rank=rank,
        # What was raised was seen, also where the panel could not say so.
        shown=shown or addressed,
        addressed=addressed,
        offered=addressed and bool(objections or sent or (words and words[-1] not in _BEFORE_AN_OFFER)),
        decided=decided,
        accepted=decided and code in ACCEPTED,
        code=code,
        completion=_completion(code, outcomes),
        # What was withheld is counted just so.
        completed_anyhow=_completion(code, anyway) is Completion.COMPLETED,
        objections=objections,
    )


def _completion(code: ResponseCode | None, outcomes: Iterable[OutcomeCode]) -> Completion | None:
    """What became of it in the end; a completion counts whatever was said before it, and what undoes needs a yes."""
    now: Completion | None = None
    if code is ResponseCode.ACCEPTED_DONE:
        now = Completion.COMPLETED
    elif code is ResponseCode.ACCEPTED_PENDING:
        now = Completion.PENDING
    confirmed = False
    for outcome in outcomes:
        if outcome is OutcomeCode.COMPLETED:
            now, confirmed = Completion.COMPLETED, True
        elif now is not None and not confirmed and outcome is OutcomeCode.PENDING_LAPSED:
            now = Completion.LAPSED
        elif now is not None and outcome in (OutcomeCode.REVOKED, OutcomeCode.CANCELLED_BY_CUSTOMER):
            now = Completion.UNDONE
    return now


def _consents(
    state: ContactState,
    events: Sequence[AnyEvent],
    records: Sequence[Mapping[str, Any]],
    confirmed: frozenset[ConsentKey],
) -> dict[str, bool]:
    """What was asked for and given; missing is what the first decision of the call found that may be asked for."""
    askable = next((one["inputs"]["channels_missing"] for one in records if "channels_missing" in _inputs(one)), ())
    said: dict[ConsentKey, ConsentEventType] = {}
    asked = False
    for event in events:
        if isinstance(event, ConsentRecorded) and event.customer_id == state.customer_id:
            asked = asked or event.event in _ASKED
            if event.event is not ConsentEventType.NOT_ASKED:
                said[event.purpose, event.channel] = event.event
    granted = {key for key, event in said.items() if event is ConsentEventType.GRANTED}
    apart = {key for key in granted if key[1] in _CONFIRMED_APART}
    return {
        # What was asked for was missing, whatever a decision knew of it.
        "consent_missing": bool(askable) or asked,
        "consent_asked": asked,
        "consent_granted": bool(granted),
        "consent_pending": bool(apart),
        "consent_confirmed": bool(apart & confirmed),
    }


def _inputs(record: Mapping[str, Any]) -> Mapping[str, Any]:
    inputs: Mapping[str, Any] = record.get("inputs", {})
    return inputs
