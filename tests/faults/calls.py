"""Calls as a panel records them, without a panel."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from nba_desktop.contract.base import new_id
from nba_desktop.contract.events import AnyEvent, CallerNumber, ContactEnded, ContactNoteWritten, ContactStarted
from tests.faults.canaries import NOTE, NUMBER

_CALLER: Final = CallerNumber(raw=NUMBER, e164=NUMBER, presentation="allowed")


def a_call(interaction_id: str, notes: int = 3, text: str = NOTE) -> Iterator[AnyEvent]:
    """A call of the canary: its begin, so many notes of which each replaces the one before, and its end.

    Events are made as they are asked for.
    """
    contact, seq = new_id(), itertools.count(1)
    yield ContactStarted(
        event_id=new_id(),
        contact_id=contact,
        seq=next(seq),
        at=datetime.now(UTC),
        number=_CALLER,
        interaction_id=interaction_id,
    )
    for turn in range(notes):
        yield ContactNoteWritten(
            event_id=new_id(), contact_id=contact, seq=next(seq), at=datetime.now(UTC), text=f"{text} {turn}"
        )
    yield ContactEnded(
        event_id=new_id(), contact_id=contact, seq=next(seq), at=datetime.now(UTC), cause="normal", duration_s=61
    )
