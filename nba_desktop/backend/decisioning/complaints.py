"""Where mistakes of a catalogue go, and the words that all checks share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from nba_desktop.backend.decisioning.attributes import CONTACT_POINTS, Schema
from nba_desktop.backend.decisioning.content import BONUS_GAP, HOWS, gaps
from nba_desktop.backend.decisioning.entries.base import Words
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.errors import ConditionError
from nba_desktop.backend.guessing import guess


class _At(Protocol):
    def __call__(self, path: KeyPath, message: str, suggestion: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class Complain:
    """Where mistakes go: `at` a path of the catalogue, or `inside` the condition at a path.

    `twice` is said of a path where something stands that stands at an earlier path already, and what it is.
    """

    at: _At
    inside: Callable[[KeyPath, ConditionError], None]
    twice: Callable[[KeyPath, KeyPath, str], None]


@dataclass(frozen=True, slots=True)
class Names:
    """What the entries are called, also of those that are not well formed and are not checked any further.

    `listed` by list of the catalogue; `groups_used` and `issues_used` by its actions.
    """

    listed: Mapping[str, tuple[str, ...]]
    groups_used: frozenset[str]
    issues_used: frozenset[str]


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
    words: Words,
    path: KeyPath,
    schema: Schema,
    complain: Complain,
    also: Iterable[str] = (),
    *,
    bonus: bool = False,
    told_later: bool = False,
) -> None:
    """Complain of gaps that nothing fills: neither an attribute nor one of `also`, nor a bonus where there is one.

    What is `told_later`, too, when a decision is explained from its record, cannot name what no record holds.
    """
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
            elif told_later and name in CONTACT_POINTS:
                complain.at(
                    place,
                    f"'{name}' is in no record, so this could not be told again when the decision is explained",
                    "say it in 'bridge', a step or an objection",
                )
