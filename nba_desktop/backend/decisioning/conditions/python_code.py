"""Checked expressions as Python functions for one customer.

Every expression has two plain boolean forms: "is true" and "is false"; unknown is neither. `not` swaps the two, the
"is false" of an `and` is the `or` of its parts' "is false". So no unknown has to be carried through, and Python's own
`and` and `or` stop as early as they can.

Numbers are compared as they are and dates as day numbers; a missing one is NaN, for which no comparison but `!=` is
true (and `!=` is not used on them). Missing texts and flags are None. Code is written from the checked tree only:
keys and fixed values as `repr` of plain texts and numbers, locals by number; there are no builtins.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.conditions.expression import (
    Always,
    Asked,
    Compare,
    Days,
    Every,
    Expression,
    Fixed,
    Flag,
    Member,
    Operand,
    Opposite,
    Relation,
    Scalar,
    Some,
)

Truth = bool | None
_Form = tuple[Expression, bool]
"""An expression, and whether it has to be true or to be false."""

_OTHER_WAY: Final[dict[Relation, Relation]] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
}
_DEEPEST: Final = 8
_TOGETHER_FROM: Final = 2
_SHARED_FROM: Final = 2
"""A combination that occurs so often is worked out once; a single comparison is cheaper than a local."""


def answer_function(expression: Expression) -> Callable[[Mapping[str, Value]], Truth]:
    """One expression's three-valued answer."""
    writer = _Writer()
    true, false = writer.form(expression, True), writer.form(expression, False)
    lines = [f"if {true}: return True", f"if {false}: return False", "return None"]
    return writer.function(lines)


def truths_function(expressions: Sequence[Expression]) -> Callable[[Mapping[str, Value]], tuple[bool, ...]]:
    """Whether each expression is true, all in one function that reads every value once.

    Expressions that need the same thing to hold stand behind one question for it: where it does not hold, none of them
    is looked at.
    """
    counts: Counter[tuple[Expression, bool]] = Counter()
    for one in expressions:
        _count(one, True, counts)
    writer = _Writer(frozenset(form for form, times in counts.items() if times >= _SHARED_FROM))
    rules = [_Rule(place, _needed(one, True)) for place, one in enumerate(expressions)]
    asked = _asked(rules, writer)
    return writer.function([f"found = [False] * {len(rules)}", *asked, "return (*found,)"])


@dataclass(frozen=True, slots=True)
class _Rule:
    """One expression by its place, and the forms that all have to hold, each once."""

    place: int
    needed: dict[_Form, None]

    def without(self, form: _Form) -> _Rule:
        return _Rule(self.place, {one: None for one in self.needed if one != form})


def _needed(expression: Expression, truth: bool) -> dict[_Form, None]:
    match expression:
        case Opposite():
            return _needed(expression.inner, not truth)
        case Every() | Some() if isinstance(expression, Every) is truth:
            return {form: None for part in expression.parts for form in _needed(part, truth)}
    return {(expression, truth): None}


def _asked(rules: Sequence[_Rule], writer: _Writer, depth: int = 0) -> list[str]:
    """Python lines that mark the rules that hold."""
    lines: list[str] = []
    left = list(rules)
    times = Counter(form for rule in left for form in rule.needed)
    while depth < _DEEPEST and times:
        form, most = times.most_common(1)[0]
        if most < _TOGETHER_FROM:
            break
        behind = [rule for rule in left if form in rule.needed]
        left = [rule for rule in left if form not in rule.needed]
        times.subtract(one for rule in behind for one in rule.needed)
        lines.append(f"if {writer.form(*form)}:")
        lines += [f" {line}" for line in _asked([rule.without(form) for rule in behind], writer, depth + 1)]
    for rule in left:
        parts = sorted(rule.needed, key=lambda one: _effort(one[0], one[1], every=True))
        condition = " and ".join(writer.form(*part) for part in parts)
        mark = f"found[{rule.place}] = True"
        lines.append(f"if {condition}: {mark}" if condition else mark)
    return lines


def _count(expression: Expression, truth: bool, counts: Counter[tuple[Expression, bool]]) -> None:
    match expression:
        case Opposite():
            _count(expression.inner, not truth, counts)
        case Every() | Some():
            counts[expression, truth] += 1
            # What a shared combination consists of is written once only.
            if counts[expression, truth] == 1:
                for part in expression.parts:
                    _count(part, truth, counts)


class _Writer:
    """Collects the locals that a function needs while its expressions are written."""

    def __init__(self, shared: frozenset[tuple[Expression, bool]] = frozenset()) -> None:
        self._shared = shared
        self._lines: list[str] = []
        self._locals: dict[Asked | Days | tuple[Expression, bool], str] = {}

    def function(self, lines: Sequence[str]) -> Callable[[Mapping[str, Value]], Any]:
        body = "\n ".join(["get = values.get", *self._lines, *lines])
        space: dict[str, Any] = {"__builtins__": {}, "nan": math.nan}
        exec(compile(f"def answer(values):\n {body}\n", "<conditions>", "exec"), space)
        written: Callable[[Mapping[str, Value]], Any] = space["answer"]
        return written

    def form(self, expression: Expression, truth: bool) -> str:
        """Python for "is true" or "is false"."""
        if (expression, truth) not in self._shared:
            return self._written(expression, truth)
        name = self._locals.get((expression, truth))
        return name or self._local((expression, truth), _as_value(self._written(expression, truth)))

    def _written(self, expression: Expression, truth: bool) -> str:
        match expression:
            case Always():
                return repr(expression.truth is truth)
            case Flag():
                value = self._value(expression.asked)
                return value if truth else f"(not {value} and {value} is not None)"
            case Opposite():
                return self.form(expression.inner, not truth)
            case Every() | Some():
                every = isinstance(expression, Every) is truth
                parts = sorted(expression.parts, key=lambda part: _effort(part, truth, every))
                return f"({(' and ' if every else ' or ').join(self.form(part, truth) for part in parts)})"
            case Compare():
                relation = expression.relation if truth else _OTHER_WAY[expression.relation]
                return self._comparison(expression.left, relation, expression.right)
            case Member():
                return self._membership(expression, "in" if truth else "not in")

    def _comparison(self, left: Operand, relation: Relation, right: Operand) -> str:
        one, other = self._value(left, right), self._value(right, left)
        plain = f"{one} {relation} {other}"
        if relation == "!=" and _is_number(left):
            return f"({one} < {other} or {one} > {other})"
        if _is_number(left) or (relation == "==" and (isinstance(left, Fixed) or isinstance(right, Fixed))):
            return plain
        known = [f"{self._value(side)} is not None" for side in (left, right) if not isinstance(side, Fixed)]
        return f"({' and '.join([plain, *known])})"

    def _membership(self, expression: Member, word: Literal["in", "not in"]) -> str:
        value = self._value(expression.operand)
        plain = f"{value} {word} {{{', '.join(repr(_plain(one)) for one in expression.members)}}}"
        if word == "in":
            return plain
        known = f"{value} == {value}" if _is_number(expression.operand) else f"{value} is not None"
        return f"({plain} and {known})"

    def _value(self, operand: Operand, beside: Operand | None = None) -> str:
        if isinstance(operand, Fixed):
            plain = _plain(operand.value)
            # Python compares two floats much faster than a float and an integer.
            floating = isinstance(beside, Asked) and beside.type == "number"
            return repr(float(plain) if floating and isinstance(plain, int) else plain)
        name = self._locals.get(operand)
        if name is not None:
            return name
        if isinstance(operand, Days):
            return self._local(operand, f"{self._value(operand.end)} - {self._value(operand.start)}")
        name = self._local(operand, f"get({operand.key!r})")
        if operand.type == "date":
            self._lines.append(f"{name} = nan if {name} is None else {name}.toordinal()")
        elif _is_number(operand):
            self._lines.append(f"if {name} is None: {name} = nan")
        return name

    def _local(self, of: Asked | Days | tuple[Expression, bool], code: str) -> str:
        name = f"v{len(self._locals)}"
        self._locals[of] = name
        self._lines.append(f"{name} = {code}")
        return name


def _is_number(operand: Operand) -> bool:
    match operand:
        case Asked():
            return operand.type in {"integer", "number", "date"}
        case Days():
            return True
        case Fixed():
            return not isinstance(operand.value, bool | str)


def _effort(part: Expression, truth: bool, every: bool) -> float:
    """What asking `part` costs for each time it ends an `and` (`every`) or an `or`; the least is asked first."""
    cost, likely = _likelihood(part, truth)
    return cost / (1 - likely if every else likely)


def _likelihood(expression: Expression, truth: bool) -> tuple[float, float]:
    """Rough cost and probability of a form, guessed from its shape: equality is rarer than a threshold."""
    match expression:
        case Every() | Some():
            every = isinstance(expression, Every) is truth
            cost, going_on = 0.0, 1.0
            for part in expression.parts:
                one, likely = _likelihood(part, truth)
                cost += going_on * one
                going_on *= likely if every else 1 - likely
            return cost, min(max(going_on if every else 1 - going_on, 0.01), 0.99)
        case Opposite():
            return _likelihood(expression.inner, not truth)
        case Member() | Compare(relation="=="):
            return 1.2, 0.3 if truth else 0.6
        case Compare(relation="!="):
            return 1.2, 0.6 if truth else 0.3
        case _:
            return 1.0, 0.45


def _plain(value: Scalar) -> Scalar:
    return value.toordinal() if isinstance(value, date) else value


def _as_value(form: str) -> str:
    # Python runs comparisons that decide a jump much faster than comparisons that make a value.
    return form if form in {"True", "False"} else f"True if {form} else False"
