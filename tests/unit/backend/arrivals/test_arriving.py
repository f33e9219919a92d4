"""Touchpoints arrive: each once, late or early, with a verdict of its own, and what follows from them is current."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.arrivals import reading
from nba_desktop.backend.arrivals.reading import journey_of
from nba_desktop.backend.decisioning.conditions import JourneyQuery, journey_values
from nba_desktop.backend.decisioning.customer_values import contact_values
from nba_desktop.backend.journey.cases import open_cases
from nba_desktop.backend.journey.concerns import probable_concerns
from nba_desktop.backend.journey.features import features_of
from nba_desktop.backend.journey.head import journey_head
from nba_desktop.backend.subject.records import RetentionKind
from nba_desktop.contract.codes import ContactChannel, Experience
from tests.fakes.backend_arrivals import arrive, plain_event, verdicts
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW, Stores


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with open_services(tmp_path) as services:
        yield services


def test_an_event_counts_once_by_its_source_and_id(tmp_path: Path, each_store: Stores) -> None:
    with open_services(tmp_path) as services:
        event = plain_event()
        assert verdicts(arrive(services, event, event)) == ["accepted", "duplicate"]
        assert verdicts(arrive(services, event)) == ["duplicate"]
        # A source and an id never come to the same as another source and another id.
        others = (plain_event(source="urn", id="crm:e-1"), plain_event(id="e-2"))
        assert verdicts(arrive(services, *others, plain_event(effective_date="2026-05-01"))) == [
            "accepted",
            "accepted",
            "conflict",
        ]
        with services.store.read() as unit:
            assert unit.arrivals.count("c-lisa") == 3 + 3


@pytest.mark.parametrize(
    ("event", "code", "where"),
    [
        (plain_event("price_leter"), "invalid_message", "type"),
        (plain_event(channel="portal"), "invalid_message", "data.channel"),
        (plain_event(channel=None), "invalid_message", "data.channel"),
        (plain_event(kwh=3), "invalid_message", "data.params.kwh"),
        (plain_event(data={"params": {"Frau Lisa": 3}}), "invalid_message", "data.params"),
        (plain_event("portal_form_abandoned", form="a\x00b"), "invalid_message", "data.channel"),
        (plain_event("portal_form_abandoned", None, form="a\x00b"), "invalid_message", "data.params.form"),
        (plain_event(effective_date="soon"), "invalid_message", "data.params.effective_date"),
        (plain_event("payment_failed", amount_eur="12"), "invalid_message", "data.params.amount_eur"),
        (plain_event(at=NOW.replace(year=1999)), "invalid_message", "time"),
        (plain_event(data={"customer_no": "K-0"}), "unknown_customer", "data.customer_no"),
        (plain_event(specversion="2"), "invalid_message", "specversion"),
    ],
)
def test_what_is_no_touchpoint_of_the_site_is_refused_alone(
    services: Services, event: dict[str, Any], code: str, where: str
) -> None:
    taken = arrive(services, event, plain_event(id="good"))
    assert verdicts(taken) == [code, "accepted"]
    problem = taken[0].problem
    assert problem is not None
    assert problem.errors[0].where == where
    assert "Lisa" not in str(problem.errors)


def test_a_form_given_up_is_a_media_break_as_soon_as_the_call_is_told_in_whatever_order(services: Services) -> None:
    form = plain_event("portal_form_abandoned", None, id="form", at=NOW - timedelta(days=2), form="move")
    call = plain_event("call_open", "phone", id="call", at=NOW - timedelta(days=1), topic="move")
    later = plain_event("portal_form_abandoned", None, id="later", at=NOW - timedelta(days=1, hours=2), form="move")

    def breaks() -> list[str]:
        with services.store.read() as unit:
            return [one.type for one in unit.customers.touchpoints("c-lisa") if one.media_break]

    arrive(services, call)
    assert breaks() == []
    arrive(services, form)
    assert breaks() == ["portal_form_abandoned"]
    # The call answers the newest form alone.
    arrive(services, later)
    with services.store.read() as unit:
        found = {one.at: one.media_break for one in unit.customers.touchpoints("c-lisa")}
    assert (found[NOW - timedelta(days=2)], found[NOW - timedelta(days=1, hours=2)]) == (False, True)
    assert verdicts(arrive(services, form, later)) == ["duplicate", "duplicate"]


def test_features_are_those_of_all_touchpoints_whatever_came_otherwise(services: Services) -> None:
    zone = "Europe/Berlin"
    for number, days in enumerate((3, 400, 1, 3)):
        event = plain_event(
            "complaint", "phone", id=f"e-{number}", at=NOW - timedelta(days=days), data={"case_id": "c"}
        )
        assert verdicts(arrive(services, event)) == ["accepted"]
        with services.store.write() as unit:
            assert unit.arrivals.features("c-lisa") == features_of(unit.customers.touchpoints("c-lisa"), zone)
            if number == 1:
                # As an import does that knows nothing of features.
                stray = unit.customers.touchpoints("c-lisa")[0]
                unit.arrivals.add(type(stray)("stray", "c-lisa", NOW, ContactChannel.EMAIL, "mail_opened"))


def test_features_are_made_anew_without_what_the_retention_removed(services: Services) -> None:
    long_ago = NOW - timedelta(days=400)
    arrive(services, plain_event("bill", id="old", at=long_ago), plain_event("bill", id="new"))
    with services.store.write() as unit:
        assert unit.retention.remove(RetentionKind.TOUCHPOINTS, long_ago, 10).number == 0
        assert unit.arrivals.features("c-lisa") is not None
        assert unit.retention.remove(RetentionKind.TOUCHPOINTS, long_ago + timedelta(days=1), 10).number == 1
        assert unit.arrivals.features("c-lisa") is None
    arrive(services, plain_event("bill", id="newer"))
    with services.store.read() as unit:
        every = features_of(unit.customers.touchpoints("c-lisa"), "Europe/Berlin")
        assert unit.arrivals.features("c-lisa") == every


def test_a_long_journey_read_by_what_it_comes_to_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, each_store: Stores
) -> None:
    kinds = [("complaint", "phone"), ("chat", "chat"), ("mail_opened", "email"), ("callback_missed", "phone")]
    with open_services(tmp_path) as services:
        events = [
            plain_event(
                *kinds[number % 4],
                id=f"e-{number}",
                at=NOW - timedelta(days=1 + number * 5, hours=number % 7),
                data={
                    "experience": "negative" if number in (20, 30) else "neutral",
                    "case_id": f"case-{number % 9}" if number % 3 == 0 else None,
                    "case_open": number % 3 == 0 and number > 60,
                },
            )
            for number in range(100)
        ]
        assert set(verdicts(arrive(services, *events))) == {"accepted"}
        with services.store.write() as unit:
            catalogue = services.catalogues.for_customer(unit, "c-lisa")
            whole = journey_of(unit, "c-lisa", catalogue, NOW)
            monkeypatch.setattr(reading, "MANY", 50)
            part = journey_of(unit, "c-lisa", catalogue, NOW)
    assert whole.older is None
    assert part.older is not None
    assert 60 <= len(part.touchpoints) < len(whole.touchpoints) == 103
    queries = [
        JourneyQuery("count"),
        JourneyQuery("count", type="chat", within=300),
        JourneyQuery("count", experience=Experience.NEGATIVE),
        JourneyQuery("count", channel=ContactChannel.PHONE, within=7),
        JourneyQuery("days_since", type="callback_missed"),
        JourneyQuery("days_since", type="price_letter"),
    ]
    zone, here = catalogue.zone, NOW.astimezone(catalogue.zone)
    for asked in (
        lambda one: contact_values(one.touchpoints, NOW, zone, one.older),
        lambda one: journey_values(queries, one.touchpoints, NOW, zone, one.older),
        lambda one: open_cases(one.shown),
        lambda one: probable_concerns(one.shown, {}, here),
        lambda one: journey_head(one.shown, here, before=one.left_out),
    ):
        assert asked(part) == asked(whole)
