"""A contact from its begin to its end: each command gives the next contact and the events that record it.

The events are put into the outbox before the next contact is shown; when that fails, the contact stays as it was.
What happens in between is in `caller`, `concerns`, `actions`, `responses`, `follow_ups` and `consents`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.events import (
    CallerNumber,
    ContactEnded,
    ContactNoteWritten,
    ContactStarted,
    WrapUpFinished,
)
from nba_desktop.domain.call_by_hand import NO_HOLDING, ONE_WAY
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import NoteState
from nba_desktop.domain.pen import Pen, Step, one_line
from nba_desktop.domain.receipts import Receipt
from nba_desktop.domain.responses import responded

OpenCause = Literal["panel_closed", "unknown"]


def start(contact: ContactState, now: datetime, language: Language) -> Step:
    """Open the contact: the one event the backend answers with the whole view."""
    interaction, pen = contact.interaction, Pen(contact, now)
    other = interaction.other
    pen.events.append(
        ContactStarted(
            **pen.head(),
            direction="outbound" if interaction.direction == "outbound" else "inbound",
            number=CallerNumber(raw=other.raw[:64], e164=other.e164, presentation=other.presentation),
            queue=interaction.queue[:64] if interaction.queue else None,
            # A softphone counts its calls from 1: its ids say nothing of another agent's calls.
            source="" if interaction.source in ONE_WAY else interaction.source[:64],
            interaction_id=(interaction.conversation_id or interaction.interaction_id)[:128],
            ivr_path=interaction.attached.ivr_path[:128] if interaction.attached.ivr_path else None,
            ivr_level=interaction.attached.auth_level,
            customer_no=interaction.attached.customer_no[:64] if interaction.attached.customer_no else None,
            language=language,
            waiting=interaction.waiting,
        )
    )
    return pen.step(contact)


def end(contact: ContactState, now: datetime, without_end: OpenCause = "unknown") -> Step:
    """Close the telephone side of the contact; the wrap-up may still record.

    `without_end` is the cause where no telephone system has told of an end.
    """
    interaction, source, pen = contact.interaction, contact.interaction.source, Pen(contact, now)
    ended = interaction.ended_at or now
    answered = interaction.answered_at
    held = interaction.holding(False, ended).held_for
    knows_holding = held or source not in NO_HOLDING
    pen.events.append(
        ContactEnded(
            **pen.head(),
            cause=interaction.cause or without_end,
            duration_s=_seconds(ended - answered) if answered else 0,
            held_s=_seconds(held) if answered and knows_holding else None,
            waited_s=_seconds(answered - interaction.started_at) if answered and source not in ONE_WAY else None,
        )
    )
    return pen.step(contact)


def _seconds(time: timedelta) -> int:
    return max(0, round(time.total_seconds()))


def write_note(contact: ContactState, now: datetime, text: str) -> Step:
    """Record the contact's one-line note; an unchanged note is not recorded again."""
    line = one_line(text, 500)
    if line == contact.note.text:
        return Step(contact)
    pen = Pen(contact, now)
    head = pen.head()
    pen.events.append(ContactNoteWritten(**head, text=line))
    return pen.step(replace(contact, note=NoteState(line, head["event_id"], Receipt.STORED)))


def finish_wrap_up(contact: ContactState, now: datetime, worked: timedelta | None = None) -> Step:
    """Close the contact; a note that is typed is recorded, an addressed action without a code gets its code.

    `worked` is the after-call work, None where there was none to do.
    """
    noted = write_note(contact, now, contact.note.draft) if contact.note.draft.strip() else Step(contact)
    contact, pen = noted.contact, Pen(noted.contact, now)
    pen.events += noted.events
    for action_id in contact.without_code:
        contact = responded(pen, contact, action_id, ResponseCode.NO_CODE)
    if worked is not None:
        pen.events.append(WrapUpFinished(**pen.head(), seconds=_seconds(worked)))
    return pen.step(contact)


def leave(contact: ContactState, now: datetime, without_end: OpenCause = "unknown") -> Step:
    """End the contact and close it in one: nothing comes after it."""
    ended = end(contact, now, without_end)
    closed = finish_wrap_up(ended.contact, now)
    return Step(closed.contact, (*ended.events, *closed.events))
