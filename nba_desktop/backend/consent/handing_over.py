"""Gather the proof of a customer's consents for the consent officer; each time is kept with who and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from nba_desktop.backend.access.reading import keep_reading, role_used
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.consent.anchors import Anchor
from nba_desktop.backend.consent.bundle import Proof, chosen, make_proof, tree_over
from nba_desktop.backend.errors import NotFound, ProofError, ReasonRequired, UnknownCustomer
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ReadBasis, ReadOperation, Role

LONGEST_REASON: Final = 180


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """Whose proof, of what, why, and in which language; without purpose or channel of all of them."""

    customer_no: str
    reason: str
    purpose: ConsentPurpose | None = None
    channel: ConsentChannel | None = None
    language: Language = "de"


class HandOver:
    """Makes proofs, also of customers who were erased."""

    def __init__(self, store: Store, catalogues: LiveCatalogues, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._catalogues = catalogues
        self._clock = clock

    def proof(
        self, caller: Caller, operation: ReadOperation, request: ProofRequest, anchors: Sequence[Anchor] = ()
    ) -> Proof:
        """Return the proof; raise `ReasonRequired`, `UnknownCustomer`, `NotFound` without an entry, or `ProofError`."""
        if not request.reason.strip():
            raise ReasonRequired("say why the proof is read")
        with self._store.write() as unit:
            customer_id = _customer_id(unit, request.customer_no)
            # Kept before anything is read, whatever comes of it.
            role, why = role_used(caller, Role.CONSENT_OFFICER, Role.ADMIN), request.reason.strip()
            reading = Reading(self._clock(), caller.agent_id, role, operation, ReadBasis.DUTY, why)
            keep_reading(unit, reading, [customer_id])
        with self._store.read() as unit:
            entries = chosen(unit.consents.of_customer(customer_id), request.purpose, request.channel)
            if not entries:
                raise NotFound("the ledger has no entry of that customer for that")
            end = unit.consents.end()
            if end is None:
                raise ProofError("the record of the ledger's end is missing: check it with `ledger verify`")
            tree = tree_over([one.position for one in entries], end.position, unit.consents.hashes, anchors)
            catalogue = self._catalogues.for_customer(unit, customer_id)
            return make_proof(
                entries,
                unit.consents.wordings(),
                tree,
                request.language,
                catalogue.zone,
                catalogue.entry.consent_proof.other_channels_years,
                self._clock(),
            )


def _customer_id(unit: Unit, customer_no: str) -> str:
    customer = unit.customers.by_customer_no(customer_no)
    if customer is not None:
        return customer.customer_id
    restriction = unit.consents.restriction_of_number(customer_no)
    if restriction is None:
        raise UnknownCustomer("no customer has that number")
    return restriction.customer_id
