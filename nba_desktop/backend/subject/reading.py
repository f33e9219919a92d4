"""The export for people: each entry as a heading and lines of label and text, the same on the page and in print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final

from nba_desktop.backend.subject.export import Entry
from nba_desktop.backend.subject.words import code_word, word
from nba_desktop.contract.base import Language

_HEADINGS: Final = ("name", "type", "fact", "code", "event", "action", "action_id", "contract_no", "e164", "kind")
_MOMENTS: Final = ("at", "started_at", "decided_at", "planned_at")
_OWN_NAMES: Final = frozenset({"params", "used"})
_ONE_BY_ONE: Final = frozenset({"retention"})
_NOT_READ: Final = frozenset({"record"})
"""Left to data.json: it repeats what is said in words, number by number."""

_CODED_LIKE: Final = {"touchpoint_type": "type"}
"""Keys whose codes are those of another key."""


@dataclass(frozen=True, slots=True)
class ReadableEntry:
    """An entry: what it is about, and its lines of label and text."""

    heading: str
    lines: tuple[tuple[str, str], ...]


class Readable:
    """Puts entries into words of one language and one time zone; `own_words` are the site's, as `key:code`."""

    def __init__(self, language: Language, zone: tzinfo, own_words: Mapping[str, str]) -> None:
        self._language = language
        self._zone = zone
        self._own_words = own_words

    def word(self, key: str) -> str:
        """Return a word of the export."""
        return word(key, self._language)

    def entry(self, entry: Entry) -> ReadableEntry:
        """Return an entry as heading and lines; what is empty is left out."""
        first = [self.text(key, entry[key]) for key in _MOMENTS if entry.get(key) is not None][:1]
        first += [self.text(key, entry[key]) for key in _HEADINGS if entry.get(key)][:1]
        lines = (line for key, value in entry.items() if key not in _NOT_READ for line in self._lines(key, value))
        return ReadableEntry(" · ".join(first), tuple(lines))

    def text(self, key: str, value: Any) -> str:
        """Return what is said under a key as it is written in the language."""
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
                return ", ".join(self.text(key, one) for one in value)
            case Mapping():
                parts = ((name, self.text(name, one)) for name, one in value.items())
                # The names of attributes are the site's own.
                return ", ".join(
                    f"{name if key in _OWN_NAMES else self.word(name)}: {text}" for name, text in parts if text
                )
            case str():
                coded = _CODED_LIKE.get(key, key)
                return self._own_words.get(f"{coded}:{value}") or code_word(coded, value, self._language)
        return str(value)

    def _lines(self, key: str, value: Any) -> Iterator[tuple[str, str]]:
        several = isinstance(value, list) and (key in _ONE_BY_ONE or (value and isinstance(value[0], Mapping)))
        for one in value if several else [value]:
            if text := self.text(key, one):
                yield self.word(key), text

    def _day(self, day: date) -> str:
        return f"{day:%d.%m.%Y}" if self._language == "de" else f"{day:%d/%m/%Y}"
