"""What is recorded is told, once, in the same transaction, with nothing of the customer but his number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.contacts.follow_ups import FollowUpService
from nba_desktop.backend.outbound.envelope import cloud_event
from nba_desktop.backend.outbound.late import LateFollowUps
from nba_desktop.backend.outbound.records import MEANINGS, ResultEvent, ResultType
from nba_desktop.backend.subject.erasure import ErasureService
from nba_desktop.backend.subject.records import RetentionKind
from nba_desktop.backend.subject.requests import SubjectRequests
from nba_desktop.backend.subject.retention import RetentionService
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import FollowUpKind, OutcomeCode, ResponseCode
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import AnyEvent, ContactNoteWritten, FollowUpCancelled, FollowUpPlanned
from tests.fakes.backend_calls import in_call, objection, outcome, report, response, retraction, tell
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import PORTAL_CATALOGUE
from tests.fakes.backend_subject import everything_of_lisa
from tests.unit.backend.outbound.conftest import endpoint


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with open_services(tmp_path_factory.mktemp("results"), PORTAL_CATALOGUE) as services:
        yield services


def told(services: Services, behind: int = 0) -> Sequence[ResultEvent]:
    with services.store.read() as unit:
        return unit.outbound.behind(behind, frozenset(), None, 100)


def newest(services: Services) -> int:
    found = told(services)
    return found[-1].position if found else 0


def fact(view: ContactView, seq: int) -> dict[str, Any]:
    return {"event_id": new_id(), "contact_id": view.contact_id, "seq": seq, "at": view.decision.decided_at}


def promise(view: ContactView, services: Services) -> FollowUpPlanned:
    due = (services.clock.now + timedelta(days=2)).date()
    return FollowUpPlanned(**fact(view, 3), kind=FollowUpKind.CALLBACK, due=due, words="abends")


Says = Callable[[ContactView, Services], tuple[AnyEvent, ...]]


def answered(view: ContactView, _services: Services) -> tuple[AnyEvent, ...]:
    said = response(view, "SRV_BILL", ResponseCode.THINKING)
    return said, retraction(view, said)


def promised(view: ContactView, services: Services) -> tuple[AnyEvent, ...]:
    planned = promise(view, services)
    return planned, FollowUpCancelled(**fact(view, 4), cancels=planned.event_id)


def noted(view: ContactView, _services: Services) -> tuple[AnyEvent, ...]:
    return (ContactNoteWritten(**fact(view, 3), text="ruft an"),)


def objected(view: ContactView, _services: Services) -> tuple[AnyEvent, ...]:
    return objection(view, 3), objection(view, 4)


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        (answered, [("response.recorded", {"code": "THINKING", "action_id": "SRV_BILL"}),
                    ("response.retracted", {"action_id": "SRV_BILL"})]),
        (promised, [("follow_up.planned", {"kind": "callback", "words": "abends"}), ("follow_up.cancelled", {})]),
        (noted, [("contact.note_written", {"text": "ruft an", "auth_level": "authenticated"})]),
        # Said twice, it changes a state once.
        (objected, [("consent.changed", {"objected": True, "states": []})]),
    ],
)  # fmt: skip
def test_what_an_agent_records_is_told(site: Services, says: Says, expected: list[tuple[str, dict[str, Any]]]) -> None:
    view, behind = in_call(site), newest(site)
    events = says(view, site)
    assert set(tell(site, *events, *events)) == {"accepted", "duplicate"}
    found = told(site, behind)
    assert [one.type for one in found] == [kind for kind, _ in expected]
    assert [one.event_id for one in found] == [one.event_id for one in events[: len(found)]]
    for one, (_, data) in zip(found, expected, strict=True):
        assert {name: one.data[name] for name in data} == data
        assert (one.customer_id, one.customer_no, one.contact_id) == ("c-lisa", "K-104233", view.contact_id)
        text = json.dumps(cloud_event(one, "urn:test"), ensure_ascii=False)
        assert not [name for name in ("Lisa", "Müller", "c-lisa", "anna", "4915112345678") if name in text]


def test_what_a_refused_event_would_say_is_not_told(site: Services) -> None:
    view, behind = in_call(site), newest(site)
    unknown = response(view, "SRV_BILL", ResponseCode.THINKING).model_copy(update={"action_id": "NOT_SHOWN"})
    assert tell(site, unknown) == ["invalid_message"]
    assert told(site, behind) == []


def test_what_became_of_a_recommendation_is_told_but_not_what_the_portal_says_of_its_own(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        view, now = in_call(services), services.clock.now
        teased = services.teasers.teasers(services.portal, "c-lisa", "home", None).decision_id
        done = outcome(now, OutcomeCode.COMPLETED, view.decision.decision_id, action_id="SRV_BILL")
        assert report(services, done, outcome(now, OutcomeCode.TEASER_DISMISSED, teased)) == ["accepted"] * 2
        (one,) = told(services)
    assert (one.type, one.data["code"], one.data["reported_by"]) == ("outcome.recorded", "COMPLETED", "crm")


def test_a_promise_is_told_as_late_once_and_as_done(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        view = in_call(services)
        planned = promise(view, services)
        assert tell(services, planned) == ["accepted"]
        late = LateFollowUps(services.store, services.catalogues, services.clock)
        behind = newest(services)
        services.clock.now += timedelta(days=2)
        assert late.run() == 0
        services.clock.now += timedelta(days=1)
        assert [late.run(), late.run()] == [1, 0]
        follow_ups = FollowUpService(services.store, services.catalogues, services.clock)
        for _ in range(2):
            follow_ups.done(services.agent, planned.event_id, "de")
        found = [(one.type, one.customer_no, one.data["follow_up_id"]) for one in told(services, behind)]
        assert found == [(kind, "K-104233", str(planned.event_id)) for kind in ("follow_up.late", "follow_up.done")]


def test_an_erasure_is_told_alone_and_only_where_somebody_listens(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        erasing = ErasureService(services.store, services.clock)
        requests = SubjectRequests(services.store, erasing, services.clock)
        assert requests.correct_here("dana", "K-104234", {"city": "Radebeul"}) == ("city",)
        erasing.erase("dana", "K-104234", "Antrag")
        assert told(services) == []
        with services.store.write() as unit:
            unit.outbound.add_endpoint(endpoint())
        assert tell(services, *noted(in_call(services), services)) == ["accepted"]
        erasing.erase("dana", "K-104233", "Antrag", dry_run=True)
        assert [one.type for one in told(services)] == [ResultType.NOTE_WRITTEN]
        erasing.erase("dana", "K-104233", "Antrag")
        (one,) = told(services)
        assert (one.type, one.customer_id, one.data) == ("customer.erased", None, {"customer_no": "K-104233"})
        # Nothing was left to erase, so there is nothing to tell.
        erasing.erase("dana", "K-104233", "Antrag")
        assert told(services) == [one]


def test_results_and_requests_go_after_their_days(tmp_path: Path) -> None:
    with open_services(tmp_path, PORTAL_CATALOGUE) as services:
        everything_of_lisa(services)
        retention = RetentionService(services.store, services.catalogues, services.clock)

        def removed(days: int) -> tuple[int, int]:
            services.clock.now += timedelta(days=days)
            numbers = {one.kind: one.removed.number for one in retention.run("test")}
            return numbers[RetentionKind.RESULTS], numbers[RetentionKind.CORRECTIONS]

        kept = len(told(services))
        assert [removed(29), removed(3), removed(1)] == [(0, 0), (kept, 1), (0, 0)]
        with services.store.read() as unit:
            assert unit.outbound.counts() == {}


def test_every_type_says_what_it_means() -> None:
    assert set(MEANINGS) == set(ResultType)
