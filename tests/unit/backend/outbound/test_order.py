"""Whatever an endpoint answers, whenever a sender dies: each customer's results come in order, and none is lost."""

from __future__ import annotations

import logging
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.outbound.endpoints import EndpointService
from nba_desktop.backend.outbound.policy import Answer
from tests.fakes.backend_services import Clock
from tests.fakes.backend_site import sql_store
from tests.unit.backend.outbound.conftest import FakePost, endpoint, pass_time, sender, tell, waiting

CUSTOMERS = st.lists(st.sampled_from(["K-1", "K-2", "K-3"]), min_size=1, max_size=12)
ANSWERS = st.lists(st.sampled_from(["ok", "ok", "lost", "500", "503", "none", "killed", "410"]), max_size=30)


class Killed(BaseException):
    """The process ends here, with nothing kept of what it was about to keep."""


class Away:
    """Does with each request what it is told, then takes everything; knows what came to it first."""

    def __init__(self, answers: list[str]) -> None:
        self._answers = answers
        self.came: list[str] = []
        self.heard: list[str] = []

    def __call__(self, _url: str, headers: Mapping[str, str], _body: bytes) -> Answer:
        self.heard.append(headers["webhook-id"])
        answer = self._answers.pop(0) if self._answers else "ok"
        if answer in ("ok", "lost", "killed"):
            self.came.append(headers["webhook-id"])
        if answer == "killed":
            raise Killed
        statuses = {"ok": 204, "500": 500, "503": 503, "410": 410}
        return Answer(statuses[answer]) if answer in statuses else Answer(None, "no answer in time")


@pytest.mark.expected_log("the endpoint crm")
@settings(max_examples=15)
@given(CUSTOMERS, ANSWERS)
def test_each_customers_results_come_in_their_order_and_all_of_them(customers: list[str], answers: list[str]) -> None:
    # Not in every example something fails; that something may be logged has to be said for all of them.
    logging.getLogger("nba_desktop.backend.outbound.sender").warning("the endpoint crm is tried")
    clock, post = Clock(), Away(list(answers))
    with tempfile.TemporaryDirectory() as folder, sql_store(Path(folder), customers=False) as store:
        with store.write() as unit:
            unit.outbound.add_endpoint(endpoint())
        ids = tell(store, *customers)
        sending = sender(store, post, clock)
        for _ in range(200):
            try:
                if sending.with_work():
                    sending.work_off("crm")
            except Killed:
                # Another process goes on when nobody hears of this one any more.
                sending = sender(store, post, clock)
            pass_time(clock, 61)
            with store.write() as unit:
                if unit.outbound.endpoints()[0].disabled_at is not None:
                    unit.outbound.set_disabled("crm", None)
            if not waiting(store):
                break
        assert not waiting(store)
    whose = dict(zip(ids, customers, strict=True))
    first = list(dict.fromkeys(post.came))
    assert sorted(first) == sorted(ids)
    for customer in set(customers):
        assert [one for one in first if whose[one] == customer] == [one for one in ids if whose[one] == customer]
        # Not even an attempt overtakes what the customer waits for longer.
        tried = list(dict.fromkeys(one for one in post.heard if whose[one] == customer))
        assert tried == [one for one in ids if whose[one] == customer]
    assert max(Counter(post.came).values()) <= 1 + sum(one in ("lost", "killed") for one in answers)


@pytest.mark.expected_log("the endpoint crm refuses results: HTTP 422")
def test_a_result_that_is_not_taken_holds_up_its_customer_alone(tmp_path: Path) -> None:
    clock = Clock()
    with sql_store(tmp_path, customers=False) as store:
        with store.write() as unit:
            unit.outbound.add_endpoint(endpoint())
        bad, other, _later = tell(store, "K-1", "K-2", "K-1")
        post = FakePost(lambda event_id: Answer(422 if event_id == bad else 204))
        sender(store, post, clock).work_off("crm")
        assert post.came == [bad, other]
        assert waiting(store) == 2


@pytest.mark.expected_log("the endpoint crm refuses results: HTTP 422")
@pytest.mark.expected_log("the endpoint crm takes results: nothing that it refused waits")
@pytest.mark.expected_log("was not taken by the endpoint crm in .* attempts .HTTP 422.")
def test_what_is_never_taken_is_a_dead_letter_and_can_be_sent_again_before_what_waits(tmp_path: Path) -> None:
    clock, refused = Clock(), {""}
    with sql_store(tmp_path, customers=False) as store:
        with store.write() as unit:
            unit.outbound.add_endpoint(endpoint())
        bad, later = tell(store, "K-1", "K-1")
        refused.add(bad)
        post = FakePost(lambda event_id: Answer(422 if event_id in refused else 204))
        sending = sender(store, post, clock)
        for _ in range(60):
            sending.work_off("crm")
            pass_time(clock, 7200)
        assert post.came[-1] == later
        assert set(post.came[:-1]) == {bad}
        service = EndpointService(store, clock)
        (dead,) = service.dead(None, 10)
        assert (str(dead.event.event_id), dead.last_problem, dead.attempts > 10) == (bad, "HTTP 422", True)
        refused.clear()
        (last,) = tell(store, "K-1")
        assert service.replay("crm", dead.event.event_id) == 1
        assert service.replay("crm", None) == 0
        sending.work_off("crm")
        assert post.came[-2:] == [bad, last]
        assert service.status()[0].counts.dead == 0


def test_two_processes_do_not_hand_over_to_one_endpoint_at_a_time(tmp_path: Path) -> None:
    clock = Clock()
    with sql_store(tmp_path, customers=False) as store:
        with store.write() as unit:
            unit.outbound.add_endpoint(endpoint())
        tell(store, "K-1")
        second = FakePost()

        def ask_the_other(_id: str) -> Answer:
            sender(store, second, clock).work_off("crm")
            return Answer(204)

        first = FakePost(ask_the_other)
        sender(store, first, clock).work_off("crm")
        assert (len(first.came), len(second.came)) == (1, 0)
        # Once one is through, the other may.
        tell(store, "K-1")
        sender(store, second, clock).work_off("crm")
        assert len(second.came) == 1
