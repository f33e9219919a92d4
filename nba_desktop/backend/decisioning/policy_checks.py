"""What must fit together in the policies of an action, a group or the site: rules, cool-downs, skills."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from nba_desktop.backend.decisioning.attributes import Schema
from nba_desktop.backend.decisioning.complaints import Complain, check_words
from nba_desktop.backend.decisioning.entries.actions import ActionEntry, GroupEntry
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.entries.cool_downs import FOREVER, CoolDown, PastCode
from nba_desktop.backend.decisioning.entries.rules import RuleEntry
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.guessing import guess
from nba_desktop.contract.codes import NOT_ADDRESSED_CODES, ResponseCode

_SAYS_NOTHING: Final = NOT_ADDRESSED_CODES - {ResponseCode.WRONG_DATA}


def check_rules(
    entry: GroupEntry | ActionEntry, path: KeyPath, schema: Schema, complain: Complain
) -> list[tuple[KeyPath, str]]:
    """Complain of names used twice and of sentences nothing fills; return each rule's place within `path` and name."""
    found: list[tuple[KeyPath, str]] = []
    seen: dict[str, KeyPath] = {}
    for name in ("eligibility", "applicability", "suitability"):
        rules: tuple[RuleEntry, ...] = getattr(entry, name)
        for place, rule in enumerate(rules):
            at: KeyPath = (*path, name, place)
            found.append(((name, place), rule.id))
            first = seen.setdefault(rule.id, (*at, "id"))
            if first != (*at, "id"):
                complain.twice((*at, "id"), first, f"the rule '{rule.id}'")
            check_words(rule.otherwise, (*at, "otherwise"), schema, complain, told_later=True)
            if rule.because is not None:
                check_words(rule.because, (*at, "because"), schema, complain, told_later=True)
    return found


def check_cool_down(cool_down: Mapping[PastCode, CoolDown], path: KeyPath, complain: Complain) -> None:
    """Complain of codes after which nothing can rest, or not for some days only."""
    for code, days in cool_down.items():
        if code in _SAYS_NOTHING:
            complain.at(
                (*path, code.value), f"after {code.value} nothing rests: the customer was not asked", "remove this code"
            )
        if code is ResponseCode.STOP_TOPIC and days != FOREVER:
            complain.at((*path, code.value), "STOP_TOPIC blocks until the customer raises it himself", "write forever")


def check_household_cool_down(cool_down: Mapping[PastCode, CoolDown], path: KeyPath, complain: Complain) -> None:
    """Complain of codes that say nothing about the others of a home."""
    for code in cool_down:
        if code in _SAYS_NOTHING or code is ResponseCode.WRONG_DATA:
            complain.at((*path, code.value), f"{code.value} says nothing about the household", "remove this code")


def check_skills(skills: Iterable[str], path: KeyPath, whole: CatalogueEntry, complain: Complain) -> None:
    """Complain of skills that no agent of the site can have, where the catalogue lists those."""
    if not whole.skills:
        return
    for place, skill in enumerate(skills):
        if skill not in whole.skills:
            hint = guess(skill, whole.skills) or f"one of {', '.join(whole.skills)}"
            complain.at((*path, "skills", place), f"unknown skill '{skill}'", hint)
