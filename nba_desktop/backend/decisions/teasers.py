"""Teasers for a customer who is logged in to the portal: what he has to confirm, then what the engine recommends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from nba_desktop.backend.access.reading import keep_reading
from nba_desktop.backend.arrivals.reading import journey_of
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.ledger import consent_facts
from nba_desktop.backend.contacts.decided import DecidedActions
from nba_desktop.backend.decisioning.built_in_rules import is_objected_to
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.entries.site import PlacementEntry
from nba_desktop.backend.decisioning.pending import pending_yes
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisions.deciding import Decided, Deciding
from nba_desktop.backend.errors import InvalidMessage, UnknownCustomer
from nba_desktop.backend.model import ConsentFacts, CustomerRecord, PastResponse
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.providers.live_facts import LiveFacts
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import DecisionChannel, ReadBasis, ReadOperation, ResponseCode, Role, TeaserState
from nba_desktop.contract.problems import FieldProblem
from nba_desktop.contract.teaser import Teaser, Teasers


class TeaserService:
    """Decides what a placement of the portal shows; every answer is recorded.

    What the customer accepted in a call and has not confirmed yet comes first, and takes a slot from the offers. It is
    withheld by no control arm: it is no recommendation.
    """

    def __init__(
        self,
        store: Store,
        catalogues: LiveCatalogues,
        deciding: Deciding,
        clock: Callable[[], datetime],
        live: LiveFacts,
    ) -> None:
        self._store = store
        self._catalogues = catalogues
        self._deciding = deciding
        self._clock = clock
        self._live = live

    def teasers(self, caller: Caller, customer_key: str, placement: str, language: Language | None) -> Teasers:
        """Return the teasers for a customer, named by his id or his number, in his language unless another is named.

        Raises `UnknownCustomer`, and `InvalidMessage` for a placement that the catalogue does not have.
        """
        if self._live.asks_anybody:
            self._ask_ahead(customer_key, placement)
        with self._store.write() as unit:
            customer = _customer(unit, customer_key)
            customer_id = customer.customer_id
            catalogue = self._catalogues.for_customer(unit, customer_id)
            place = _placement(catalogue, placement)
            reading = Reading(
                self._clock(), caller.agent_id, Role.MACHINE, ReadOperation.READ_TEASERS, ReadBasis.SYSTEM
            )
            keep_reading(unit, reading, [customer_id])
            past = unit.decisions.past_responses(customer_id)
            consents = consent_facts(unit.consents.of_customer(customer_id))
            question = self._live.question(catalogue, customer, consents)
            now = self._clock()
            wanted = language or customer.language
            confirming = self._to_confirm(unit, customer_id, catalogue, place, past, consents, now, wanted)
            journey = journey_of(unit, customer_id, catalogue, now)
            request = DecisionRequest(
                customer=customer,
                # The portal let him in.
                authenticated=True,
                touchpoints=journey.touchpoints,
                older=journey.older,
                consents=consents,
                past=past,
                now=now,
                language=wanted,
                concern=None,
                concern_solved=None,
                channel=DecisionChannel.PORTAL,
                placement=placement,
                slots_taken=len(confirming),
                live=self._live.facts(question),
            )
            decided = self._deciding.in_portal(
                unit, customer_id, placement, request, [one.action_id for one in confirming]
            )
        return Teasers(
            decision_id=decided.decision_id,
            decided_at=decided.at,
            placement=placement,
            language=request.language,
            teasers=(*confirming, *_offers(decided, len(confirming))),
            none_because=None if confirming else decided.outcome.none_because,
        )

    def _ask_ahead(self, customer_key: str, placement: str) -> None:
        """Ask other systems while nothing is locked: whoever writes meanwhile does not wait with the portal."""
        with self._store.read() as unit:
            customer = _customer(unit, customer_key)
            catalogue = self._catalogues.for_customer(unit, customer.customer_id)
            _placement(catalogue, placement)
            consents = consent_facts(unit.consents.of_customer(customer.customer_id))
        question = self._live.question(catalogue, customer, consents)
        if self._live.unanswered(question) is not None:
            self._live.ask(question)

    def _to_confirm(
        self,
        unit: Unit,
        customer_id: str,
        catalogue: Catalogue,
        place: PlacementEntry,
        past: Sequence[PastResponse],
        consents: ConsentFacts,
        now: datetime,
        language: Language,
    ) -> list[Teaser]:
        """Return a reminder for each yes that waits, as many as the placement holds."""
        actions = {one.action_id: one for one in catalogue.actions}
        today = now.astimezone(catalogue.zone).date()
        found: list[Teaser] = []
        for one in pending_yes(past, catalogue):
            action = actions.get(one.action_id)
            if one.has_lapsed(today) or action is None or not _may_remind(action, place, consents):
                continue
            answers = [said for said in unit.decisions.answers(customer_id, one.action_id) if said.at == one.at]
            decision_id = next(
                (said.decision_id for said in answers if said.code is ResponseCode.ACCEPTED_PENDING), None
            )
            found.append(
                Teaser(
                    action_id=one.action_id,
                    slot=len(found) + 1,
                    title=DecidedActions(unit, self._catalogues, language).title(decision_id, one.action_id),
                    text=catalogue.entry.confirm_teaser.into(language),
                    state=TeaserState.CONFIRM,
                    pending_decision_id=decision_id,
                )
            )
        return found[: place.slots]


def _customer(unit: Unit, customer_key: str) -> CustomerRecord:
    customer = unit.customers.by_id(customer_key) or unit.customers.by_customer_no(customer_key)
    if customer is None:
        raise UnknownCustomer("no customer has that id or number")
    return customer


def _placement(catalogue: Catalogue, placement: str) -> PlacementEntry:
    places = {one.id: one for one in catalogue.entry.placements}
    if placement not in places:
        raise InvalidMessage(
            f"the catalogue has no such placement; it has {', '.join(places) or 'none'}",
            (FieldProblem(where="query.placement", message="unknown placement"),),
        )
    return places[placement]


def _may_remind(action: Action, place: PlacementEntry, consents: ConsentFacts) -> bool:
    """Whether the reminder may stand there: who objected to advertising is reminded of services alone."""
    named = action.entry.placements
    return (not named or place.id in named) and not (consents.objected and is_objected_to(action))


def _offers(decided: Decided, taken: int) -> tuple[Teaser, ...]:
    return tuple(
        Teaser(action_id=one.action_id, slot=taken + one.rank, title=one.title, text=one.teaser)
        for one in decided.outcome.recommendations
    )
