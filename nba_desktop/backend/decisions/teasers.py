"""Teasers for a customer who is logged in to the portal: the engine and the policies of the calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.ledger import consent_facts
from nba_desktop.backend.decisioning.request import DecisionRequest
from nba_desktop.backend.decisions.deciding import Deciding
from nba_desktop.backend.errors import InvalidMessage, UnknownCustomer
from nba_desktop.backend.ports import Store
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import DecisionChannel
from nba_desktop.contract.problems import FieldProblem
from nba_desktop.contract.teaser import Teaser, Teasers


class TeaserService:
    """Decides what a placement of the portal shows; every answer is recorded."""

    def __init__(
        self, store: Store, catalogues: LiveCatalogues, deciding: Deciding, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._catalogues = catalogues
        self._deciding = deciding
        self._clock = clock

    def teasers(self, customer_key: str, placement: str, language: Language | None) -> Teasers:
        """Return the teasers for a customer, named by his id or his number, in his language unless another is named.

        Raises `UnknownCustomer`, and `InvalidMessage` for a placement that the catalogue does not have.
        """
        with self._store.write() as unit:
            customer = unit.customers.by_id(customer_key) or unit.customers.by_customer_no(customer_key)
            if customer is None:
                raise UnknownCustomer("no customer has that id or number")
            customer_id = customer.customer_id
            known = [one.id for one in self._catalogues.for_customer(unit, customer_id).entry.placements]
            if placement not in known:
                raise InvalidMessage(
                    f"the catalogue has no such placement; it has {', '.join(known) or 'none'}",
                    (FieldProblem(where="query.placement", message="unknown placement"),),
                )
            request = DecisionRequest(
                customer=customer,
                # The portal let him in.
                authenticated=True,
                touchpoints=unit.customers.touchpoints(customer_id),
                consents=consent_facts(unit.consents.of_customer(customer_id)),
                past=unit.decisions.past_responses(customer_id),
                now=self._clock(),
                language=language or customer.language,
                concern=None,
                concern_solved=None,
                channel=DecisionChannel.PORTAL,
                placement=placement,
            )
            decided = self._deciding.in_portal(unit, customer_id, placement, request)
        return Teasers(
            decision_id=decided.decision_id,
            decided_at=decided.at,
            placement=placement,
            language=request.language,
            teasers=tuple(
                Teaser(action_id=one.action_id, slot=one.rank, title=one.title, text=one.teaser)
                for one in decided.outcome.recommendations
            ),
            none_because=decided.outcome.none_because,
        )
