"""Reading `count(touchpoints, …)` and `days_since("type")`: which touchpoints, in which known codes."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from nba_desktop.backend.decisioning.conditions.journey_queries import JourneyQuery
from nba_desktop.backend.errors import ConditionError
from nba_desktop.backend.guessing import guess
from nba_desktop.backend.journey.types import TouchpointType
from nba_desktop.contract.codes import ContactChannel, Experience

COUNT_FORM: Final = 'for example count(touchpoints, type="complaint", within=90)'
_MAX_DAYS: Final = 36_525

_Mistake = Callable[[ast.expr | ast.keyword, str, str], ConditionError]
_Types = Mapping[str, TouchpointType]


def read_days_since(node: ast.Constant, types: _Types, mistake: _Mistake) -> JourneyQuery:
    """The query of `days_since("…")`, whose argument is `node`."""
    kind = types[_code(node, "type", types, mistake)]
    return JourneyQuery("days_since", type=kind.code, watched=kind.watched)


def read_count(node: ast.Call, types: _Types, mistake: _Mistake) -> JourneyQuery:
    """The query of `count(…)`."""
    match node.args:
        case [ast.Name(id="touchpoints")]:
            pass
        case _:
            raise mistake(node, "'count' counts touchpoints only", COUNT_FORM)
    given: dict[str, ast.expr] = {}
    for keyword in node.keywords:
        name = keyword.arg or "**"
        if name not in ("type", "channel", "experience", "within"):
            hint = guess(name, ("type", "channel", "experience", "within")) or COUNT_FORM
            raise mistake(keyword, f"'count' knows no '{name}'", hint)
        if name in given:
            raise mistake(keyword, f"'{name}' is given twice", "keep one of the two")
        given[name] = keyword.value

    def code(what: str, known: Iterable[str]) -> str | None:
        return _code(given[what], what, known, mistake) if what in given else None

    kind = code("type", types)
    channel = code("channel", ContactChannel)
    experience = code("experience", Experience)
    return JourneyQuery(
        "count",
        type=kind,
        channel=None if channel is None else ContactChannel(channel),
        experience=None if experience is None else Experience(experience),
        within=_within(given["within"], mistake) if "within" in given else None,
        watched=kind is not None and types[kind].watched,
    )


def _code(node: ast.expr, what: str, known: Iterable[str], mistake: _Mistake) -> str:
    match node:
        case ast.Constant(value=str(code)):
            codes = [str(one) for one in known]
            if code in codes:
                return code
            hint = guess(code, codes) or f"one of {', '.join(codes)}"
            raise mistake(node, f"no touchpoint has the {what} '{code}'", hint)
    raise mistake(node, f"the {what} of a touchpoint is a fixed text", COUNT_FORM)


def _within(node: ast.expr, mistake: _Mistake) -> int:
    match node:
        case ast.Constant(value=int(days)) if not isinstance(days, bool) and days <= _MAX_DAYS:
            return days
    raise mistake(node, f"'within' is a number of whole days, {_MAX_DAYS} at most", "for example within=90")
