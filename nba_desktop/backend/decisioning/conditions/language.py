"""The condition language: a small typed subset of Python expressions, checked before it is ever used.

Allowed are

- attribute names, numbers, texts, `True`, `False`, `date("2026-01-31")`;
- the comparisons `== != < <= > >=` (also chained), `in` and `not in` with a list of fixed values,
  `between(x, low, high)` with both ends included, for numbers and dates;
- `days_since(x)` and `days_until(x)` for a date attribute `x`, counted from the attribute `today`;
- `days_since("complaint")`: days since the last touchpoint of that type, unknown when there was none;
- `count(touchpoints, type="complaint", channel="phone", experience="negative", within=90)`: how many touchpoints
  fit; every keyword may be left out, `within` is in days;
- `and`, `or`, `not`.

Everything else is an error with line, column and, where one can be guessed, a suggestion.

A condition has three answers: true, false, and unknown (None). A comparison with a missing attribute (not there, None
or not a number) is unknown; `and`, `or`, `not` follow Kleene: `false and unknown` is false, `true or unknown` is true,
everything else with an unknown in it is unknown. What unknown means is the rule's business: it satisfies no
`requires` and triggers no `excludes`.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from nba_desktop.backend.decisioning.attributes import AttributeType, Schema
from nba_desktop.backend.decisioning.conditions.expression import (
    Always,
    Asked,
    Compare,
    Days,
    Expression,
    Fixed,
    Flag,
    Member,
    Operand,
    Relation,
    Scalar,
    every,
    opposite,
    some,
)
from nba_desktop.backend.decisioning.conditions.journey_queries import JourneyQuery
from nba_desktop.backend.decisioning.conditions.syntax import kind_of, mistake, syntax_tree
from nba_desktop.backend.decisioning.conditions.touchpoint_calls import COUNT_FORM, read_count, read_days_since
from nba_desktop.backend.errors import ConditionError
from nba_desktop.backend.guessing import guess
from nba_desktop.backend.journey.types import TOUCHPOINT_TYPES, TouchpointType

MAX_LENGTH: Final = 2000
MAX_DEPTH: Final = 40
MAX_NUMBER: Final = 2**53
"""Up to here every whole number is the same as integer and as float, in Python and in columns."""

_RELATIONS: Final[dict[type[ast.cmpop], Relation]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_ARTICLE: Final[dict[AttributeType, str]] = {
    "number": "a number",
    "text": "a text",
    "bool": "true or false",
    "date": "a date",
}
_FUNCTIONS: Final = ("between", "count", "date", "days_since", "days_until")
_DAYS_FORM: Final = 'name a date attribute or, for days_since, a touchpoint type like "complaint"'


@dataclass(frozen=True, slots=True)
class ReadCondition:
    """A checked text: what it asks of attributes and touchpoints, and its expression."""

    names: frozenset[str]
    queries: frozenset[JourneyQuery]
    expression: Expression


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a comparison: its operand, its family ("integer" is a "number") and what messages call it."""

    operand: Operand
    family: AttributeType
    written: str
    choices: tuple[str, ...] = ()


def read_condition(
    source: str, schema: Schema, types: Mapping[str, TouchpointType] = TOUCHPOINT_TYPES
) -> ReadCondition:
    """Check `source` against `schema` and the `types` of touchpoints; raise `ConditionError` at the first mistake."""
    if len(source) > MAX_LENGTH:
        raise ConditionError(f"the condition is longer than {MAX_LENGTH} characters", suggestion="split it into rules")
    if not source.strip():
        raise ConditionError("the condition is empty")
    checker = _Checker(source, schema, types)
    expression = checker.truth(syntax_tree(source), 0)
    return ReadCondition(frozenset(checker.names), frozenset(checker.queries), expression)


class _Checker:
    """Turns syntax into an expression; the only place that decides what is allowed."""

    def __init__(self, source: str, schema: Schema, types: Mapping[str, TouchpointType]) -> None:
        self._source = source
        self._schema = schema
        self._types = types
        self.names: set[str] = set()
        self.queries: set[JourneyQuery] = set()

    def truth(self, node: ast.expr, depth: int) -> Expression:
        if depth > MAX_DEPTH:
            raise self._error(node, "the condition is nested too deeply", "split it into rules")
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = [self.truth(value, depth + 1) for value in values]
                return every(parts) if isinstance(op, ast.And) else some(parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return opposite(self.truth(operand, depth + 1))
            case ast.Compare():
                return self._comparison(node)
            case ast.Constant(value=bool(fixed)):
                return Always(fixed)
            case ast.Call(func=ast.Name(id="between")):
                return self._between(node)
            case ast.Name() | ast.Call(func=ast.Name(id="count" | "days_since" | "days_until")):
                side = self._side(node)
                if side.family != "bool" or not isinstance(side.operand, Asked):
                    raise self._error(node, f"{side.written} is not true or false", "compare it with a value")
                return Flag(side.operand)
        hint = self._function_guess(node) or "use comparisons, and, or, not, in"
        raise self._error(node, f"{kind_of(node)} cannot be used here", hint)

    def _comparison(self, node: ast.Compare) -> Expression:
        parts: list[Expression] = []
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(op, ast.In | ast.NotIn):
                member = self._membership(left, right)
                parts.append(opposite(member) if isinstance(op, ast.NotIn) else member)
            else:
                parts.append(self._pair(left, op, right))
            left = right
        return every(parts)

    def _pair(self, left_node: ast.expr, op: ast.cmpop, right_node: ast.expr) -> Expression:
        relation = _RELATIONS.get(type(op))
        if relation is None:
            raise self._error(right_node, "'is' cannot be used in a condition", "write '=='")
        left, right = self._side(left_node), self._side(right_node)
        if isinstance(left.operand, Fixed) and isinstance(right.operand, Fixed):
            raise self._error(left_node, "two fixed values are compared", "compare with an attribute")
        self._check_family(left, right, right_node, "compare values of one type")
        if relation not in {"==", "!="} and left.family not in {"number", "date"}:
            raise self._error(right_node, f"{_ARTICLE[left.family]} has no order", "use '==', '!=' or 'in'")
        self._check_choice(left, right, right_node)
        self._check_choice(right, left, left_node)
        return _compared(left.operand, relation, right.operand)

    def _membership(self, left_node: ast.expr, right_node: ast.expr) -> Member:
        left = self._side(left_node)
        if isinstance(left.operand, Fixed):
            raise self._error(left_node, "two fixed values are compared", "start with an attribute")
        if not isinstance(right_node, ast.Tuple | ast.List | ast.Set) or not right_node.elts:
            raise self._error(right_node, "after 'in' comes a list of fixed values", 'for example ["a", "b"]')
        members: list[Scalar] = []
        for element in right_node.elts:
            member = self._side(element)
            if not isinstance(member.operand, Fixed):
                raise self._error(element, f"{member.written} is not a fixed value", "list fixed values after 'in'")
            self._check_family(left, member, element, "list values of one type")
            self._check_choice(left, member, element)
            members.append(member.operand.value)
        return Member(left.operand, tuple(dict.fromkeys(members)))

    def _between(self, node: ast.Call) -> Expression:
        if len(node.args) != 3 or node.keywords:
            raise self._error(node, "'between' takes three values", "write between(x, low, high)")
        x, low, high = (self._side(one) for one in node.args)
        if isinstance(x.operand, Fixed):
            raise self._error(node.args[0], "'between' starts with a fixed value", "start with an attribute")
        for end, place in ((low, node.args[1]), (high, node.args[2])):
            self._check_family(x, end, place, "compare values of one type")
        if x.family not in {"number", "date"}:
            raise self._error(node.args[0], f"{_ARTICLE[x.family]} has no order", "use '==', '!=' or 'in'")
        match low.operand, high.operand:
            case (Fixed(value=int() | float() as least), Fixed(value=int() | float() as most)) if least > most:
                raise self._error(node.args[1], "nothing lies between", "write the lower value first")
            case (Fixed(value=date() as first), Fixed(value=date() as last)) if first > last:
                raise self._error(node.args[1], "nothing lies between", "write the earlier date first")
        return every([Compare(low.operand, "<=", x.operand), Compare(x.operand, "<=", high.operand)])

    def _side(self, node: ast.expr) -> _Side:
        match node:
            case ast.Name(id=name):
                return self._attribute(node, name)
            case ast.Constant(value=bool(fixed)):
                return _Side(Fixed(fixed), "bool", f"'{fixed}'")
            case ast.Constant(value=int(fixed) | float(fixed)):
                return self._number(node, fixed)
            case ast.Constant(value=str(fixed)):
                return self._text(node, fixed)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(fixed) | float(fixed))) if not isinstance(
                fixed, bool
            ):
                return self._number(node, -fixed)
            case ast.Call(func=ast.Name(id="date"), args=[ast.Constant(value=str(text))], keywords=[]):
                return self._date(node, text)
            case ast.Call(func=ast.Name(id="date")):
                raise self._error(node, "'date' takes one text", 'write date("2026-01-31")')
            case ast.Call(func=ast.Name(id="days_since" | "days_until" as function)):
                return self._days(node, function)
            case ast.Call(func=ast.Name(id="count")):
                return self._query(read_count(node, self._types, self._error))
            case ast.Call(func=ast.Name(id="between")):
                raise self._error(node, "'between' is true or false already", "use it without comparing it")
        hint = self._function_guess(node) or "use attributes and fixed values"
        raise self._error(node, f"{kind_of(node)} cannot be compared", hint)

    def _attribute(self, node: ast.expr, name: str) -> _Side:
        attribute = self._schema.get(name)
        if attribute is None:
            raise self._error(node, f"unknown attribute '{name}'", self._guess(name))
        if attribute.type == "words":
            raise self._error(node, f"'{name}' is for sentences only", "ask the attribute it is made from")
        if attribute.known == "after":
            raise self._error(
                node, f"'{name}' is known only after the decision", "ask what is known when the customer calls"
            )
        self.names.add(name)
        family: AttributeType = "number" if attribute.type == "integer" else attribute.type
        return _Side(Asked(name, attribute.type), family, f"'{name}'", attribute.choices)

    def _number(self, node: ast.expr, fixed: int | float) -> _Side:
        if abs(fixed) > MAX_NUMBER:
            raise self._error(node, "the number is too large", f"stay within ±{MAX_NUMBER}")
        return _Side(Fixed(fixed), "number", f"'{fixed}'")

    def _text(self, node: ast.expr, fixed: str) -> _Side:
        if any("\ud800" <= letter <= "\udfff" for letter in fixed):
            raise self._error(node, "the text holds half a character", "write the whole character")
        return _Side(Fixed(fixed), "text", f"'{fixed}'")

    def _date(self, node: ast.expr, text: str) -> _Side:
        try:
            return _Side(Fixed(date.fromisoformat(text)), "date", f"'{text}'")
        except ValueError as error:
            raise self._error(node, f"'{text}' is not a date", 'write date("2026-01-31")') from error

    def _days(self, node: ast.Call, function: str) -> _Side:
        match node.args, node.keywords:
            case [ast.Name() as argument], []:
                side = self._side(argument)
                if side.family != "date" or not isinstance(side.operand, Asked):
                    raise self._error(argument, f"{side.written} is {_ARTICLE[side.family]}, not a date", _DAYS_FORM)
                today = self._attribute(node, "today").operand
                assert isinstance(today, Asked)
                days = Days(side.operand, today) if function == "days_since" else Days(today, side.operand)
                return _Side(days, "number", f"'{function}({side.operand.key})'")
            case [ast.Constant(value=str()) as argument], [] if function == "days_since":
                return self._query(read_days_since(argument, self._types, self._error))
        raise self._error(node, f"'{function}' cannot be asked of this", _DAYS_FORM)

    def _query(self, query: JourneyQuery) -> _Side:
        self.queries.add(query)
        return _Side(Asked(query.key, "integer"), "number", f"'{query.key}'")

    def _check_family(self, left: _Side, right: _Side, node: ast.expr, suggestion: str) -> None:
        if left.family != right.family:
            raise self._error(
                node,
                f"{left.written} is {_ARTICLE[left.family]}, {right.written} is {_ARTICLE[right.family]}",
                suggestion,
            )

    def _check_choice(self, attribute: _Side, other: _Side, node: ast.expr) -> None:
        if not attribute.choices or not isinstance(other.operand, Fixed) or not isinstance(other.operand.value, str):
            return
        text = other.operand.value
        if text not in attribute.choices:
            hint = guess(text, attribute.choices) or f"one of {', '.join(attribute.choices)}"
            raise self._error(node, f"{attribute.written} is never '{text}'", hint)

    def _guess(self, name: str) -> str:
        if name.lower() in {"true", "false"}:
            return f"write {name.capitalize()}"
        if name == "touchpoints":
            return COUNT_FORM
        return guess(name.lower(), [name for name, one in self._schema.items() if one.known == "before"])

    def _function_guess(self, node: ast.expr) -> str:
        match node:
            case ast.Call(func=ast.Name(id=name)):
                return guess(name.lower(), _FUNCTIONS)
        return ""

    def _error(self, node: ast.expr | ast.keyword, message: str, suggestion: str = "") -> ConditionError:
        return mistake(self._source, node, message, suggestion)


def _compared(left: Operand, relation: Relation, right: Operand) -> Expression:
    # Comparing a flag with True or False is asking the flag.
    match left, right:
        case (Asked() as asked, Fixed(value=bool(fixed))) | (Fixed(value=bool(fixed)), Asked() as asked):
            flag = Flag(asked)
            return flag if (relation == "==") is fixed else opposite(flag)
    return Compare(left, relation, right)
