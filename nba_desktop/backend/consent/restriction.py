"""Erasure keeps the proof of consents: it is restricted to the consent officer, and no consent is used any more."""

from __future__ import annotations

from datetime import datetime

from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.consents import ConsentRestriction


def restrict(unit: Unit, customer_id: str, at: datetime) -> bool:
    """Restrict a customer's proof, within the transaction that erases him and before his record goes.

    Return False when there is nothing to restrict: no entry in the ledger, or restricted before.
    """
    if unit.consents.restriction(customer_id) is not None or not unit.consents.of_customer(customer_id):
        return False
    customer = unit.customers.by_id(customer_id)
    number = "" if customer is None else customer.customer_no
    unit.consents.restrict(ConsentRestriction(customer_id=customer_id, customer_no=number, at=at))
    return True
