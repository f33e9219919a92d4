"""The second net: what looks as if it said who somebody is leaves the log, whatever a log call was given."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

GONE: Final = "…"

# In this order: an address holds what would look like a token, an IBAN what would look like a number.
_PATTERNS: Final = (
    # Of a URL its server stays, without who signs in there.
    re.compile(r"(?<=//)[^/@\s]+@"),
    re.compile(r"(?P<kept>://[^\s/“”\"'<>]+/)[^\s“”\"'<>,;]+"),
    re.compile(r"[^\s@“”\"'<>(),;:=/]+@[^\s@“”\"'<>(),;:]+"),
    re.compile(r"(?i)(?P<kept>\bbearer )\S+"),
    re.compile(r"\b[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?\b"),
    # A token has all three kinds of signs, as no word of ours has.
    re.compile(r"(?<![\w.-])(?=[\w.-]*[a-z])(?=[\w.-]*[A-Z])(?=[\w.-]*\d)[\w-]{16,}(?:\.[\w-]+)*"),
    # A hash, or an id without dashes; ids with dashes are ours.
    re.compile(r"\b[0-9a-fA-F]{24,}\b"),
    # A number as people write it; neither a day nor a moment, and no part of an id.
    re.compile(r"(?<![\w.-])(?!\d{4}-\d{2}-\d{2})\+?\(?\d(?:[ /().-]{0,2}\d){6,}(?![\w-])"),
)


# Routes, codes and pseudonyms come again with each request.
@lru_cache(maxsize=4096)
def redacted(text: str) -> str:
    """Return a text without telephone numbers, account numbers, e-mail addresses, tokens and what URLs hold."""
    for pattern in _PATTERNS:
        text = pattern.sub(_gone, text)
    return text


def _gone(found: re.Match[str]) -> str:
    return (found.groupdict().get("kept") or "") + GONE
