"""The condition language: what it answers, what it refuses, and that nothing else gets through."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Value
from nba_desktop.backend.decisioning.conditions import JourneyQuery, fuse, parse_condition
from nba_desktop.backend.errors import ConditionError
from tests.cases import cases

CASES: dict[str, list[dict[str, Any]]] = cases(Path(__file__).parent / "cases" / "conditions.yaml")


@pytest.mark.parametrize("case", CASES["answers"], ids=[one["if"] for one in CASES["answers"]])
def test_a_condition_answers(case: dict[str, Any]) -> None:
    assert parse_condition(case["if"], ATTRIBUTES)(case["values"]) is case["is"]


@pytest.mark.parametrize("case", CASES["mistakes"], ids=[one["if"] for one in CASES["mistakes"]])
def test_a_mistake_says_where_and_what(case: dict[str, Any]) -> None:
    with pytest.raises(ConditionError) as caught:
        parse_condition(case["if"], ATTRIBUTES)
    assert str(caught.value) == case["says"]


@pytest.mark.parametrize(
    "source",
    [
        "(" * 1000,
        "not " * 400 + "has_gas",
        "x\0y",
        "age > 1" + " " * 2000,
        "\\\n",
        "'",
        "\ud800",
        "concern == '\\ud800'",
        "concern == '" + "a" * 3000 + "'",
        "age > " + "9" * 1900,
        "age > 9**9**9",
        "age > 1e400",
        "age > -1e400",
        "age > 1j",
        "concern == b'x'",
        "age > None",
        "age > ...",
        "concern == f'{age}'",
        "[has_gas for x in (1, 2)]",
        "any(has_gas for x in (1, 2))",
        "(age := 3) > 2",
        "(lambda: has_gas)()",
        "concern.__class__ == 'x'",
        "().__class__.__bases__[0].__subclasses__()",
        "__builtins__",
        "getattr(age, 'real') > 1",
        "age in (1, *[2])",
        "age in {1: 2}",
        "has_gas if age > 3 else has_heat",
        "await has_gas",
        "(yield)",
        "concern == 'a' * 3",
        "concern[0] == 'a'",
        "age >> 1 > 0",
        "~age > 0",
        "age and has_gas",
        "count(touchpoints, **{'type': 'bill'}) > 0",
        "count(touchpoints, type='bill', type='chat') > 0",
        "count(touchpoints, within=age) > 0",
        "count(touchpoints, within=True) > 0",
        "count(touchpoints, within=10**9) > 0",
        "count(*touchpoints) > 0",
        "date(*['2026-01-01']) < move_date",
        "move_date > date(f'2026-01-01')",
        "between(age, 1, 2) == True",
        "between(age, low=1, high=2)",
        "days_since(days_since(move_date)) > 1",
    ],
)
def test_hostile_text_is_an_error_and_nothing_else(source: str) -> None:
    with pytest.raises(ConditionError):
        parse_condition(source, ATTRIBUTES)


def test_a_condition_names_the_attributes_it_asks() -> None:
    condition = parse_condition('has_gas and (age > 3 or concern in ["bill"])', ATTRIBUTES)
    assert condition.names == {"has_gas", "age", "concern"}
    assert condition.queries == frozenset()


def test_days_since_a_date_asks_today_too() -> None:
    assert parse_condition("days_since(move_date) > 3", ATTRIBUTES).names == {"move_date", "today"}


def test_a_condition_names_its_questions_to_the_journey_in_one_way() -> None:
    one = parse_condition("count(touchpoints,within=90,  type='complaint')>1 or days_since('bill') < 9", ATTRIBUTES)
    other = parse_condition(
        'count(touchpoints, type="complaint", within=90) == 0 or days_since("bill") > 1', ATTRIBUTES
    )
    assert one.queries == other.queries
    assert one.keys == {'count(touchpoints, type="complaint", within=90)', 'days_since("bill")'}


@pytest.mark.parametrize(
    ("query", "basis"),
    [
        ("count(touchpoints, type='complaint')", "service"),
        ("days_since('callback_missed')", "service"),
        ("count(touchpoints)", "legit_interest"),
        ("count(touchpoints, channel='phone', within=30)", "legit_interest"),
        ("count(touchpoints, channel='app')", "consent:profiling"),
        ("days_since('tariff_compared')", "consent:profiling"),
        ("count(touchpoints, type='mail_opened')", "consent:profiling"),
    ],
)
def test_watching_use_needs_consent_also_as_a_question_to_the_journey(query: str, basis: str) -> None:
    (found,) = parse_condition(f"{query} > 1", ATTRIBUTES).queries
    assert found.basis == basis


def test_no_attribute_can_be_named_like_a_question_or_a_function() -> None:
    keys = {JourneyQuery("count").key, JourneyQuery("days_since", type="bill").key}
    assert not any(key.isidentifier() for key in keys)
    assert all(name.isidentifier() for name in ATTRIBUTES)
    assert not ATTRIBUTES.keys() & {"between", "count", "date", "days_since", "days_until", "touchpoints"}


def test_what_is_known_only_after_the_decision_cannot_be_asked() -> None:
    schema = {"age": ATTRIBUTES["age"], "call_minutes": replace(ATTRIBUTES["age"], name="call_minutes", known="after")}
    with pytest.raises(ConditionError) as caught:
        parse_condition("age > 3 and call_minutes > 5", schema)
    assert str(caught.value) == (
        "1:13: 'call_minutes' is known only after the decision – ask what is known when the customer calls"
    )


def test_what_is_known_only_after_the_decision_is_not_suggested() -> None:
    schema = {"call_minutes": replace(ATTRIBUTES["age"], name="call_minutes", known="after")}
    with pytest.raises(ConditionError) as caught:
        parse_condition("call_minute > 5", schema)
    assert caught.value.suggestion == ""


def test_a_whole_catalogue_fits_into_one_function() -> None:
    sources = [
        f"(age > {n % 90} or kwh_year < {n}) and not (concern in ['a', '{n}'] and has_gas) and days_since('bill') < {n}"
        for n in range(1, 3001)
    ]
    answers = fuse([parse_condition(one, ATTRIBUTES) for one in sources])
    values: dict[str, Value] = {"age": 0, "kwh_year": 1500, "concern": "a", "has_gas": False, 'days_since("bill")': 100}
    assert answers(values) == tuple(n > 1500 for n in range(1, 3001))


def test_no_conditions_fuse_to_no_answers() -> None:
    assert fuse([])({"age": 3}) == ()


def test_the_longest_and_deepest_condition_is_answered() -> None:
    inner = "has_gas"
    for level in range(19):
        inner = f"not ({inner} {'and' if level % 2 else 'or'} age > {level})"
    deep = parse_condition(inner, ATTRIBUTES)
    assert fuse([deep])({"has_gas": True, "age": 5}) == (deep({"has_gas": True, "age": 5}) is True,)
    long = parse_condition(" or ".join(["age > 9"] * 150), ATTRIBUTES)
    assert long({"age": 10}) is True
    assert long({"age": 9}) is False


WRITTEN = """
age has_gas churn_class kwh_year
concern open __import__ os.system lambda x: ( ) [ ] { } , . : = == != < > in is not and or
if else for * ** @ := 1 -1 1.5 1e999 'low' "x" f'{age}' None True False date date('2026-01-01') ... # \\
between(age,1,2) between( count( touchpoints type= 'bill' within= days_since( move_date days_until(move_date) 'chat'
"""
PIECES = st.sampled_from([*WRITTEN.split(), "count(touchpoints)", "\n", ""])


def refusal(source: str) -> ConditionError | None:
    try:
        parse_condition(source, ATTRIBUTES)
    except ConditionError as error:
        return error
    return None


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_whatever_is_written_only_the_allowed_gets_through(source: str) -> None:
    error = refusal(source)
    if error is not None:
        assert error.message
        assert 1 <= error.line <= source.count("\n") + 1
        assert 1 <= error.column <= len(source) + 1
        return
    tree = ast.parse(source.replace("\n", " ").strip(), mode="eval").body
    allowed = (ast.BoolOp, ast.UnaryOp, ast.Compare, ast.Name, ast.Constant, ast.List, ast.Tuple, ast.Set, ast.Call)
    for node in ast.walk(tree):
        if isinstance(node, ast.expr):
            assert isinstance(node, allowed)
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name)
            assert node.func.id in {"between", "count", "date", "days_since", "days_until"}
    assert parse_condition(source, ATTRIBUTES)({}) in (True, False, None)


@given(st.text(max_size=60))
def test_any_text_is_a_condition_or_an_error(source: str) -> None:
    error = refusal(source)
    assert error is None or error.message
