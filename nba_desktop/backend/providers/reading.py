"""Reading `providers.yaml`, with every mistake reported at once, each with file, line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from nba_desktop.backend.decisioning.attributes import Attribute
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.yaml_source import Document, KeyPath, read_yaml
from nba_desktop.backend.errors import CatalogueError, CatalogueErrors, ConfigurationError
from nba_desktop.backend.guessing import guess
from nba_desktop.backend.importing.fields import is_delivered
from nba_desktop.backend.providers.answer import FactReader
from nba_desktop.backend.providers.entries import (
    BreakerEntry,
    CredentialsEntry,
    FactEntry,
    ProviderEntry,
    ProvidersEntry,
)
from nba_desktop.backend.providers.provider import Provider, Providers, header_of

_PARTS: Final[Mapping[str, type[BaseModel]]] = {"breaker": BreakerEntry, "credentials": CredentialsEntry}


def read_providers(path: Path, *catalogues: Catalogue) -> Providers:
    """Read and check the providers of a site against the catalogues in force, the live one first.

    Raises `CatalogueErrors` with every mistake, also where a secret cannot be found.
    """
    document = read_yaml(path)
    if document.errors:
        raise CatalogueErrors(tuple(document.errors))
    try:
        entry = ProvidersEntry.model_validate(document.content)
    except ValidationError as error:
        details = error.errors(include_url=False)
        # A list whose entries are all wrong is said to be empty, too.
        real = [one for one in details if one["type"] != "too_short" or not one["input"]]
        found = {str(one): one for one in (_said(document, detail) for detail in real)}
        raise CatalogueErrors(tuple(found.values())) from error
    return _Check(document, catalogues).providers(entry)


class _Check:
    def __init__(self, document: Document, catalogues: tuple[Catalogue, ...]) -> None:
        self._document = document
        self._supplied: dict[str, Attribute] = {}
        for catalogue in reversed(catalogues):
            secret = {one.attribute for one in catalogue.entry.security.declared}
            self._supplied |= {
                name: one
                for name, one in catalogue.vocabulary.attributes.items()
                if is_delivered(one, catalogue.vocabulary) and name not in secret
            }
        self._mistakes: list[CatalogueError] = []

    def providers(self, entry: ProvidersEntry) -> Providers:
        named: dict[str, KeyPath] = {}
        supplied: dict[str, KeyPath] = {}
        found: list[Provider] = []
        for place, one in enumerate(entry.providers):
            path: KeyPath = ("providers", place)
            self._once(named, one.name, (*path, "name"), f"the provider '{one.name}'")
            for name in one.attributes:
                self._once(supplied, name, (*path, "attributes", name), f"the attribute '{name}'")
            if one.credentials is not None:
                try:
                    header_of(one.credentials)
                except ConfigurationError as error:
                    self._wrong((*path, "credentials"), str(error))
            found.append(Provider(one, dict(self._readers(one, (*path, "attributes")))))
        if self._mistakes:
            raise CatalogueErrors(tuple(sorted(self._mistakes, key=lambda one: (one.line, one.column))))
        return Providers(entry.timeout_ms / 1000, tuple(found))

    def _readers(self, one: ProviderEntry, path: KeyPath) -> Iterator[tuple[str, FactReader]]:
        for name, fact in one.attributes.items():
            attribute = self._supplied.get(name)
            if attribute is None:
                hint = guess(name, self._supplied) or "`catalogue attributes` lists them; a catalogue declares its own"
                self._wrong((*path, name), f"no other system can supply '{name}'", hint)
                continue
            try:
                yield name, FactReader(fact, attribute)
            except ValueError as error:
                self._wrong((*path, name), str(error))

    def _once(self, seen: dict[str, KeyPath], name: str, path: KeyPath, what: str) -> None:
        first = seen.setdefault(name, path)
        if first != path:
            before = self._document.mark(first).words
            self._wrong(path, f"{what} is here twice", f"it stands in {before} already: rename or remove it")

    def _wrong(self, path: KeyPath, message: str, suggestion: str = "") -> None:
        mark = self._document.key_marks.get(path) if "attributes" in path else None
        self._mistakes.append((mark or self._document.mark(path)).error(message, suggestion))


def _said(document: Document, detail: ErrorDetails) -> CatalogueError:
    """A validation error of pydantic in plain words, at its place."""
    path: KeyPath = tuple(detail["loc"])
    mark = document.mark(path)
    name = str(path[-1]) if path else ""
    match detail["type"]:
        case "missing":
            return mark.error(f"'{name}' is missing", "docs/live-facts.md lists what a provider says")
        case "extra_forbidden":
            known = tuple(_model_at(path[:-1]).model_fields)
            mark = document.key_marks.get(path, mark)
            return mark.error(f"unknown key '{name}'", guess(name, known) or f"there are {', '.join(known)}")
        case "value_error":
            return mark.error(str(detail["ctx"]["error"]))
        case "model_type" | "model_attributes_type" | "dict_type":
            return mark.error("keys and values are expected here", "write 'key: value' lines")
        case "tuple_type":
            return mark.error("a list is expected here", "begin each entry with '- '")
        case "too_short":
            return mark.error("at least one entry is needed", "docs/live-facts.md shows one")
        case "greater_than_equal":
            return mark.error(f"{detail['input']} is too small", f"at least {detail['ctx']['ge']}")
        case "less_than_equal":
            return mark.error(f"{detail['input']} is too large", f"at most {detail['ctx']['le']}")
        case "string_pattern_mismatch":
            return mark.error(f"'{name}' is not written as it must be", "docs/live-facts.md says how")
    return mark.error(detail["msg"][0].lower() + detail["msg"][1:])


def _model_at(path: KeyPath) -> type[BaseModel]:
    """What has the keys at a place of the file."""
    match path:
        case ("providers", _, "attributes", *_):
            return FactEntry
        case ("providers", _, str(part), *_):
            return _PARTS[part]
        case ("providers", *_):
            return ProviderEntry
    return ProvidersEntry
