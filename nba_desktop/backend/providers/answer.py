"""From what a provider answers to values of the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any, Final

from nba_desktop.backend.decisioning.attributes import Attribute, Value
from nba_desktop.backend.importing.cells import Notation, Read, Unfit, reader
from nba_desktop.backend.importing.fields import attribute_field
from nba_desktop.backend.providers.entries import FactEntry

_OURS: Final = Notation(UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider said of the attributes it was asked for; `unfit` are those that are not what they must be."""

    asked: frozenset[str]
    values: Mapping[str, Value] = field(default_factory=dict)
    unfit: frozenset[str] = frozenset()


class FactReader:
    """Reads one attribute; raises `ValueError` when it is made for codes or a format that cannot be used."""

    def __init__(self, entry: FactEntry, attribute: Attribute) -> None:
        one = attribute_field(attribute)
        ours = reader(one.type, _OURS, one.choices, one.longest)
        formats = () if entry.format is None else (entry.format,)
        if formats and attribute.type != "date":
            raise ValueError(f"'format' is how dates are written, and '{attribute.name}' is none")
        self._steps = entry.steps
        self._read = reader(one.type, Notation(UTC, formats), one.choices, one.longest)
        if entry.codes is not None:
            codes = {code: _constant(ours, value) for code, value in entry.codes.items()}
            otherwise = None if entry.otherwise is None else _constant(ours, entry.otherwise)
            self._read = _coded(codes, otherwise)

    def value(self, answer: Any) -> Value:
        """Return what the answer says, None where it says nothing; raises `Unfit` for what is no such value."""
        found = answer
        for step in self._steps:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and step.isascii() and step.isdecimal():
                place = int(step)
                found = found[place] if place < len(found) else None
            elif found is None:
                return None
            else:
                raise Unfit("does not lead any further")
        if found is None or (isinstance(found, str) and not found.strip()):
            return None
        value: Value = self._read(found)
        return value


def read_answer(answer: Any, readers: Mapping[str, FactReader], asked: Iterable[str]) -> Answer:
    """Read the attributes that were asked for, and nothing else."""
    values: dict[str, Value] = {}
    unfit: set[str] = set()
    wanted = frozenset(asked)
    for name in sorted(wanted):
        try:
            values[name] = readers[name].value(answer)
        except Unfit:
            unfit.add(name)
    return Answer(wanted, {name: value for name, value in values.items() if value is not None}, frozenset(unfit))


def _constant(ours: Read, value: object) -> Any:
    try:
        return ours(value)
    except Unfit as error:
        raise ValueError(f"'{value}' {error}") from None


def _coded(codes: Mapping[str, Any], otherwise: Any) -> Read:
    def read(cell: Any) -> Any:
        text = str(cell).lower() if isinstance(cell, bool) else str(cell).strip()
        found = codes.get(text, otherwise)
        if found is None:
            raise Unfit("is a code that the mapping does not list")
        return found

    return read
