"""The arms of made-up calls differ by what is true of them, and the review finds that."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain, count, islice
from math import prod

import pytest

from nba_desktop.backend.decisioning.arms import Arm, arm_of, period_of
from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.half_year.material import Materials
from nba_desktop.backend.review.facts import call_fact
from nba_desktop.backend.review.records import CallFact, Completion
from nba_desktop.backend.review.segments import ACTION_BITS, CALL_BITS, Segment, WeekRows, segment_of
from nba_desktop.backend.review.site.counting import uplift_of, withheld_in
from nba_desktop.backend.review.statistics.uplift import Uplift
from nba_desktop.backend.samples.half_year import timetable, truth
from nba_desktop.backend.samples.half_year.answers import anyway_rate
from nba_desktop.backend.samples.half_year.call import Caller
from nba_desktop.backend.samples.half_year.offers import Offers, accepting, fits
from nba_desktop.backend.samples.half_year.people import Person, SampleAgent, SampleTeam
from nba_desktop.backend.samples.half_year.records import Records
from nba_desktop.backend.samples.half_year.told import Ground, Incoming, Told
from nba_desktop.contract.codes import Duty, ResponseCode
from tests.fakes.decisions import sample_catalogue

NOW = datetime(2026, 7, 15, 9, tzinfo=UTC)
BEGIN = datetime(2026, 5, 18, 8, tzinfo=UTC).timestamp()
CATALOGUE = sample_catalogue()
CONCERNS = ("instalment", "bill", "tariff", "heating")
CALLS, SEEDS = 800, (1, 2)
WITHIN = timedelta(days=30)
"""Whatever is undone is undone by then."""


def test_the_intervals_of_the_uplift_hold_what_is_true_and_are_no_wider_than_they_must_be() -> None:
    for seed in SEEDS:
        found, gains = measured_and_true(seed)
        true = 100 * sum(gains) / len(gains)
        assert true > 5
        assert 0 < found.low < true < found.high
        # Both arms have as many cases.
        spread = sum(rate * (1 - rate) for rate in (found.treated, found.control)) / len(gains)
        assert (found.high - found.low) / 100 == pytest.approx(2 * 1.96 * math.sqrt(spread), rel=0.05)


def measured_and_true(seed: int) -> tuple[Uplift, list[float]]:
    """The uplift as the site counts it from made-up calls, and what each case of them was made to gain."""
    told = list(calls(seed))
    materials = Materials(WITHIN, CATALOGUE.zone)
    facts = [call_fact(materials.of(one), CATALOGUE.zone) for one in told]
    segment = packed_from([one for one in facts if one is not None])
    compared = withheld_in([segment])
    found = uplift_of([segment], compared, date(2026, 5, 18), planned=30)
    assert isinstance(found, Uplift)
    return found, true_gains(told, compared)


def calls(seed: int) -> Iterator[Told]:
    """Calls of as many customers, so that none has to do with another, half of them in each arm that is compared."""
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
    agent = SampleAgent("sample-agent-009", "A-NINE", "Frau Muster", SampleTeam("team_1", "Team"), truth.AgentEffect(9))
    for number, customer_id in enumerate(chain.from_iterable(islice(pairs(ground), CALLS // 2))):
        person = Person(customer_id, f"K-{number}", "Erika", "Muster", "Weg 1", "de", None, ())
        concern = CONCERNS[number // 2 % len(CONCERNS)]
        incoming = Incoming(
            person, concern, timetable.AUTHENTICATED, timetable.SOLVED, False, "Service", f"sample-{number}"
        )
        yield Caller(ground, chance).tell(incoming, agent, BEGIN + number)


def pairs(ground: Ground) -> Iterator[tuple[str, str]]:
    """A customer of the arm that recommends, with one of the arm that shows nothing."""
    today = datetime.fromtimestamp(BEGIN, CATALOGUE.zone).date()
    period = period_of(today, CATALOGUE.entry.arms.period)

    def of(arm: Arm) -> Iterator[str]:
        ids = (f"sample-{number}" for number in count())
        return (one for one in ids if arm_of(one, period, ground.salt, truth.ARMS) is arm)

    return zip(of(Arm.RANKED), of(Arm.NOTHING), strict=True)


def true_gains(told: list[Told], compared: frozenset[str]) -> list[float]:
    """By how much likelier a customer completes one of what he is shown than he would without."""
    return [
        prod(1 - anyway_rate(one, call.concern) for _, one in shown)
        - prod(1 - completes(one, call.concern, rank) for rank, one in shown)
        for call, shown in (
            (call, [(rank, one) for rank, one in enumerate(call.offer.shown) if one.action_id in compared])
            for call in told
            if call.offer is not None and call.decision is not None and call.decision.arm == Arm.RANKED.value
        )
        if shown
    ]


def completes(action: Action, concern: str, rank: int) -> float:
    """How probably it is completed and stays so, where it is shown at a place."""
    accepted = truth.RAISED[rank] * truth.probability(action.entry.base_rate, fits(action, concern))
    kept = 1.0
    if accepting(action) is ResponseCode.ACCEPTED_PENDING:
        kept = truth.CONFIRMED * (1 - truth.UNDONE)
    elif Duty.WITHDRAWAL_14_DAYS in action.entry.duties:
        kept = 1 - truth.UNDONE
    return accepted * kept + (1 - accepted) * anyway_rate(action, concern)


def packed_from(facts: list[CallFact]) -> Segment:
    """The facts as a week has them."""
    bits = [name for name in CALL_BITS if name != "repeated"]
    return segment_of(
        WeekRows(
            calls=[
                (
                    one.contact_id,
                    one.agent,
                    one.queue,
                    one.concern,
                    one.stratum,
                    one.arm,
                    *(getattr(one, name) for name in bits),
                    False,
                    None,
                    one.talk_s,
                    None,
                    None,
                    one.painted_ms,
                    one.chance_before,
                )
                for one in facts
            ],
            actions=[
                (
                    call.contact_id,
                    one.action_id,
                    *(
                        one.completion is Completion.COMPLETED if name == "completed" else getattr(one, name)
                        for name in ACTION_BITS
                    ),
                    one.code,
                )
                for call in facts
                for one in call.actions
            ],
            objections=(),
        )
    )
