"""The condition language: a small subset of Python expressions, checked before it is ever used.

Allowed are attribute names, numbers, texts, `True`, `False`, `date("2026-01-31")`, the comparisons
`== != < <= > >=` (also chained), `in` and `not in` with a list of fixed values, and `and`, `or`, `not`.
Everything else is an error with line, column and, where one can be guessed, a suggestion.

A condition has three answers: true, false, and unknown (None). A comparison with a missing attribute is
unknown; `and`, `or`, `not` follow Kleene: `false and unknown` is false, `true or unknown` is true,
everything else with an unknown in it is unknown. What unknown means is the rule's business: it satisfies no
`requires` and triggers no `excludes`.
"""

from __future__ import annotations

import ast
import difflib
import operator
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from nba_desktop.backend.decisioning.attributes import Schema, Value
from nba_desktop.backend.errors import ConditionError

Truth = bool | None
Test = Callable[[Mapping[str, Value]], Truth]
_Family = Literal["number", "text", "bool", "date", "words"]

MAX_LENGTH: Final = 2000
MAX_DEPTH: Final = 40

_FAMILY: Final[dict[str, _Family]] = {
    "integer": "number",
    "number": "number",
    "bool": "bool",
    "text": "text",
    "date": "date",
    "words": "words",
}
_EQUALITY: Final[dict[type[ast.cmpop], Callable[[object, object], bool]]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_ORDER: Final[dict[type[ast.cmpop], Callable[..., bool]]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_FOREIGN_WORDS: Final = {"&&": "and", "||": "or", "AND": "and", "OR": "or", "NOT": "not", "<>": "!="}


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition; `names` are the attributes it asks."""

    source: str
    names: frozenset[str]
    _test: Test = field(repr=False)

    def __call__(self, values: Mapping[str, Value]) -> Truth:
        """Answer for one customer; an attribute that is not in `values` is missing."""
        return self._test(values)


@dataclass(frozen=True, slots=True)
class _Operand:
    """One side of a comparison: an attribute (`name`) or a fixed value."""

    family: _Family
    name: str | None = None
    fixed: Value = None
    choices: tuple[str, ...] = ()


def parse_condition(source: str, schema: Schema) -> Condition:
    """Check `source` against `schema` and compile it; raise `ConditionError` at the first mistake."""
    if len(source) > MAX_LENGTH:
        raise ConditionError(f"the condition is longer than {MAX_LENGTH} characters", suggestion="split it into rules")
    if not source.strip():
        raise ConditionError("the condition is empty")
    compiler = _Compiler(source, schema)
    test = compiler.truth(_parsed(source), 0)
    return Condition(source, frozenset(compiler.names), test)


def _parsed(source: str) -> ast.expr:
    # A condition may run over several lines, so it is parsed as one; every character keeps its place.
    flat = re.sub(r"[\r\n\t\f]", " ", source)
    body = flat.lstrip()
    indent = len(flat) - len(body)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            tree = ast.parse(body, mode="eval").body
    except SyntaxError as error:
        line, column = _place(source, indent + max((error.offset or 1) - 1, 0))
        raise ConditionError("this is not a condition", line, column, _syntax_hint(source)) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise ConditionError(
            "this is not a condition", suggestion="use plain characters and few parentheses"
        ) from error
    # Python would drop a comment together with whatever stands behind it.
    in_texts = sum(
        node.value.count("#")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    if source.count("#") != in_texts:
        line, column = _place(source, source.index("#"))
        raise ConditionError("a condition holds no comment", line, column, "write the comment on a line of its own")
    return tree


def _place(source: str, index: int) -> tuple[int, int]:
    before = source[:index]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _syntax_hint(source: str) -> str:
    for foreign, own in _FOREIGN_WORDS.items():
        if foreign in source:
            return f"write '{own}' instead of '{foreign}'"
    bare = source
    for known in ("==", "!=", "<=", ">="):
        bare = bare.replace(known, "")
    return "write '==' to compare" if "=" in bare else ""


class _Compiler:
    """Turns checked syntax into closures; the only place that decides what is allowed."""

    def __init__(self, source: str, schema: Schema) -> None:
        self._source = source
        self._schema = schema
        self.names: set[str] = set()

    def truth(self, node: ast.expr, depth: int) -> Test:
        if depth > MAX_DEPTH:
            raise self._error(node, "the condition is nested too deeply", "split it into rules")
        match node:
            case ast.BoolOp(op=op, values=values):
                tests = tuple(self.truth(value, depth + 1) for value in values)
                return _every(tests) if isinstance(op, ast.And) else _any(tests)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return _negated(self.truth(operand, depth + 1))
            case ast.Compare():
                return self._comparison(node)
            case ast.Constant(value=bool(fixed)):
                return lambda _values: fixed
            case ast.Name():
                side = self._operand(node)
                if side.family != "bool":
                    raise self._error(node, f"'{node.id}' is not true or false", "compare it with a value")
                return _asked(node.id)
        raise self._error(node, f"{_called(node)} cannot be used here", "use comparisons, and, or, not, in")

    def _comparison(self, node: ast.Compare) -> Test:
        tests: list[Test] = []
        left_node = node.left
        for op, right_node in zip(node.ops, node.comparators, strict=True):
            tests.append(self._pair(left_node, op, right_node))
            left_node = right_node
        return tests[0] if len(tests) == 1 else _every(tuple(tests))

    def _pair(self, left_node: ast.expr, op: ast.cmpop, right_node: ast.expr) -> Test:
        if isinstance(op, ast.In | ast.NotIn):
            return self._membership(left_node, op, right_node)
        compare = _EQUALITY.get(type(op)) or _ORDER.get(type(op))
        if compare is None:
            raise self._error(right_node, "'is' cannot be used in a condition", "write '=='")
        left, right = self._operand(left_node), self._operand(right_node)
        if left.name is None and right.name is None:
            raise self._error(left_node, "two fixed values are compared", "compare with an attribute")
        if left.family != right.family:
            raise self._error(
                right_node,
                f"{_written(left)} is {_ARTICLE[left.family]}, {_written(right)} is {_ARTICLE[right.family]}",
                "compare values of one type",
            )
        if type(op) in _ORDER and left.family not in {"number", "date"}:
            raise self._error(right_node, f"{_ARTICLE[left.family]} has no order", "use '==', '!=' or 'in'")
        self._check_choice(left, right, right_node)
        self._check_choice(right, left, left_node)
        return _compared(left, compare, right)

    def _membership(self, left_node: ast.expr, op: ast.cmpop, right_node: ast.expr) -> Test:
        left = self._operand(left_node)
        if left.name is None:
            raise self._error(left_node, "two fixed values are compared", "start with an attribute")
        if not isinstance(right_node, ast.Tuple | ast.List | ast.Set) or not right_node.elts:
            raise self._error(right_node, "after 'in' comes a list of fixed values", 'for example ["a", "b"]')
        members: list[Value] = []
        for element in right_node.elts:
            member = self._operand(element)
            if member.name is not None:
                raise self._error(element, f"'{member.name}' is not a fixed value", "list fixed values after 'in'")
            if member.family != left.family:
                raise self._error(
                    element,
                    f"{_written(left)} is {_ARTICLE[left.family]}, {_written(member)} is {_ARTICLE[member.family]}",
                    "list values of one type",
                )
            self._check_choice(left, member, element)
            members.append(member.fixed)
        return _contained(left.name, frozenset(members), isinstance(op, ast.NotIn))

    def _operand(self, node: ast.expr) -> _Operand:
        match node:
            case ast.Name(id=name):
                return self._attribute(node, name)
            case ast.Constant(value=bool(fixed)):
                return _Operand("bool", fixed=fixed)
            case ast.Constant(value=int(fixed)) | ast.Constant(value=float(fixed)):
                return _Operand("number", fixed=fixed)
            case ast.Constant(value=str(fixed)):
                return _Operand("text", fixed=fixed)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(fixed) | float(fixed))) if not isinstance(
                fixed, bool
            ):
                return _Operand("number", fixed=-fixed)
            case ast.Call(func=ast.Name(id="date"), args=[ast.Constant(value=str(text))], keywords=[]):
                return self._date(node, text)
        raise self._error(node, f"{_called(node)} cannot be compared", "use attributes and fixed values")

    def _attribute(self, node: ast.expr, name: str) -> _Operand:
        attribute = self._schema.get(name)
        if attribute is None:
            raise self._error(node, f"unknown attribute '{name}'", self._guess(name))
        if attribute.type == "words":
            raise self._error(node, f"'{name}' is for sentences only", "ask the attribute it is made from")
        self.names.add(name)
        return _Operand(_FAMILY[attribute.type], name=name, choices=attribute.choices)

    def _date(self, node: ast.expr, text: str) -> _Operand:
        try:
            return _Operand("date", fixed=date.fromisoformat(text))
        except ValueError as error:
            raise self._error(node, f"'{text}' is not a date", 'write date("2026-01-31")') from error

    def _check_choice(self, attribute: _Operand, other: _Operand, node: ast.expr) -> None:
        if not attribute.choices or other.name is not None or not isinstance(other.fixed, str):
            return
        if other.fixed not in attribute.choices:
            close = difflib.get_close_matches(other.fixed, attribute.choices, n=1)
            allowed = f"did you mean '{close[0]}'?" if close else f"one of {', '.join(attribute.choices)}"
            raise self._error(node, f"'{attribute.name}' is never '{other.fixed}'", allowed)

    def _guess(self, name: str) -> str:
        if name.lower() in {"true", "false"}:
            return f"write {name.capitalize()}"
        close = difflib.get_close_matches(name.lower(), self._schema, n=1)
        return f"did you mean '{close[0]}'?" if close else ""

    def _error(self, node: ast.expr, message: str, suggestion: str = "") -> ConditionError:
        # Offsets count the UTF-8 bytes of the text without its leading blanks.
        body = self._source.lstrip()
        chars = len(body.encode()[: node.col_offset].decode(errors="ignore"))
        line, column = _place(self._source, len(self._source) - len(body) + chars)
        return ConditionError(message, line, column, suggestion)


_ARTICLE: Final[dict[_Family, str]] = {
    "number": "a number",
    "text": "a text",
    "bool": "true or false",
    "date": "a date",
    "words": "words",
}


def _written(side: _Operand) -> str:
    return f"'{side.name}'" if side.name is not None else f"'{side.fixed}'"


def _called(node: ast.expr) -> str:
    names: dict[type[ast.expr], str] = {
        ast.Call: "a call",
        ast.BinOp: "arithmetic",
        ast.Attribute: "a dot",
        ast.Subscript: "an index",
        ast.Lambda: "a lambda",
        ast.IfExp: "if … else",
        ast.NamedExpr: "an assignment",
        ast.Constant: "a fixed value",
        ast.Tuple: "a list",
        ast.List: "a list",
        ast.Set: "a list",
    }
    return names.get(type(node), "this")


def _asked(name: str) -> Test:
    def test(values: Mapping[str, Value]) -> Truth:
        value = values.get(name)
        return None if value is None else bool(value)

    return test


def _compared(left: _Operand, compare: Callable[..., bool], right: _Operand) -> Test:
    def test(values: Mapping[str, Value]) -> Truth:
        one = left.fixed if left.name is None else values.get(left.name)
        other = right.fixed if right.name is None else values.get(right.name)
        return None if one is None or other is None else compare(one, other)

    return test


def _contained(name: str, members: frozenset[Value], negated: bool) -> Test:
    def test(values: Mapping[str, Value]) -> Truth:
        value = values.get(name)
        return None if value is None else (value in members) != negated

    return test


def _every(tests: tuple[Test, ...]) -> Test:
    def test(values: Mapping[str, Value]) -> Truth:
        known = True
        for one in tests:
            answer = one(values)
            if answer is False:
                return False
            known = known and answer is not None
        return True if known else None

    return test


def _any(tests: tuple[Test, ...]) -> Test:
    def test(values: Mapping[str, Value]) -> Truth:
        known = True
        for one in tests:
            answer = one(values)
            if answer is True:
                return True
            known = known and answer is not None
        return False if known else None

    return test


def _negated(inner: Test) -> Test:
    def test(values: Mapping[str, Value]) -> Truth:
        answer = inner(values)
        return None if answer is None else not answer

    return test
