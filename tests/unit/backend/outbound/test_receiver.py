"""A receiver that crashes, hangs and refuses: in the end it has everything, in order, under one id each."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nba_desktop.backend.outbound.http_post import HttpPost
from nba_desktop.backend.outbound.policy import Answer
from nba_desktop.backend.outbound.signing import signed_headers
from tests.fakes.backend_services import Clock
from tests.fakes.backend_site import NOW, sql_store
from tests.fakes.receiver import receiver
from tests.unit.backend.outbound.conftest import SECRET, endpoint, pass_time, sender, tell, waiting

CUSTOMERS = ("K-1", "K-2", "K-1", "K-3", "K-1", "K-2", "K-3", "K-1")


def test_an_answer_is_taken_as_it_is_and_no_redirection_is_followed(tmp_path: Path) -> None:
    post = HttpPost(connect_s=0.2, answer_s=5)
    with receiver(tmp_path, SECRET) as crm:
        assert post("http://127.0.0.1:1", {}, b"{}") == Answer(None, "no connection")
        crm.start("301", "503")
        found = [post(crm.url, signed_headers(SECRET, "1", NOW, b"{}"), b"{}") for _ in range(3)]
        assert found == [Answer(status, retry_after_s=7.0) for status in (301, 503, 204)]
        assert len(crm.received()) == 1
    post.close()


@pytest.mark.skipif(sys.platform == "win32", reason="nothing there kills like this")
@pytest.mark.expected_log("the endpoint crm does not work: no answer in time")
@pytest.mark.expected_log("the endpoint crm does not work: no connection")
@pytest.mark.expected_log("the endpoint crm wants nothing any more")
@pytest.mark.expected_log("the endpoint crm refuses results: HTTP 500")
@pytest.mark.expected_log("the endpoint crm refuses results: HTTP 404")
@pytest.mark.expected_log("the endpoint crm (answers again|takes results)")
def test_a_receiver_loses_nothing_by_its_own_crashes(tmp_path: Path) -> None:
    clock, post = Clock(), HttpPost(answer_s=0.1)
    with sql_store(tmp_path) as store, receiver(tmp_path, SECRET) as crm:
        crm.start("204", "500", "dies")
        with store.write() as unit:
            unit.outbound.add_endpoint(endpoint(crm.url))
        ids = tell(store, *CUSTOMERS)
        sending = sender(store, post, clock)
        lives = [("keeps_and_dies",), ("404", "keeps_and_hangs", "410"), ()]
        for _ in range(60):
            sending.work_off("crm")
            pass_time(clock, 11)
            if crm.is_dead and lives:
                crm.stop()
                crm.start(*lives.pop(0))
            with store.write() as unit:
                if unit.outbound.endpoints()[0].disabled_at is not None:
                    unit.outbound.set_disabled("crm", None)
            if not waiting(store):
                break
        post.close()
        came = crm.received()
        assert waiting(store) == 0
    assert all(one.signed for one in came)
    first = list(dict.fromkeys(one.id for one in came))
    assert sorted(first) == sorted(ids)
    # What it kept and did not acknowledge came again.
    assert len(came) == len(ids) + 2
    for customer in set(CUSTOMERS):
        mine = [one for one, whose in zip(ids, CUSTOMERS, strict=True) if whose == customer]
        assert [one for one in first if one in mine] == mine
    assert [one.event["subject"] for one in came[:1]] == ["K-1"]
