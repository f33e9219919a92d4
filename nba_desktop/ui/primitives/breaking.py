"""Where a word may be broken that is wider than its line: at a syllable with a hyphen, an address between its parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

SOFT_HYPHEN: Final = "\u00ad"
_NO_SPACE: Final = "\u200b"
"""A break without a hyphen, for what is no word: a number, an address."""
_WORD: Final = re.compile(r"<[^>]*>|&[a-zA-Z#0-9]+;|[^\s<&]+")
_SYLLABLE: Final = re.compile(r"(?<=[aeiouyäöü])([^aeiouyäöü\W\d_]+)(?=[aeiouyäöü])", re.IGNORECASE)
_ONSETS: Final = frozenset(
    {"sch", "schl", "schm", "schn", "schr", "schw", "ch", "st", "str", "sp", "spr", "spl", "br", "bl", "dr", "fl", "fr"}
    | {"gl", "gr", "kl", "kn", "kr", "pf", "pfl", "pr", "pl", "qu", "tr", "zw", "ph", "th", "sh", "wh"}
)
_ADDRESS: Final = re.compile(r"://|[/\\].*[/\\]|@|\w{2}\.\w{2}")
_PART: Final = re.compile(r"[^/\\.@_-]*[/\\.@_-]*")
"""What belongs together in the address of a page, a file or a registry key, with what ends it."""
_LEAST: Final = 3
"""So many letters of a word stay together at both its ends."""


def broken(text: str, fits: Callable[[str], bool], markup: bool = False) -> str:
    """The text with a place to break in every word that does not fit; `markup` leaves tags and entities whole."""

    def in_pieces(match: re.Match[str]) -> str:
        word = match.group()
        if len(word) <= _LEAST or (markup and word[0] in "<&") or fits(word):
            return word
        if _ADDRESS.search(word):
            # A hyphen would be taken for a part of it.
            parts = [part for part in _PART.findall(word) if part]
            return _NO_SPACE.join(part if fits(part) else _NO_SPACE.join(part) for part in parts)
        pieces = list(_syllables(word))
        if all(fits(piece + "-") for piece in pieces):
            return SOFT_HYPHEN.join(pieces)
        return _NO_SPACE.join(word)

    return _WORD.sub(in_pieces, text)


def whole(text: str) -> str:
    """The text as it was before it was broken."""
    return text.replace(SOFT_HYPHEN, "").replace(_NO_SPACE, "")


def _syllables(word: str) -> Iterator[str]:
    """A word in syllables: each begins with as many consonants as a German or English word may begin with."""
    start = 0
    for match in _SYLLABLE.finditer(word):
        cluster = match.group(1).lower()
        onset = next((cluster[at:] for at in range(len(cluster)) if cluster[at:] in _ONSETS), cluster[-1])
        place = match.end() - len(onset)
        if place - start >= _LEAST and len(word) - place >= _LEAST:
            yield word[start:place]
            start = place
    yield word[start:]
