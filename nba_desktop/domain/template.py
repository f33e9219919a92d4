"""Sentences with `{name}` gaps: only names are looked up, nothing is ever evaluated, what is missing is marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

GAP: Final = "[…]"
LONGEST: Final = 600
"""Characters of a sentence that can still be said."""

_FIELD: Final = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*(?::[a-z]+)?)\}")
_WORD: Final = re.compile(r"\w+", re.UNICODE)
_SHORTEST_TRACE: Final = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a filled sentence: the sentence's own words, a value put in, or a gap nothing fills."""

    kind: Literal["words", "value", "gap"]
    text: str


class TemplateFault(StrEnum):
    """What keeps an agent's own sentence from being kept."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    SEVERAL_LINES = "several_lines"
    BRACES = "braces"
    UNKNOWN_GAP = "unknown_gap"
    CUSTOMER_DATA = "customer_data"


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """One fault and the words of the sentence it is about."""

    fault: TemplateFault
    words: str = ""


def gap_names(template: str) -> tuple[str, ...]:
    """The names in a template's gaps, in their order, each once; `name:how` where it says how."""
    return tuple(dict.fromkeys(_FIELD.findall(template)))


def parts(template: str, values: Mapping[str, str]) -> tuple[Part, ...]:
    """Cut a sentence into its words, the values put in and the gaps that stay; a value is never read as a template.

    Anything in braces that is not a plain name stays as it is written.
    """
    found: list[Part] = []
    end = 0
    for match in _FIELD.finditer(template):
        if match.start() > end:
            found.append(Part("words", template[end : match.start()]))
        value = values.get(match[1]) or ""
        found.append(Part("value", value) if value.strip() else Part("gap", GAP))
        end = match.end()
    if end < len(template):
        found.append(Part("words", template[end:]))
    return tuple(found)


def filled(template: str, values: Mapping[str, str]) -> str:
    """The sentence with its values; what is missing stays a marked gap."""
    return "".join(part.text for part in parts(template, values))


def problem_of(
    own: str, original: str, values: Mapping[str, str], private: Iterable[str] = ()
) -> TemplateProblem | None:
    """What keeps `own` from taking the place of `original`, if anything.

    `values`, and `private` beside them, are those of the customer on the line: an own sentence is said to every
    customer, so it may hold this one's name, figures and days in gaps only. Its gaps are those of `values` and of
    `original`.
    """
    text = own.strip()
    if not text:
        return TemplateProblem(TemplateFault.EMPTY)
    if len(text) > LONGEST:
        return TemplateProblem(TemplateFault.TOO_LONG, str(LONGEST))
    if not text.isprintable():
        return TemplateProblem(TemplateFault.SEVERAL_LINES)
    literal = _FIELD.sub(" ", text)
    if "{" in literal or "}" in literal:
        return TemplateProblem(TemplateFault.BRACES)
    known = {*values, *gap_names(original)}
    for name in gap_names(text):
        if name not in known:
            return TemplateProblem(TemplateFault.UNKNOWN_GAP, f"{{{name}}}")
    trace = _trace(literal, _FIELD.sub(" ", original), (*values.values(), *private))
    return TemplateProblem(TemplateFault.CUSTOMER_DATA, trace) if trace else None


def _trace(literal: str, original: str, values: Iterable[str]) -> str:
    """A word of the customer's values that stands in the sentence and did not stand in the original; empty if none."""
    allowed = {word.casefold() for word in _WORD.findall(original)}
    traces = {word.casefold() for value in values for word in _WORD.findall(value)} - allowed
    for match in _WORD.finditer(literal):
        word: str = match[0]
        folded = word.casefold()
        if folded in traces and (len(folded) >= _SHORTEST_TRACE or any(one.isdigit() for one in folded)):
            return word
    return ""
