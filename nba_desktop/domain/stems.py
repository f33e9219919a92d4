"""Words as a search compares them: without case, umlauts and inflection."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from nba_desktop.contract.base import Language

Stem = Callable[[str], str]
"""From a word as it is written to its folded stem."""

_NAMES: Final[dict[Language, str]] = {"de": "german", "en": "english"}
_SHARP: Final = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_KEPT: Final = 20_000


def stem_of(language: Language) -> Stem:
    """A stemmer of a language, for one thread at a time; the first one takes a moment to load.

    Source: the Snowball algorithms for German and English, https://snowballstem.org/algorithms/.
    """
    import snowballstemmer  # type: ignore[import-untyped]

    stemmer = snowballstemmer.stemmer(_NAMES[language])

    @lru_cache(maxsize=_KEPT)
    def stem(word: str) -> str:
        return fold(stemmer.stemWord(unicodedata.normalize("NFC", word).lower()))

    return stem


def fold(word: str) -> str:
    """A word without case, accents and umlauts: Zähler and ZAEHLER are not the same yet, Zähler and Zahler are."""
    lowered = unicodedata.normalize("NFKD", word.casefold().translate(_SHARP))
    return "".join(one for one in lowered if not unicodedata.combining(one))
