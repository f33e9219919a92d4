"""Records: what is written is read again as it was."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Value
from nba_desktop.backend.decisioning.record import (
    CandidateRecord,
    DecisionRecord,
    RemovedRecord,
    candidates_of,
    read_record,
    values_of,
)
from nba_desktop.contract.codes import ActionKind, DecisionChannel, Load, NoRecommendation, Stage

names = st.text(max_size=8)
many_names = st.lists(names, max_size=3).map(tuple)
numbers = st.floats(0, 10, allow_nan=False)
inputs: st.SearchStrategy[dict[str, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "today": st.dates(),
        "bill_date": st.dates(),
        "age": st.integers(0, 120),
        "unit_price_ct": numbers,
        "has_gas": st.booleans(),
        "concern": names,
        "channels_missing": many_names,
        'count(touchpoints, type="call_open")': st.integers(0, 9),
    },
)
candidates = st.builds(
    CandidateRecord,
    action_id=names,
    kind=st.sampled_from(ActionKind),
    group=names,
    propensity=numbers,
    deviation=numbers,
    drawn=numbers,
    base_rate=numbers,
    moved_by=st.dictionaries(names, numbers, max_size=3),
    context=numbers,
    value=numbers,
    levers=numbers,
    bonus_eur=st.none() | numbers,
    score=numbers,
    quiet=st.booleans(),
    shown_probability=numbers,
)
removed = st.builds(
    RemovedRecord,
    action_id=names,
    stage=st.sampled_from(Stage),
    rule=names,
    params=st.dictionaries(names, st.none() | st.booleans() | st.integers() | numbers | names, max_size=3),
)
records = st.builds(
    DecisionRecord,
    decided_at=st.datetimes(timezones=st.just(UTC)),
    customer_id=st.none() | names,
    authenticated=st.booleans(),
    language=st.sampled_from(["de", "en"]),
    channel=st.sampled_from(DecisionChannel),
    placement=st.none() | names,
    concern=st.none() | names,
    concern_solved=st.none() | st.booleans(),
    catalogue_version=names,
    model_version=names,
    arm=st.sampled_from(Arm),
    load=st.sampled_from(Load),
    seed=names,
    none_because=st.none() | st.sampled_from(NoRecommendation),
    inputs=inputs,
    withheld=many_names,
    unfit=many_names,
    stale=many_names,
    candidates=st.lists(candidates, max_size=3).map(tuple),
    removed=st.lists(removed, max_size=3).map(tuple),
    slate=many_names,
    slate_probability=numbers,
    reserved=many_names,
    demoted=st.none() | names,
    explored=many_names,
    unmodelled=many_names,
)


@given(records)
def test_a_record_is_read_as_it_was_written(record: DecisionRecord) -> None:
    plain = record.to_json()
    kept = json.loads(json.dumps(plain))
    assert kept == plain
    assert read_record(kept, ATTRIBUTES) == record
    assert candidates_of(kept) == record.candidates
    assert values_of(kept, ATTRIBUTES) == record.inputs


def test_a_date_is_a_date_again_and_a_text_that_looks_like_one_stays_a_text() -> None:
    record = DecisionRecord(
        decided_at=datetime(2025, 11, 20, tzinfo=UTC),
        customer_id=None,
        authenticated=True,
        language="de",
        channel=DecisionChannel.CALL,
        placement=None,
        concern=None,
        concern_solved=None,
        catalogue_version="v",
        model_version="m",
        arm=Arm.RANKED,
        load=Load.NORMAL,
        seed="",
        none_because=None,
        inputs={"bill_date": date(2026, 1, 1), "concern": "2026-01-01"},
    )
    assert values_of(record.to_json(), ATTRIBUTES) == {"bill_date": date(2026, 1, 1), "concern": "2026-01-01"}


def test_what_is_added_when_it_is_kept_does_not_matter() -> None:
    plain = {"decision_id": "x", "contact_id": "y", "candidates": [], "inputs": {"age": 40}}
    assert candidates_of(plain) == ()
    assert values_of(plain, ATTRIBUTES) == {"age": 40}
