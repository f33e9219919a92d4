"""When the states play, in which call, and in which language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

from nba_desktop.contract.base import Language
from nba_desktop.domain.call import Interaction, InteractionState
from nba_desktop.domain.call_event import Attached, Party

BERLIN = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 10, 10, 3, 12, tzinfo=BERLIN)
"""The present moment in every state: a Tuesday in November, 3 min 12 s after the call was answered."""

ANSWERED = NOW - timedelta(minutes=3, seconds=12)
CONTACT = UUID("019a5f00-0000-7000-8000-000000000001")
DECISION = UUID("019a5f00-0000-7000-8000-0000000000d1")
HELMUT_NUMBER = Party(raw="03512805504", e164="+493512805504", presentation="allowed")


def now() -> datetime:
    """The clock of every state."""
    return NOW


def utc(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def said(language: Language, german: str, english: str) -> str:
    """The text in the language."""
    return german if language == "de" else english


def interaction(state: InteractionState = InteractionState.LIVE, caller: Party = HELMUT_NUMBER) -> Interaction:
    """Helmut's call."""
    return Interaction(
        interaction_id="i-1",
        state=state,
        direction="inbound",
        caller=caller,
        queue="Privatkunden Strom",
        dialled="+4935128050",
        attached=Attached(),
        started_at=ANSWERED - timedelta(seconds=9),
        answered_at=None if state is InteractionState.OFFERED else ANSWERED,
        ended_at=NOW if state in (InteractionState.WRAP_UP, InteractionState.CLOSED) else None,
    )


def second_interaction() -> Interaction:
    """A call that rings while Helmut's is being talked on."""
    return replace(
        interaction(InteractionState.OFFERED, Party("+4989123456", "+4989123456", "allowed")),
        interaction_id="i-2",
        queue="Privatkunden Gas",
        started_at=NOW - timedelta(seconds=4),
    )
