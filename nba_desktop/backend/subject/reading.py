"""The export for people: each entry as a heading and lines of label and text, the same on the page and in print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final
from uuid import UUID

from nba_desktop.backend.subject.export import Entry
from nba_desktop.backend.subject.words import word
from nba_desktop.contract.base import Language

_HEADINGS: Final = ("name", "type", "fact", "code", "event", "action", "action_id", "contract_no", "e164", "kind")
_MOMENTS: Final = ("at", "started_at", "decided_at", "planned_at")
_NOT_READ: Final = frozenset({"record"})
"""Left to data.json: it repeats what is said in words, number by number."""


@dataclass(frozen=True, slots=True)
class ReadableEntry:
    """An entry: what it is about, and its lines; an indented line belongs to the one before."""

    heading: str
    lines: tuple[tuple[str, str], ...]


class Readable:
    """Puts entries into words of one language and one time zone."""

    def __init__(self, language: Language, zone: tzinfo) -> None:
        self._language = language
        self._zone = zone

    def word(self, key: str) -> str:
        """Return a word of the export."""
        return word(key, self._language)

    def entry(self, entry: Entry) -> ReadableEntry:
        """Return an entry as heading and lines; what is empty is left out."""
        first = [self.text(entry[key]) for key in _MOMENTS if entry.get(key) is not None][:1]
        first += [self.text(entry[key]) for key in _HEADINGS if entry.get(key)][:1]
        lines = (line for key, value in entry.items() if key not in _NOT_READ for line in self._lines(key, value))
        return ReadableEntry(" · ".join(first), tuple(lines))

    def text(self, value: Any) -> str:
        """Return a value as it is written in the language."""
        match value:
            case None:
                return ""
            case bool():
                return self.word("yes" if value else "no")
            case datetime():
                local = value.astimezone(self._zone)
                return f"{self._day(local.date())}, {local:%H:%M:%S}"
            case date():
                return self._day(value)
            case float():
                return f"{value:.4g}".replace(".", "," if self._language == "de" else ".")
            case list() | tuple():
                return ", ".join(self.text(one) for one in value)
            case Mapping():
                return ", ".join(f"{self.word(key)}: {self.text(one)}" for key, one in value.items() if one is not None)
            case UUID() | int():
                return str(value)
        return self.word(str(value))

    def _lines(self, key: str, value: Any) -> Iterator[tuple[str, str]]:
        label = self.word(key)
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            for one in value:
                yield label, self.text(one)
        elif text := self.text(value):
            yield label, text

    def _day(self, day: date) -> str:
        return f"{day:%d.%m.%Y}" if self._language == "de" else f"{day:%d/%m/%Y}"
