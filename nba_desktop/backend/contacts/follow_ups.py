"""What an agent promised and what of it is still to be done: his own list, and saying that it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from uuid import UUID

from nba_desktop.backend.access.reading import keep_list, keep_reading, role_used
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.contacts.calendar import calendar
from nba_desktop.backend.contacts.decided import DecidedActions
from nba_desktop.backend.contacts.masking import mask_name, mask_number
from nba_desktop.backend.errors import Conflict, Forbidden, NotFound
from nba_desktop.backend.model import CustomerRecord
from nba_desktop.backend.outbound.telling import tell_follow_up_done
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.follow_ups import FollowUpRow
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role
from nba_desktop.contract.follow_up import MAX_FOLLOW_UPS, FollowUp, FollowUps


class FollowUpService:
    """Answers with the caller's own promises; days are the site's."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def open(self, caller: Caller, until: date | None, language: Language) -> FollowUps:
        """Return what is open up to a day, without one up to today; what is late comes first."""
        return self._open(caller, until, language, ReadOperation.OPEN_FOLLOW_UPS)

    def calendar(self, caller: Caller, language: Language) -> str:
        """Return all that is open as a calendar."""
        with self._store.read() as unit:
            zone = self._catalogues.in_force(unit).live.zone
        follow_ups = self._open(caller, date.max, language, ReadOperation.FOLLOW_UP_CALENDAR).follow_ups
        return calendar(follow_ups, language, zone, self._clock())

    def _open(self, caller: Caller, until: date | None, language: Language, operation: ReadOperation) -> FollowUps:
        now = self._clock()
        with self._store.read() as unit:
            zone = self._catalogues.in_force(unit).live.zone
            today = now.astimezone(zone).date()
            last = until or today
            found = unit.follow_ups.open_of(caller.agent_id, last, MAX_FOLLOW_UPS + 1)
            shown = found[:MAX_FOLLOW_UPS]
            ids = sorted({one.customer_id for one in shown if one.customer_id is not None})
            customers = {one.customer_id: one for one in unit.customers.several(ids)}
            actions = DecidedActions(unit, self._catalogues, language)
            told = FollowUps(
                day=today,
                until=last,
                follow_ups=tuple(_told(one, actions, customers, language, zone, today) for one in shown),
                more=len(found) > len(shown),
            )
        reading = Reading(now, caller.agent_id, Role.AGENT, operation, ReadBasis.TASK)
        keep_list(self._store, reading, [(one.contact_id, one.customer_id) for one in shown])
        return told

    def done(self, caller: Caller, follow_up_id: UUID, language: Language) -> FollowUp:
        """Keep that a promise was kept, once, and return it; said again, it changes nothing.

        An agent says so of his own promises, other systems of any. Raises `NotFound`, `Forbidden`, or `Conflict` for
        one that was taken back.
        """
        with self._store.write() as unit:
            row = unit.follow_ups.by_id(follow_up_id)
            if row is None:
                raise NotFound("there is no follow-up by that id")
            if row.agent_id != caller.agent_id and Role.MACHINE not in caller.roles:
                raise Forbidden("the follow-up is another agent's")
            if row.cancelled_at is not None:
                raise Conflict("the follow-up was cancelled")
            if row.done_at is None:
                unit.follow_ups.set_done(follow_up_id, self._clock(), caller.agent_id)
                tell_follow_up_done(unit, row, self._clock())
                unit.review.changed(row.contact_id, self._clock())
            role = role_used(caller, Role.AGENT, Role.MACHINE)
            basis = ReadBasis.SYSTEM if role is Role.MACHINE else ReadBasis.TASK
            reading = Reading(
                self._clock(), caller.agent_id, role, ReadOperation.FINISH_FOLLOW_UP, basis, "", row.contact_id
            )
            keep_reading(unit, reading, () if row.customer_id is None else (row.customer_id,))
            return self._one(unit, follow_up_id, language)

    def _one(self, unit: Unit, follow_up_id: UUID, language: Language) -> FollowUp:
        row = unit.follow_ups.by_id(follow_up_id)
        assert row is not None
        zone = self._catalogues.in_force(unit).live.zone
        known = unit.customers.by_id(row.customer_id) if row.customer_id is not None else None
        customers = {} if known is None else {known.customer_id: known}
        actions = DecidedActions(unit, self._catalogues, language)
        return _told(row, actions, customers, language, zone, self._clock().astimezone(zone).date())


def is_late(row: FollowUpRow, zone: tzinfo, today: date) -> bool:
    """Whether its day passed before it was done."""
    return (today if row.done_at is None else row.done_at.astimezone(zone).date()) > row.due


def _told(
    row: FollowUpRow,
    actions: DecidedActions,
    customers: Mapping[str, CustomerRecord],
    language: Language,
    zone: tzinfo,
    today: date,
) -> FollowUp:
    customer = customers.get(row.customer_id or "")
    return FollowUp(
        follow_up_id=row.follow_up_id,
        contact_id=row.contact_id,
        kind=row.kind,
        due=row.due,
        at_time=row.at_time,
        words=row.words,
        concern=row.concern,
        action_id=row.action_id,
        title="" if row.action_id is None else actions.title(row.decision_id, row.action_id),
        caller="" if customer is None else mask_name(customer, language),
        customer_no_masked="" if customer is None else mask_number(customer.customer_no),
        number=row.number if row.customer_id is None else "",
        planned_at=row.planned_at,
        done_at=row.done_at,
        late=is_late(row, zone, today),
    )
