"""Mistakes of form in words for campaign managers, each at its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Final, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from nba_desktop.backend.decisioning.entries.base import WordList, Words
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.value_hints import bounds_of, date_hint, number_hint, truth_hint
from nba_desktop.backend.decisioning.yaml_source import Document, KeyPath
from nba_desktop.backend.errors import CatalogueError
from nba_desktop.backend.guessing import guess

_CODE_FORM: Final = "letters, digits and '_'; it begins with a letter"


def plain_words(document: Document, details: Iterable[ErrorDetails]) -> list[CatalogueError]:
    """Validation errors of pydantic in words for campaign managers, each at its place.

    A value that may be one of several things and is none of them is one mistake, although each is reported.
    """
    alike: dict[tuple[KeyPath, str], list[ErrorDetails]] = {}
    for detail in details:
        absent = detail["type"] in {"missing", "extra_forbidden"}
        what = "/".join(map(str, detail["loc"])) if absent else repr(detail["input"])
        alike.setdefault((_existing(document, detail["loc"]), what), []).append(detail)
    return [_one(document, several) for several in alike.values()]


def _one(document: Document, several: list[ErrorDetails]) -> CatalogueError:
    said = [_said(document, detail) for detail in several]
    # A guess is a question, and says more than a list of what is allowed.
    for one in said:
        if one.suggestion.endswith("?"):
            return one
    kinds = {detail["type"] for detail in several}
    first = said[0]
    if len(kinds) > 1 and isinstance(several[0]["input"], list | dict):
        return _again(first, f"one value is expected, not {_what(several[0]['input'])}", "write a single one")
    words = [detail["ctx"]["expected"].replace("'", "") for detail in several if detail["type"] == "literal_error"]
    if len(kinds) > 1 and words:
        return _again(first, first.message, f"{first.suggestion}, or {' or '.join(words)}")
    return first


def _again(error: CatalogueError, message: str, suggestion: str) -> CatalogueError:
    return CatalogueError(error.file, error.line, error.column, message, suggestion)


def _said(document: Document, detail: ErrorDetails) -> CatalogueError:
    path = _existing(document, detail["loc"])
    mark = document.mark(path)
    if "[key]" in detail["loc"]:
        mark = document.key_marks.get(path, mark)
    name = str(detail["loc"][-1])
    given: Any = detail["input"]
    match detail["type"]:
        case "missing" if isinstance(detail["loc"][-1], int):
            return mark.error("an entry is missing", _fixed_length(path))
        case "missing":
            return mark.error(f"'{name}' is missing")
        case "extra_forbidden":
            mark = document.key_marks.get(path, mark)
            return mark.error(f"unknown key '{name}'", guess(name, _known_keys(detail["loc"][:-1])))
        case "enum" | "literal_error" if not isinstance(given, list | dict):
            expected = str(detail.get("ctx", {}).get("expected", ""))
            codes = [one.strip("' ") for one in expected.replace(" or ", ", ").split(",")]
            hint = guess(given, codes, alike=0.5) if isinstance(given, str) else ""
            what = "no code is written here" if given is None else f"unknown code '{_what(given).strip(chr(39))}'"
            return mark.error(what, hint or f"one of {expected}")
        case "value_error":
            return mark.error(str(detail["ctx"]["error"]))
        case "string_pattern_mismatch" if name == "target":
            return mark.error(f"'{given}' is not a target", "write issue/…, group/… or action/…")
        case "string_pattern_mismatch":
            return mark.error(f"'{given}' is not a code", _CODE_FORM)
    message, suggestion = _about_value(detail, path)
    return mark.error(message, suggestion)


def _about_value(detail: ErrorDetails, path: KeyPath) -> tuple[str, str]:
    """What is wrong with a value's type or size, and the way out."""
    given: Any = detail["input"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "tuple_type" | "list_type":
            return f"a list is expected, not {_what(given)}", _list_hint(given, path)
        case "too_short":
            least = context["min_length"]
            return f"at least {_count(least)} needed", "add one"
        case "too_long":
            most = context["max_length"]
            fixed = _fixed_length(path)
            return f"{len(given)} entries are too many", fixed or f"at most {_count(most).rpartition(' ')[0]}"
        case "model_type" | "model_attributes_type" if _is_words(path):
            return f"texts in both languages are expected, not {_what(given)}", 'write {de: "…", en: "…"}'
        case "model_type" | "model_attributes_type":
            keys = ", ".join(f"{key}: …" for key in _required_keys(path))
            return f"keys and values are expected, not {_what(given)}", f"write {{{keys}}}" if keys else ""
        case "dict_type":
            return f"keys and values are expected, not {_what(given)}", "write {key: value}"
        case "int_type" | "int_parsing" | "int_from_float" | "int_parsing_size":
            hint = number_hint(given, whole=True)
            return f"a whole number is expected, not {_what(given)}", hint
        case "float_type" | "float_parsing" | "finite_number":
            return f"a number is expected, not {_what(given)}", number_hint(given)
        case "greater_than" | "greater_than_equal":
            return f"{given} is too small", bounds_of(_metadata(path)).hint(given)
        case "less_than" | "less_than_equal":
            return f"{given} is too large", bounds_of(_metadata(path)).hint(given)
        case "bool_type" | "bool_parsing":
            return f"true or false is expected, not {_what(given)}", truth_hint(given)
        case "string_type":
            return f"a text is expected, not {_what(given)}", _text_hint(given, path)
        case "string_too_short":
            return "the text is empty", "write something between the quotes"
        case "string_too_long":
            return f"{len(given)} characters are too long", f"at most {context['max_length']} fit"
        case "string_unicode":
            return "the text holds a character that is none", "write it anew"
        case "enum" | "literal_error":
            return f"one code is expected, not {_what(given)}", f"one of {context['expected']}"
        case str(kind) if kind.startswith("date"):
            return f"a date is expected, not {_what(given)}", date_hint(given, last=path[-1:] == ("valid_to",))
    return detail["msg"][0].lower() + detail["msg"][1:], ""


def _what(given: Any) -> str:
    """What stands there, in a word or as it is written."""
    match given:
        case None:
            return "nothing"
        case bool():
            return str(given).lower()
        case list():
            return "a list"
        case dict():
            return "keys and values"
        case str():
            return f"'{given}'" if len(given) <= 40 else "a text"
    return str(given)


def _count(number: int) -> str:
    return "one entry is" if number == 1 else f"{number} entries are"


def _list_hint(given: Any, path: KeyPath) -> str:
    if isinstance(given, dict) or any(_is_model(kind) for kind, _ in _declared((*path, 0))):
        return "begin each entry with '- '"
    return "write a list: […]" if given is None else f"write a list: [{_what(given).strip(chr(39))}]"


def _text_hint(given: Any, path: KeyPath) -> str:
    if path[-1:] in {("requires",), ("excludes",)}:
        return (
            f'put the condition in quotes: "{_what(given)}"'
            if not isinstance(given, list | dict)
            else "write a condition"
        )
    match given:
        case None:
            return "write one, or remove the key"
        case dict():
            return "put a text that holds braces or ': ' in quotes"
        case list():
            return "put a text that begins with '[' in quotes"
    if any(getattr(one, "pattern", None) for one in _metadata(path)):
        return f"write a code: {_CODE_FORM}"
    return f'put it in quotes: "{_what(given)}"'


def _existing(document: Document, loc: tuple[str | int, ...]) -> KeyPath:
    """The part of a validation error's path that stands in the file."""
    path: KeyPath = ()
    for step in loc:
        if (*path, step) in document.marks:
            path = (*path, step)
    return path


def _known_keys(loc: tuple[str | int, ...]) -> set[str]:
    """The keys allowed at a place, found by following the fields' types."""
    return {key for model, _ in _declared(loc) if _is_model(model) for key in model.model_fields}


def _required_keys(path: KeyPath) -> list[str]:
    """The keys to write at least; where none has to be there, the one that comes first."""
    models = [model for model, _ in _declared(path) if _is_model(model)]
    required = [key for model in models for key, field in model.model_fields.items() if field.is_required()]
    return required or [key for model in models for key in model.model_fields][:1]


def _is_words(path: KeyPath) -> bool:
    return any(one in (Words, WordList) for one, _ in _declared(path))


def _fixed_length(path: KeyPath) -> str:
    """How many entries a list has where their number is fixed."""
    for kind, _ in _declared(path):
        parts = get_args(kind)
        if get_origin(kind) is tuple and Ellipsis not in parts:
            return f"exactly {len(parts)}: [{', '.join(['…'] * len(parts))}]"
    return ""


def _metadata(path: KeyPath) -> list[Any]:
    """The constraints declared for the value at a place."""
    return [part for _, metadata in _declared(path) for one in metadata for part in getattr(one, "metadata", [one])]


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _declared(path: KeyPath) -> list[tuple[Any, tuple[Any, ...]]]:
    """The types a value at a place may have, each with its constraints."""
    found: list[tuple[Any, tuple[Any, ...]]] = [(CatalogueEntry, ())]
    for step in path:
        found = [one for kind, _ in found for one in _inside(kind, step)]
    return found


def _inside(kind: Any, step: str | int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    if _is_model(kind):
        field: FieldInfo | None = kind.model_fields.get(step)
        if field is not None:
            yield from _alternatives(field.annotation, tuple(field.metadata))
        return
    parts = get_args(kind)
    if get_origin(kind) is dict:
        yield from _alternatives(parts[1], ())
    elif get_origin(kind) is tuple and isinstance(step, int):
        yield from _alternatives(parts[0], ())


def _alternatives(kind: Any, metadata: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    if get_origin(kind) is Annotated:
        inner, *more = get_args(kind)
        yield from _alternatives(inner, (*metadata, *more))
    elif get_origin(kind) in {dict, tuple} or isinstance(kind, type):
        yield kind, metadata
    else:
        for one in get_args(kind):
            yield from _alternatives(one, metadata)
