"""Takes out of a text what may say who somebody is; what is known to be private goes first, then what looks like it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

GONE: Final = "…"

# In this order: an address holds what would look like a token, an IBAN what would look like a number.
_PATTERNS: Final = (
    re.compile(r"(?<=//)[^/@\s]*@"),
    # Of an address its server stays.
    re.compile(r"(?<=://)(?P<kept>[^/\s“”\"'<>]+/)[^\s“”\"'<>:,;]+"),
    re.compile(r"[^\s@“”\"'<>(),;:]+@[^\s@“”\"'<>(),;:]+"),
    re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b"),
    # A token has all three kinds of signs, as no word of ours has.
    re.compile(r"\b(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*[0-9])[\w-]{16,}"),
    re.compile(r"\b[0-9a-fA-F]{24,}\b"),
    # A number is written in groups; the date of a certificate or of a call is none.
    re.compile(r"(?<![\d.])(?<!\d{4}-)(?<!\d{4}-\d{2}-)(?!\d{4}-\d{2}-\d{2})\+?\d(?:[ /()-]{0,2}\d){6,}"),
    re.compile(r"(?<=[/\\]home[/\\])[^/\\\s]+|(?<=[/\\]Users[/\\])[^/\\\s]+"),
)


class Redactor:
    """Replaces each of `places`, as a path in a text, by what it is called, and every private value by `GONE`."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = sorted(((path, name) for path, name in places.items() if len(path) > 1), key=_longest_first)

    def __call__(self, text: str, private: Iterable[str] = ()) -> str:
        """Return the text without them."""
        for value in sorted(filter(None, private), key=len, reverse=True):
            text = text.replace(value, GONE)
        for path, name in self._places:
            text = text.replace(path, name)
        for pattern in _PATTERNS:
            text = pattern.sub(_gone, text)
        return text


def _gone(found: re.Match[str]) -> str:
    return found.groupdict().get("kept", "") + GONE


def _longest_first(place: tuple[str, str]) -> int:
    return -len(place[0])
