"""Finding a contact reason while it is typed: by its name or a synonym, whole, begun, in a compound, or misspelled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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
_SHORTEST_MISSPELLED: Final = 5
_WHOLE, _BEGUN, _PART, _LOOSE = 3.0, 2.0, 1.0, 0.25
_OF_LABEL: Final = 0.5
_CLOSER: Final = 0.3
_SPELLED: Final = 0.1
"""For a begun word with the same umlauts: zäh is rather Zähler than Zahlung."""
_UMLAUTS: Final = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))
_VOWEL: Final = re.compile(r"[aeiouy]")
_ONSETS: Final = frozenset({"bl", "br", "ch", "ck", "dr", "fl", "fr", "gl", "gr", "kl", "kr", "pf", "pl", "pr"})
"""Letters with which a syllable begins: words are rarely joined between them. An s before is mostly the joint's own."""


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
    a name than in a synonym. Equal ones stay in the site's order. A word that is found nowhere is looked for with one
    letter missing, too many, another one or two of them swapped.
    """

    def __init__(self, concerns: Iterable[Concern], stem: Stem, compounds: bool) -> None:
        self._stem = stem
        self._compounds = compounds
        self._held = tuple(
            _Held(one, self._read(one.label), tuple((synonym, self._read(synonym)) for synonym in one.synonyms))
            for one in concerns
        )
        words = [word for held in self._held for _, some in _texts(held) for word in some]
        self._known = frozenset(word.surface for word in words) | frozenset(word.stem for word in words)

    def search(self, query: str) -> tuple[FoundConcern, ...]:
        """The concerns that hold most of the words typed, the best first; none for nothing typed."""
        asked = [self._fits(self._spellings(word)) for word in _WORD.findall(query)[:_MOST_WORDS]]
        found = []
        for place, held in enumerate(self._held):
            hits = [fits[place] for fits in asked if fits[place][0] > 0]
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

    def _fits(self, spellings: tuple[_Word, ...]) -> list[tuple[float, str]]:
        """How well each concern fits one word that was typed; loosely only where no other one fits it well."""
        fits = [_best(held, spellings, self._fit) for held in self._held]
        best = max((fit for fit, _ in fits), default=0.0)
        if not best:
            return [_best(held, spellings, _misspelled) for held in self._held]
        return [(0.0, "") if fit < _PART <= best else (fit, by) for fit, by in fits]

    def _fit(self, asked: _Word, held: _Word, alone: bool) -> float:
        if asked.surface == held.surface or asked.stem == held.stem:
            return _WHOLE
        if held.surface.startswith(asked.surface):
            spelled = _SPELLED if held.written.startswith(asked.written) else 0.0
            return _BEGUN + spelled + _CLOSER * len(asked.surface) / len(held.surface)
        if self._compounds and (self._is_part(asked, held) or self._is_part(held, asked)):
            shorter, longer = sorted((len(asked.stem), len(held.stem)))
            # A Stromrechnung has little to do with "kein Strom": the other words of a phrase are what it is about.
            by_chance = not alone and asked.surface.startswith(held.stem)
            return (_LOOSE if by_chance else _PART) + _CLOSER * shorter / longer
        return 0.0

    def _is_part(self, part: _Word, whole: _Word) -> bool:
        """Whether a compound holds a word: Heizung in Gasheizung, Abschlag in Abschlagszahlung."""
        if len(part.surface) < _SHORTEST_PART:
            return False
        long = len(part.stem) >= _SHORTEST_PART
        if long and whole.surface.startswith(part.stem):
            return True
        inner = whole.surface.find(part.stem) if len(part.stem) >= _SHORTEST_INNER else -1
        if inner < 0 and whole.surface.endswith(part.surface):
            inner = len(whole.surface) - len(part.surface)
        if inner < 0 and long and whole.stem.endswith(part.stem):
            inner = len(whole.stem) - len(part.stem)
        return inner > 0 and self._is_joint(whole.surface[:inner], part)

    def _is_joint(self, before: str, part: _Word) -> bool:
        """Whether a word can begin after these letters: Rechnung in Abrechnung, but no Rechung in Unterbrechung."""
        if len(before) < 2 or not _VOWEL.search(before):
            return False
        known = part.surface in self._known or part.stem in self._known or before in self._known
        return known or before[-1] + part.surface[0] not in _ONSETS


def _texts(held: _Held) -> tuple[tuple[str, tuple[_Word, ...]], ...]:
    """The words of a concern's name, then those of each synonym."""
    return (("", held.label), *held.synonyms)


def _best(held: _Held, spellings: tuple[_Word, ...], fits: Callable[[_Word, _Word, bool], float]) -> tuple[float, str]:
    """How well a concern fits one word that was typed, and by which synonym; empty by its name."""
    best, by = 0.0, ""
    for synonym, words in _texts(held):
        for word in words:
            fit = max(fits(asked, word, len(words) == 1) for asked in spellings)
            fit += _OF_LABEL if fit and not synonym else 0.0
            if fit > best:
                best, by = fit, synonym
    return best, by


def _misspelled(asked: _Word, held: _Word, _alone: bool) -> float:
    """Whether one slip makes the one word of the other; the first letter is rarely the wrong one."""
    one, other = sorted((asked.surface, held.surface), key=len)
    if len(one) < _SHORTEST_MISSPELLED - 1 or len(asked.surface) < _SHORTEST_MISSPELLED or one[0] != other[0]:
        return 0.0
    same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(other) - len(one) == 1:
        slipped = one[same:] == other[same + 1 :]
    elif len(other) == len(one):
        swapped = one[same : same + 2] == other[same : same + 2][::-1]
        slipped = one[same + 1 :] == other[same + 1 :] or (swapped and one[same + 2 :] == other[same + 2 :])
    else:
        slipped = False
    return _LOOSE if slipped else 0.0
