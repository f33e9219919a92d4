"""Finding a contact reason while it is typed: by its name or a synonym, whole, begun, or as a part of a compound."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from nba_desktop.contract.contact import Concern
from nba_desktop.domain.stems import Stem, fold

_WORD: Final = re.compile(r"\w+", re.UNICODE)
_MOST_WORDS: Final = 6
_SHOWN: Final = 8
_SHORTEST_PART: Final = 5
"""Letters of a part of a compound, as it is typed and as it is held: shorter ones are in too many words by chance."""
_SHORTEST_INNER: Final = 6
_WHOLE, _BEGUN, _PART = 3.0, 2.0, 1.0
_OF_LABEL: Final = 0.5
_CLOSER: Final = 0.3
_SPELLED: Final = 0.1
"""For a begun word with the same umlauts: zäh is rather Zähler than Zahlung."""
_UMLAUTS: Final = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))


@dataclass(frozen=True, slots=True)
class FoundConcern:
    """A concern and, where its name does not say why it was found, the synonym that does."""

    concern: Concern
    synonym: str = ""


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as it is written in small letters, folded, and its stem."""

    written: str
    surface: str
    stem: str


@dataclass(frozen=True, slots=True)
class _Held:
    concern: Concern
    label: tuple[_Word, ...]
    synonyms: tuple[tuple[str, tuple[_Word, ...]], ...]


class ConcernIndex:
    """The site's contact reasons, made ready to be searched at every letter that is typed.

    A whole word fits better than a begun one, a begun one better than a part of a compound, and each of them better in
    a name than in a synonym. Equal ones stay in the site's order.
    """

    def __init__(self, concerns: Iterable[Concern], stem: Stem, compounds: bool) -> None:
        self._stem = stem
        self._compounds = compounds
        self._held = tuple(
            _Held(one, self._read(one.label), tuple((synonym, self._read(synonym)) for synonym in one.synonyms))
            for one in concerns
        )

    def search(self, query: str) -> tuple[FoundConcern, ...]:
        """The concerns that hold most of the words typed, the best first; none for nothing typed."""
        asked = [self._spellings(word) for word in _WORD.findall(query)[:_MOST_WORDS]]
        found = []
        for held in self._held:
            fits = [self._best(held, spellings) for spellings in asked]
            hits = [one for one in fits if one[0] > 0]
            if hits:
                score = sum(fit for fit, _ in hits)
                found.append((len(hits), score, FoundConcern(held.concern, max(hits)[1])))
        most = max((count for count, _, _ in found), default=0)
        best = [one for one in found if one[0] == most]
        return tuple(one for _, _, one in sorted(best, key=lambda one: -one[1])[:_SHOWN])

    def _read(self, text: str) -> tuple[_Word, ...]:
        return tuple(self._word(word.casefold()) for word in _WORD.findall(text))

    def _word(self, written: str) -> _Word:
        return _Word(written, fold(written), self._stem(written))

    def _spellings(self, typed: str) -> tuple[_Word, ...]:
        """A word as it was typed and, without umlauts on the keyboard, as it was meant: Zaehler is Zähler."""
        meant = typed.casefold()
        for plain, umlaut in _UMLAUTS:
            meant = meant.replace(plain, umlaut)
        return tuple(self._word(word) for word in dict.fromkeys((typed.casefold(), meant)))

    def _best(self, held: _Held, spellings: tuple[_Word, ...]) -> tuple[float, str]:
        """How well a concern fits one word that was typed, and by which synonym; empty by its name."""
        best, by = 0.0, ""
        for synonym, words in (("", held.label), *held.synonyms):
            for word in words:
                fit = max(self._fit(asked, word) for asked in spellings)
                fit += _OF_LABEL if fit and not synonym else 0.0
                if fit > best:
                    best, by = fit, synonym
        return best, by

    def _fit(self, asked: _Word, held: _Word) -> float:
        if asked.surface == held.surface or asked.stem == held.stem:
            return _WHOLE
        if held.surface.startswith(asked.surface):
            spelled = _SPELLED if held.written.startswith(asked.written) else 0.0
            return _BEGUN + spelled + _CLOSER * len(asked.surface) / len(held.surface)
        if self._compounds and (_is_part(asked, held) or _is_part(held, asked)):
            shorter, longer = sorted((len(asked.stem), len(held.stem)))
            return _PART + _CLOSER * shorter / longer
        return 0.0


def _is_part(part: _Word, whole: _Word) -> bool:
    """Whether a compound holds a word: Heizung in Gasheizung, Abschlag in Abschlagszahlung."""
    if len(part.stem) >= _SHORTEST_INNER and part.stem in whole.surface:
        return True
    if len(part.surface) < _SHORTEST_PART:
        return False
    begins = len(part.stem) >= _SHORTEST_PART and whole.surface.startswith(part.stem)
    return begins or whole.surface.endswith(part.surface) or whole.stem.endswith(part.stem)
