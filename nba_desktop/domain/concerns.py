"""What the customer calls about, one concern after the other, and what became of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from nba_desktop.contract.events import ConcernChosen, ConcernSolved
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ConcernEntry
from nba_desktop.domain.pen import Pen, Step


def choose_concern(contact: ContactState, now: datetime, concern: str) -> Step:
    """Name the concern, which is not solved yet; one that has an outcome stays as the one before it."""
    pen = Pen(contact, now)
    pen.events.append(ConcernChosen(**pen.head(), concern=concern))
    return pen.step(with_concern(contact, concern))


def with_concern(contact: ContactState, concern: str) -> ContactState:
    """The contact talking about this concern; one talked about before is taken up again."""
    before = tuple(entry for entry in contact.concerns_before if entry.code != concern)
    settled = contact.solved is not None and contact.concern is not None and contact.concern != concern
    if settled:
        assert contact.concern is not None
        before = (*before, ConcernEntry(contact.concern, contact.concern_outcome, contact.solved_at))
    return replace(contact, concern=concern, solved=None, solved_at=None, concerns_before=before, follow_up_draft=None)


def mark_solved(contact: ContactState, now: datetime, solved: bool) -> Step:
    """Say that the concern is solved, or that it is not."""
    pen = Pen(contact, now)
    pen.events.append(ConcernSolved(**pen.head(), concern=contact.concern, solved=solved))
    return pen.step(replace(contact, solved=solved, solved_at=now, follow_up_draft=None))
