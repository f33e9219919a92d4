"""What the site's figures count besides the facts of calls, on each kind of store."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.rows.caller import Caller
from nba_desktop.backend.rows.site_figures import QueueCallRow, QueueCounts
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel, ConsentEventType, ConsentPurpose, ContactChannel
from nba_desktop.contract.events import ConsentRecorded
from tests.fakes.backend_review import Site, open_site
from tests.fakes.backend_site import NOW, Stores, authenticated, started

DAY = timedelta(days=1)


@pytest.fixture
def site(tmp_path: Path, each_store: Stores) -> Iterator[Site]:
    with open_site(tmp_path, agents=1) as opened:
        yield opened


def test_offered_calls_are_counted_within_their_time(site: Site) -> None:
    def offered(at: datetime, waited_s: float | None = None, abandoned: bool = False) -> QueueCallRow:
        answered = None if waited_s is None else at + timedelta(seconds=waited_s)
        return QueueCallRow(new_id(), "pbx", None, at, answered, at + timedelta(minutes=5), abandoned)

    with site.services.store.write() as unit:
        unit.site.add_queue_calls([])
        unit.site.add_queue_calls([offered(NOW, 20), offered(NOW, 20.001), offered(NOW, abandoned=True)])
        unit.site.add_queue_calls([offered(NOW - DAY, 1), offered(NOW + DAY, 1)])
        unit.site.add_queue_calls([QueueCallRow(new_id(), "pbx", None, NOW)])
    with site.services.store.read() as unit:
        assert unit.site.queue_counts(NOW, NOW + DAY, 20_000) == QueueCounts(3, 1, 1)
        assert unit.site.queue_counts(NOW + 2 * DAY, NOW + 3 * DAY, 20_000) == QueueCounts()


def taken(site: Site, agent: Caller) -> ConsentRecorded:
    """A call in which a consent was withdrawn."""
    start = started(at=NOW, interaction_id=str(new_id()))
    site.services.contacts.start(agent, start)
    site.services.contacts.step(agent, start.contact_id, authenticated(start.contact_id, at=NOW))
    said = ConsentRecorded(
        event_id=new_id(),
        contact_id=start.contact_id,
        seq=3,
        at=NOW + timedelta(minutes=1),
        customer_id="c-lisa",
        purpose=ConsentPurpose.ADV_OWN,
        channel=ConsentChannel.PHONE,
        event=ConsentEventType.WITHDRAWN,
    )
    site.tell(agent, said)
    return said


def test_what_became_of_consents_is_read_from_the_ledger_by_its_day(site: Site) -> None:
    [agent] = site.agents
    said = taken(site, agent)
    with site.services.store.read() as unit:
        [found] = unit.site.consents_after(NOW)
        assert (found.customer_id, found.event, found.at) == ("c-lisa", ConsentEventType.WITHDRAWN, said.at)
        assert (found.purpose, found.channel, found.agent) == (said.purpose, said.channel, agent.recipient_code)
        assert unit.site.consents_after(NOW + DAY) == []
        assert unit.site.consents_said(NOW, NOW + DAY) == []


def test_the_way_to_a_call_is_read_in_its_order(site: Site) -> None:
    taken(site, site.agents[0])
    with site.services.store.read() as unit:
        points = list(unit.site.ways(NOW - 30 * DAY, NOW + DAY))
        assert [point.customer_id for point in points] == ["c-lisa"] * 4
        assert points[-1].touchpoint is None
        assert points[-1].at == NOW
        met = [point.touchpoint for point in points[:-1]]
        assert [one.touchpoint_id for one in met if one is not None] == ["t-1", "t-2", "t-3"]
        assert {(one.channel, one.type, one.params["amount_eur"]) for one in met if one is not None} == {
            (ContactChannel.EMAIL, "bill_sent", 61.5)
        }
        assert list(unit.site.ways(NOW + DAY, NOW + 2 * DAY)) == []
