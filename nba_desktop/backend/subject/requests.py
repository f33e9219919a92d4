"""What other systems ask for customers, each request once: erasures and corrections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal
from uuid import UUID, uuid5

from nba_desktop.backend.errors import Conflict
from nba_desktop.backend.outbound.records import SubjectRequest
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.subject.asking import Asked, CorrectionAsked, ErasureAsked
from nba_desktop.backend.subject.correction import correct
from nba_desktop.backend.subject.erasure import ErasureService, customer_hash
from nba_desktop.contract.base import new_id

_IDS: Final = UUID("c1f1d4ab-7f2b-5a69-8d1c-0d9f7a4be6f3")
HERE: Final = "nba-desktop"
"""The source of what was not asked for by another system."""
Verdict = Literal["accepted", "duplicate"]


class SubjectRequests:
    """Carries requests out and keeps that they were, in one transaction each."""

    def __init__(self, store: Store, erasures: ErasureService, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._erasures = erasures
        self._clock = clock

    def erase(self, caller: Caller, asked: ErasureAsked) -> Verdict:
        """Erase a customer and tell other systems; asked again under the same id, nothing happens.

        Raises `UnknownCustomer`, `Conflict` for an id of another request, and `InvalidMessage` for a reason that names
        him.
        """
        with self._store.write() as unit:
            request = self._new(unit, caller, "erasure", asked)
            if request is None:
                return "duplicate"
            self._erasures.erase_within(unit, caller.agent_id, asked.customer_no, asked.reason)
            unit.outbound.add_request(request)
        return "accepted"

    def correct(self, caller: Caller, asked: CorrectionAsked) -> Verdict:
        """Put other values into a customer's fields and tell other systems; asked again, nothing happens.

        Raises `UnknownCustomer`, `Conflict` for an id of another request, and `InvalidMessage`.
        """
        with self._store.write() as unit:
            request = self._new(unit, caller, "correction", asked)
            if request is None:
                return "duplicate"
            customer_id, changes = correct(unit, asked.customer_no, asked.changes, asked.source, request.received_at)
            unit.outbound.add_request(replace(request, customer_id=customer_id, changes=changes))
        return "accepted"

    def correct_here(self, actor: str, customer_no: str, changes: Mapping[str, str | None]) -> tuple[str, ...]:
        """Correct what the customer himself asked for here and return the fields that changed; raises as `correct`."""
        now = self._clock()
        with self._store.write() as unit:
            customer_id, done = correct(unit, customer_no, changes, HERE, now)
            if done:
                hashed = customer_hash(unit, customer_no, now)
                request = SubjectRequest(new_id(), HERE, "correction", now, actor, customer_id, hashed, done)
                unit.outbound.add_request(request)
        return tuple(sorted(done))

    def _new(self, unit: Unit, caller: Caller, kind: str, asked: Asked) -> SubjectRequest | None:
        """Return the request as it is kept, None when it was carried out before."""
        now = self._clock()
        request_id = uuid5(_IDS, f"{asked.source}\x1f{asked.id}")
        hashed = customer_hash(unit, asked.customer_no, now)
        known = unit.outbound.request(request_id)
        if known is None:
            return SubjectRequest(request_id, asked.source, kind, now, caller.agent_id, None, hashed)
        if (known.kind, known.customer_hash) != (kind, hashed):
            raise Conflict("another request is stored under this source and id: send it under a new id")
        return None
