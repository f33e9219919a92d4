"""What differs between two versions of the catalogue, field by field, for people to read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry

Area = Literal["rules", "factors", "policies", "texts", "other"]

_KINDS: Final = {
    "groups": "group",
    "actions": "action",
    "personas": "persona",
    "customer_personas": "persona of customers",
    "concerns": "concern",
    "consent_wordings": "consent wording",
    "context": "context weight",
    "levers": "lever",
    "caps": "cap",
    "placements": "placement",
    "knowledge": "article",
}
"""The lists of a catalogue whose entries have a name, and what one entry is called."""

_NAMES: Final = ("id", "code", "name")
_NAMED_BY_SEVERAL: Final[Mapping[str, tuple[str, ...]]] = {
    "consent_wordings": ("id", "version"),
    "context": ("concern", "target"),
    "caps": ("target", "counts", "days"),
}
_AREAS: Final[Mapping[str, Area]] = {
    "eligibility": "rules",
    "applicability": "rules",
    "suitability": "rules",
    "base_rate": "factors",
    "value": "factors",
    "strategic": "factors",
    "concerns": "factors",
    "weight": "factors",
    "percent": "factors",
    "bonus": "factors",
    "learning": "factors",
    "cool_down": "policies",
    "household_cool_down": "policies",
    "at_most": "policies",
    "skills": "policies",
    "duties": "policies",
    "valid_from": "policies",
    "valid_to": "policies",
    "advertising": "policies",
    "attributes_off": "policies",
    "arms": "policies",
    "load_gate": "policies",
    "security": "policies",
    "title": "texts",
    "reason": "texts",
    "bridge": "texts",
    "bridge_for": "texts",
    "steps": "texts",
    "benefits": "texts",
    "objections": "texts",
    "knowledge": "texts",
    "teaser": "texts",
    "label": "texts",
    "synonyms": "texts",
    "words": "texts",
    "also": "texts",
    "text": "texts",
    "why": "texts",
    "preferences": "texts",
}
_SEQUENCE: Final = "order"
_UNCHANGED_IF_MISSING: Final[tuple[object, ...]] = (None, "", [], {})

Field = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: what stood there and what stands there now; None is nothing."""

    field: Field
    area: Area
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of the catalogue that was added, removed or changed; `kind` is "" for all the rest."""

    kind: str
    name: str
    what: Literal["added", "removed", "changed"]
    fields: tuple[FieldChange, ...] = ()


def differences(old: CatalogueEntry, new: CatalogueEntry) -> tuple[Change, ...]:
    """Return every difference, thing by thing; the order of things in a file is none."""
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    found: list[Change] = []
    at_large: list[FieldChange] = []
    for key in before:
        if key in _KINDS:
            found += _of_list(key, before[key], after[key])
        else:
            at_large += _changed(_leaves(before[key], (key,)), _leaves(after[key], (key,)))
    if at_large:
        found.append(Change("", "the whole catalogue", "changed", tuple(at_large)))
    return tuple(found)


def as_text(changes: tuple[Change, ...]) -> str:
    """Return the differences as lines, what was there before an arrow and what is there now behind it."""
    return "\n".join(line for change in changes for line in _lines(change))


def _lines(change: Change) -> Iterator[str]:
    yield f"{change.what}: {change.kind} {change.name}" if change.kind else f"{change.what}: {change.name}"
    area: Area | None = None
    for one in change.fields:
        if one.area != area and one.area != "other":
            yield f"  {one.area}"
        area = one.area
        values = _said(one.new) if change.what == "added" else f"{_said(one.old)} → {_said(one.new)}"
        yield f"    {' / '.join(one.field)}: {values}"


def _of_list(key: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[Change]:
    kind, old, new = _KINDS[key], _by_name(key, before), _by_name(key, after)
    for name in old:
        if name not in new:
            yield Change(kind, name, "removed")
    for name, entry in new.items():
        fields = _changed(_leaves(old[name], ()) if name in old else {}, _leaves(entry, ()))
        if name not in old:
            yield Change(kind, name, "added", tuple(one for one in fields if one.field[-1] != _SEQUENCE))
        elif fields:
            yield Change(kind, name, "changed", tuple(fields))


def _changed(old: Mapping[Field, object], new: Mapping[Field, object]) -> list[FieldChange]:
    fields = [*old, *(field for field in new if field not in old)]
    changed = [
        FieldChange(field, _area(field), old.get(field), new.get(field))
        for field in fields
        if old.get(field) != new.get(field) and not _same_sequence(field, old.get(field), new.get(field))
    ]
    # Within an area the order is the file's.
    return sorted(changed, key=lambda one: _ORDER.index(one.area))


def _same_sequence(field: Field, old: object, new: object) -> bool:
    """Whether entries only came or went, which is said of themselves, and the others follow one another as before."""
    if field[-1] != _SEQUENCE:
        return False
    before, after = (one if isinstance(one, list) else [] for one in (old, new))
    return [one for one in before if one in after] == [one for one in after if one in before]


_ORDER: Final[tuple[Area, ...]] = ("other", "rules", "factors", "policies", "texts")


def _area(field: Field) -> Area:
    return next((_AREAS[part] for part in field if part in _AREAS), "other")


def _leaves(value: Any, at: Field) -> dict[Field, object]:
    """Each single value by the way to it; entries with a name are found by it, others by their place."""
    if isinstance(value, dict):
        parts = [(str(key), one) for key, one in value.items()]
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        named = list(_by_name("", value).items())
        return {(*at, _SEQUENCE): [name for name, _ in named]} | _joined(named, at)
    else:
        return {} if value in _UNCHANGED_IF_MISSING else {at: value}
    return _joined(parts, at)


def _joined(parts: list[tuple[str, Any]], at: Field) -> dict[Field, object]:
    leaves: dict[Field, object] = {}
    for name, value in parts:
        leaves |= _leaves(value, (*at, name))
    return leaves


def _by_name(key: str, entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The entries of a list by their names; one without, or with a name that was taken, by its place."""
    named: dict[str, dict[str, Any]] = {}
    for place, entry in enumerate(entries, start=1):
        parts = _NAMED_BY_SEVERAL.get(key) or next(((one,) for one in _NAMES if entry.get(one)), ())
        name = " ".join(str(entry[part]) for part in parts) or str(place)
        named[name if name not in named else f"{name} ({place})"] = entry
    return named


def _said(value: object) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case str():
            return f"“{value}”"
        case list():
            return ", ".join(str(one) for one in value)
    return json.dumps(value, ensure_ascii=False)
