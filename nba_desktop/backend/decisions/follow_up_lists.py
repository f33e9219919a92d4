"""Lists for other hands: open promises of a kind, and whom a campaign may ask again about an action."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from nba_desktop.backend.access.reading import keep_reading
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.permission import PermissionService, contact_points
from nba_desktop.backend.contacts.decided import DecidedActions
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.contact_policy import ContactPolicy, exposures_since
from nba_desktop.backend.decisioning.pending import last_words
from nba_desktop.backend.errors import NotFound
from nba_desktop.backend.model import CustomerRecord, PastResponse
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.follow_ups import FollowUpRow
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel, FollowUpKind, ReadBasis, ReadOperation, ResponseCode, Role
from nba_desktop.contract.consent import MayContactQuestion, Occasion

CAMPAIGN: Final = "campaign"
ASK_AGAIN: Final = frozenset(
    {
        ResponseCode.INTEREST_INFO,
        ResponseCode.INTEREST_CALLBACK,
        ResponseCode.INTEREST_SPECIALIST,
        ResponseCode.THINKING,
    }
)
"""Whoever said one of these last may be asked again once the action has rested."""

_AT_A_TIME: Final = 200
_ASKED_AT_A_TIME: Final = 10_000
"""To find them takes a look at all that was said of the action: seldom, then."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line: what is to be done for whom until when; `channel` and `contact_point` are a campaign's."""

    reference: str
    customer_no: str
    kind: str
    due: date
    at_time: time | None
    action_id: str
    title: str
    words: str
    channel: str = ""
    contact_point: str = ""


class FollowUpLists:
    """Reads lists; each reading is kept with who, why and whom it was about, before a line of it is handed out."""

    def __init__(
        self, store: Store, catalogues: LiveCatalogues, permissions: PermissionService, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._catalogues = catalogues
        self._permissions = permissions
        self._clock = clock

    def promised(
        self, caller: Caller, reason: str, kind: FollowUpKind, until: date | None, language: Language
    ) -> Iterator[ListRow]:
        """Return everybody's open promises of a kind up to a day of the site, without one up to today.

        What a customer asked for is no advertising: no consent is asked for.
        """
        last = until or self._today()
        after = (date.min, UUID(int=0))
        while True:
            with self._store.write() as unit:
                found = unit.follow_ups.open_of_kind(kind, last, after, _AT_A_TIME)
                ids = sorted({one.customer_id for one in found if one.customer_id is not None})
                if found:
                    keep_reading(unit, self._reading(caller, reason), ids)
                customers = {one.customer_id: one for one in unit.customers.several(ids)}
                actions = DecidedActions(unit, self._catalogues, language)
                rows = [_promised(one, customers.get(one.customer_id or ""), actions) for one in found]
            yield from rows
            if len(found) < _AT_A_TIME:
                return
            after = (found[-1].due, found[-1].follow_up_id)

    def campaign(
        self, caller: Caller, reason: str, action_id: str, channel: ConsentChannel, language: Language
    ) -> Iterator[ListRow]:
        """Return whom a campaign may ask again about an action by a channel, each with the number or address for it.

        Those who were interested or wanted to think it over, said nothing else since, whose action has rested, and whom
        the consent ledger lets be contacted. Raises `NotFound` for an action that the catalogue does not have.
        """
        with self._store.read() as unit:
            live = self._catalogues.in_force(unit).live
        if all(one.action_id != action_id for one in live.actions):
            raise NotFound(f"the live version of the catalogue has no action {action_id}")
        for ids in self._who_was_asked(action_id):
            with self._store.read() as unit:
                asked = [one for customer_id in ids if (one := self._to_ask(unit, customer_id, action_id)) is not None]
            allowed = [
                (customer, point, said, action)
                for customer, said, action in asked
                if (point := self._allowed_at(caller, customer, channel)) is not None
            ]
            if allowed:
                with self._store.write() as unit:
                    read = [customer.customer_id for customer, _, _, _ in allowed]
                    keep_reading(unit, self._reading(caller, reason), read)
            today = self._today()
            for customer, point, said, action in allowed:
                yield ListRow(
                    reference=f"{action_id}-{customer.customer_no}-{said.at:%Y%m%d}",
                    customer_no=customer.customer_no,
                    kind=CAMPAIGN,
                    due=today,
                    at_time=None,
                    action_id=action_id,
                    title=action.entry.title.into(language),
                    words=said.code.value,
                    channel=channel.value,
                    contact_point=point,
                )

    def _who_was_asked(self, action_id: str) -> Iterator[Sequence[str]]:
        """Return some customers at a time who once were interested or thought it over."""
        after = ""
        while True:
            with self._store.read() as unit:
                ids = unit.pending.who_said(action_id, sorted(ASK_AGAIN), after, _ASKED_AT_A_TIME)
            for start in range(0, len(ids), _AT_A_TIME):
                yield ids[start : start + _AT_A_TIME]
            if len(ids) < _ASKED_AT_A_TIME:
                return
            after = ids[-1]

    def _to_ask(
        self, unit: Unit, customer_id: str, action_id: str
    ) -> tuple[CustomerRecord, PastResponse, Action] | None:
        """Return a customer whose last word on the action may be taken up again now, with that word."""
        catalogue = self._catalogues.for_customer(unit, customer_id)
        action = next((one for one in catalogue.actions if one.action_id == action_id), None)
        customer = unit.customers.by_id(customer_id)
        past = unit.decisions.past_responses(customer_id)
        said = last_words(past, catalogue.zone).get(action_id)
        if action is None or customer is None or said is None or said.code not in ASK_AGAIN:
            return None
        rests = self._policy(unit, catalogue, customer_id, past).removal(action) is not None
        return None if rests else (customer, said, action)

    def _policy(
        self, unit: Unit, catalogue: Catalogue, customer_id: str, past: Sequence[PastResponse]
    ) -> ContactPolicy:
        now = self._clock()
        since = exposures_since(catalogue, now)
        exposures = () if since is None else unit.decisions.past_exposures(customer_id, since)
        return ContactPolicy(catalogue, past, exposures, now)

    def _allowed_at(self, caller: Caller, customer: CustomerRecord, channel: ConsentChannel) -> str | None:
        """Return the first number or address by which advertising may reach him, None where there is none."""
        for point in sorted(contact_points(customer).get(channel, ())):
            question = MayContactQuestion(
                customer_id=customer.customer_id, contact_point=point, purpose=Occasion.ADV_OWN, channel=channel
            )
            if self._permissions.is_allowed(caller, question):
                return point
        return None

    def _reading(self, caller: Caller, reason: str) -> Reading:
        return Reading(
            self._clock(), caller.agent_id, Role.ADMIN, ReadOperation.FOLLOW_UPS_EXPORT, ReadBasis.REASON, reason
        )

    def _today(self) -> date:
        with self._store.read() as unit:
            return self._clock().astimezone(self._catalogues.in_force(unit).live.zone).date()


def _promised(row: FollowUpRow, customer: CustomerRecord | None, actions: DecidedActions) -> ListRow:
    return ListRow(
        reference=str(row.follow_up_id),
        customer_no="" if customer is None else customer.customer_no,
        kind=row.kind.value,
        due=row.due,
        at_time=row.at_time,
        action_id=row.action_id or "",
        title="" if row.action_id is None else actions.title(row.decision_id, row.action_id),
        words=row.words,
    )
