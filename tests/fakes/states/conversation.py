"""Who speaks, what he calls about, what was promised to him, and why nothing is sold: the upper half in a call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    ActionKind,
    AuthLevel,
    CallFlag,
    FollowUpKind,
    QuietReason,
    ResponseCode,
    Speaker,
)
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.customer import Identification
from nba_desktop.domain.entries import ConcernEntry, ConcernOutcome, FollowUpDraft, FollowUpEntry
from nba_desktop.domain.panel import PanelState
from nba_desktop.domain.receipts import Receipt
from tests.fakes.states.contacts import contact_of, panel
from tests.fakes.states.customers import helmut_candidate
from tests.fakes.states.moments import ANSWERED, NOW, said
from tests.fakes.states.views import helmut_view, masked_view

FOLLOW_UP = UUID("019a5f00-0000-7000-8000-0000000000f1")


def quiet_view(language: Language, *reasons: QuietReason) -> ContactView:
    """Helmut's view in a call in which nothing is sold."""
    view = helmut_view(language)
    service = tuple(one for one in view.decision.recommendations if one.kind is ActionKind.SERVICE)
    decision = view.decision.model_copy(update={"recommendations": service, "quiet_because": reasons})
    return view.model_copy(update={"decision": decision})


def planned_follow_up(language: Language) -> FollowUpEntry:
    """A promise on the concern, sent to the backend."""
    return FollowUpEntry(
        event_id=FOLLOW_UP,
        kind=FollowUpKind.CONCERN,
        due=date(2026, 11, 13),
        receipt=Receipt.SENT,
        at_time=time(14, 30),
        words=said(language, "bitte auf dem Handy", "on the mobile, please"),
        concern="instalment",
    )


def conversation_states(language: Language = "de") -> dict[str, PanelState]:
    """Each of them, by name."""
    masked = contact_of(masked_view(language))
    helmut = helmut_candidate().customer_id
    begun = replace(
        masked,
        items_passed=frozenset({"customer_no"}),
        failures=frozenset({(helmut, "meter_no")}),
    )
    failed = ("customer_no", "meter_no", "birth_date")
    locked = Identification(status="one", candidates=(helmut_candidate(language),), failed_items=failed, locked=True)
    fresh = contact_of(helmut_view(language, quiet=True))
    by_menu = fresh.view.identification.model_copy(update={"vouched_by": "voice_menu"}) if fresh.view else None
    spoken_for = quiet_view(language, QuietReason.REPRESENTATIVE).model_copy(
        update={"value": None, "speaker": Speaker.REPRESENTATIVE}
    )
    quiet = quiet_view(language, QuietReason.COMPLAINT, QuietReason.OUTAGE).model_copy(
        update={"flags": (CallFlag.COMPLAINT, CallFlag.OUTAGE)}
    )
    solved_at = ANSWERED + timedelta(minutes=3)
    instalment = replace(fresh, concern="instalment")
    before = (
        ConcernEntry("move", ConcernOutcome.SOLVED, ANSWERED + timedelta(minutes=1)),
        ConcernEntry("meter_reading", ConcernOutcome.NOT_SOLVED, ANSWERED + timedelta(minutes=2)),
    )
    follow_up = planned_follow_up(language)
    return {
        "item_failed": panel(language, begun),
        "locked": panel(language, contact_of(masked_view(language, locked))),
        "authenticated_by_menu": panel(
            language, contact_of(helmut_view(language, quiet=True).model_copy(update={"identification": by_menu}))
        ),
        "representative": panel(language, replace(contact_of(spoken_for), speaker=Speaker.REPRESENTATIVE)),
        "unauthorised": panel(
            language,
            replace(contact_of(masked_view(language, level=AuthLevel.IDENTIFIED)), speaker=Speaker.UNAUTHORISED),
        ),
        "quiet": panel(language, replace(contact_of(quiet), concern="outage", flags=frozenset({CallFlag.COMPLAINT}))),
        "several_concerns": panel(
            language, replace(instalment, concerns_before=before, solved=True, solved_at=solved_at)
        ),
        "follow_up_asked": panel(language, replace(instalment, follow_up_draft=FollowUpDraft(FollowUpKind.CONCERN))),
        "follow_up_planned": panel(language, replace(instalment, solved=False, solved_at=NOW, follow_ups=(follow_up,))),
        "follow_up_of_response": panel(
            language,
            replace(
                contact_of(helmut_view(language)),
                concern="instalment",
                solved=True,
                solved_at=solved_at,
                follow_up_draft=FollowUpDraft(FollowUpKind.CALLBACK, ResponseCode.INTEREST_CALLBACK),
            ),
        ),
    }
