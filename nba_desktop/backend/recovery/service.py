"""Takes sealed entries in, each under the agent whose it is, as if his workstation had sent it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from nba_desktop.backend.contacts.events import EventService
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.recovery.sealed_files import Found
from nba_desktop.backend.rows.audit import Reading
from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role
from nba_desktop.contract.events import AnyEvent
from nba_desktop.contract.sealed import SealedBy

Became = Literal["accepted", "duplicate", "refused", "no_key", "unreadable", "nobody"]
"""Taken in, there already, against the rules; no key opens it, it breaks the contract, nobody knows whose it is."""

GOOD: Final[frozenset[Became]] = frozenset({"accepted", "duplicate"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one entry; `agent_id` is empty where nobody knows whose it is, `why` the code of a refusal."""

    event_id: str
    became: Became
    agent_id: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of every entry, in the order of the files."""

    entries: tuple[Entry, ...] = ()
    by_agent: Mapping[str, Counter[Became]] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Whether the backend has all of it now."""
        return all(one.became in GOOD for one in self.entries)


class RecoveryService:
    """Takes in what was sealed; whoever has the public key can seal, so that an administrator answers for it."""

    def __init__(self, store: Store, events: EventService, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._events = events
        self._clock = clock

    def recover(self, by: str, reason: str, found: Sequence[Found], otherwise: str = "") -> Recovered:
        """Take the entries in, in the order of each contact; once more, it changes nothing.

        Each is its contact's agent's, else that of whoever was signed in at the workstation, else `otherwise`'s.
        """
        entries = [Entry(one.event_id, "unreadable" if one.entry else "no_key") for one in found if one.event is None]
        with self._store.write() as unit:
            ensure_agent(unit.access, by, self._clock())
            unit.audit.add(Reading(self._clock(), by, Role.ADMIN, ReadOperation.RECOVER, ReadBasis.REASON, reason), [])
        for contact_id, events in _by_contact(found).items():
            # A contact at a time: the calls that go on meanwhile do not wait for all of it.
            with self._store.write() as unit:
                caller = self._caller(unit, contact_id, [by_ for _, by_ in events], otherwise)
                entries += [self._taken_in(unit, caller, event) for event, _ in events]
        by_agent: dict[str, Counter[Became]] = {}
        for one in entries:
            by_agent.setdefault(one.agent_id, Counter())[one.became] += 1
        return Recovered(tuple(entries), by_agent)

    def _taken_in(self, unit: Unit, caller: Caller | None, event: AnyEvent) -> Entry:
        if caller is None:
            return Entry(str(event.event_id), "nobody")
        verdict = self._events.verdict(unit, caller, event)
        why = verdict.problem.code.value if verdict.problem else ""
        return Entry(str(event.event_id), verdict.verdict, caller.agent_id, why)

    def _caller(self, unit: Unit, contact_id: UUID, sealed_by: Iterable[SealedBy], otherwise: str) -> Caller | None:
        contact = unit.contacts.by_id(contact_id)
        known = (agent_id for one in sealed_by if (agent_id := _agent_of(unit, one)))
        agent_id = contact.agent_id if contact else next(known, otherwise)
        if not agent_id:
            return None
        code = ensure_agent(unit.access, agent_id, self._clock())
        return Caller(agent_id, code, frozenset({Role.AGENT}))


def _by_contact(found: Sequence[Found]) -> dict[UUID, list[tuple[AnyEvent, SealedBy]]]:
    """The events of each contact in their order, each once; contacts in the order in which they were sealed."""
    events: dict[UUID, tuple[datetime, AnyEvent, SealedBy]] = {}
    for one in found:
        if one.event is not None and one.entry is not None:
            events.setdefault(one.event.event_id, (one.entry.stored_at, one.event, one.entry.by))
    contacts: dict[UUID, list[tuple[AnyEvent, SealedBy]]] = {}
    for _, event, by in sorted(events.values(), key=lambda one: one[0]):
        contacts.setdefault(event.contact_id, []).append((event, by))
    return {contact_id: sorted(of, key=lambda one: one[0].seq) for contact_id, of in contacts.items()}


def _agent_of(unit: Unit, by: SealedBy) -> str:
    if by.issuer is not None and by.subject is not None:
        row = unit.access.sign_in(by.issuer, by.subject)
        return "" if row is None else row.agent_id
    token = None if by.token_hash is None else unit.access.valid_token(by.token_hash)
    return "" if token is None else token.agent_id
