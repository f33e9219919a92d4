"""What a customer asks for his own data in a call: kept, told to other systems, and answered once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from nba_desktop.backend.access.reading import keep_reading, role_used
from nba_desktop.backend.contacts.masking import mask_name, mask_number
from nba_desktop.backend.contacts.state import ContactState
from nba_desktop.backend.errors import Conflict, Forbidden, NotFound, UnknownCustomer
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.subject.erasure import customer_hash
from nba_desktop.backend.subject.records import WishRow
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import DataField, ReadBasis, ReadOperation, Role
from nba_desktop.contract.events import CorrectionRequested, ErasureRequested
from nba_desktop.contract.wish import Wish, WishAnswered, WishKind, WishVerdict

MOST = 200
"""How many are shown at a time."""


@dataclass(frozen=True, slots=True)
class OpenWish:
    """What waits for an answer, for the data-protection officer: he needs the customer."""

    wish_id: UUID
    at: datetime
    kind: WishKind
    about: DataField | None
    customer_no: str
    words: str


def keep_wish(
    unit: Unit, contact: ContactRecord, state: ContactState, event: CorrectionRequested | ErasureRequested
) -> None:
    """Keep what the customer of a contact asks for.

    Raises `UnknownCustomer`, `Conflict` for another customer than the contact's, and `Forbidden` where he was not
    authenticated: anybody could have his data changed otherwise.
    """
    if state.customer_id is not None and state.customer_id != event.customer_id:
        raise Conflict("the wish is of another customer than the contact")
    if state.authenticated_customer != event.customer_id:
        raise Forbidden("the customer was not authenticated")
    customer = unit.customers.by_id(event.customer_id)
    if customer is None:
        raise UnknownCustomer("no customer has the id that the event names")
    unit.wishes.add(
        WishRow(
            wish_id=event.event_id,
            kind=WishKind.CORRECTION if isinstance(event, CorrectionRequested) else WishKind.ERASURE,
            at=event.at,
            agent_id=contact.agent_id,
            customer_id=event.customer_id,
            customer_hash=customer_hash(unit, customer.customer_no, event.at),
            contact_id=contact.contact_id,
            about=event.field if isinstance(event, CorrectionRequested) else None,
            words=event.words,
        )
    )


class WishService:
    """Shows what waits and keeps answers."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def open(self, caller: Caller, operation: ReadOperation) -> tuple[OpenWish, ...]:
        """Return what waits for an answer, oldest first; that it was read is written down."""
        with self._store.write() as unit:
            found = unit.wishes.open(MOST)
            ids = sorted({one.customer_id for one in found})
            if found:
                role = role_used(caller, Role.ADMIN)
                keep_reading(unit, Reading(self._clock(), caller.agent_id, role, operation, ReadBasis.DUTY), ids)
            numbers = {one.customer_id: one.customer_no for one in unit.customers.several(ids)}
        return tuple(
            OpenWish(one.wish_id, one.at, one.kind, one.about, numbers.get(one.customer_id, ""), one.words)
            for one in found
        )

    def answer(self, by: str, wish_id: UUID, said: WishAnswered) -> WishVerdict:
        """Keep an answer, once; the same again changes nothing.

        Raises `NotFound`, also for a wish that went with its customer, and `Conflict` where something else was said.
        """
        with self._store.write() as unit:
            wish = unit.wishes.by_id(wish_id)
            if wish is None:
                raise NotFound("there is no wish by that id: a customer who was erased took his wishes with him")
            if wish.answered_at is not None:
                if (wish.done, wish.answer) != (said.done, said.answer):
                    raise Conflict("it was answered before, and differently")
                return WishVerdict(wish_id=wish_id, verdict="duplicate")
            now = self._clock()
            code = ensure_agent(unit.access, by, now)
            unit.wishes.answer(replace(wish, answered_at=now, answered_by=code, done=said.done, answer=said.answer))
        return WishVerdict(wish_id=wish_id, verdict="accepted")


def own_wishes(unit: Unit, caller: Caller, language: Language) -> tuple[tuple[Wish, ...], tuple[tuple[UUID, str], ...]]:
    """Return what customers asked of an agent, masked, what changed last first; and in which contacts who did."""
    found = unit.wishes.of_agent(caller.agent_id, MOST)
    customers = {one.customer_id: one for one in unit.customers.several(sorted({one.customer_id for one in found}))}
    wishes = tuple(
        Wish(
            wish_id=one.wish_id,
            at=one.at,
            kind=one.kind,
            field=one.about,
            words=one.words,
            caller=mask_name(customers[one.customer_id], language) if one.customer_id in customers else "",
            customer_no_masked=mask_number(customers[one.customer_id].customer_no)
            if one.customer_id in customers
            else "",
            answered_at=one.answered_at,
            done=one.done,
            answer=one.answer,
        )
        for one in found
    )
    return wishes, tuple((one.contact_id, one.customer_id) for one in found)
