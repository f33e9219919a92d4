"""Control arms and ramp: shares are met, nobody moves, and the two know nothing of each other."""

from __future__ import annotations

import math
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.arms import Arm, ArmShares, PeriodLength, arm_of, period_of, ramp_share
from nba_desktop.backend.errors import ConfigurationError

CUSTOMERS = [f"C-{number}" for number in range(20_000)]
IDS = st.text(max_size=20)
# Kept here: another hash would move every customer to another arm in the middle of a period.
FIRST_EIGHT = ["random", "random", "nothing", "random", "nothing", "ranked", "random", "nothing"]


def within_chance(count: int, share: float, n: int) -> bool:
    """Within five standard deviations of a binomial: once in a million by chance, always by a broken hash."""
    return abs(count - n * share) <= 5 * math.sqrt(n * share * (1 - share))


@pytest.mark.parametrize(
    "shares", [ArmShares(), ArmShares(25, 25, 25, 25), ArmShares(ranked=99.5, without_levers=0, random=0.5, nothing=0)]
)
@pytest.mark.parametrize("period", ["2026Q4", "2027Q1"])
def test_every_arm_gets_its_share_of_customers(shares: ArmShares, period: str) -> None:
    counts = Counter(arm_of(customer, period, "site", shares) for customer in CUSTOMERS)
    for arm in Arm:
        assert within_chance(counts[arm], shares.of(arm) / 100, len(CUSTOMERS)), arm


@given(IDS, IDS, IDS)
def test_a_customer_keeps_the_arm_within_a_period(customer: str, period: str, salt: str) -> None:
    shares = ArmShares(40, 30, 20, 10)
    assert arm_of(customer, period, salt, shares) is arm_of(customer, period, salt, shares)


def test_an_arm_is_the_same_in_every_process_and_version_of_the_program() -> None:
    shares = "ArmShares(25, 25, 25, 25)"
    code = (
        "from nba_desktop.backend.decisioning.arms import *\n"
        f"print([arm_of(f'C-{{n}}', '2026Q4', 'site', {shares}).value for n in range(8)], ramp_share('C-1', 'v1'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    arms = [arm_of(f"C-{n}", "2026Q4", "site", ArmShares(25, 25, 25, 25)).value for n in range(8)]
    assert done.stdout.strip() == f"{arms} {ramp_share('C-1', 'v1')}"
    assert arms == FIRST_EIGHT


def test_another_period_or_site_deals_the_customers_anew() -> None:
    shares = ArmShares(25, 25, 25, 25)
    first = [arm_of(customer, "2026Q4", "site", shares) for customer in CUSTOMERS]
    for period, salt in (("2027Q1", "site"), ("2026Q4", "other")):
        again = [arm_of(customer, period, salt, shares) for customer in CUSTOMERS]
        same = sum(one is other for one, other in zip(first, again, strict=True))
        assert within_chance(same, 0.25, len(CUSTOMERS))


def test_fields_do_not_run_into_each_other() -> None:
    fine = ArmShares(25, 25, 25, 25)
    joined = [(arm_of(f"1{n}", "a", "b", fine), arm_of(f"{n}", "a1", "b", fine)) for n in range(200)]
    assert any(one is not other for one, other in joined)


def test_a_control_arm_that_is_switched_off_moves_only_its_own_customers() -> None:
    before, after = ArmShares(80, 10, 5, 5), ArmShares(90, 0, 5, 5)
    for customer in CUSTOMERS[:5000]:
        was, now = arm_of(customer, "2026Q4", "s", before), arm_of(customer, "2026Q4", "s", after)
        assert now is (Arm.RANKED if was is Arm.WITHOUT_LEVERS else was)


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((90, 4, 4, 1), "add up to 99, not to 100 (ranked 90, without_levers 4, random 4, nothing 1)"),
        ((110, -4, -4, -2), "the share of the arm ranked is 110: give a percentage from 0 to 100"),
        ((98, 4, -4, 2), "the share of the arm random is -4"),
        ((math.nan, 4, 4, 2), "the share of the arm ranked is nan"),
    ],
    ids=["too-little", "too-much", "negative", "no-number"],
)
def test_shares_that_cannot_be_are_refused(shares: tuple[float, float, float, float], said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        ArmShares(*shares)
    assert said in str(caught.value)


def test_shares_of_broken_percentages_may_add_up() -> None:
    assert ArmShares(99.7, 0.1, 0.1, 0.1).of(Arm.RANKED) == 99.7


@pytest.mark.parametrize(
    ("day", "length", "named"),
    [
        (date(2026, 1, 1), "quarter", "2026Q1"),
        (date(2026, 3, 31), "quarter", "2026Q1"),
        (date(2026, 4, 1), "quarter", "2026Q2"),
        (date(2026, 12, 31), "quarter", "2026Q4"),
        (date(2026, 9, 30), "month", "2026-09"),
        (date(2026, 10, 1), "year", "2026"),
    ],
)
def test_a_day_belongs_to_a_period(day: date, length: PeriodLength, named: str) -> None:
    assert period_of(day, length) == named


@given(st.dates(max_value=date(9998, 12, 31)), st.sampled_from(["month", "quarter", "year"]))
def test_periods_follow_each_other_in_order(day: date, length: PeriodLength) -> None:
    assert period_of(day, length) <= period_of(day + timedelta(days=1), length)


@given(IDS, IDS, st.floats(0, 1), st.floats(0, 1))
def test_who_is_in_a_ramp_stays_in_when_it_grows(customer: str, version: str, share: float, more: float) -> None:
    place = ramp_share(customer, version)
    assert 0 <= place < 1
    low, high = sorted((share, more))
    assert not (place < low and not place < high)


@pytest.mark.parametrize("percent", [2, 10, 50])
def test_a_ramp_takes_in_its_share_of_customers(percent: int) -> None:
    taken = sum(ramp_share(customer, "v7") < percent / 100 for customer in CUSTOMERS)
    assert within_chance(taken, percent / 100, len(CUSTOMERS))


def test_the_ramp_of_a_version_is_independent_of_arms_and_of_other_versions() -> None:
    half = [customer for customer in CUSTOMERS if ramp_share(customer, "v7") < 0.5]
    counts = Counter(arm_of(customer, "2026Q4", "v7", ArmShares(25, 25, 25, 25)) for customer in half)
    assert all(within_chance(counts[arm], 0.25, len(half)) for arm in Arm)
    assert within_chance(sum(ramp_share(customer, "v8") < 0.5 for customer in half), 0.5, len(half))
