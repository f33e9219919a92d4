"""Made-up calls before they are kept: the same for the same seed, and told by whoever is there."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import numpy as np
import pytest

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.samples.half_year import timetable, truth
from nba_desktop.backend.samples.half_year.answers import answered
from nba_desktop.backend.samples.half_year.days import Days
from nba_desktop.backend.samples.half_year.offers import Offers
from nba_desktop.backend.samples.half_year.people import Person, sample_agents, sample_teams
from nba_desktop.backend.samples.half_year.records import Records
from nba_desktop.backend.samples.half_year.told import Ground, Told
from nba_desktop.contract.codes import ConsentChannel
from nba_desktop.contract.events import FollowUpPlanned
from tests.fakes.decisions import RESOURCES, sample_catalogue

NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)
CATALOGUE = sample_catalogue()
CONCERNS = tuple(one.code for one in CATALOGUE.entry.concerns)
PROFILE = timetable.day_profile(RESOURCES / "telephony" / "day_profile.csv")


def people() -> list[Person]:
    return [
        Person(
            customer_id=f"sample-{number:05}",
            customer_no=f"K-{number}",
            first_name="Erika",
            last_name="Muster",
            address="Weg 1, 01067 Dresden",
            language="de",
            email=None,
            phones=(f"+49351{number:07}",),
            missing={ConsentChannel.PHONE},
            objected=number % 10 == 0,
        )
        for number in range(60)
    ]


def days_of(seed: int, calls: int = 300) -> list[list[Told]]:
    chance = random.Random(seed)
    ground = Ground(
        catalogue=CATALOGUE,
        offers=Offers(CATALOGUE, CONCERNS, chance),
        records=Records(CATALOGUE),
        concerns=CONCERNS,
        items=("customer_no", "birth_date"),
        readings={},
        salt="salt",
        now=NOW,
    )
    days = timetable.weeks_before(NOW.date(), 2)
    table = timetable.timetable(
        np.random.default_rng(seed), calls, days, PROFILE, CATALOGUE.zone, len(people()), CONCERNS
    )
    agents = sample_agents(seed, 6, sample_teams(2), ["Muster", "Meier", "Schulz", "Wagner", "Roth", "Jung"])
    return list(Days(ground, table, people(), agents, chance))


def told(seed: int) -> list[str]:
    return [event.model_dump_json() for day in days_of(seed) for call in day for event in call.events]


def test_the_same_seed_makes_the_same_calls_and_another_one_others() -> None:
    once = told(1)
    assert once == told(1)
    assert not set(once) & set(told(2))


def test_promises_come_last_and_change_nothing_else_of_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever promises nothing tells the same calls: events of the same ids and moments, and nobody free at another."""
    with_promises = [one for day in days_of(2) for one in day]
    monkeypatch.setattr("nba_desktop.backend.samples.half_year.call.promised", lambda *_: ())
    without = [one for day in days_of(2) for one in day]
    promises = [event for one in with_promises for event in one.events if isinstance(event, FollowUpPlanned)]
    assert len(promises) > 5
    assert not any(isinstance(event, FollowUpPlanned) for one in without for event in one.events)
    for one, other in zip(with_promises, without, strict=True):
        kept = [event for event in one.events if not isinstance(event, FollowUpPlanned)]
        assert kept[:-1] == other.events[:-1]
        assert kept[-1].model_copy(update={"seq": other.events[-1].seq}) == other.events[-1]
        assert (one.decision, one.outcomes, one.until) == (other.decision, other.outcomes, other.until)


def test_every_ordered_call_is_told_and_a_transferred_one_goes_on_with_somebody_else() -> None:
    calls = [call for day in days_of(1) for call in day]
    assert len(calls) == 300
    passed_on = [one for one in calls if one.ended.cause == "transferred"]
    assert passed_on
    for one in passed_on:
        (after,) = (
            other for other in calls if other is not one and other.contact.interaction_id == one.contact.interaction_id
        )
        assert after.agent is not one.agent
        assert after.contact.started_at >= one.ended.at
        assert (after.person, after.concern) == (one.person, one.concern)


def test_whoever_objected_to_advertising_is_shown_none_and_nothing_sells_in_the_arm_that_shows_nothing() -> None:
    advertising = {one.action_id for one in CATALOGUE.actions if one.advertising}
    service = {one.action_id for one in CATALOGUE.actions if one.entry.kind.value == "service"}
    seen = {Arm.NOTHING.value: 0, "objected": 0}
    for call in (call for day in days_of(3) for call in day):
        if call.decision is None:
            continue
        if call.person.objected:
            seen["objected"] += 1
            assert not call.opportunity
            assert not advertising & set(call.decision.shown)
        if call.nothing_shown:
            seen[Arm.NOTHING.value] += 1
            assert set(call.decision.shown) <= service
    assert min(seen.values()) > 0


def test_the_probabilities_of_offers_are_those_they_are_drawn_with() -> None:
    offers = Offers(CATALOGUE, CONCERNS, random.Random(1))
    chance, drawn = random.Random(2), 4000
    arms = {arm: truth.ARMS.of(arm) for arm in Arm}
    counts: dict[str, int] = {}
    expected: dict[str, float] = {}
    for _ in range(drawn):
        arm = chance.choices(list(arms), list(arms.values()))[0]
        offer = offers.draw(chance, "bill", arm, may_advertise=True, may_ask=True)
        expected |= offer.probabilities
        for one in offer.shown:
            counts[one.action_id] = counts.get(one.action_id, 0) + 1
    assert set(counts) <= set(expected)
    for action_id, probability in expected.items():
        assert counts.get(action_id, 0) / drawn == pytest.approx(probability, abs=0.04)


def test_an_effect_moves_acceptances_and_an_objection_to_the_price_moves_declines_alone() -> None:
    (dear,) = (one for one in CATALOGUE.actions if one.action_id == "XS_MAINTAIN")
    usual, better, objecting = truth.AgentEffect(9), truth.EFFECTS[0], truth.EFFECTS[2]
    number = 3000

    def shares(effect: truth.AgentEffect) -> tuple[float, float]:
        chance = random.Random(5)
        answers = [answered(chance, dear, "heating", effect) for _ in range(number)]
        priced = [one for one in answers if truth.TOO_EXPENSIVE in one.objections]
        return sum(one.accepted for one in answers) / number, sum(one.declined for one in priced) / len(priced)

    rate = truth.probability(dear.entry.base_rate, fits=True)
    assert shares(usual)[0] == pytest.approx(rate, abs=0.03)
    assert shares(better)[0] == pytest.approx(rate + better.points, abs=0.03)
    assert shares(objecting)[0] == pytest.approx(rate, abs=0.03)
    assert shares(objecting)[1] > shares(usual)[1] + 0.2


def test_weeks_are_whole_and_over() -> None:
    days = timetable.weeks_before(date(2026, 7, 15), 2)
    assert (days[0], days[-1], len(days)) == (date(2026, 6, 29), date(2026, 7, 11), 12)
