"""From the catalogue's rules of the journey to rules that are asked of touchpoints, with what is wrong about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from nba_desktop.backend.decisioning.complaints import Complain, gap_names
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.entries.journey import JourneyRuleEntry
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.guessing import guess
from nba_desktop.backend.journey.params import param_kind
from nba_desktop.backend.journey.rules import BUILT_IN_RULES, LOOK_BACK, PANEL_WORDS, JourneyRule
from nba_desktop.backend.journey.types import TouchpointType

GAPS: Final = ("ago", "later", "days", "days_ago", "topic")
"""What every sentence may say beside the values of its touchpoints; the panel writes them."""


def compiled_journey_rules(
    entry: CatalogueEntry, types: Mapping[str, TouchpointType], complain: Complain
) -> tuple[JourneyRule, ...]:
    """Return the declared rules in their order, the product's own where none are declared; complain of mistakes."""
    if entry.journey_rules is None:
        return tuple(rule for rule in BUILT_IN_RULES if rule.types & types.keys())
    for place, one in enumerate(entry.journey_rules):
        _check(one, ("journey_rules", place), types, complain)
    return tuple(_rule(one) for one in entry.journey_rules)


def _rule(entry: JourneyRuleEntry) -> JourneyRule:
    within = LOOK_BACK
    if entry.within_hours is not None:
        within = timedelta(hours=entry.within_hours)
    elif entry.within_days is not None:
        within = timedelta(days=entry.within_days)
    return JourneyRule(
        code=entry.id,
        types=frozenset(entry.after.types),
        kind=entry.counts_as,
        channels=frozenset(entry.after.channels),
        least=entry.after.at_least,
        by_call=entry.then is not None,
        within=within,
        same=entry.same,
        words={} if entry.words is None else {"de": entry.words.de, "en": entry.words.en},
        names=PANEL_WORDS.get(entry.id, {}) if entry.label is None else {"de": entry.label.de, "en": entry.label.en},
    )


def _check(one: JourneyRuleEntry, path: KeyPath, types: Mapping[str, TouchpointType], complain: Complain) -> None:
    known = [types[code] for code in one.after.types if code in types]
    for place, code in enumerate(one.after.types):
        if code not in types:
            complain.at((*path, "after", "types", place), f"unknown type of touchpoint '{code}'", guess(code, types))
    params = {name for kind in known for name in kind.params}
    for place, channel in enumerate(one.after.channels):
        if known and not any(channel in kind.channels for kind in known):
            complain.at((*path, "after", "channels", place), f"none of the types comes by '{channel.value}'")
    for name in one.after.at_least:
        where: KeyPath = (*path, "after", "at_least", name)
        if known and name not in params:
            complain.at(where, f"none of the types has a value '{name}'", guess(name, params))
        elif param_kind(name) != "number":
            complain.at(where, f"'{name}' is no number", "name a value that is")
    if one.same is not None and known and not all(one.same in kind.params for kind in known):
        complain.at((*path, "same"), f"not every type has a value '{one.same}'", "leave the types out that have not")
    if one.label is None and one.id not in PANEL_WORDS:
        complain.at((*path, "id"), f"the figures have no name for '{one.id}'", "add 'label'")
    if one.words is None:
        if one.id not in PANEL_WORDS:
            hint = f"add 'words', or take one of {', '.join(sorted(PANEL_WORDS))}"
            complain.at((*path, "id"), f"the program has no words for '{one.id}'", hint)
        return
    says = {*GAPS, *params}
    for language in ("de", "en"):
        place_of: KeyPath = (*path, "words", language)
        for name in gap_names(getattr(one.words, language), place_of, complain):
            if name not in says:
                complain.at(place_of, f"unknown name '{{{name}}}'", guess(name, says) or f"one of {', '.join(GAPS)}")
