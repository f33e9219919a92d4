"""Who is asked, when, how long he is waited for, and what is kept."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Value
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.errors import ProviderFailed
from nba_desktop.backend.model import ConsentFacts
from nba_desktop.backend.providers.answer import Answer, FactReader
from nba_desktop.backend.providers.entries import ProviderEntry
from nba_desktop.backend.providers.live_facts import LiveFacts
from nba_desktop.backend.providers.provider import Provider, Providers
from nba_desktop.contract.codes import ConsentChannel, ConsentPurpose, ConsentState
from tests.fakes.decisions import NOW, action_entry, customer, made_catalogue
from tests.unit.backend.providers.other_systems import LONGEST_WAIT_S, until

SAVES = {"de": "{fix_saving_eur} {evening_load_pct} {maintenance_day_ct}", "en": "{fix_saving_eur}"}
PROFILED = ConsentFacts({(ConsentPurpose.PROFILE_USAGE, ConsentChannel.ANY): ConsentState.GRANTED})
NOTHING = ConsentFacts({})


@dataclass
class FakeSystem:
    """Says what it is told to, behind its gate."""

    values: Mapping[str, Value] = field(default_factory=dict)
    trouble: Exception | None = None
    gate: threading.Event = field(default_factory=threading.Event)
    asked: list[frozenset[str]] = field(default_factory=list)

    def __call__(self, _told: Mapping[str, str], asked: Iterable[str]) -> Answer:
        self.asked.append(frozenset(asked))
        assert self.gate.wait(LONGEST_WAIT_S)
        if self.trouble is not None:
            raise self.trouble
        wanted = frozenset(asked)
        return Answer(wanted, {name: value for name, value in self.values.items() if name in wanted})


@dataclass
class Site:
    live: LiveFacts
    systems: dict[str, FakeSystem]
    catalogue: Catalogue
    moment: list[float]
    providers: tuple[Provider, ...] = ()

    def facts(self, number: int = 1, consents: ConsentFacts = NOTHING) -> dict[str, tuple[str, Value]]:
        """Ask if need be, and return the state and value of each attribute."""
        question = self.live.question(self.catalogue, customer(customer_id=f"c-{number}"), consents)
        if self.live.unanswered(question) is not None:
            self.live.ask(question)
        return {one.attribute: (one.state, one.value) for one in self.live.facts(question)}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return made_catalogue([action_entry("SALE", reason=SAVES)])


@pytest.fixture
def site(catalogue: Catalogue) -> Iterator[Site]:
    with opened(catalogue) as made:
        yield made


@contextmanager
def opened(catalogue: Catalogue, timeout_s: float = LONGEST_WAIT_S, **more: Any) -> Iterator[Site]:
    """Three systems, all of which answer at once."""
    supplied = {"tariffs": "fix_saving_eur", "meters": "evening_load_pct", "service": "maintenance_eur"}
    systems = {name: FakeSystem({attribute: 7}) for name, attribute in supplied.items()}
    listed = []
    for name, attribute in supplied.items():
        content = {"name": name, "url": "https://x.example", "attributes": {attribute: "a", "solar": "b"}}
        entry = ProviderEntry.model_validate(content | {"at_once": 2, "breaker": {"failures": 2}} | more)
        readers = {one: FactReader(fact, ATTRIBUTES[one]) for one, fact in entry.attributes.items()}
        listed.append(Provider(entry, readers))
    for one in systems.values():
        one.gate.set()
    moment = [100.0]
    live = LiveFacts(Providers(timeout_s, tuple(listed)), lambda one: systems[one.name], lambda: NOW, lambda: moment[0])
    yield Site(live, systems, catalogue, moment, tuple(listed))
    for one in systems.values():
        one.gate.set()
    live.close()


def test_only_what_the_catalogue_uses_and_the_customer_allows_is_asked_for(site: Site) -> None:
    assert site.facts() == {
        "evening_load_pct": ("not_asked", None),
        "fix_saving_eur": ("answered", 7),
        "maintenance_eur": ("answered", 7),
    }
    asked = {name: one.asked for name, one in site.systems.items()}
    assert asked == {"tariffs": [{"fix_saving_eur"}], "meters": [], "service": [{"maintenance_eur"}]}
    assert site.facts(consents=PROFILED)["evening_load_pct"] == ("answered", 7)
    switched_off = made_catalogue([action_entry("SALE", reason=SAVES)], attributes_off=["fix_saving_eur"])
    site.catalogue = switched_off
    assert site.facts(2)["fix_saving_eur"] == ("not_asked", None)
    assert site.systems["tariffs"].asked == [{"fix_saving_eur"}]


def test_an_answer_counts_for_its_time_and_its_customer(site: Site) -> None:
    for number, moment in ((1, 100.0), (1, 399.0), (2, 399.0), (1, 401.0), (2, 402.0)):
        site.moment[0] = moment
        assert site.facts(number)["fix_saving_eur"] == ("answered", 7)
    assert len(site.systems["tariffs"].asked) == 3
    assert site.live.health()["tariffs"].counts == {"asked": 3, "answered": 3, "failed": 0, "late": 0}


def test_who_is_late_is_waited_for_once_and_holds_nobody_else_up(catalogue: Catalogue) -> None:
    with opened(catalogue, timeout_s=0.05) as site:
        tariffs = site.systems["tariffs"]
        tariffs.gate.clear()
        assert site.facts()["fix_saving_eur"] == ("late", None)
        until(lambda: site.live.health()["service"].counts["answered"] == 1)
        assert site.facts()["maintenance_eur"] == ("answered", 7)
        question = site.live.question(site.catalogue, customer(customer_id="c-1"), NOTHING)
        assert site.live.unanswered(question) is None
        # As many at once as it may have; the next customer is not even queued.
        assert [site.facts(number)["fix_saving_eur"][0] for number in (2, 3)] == ["late", "late"]
        assert len(tariffs.asked) == 2
        tariffs.gate.set()
        until(lambda: site.live.health()["tariffs"].counts["answered"] == 2)
        assert site.facts()["fix_saving_eur"] == ("answered", 7)
        assert site.live.health()["tariffs"].counts == {"asked": 2, "answered": 2, "failed": 0, "late": 2}


@pytest.mark.expected_log("the provider tariffs was too late for a decision 10 times of 10 that it was asked$")
def test_who_is_often_late_is_named_in_the_log_now_and_then(catalogue: Catalogue) -> None:
    with opened(catalogue, timeout_s=0.001, at_once=12) as site:
        site.systems["tariffs"].gate.clear()
        question = [site.live.question(site.catalogue, customer(customer_id=f"c-{one}"), NOTHING) for one in range(12)]
        for one in question:
            site.live.ask(replace(one, asked={"tariffs": one.asked["tariffs"]}))


@pytest.mark.expected_log("is left alone for 30 s")
@pytest.mark.expected_log("answers again$")
def test_who_fails_again_and_again_is_left_alone_then_tried_and_the_log_says_so(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    tariffs = site.systems["tariffs"]
    tariffs.trouble = ProviderFailed("status 500")
    with caplog.at_level(logging.WARNING):
        assert [site.facts()["fix_saving_eur"][0] for _ in range(4)] == ["failed", "paused", "paused", "paused"]
        site.moment[0] += 30
        assert site.facts()["fix_saving_eur"][0] == "paused"
        assert len(tariffs.asked) == 3
        tariffs.trouble = None
        assert site.facts()["fix_saving_eur"][0] == "paused"
        site.moment[0] += 30
        assert site.facts()["fix_saving_eur"] == ("answered", 7)
    assert caplog.messages == [
        "the provider tariffs is left alone for 30 s at a time until it answers again: status 500 "
        "(2 asked, 0 answered, 2 failed, 0 late)",
        "the provider tariffs answers again",
    ]


@pytest.mark.expected_log("broke off: ZeroDivisionError$")
def test_an_error_of_the_program_is_a_failure_that_the_log_names(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.systems["tariffs"].trouble = ZeroDivisionError("Lisa Müller")
    with caplog.at_level(logging.WARNING):
        assert site.facts()["fix_saving_eur"] == ("failed", None)
    assert caplog.messages == ["asking the provider tariffs broke off: ZeroDivisionError"]


def test_a_site_without_providers_asks_nobody(catalogue: Catalogue) -> None:
    live = LiveFacts(Providers(), lambda _: FakeSystem(), lambda: NOW)
    question = live.question(catalogue, customer(), PROFILED)
    assert (live.unanswered(question), live.facts(question)) == (None, ())


def test_other_providers_are_asked_from_the_moment_they_are_declared(catalogue: Catalogue) -> None:
    with opened(catalogue) as before, opened(catalogue, cache_s=60) as after:
        assert before.facts()["fix_saving_eur"] == ("answered", 7)
        old = before.live.question(catalogue, customer(customer_id="c-9"), NOTHING)
        tariffs, meters = (one for one in before.providers if one.name != "service")
        service = next(one for one in after.providers if one.name == "service")
        before.systems["tariffs"].values = {"fix_saving_eur": 9}
        before.live.take(Providers(LONGEST_WAIT_S, (tariffs, service)))
        # What was begun with the ones of before goes on with those that are still there.
        before.live.ask(old)
        assert {one.attribute: one.state for one in before.live.facts(old)}["fix_saving_eur"] == "answered"
        before.live.take(Providers(LONGEST_WAIT_S, (tariffs, meters)))
        assert "maintenance_eur" not in before.facts(2)
        assert {one.attribute: one.state for one in before.live.facts(old)}["maintenance_eur"] == "not_asked"
        assert before.facts()["fix_saving_eur"] == ("answered", 9)
        assert before.live.health()["tariffs"].counts["asked"] == 4
