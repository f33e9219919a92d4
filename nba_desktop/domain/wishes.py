"""What the customer asks for his own data, a correction or the erasure: for whoever decides, done later or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from nba_desktop.contract.codes import DataField
from nba_desktop.contract.events import CorrectionRequested, ErasureRequested
from nba_desktop.domain.actions import put_away
from nba_desktop.domain.contact import ContactState
from nba_desktop.domain.entries import WishDraft, WishEntry
from nba_desktop.domain.pen import Pen, Step, one_line
from nba_desktop.domain.receipts import Receipt

_LONGEST_WORDS: Final = 200


def ask(contact: ContactState) -> ContactState:
    """The contact with the question open what is wrong with the customer's data, or with it put away again."""
    if contact.wish is not None or not contact.authenticated:
        return replace(contact, wish=None)
    return replace(put_away(contact), wish=WishDraft())


def worded(contact: ContactState, words: str) -> ContactState:
    """Keep what is right in the customer's words."""
    return contact if contact.wish is None else replace(contact, wish=replace(contact.wish, words=words))


def ask_erasure(contact: ContactState, asked: bool) -> ContactState:
    """Ask first whether he really wants everything erased, or go back."""
    return contact if contact.wish is None else replace(contact, wish=replace(contact.wish, erasing=asked))


def wish_correction(contact: ContactState, now: datetime, field: DataField) -> Step:
    """Record, once for a field, that it is to be corrected; the words that were typed go with it."""
    draft, customer_id = contact.wish, _customer(contact)
    if draft is None or customer_id is None or _is_recorded(contact, field):
        return Step(contact)
    pen = Pen(contact, now)
    words = one_line(draft.words, _LONGEST_WORDS)
    event = CorrectionRequested(**pen.head(), customer_id=customer_id, field=field, words=words)
    pen.events.append(event)
    return pen.step(_recorded(contact, WishEntry(event.event_id, field, Receipt.STORED)))


def wish_erasure(contact: ContactState, now: datetime) -> Step:
    """Record once, after it was asked, that the customer wants his data erased."""
    draft, customer_id = contact.wish, _customer(contact)
    if draft is None or not draft.erasing or customer_id is None or _is_recorded(contact, None):
        return Step(contact)
    pen = Pen(contact, now)
    event = ErasureRequested(**pen.head(), customer_id=customer_id, words=one_line(draft.words, _LONGEST_WORDS))
    pen.events.append(event)
    return pen.step(_recorded(contact, WishEntry(event.event_id, None, Receipt.STORED)))


def _customer(contact: ContactState) -> str | None:
    return contact.view.customer_id if contact.authenticated and contact.view is not None else None


def _is_recorded(contact: ContactState, field: DataField | None) -> bool:
    """Whether that stands already; what was refused may be said again."""
    return any(one.field is field and one.receipt is not Receipt.REFUSED for one in contact.wishes)


def _recorded(contact: ContactState, entry: WishEntry) -> ContactState:
    others = tuple(one for one in contact.wishes if one.field is not entry.field)
    return replace(contact, wish=WishDraft(), wishes=(*others, entry))
