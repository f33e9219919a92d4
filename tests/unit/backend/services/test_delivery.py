"""However the outbox splits, repeats and mixes what it sends, the backend comes to the same."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, select

from nba_desktop.backend.store.schema.contacts import contacts, events
from nba_desktop.backend.store.schema.decisions import exposures, responses
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ResponseCode
from nba_desktop.contract.events import (
    AnyEvent,
    ConcernChosen,
    ConcernSolved,
    ContactEnded,
    ContactNoteWritten,
    ResponseRecorded,
    ResponseRetracted,
)
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW, authenticated, started


def call(number: str) -> list[AnyEvent]:
    """The events of one call, as its panel's outbox holds them."""
    start = started(number)

    def fact(seq: int) -> dict[str, Any]:
        return {"event_id": new_id(), "contact_id": start.contact_id, "seq": seq, "at": NOW}

    response = ResponseRecorded(**fact(5), action_id="SRV_BILL", code=ResponseCode.THINKING)
    return [
        start,
        authenticated(start.contact_id),
        ConcernChosen(**fact(3), concern="bill"),
        ConcernSolved(**fact(4), solved=True),
        response,
        ResponseRetracted(**fact(6), retracts=response.event_id),
        ResponseRecorded(**fact(7), action_id="SRV_BILL", code=ResponseCode.ACCEPTED_DONE),
        ContactNoteWritten(**fact(8), text="Notiz"),
        ContactEnded(**fact(9), cause="normal", duration_s=60),
    ]


CALLS = (call("+4915112345678"), call("+4935198765432"))


@st.composite
def deliveries(draw: st.DrawFn) -> list[list[AnyEvent]]:
    """Batches that hold every event, in order within each call; any of them may come again before the next."""
    rest = [list(one) for one in CALLS]
    batches: list[list[AnyEvent]] = []
    while any(rest):
        batch: list[AnyEvent] = []
        for _ in range(draw(st.integers(1, 6))):
            waiting = [one for one in rest if one]
            if waiting:
                batch.append(waiting[draw(st.integers(0, len(waiting) - 1))].pop(0))
        batches += [batch] * draw(st.integers(1, 3))
        if draw(st.booleans()):
            batches.append(batches[draw(st.integers(0, len(batches) - 1))])
    return batches


def content(services: Services) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that events make, without the moment of arrival."""
    with services.store._database.reading() as connection:

        def rows(table: Table) -> list[tuple[Any, ...]]:
            columns = [column for column in table.c if column.name != "received_at"]
            return sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)

        return {table.name: rows(table) for table in (contacts, events, exposures, responses)}


@cache
def expected() -> dict[str, list[tuple[Any, ...]]]:
    """What becomes of the events when each comes once."""
    with tempfile.TemporaryDirectory() as folder, open_services(Path(folder)) as services:
        services.events.record(services.agent, [event for one in CALLS for event in one])
        return content(services)


@settings(max_examples=20)
@given(deliveries())
def test_every_event_counts_once_however_it_is_delivered(batches: list[list[AnyEvent]]) -> None:
    with tempfile.TemporaryDirectory() as folder, open_services(Path(folder)) as services:
        for batch in batches:
            answer = services.events.record(services.agent, batch)
            assert {one.verdict for one in answer.verdicts} <= {"accepted", "duplicate"}
        assert content(services) == expected()
