"""Two backends on one database: what both take in at the same time is there once, and the proof is one chain."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.contacts.effects import Effects
from nba_desktop.backend.contacts.events import EventService
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.schema.consents import consent_events
from nba_desktop.backend.store.schema.contacts import events
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose
from nba_desktop.contract.events import AnyEvent, ConsentRecorded, ContactNoteWritten
from tests.fakes.backend_ledger import checked
from tests.fakes.backend_services import FakeLearn, Services
from tests.fakes.backend_site import NOW, authenticated, started, url_of

pytestmark = pytest.mark.usefixtures("each_store")

CALLS = 6
EVENTS_OF_A_CALL = 4


@pytest.fixture
def other(services: Services, tmp_path: Path) -> Iterator[EventService]:
    """The events of another process: with connections, a lock and a catalogue of its own."""
    with closing(SqlStore(Database(url_of(tmp_path)))) as store:
        yield EventService(store, Effects(LiveCatalogues(), FakeLearn()), services.clock)


def a_call() -> list[AnyEvent]:
    start = started("+4915112345678")

    def withdrawal(contact_id: UUID) -> ConsentRecorded:
        return ConsentRecorded(
            event_id=new_id(),
            contact_id=contact_id,
            seq=3,
            at=NOW,
            customer_id="c-lisa",
            purpose=ConsentPurpose.ADV_OWN,
            channel=ConsentChannel.PHONE,
            event=ConsentEventType.WITHDRAWN,
        )

    return [
        start,
        authenticated(start.contact_id),
        withdrawal(start.contact_id),
        ContactNoteWritten(event_id=new_id(), contact_id=start.contact_id, seq=4, at=NOW, text="Notiz"),
    ]


def at_the_same_time(*works: Callable[[], None]) -> None:
    failed: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - it is raised again below
            failed.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []


def test_no_event_is_lost_or_counted_twice_and_the_chain_does_not_fork(services: Services, other: EventService) -> None:
    own, others, both = ([a_call() for _ in range(CALLS)] for _ in range(3))
    said: list[str] = []

    def take_in(process: EventService, calls: Sequence[list[AnyEvent]]) -> None:
        for call in calls:
            for event in call:
                (verdict,) = process.record(services.agent, [event]).verdicts
                said.append(verdict.verdict)

    at_the_same_time(lambda: take_in(services.events, [*own, *both]), lambda: take_in(other, [*others, *both]))

    assert Counter(said) == {"accepted": 3 * CALLS * EVENTS_OF_A_CALL, "duplicate": CALLS * EVENTS_OF_A_CALL}
    with services.store._database.reading() as connection:
        kept = [
            connection.execute(select(func.count()).select_from(one)).scalar_one() for one in (events, consent_events)
        ]
    assert kept == [3 * CALLS * EVENTS_OF_A_CALL, 3 * CALLS]
    with services.store.read() as unit:
        entries = sorted(unit.consents.of_customer("c-lisa"), key=lambda one: one.position)
        assert checked(entries, unit.consents.end()).broken_at is None
    assert [one.position for one in entries] == list(range(1, 3 * CALLS + 1))
