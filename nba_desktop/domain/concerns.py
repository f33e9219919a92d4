"""What the customer calls about, one concern after the other, and what became of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from nba_desktop.contract.events import ConcernChosen, ConcernSolved
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import ConcernEntry
from nba_desktop.domain.follow_ups import for_concern, named
from nba_desktop.domain.pen import Pen, Step


def choose_concern(contact: ContactState, now: datetime, concern: str) -> Step:
    """Name the concern, which is not solved yet; one that has an outcome stays as the one before it.

    Where an outcome was said before any concern had a name, this is the name of that one.
    """
    if concern == contact.concern:
        return Step(contact)
    if contact.concern is None and contact.solved is not None:
        return _name(contact, now, concern, solved=contact.solved)
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
    """Say that the concern is solved, or that it is not; what is promised for it stays, and the same again is nothing.

    Only the agent takes a promise to the customer back.
    """
    if contact.solved is solved:
        return Step(replace(contact, follow_up_draft=None))
    pen = Pen(contact, now)
    promised = not solved and bool(for_concern(contact))
    pen.events.append(ConcernSolved(**pen.head(), concern=contact.concern, solved=solved, follow_up=promised))
    return pen.step(replace(contact, solved=solved, solved_at=now, follow_up_draft=None))


def _name(contact: ContactState, now: datetime, concern: str, *, solved: bool) -> Step:
    """Give the concern that has an outcome its name; its promise is for it too."""
    pen = Pen(contact, now)
    promised = not solved and bool(for_concern(contact))
    pen.events.append(ConcernSolved(**pen.head(), concern=concern, solved=solved, follow_up=promised))
    contact = named(pen, contact, concern)
    return pen.step(replace(contact, concern=concern, follow_up_draft=None))
