"""From what a catalogue declares to the words of its site, and what must fit together in that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Attribute, Schema
from nba_desktop.backend.decisioning.complaints import Complain, Names, gap_names
from nba_desktop.backend.decisioning.entries.base import Words
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.entries.site import BUILT_IN_SECURITY_ITEMS
from nba_desktop.backend.decisioning.entries.vocabulary import AttributeEntry
from nba_desktop.backend.decisioning.vocabulary import BUILT_IN, GENERAL, Vocabulary
from nba_desktop.backend.decisioning.yaml_source import KeyPath
from nba_desktop.backend.guessing import guess
from nba_desktop.backend.journey.types import TOUCHPOINT_TYPES, TouchpointType

AGO: Final = "ago"
"""The gap that says how long ago a touchpoint was."""

_STRIP_PART: Final = 12


def declared_vocabulary(entry: CatalogueEntry, schema: Schema | None, complain: Complain) -> Vocabulary:
    """Return what is built in for the catalogue's trade, and what it declares; complain of names that are taken.

    `schema` stands in place of the built-in attributes where it is given.
    """
    base = BUILT_IN if entry.trade == "energy" else GENERAL
    kinds = base.contract_kinds | {one.code for one in entry.contract_kinds}
    attributes = dict(base.attributes if schema is None else schema)
    for place, kind in enumerate(entry.contract_kinds):
        name = f"has_{kind.code}"
        if name in ATTRIBUTES:
            complain.at(("contract_kinds", place, "code"), f"'{kind.code}' is built in", "choose another code")
            continue
        said = f"a contract of the kind “{kind.label.en}” is running"
        german = f"ein Vertrag der Art „{kind.label.de}“ läuft"
        attributes[name] = Attribute(name, "bool", "service", said, "contract", feature=True, german=german)
    for place, one in enumerate(entry.attributes):
        if one.name in ATTRIBUTES or one.name in attributes:
            complain.at(("attributes", place, "name"), f"the attribute '{one.name}' is built in", "choose another name")
            continue
        attributes[one.name] = _attribute(one)
    types = dict(base.touchpoint_types)
    for place, kind_of in enumerate(entry.touchpoint_types):
        if kind_of.code in TOUCHPOINT_TYPES:
            complain.at(
                ("touchpoint_types", place, "code"),
                f"the touchpoint type '{kind_of.code}' is built in",
                "choose another code",
            )
            continue
        types[kind_of.code] = TouchpointType(kind_of.code, kind_of.channels, kind_of.params, kind_of.watched)
    return Vocabulary(attributes, types, kinds)


def asked_schema(entry: CatalogueEntry, vocabulary: Vocabulary) -> Schema:
    """Return what conditions and sentences may ask: everything but what proves who the caller is."""
    secret = {one.attribute for one in entry.security.declared}
    return {name: one for name, one in vocabulary.attributes.items() if name not in secret}


def check_declared(entry: CatalogueEntry, vocabulary: Vocabulary, names: Names, complain: Complain) -> None:
    """Complain of words that nothing fills and of names that nobody knows."""
    _check_security(entry, vocabulary.attributes, complain)
    for place, one in enumerate(entry.touchpoint_types):
        _check_gaps(one.sentence, ("touchpoint_types", place, "sentence"), one.params, complain)
        _check_gaps(one.word, ("touchpoint_types", place, "word"), (), complain)
        for language in ("de", "en"):
            if any(len(part) > _STRIP_PART for part in getattr(one.word, language).split()):
                complain.at(
                    ("touchpoint_types", place, "word", language),
                    f"a part of it is longer than the {_STRIP_PART} characters of the strip",
                    "say it shorter; the whole stands in 'sentence'",
                )
    concerns = names.listed["concerns"]
    for place, form in enumerate(entry.forms):
        if form.concern is not None and form.concern not in concerns:
            complain.at(("forms", place, "concern"), f"unknown concern '{form.concern}'", guess(form.concern, concerns))
    for place, code in enumerate(entry.common_concerns):
        if code not in concerns:
            complain.at(("common_concerns", place), f"unknown concern '{code}'", guess(code, concerns))
    for place, hint in enumerate(entry.concern_hints):
        path: KeyPath = ("concern_hints", place)
        if hint.concern not in concerns:
            complain.at((*path, "concern"), f"unknown concern '{hint.concern}'", guess(hint.concern, concerns))
        kind = vocabulary.touchpoint_types.get(hint.touchpoint)
        if kind is None:
            types = vocabulary.touchpoint_types
            complain.at(
                (*path, "touchpoint"),
                f"unknown type of touchpoint '{hint.touchpoint}'",
                guess(hint.touchpoint, types) or f"one of {', '.join(types)}",
            )
            continue
        for name in hint.params:
            if name not in kind.params:
                known = ", ".join(kind.params) or "none"
                complain.at(
                    (*path, "params", name),
                    f"a touchpoint '{kind.code}' has no '{name}'",
                    guess(name, kind.params) or f"its params: {known}",
                )
        _check_gaps(hint.because, (*path, "because"), (*kind.params, AGO), complain)


def _attribute(entry: AttributeEntry) -> Attribute:
    said = entry.description
    english, german = (said, "") if isinstance(said, str) else (said.en, said.de)
    plain = Attribute(entry.name, entry.type, entry.basis, english, entry.source)
    return replace(
        plain,
        german=german,
        unit=entry.unit,
        choices=entry.choices,
        freshness_days=entry.freshness_days,
        feature=entry.feature,
        edges=entry.edges,
    )


def _check_security(entry: CatalogueEntry, schema: Schema, complain: Complain) -> None:
    declared = {one.attribute for one in entry.security.declared}
    known = (*BUILT_IN_SECURITY_ITEMS, *declared)
    for place, item in enumerate(entry.security.items):
        if item not in known:
            hint = guess(item, known) or f"one of {', '.join(known)}, or an attribute that 'declared' gives a label"
            complain.at(("security", "items", place), f"unknown security item '{item}'", hint)
    own = {one.name for one in entry.attributes}
    for place, one in enumerate(entry.security.declared):
        path: KeyPath = ("security", "declared", place, "attribute")
        if one.attribute not in own:
            hint = guess(one.attribute, own) or "declare it in 'attributes'"
            complain.at(path, f"the catalogue declares no attribute '{one.attribute}'", hint)
        elif one.attribute in schema and (schema[one.attribute].type != "text" or schema[one.attribute].choices):
            complain.at(path, f"'{one.attribute}' is not a free text", "name an attribute of the type text")
        elif one.attribute in schema and schema[one.attribute].feature:
            complain.at(path, f"'{one.attribute}' proves who calls and is learnt from", "remove 'feature'")
        elif one.attribute not in entry.security.items:
            complain.at(path, f"'{one.attribute}' is never asked", "add it to 'items'")


def _check_gaps(words: Words, path: KeyPath, known: Collection[str], complain: Complain) -> None:
    for language in ("de", "en"):
        place = (*path, language)
        for name in gap_names(getattr(words, language), place, complain):
            if name not in known:
                listed = ", ".join(known)
                hint = guess(name, known) or (f"one of {listed}" if listed else "say it without the gap")
                complain.at(place, f"a gap that nothing fills: '{{{name}}}'", hint)
