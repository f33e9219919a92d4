"""What happens raises actions: in the ranking, in the portal, in the running call; until it is answered or over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.arrivals.service import ArrivalService
from nba_desktop.backend.arrivals.watching import CallNews, NewsWatch
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import OutcomeCode, ResponseCode
from nba_desktop.contract.contact import ContactView
from nba_desktop.contract.events import ConcernSolved, ContactEnded
from tests.fakes.backend_arrivals import arrive, catalogue_with_triggers, plain_event, structured, verdicts
from tests.fakes.backend_calls import in_call, outcome, report, response, retraction, shown, tell
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW, Stores, authenticated, url_of


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with open_services(tmp_path, catalogue_with_triggers(tmp_path)) as services:
        yield services


def again(services: Services, view: ContactView) -> ContactView:
    """What the same call is recommended now."""
    step = authenticated(view.contact_id, "c-lisa", at=services.clock.now).model_copy(update={"seq": 50})
    return services.contacts.step(services.agent, view.contact_id, step)


def first_teaser(services: Services) -> str:
    return services.teasers.teasers(services.portal, "c-lisa", "home", None).teasers[0].action_id


def waits(services: Services) -> list[tuple[str, str]]:
    with services.store.read() as unit:
        waiting = unit.arrivals.waiting("c-lisa", services.clock.now)
    return [(one.trigger_id, one.action_id) for one in waiting]


def news(services: Services) -> tuple[CallNews, ...]:
    return NewsWatch(services.store, services.clock).news({"anna", "bert"})


def test_a_letter_during_a_call_changes_the_ranking_the_teaser_and_says_why(tmp_path: Path, each_store: Stores) -> None:
    with open_services(tmp_path, catalogue_with_triggers(tmp_path)) as services:
        view = in_call(services)
        solved = ConcernSolved(event_id=new_id(), contact_id=view.contact_id, seq=3, at=NOW, solved=True)
        assert shown(services.contacts.step(services.agent, view.contact_id, solved))[0] == "SRV_BILL"
        assert first_teaser(services) == "SRV_BILL"
        arrive(services, plain_event())
        assert news(services) == (CallNews("anna", view.contact_id, ("SALES_SOLAR",)),)
        now = again(services, view)
        first = now.decision.recommendations[0]
        assert first.action_id == "SALES_SOLAR"
        reason = next(one for one in first.because if one.code == "event")
        assert (reason.params["text"], reason.params["percent"]) == ("Preisschreiben erhalten", 300)
        assert not [one for one in first.because if one.code == "context"]
        assert first_teaser(services) == "SALES_SOLAR"
        told = services.why.why(services.agent, now.decision.decision_id, "en", "")
        assert [one.params["text"] for one in told.shown[0].because if one.code == "event"] == ["price letter received"]
        assert told.shown[0].factors.context == 4


def test_only_running_calls_of_the_customer_are_told(services: Services) -> None:
    view = in_call(services)
    arrive(services, plain_event(data={"customer_no": "K-104234"}), plain_event("bill", id="e-2"))
    assert news(services) == ()
    ended = ContactEnded(event_id=new_id(), contact_id=view.contact_id, seq=9, at=NOW, cause="normal", duration_s=60)
    assert tell(services, ended) == ["accepted"]
    arrive(services, plain_event(id="e-3"))
    assert news(services) == ()
    assert waits(services) == [("letter", "SALES_SOLAR")]


def test_news_are_told_once_and_what_was_raised_before_the_call_is_none(services: Services) -> None:
    watch = NewsWatch(services.store, services.clock)
    arrive(services, plain_event())
    services.clock.now += timedelta(seconds=1)
    view = in_call(services)
    assert watch.news({"anna"}) == ()
    arrive(services, plain_event(id="e-2"))
    assert watch.news({"bert"}) == watch.news(()) == ()
    told = CallNews("anna", view.contact_id, ("SALES_SOLAR",))
    assert [watch.news({"anna"}) for _ in range(2)] == [(told,), ()]
    services.clock.now += timedelta(seconds=1)
    arrive(services, plain_event(id="e-3"))
    assert watch.news({"anna"}) == (told,)


def test_what_another_process_took_in_is_told_here(tmp_path: Path, each_store: Stores) -> None:
    with open_services(tmp_path, catalogue_with_triggers(tmp_path)) as services:
        watch, view = NewsWatch(services.store, services.clock), in_call(services)
        assert watch.news({"anna"}) == ()
        with closing(SqlStore(Database(url_of(tmp_path)))) as store:
            other = ArrivalService(store, LiveCatalogues(), services.clock)
            assert verdicts(other.take(structured(plain_event()))) == ["accepted"]
        assert watch.news({"anna"}) == (CallNews("anna", view.contact_id, ("SALES_SOLAR",)),)


@pytest.mark.parametrize(
    ("code", "left"),
    [
        (ResponseCode.DECLINED_NO_NEED, []),
        (ResponseCode.ACCEPTED_DONE, []),
        (ResponseCode.NOT_ADDRESSED_TIME, [("letter", "SALES_SOLAR")]),
    ],
)
def test_an_answer_uses_it_up_and_taking_the_answer_back_gives_it_back(
    services: Services, code: ResponseCode, left: list[tuple[str, str]]
) -> None:
    view = in_call(services)
    arrive(services, plain_event())
    said = response(view, "SALES_SOLAR", code)
    assert tell(services, said) == ["accepted"]
    assert waits(services) == left
    assert tell(services, retraction(view, said)) == ["accepted"]
    assert waits(services) == [("letter", "SALES_SOLAR")]


def test_a_teaser_that_was_put_away_is_an_answer_too(services: Services) -> None:
    arrive(services, plain_event())
    teased = services.teasers.teasers(services.portal, "c-lisa", "home", None).decision_id
    services.clock.now += timedelta(minutes=1)
    seen = outcome(services.clock.now, OutcomeCode.TEASER_SEEN, teased)
    assert (report(services, seen), waits(services)) == (["accepted"], [("letter", "SALES_SOLAR")])
    away = outcome(services.clock.now, OutcomeCode.TEASER_DISMISSED, teased)
    assert (report(services, away), waits(services)) == (["accepted"], [])


def test_it_is_over_after_its_days_and_then_removed(services: Services) -> None:
    arrive(services, plain_event(at=NOW - timedelta(days=6)))
    arriving = ArrivalService(services.store, services.catalogues, services.clock)
    services.clock.now += timedelta(days=7, hours=23)
    assert (len(waits(services)), arriving.remove_expired()) == (1, 0)
    services.clock.now += timedelta(hours=1)
    assert (waits(services), arriving.remove_expired()) == ([], 1)


def test_what_arrives_too_late_or_lacks_the_condition_raises_nothing(services: Services) -> None:
    arrive(services, plain_event(at=NOW - timedelta(days=7, seconds=1)))
    arrive(services, plain_event("payment_failed", id="e-2", amount_eur=99))
    arrive(services, plain_event("payment_failed", id="e-3"))
    assert waits(services) == []
    arrive(services, plain_event("payment_failed", id="e-4", amount_eur=100))
    assert waits(services) == [("big_return", "SRV_BILL")]
    with services.store.write() as unit:
        unit._connection.exec_driver_sql("UPDATE customers SET facts = '{}'")
    arrive(services, plain_event("payment_failed", id="e-5", amount_eur=100))
    assert len(waits(services)) == 1


def test_what_the_customer_did_alone_counts_only_with_his_consent_to_profiling(services: Services) -> None:
    arrive(services, plain_event("tariff_compared", "portal"))
    assert waits(services) == [("compared", "SALES_SOLAR")]
    assert shown(in_call(services))[0] == "SRV_BILL"
