"""Reading `sign_in.yaml`, with every mistake reported at once, each with file, line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Final, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from nba_desktop.backend.decisioning.yaml_source import Document, KeyPath, read_yaml
from nba_desktop.backend.errors import CatalogueError, CatalogueErrors
from nba_desktop.backend.guessing import guess
from nba_desktop.backend.sign_in.entries import Algorithm, SignInEntry
from nba_desktop.contract.codes import Role

_DOCS: Final = "docs/admin-guide.md shows one under “Single sign-on”"


def read_sign_in(path: Path) -> SignInEntry:
    """Read and check what a site says of its identity provider; raises `CatalogueErrors` with every mistake."""
    document = read_yaml(path)
    if document.errors:
        raise CatalogueErrors(tuple(document.errors))
    try:
        return SignInEntry.model_validate(document.content)
    except ValidationError as error:
        found = {str(one): one for one in (_said(document, detail) for detail in error.errors(include_url=False))}
        raise CatalogueErrors(tuple(found.values())) from error


def _said(document: Document, detail: ErrorDetails) -> CatalogueError:
    """A validation error of pydantic in plain words, at its place."""
    path: KeyPath = tuple(one for one in detail["loc"] if one not in ("whole", "steps"))
    mark = document.mark(path)
    name = str(path[-1]) if path else ""
    match detail["type"]:
        case "missing":
            return mark.error(f"'{name}' is missing", _DOCS)
        case "extra_forbidden":
            known = tuple(SignInEntry.model_fields)
            mark = document.key_marks.get(path, mark)
            return mark.error(f"unknown key '{name}'", guess(name, known) or f"there are {', '.join(known)}")
        case "value_error":
            return mark.error(str(detail["ctx"]["error"]))
        case "literal_error":
            return mark.error("this algorithm is not allowed", f"there are {', '.join(get_args(Algorithm))}")
        case "enum":
            hint = guess(str(detail["input"]), tuple(Role)) or f"there are {', '.join(Role)}"
            return mark.error("there is no such role", hint)
        case "model_type" | "model_attributes_type" | "dict_type":
            return mark.error("keys and values are expected here", "write 'key: value' lines")
        case "tuple_type":
            return mark.error("a text or a list is expected here", _DOCS)
        case "string_type" | "bool_type" | "bool_parsing" | "int_type" | "int_parsing" | "int_from_float":
            return mark.error(f"'{name}' is not written as it must be", _DOCS)
        case "string_too_short":
            return mark.error(f"'{name}' is empty", _DOCS)
        case "too_short":
            return mark.error("at least one entry is needed", _DOCS)
        case "greater_than_equal":
            return mark.error(f"{detail['input']} is too small", f"at least {detail['ctx']['ge']}")
        case "less_than_equal":
            return mark.error(f"{detail['input']} is too large", f"at most {detail['ctx']['le']}")
        case "string_pattern_mismatch":
            return mark.error(f"'{name}' is not written as it must be", "http://proxy.example:3128")
    return mark.error(detail["msg"][0].lower() + detail["msg"][1:])
