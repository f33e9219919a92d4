"""What is counted at once is what a plain count, one call after the other, comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.arrays import BoolArray, Places
from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.review.counting import Ready
from nba_desktop.backend.review.counts import ACTION_MEASURES, CALL_MEASURES, PARTS, Names, Sieve
from nba_desktop.backend.review.protection import presentations_of
from nba_desktop.backend.review.segments import (
    ACTION_BITS,
    ACTIONS,
    CALL_BITS,
    CALLS,
    NO_CODE,
    NONE,
    OBJECTIONS,
    Segment,
)

KINDS, QUEUES, CONCERNS = ("A", "B", "C"), ("gas", "strom"), ("bill", "move")
NAMES = Names(("0", *KINDS), QUEUES, CONCERNS)
"""There is one action more than occurs in the weeks that are counted."""
LINES = 3
SIEVES = [Sieve(*one) for one in product((None, "A", "0"), (None, "gas"), (None, "move"))]
SIEVES += [Sieve("nothing"), Sieve(queue="nowhere"), Sieve("A", "gas", "why")]


def week(rng: np.random.Generator, calls: int) -> Segment:
    """Random calls; names have other numbers in each week."""
    names = {
        "agents": ("A-1",),
        "queues": tuple(rng.permutation(QUEUES).tolist()),
        "concerns": tuple(rng.permutation(CONCERNS).tolist()),
        "actions": tuple(rng.permutation(KINDS).tolist()),
        "arms": tuple(rng.permutation([Arm.RANKED.value, Arm.NOTHING.value]).tolist()),
        "objections": (),
    }

    def some(number: int, none: int = NONE) -> Places:
        return np.where(rng.random(calls) < 0.2, none, rng.integers(number, size=calls))

    columns = {
        "agent": np.zeros(calls),
        "queue": some(2),
        "concern": some(2),
        "stratum": some(3),
        "arm": some(2),
        "bits": rng.integers(1 << len(CALL_BITS), size=calls),
        "reason": some(3, NO_CODE),
        "talk_s": some(900),
        "hold_s": some(60),
        "after_s": some(90),
        "painted_ms": some(90),
        "chance_before": some(90),
        "actions": rng.integers(4, size=calls),
    }
    facts = int(columns["actions"].sum())
    actions = {
        "action": np.concatenate(
            [rng.permutation(3)[:number] for number in columns["actions"]] or [np.zeros(0, np.int64)]
        ),
        "bits": rng.integers(1 << len(ACTION_BITS), size=facts),
        "code": np.full(facts, NO_CODE),
    }
    return Segment(
        names,
        {name: np.asarray(columns[name]).astype(dtype) for name, dtype in CALLS.items()},
        {name: np.asarray(actions[name]).astype(dtype) for name, dtype in ACTIONS.items()},
        {name: np.zeros(0, dtype) for name, dtype in OBJECTIONS.items()},
    )


def calls_of(segment: Segment) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """What is known of each call, and of each of its recommendations."""
    first = 0
    for place in range(len(segment.calls["agent"])):
        call: dict[str, Any] = {name: int(column[place]) for name, column in segment.calls.items()}
        for name, kind in (("queue", "queues"), ("concern", "concerns"), ("stratum", "actions"), ("arm", "arms")):
            call[name] = None if call[name] == NONE else segment.names[kind][call[name]]
        call |= {name: bool(call["bits"] >> bit & 1) for bit, name in enumerate(CALL_BITS)}
        facts = []
        for fact in range(first, first + call["actions"]):
            bits = int(segment.actions["bits"][fact])
            name = segment.names["actions"][int(segment.actions["action"][fact])]
            facts.append({"action": name, **{bit: bool(bits >> at & 1) for at, bit in enumerate(ACTION_BITS)}})
        first += call["actions"]
        yield call, facts


def plain(weeks: Sequence[Segment], line: Places, mature: BoolArray, sieve: Sieve) -> Counter[tuple[Any, ...]]:
    """Count everything, one call after the other."""
    found: Counter[tuple[Any, ...]] = Counter()
    known = (one for segment in weeks for one in calls_of(segment))
    for at, of_line, (call, every) in zip(range(len(line)), line.tolist(), known, strict=True):
        facts = [one for one in every if sieve.action_id in (None, one["action"])]
        if sieve.queue not in (None, call["queue"]) or sieve.concern not in (None, call["concern"]):
            continue
        if sieve.action_id is not None and not facts:
            continue
        nothing, chance = call["arm"] == Arm.NOTHING.value, call["opportunity"]
        for one in facts:
            shown = chance and one["shown"]
            measured = {
                **one,
                "coded": one["coded"] and one["addressed"],
                "completed": one["completed"] and one["decided"],
                "opportunities": shown,
                "presented": chance and one["addressed"],
                "chances": shown and not nothing,
                "won": shown and not nothing and one["accepted"],
                "mature": mature[at] and one["decided"],
                "converted": mature[at] and one["decided"] and one["completed"],
            }
            for name in ACTION_MEASURES:
                found["action", of_line, one["action"], name] += measured[name]
            if sieve.action_id is not None:
                for name in ("opportunities", "presented", "chances", "won"):
                    found["call", of_line, name] += measured[name]
                found["trials", of_line, one["action"], call["concern"]] += measured["chances"]
                found["successes", of_line, one["action"], call["concern"]] += measured["won"]
        counted = {
            "calls": True,
            "unraised": call["needs_reason"],
            "reasons": call["needs_reason"] and call["reason"] != NO_CODE,
            "missing": call["consent_missing"],
            "asked": call["consent_asked"],
            "granted": call["consent_asked"] and call["consent_granted"],
            "pending": call["consent_pending"],
            "confirmed": call["consent_pending"] and call["consent_confirmed"],
        }
        if sieve.action_id is None:
            counted |= {"opportunities": chance, "presented": chance and call["presented"]}
            counted |= {"chances": chance and not nothing, "won": chance and not nothing and call["accepted"]}
            if call["stratum"] is not None:
                found["trials", of_line, call["stratum"], call["concern"]] += counted["chances"]
                found["successes", of_line, call["stratum"], call["concern"]] += counted["won"]
        for name, value in counted.items():
            found["call", of_line, name] += value
        raised = call["presented"] if sieve.action_id is None else any(one["addressed"] for one in facts)
        times = {part: call[name] for part, name in zip(PARTS, ("talk_s", "hold_s", "after_s"), strict=False)}
        if NONE not in (times["talk"], times["after"]):
            held = 0 if times["hold"] == NONE else times["hold"]
            times["handling"] = times["talk"] + held + times["after"]
        for part, seconds in times.items():
            if seconds != NONE:
                found["seconds", of_line, part, bool(raised)] += seconds
                found["timed", of_line, part, bool(raised)] += 1
    return +found


def at_once(ready: Ready, sieve: Sieve) -> Counter[tuple[Any, ...]]:
    """The same from the counts; each line by itself is where its chances count."""
    counts, actions = ready.count(sieve)
    chances = ready.chances(sieve, np.arange(LINES), LINES)
    concerns = (*CONCERNS, None)
    found: Counter[tuple[Any, ...]] = Counter()
    for line in range(LINES):
        found.update({("call", line, name): int(counts.calls[name][line]) for name in CALL_MEASURES})
        for name in ACTION_MEASURES:
            by_action = actions.measure(name)[line].tolist()
            assert sum(by_action) == counts.actions[name][line]
            found.update({("action", line, one, name): n for one, n in zip(NAMES.actions, by_action, strict=True)})
        for name, table in (("trials", chances.trials), ("successes", chances.successes)):
            keys = product(NAMES.actions, concerns)
            found.update({(name, line, *key): n for key, n in zip(keys, table[line].tolist(), strict=True)})
        for part, raised in product(PARTS, (False, True)):
            found["seconds", line, part, raised] = int(counts.seconds[part][line, int(raised)])
            found["timed", line, part, raised] = int(counts.timed[part][line, int(raised)])
    return +found


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1 << 32), st.lists(st.integers(0, 40), max_size=3))
def test_what_is_counted_at_once_is_what_a_plain_count_comes_to(seed: int, calls: list[int]) -> None:
    rng = np.random.default_rng(seed)
    weeks = [week(rng, number) for number in calls]
    line, mature = rng.integers(LINES, size=sum(calls)), rng.random(sum(calls)) < 0.5
    ready = Ready(weeks, NAMES, line, LINES, mature)
    for sieve in SIEVES:
        assert at_once(ready, sieve) == plain(weeks, line, mature, sieve), sieve


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1 << 32), st.lists(st.integers(0, 40), max_size=3))
def test_where_a_part_has_calls_and_decided_presentations_is_found_one_by_one(seed: int, calls: list[int]) -> None:
    rng = np.random.default_rng(seed)
    weeks = [week(rng, number) for number in calls]
    line = rng.integers(LINES, size=sum(calls))
    found = presentations_of(Ready(weeks, NAMES, line, LINES, np.ones(len(line), np.bool_)))
    present, addressed, decided = (np.zeros(found.decided.shape, np.int64) for _ in range(3))
    known = (one for segment in weeks for one in calls_of(segment))
    for of_line, (call, facts) in zip(line.tolist(), known, strict=True):
        where = [(*names, None).index(call[name]) for name, names in (("queue", QUEUES), ("concern", CONCERNS))]
        if not any(one["shown"] for one in facts):
            present[of_line, len(NAMES.actions), *where] = 1
        for one in facts:
            place = (of_line, NAMES.actions.index(one["action"]), *where)
            present[place] |= one["shown"]
            addressed[place] |= one["addressed"]
            decided[place] += one["decided"]
    assert (found.present == present).all()
    assert (found.addressed == addressed).all()
    assert (found.decided == decided).all()
