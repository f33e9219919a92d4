"""Words as a search compares them: without case, umlauts and inflection."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec, module_from_spec
from typing import Final, Protocol

from nba_desktop.contract.base import Language

Stem = Callable[[str], str]
"""From a word as it is written to its folded stem."""

_PACKAGE: Final = "snowballstemmer"
_SHARP: Final = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_KEPT: Final = 20_000


def stem_of(language: Language) -> Stem:
    """A stemmer of a language, for one thread at a time; the first one takes a moment to load.

    Source: the Snowball algorithms for German and English, https://snowballstem.org/algorithms/.
    """
    stemmer = _snowball(language)

    @lru_cache(maxsize=_KEPT)
    def stem(word: str) -> str:
        return fold(stemmer.stemWord(unicodedata.normalize("NFC", word).lower()))

    return stem


class _Snowball(Protocol):
    def stemWord(self, word: str) -> str: ...


def _snowball(language: Language) -> _Snowball:
    """The stemmer of one language; the package itself would load those of thirty-odd more, in five megabytes."""
    if _PACKAGE not in sys.modules:
        spec = find_spec(_PACKAGE)
        if spec is None:
            raise ModuleNotFoundError(f"{_PACKAGE} is not installed; install the panel's dependencies", name=_PACKAGE)
        # The package without its start, which is what loads them all.
        sys.modules[_PACKAGE] = module_from_spec(spec)
    if language == "de":
        from snowballstemmer.german_stemmer import GermanStemmer  # type: ignore[import-untyped]

        return GermanStemmer()  # type: ignore[no-any-return]
    from snowballstemmer.english_stemmer import EnglishStemmer  # type: ignore[import-untyped]

    return EnglishStemmer()  # type: ignore[no-any-return]


def fold(word: str) -> str:
    """A word without case, accents and umlauts: Zähler and ZAEHLER are not the same yet, Zähler and Zahler are."""
    lowered = unicodedata.normalize("NFKD", word.casefold().translate(_SHARP))
    return "".join(one for one in lowered if not unicodedata.combining(one))
