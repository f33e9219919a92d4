"""One condition, three ways to run it, one answer: alone, fused with others, and as a column over many customers."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.attributes import Attribute, AttributeType, Value
from nba_desktop.backend.decisioning.conditions import Condition, fuse, parse_condition
from nba_desktop.backend.decisioning.conditions.polars_code import columns_of, to_polars

COLOURS = ("red", "green", "blue")
DAY = date(2026, 1, 1)
KINDS: dict[str, AttributeType] = {
    "i": "integer",
    "j": "integer",
    "x": "number",
    "y": "number",
    "p": "bool",
    "q": "bool",
    "colour": "text",
    "word": "text",
    "d": "date",
    "e": "date",
    "today": "date",
}
SCHEMA = {
    name: Attribute(name, kind, "service", "for tests", "crm", choices=COLOURS if name == "colour" else ())
    for name, kind in KINDS.items()
}
QUERIES = (
    "count(touchpoints)",
    'count(touchpoints, type="complaint", within=90)',
    'days_since("bill")',
)

DATES = st.dates(DAY - timedelta(5), DAY + timedelta(5))
WORDS = st.text(alphabet="aä'\"\\\n{}", max_size=2)
ORDER = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
EQUAL = st.sampled_from(["==", "!="])
WITHIN = st.sampled_from(["in", "not in"])


def numbers() -> st.SearchStrategy[str]:
    whole, halves = st.integers(-6, 6), st.integers(-12, 12).map(lambda n: n / 2)
    far = st.sampled_from([2**31, -(2**31) - 1, 2**53, -(2**53), 1e15])
    return st.one_of(whole, halves, far).map(repr)


NUMBER_SIDES = st.sampled_from(
    ["i", "j", "x", "y", "days_since(d)", "days_until(e)", "days_since(e)", *QUERIES],
)
DATE_SIDES = st.sampled_from(["d", "e", "today"])
DATE_FIXED = DATES.map("date('{}')".format)


def comparisons() -> st.SearchStrategy[str]:
    number, day = st.one_of(NUMBER_SIDES, numbers()), st.one_of(DATE_SIDES, DATE_FIXED)
    colour, word = st.sampled_from(COLOURS), WORDS

    def members(of: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.lists(of, min_size=1, max_size=4).map(lambda found: f"[{', '.join(found)}]")

    return st.one_of(
        st.builds("{} {} {}".format, NUMBER_SIDES, ORDER, number),
        st.builds("{} {} {}".format, numbers(), ORDER, NUMBER_SIDES),
        st.builds("{} {} {} {} {}".format, number, ORDER, NUMBER_SIDES, ORDER, number),
        st.builds("{} {} {}".format, NUMBER_SIDES, WITHIN, members(numbers())),
        st.builds("between({}, {}, {})".format, NUMBER_SIDES, NUMBER_SIDES, number),
        st.builds("{} {} {}".format, DATE_SIDES, ORDER, day),
        st.builds("between({}, {}, {})".format, DATE_SIDES, DATE_FIXED, DATE_SIDES),
        st.builds("{} {} {}".format, DATE_SIDES, WITHIN, members(DATE_FIXED)),
        st.builds("colour {} {!r}".format, EQUAL, colour),
        st.builds("colour {} {}".format, WITHIN, members(colour.map(repr))),
        st.builds("word {} {!r}".format, EQUAL, word),
        st.builds("{!r} {} word".format, word, EQUAL),
        st.builds("word {} {}".format, WITHIN, members(word.map(repr))),
        st.builds("word {} colour".format, EQUAL),
        st.builds("p {} q".format, EQUAL),
        st.builds("p {} {}".format, EQUAL, st.booleans()),
        st.builds("q {} {}".format, WITHIN, members(st.booleans().map(str))),
        st.sampled_from(["p", "q", "True", "False"]),
    )


def conditions() -> st.SearchStrategy[str]:
    return st.recursive(
        comparisons(),
        lambda inner: st.one_of(
            st.builds("not ({})".format, inner),
            st.builds("({}) and ({})".format, inner, inner),
            st.builds("({}) or ({})".format, inner, inner),
            st.builds("({}) and ({}) and not ({})".format, inner, inner, inner),
        ),
        max_leaves=10,
    ).filter(lambda source: len(source) <= 1500)


def customers() -> st.SearchStrategy[dict[str, Value]]:
    whole = st.one_of(st.none(), st.integers(-6, 6), st.sampled_from([2**31, -(2**40), 2**53]))
    real = st.one_of(
        whole,
        st.integers(-12, 12).map(lambda n: n / 2),
        st.sampled_from([float("nan"), float("inf"), -float("inf"), -0.0]),
    )
    flag = st.none() | st.booleans()
    day = st.none() | DATES
    return st.fixed_dictionaries(
        {},
        optional={
            "i": whole,
            "j": whole,
            "x": real,
            "y": real,
            "p": flag,
            "q": flag,
            "colour": st.none() | st.sampled_from(COLOURS),
            "word": st.none() | WORDS | st.sampled_from(COLOURS),
            "d": day,
            "e": day,
            "today": day,
            **{key: st.none() | st.integers(0, 6) for key in QUERIES},
        },
    )


RANK = {False: 0, None: 1, True: 2}


def reference(source: str, values: Mapping[str, Value]) -> Any:
    """Kleene's answer as least and greatest of false < unknown < true, sharing no code with the product."""
    return _reference(ast.parse(source, mode="eval").body, values)


def _reference(node: ast.AST, values: Mapping[str, Value]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            asked = values.get(name)
            return None if asked != asked else asked
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return {True: False, False: True, None: None}[_reference(operand, values)]
        case ast.UnaryOp(operand=operand):
            return -_reference(operand, values)
        case ast.List(elts=elements):
            return [_reference(element, values) for element in elements]
        case ast.BoolOp(op=op, values=parts):
            answers = [_reference(part, values) for part in parts]
            return (min if isinstance(op, ast.And) else max)(answers, key=lambda answer: RANK[answer])
        case ast.Compare(left=left, ops=ops, comparators=rights):
            sides = [_reference(side, values) for side in (left, *rights)]
            pairs = [_pair(a, op, b) for a, op, b in zip(sides, ops, sides[1:], strict=False)]
            return min(pairs, key=lambda answer: RANK[answer])
        case ast.Call(func=ast.Name(id="date"), args=[argument]):
            return date.fromisoformat(_reference(argument, values))
        case ast.Call(func=ast.Name(id="between"), args=arguments):
            x, low, high = (_reference(one, values) for one in arguments)
            return min((_pair(low, ast.LtE(), x), _pair(x, ast.LtE(), high)), key=lambda answer: RANK[answer])
        case ast.Call(func=ast.Name(id="days_since" | "days_until" as function), args=[ast.Name(id=name)]):
            day, today = values.get(name), values.get("today")
            if not isinstance(day, date) or not isinstance(today, date):
                return None
            return (today - day).days if function == "days_since" else (day - today).days
        case ast.Call():
            return values.get(next(key for key in QUERIES if key == ast.unparse(node).replace("'", '"')))
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


def in_columns(parsed: list[Condition], many: list[dict[str, Value]], texts: pl.DataType) -> list[list[bool | None]]:
    types: dict[str, pl.DataType] = {}
    for condition in parsed:
        types |= columns_of(condition, SCHEMA)
    if "colour" in types:
        types["colour"] = texts
    rows: dict[str, list[Value]] = {key: [one.get(key) for one in many] for key in types}
    frame = pl.DataFrame(
        {"row": range(len(many)), **{key: pl.Series(rows[key], dtype=types[key], strict=False) for key in types}}
    )
    answers = frame.lazy().select(to_polars(one).alias(str(place)) for place, one in enumerate(parsed)).collect()
    assert set(answers.dtypes) == {pl.Boolean()}
    assert answers.height == len(many)
    return [column.to_list() for column in answers]


TEXT_COLUMNS = st.sampled_from([pl.String(), pl.Categorical(), pl.Enum(COLOURS)])


@given(st.lists(conditions(), min_size=1, max_size=4), st.lists(customers(), min_size=1, max_size=12), TEXT_COLUMNS)
def test_alone_fused_and_in_columns_a_condition_answers_like_the_reference(
    sources: list[str], many: list[dict[str, Value]], texts: pl.DataType
) -> None:
    parsed = [parse_condition(source, SCHEMA) for source in sources]
    fused = fuse(parsed)
    columns = in_columns(parsed, many, texts)
    for row, values in enumerate(many):
        expected = [reference(source, values) for source in sources]
        assert [one(values) for one in parsed] == expected
        assert fused(values) == tuple(answer is True for answer in expected)
        assert [column[row] for column in columns] == expected


@given(st.lists(conditions(), min_size=1, max_size=5), customers())
def test_fused_with_itself_a_condition_answers_the_same(sources: list[str], values: dict[str, Value]) -> None:
    parsed = [parse_condition(source, SCHEMA) for source in sources]
    inside = [parse_condition(f"not ({source}) or ({sources[0]})", SCHEMA) for source in sources]
    alone = tuple(one(values) is True for one in (*parsed, *inside))
    assert fuse([*parsed, *inside])(values) == alone
    assert fuse([*parsed, *inside, *parsed])(values) == alone + alone[: len(parsed)]


@given(conditions(), customers(), customers())
def test_knowing_more_never_turns_an_answer_around(
    source: str, values: dict[str, Value], more: dict[str, Value]
) -> None:
    condition = parse_condition(source, SCHEMA)
    known = condition(values)
    missing = {key: value for key, value in more.items() if values.get(key) is None or values[key] != values[key]}
    assert known is None or condition({**values, **missing}) is known


@pytest.mark.parametrize("source", ["True", "not True", "p or True", "p and False"])
def test_a_condition_that_is_always_the_same_is_a_whole_column(source: str) -> None:
    condition = parse_condition(source, SCHEMA)
    assert pl.DataFrame({"p": [True, None, False]}).select(to_polars(condition)).to_series().to_list() == (
        [condition({})] * 3
    )


@pytest.mark.parametrize(
    "source",
    ["i > 3", "x in [1, 2.5]", "p", "p == q", "colour == 'red'", "word in ['a']", "days_since(d) > 3", "d < e"],
)
def test_columns_of_nothing_but_nulls_are_unknown(source: str) -> None:
    condition = parse_condition(source, SCHEMA)
    frame = pl.DataFrame({key: [None, None] for key in condition.keys})
    assert frame.select(to_polars(condition)).to_series().to_list() == [None, None]


@pytest.mark.parametrize("kind", [pl.Int8(), pl.UInt16(), pl.Int64(), pl.Float32(), pl.Float64()])
def test_numbers_are_compared_in_whatever_type_they_come(kind: pl.DataType) -> None:
    frame = pl.DataFrame({key: pl.Series([1, None, 100], dtype=kind) for key in ("i", "x")})
    for source in ("i > 99.5", "x > 99.5", "i <= 2147483648 and i > 1", "x in [100, 2147483648]", "i in [100]"):
        assert frame.select(to_polars(parse_condition(source, SCHEMA))).to_series().to_list() == [False, None, True]


def test_the_columns_of_a_condition_are_named_and_typed() -> None:
    condition = parse_condition(
        "i > 3 and x > 1 and p and word == 'a' and days_since(d) > 1 and count(touchpoints) > 1", SCHEMA
    )
    assert columns_of(condition, SCHEMA) == {
        "d": pl.Date(),
        "i": pl.Int64(),
        "p": pl.Boolean(),
        "today": pl.Date(),
        "word": pl.String(),
        "x": pl.Float64(),
        "count(touchpoints)": pl.Int64(),
    }


@pytest.mark.parametrize("source", ["x > 1", "x != 1", "not (x < 1)", "x not in [1]", "i > 1", "x == x", "y < x"])
def test_what_is_not_a_number_is_missing_in_columns_too(source: str) -> None:
    condition = parse_condition(source, SCHEMA)
    frame = pl.DataFrame({"x": [float("nan"), 2.0], "i": [float("nan"), 2.0], "y": [1.0, 1.0]})
    assert frame.select(to_polars(condition)).to_series().to_list() == [None, True]
    assert condition({"x": float("nan"), "i": float("nan"), "y": 1.0}) is None
