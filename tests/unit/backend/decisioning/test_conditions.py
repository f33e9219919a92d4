"""The condition language: what it answers, what it refuses, and that nothing else gets through."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Value
from nba_desktop.backend.decisioning.conditions import parse_condition
from nba_desktop.backend.errors import ConditionError

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "conditions.yaml").read_text("utf-8")
)


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
    ],
    ids=["parentheses", "nots", "nul", "long", "backslash", "quote", "surrogate"],
)
def test_hostile_text_is_an_error_and_nothing_else(source: str) -> None:
    with pytest.raises(ConditionError):
        parse_condition(source, ATTRIBUTES)


def test_a_condition_names_the_attributes_it_asks() -> None:
    condition = parse_condition('has_gas and (age > 3 or concern in ["bill"])', ATTRIBUTES)
    assert condition.names == {"has_gas", "age", "concern"}


# Random conditions over these attributes, with a plain second evaluator to compare with.
NUMBERS = ("age", "kwh_year", "instalment_eur")
TRUTHS = ("has_gas", "open_complaint")
TEXTS = ("churn_class", "concern")
CHURN = ("low", "medium", "high")
DAY = date(2026, 1, 1)


def comparison() -> st.SearchStrategy[str]:
    number = st.integers(-50, 50).map(str)
    order = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    chained = st.builds("{} {} {} {} {}".format, number, order, st.sampled_from(NUMBERS), order, number)
    plain = st.builds("{} {} {}".format, st.sampled_from(NUMBERS), order, number)
    two = st.builds("{} {} {}".format, st.sampled_from(NUMBERS), order, st.sampled_from(NUMBERS))
    text = st.builds("churn_class {} '{}'".format, st.sampled_from(["==", "!="]), st.sampled_from(CHURN))
    member = st.builds(
        "{} {} {!r}".format,
        st.just("churn_class"),
        st.sampled_from(["in", "not in"]),
        st.lists(st.sampled_from(CHURN), min_size=1, max_size=3),
    )
    day = st.builds("move_date {} date('{}')".format, order, st.dates(DAY - timedelta(9), DAY + timedelta(9)))
    return st.one_of(plain, chained, two, text, member, day, st.sampled_from([*TRUTHS, "True", "False"]))


def conditions() -> st.SearchStrategy[str]:
    return st.recursive(
        comparison(),
        lambda inner: st.one_of(
            st.builds("not ({})".format, inner),
            st.builds("({}) and ({})".format, inner, inner),
            st.builds("({}) or ({})".format, inner, inner),
        ),
        max_leaves=8,
    )


VALUES = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.integers(-50, 50) for name in NUMBERS},
        **{name: st.booleans() for name in TRUTHS},
        "churn_class": st.sampled_from(CHURN),
        "move_date": st.dates(DAY - timedelta(9), DAY + timedelta(9)),
    },
)


def reference(source: str, values: dict[str, Value]) -> Any:
    """Kleene's answer as least and greatest of false < unknown < true, sharing no code with the compiler."""
    return _reference(ast.parse(source, mode="eval").body, values)


def _reference(node: ast.AST, values: dict[str, Value]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return values.get(name)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return {True: False, False: True, None: None}[_reference(operand, values)]
        case ast.UnaryOp(operand=operand):
            return -_reference(operand, values)
        case ast.Call(args=[argument]):
            return date.fromisoformat(_reference(argument, values))
        case ast.List(elts=elements):
            return [_reference(element, values) for element in elements]
        case ast.BoolOp(op=op, values=parts):
            rank = {False: 0, None: 1, True: 2}
            answers = [_reference(part, values) for part in parts]
            return (min if isinstance(op, ast.And) else max)(answers, key=lambda answer: rank[answer])
        case ast.Compare(left=left, ops=ops, comparators=rights):
            sides = [_reference(side, values) for side in (left, *rights)]
            pairs = [_pair(a, op, b) for a, op, b in zip(sides, ops, sides[1:], strict=False)]
            return min(pairs, key=lambda answer: {False: 0, None: 1, True: 2}[answer])
    raise AssertionError(ast.dump(node))


def _pair(left: Any, op: ast.cmpop, right: Any) -> bool | None:
    if left is None or right is None:
        return None
    match op:
        case ast.Lt():
            return bool(left < right)
        case ast.LtE():
            return bool(left <= right)
        case ast.Gt():
            return bool(left > right)
        case ast.GtE():
            return bool(left >= right)
        case ast.Eq():
            return bool(left == right)
        case ast.NotEq():
            return bool(left != right)
        case ast.In():
            return left in right
    return left not in right


@given(conditions(), VALUES)
def test_random_conditions_answer_like_the_reference(source: str, values: dict[str, Value]) -> None:
    assert parse_condition(source, ATTRIBUTES)(values) is reference(source, values)


@given(conditions(), VALUES)
def test_knowing_more_never_turns_an_answer_around(source: str, values: dict[str, Value]) -> None:
    condition = parse_condition(source, ATTRIBUTES)
    full: dict[str, Value] = {"age": 1, "kwh_year": 2, "instalment_eur": 3, "has_gas": True, "open_complaint": False}
    full |= {"churn_class": "low", "move_date": DAY}
    known = condition(values)
    assert known is None or condition({**full, **values}) is known


WRITTEN = """
age has_gas churn_class kwh_year
concern open __import__ os.system lambda x: ( ) [ ] { } , . : = == != < > in is not and or
if else for * ** @ := 1 -1 1.5 1e999 'low' "x" f'{age}' None True False date date('2026-01-01') ... # \\
"""
PIECES = st.sampled_from([*WRITTEN.split(), "\n", ""])


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
            assert node.func.id == "date"
    assert parse_condition(source, ATTRIBUTES)({}) in (True, False, None)


@given(st.text(max_size=60))
def test_any_text_is_a_condition_or_an_error(source: str) -> None:
    error = refusal(source)
    assert error is None or error.message
