"""What must fit together in a catalogue beyond each single entry."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from nba_desktop.backend.decisioning.action_checks import ActionCheck
from nba_desktop.backend.decisioning.attributes import Schema
from nba_desktop.backend.decisioning.complaints import Complain, Names, gap_names
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.learning.features import Encoder
from nba_desktop.backend.decisioning.persona_checks import check_persona
from nba_desktop.backend.decisioning.policy_checks import (
    check_cool_down,
    check_household_cool_down,
    check_rules,
    check_skills,
)
from nba_desktop.backend.decisioning.propensity import features_of_entry
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.errors import FeatureError
from nba_desktop.backend.guessing import guess
from nba_desktop.contract.codes import ActionKind, ConsentChannel

LONGEST_WORDING_ID: Final = 64
"""What the event that records a consent can name."""


def check_catalogue(
    entry: CatalogueEntry, schema: Schema, types: Collection[str], names: Names, complain: Complain
) -> None:
    """Report everything that does not fit together; `types` are those of touchpoints."""
    check_cool_down(entry.cool_down, ("cool_down",), complain)
    check_household_cool_down(entry.household_cool_down, ("household_cool_down",), complain)
    _check_wordings(entry, complain)
    _check_similar_goods(entry, schema, complain)
    _check_features(entry, schema, complain)
    for place, name in enumerate(entry.attributes_off):
        if name not in schema:
            complain.at(("attributes_off", place), f"unknown attribute '{name}'", guess(name, schema))
    _check_quiet(entry, schema, complain)
    concerns = names.listed["concerns"]
    for place, context in enumerate(entry.context):
        if context.concern not in concerns:
            complain.at(
                ("context", place, "concern"), f"unknown concern '{context.concern}'", guess(context.concern, concerns)
            )
    for path, target in _targets(entry):
        _check_target(path, target, names, complain)
    _check_groups(entry, schema, names, complain)
    groups = {one.id: one for one in entry.groups}
    for place, action in enumerate(entry.actions):
        group = groups.get(action.group)
        ActionCheck(action, ("actions", place), group, entry, names, schema, complain).run()
    _check_knowledge(entry, complain)
    _check_confirm_teaser(entry, complain)
    for place, persona in enumerate(entry.personas):
        check_persona(persona, ("personas", place), entry, names, schema, types, complain)


def _check_quiet(entry: CatalogueEntry, schema: Schema, complain: Complain) -> None:
    # What the catalogue does not name is the product's own.
    for key in sorted(entry.quiet.model_fields_set):
        for place, name in enumerate(getattr(entry.quiet, key)):
            path: KeyPath = ("quiet", key, place)
            if name not in schema:
                complain.at(path, f"unknown attribute '{name}'", guess(name, schema))
            elif schema[name].type != "bool":
                complain.at(path, f"'{name}' is not true or false", "name an attribute that is")


def _check_knowledge(entry: CatalogueEntry, complain: Complain) -> None:
    for place, item in enumerate(entry.knowledge):
        for name, words in (("title", item.title), ("text", item.text)):
            for language in ("de", "en"):
                path: KeyPath = ("knowledge", place, name, language)
                if gap_names(getattr(words, language), path, complain):
                    complain.at(path, "a gap that nothing fills: this belongs to no action", "say it without the gap")


def _check_confirm_teaser(entry: CatalogueEntry, complain: Complain) -> None:
    for language in ("de", "en"):
        path: KeyPath = ("confirm_teaser", language)
        if gap_names(getattr(entry.confirm_teaser, language), path, complain):
            complain.at(path, "a gap that nothing fills: it is said of every action", "say it without the gap")


def _check_features(entry: CatalogueEntry, schema: Schema, complain: Complain) -> None:
    codes = [one.code for one in entry.concerns]
    if len(set(codes)) < len(codes):
        # That is said already, and no feature can be made of it.
        return
    try:
        Encoder(features_of_entry(entry, schema))
    except FeatureError as error:
        complain.at(
            ("concerns",), f"the model cannot learn with this: {error}", "list fewer concerns, or use 'attributes_off'"
        )


def _targets(entry: CatalogueEntry) -> Iterable[tuple[KeyPath, str]]:
    for place, context in enumerate(entry.context):
        yield ("context", place, "target"), context.target
    for place, lever in enumerate(entry.levers):
        yield ("levers", place, "target"), lever.target
    for place, cap in enumerate(entry.caps):
        yield ("caps", place, "target"), cap.target
    for place, trigger in enumerate(entry.triggers):
        for at, raised in enumerate(trigger.raises):
            yield ("triggers", place, "raises", at, "target"), raised.target


def _check_target(path: KeyPath, target: str, names: Names, complain: Complain) -> None:
    level, _, name = target.partition("/")
    known = {
        "issue": [kind.value for kind in ActionKind],
        "group": names.listed["groups"],
        "action": names.listed["actions"],
    }[level]
    if name not in known:
        complain.at(path, f"there is no {level} '{name}'", guess(name, known))
    elif level == "issue" and name not in names.issues_used:
        complain.at(path, f"no action is of the issue '{name}'", "remove it, or aim at something else")


def _check_groups(entry: CatalogueEntry, schema: Schema, names: Names, complain: Complain) -> None:
    for place, group in enumerate(entry.groups):
        path: KeyPath = ("groups", place)
        if group.id not in names.groups_used:
            complain.at((*path, "id"), f"no action is in the group '{group.id}'", "remove it, or put an action into it")
        check_rules(group, path, schema, complain)
        check_cool_down(group.cool_down, (*path, "cool_down"), complain)
        check_skills(group.skills, path, entry, complain)


def _check_similar_goods(entry: CatalogueEntry, schema: Schema, complain: Complain) -> None:
    if entry.contact_rules.similar_goods is None:
        return
    for key, name in entry.contact_rules.similar_goods:
        path: KeyPath = ("contact_rules", "similar_goods", key)
        if name not in schema:
            complain.at(path, f"unknown attribute '{name}'", guess(name, schema))
        elif schema[name].type != "bool":
            complain.at(path, f"'{name}' is not true or false", "name an attribute that is")


def _check_wordings(entry: CatalogueEntry, complain: Complain) -> None:
    by_phone = [place for place, one in enumerate(entry.consent_wordings) if ConsentChannel.PHONE in one.channels]
    if by_phone and entry.company.address is None:
        complain.at(
            ("company", "name"),
            "a consent to calls is proved with the company's seat and address (§ 7a UWG), and there is none",
            "add 'address'",
        )
    for place in by_phone:
        if entry.consent_wordings[place].goods_and_services is None:
            complain.at(
                ("consent_wordings", place, "id"),
                "a consent to calls is proved with the goods and services it is about (§ 7a UWG), and there are none",
                "add 'goods_and_services'",
            )
    for place, wording in enumerate(entry.consent_wordings):
        length = len(wording.full_id("de"))
        if length > LONGEST_WORDING_ID:
            complain.at(
                ("consent_wordings", place, "id"),
                f"the wording's id has {length} characters with its language and version",
                f"at most {LONGEST_WORDING_ID}",
            )
        for language in ("de", "en"):
            path = ("consent_wordings", place, "text", language)
            for name in gap_names(getattr(wording.text, language), path, complain):
                if name not in {"company", "privacy_url"}:
                    complain.at(path, f"unknown name '{{{name}}}'", "a wording knows {company} and {privacy_url}")
