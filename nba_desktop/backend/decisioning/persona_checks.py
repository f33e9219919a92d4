"""What must fit together in a persona: its values, its past, and what it expects."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from nba_desktop.backend.decisioning.attributes import NO_CONCERN, Attribute, Schema
from nba_desktop.backend.decisioning.complaints import Complain, Names
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.entries.personas import PersonaEntry, PersonaExpectation
from nba_desktop.backend.decisioning.policy_checks import check_skills
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.guessing import guess

_TYPES = {
    "integer": "a whole number",
    "number": "a number",
    "bool": "true or false",
    "text": "a text",
    "date": "a date such as 2026-01-31, or a number of days from today",
}


def check_persona(
    persona: PersonaEntry,
    path: KeyPath,
    whole: CatalogueEntry,
    names: Names,
    schema: Schema,
    types: Collection[str],
    complain: Complain,
) -> None:
    """Complain of everything in a persona that the catalogue does not know; `types` are those of touchpoints."""
    for name, value in persona.values.items():
        _check_value(name, value, (*path, "values", name), names, schema, complain)
    for place, contact in enumerate(persona.contacts):
        if contact.type not in types:
            hint = guess(contact.type, types) or f"one of {', '.join(types)}"
            complain.at((*path, "contacts", place, "type"), f"unknown type of touchpoint '{contact.type}'", hint)
    actions = names.listed["actions"]
    for place, past in enumerate(persona.past):
        if past.action not in actions:
            complain.at(
                (*path, "past", place, "action"), f"unknown action '{past.action}'", guess(past.action, actions)
            )
    expect = (*path, "expect")
    for at, action in _expected(persona.expect):
        if action not in actions:
            complain.at((*expect, *at), f"unknown action '{action}'", guess(action, actions))
    if persona.expect == PersonaExpectation():
        complain.at(expect, "nothing is expected of this persona", "say for example 'never: [...]' or 'nothing: true'")
    wanted = {*persona.expect.shown, *persona.expect.bonus_eur} | ({persona.expect.first} - {None})
    for place, action in enumerate(persona.expect.never):
        if action in wanted:
            complain.at((*expect, "never", place), f"'{action}' is expected, too", "keep one of the two")
    if persona.expect.nothing and wanted:
        complain.at((*expect, "nothing"), "nothing is expected, and an action, too", "keep one of the two")
    levels = whole.bonus.limits_eur
    if persona.authority is not None and persona.authority not in levels:
        hint = guess(persona.authority, levels) or "add it to 'bonus.limits_eur'"
        complain.at((*path, "authority"), f"unknown level '{persona.authority}'", hint)
    check_skills(persona.skills, path, whole, complain)


def _check_value(name: str, value: object, path: KeyPath, names: Names, schema: Schema, complain: Complain) -> None:
    attribute = schema.get(name)
    if attribute is None:
        complain.at(path, f"unknown attribute '{name}'", guess(name, schema))
    elif attribute.type == "words":
        complain.at(path, f"'{name}' is made from another attribute", "give that one")
    elif not _fits(attribute, value):
        hint = f"one of {', '.join(attribute.choices)}" if attribute.choices else ""
        complain.at(path, f"'{name}' is {_TYPES[attribute.type]}, not '{value}'", hint)
    elif name == "concern" and value not in (None, NO_CONCERN, *names.listed["concerns"]):
        complain.at(path, f"unknown concern '{value}'", guess(str(value), names.listed["concerns"]))


def _fits(attribute: Attribute, value: object) -> bool:
    if attribute.type == "date" and isinstance(value, int) and not isinstance(value, bool):
        return True
    return attribute.accepts(value)


def _expected(expect: PersonaExpectation) -> Iterator[tuple[KeyPath, str]]:
    if expect.first is not None:
        yield ("first",), expect.first
    for name in ("shown", "never"):
        for place, action in enumerate(getattr(expect, name)):
            yield (name, place), action
    for place, pair in enumerate(expect.order):
        for index, action in enumerate(pair):
            yield ("order", place, index), action
    for action in expect.bonus_eur:
        yield ("bonus_eur", action), action
