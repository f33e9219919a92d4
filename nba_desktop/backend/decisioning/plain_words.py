"""Mistakes of form in words for campaign managers, each at its place in the file."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from nba_desktop.backend.decisioning.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.yaml_source import Document, KeyPath
from nba_desktop.backend.errors import CatalogueError

_GUESS: Final = "did you mean "


def plain_words(document: Document, details: Iterable[ErrorDetails]) -> list[CatalogueError]:
    """Validation errors of pydantic in words for campaign managers, each at its place.

    A value that may be one of several things and is none of them is one mistake, although each is reported.
    """
    found: dict[tuple[KeyPath, str], CatalogueError] = {}
    for detail in details:
        said = _said(document, detail)
        absent = detail["type"] in {"missing", "extra_forbidden"}
        what = "/".join(map(str, detail["loc"])) if absent else repr(detail["input"])
        key = (_existing(document, detail["loc"]), what)
        if key not in found or said.suggestion.startswith(_GUESS):
            found[key] = said
    return list(found.values())


def _said(document: Document, detail: ErrorDetails) -> CatalogueError:
    path = _existing(document, detail["loc"])
    mark = document.mark(path)
    if "[key]" in detail["loc"]:
        mark = document.key_marks.get(path, mark)
    name = str(detail["loc"][-1])
    match detail["type"]:
        case "missing":
            return mark.error(f"'{name}' is missing")
        case "extra_forbidden":
            mark = document.key_marks.get(path, mark)
            close = difflib.get_close_matches(name, sorted(_known_keys(CatalogueEntry, detail["loc"][:-1])), n=1)
            return mark.error(f"unknown key '{name}'", f"{_GUESS}'{close[0]}'?" if close else "")
        case "enum" | "literal_error":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            codes = [one.strip("' ") for one in expected.replace(" or ", ", ").split(",")]
            given = str(detail["input"])
            close = difflib.get_close_matches(given, codes, n=1, cutoff=0.5)
            return mark.error(f"unknown code '{given}'", f"{_GUESS}'{close[0]}'?" if close else f"one of {expected}")
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
