"""Loading a catalogue: one file or a folder of files, with every mistake reported at once."""

from __future__ import annotations

import difflib
import hashlib
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES
from nba_desktop.backend.decisioning.catalogue import (
    Action,
    ActionEntry,
    Catalogue,
    CatalogueEntry,
    Rule,
    RuleEntry,
)
from nba_desktop.backend.decisioning.catalogue_checks import Complain, check_catalogue
from nba_desktop.backend.decisioning.conditions import parse_condition
from nba_desktop.backend.decisioning.yaml_source import Document, KeyPath, Mark, read_yaml
from nba_desktop.backend.errors import CatalogueError, CatalogueErrors, ConditionError
from nba_desktop.contract.codes import ActionKind, Stage

_LISTS: Final = ("actions", "concerns", "consent_wordings", "context", "levers")
_ADVERTISING: Final = frozenset({ActionKind.SALES, ActionKind.RETENTION, ActionKind.CONSENT})
_RULE_LISTS: Final = (
    ("eligibility", Stage.ELIGIBILITY),
    ("applicability", Stage.APPLICABILITY),
    ("suitability", Stage.SUITABILITY),
)


def load_catalogue(path: Path) -> Catalogue:
    """Read, check and compile the catalogue at `path`, a file or a folder of `*.yaml`.

    Lists of several files are joined in the order of the file names. Raises `CatalogueErrors` with every mistake,
    each with file, line and column.
    """
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise CatalogueErrors((CatalogueError(path.name, 1, 1, "the folder holds no .yaml file"),))
    document = _joined([read_yaml(file) for file in files])
    errors = list(document.errors)
    if errors and not document.content:
        raise CatalogueErrors(tuple(errors))
    entry = _validated(document, errors)
    if entry is None:
        raise CatalogueErrors(_in_order(errors))
    complain = _complainer(document, errors)
    actions = tuple(_compiled(one, ("actions", place), entry, complain) for place, one in enumerate(entry.actions))
    check_catalogue(entry, ATTRIBUTES, complain)
    zone = _zone(entry.timezone, complain)
    if errors or zone is None:
        raise CatalogueErrors(_in_order(errors))
    return Catalogue(
        version=_version(files),
        entry=entry,
        schema=ATTRIBUTES,
        zone=zone,
        actions=tuple(action for action in actions if action is not None),
    )


def _version(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _in_order(errors: list[CatalogueError]) -> tuple[CatalogueError, ...]:
    return tuple(sorted(errors, key=lambda one: (one.file, one.line, one.column)))


def _joined(documents: list[Document]) -> Document:
    """One document of all files: lists are joined, anything else may stand in one file only."""
    joined = Document({}, {(): documents[0].mark(())})
    for document in documents:
        joined.errors.extend(document.errors)
        if document.content is None:
            continue
        if not isinstance(document.content, dict):
            joined.errors.append(document.mark(()).error("the file has no keys such as 'actions:'"))
            continue
        for key, content in document.content.items():
            _join(joined, document, key, content)
    return joined


def _join(joined: Document, document: Document, key: str, content: Any) -> None:
    before = joined.content.get(key)
    if key not in joined.content:
        joined.content[key] = content
        shift = 0
    elif key in _LISTS and isinstance(before, list) and isinstance(content, list):
        shift = len(before)
        joined.content[key] = before + content
    else:
        first = joined.key_marks[(key,)]
        joined.errors.append(
            document.key_marks[(key,)].error(f"'{key}' stands in {first.file} too", "keep it in one file")
        )
        return
    for marks, into in ((document.marks, joined.marks), (document.key_marks, joined.key_marks)):
        for path, mark in marks.items():
            if path[:1] == (key,):
                into.setdefault(_shifted(path, shift), mark)


def _shifted(path: KeyPath, shift: int) -> KeyPath:
    if len(path) > 1 and isinstance(path[1], int):
        return (path[0], path[1] + shift, *path[2:])
    return path


def _validated(document: Document, errors: list[CatalogueError]) -> CatalogueEntry | None:
    try:
        return CatalogueEntry.model_validate(document.content)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            complaint = _plain_words(document, detail)
            if all(str(complaint) != str(one) for one in errors):
                errors.append(complaint)
    return None


def _plain_words(document: Document, detail: ErrorDetails) -> CatalogueError:
    """A validation error of pydantic in words for campaign managers, at its place."""
    path = _existing(document, detail["loc"])
    mark = document.mark(path)
    name = str(detail["loc"][-1])
    match detail["type"]:
        case "missing":
            return mark.error(f"'{name}' is missing")
        case "extra_forbidden":
            mark = document.key_marks.get(path, mark)
            close = difflib.get_close_matches(name, sorted(_known_keys(CatalogueEntry, detail["loc"][:-1])), n=1)
            return mark.error(f"unknown key '{name}'", f"did you mean '{close[0]}'?" if close else "")
        case "enum" | "literal_error":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            codes = [one.strip("' ") for one in expected.replace(" or ", ", ").split(",")]
            given = str(detail["input"])
            close = difflib.get_close_matches(given, codes, n=1, cutoff=0.5)
            return mark.error(
                f"unknown code '{given}'", f"did you mean '{close[0]}'?" if close else f"one of {expected}"
            )
        case "value_error":
            return mark.error(str(detail["ctx"]["error"]))
        case "string_pattern_mismatch" if name == "target":
            return mark.error(f"'{detail['input']}' is not a target", "write issue/…, group/… or action/…")
        case "string_pattern_mismatch":
            return mark.error(f"'{detail['input']}' is not a code", "letters, digits and '_'; it begins with a letter")
    return mark.error(detail["msg"][0].lower() + detail["msg"][1:])


def _existing(document: Document, loc: tuple[str | int, ...]) -> KeyPath:
    """The part of a validation error's path that stands in the file."""
    path: KeyPath = ()
    for step in loc:
        if (*path, step) in document.marks:
            path = (*path, step)
    return path


def _known_keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> set[str]:
    """The keys allowed at a place, found by following the fields' types."""
    for step in loc:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(step)
        inner = None if field is None else next(_models(field.annotation), None)
        if inner is None:
            return set()
        model = inner
    return set(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)


def _complainer(document: Document, errors: list[CatalogueError]) -> Complain:
    def complain(path: KeyPath, message: str, suggestion: str = "") -> None:
        errors.append(document.mark(path).error(message, suggestion))

    def inside(path: KeyPath, error: ConditionError) -> None:
        mark = document.mark(path)
        # Where a text runs over several lines, YAML has folded it: its beginning is the place to look at.
        column = mark.column + error.column - 1 if error.line == 1 else mark.column
        place = Mark(mark.file, mark.line, column)
        errors.append(place.error(error.message, error.suggestion))

    return Complain(complain, inside)


def _compiled(entry: ActionEntry, path: KeyPath, whole: CatalogueEntry, complain: Complain) -> Action | None:
    rules: list[tuple[Stage, Rule]] = []
    broken = False
    for name, stage in _RULE_LISTS:
        listed: tuple[RuleEntry, ...] = getattr(entry, name)
        for place, rule in enumerate(listed):
            key = "requires" if rule.requires is not None else "excludes"
            source = rule.requires if rule.requires is not None else rule.excludes
            try:
                rules.append((stage, Rule(rule, parse_condition(source or "", ATTRIBUTES))))
            except ConditionError as error:
                complain.inside((*path, name, place, key), error)
                broken = True
    if broken:
        return None
    advertising = entry.kind in _ADVERTISING if entry.advertising is None else entry.advertising
    return Action(
        entry=entry,
        advertising=advertising,
        rules=tuple(rules),
        cool_down={**whole.cool_down, **entry.cool_down},
        value=_value(entry, whole),
    )


def _value(entry: ActionEntry, whole: CatalogueEntry) -> float:
    """The value as a factor around 1: a margin by the catalogue's median margin, a relative value as declared."""
    if entry.value.relative is not None:
        return entry.value.relative
    median = statistics.median(one.value.expected_eur for one in whole.actions if one.value.relative is None)
    return entry.value.expected_eur / median


def _zone(name: str, complain: Complain) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        complain.at(("timezone",), f"unknown time zone '{name}'", "for example Europe/Berlin")
        return None
