"""What the store keeps of results, on both databases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from nba_desktop.backend.outbound.records import DeliveryState, EndpointCounts, ResultType
from nba_desktop.contract.base import new_id
from tests.fakes.backend_site import NOW, Stores, sql_store
from tests.unit.backend.outbound.conftest import endpoint, result

SOON = NOW + timedelta(minutes=1)


def test_results_wait_for_whoever_wants_them_and_leave_in_order(tmp_path: Path, each_store: Stores) -> None:
    with sql_store(tmp_path, customers=False) as store:
        note, done = result("K-1"), result("K-1", ResultType.FOLLOW_UP_DONE)
        other = result("K-2")
        with store.write() as unit:
            assert unit.outbound.add_endpoint(endpoint())
            assert not unit.outbound.add_endpoint(endpoint())
            assert unit.outbound.add_endpoint(endpoint("http://127.0.0.1:2", "notes", ResultType.NOTE_WRITTEN))
            for event in (note, done, other):
                unit.outbound.append(event)
            assert unit.outbound.add_endpoint(endpoint("http://127.0.0.1:3", "late"), NOW)
            assert unit.outbound.add_endpoint(endpoint("http://127.0.0.1:3", "later"), SOON)
        with store.read() as unit:
            assert unit.outbound.knows(note.event_id)
            assert not unit.outbound.knows(new_id())
            assert [one.name for one in unit.outbound.endpoints()] == ["crm", "late", "later", "notes"]
            assert unit.outbound.with_work(NOW) == ["crm", "late", "notes"]
            due = {name: [one.event.event_id for one in unit.outbound.due(name, NOW, 9)] for name in ("crm", "notes")}
            assert due == {name: [note.event_id, other.event_id] for name in due}
            counts = {name: one.waiting for name, one in unit.outbound.counts().items()}
            assert counts == {"crm": 3, "late": 3, "notes": 2}
            first = unit.outbound.behind(0, frozenset(), None, 2)
            assert [one.event_id for one in first] == [note.event_id, done.event_id]
            rest = unit.outbound.behind(first[-1].position, frozenset({ResultType.NOTE_WRITTEN}), NOW, 9)
            assert [(one.event_id, one.data) for one in rest] == [(other.event_id, other.data)]
            assert unit.outbound.behind(0, frozenset(), SOON, 9) == []
        with store.write() as unit:
            (head, second) = unit.outbound.due("crm", NOW, 9)
            unit.outbound.settle("crm", head.event.position, DeliveryState.DELIVERED, NOW, 1, "")
            unit.outbound.try_again("crm", second.event.position, SOON, 1, NOW, "HTTP 500")
            assert [one.event.event_id for one in unit.outbound.due("crm", NOW, 9)] == [done.event_id]
            # What is settled stays so, whatever an answer that came late says.
            unit.outbound.try_again("crm", head.event.position, SOON, 2, NOW, "HTTP 500")
            assert unit.outbound.counts()["crm"] == EndpointCounts(2, 1, 0, NOW, 0, "", NOW)
            again = unit.outbound.due("crm", SOON, 9)[-1]
            assert (again.attempts, again.first_tried_at, again.last_problem) == (1, NOW, "HTTP 500")
            # Of what waits longest it is said how it fares; what was tried in vain is due at once where that is asked.
            unit.outbound.settle("crm", head.event.position + 1, DeliveryState.DELIVERED, NOW, 1, "")
            assert unit.outbound.counts()["crm"] == EndpointCounts(1, 2, 0, NOW, 1, "HTTP 500", SOON)
            assert [unit.outbound.has_failed(name) for name in ("crm", "late")] == [True, False]
            assert unit.outbound.due("crm", NOW, 9) == []
            assert [unit.outbound.hurry(name, NOW) for name in ("crm", "late", "none")] == [1, 3, 0]
            assert [one.event.event_id for one in unit.outbound.due("crm", NOW, 9)] == [other.event_id]


def test_a_place_in_the_order_is_never_given_again(tmp_path: Path, each_store: Stores) -> None:
    with sql_store(tmp_path, customers=False) as store:
        with store.write() as unit:
            unit.outbound.append(result("K-1"))
            (before,) = unit.outbound.behind(0, frozenset(), None, 9)
            unit._connection.exec_driver_sql("DELETE FROM outbound_events")
        with store.write() as unit:
            unit.outbound.append(result("K-2"))
            (after,) = unit.outbound.behind(before.position, frozenset(), None, 9)
    assert after.customer_no == "K-2"


def test_one_process_at_a_time_holds_an_endpoint(tmp_path: Path, each_store: Stores) -> None:
    one, other = new_id(), new_id()
    with sql_store(tmp_path, customers=False) as store, store.write() as unit:
        unit.outbound.add_endpoint(endpoint())
        assert unit.outbound.claim("crm", one, NOW, SOON)
        assert unit.outbound.claim("crm", one, NOW, SOON)
        assert not unit.outbound.claim("crm", other, NOW, SOON)
        assert unit.outbound.claim("crm", other, SOON + timedelta(seconds=1), SOON + timedelta(minutes=1))
        unit.outbound.release("crm", one)
        assert not unit.outbound.claim("crm", one, SOON, SOON)
        unit.outbound.release("crm", other)
        assert unit.outbound.set_disabled("crm", NOW)
        assert not unit.outbound.claim("crm", one, NOW, SOON)
        assert unit.outbound.set_secret("crm", "whsec_")
        assert not unit.outbound.set_secret("erp", "whsec_")
        assert unit.outbound.remove_endpoint("crm")
        assert not unit.outbound.remove_endpoint("crm")
