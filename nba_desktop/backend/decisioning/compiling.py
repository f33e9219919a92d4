"""From the entries of a catalogue to actions ready for decisions."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from nba_desktop.backend.decisioning.catalogue import Action, Rule
from nba_desktop.backend.decisioning.complaints import Complain
from nba_desktop.backend.decisioning.conditions import Condition
from nba_desktop.backend.decisioning.entries.actions import ActionEntry, GroupEntry
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry, site_cool_down
from nba_desktop.backend.decisioning.entries.rules import RuleEntry
from nba_desktop.backend.decisioning.entries.targets import aims_at
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.errors import ConditionError
from nba_desktop.contract.codes import ActionKind, Stage

_RULE_LISTS: Final = (
    ("eligibility", Stage.ELIGIBILITY),
    ("applicability", Stage.APPLICABILITY),
    ("suitability", Stage.SUITABILITY),
)
_Rules = dict[Stage, list[Rule]]
Parse = Callable[[str], Condition]
"""From the text of a condition to a checked one; raises `ConditionError`."""


@dataclass(frozen=True, slots=True)
class _Group:
    entry: GroupEntry
    rules: _Rules


def compiled_actions(entry: CatalogueEntry, parse: Parse, complain: Complain) -> tuple[Action, ...]:
    """Compile every action with what its group and the site say; mistakes in conditions are complained of.

    An action with such a mistake is still made, without that rule; one of an unknown group is left out.
    """
    groups = {
        one.id: _Group(one, _rules(one, ("groups", place), parse, complain)) for place, one in enumerate(entry.groups)
    }
    median = _median_eur(entry)
    found: list[Action] = []
    for place, one in enumerate(entry.actions):
        rules = _rules(one, ("actions", place), parse, complain)
        group = groups.get(one.group)
        if group is not None:
            found.append(_compiled(one, rules, group, entry, median))
    return tuple(found)


def _compiled(one: ActionEntry, rules: _Rules, group: _Group, entry: CatalogueEntry, median: float) -> Action:
    margin = one.value.relative is None
    return Action(
        entry=one,
        group=group.entry,
        advertising=one.kind is not ActionKind.SERVICE if one.advertising is None else one.advertising,
        rules=tuple((stage, rule) for _, stage in _RULE_LISTS for rule in group.rules[stage] + rules[stage]),
        skills=tuple(dict.fromkeys(group.entry.skills + one.skills)),
        cool_down={**site_cool_down(entry), **group.entry.cool_down, **one.cool_down},
        household_cool_down=entry.household_cool_down,
        caps=tuple(cap for cap in entry.caps if aims_at(cap.target, one)),
        value=one.value.margin_eur / median if margin else one.value.relative or 0,
        median_eur=median,
    )


def _rules(entry: GroupEntry | ActionEntry, path: KeyPath, parse: Parse, complain: Complain) -> _Rules:
    found: _Rules = {}
    for name, stage in _RULE_LISTS:
        listed: tuple[RuleEntry, ...] = getattr(entry, name)
        found[stage] = []
        for place, rule in enumerate(listed):
            key = "requires" if rule.requires is not None else "excludes"
            source = rule.requires if rule.requires is not None else rule.excludes
            try:
                found[stage].append(Rule(rule, parse(source or "")))
            except ConditionError as error:
                complain.inside((*path, name, place, key), error)
    return found


def _median_eur(entry: CatalogueEntry) -> float:
    """What a margin is divided by to stand around 1: the catalogue's median margin; 1 where no action has a margin."""
    margins = [one.value.margin_eur for one in entry.actions if one.value.relative is None]
    return statistics.median(margins) if margins else 1.0
