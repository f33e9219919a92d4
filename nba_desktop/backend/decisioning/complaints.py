"""Where mistakes of a catalogue go, and the words that all checks share."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from nba_desktop.backend.decisioning.attributes import Schema
from nba_desktop.backend.decisioning.catalogue import Words
from nba_desktop.backend.decisioning.content import BONUS_GAP, HOWS, gaps
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.errors import ConditionError


class _At(Protocol):
    def __call__(self, path: KeyPath, message: str, suggestion: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class Complain:
    """Where mistakes go: `at` a path of the catalogue, or `inside` the condition at a path."""

    at: _At
    inside: Callable[[KeyPath, ConditionError], None]


@dataclass(frozen=True, slots=True)
class Names:
    """What the entries are called, also of those that are not well formed and are not checked any further.

    `listed` by list of the catalogue; `groups_used` and `issues_used` by its actions.
    """

    listed: Mapping[str, tuple[str, ...]]
    groups_used: frozenset[str]
    issues_used: frozenset[str]


def guess(name: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, as a question; empty when none is close."""
    close = difflib.get_close_matches(name, sorted(known), n=1)
    return f"did you mean '{close[0]}'?" if close else ""


def check_unique(what: str, ids: Iterable[str], path: KeyPath, key: str, complain: Complain) -> None:
    """Complain of each entry of a list whose name an earlier one has."""
    seen: set[str] = set()
    for place, one in enumerate(ids):
        if one in seen:
            complain.at((*path, place, key), f"the {what} '{one}' is here twice")
        seen.add(one)


def gap_names(template: str, path: KeyPath, complain: Complain) -> list[str]:
    """The names in a template's gaps; complain of braces and forms that are wrong."""
    try:
        found = gaps(template)
    except ValueError as error:
        complain.at(path, str(error), "write {name}")
        return []
    for gap in found:
        if gap.how and gap.how not in HOWS:
            complain.at(path, f"unknown form ':{gap.how}' of '{gap.name}'", f"one of {', '.join(HOWS)}")
    return [gap.name for gap in found]


def check_words(
    words: Words, path: KeyPath, schema: Schema, complain: Complain, also: Iterable[str] = (), *, bonus: bool = False
) -> None:
    """Complain of gaps that nothing fills: neither an attribute nor one of `also`, nor a bonus where there is one."""
    known = {*schema, *also}
    for language in ("de", "en"):
        place = (*path, language)
        for name in gap_names(getattr(words, language), place, complain):
            if name == BONUS_GAP:
                if not bonus:
                    complain.at(
                        place,
                        "'{bonus_eur}' is said only where the offer holds a bonus",
                        "say it in 'reason_with_bonus' or in a step with 'with_bonus: true'",
                    )
            elif name not in known:
                complain.at(place, f"unknown name '{{{name}}}'", guess(name, known))
            elif name in schema and schema[name].known == "after":
                complain.at(place, f"'{name}' is known only after the decision", "say what is known before")
