"""The services on a real store, with a fixed clock and a decision that is told what to recommend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from nba_desktop.backend.consent.service import ConsentRecorder
from nba_desktop.backend.consent.wording import register_wordings
from nba_desktop.backend.contacts.effects import Effects
from nba_desktop.backend.contacts.events import EventService
from nba_desktop.backend.contacts.identification import SecurityPolicy
from nba_desktop.backend.contacts.search import SearchService
from nba_desktop.backend.contacts.service import ContactService
from nba_desktop.backend.contacts.view import Site
from nba_desktop.backend.decisioning.engine import DecisionOutcome, DecisionRequest
from nba_desktop.backend.ports import Caller
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import Language
from nba_desktop.contract.codes import (
    ActionKind,
    ClosingForm,
    ConsentChannel,
    ConsentPurpose,
    NoRecommendation,
    Role,
)
from nba_desktop.contract.consent import ConsentWording
from nba_desktop.contract.recommendation import Recommendation
from tests.fakes.backend_site import NOW, sql_store


def recommendation(action_id: str, rank: int) -> Recommendation:
    return Recommendation(
        action_id=action_id,
        rank=rank,
        kind=ActionKind.SERVICE,
        closing_form=ClosingForm.SERVICE_DONE,
        minutes=1,
        title="Titel",
        reason="Grund",
        bridge="Brücke",
    )


@dataclass
class FakeDecide:
    """Recommends what it is told to, once the customer is authenticated; remembers what it was asked."""

    actions: tuple[str, ...] = ("SRV_BILL", "SRV_MOVE")
    asked: list[DecisionRequest] = field(default_factory=list)
    fails: bool = False

    def __call__(self, request: DecisionRequest) -> DecisionOutcome:
        self.asked.append(request)
        if self.fails:
            raise ZeroDivisionError
        if not request.authenticated:
            reason = NoRecommendation.NOT_AUTHENTICATED if request.customer else NoRecommendation.UNKNOWN_CUSTOMER
            return DecisionOutcome((), (), reason, {"none_because": reason.value})
        shown = tuple(recommendation(action, rank) for rank, action in enumerate(self.actions, start=1))
        return DecisionOutcome(shown, (), None, {"slate": list(self.actions)})


WORDINGS = {
    language: (
        ConsentWording(
            wording_id=f"CALLS.{language}.v1",
            purpose=ConsentPurpose.ADV_OWN,
            channels=(ConsentChannel.PHONE, ConsentChannel.SMS),
            language=language,
            text=f"Dürfen wir? ({language})",
            text_sha256=digit * 64,
            version=1,
        ),
        ConsentWording(
            wording_id=f"MAIL.{language}.v1",
            purpose=ConsentPurpose.ADV_OWN,
            channels=(ConsentChannel.EMAIL,),
            language=language,
            text=f"Mail? ({language})",
            text_sha256=(digit + "a") * 32,
            version=1,
        ),
    )
    for language, digit in (("de", "1"), ("en", "2"))
}


def wordings(language: Language) -> tuple[ConsentWording, ...]:
    return WORDINGS[language]


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Services:
    store: SqlStore
    clock: Clock
    decide: FakeDecide
    agent: Caller
    colleague: Caller
    events: EventService
    contacts: ContactService
    search: SearchService


@contextmanager
def open_services(folder: Path) -> Iterator[Services]:
    """Build the services on a fresh store in `folder`."""
    with sql_store(folder) as store:
        clock = Clock()
        with store.write() as unit:
            register_wordings(unit.consents, (*WORDINGS["de"], *WORDINGS["en"]), NOW)
            callers = [
                Caller(name, ensure_agent(unit.access, name, NOW), frozenset({Role.AGENT})) for name in ("anna", "ben")
            ]
        security = SecurityPolicy(("customer_no", "birth_date", "iban_last4", "street"), 2)
        zone = ZoneInfo("Europe/Berlin")
        site = Site("cat-1", security, wordings, zone)
        recorder = ConsentRecorder(lambda moment: moment.astimezone(zone).isoformat(timespec="seconds"))
        events = EventService(store, Effects(security, recorder), clock)
        decide = FakeDecide()
        yield Services(
            store,
            clock,
            decide,
            callers[0],
            callers[1],
            events,
            ContactService(store, events, decide, site, clock),
            SearchService(store, clock),
        )
