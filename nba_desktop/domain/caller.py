"""Who is on the line: the commands that settle it, and those that say what sort of call it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from nba_desktop.contract.codes import ActionKind, AuthLevel, CallFlag, NoRecommendation, QuietReason, Speaker
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import (
    CallerAuthenticated,
    CallFlagged,
    SecurityItemCorrected,
    SecurityItemFailed,
    SpeakerNamed,
)
from nba_desktop.contract.recommendation import Decision
from nba_desktop.domain.actions import offered_by
from nba_desktop.domain.consent_draft import ConsentDraft, ProofState
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.history import HistoryState
from nba_desktop.domain.pen import Pen, Step

_THE_CUSTOMERS_OWN: Final = frozenset({ActionKind.SALES, ActionKind.RETENTION, ActionKind.CONSENT})
_MAY_NOT_BE_ASKED: Final = {"may_ask": False, "may_not_ask_because": "representative"}


def attach_customer(contact: ContactState, now: datetime, customer_id: str) -> Step:
    """Bind a customer whom the agent found by search; he is identified, not yet authenticated."""
    pen = Pen(contact, now)
    pen.events.append(CallerAuthenticated(**pen.head(), customer_id=customer_id, level=AuthLevel.IDENTIFIED))
    return pen.step(
        replace(contact, chosen_customer=customer_id, settled_customer=customer_id, items_passed=frozenset())
    )


def confirm_caller(contact: ContactState, now: datetime) -> Step:
    """Authenticate the candidate with the security items that were ticked; nothing happens without a candidate."""
    candidate = contact.candidate
    if candidate is None:
        return Step(contact)
    pen = Pen(contact, now)
    right = contact.items_passed - contact.items_failed
    passed = tuple(item.code for item in candidate.security_items if item.code in right)
    vouched_by = contact.view.identification.vouched_by if contact.view and contact.vouched_for else None
    pen.events.append(
        CallerAuthenticated(
            **pen.head(),
            customer_id=candidate.customer_id,
            level=AuthLevel.AUTHENTICATED,
            items_passed=passed,
            items_failed=tuple(sorted(contact.items_failed)),
            vouched_by=vouched_by,
        )
    )
    settled = candidate.customer_id
    return pen.step(replace(contact, chosen_customer=settled, settled_customer=settled))


def fail_item(contact: ContactState, now: datetime, code: str) -> Step:
    """Record once that the candidate got a security item wrong."""
    candidate = contact.candidate
    asked = () if candidate is None else tuple(item.code for item in candidate.security_items)
    if candidate is None or contact.authenticated or code not in asked or code in contact.items_failed:
        return Step(contact)
    pen = Pen(contact, now)
    pen.events.append(SecurityItemFailed(**pen.head(), customer_id=candidate.customer_id, item=code))
    failures = contact.failures | {(candidate.customer_id, code)}
    return pen.step(replace(contact, failures=failures, items_passed=contact.items_passed - {code}))


def correct_item(contact: ContactState, now: datetime, code: str) -> Step:
    """Take a wrong answer back that was noted by mistake; what a colleague noted in this call stays his word."""
    candidate = contact.candidate
    if candidate is None or contact.authenticated or code not in contact.items_correctable:
        return Step(contact)
    pen = Pen(contact, now)
    pen.events.append(SecurityItemCorrected(**pen.head(), customer_id=candidate.customer_id, item=code))
    failures = contact.failures - {(candidate.customer_id, code)}
    view = contact.view
    if view is not None and candidate is contact.candidates[0]:
        # Whether the call stays locked comes with the next answer.
        told = tuple(one for one in view.identification.failed_items if one != code)
        found = view.identification.model_copy(update={"failed_items": told})
        view = view.model_copy(update={"identification": found})
    return pen.step(replace(contact, failures=failures, view=view))


def name_speaker(contact: ContactState, now: datetime, speaker: Speaker) -> Step:
    """Record who speaks for the customer; what he may not hear leaves the screen before the backend is asked."""
    # What was recorded goes before an answer, which may be of before it.
    customer_id = contact.settled_customer or (contact.view.customer_id if contact.view else None)
    if customer_id is None and contact.candidate is not None:
        customer_id = contact.candidate.customer_id
    if customer_id is None or speaker is contact.speaker:
        return Step(contact)
    pen = Pen(contact, now)
    pen.events.append(SpeakerNamed(**pen.head(), customer_id=customer_id, speaker=speaker))
    contact = replace(contact, speaker=speaker, speaker_said=True)
    if contact.view is not None:
        contact = offered_by(contact, heard_by(speaker, contact.view))
    if speaker is Speaker.UNAUTHORISED:
        # An answer that is still on its way is to no question that counts.
        history = HistoryState(asked=contact.history.asked + 1)
        contact = replace(
            contact, items_passed=frozenset(), consent=ConsentDraft(), proof=ProofState(), history=history, wish=None
        )
    elif speaker is Speaker.REPRESENTATIVE:
        contact = replace(contact, consent=replace(contact.consent, answers=(), read_aloud=frozenset()))
    return pen.step(contact)


def toggle_flag(contact: ContactState, now: datetime, flag: CallFlag) -> Step:
    """Record what the agent notices that holds sales back, or that it is not so; what the data say stays."""
    pen = Pen(contact, now)
    on = flag not in contact.noticed
    pen.events.append(CallFlagged(**pen.head(), flag=flag, on=on))
    view = contact.view
    if view is not None and not on:
        # Whether the data say it too comes with the next answer.
        view = view.model_copy(update={"flags": tuple(one for one in view.flags if one is not flag)})
    flags = contact.flags | {flag} if on else contact.flags - {flag}
    return pen.step(replace(contact, flags=flags, flags_said=contact.flags_said | {flag}, view=view))


def heard_by(speaker: Speaker, view: ContactView) -> ContactView:
    """What of a view may be on the screen while this one speaks, whatever the backend knows of him yet."""
    if speaker in (Speaker.CUSTOMER, view.speaker):
        return view
    said: dict[str, object] = {"speaker": speaker, "value": None}
    if speaker is Speaker.REPRESENTATIVE:
        said |= {
            "consents": view.consents and view.consents.model_copy(update=_MAY_NOT_BE_ASKED),
            "decision": _without_the_customers_own(view.decision),
        }
    if speaker is Speaker.UNAUTHORISED:
        handover = view.handover and view.handover.model_copy(update={"details": None})
        nothing = {"recommendations": (), "why_not": (), "live": (), "none_because": NoRecommendation.NOT_AUTHENTICATED}
        said |= {
            "auth_level": min(view.auth_level, AuthLevel.IDENTIFIED, key=list(AuthLevel).index),
            "customer": None,
            "journey": None,
            "consents": None,
            "concerns": (),
            "handover": handover,
            "identification": view.identification.model_copy(update={"vouched_by": None}),
            "decision": view.decision.model_copy(update=nothing),
        }
    return view.model_copy(update=said)


def _without_the_customers_own(decision: Decision) -> Decision:
    """The decision without the actions that only the customer himself may say yes to."""
    others = tuple(one for one in decision.recommendations if one.kind not in _THE_CUSTOMERS_OWN)
    quiet = tuple(dict.fromkeys((*decision.quiet_because, QuietReason.REPRESENTATIVE)))
    return decision.model_copy(update={"recommendations": others, "quiet_because": quiet})
