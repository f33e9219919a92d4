"""An endpoint that failed and is mended: the log says each once, and what waits leaves without waiting its time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.outbound.policy import Answer
from tests.fakes.backend_services import Clock
from tests.fakes.backend_site import NOW, sql_store
from tests.unit.backend.outbound.conftest import FakePost, endpoint, pass_time, sender, tell, waiting

AWAY, REFUSED, OK = Answer(None, "no connection"), Answer(500), Answer(204)
BROKEN, WORKS = "the endpoint crm does not work: no connection", "the endpoint crm answers again"
REFUSES, TAKES = (
    "the endpoint crm refuses results: HTTP 500",
    "the endpoint crm takes results: nothing that it refused waits any more",
)


@pytest.mark.expected_log("the endpoint crm (does not work|refuses results|answers again|takes results)")
@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ([AWAY], [BROKEN, WORKS]),
        ([REFUSED], [REFUSES, TAKES]),
        ([REFUSED, Answer(401)], [REFUSES, REFUSES.replace("500", "401"), TAKES]),
        ([AWAY, REFUSED], [BROKEN, WORKS, REFUSES, TAKES]),
    ],
)
def test_what_waits_leaves_with_the_first_result_that_is_taken_and_the_log_says_each_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, problems: list[Answer], said: list[str]
) -> None:
    clock, answers = Clock(), [problems[0]]
    with sql_store(tmp_path, customers=False) as store:
        with store.write() as unit:
            unit.outbound.add_endpoint(endpoint())
        ids = tell(store, "K-1", "K-2", "K-1", "K-3")
        post = FakePost(lambda _id: answers[-1])
        sending = sender(store, post, clock)
        for problem in problems:
            answers.append(problem)
            for _ in range(8):
                sending.work_off("crm")
                pass_time(clock, 600)
            sending.work_off("crm")
        post.came.clear()
        answers.append(OK)
        pass_time(clock, 60)
        (new,) = tell(store, "K-4")
        # After a refusal one that was refused has to be taken: that a new one is says nothing of the others.
        with store.write() as unit:
            for position in range(1, 5):
                soon = position == 1 and problems != [AWAY]
                again = clock.now if soon else clock.now + timedelta(hours=1)
                unit.outbound.try_again("crm", position, again, 9, NOW, "failed")
        sending.work_off("crm")
        assert waiting(store) == 0
    assert sorted(post.came) == sorted([*ids, new])
    assert post.came.index(ids[0]) < post.came.index(ids[2])
    logged = [one.getMessage().partition(";")[0] for one in caplog.records if one.name.endswith("troubles")]
    assert logged == said


@pytest.mark.expected_log("the endpoint crm (does not work|refuses results|answers again|takes results)")
@pytest.mark.parametrize("problem", [Answer(503), Answer(422)])
def test_a_result_that_alone_fails_is_not_hurried_by_those_that_are_taken(tmp_path: Path, problem: Answer) -> None:
    clock = Clock()
    with sql_store(tmp_path, customers=False) as store:
        with store.write() as unit:
            unit.outbound.add_endpoint(endpoint())
        (bad,) = tell(store, "K-1")
        post = FakePost(lambda event_id: problem if event_id == bad else OK)
        sending = sender(store, post, clock)
        for _ in range(30):
            tell(store, "K-2")
            sending.work_off("crm")
            pass_time(clock, 2)
        assert post.came.count(bad) <= 5
        assert waiting(store) == 1
