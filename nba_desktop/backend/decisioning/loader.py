"""Loading a catalogue: the texts of one file or a folder of files, with every mistake reported at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from nba_desktop.backend.decisioning.attributes import Schema
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.catalogue_checks import check_catalogue
from nba_desktop.backend.decisioning.compiling import compiled_actions
from nba_desktop.backend.decisioning.complaints import Complain, Names
from nba_desktop.backend.decisioning.conditions import parse_condition
from nba_desktop.backend.decisioning.customer_personas import compiled_customer_personas
from nba_desktop.backend.decisioning.declared import asked_schema, check_declared, declared_vocabulary
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.joining import joined
from nba_desktop.backend.decisioning.journey_rules import compiled_journey_rules
from nba_desktop.backend.decisioning.plain_words import plain_words
from nba_desktop.backend.decisioning.triggers import compiled_triggers
from nba_desktop.backend.decisioning.value_checks import check_value
from nba_desktop.backend.decisioning.yaml_source import Document, KeyPath, Mark, file_text, read_yaml_text
from nba_desktop.backend.errors import CatalogueError, CatalogueErrors, ConditionError

_IDS: Final = {
    "actions": "id",
    "attributes": "name",
    "caps": "target",
    "concern_hints": "concern",
    "concerns": "code",
    "consent_wordings": "id",
    "context": "concern",
    "contract_kinds": "code",
    "customer_personas": "id",
    "forms": "code",
    "groups": "id",
    "journey_rules": "id",
    "knowledge": "id",
    "levers": "id",
    "personas": "id",
    "placements": "id",
    "touchpoint_types": "code",
    "triggers": "id",
}
"""The lists that several files may hold parts of, and what their entries are called by."""

_UNIQUE: Final = {
    "actions": "action",
    "attributes": "attribute",
    "concerns": "concern",
    "consent_wordings": "wording",
    "contract_kinds": "kind of contract",
    "customer_personas": "persona of customers",
    "forms": "form",
    "groups": "group",
    "journey_rules": "journey rule",
    "knowledge": "article",
    "levers": "lever",
    "personas": "persona",
    "placements": "placement",
    "touchpoint_types": "touchpoint type",
    "triggers": "trigger",
}
"""The lists whose entries are each called differently, and what an entry is in messages."""

_DECLARING: Final = frozenset({"attributes", "touchpoint_types", "contract_kinds"})
"""The lists whose entries every other part may name."""

_SUFFIXES: Final = frozenset({".yaml", ".yml"})


def read_files(path: Path) -> dict[str, str]:
    """The texts of a catalogue by file name: of one file, or of each `*.yaml` of a folder.

    Raises `CatalogueErrors` when there is no file or one cannot be read as text.
    """
    files = sorted(path.glob("*.yaml"), key=lambda one: one.name) if path.is_dir() else [path]
    errors = _passed_over(path) if path.is_dir() else []
    if not files:
        errors.append(CatalogueError(path.name, 1, 1, "the folder holds no .yaml file"))
    texts: dict[str, str] = {}
    for file in files:
        try:
            texts[file.name] = file_text(file)
        except CatalogueError as error:
            errors.append(error)
    if errors:
        raise CatalogueErrors(tuple(errors))
    return texts


def _passed_over(folder: Path) -> list[CatalogueError]:
    """Files that look like parts of the catalogue and would not be read."""
    errors: list[CatalogueError] = []
    for one in sorted(folder.iterdir()):
        if one.name.startswith("."):
            continue
        if one.is_dir():
            inner = next((file for file in sorted(one.rglob("*")) if file.suffix.lower() in _SUFFIXES), None)
            if inner is not None:
                name = inner.relative_to(folder).as_posix()
                errors.append(CatalogueError(name, 1, 1, "folders in the folder are not read", "move the file up"))
        elif one.suffix.lower() in _SUFFIXES and one.suffix != ".yaml":
            errors.append(CatalogueError(one.name, 1, 1, "this file is not read", f"name it {one.stem}.yaml"))
    return errors


def load_catalogue(path: Path) -> Catalogue:
    """Read, check and compile the catalogue at `path`, a file or a folder of `*.yaml`; see `load_catalogue_files`."""
    return load_catalogue_files(read_files(path))


def load_catalogue_files(files: Mapping[str, str], schema: Schema | None = None) -> Catalogue:
    """Check and compile a catalogue given as texts by file name; wherever they come from, the same texts load alike.

    `schema` stands in place of the built-in attributes; what the catalogue declares is added. Lists of several files
    are joined in the order of the file names. Raises `CatalogueErrors` with every mistake, each with file, line and
    column.
    """
    if not files:
        raise CatalogueErrors((CatalogueError("catalogue", 1, 1, "there is no file"),))
    document = joined([read_yaml_text(name, files[name]) for name in sorted(files)], _IDS)
    errors = [*document.errors, *_ambiguous(document)]
    if errors and not document.content:
        raise CatalogueErrors(tuple(errors))
    if len(files) == 1 and document.content and document.content.keys() <= _IDS.keys():
        errors.append(document.mark(()).error("this is a part of a catalogue", "check its folder"))
        raise CatalogueErrors(_in_order(errors))
    entry, kept = _validated(document, errors)
    if entry is None or kept.keys() & _DECLARING:
        raise CatalogueErrors(_in_order(errors))
    complain = _complainer(document, kept, errors)
    zone = _zone(entry.timezone, complain)
    vocabulary = declared_vocabulary(entry, schema, complain)
    asked, names = asked_schema(entry, vocabulary), _names(document)
    check_declared(entry, vocabulary, names, complain)
    parse = partial(parse_condition, schema=asked, types=vocabulary.touchpoint_types)
    actions = compiled_actions(entry, parse, complain)
    triggers = compiled_triggers(entry, asked, vocabulary.touchpoint_types, complain)
    personas = compiled_customer_personas(entry.customer_personas, asked, vocabulary.touchpoint_types, complain)
    journey_rules = compiled_journey_rules(entry, vocabulary.touchpoint_types, complain)
    check_catalogue(entry, asked, vocabulary.touchpoint_types, names, complain)
    check_value(entry.value, vocabulary, complain)
    if errors or zone is None:
        raise CatalogueErrors(_in_order(errors))
    queries = {query for action in actions for _, rule in action.rules for query in rule.condition.queries}
    queries |= {query for one in triggers if one.when is not None for query in one.when.queries}
    queries |= {query for one in personas for query in one.when.queries}
    return Catalogue(
        version=catalogue_version(files),
        entry=entry,
        schema=asked,
        zone=zone,
        actions=actions,
        queries=tuple(sorted(queries, key=lambda one: one.key)),
        vocabulary=vocabulary,
        triggers=triggers,
        journey_rules=journey_rules,
        customer_personas=personas,
    )


def catalogue_version(files: Mapping[str, str]) -> str:
    """The version of a catalogue: a short hash of its files' names and texts."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name].encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:12]


def _in_order(errors: list[CatalogueError]) -> tuple[CatalogueError, ...]:
    # What an anchor holds stands in several places and is one mistake.
    once = {str(one): one for one in errors}.values()
    return tuple(sorted(once, key=lambda one: (one.file, one.line, one.column)))


def _ambiguous(document: Document) -> Iterator[CatalogueError]:
    """Amounts that may be thousands as well as a few euros and thousandths."""
    for path, text in document.grouped.items():
        if any("eur" in str(step).split("_") for step in path):
            ways = f"write {text.replace('.', '')} or {float(text):g}"
            yield document.mark(path).error(f"{text} € can be read in two ways", ways)


def _repeated(document: Document, errors: list[CatalogueError]) -> dict[str, set[int]]:
    """By list the places of entries that are called like an earlier one."""
    repeated: dict[str, set[int]] = {}
    for key, what in _UNIQUE.items():
        called = _IDS[key]
        first: dict[str, KeyPath] = {}
        listed = document.content.get(key)
        for place, one in enumerate(listed if isinstance(listed, list) else ()):
            name = one.get(called) if isinstance(one, dict) else None
            if not isinstance(name, str):
                continue
            path = (key, place, called)
            if first.setdefault(name, path) != path:
                errors.append(_twice(document, path, first[name], f"the {what} '{name}'"))
                repeated.setdefault(key, set()).add(place)
    return repeated


def _twice(document: Document, path: KeyPath, first: KeyPath, what: str) -> CatalogueError:
    before = document.mark(first).words
    return document.mark(path).error(f"{what} is here twice", f"it stands in {before} already: rename or remove it")


_Kept = Mapping[str, list[int]]
"""By list: the places of its entries in the files, where some were left out."""


def _validated(document: Document, errors: list[CatalogueError]) -> tuple[CatalogueEntry | None, _Kept]:
    """The entries that are well formed, so that what they mean is checked although others are not.

    None when something else than an entry of a list is not well formed.
    """
    broken = _repeated(document, errors)
    details: list[ErrorDetails] = []
    try:
        entry = CatalogueEntry.model_validate(document.content)
    except ValidationError as error:
        details = error.errors(include_url=False)
    else:
        if not broken:
            return entry, {}
    said = {str(one) for one in errors}
    errors.extend(one for one in plain_words(document, details) if str(one) not in said)
    for detail in details:
        match detail["loc"]:
            case (str(key), int(place), *_) if key in _IDS:
                broken.setdefault(key, set()).add(place)
            case _:
                return None, {}
    kept = {
        key: [place for place in range(len(document.content[key])) if place not in places]
        for key, places in broken.items()
    }
    content = document.content | {key: [document.content[key][at] for at in places] for key, places in kept.items()}
    try:
        return CatalogueEntry.model_validate(content), kept
    except ValidationError:
        # Nothing is left of a list that must not be empty; its mistakes are reported already.
        return None, {}


def _names(document: Document) -> Names:
    """What the entries of each list are called, of the ill-formed ones too."""

    def given(key: str, name: str) -> tuple[str, ...]:
        listed = document.content.get(key, ())
        return tuple(str(one[name]) for one in listed if isinstance(one, dict) and name in one)

    return Names(
        listed={key: given(key, called) for key, called in _IDS.items()},
        groups_used=frozenset(given("actions", "group")),
        issues_used=frozenset(given("actions", "kind")),
    )


def _complainer(document: Document, kept: _Kept, errors: list[CatalogueError]) -> Complain:
    def in_files(path: KeyPath) -> KeyPath:
        match path:
            case (str(key), int(place), *rest) if key in kept:
                return (key, kept[key][place], *rest)
        return path

    def complain(path: KeyPath, message: str, suggestion: str = "") -> None:
        errors.append(document.mark(in_files(path)).error(message, suggestion))

    def inside(path: KeyPath, error: ConditionError) -> None:
        mark = document.mark(in_files(path))
        # Where a text runs over several lines, YAML has folded it: its beginning is the place to look at.
        column = mark.column + error.column - 1 if error.line == 1 else mark.column
        place = Mark(mark.file, mark.line, column)
        errors.append(place.error(error.message, error.suggestion))

    def twice(path: KeyPath, first: KeyPath, what: str) -> None:
        errors.append(_twice(document, in_files(path), in_files(first), what))

    return Complain(complain, inside, twice)


def _zone(name: str, complain: Complain) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        complain.at(("timezone",), f"unknown time zone '{name}'", "for example Europe/Berlin")
        return None
