"""When an action may be raised again: rests by code, outcomes, households, topics and caps, on any day and clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.contact_policy import ContactPolicy, exposures_since
from nba_desktop.backend.decisioning.loader import load_catalogue_files, read_files
from nba_desktop.backend.model import PastExposure, PastResponse
from nba_desktop.contract.codes import DecisionChannel, OutcomeCode, ResponseCode, Stage
from tests.cases import cases
from tests.fakes.decisions import NOW, SMALL_CATALOGUE

CASES: list[dict[str, Any]] = cases(Path(__file__).parent / "cases" / "contact_policy.yaml")
POLICIES = """
household_cool_down: {ACCEPTED_DONE: 60, STOP_TOPIC: 90, COMPLETED: 30}
caps:
  - {target: issue/sales, at_most: 3, days: 30}
  - {target: group/heating, counts: shown, at_most: 2, days: 7}
  - {target: action/EXPERT, at_most: 1, days: 1}
"""
SITE_COOL_DOWN = "cool_down: {DECLINED_NO_NEED: 180, THINKING: 30, WRONG_DATA: forever, ACCEPTED_DONE: 365}"
RICH_COOL_DOWN = SITE_COOL_DOWN.replace(
    "}", ", ACCEPTED_PENDING: 14, DECLINED_NOT_NOW: 20, REVOKED: 45, INTEREST_INFO: 14}"
)
BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
CODES = st.sampled_from([*ResponseCode, *OutcomeCode])


def catalogue_in(zone: str = "Europe/Berlin") -> Catalogue:
    (text,) = read_files(SMALL_CATALOGUE).values()
    text = text.replace("timezone: Europe/Berlin", f"timezone: {zone}").replace(SITE_COOL_DOWN, RICH_COOL_DOWN)
    return load_catalogue_files({"catalogue.yaml": text + POLICIES})


CATALOGUE = catalogue_in()
FAR_AWAY = catalogue_in("Australia/Lord_Howe")


def removed(
    action_id: str,
    past: list[PastResponse],
    exposures: list[PastExposure] | None = None,
    now: datetime = NOW,
    catalogue: Catalogue = CATALOGUE,
    channel: DecisionChannel = DecisionChannel.CALL,
) -> tuple[str, dict[str, Any]] | None:
    policy = ContactPolicy(catalogue, past, exposures or [], now, channel)
    action = next(one for one in catalogue.actions if one.action_id == action_id)
    found = policy.removal(action)
    assert found is None or found.stage is Stage.CONTACT_POLICY
    return None if found is None else (found.rule, dict(found.params))


def code_of(name: str) -> ResponseCode | OutcomeCode:
    return ResponseCode(name) if name in set(ResponseCode) else OutcomeCode(name)


@pytest.mark.parametrize("case", CASES, ids=[one["name"] for one in CASES])
def test_the_past_decides_whether_an_action_may_be_raised(case: dict[str, Any]) -> None:
    past = [
        PastResponse(
            one.get("action", "SALE"),
            code_of(one["code"]),
            NOW - timedelta(days=one["days_ago"]),
            one.get("household", False),
            one.get("group"),
        )
        for one in case.get("past", [])
    ]
    exposures = [
        PastExposure(one["action"], one["fact"], NOW - timedelta(days=one["days_ago"]), one.get("group"))
        for one in case.get("exposures", [])
    ]
    channel = DecisionChannel(case.get("channel", "call"))
    found = removed(case.get("asked", "SALE"), past, exposures, channel=channel)
    assert (None if found is None else found[0]) == case["rule"]
    if found is not None:
        said = {name: value for name, value in found[1].items() if name in case.get("params", {})}
        assert said == case.get("params", {})


def test_a_rest_ends_at_midnight_where_the_site_is() -> None:
    late = datetime(2025, 11, 20, 23, 59, tzinfo=BERLIN)
    thinking = [PastResponse("SIDE", ResponseCode.THINKING, late)]
    end = datetime(2025, 12, 20, tzinfo=BERLIN)
    last = removed("SIDE", thinking, now=end - timedelta(seconds=1))
    assert last == ("cool_down", {"code": "THINKING", "days_left": 1, "until": "2025-12-20"})
    assert removed("SIDE", thinking, now=end) is None


@pytest.mark.parametrize(
    ("said", "free"),
    [
        # Half an hour of the clock's shift, the longest day and the shortest, and the day every four years.
        (datetime(2026, 3, 28, 23, 30, tzinfo=BERLIN), datetime(2026, 4, 27, tzinfo=BERLIN)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), datetime(2026, 11, 24, tzinfo=BERLIN)),
        (datetime(2028, 2, 1, 12, tzinfo=BERLIN), datetime(2028, 3, 2, tzinfo=BERLIN)),
        (datetime(2027, 2, 1, 12, tzinfo=BERLIN), datetime(2027, 3, 3, tzinfo=BERLIN)),
    ],
)
def test_thirty_days_are_thirty_midnights(said: datetime, free: datetime) -> None:
    thinking = [PastResponse("SIDE", ResponseCode.THINKING, said.astimezone(UTC))]
    before = (free - timedelta(microseconds=1)).astimezone(UTC)
    assert removed("SIDE", thinking, now=before) is not None
    assert removed("SIDE", thinking, now=free.astimezone(UTC)) is None


MOMENTS = st.integers(-20_000, 20_000).map(lambda hours: NOW + timedelta(hours=hours))


@given(MOMENTS, st.integers(0, 60), st.times())
def test_a_rest_counts_the_days_of_the_sites_calendar(said: datetime, later: int, clock: time) -> None:
    day = said.astimezone(LORD_HOWE).date()
    now = datetime.combine(day + timedelta(days=later), clock, LORD_HOWE).astimezone(UTC)
    found = removed("SIDE", [PastResponse("SIDE", ResponseCode.THINKING, said)], now=now, catalogue=FAR_AWAY)
    days = (now.astimezone(LORD_HOWE).date() - day).days
    assert (found is None) == (days >= 30)
    if found is not None:
        assert found[1]["days_left"] == 30 - days
        assert date.fromisoformat(found[1]["until"]) == day + timedelta(days=30)


PAST = st.lists(
    st.builds(
        PastResponse,
        st.sampled_from(["SERVICE", "SALE", "SIDE", "EXPERT", "CONSENT", "GONE"]),
        CODES,
        st.integers(-3_000, 3_000).map(lambda hours: NOW + timedelta(hours=hours)),
        st.booleans(),
    ),
    max_size=8,
)
EXPOSURES = st.lists(
    st.builds(
        PastExposure,
        st.sampled_from(["SERVICE", "SALE", "SIDE", "EXPERT", "CONSENT", "GONE"]),
        st.sampled_from(["shown", "addressed"]),
        st.integers(-1_500, 1_500).map(lambda hours: NOW + timedelta(hours=hours)),
    ),
    max_size=8,
)
ACTIONS = st.sampled_from(["SERVICE", "SALE", "SIDE", "EXPERT", "CONSENT"])
TAKEN_BACK = {OutcomeCode.REVOKED, OutcomeCode.CANCELLED_BY_CUSTOMER, OutcomeCode.PENDING_LAPSED}


@given(ACTIONS, PAST, EXPOSURES)
def test_whatever_the_past_and_the_clock_every_removal_is_readable(
    action: str, past: list[PastResponse], exposures: list[PastExposure]
) -> None:
    found = removed(action, past, exposures)
    if found is not None:
        until = found[1].get("until")
        assert until is None or date.fromisoformat(until) > NOW.astimezone(BERLIN).date()
        assert found[1].get("days_left") is None or found[1]["days_left"] > 0


@given(ACTIONS, PAST, EXPOSURES, CODES, st.integers(0, 20_000))
def test_what_seems_to_lie_ahead_counts_as_today(
    action: str, past: list[PastResponse], exposures: list[PastExposure], code: Any, hours: int
) -> None:
    past = [one for one in past if one.at <= NOW]
    ahead = PastResponse(action, code, NOW + timedelta(hours=hours))
    today = PastResponse(action, code, NOW)
    assert removed(action, [*past, ahead], exposures) == removed(action, [*past, today], exposures)


@given(ACTIONS, PAST, EXPOSURES, PAST)
def test_no_response_frees_what_is_blocked_but_a_yes_taken_back(
    action: str, past: list[PastResponse], exposures: list[PastExposure], more: list[PastResponse]
) -> None:
    more = [one for one in more if one.code not in TAKEN_BACK]
    if removed(action, past, exposures) is not None:
        assert removed(action, [*past, *more], exposures) is not None


@given(ACTIONS, PAST, EXPOSURES, EXPOSURES)
def test_no_exposure_frees_what_is_blocked(
    action: str, past: list[PastResponse], exposures: list[PastExposure], more: list[PastExposure]
) -> None:
    if removed(action, past, exposures) is not None:
        assert removed(action, past, [*exposures, *more]) is not None


@given(ACTIONS, PAST, EXPOSURES, st.randoms())
def test_the_order_in_which_the_past_is_told_does_not_matter(
    action: str, past: list[PastResponse], exposures: list[PastExposure], chance: Any
) -> None:
    def blocked(found: tuple[str, dict[str, Any]] | None) -> Any:
        # Two codes whose rests end on the same day may stand for each other.
        return None if found is None else found[1].get("until", found[0])

    shuffled, shown = past[:], exposures[:]
    chance.shuffle(shuffled)
    chance.shuffle(shown)
    assert blocked(removed(action, shuffled, shown)) == blocked(removed(action, past, exposures))


@given(EXPOSURES)
def test_exposures_before_the_longest_cap_are_not_needed(exposures: list[PastExposure]) -> None:
    since = exposures_since(CATALOGUE, NOW)
    assert since == datetime(2025, 10, 22, tzinfo=BERLIN)
    needed = [one for one in exposures if one.at >= since]
    for action in CATALOGUE.actions:
        assert removed(action.action_id, [], needed) == removed(action.action_id, [], exposures)


def test_without_caps_no_exposure_is_needed() -> None:
    assert exposures_since(load_catalogue_files(read_files(SMALL_CATALOGUE)), NOW) is None
