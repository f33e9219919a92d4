"""The export for people: each entry as a heading and lines of label and text, the same on the page and in print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final

from nba_desktop.backend.subject.export import Entry
from nba_desktop.backend.subject.words import code_word, word
from nba_desktop.contract.base import Language

_HEADINGS: Final = ("name", "type", "fact", "code", "event", "action", "action_id", "contract_no", "e164", "kind")
_MOMENTS: Final = ("at", "started_at", "decided_at", "planned_at")
_NAMED_BY: Final = {"params": "params", "used": "name"}
"""Under which key the names within an entry have their words; no word, no better name than the site's own."""
_ONE_BY_ONE: Final = frozenset({"retention"})
_NOT_READ: Final = frozenset({"record"})
"""Left to data.json: it repeats what is said in words, number by number."""

_CODED_LIKE: Final = {
    "touchpoint_type": "type",
    "action_ids": "action_id",
    "topic": "concern",
    "of": "form",
    "stale": "name",
    "not_used": "name",
    "channels_missing": "channel",
    "consent_phone": "consent",
    "consent_email": "consent",
    "consent_profiling": "consent",
    "states": "consent",
    "churn_class": "churn",
}
"""Keys whose codes are those of another key."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_LOCAL: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


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
        # An attribute is called by its meaning, and its value has the words of that attribute.
        attribute = entry.get("name", "") if "content" in entry else ""
        left_out = {"description"} if f"name:{attribute}" in self._own_words else frozenset[str]()
        lines = (
            (label, self.text(attribute, value) if key == "content" else text)
            for key, value in entry.items()
            if key not in _NOT_READ and key not in left_out
            for label, text in self._lines(key, value)
        )
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
                # Never with an exponent.
                short = f"{round(value, 4):.4f}".rstrip("0").rstrip(".")
                return short.replace(".", "," if self._language == "de" else ".")
            case list() | tuple():
                return ", ".join(self.text(key, one) for one in value)
            case Mapping():
                # A title says more than its code, which stands in data.json.
                told = {name: one for name, one in value.items() if name != "action_id" or "action" not in value}
                parts = ((name, self.text(name, one)) for name, one in told.items())
                return ", ".join(f"{self._name(key, name)}: {text}" for name, text in parts if text)
            case str():
                return self._words(_CODED_LIKE.get(key, key), value)
        return str(value)

    def _name(self, key: str, name: str) -> str:
        """What a part of what stands under a key is called."""
        return self._words(_NAMED_BY[key], name) if key in _NAMED_BY else self.word(name)

    def _words(self, key: str, said: str) -> str:
        if own := self._own_words.get(f"{key}:{said}"):
            return own
        try:
            if _LOCAL.fullmatch(said):
                moment = datetime.fromisoformat(said)
                return f"{self._day(moment.date())}, {moment:%H:%M:%S} (UTC{said[-6:]})"
            if _DAY.fullmatch(said):
                return self._day(date.fromisoformat(said))
        except ValueError:
            # Somebody's words that only look like a day.
            return said
        return code_word(key, said, self._language)

    def _lines(self, key: str, value: Any) -> Iterator[tuple[str, str]]:
        several = isinstance(value, list) and (key in _ONE_BY_ONE or (value and isinstance(value[0], Mapping)))
        for one in value if several else [value]:
            if text := self.text(key, one):
                yield self.word(key), text

    def _day(self, day: date) -> str:
        return f"{day:%d.%m.%Y}" if self._language == "de" else f"{day:%d/%m/%Y}"
