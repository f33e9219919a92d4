"""Record the answers for the practice calls anew, from the backend with the sample site."""

from __future__ import annotations

import itertools
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict
from uuid import UUID

from pydantic import BaseModel

from nba_desktop.adapters.embedded_backend import EmbeddedBackend, backend_command
from nba_desktop.adapters.http_backend import HttpBackend
from nba_desktop.adapters.practice_recording import (
    PracticeCall,
    RecordedAction,
    RecordedCustomer,
    RecordedDecision,
    Recording,
    decision_name,
    load_script,
)
from nba_desktop.contract.base import Language, new_id
from nba_desktop.contract.codes import AuthLevel
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.customer import Candidate
from nba_desktop.contract.events import CallerAuthenticated, CallerNumber, ConcernChosen, ConcernSolved, ContactStarted
from nba_desktop.contract.journey import Touchpoint
from nba_desktop.contract.recommendation import Decision, Recommendation

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "practice"
NOBODY = "+4930231250999"
PAGE = 100


class Head(TypedDict):
    """What every event begins with."""

    event_id: UUID
    contact_id: UUID
    seq: int
    at: datetime


def main() -> int:
    """Record each language, with a backend of its own that nobody has asked before."""
    calls = load_script(FOLDER).calls
    languages: tuple[Language, ...] = ("de", "en")
    for language in languages:
        with tempfile.TemporaryDirectory(prefix="nba-practice-") as folder:
            embedded = EmbeddedBackend(backend_command(Path(folder)))
            running = embedded.start()
            try:
                recording = record(HttpBackend(running.url, running.token), language, calls)
            finally:
                embedded.stop()
        path = FOLDER / f"{language}.json"
        path.write_text(recording.model_dump_json(indent=1) + "\n", encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size // 1024} kB")
    return 0


def record(backend: HttpBackend, language: Language, calls: tuple[PracticeCall, ...]) -> Recording:
    """Ask everything that may be asked in the practice calls."""
    return Recording(
        at=datetime.now(UTC).replace(microsecond=0),
        unknown=_begun(backend, language, NOBODY)[0],
        catalogue=backend.catalogue(language),
        knowledge=backend.knowledge(language),
        customers={call.customer: _customer(backend, language, call) for call in calls},
    )


def _begun(backend: HttpBackend, language: Language, number: str) -> tuple[ContactView, Callable[[], Head]]:
    contact_id, seq = new_id(), itertools.count(1)

    def head() -> Head:
        return {"event_id": new_id(), "contact_id": contact_id, "seq": next(seq), "at": datetime.now(UTC)}

    caller = CallerNumber(raw=number, e164=number, presentation="allowed")
    started = ContactStarted(**head(), number=caller, interaction_id=str(contact_id), language=language)
    return backend.start_contact(started), head


def _found(backend: HttpBackend, language: Language, customer: str) -> tuple[ContactView, Callable[[], Head]]:
    _, head = _begun(backend, language, NOBODY)
    event = CallerAuthenticated(**head(), customer_id=customer, level=AuthLevel.IDENTIFIED)
    return backend.settle_caller(event), head


def _candidate(view: ContactView, customer: str) -> Candidate:
    return next(one for one in view.identification.candidates if one.customer_id == customer)


def _authenticated(backend: HttpBackend, language: Language, customer: str) -> tuple[ContactView, Callable[[], Head]]:
    found, head = _found(backend, language, customer)
    items = tuple(item.code for item in _candidate(found, customer).security_items)
    passed = items[: found.identification.security_items_required]
    event = CallerAuthenticated(**head(), customer_id=customer, level=AuthLevel.AUTHENTICATED, items_passed=passed)
    return backend.settle_caller(event), head


def _customer(backend: HttpBackend, language: Language, call: PracticeCall) -> RecordedCustomer:
    by_number, _ = _begun(backend, language, call.number)
    by_search, _ = _found(backend, language, call.customer)
    candidate = _candidate(by_search, call.customer)
    hits = backend.search(candidate.display_name, by_search.contact_id).hits
    view, _ = _authenticated(backend, language, call.customer)
    older = tuple(_older(backend, view))
    decisions = dict(_decisions(backend, language, call.customer, tuple(one.code for one in view.concerns)))
    pools = _Pools()
    kept = {name: pools.kept(decision) for name, decision in decisions.items()}
    return RecordedCustomer.model_validate(
        {
            "number": call.number,
            "by_number": by_number if by_number.identification.candidates else None,
            "by_search": by_search,
            "hit": next(hit for hit in hits if hit.customer_id == call.customer),
            "view": view.model_copy(
                update={"decision": view.decision.model_copy(update={"recommendations": (), "why_not": ()})}
            ),
            "older": older,
            "actions": pools.actions,
            "places": pools.places,
            "why_not": pools.why_not,
            "decisions": kept,
        }
    )


def _older(backend: HttpBackend, view: ContactView) -> Iterator[Touchpoint]:
    """The touchpoints that the view leaves out."""
    newest = view.journey.touchpoints if view.journey else ()
    while newest:
        page = backend.journey(view.contact_id, newest[-1].touchpoint_id, PAGE)
        yield from page.touchpoints
        newest = page.touchpoints if page.more else ()


def _decisions(
    backend: HttpBackend, language: Language, customer: str, concerns: tuple[str, ...]
) -> Iterator[tuple[str, Decision]]:
    """Every decision that the practice may ask for, each in a contact of its own, in which nothing else was said."""
    for concern, solved in itertools.product((None, *concerns), (None, True, False)):
        view, head = _authenticated(backend, language, customer)
        if concern is not None:
            view = backend.settle_concern(ConcernChosen(**head(), concern=concern))
        if solved is not None:
            view = backend.settle_concern(ConcernSolved(**head(), concern=concern, solved=solved))
        yield decision_name(concern, solved), view.decision


class _Pools:
    """What decisions share, each kept once."""

    def __init__(self) -> None:
        self.actions: dict[str, BaseModel] = {}
        self.places: dict[str, BaseModel] = {}
        self.why_not: dict[str, BaseModel] = {}

    def kept(self, decision: Decision) -> RecordedDecision:
        """The decision in names of what is kept."""
        return RecordedDecision(
            places=tuple(_pooled(self.places, one.action_id, self._place(one)) for one in decision.recommendations),
            why_not=tuple(_pooled(self.why_not, f"{one.action_id}.{one.rule}", one) for one in decision.why_not),
            none_because=decision.none_because,
            quiet_because=decision.quiet_because,
        )

    def _place(self, one: Recommendation) -> RecordedAction:
        words = one.model_copy(update={"rank": 1, "reason": "", "because": (), "factors": None, "quiet": False})
        return RecordedAction(
            content=_pooled(self.actions, one.action_id, words),
            rank=one.rank,
            reason=one.reason,
            because=one.because,
            factors=one.factors,
            quiet=one.quiet,
        )


def _pooled(pool: dict[str, BaseModel], name: str, value: BaseModel) -> str:
    """Keep a value once, under a name of its own where another has the name already."""
    for number in itertools.count(1):
        key = name if number == 1 else f"{name}#{number}"
        if pool.setdefault(key, value) == value:
            return key
    raise AssertionError("unreachable")


if __name__ == "__main__":
    sys.exit(main())
