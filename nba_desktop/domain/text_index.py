"""Full-text search over a few thousand short texts: stems, prefixes while typing, parts of German compounds, BM25."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

from nba_desktop.domain.stems import Stem, fold

Span = tuple[int, int]

_WORD: Final = re.compile(r"\w+", re.UNICODE)
_MOST_WORDS: Final = 12
"""Words of a query that are looked at; whoever pastes a letter gets an answer all the same."""
_SHORTEST_ASKED: Final = 4
_SHORTEST_HELD: Final = 5
"""Letters of a part of a compound, in the query and in the texts: shorter ones are in too many words by chance."""
_SATURATION: Final = 1.2
_LENGTH: Final = 0.5


@dataclass(frozen=True, slots=True)
class Document:
    """One text to be found: its fields, each with how much a word in it weighs."""

    key: str
    fields: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One text found; a higher score fits better, and says nothing across queries."""

    key: str
    score: float


class TextIndex:
    """An index of some documents, made once and never changed; the order of equal hits is that of the documents."""

    def __init__(self, documents: Iterable[Document], stem: Stem, compounds: bool) -> None:
        self._stem = stem
        self._compounds = compounds
        self._stems: dict[str, str] = {}
        self._lengths: dict[str, float] = {}
        self._postings: dict[str, list[tuple[str, float]]] = {}
        for document in documents:
            weights: dict[str, float] = {}
            for text, weight in document.fields:
                for word in _WORD.findall(text):
                    one = self._learn(word)
                    weights[one] = weights.get(one, 0.0) + weight
            self._lengths[document.key] = sum(weights.values())
            for one, weight in weights.items():
                self._postings.setdefault(one, []).append((document.key, weight))
        self._usual_length = sum(self._lengths.values()) / max(1, len(self._lengths)) or 1.0

    def _learn(self, word: str) -> str:
        surface = fold(word)
        if surface not in self._stems:
            self._stems[surface] = self._stem(word)
        return self._stems[surface]

    def search(self, query: str, limit: int = 20, every_word: bool = False) -> tuple[Hit, ...]:
        """The documents that hold most of the query's words, the best first.

        With `every_word` only those that hold all of them. A query without a word finds nothing.
        """
        words = self._words(query)
        if not words:
            return ()
        found: dict[str, tuple[int, float]] = {}
        for fits in (self._fits(word) for word in words):
            for key, score in self._scores(fits).items():
                held, so_far = found.get(key, (0, 0.0))
                found[key] = (held + 1, so_far + score)
        wanted = len(words) if every_word else max((held for held, _ in found.values()), default=0)
        hits = [Hit(key, score) for key in self._lengths if (score := _score(found.get(key), wanted)) > 0]
        return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])

    def marks(self, text: str, query: str) -> tuple[Span, ...]:
        """Where words of the query stand in a text, from first to last."""
        words = self._words(query)
        spans = []
        for match in _WORD.finditer(text):
            surface, stem = fold(match[0]), self._stem(match[0])
            if any(self._fit(word, surface, stem) > 0 for word in words):
                spans.append(match.span())
        return tuple(spans)

    def _words(self, query: str) -> Sequence[tuple[str, str]]:
        words = {fold(word): self._stem(word) for word in _WORD.findall(query)}
        return list(words.items())[:_MOST_WORDS]

    def _fits(self, word: tuple[str, str]) -> dict[str, float]:
        """The stems that a word of the query stands for, with how well each does."""
        fits: dict[str, float] = {}
        for surface, stem in self._stems.items():
            fit = self._fit(word, surface, stem)
            if fit > fits.get(stem, 0.0):
                fits[stem] = fit
        return fits

    def _fit(self, word: tuple[str, str], surface: str, stem: str) -> float:
        typed, asked = word
        if asked == stem or typed == surface:
            return 1.0
        if surface.startswith(typed):
            return 0.5 + 0.4 * len(typed) / len(surface)
        if not self._compounds:
            return 0.0
        if len(asked) >= _SHORTEST_ASKED and asked in surface:
            return 0.4 if surface.startswith(asked) or stem.endswith(asked) else 0.25
        if len(stem) >= _SHORTEST_HELD and typed.startswith(stem):
            return 0.35
        return 0.3 if len(stem) >= _SHORTEST_HELD and asked.endswith(stem) else 0.0

    def _scores(self, fits: Mapping[str, float]) -> dict[str, float]:
        """BM25 of each document for one word of the query, its best stem counting.

        Source: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
        """
        scores: dict[str, float] = {}
        for stem, fit in fits.items():
            postings = self._postings[stem]
            rarity = log(1 + (len(self._lengths) - len(postings) + 0.5) / (len(postings) + 0.5))
            for key, weight in postings:
                longer = _SATURATION * (1 - _LENGTH + _LENGTH * self._lengths[key] / self._usual_length)
                score = fit * rarity * weight * (_SATURATION + 1) / (weight + longer)
                if score > scores.get(key, 0.0):
                    scores[key] = score
        return scores


def _score(found: tuple[int, float] | None, wanted: int) -> float:
    return found[1] if found is not None and found[0] == wanted else 0.0


def excerpt(text: str, marks: Sequence[Span], length: int = 150) -> tuple[str, tuple[Span, ...]]:
    """About `length` characters of a text around its first mark, cut between words, and the marks within."""
    if len(text) <= length:
        return text, tuple(marks)
    first = marks[0][0] if marks else 0
    start = max(0, min(first - length // 3, len(text) - length))
    if start:
        start = text.find(" ", start, first + 1) + 1 or start
    end = start + length
    if end < len(text):
        end = max(text.rfind(" ", start, end), marks[0][1] if marks else 0, start + length // 2)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(before) - start
    inside = tuple((one + shift, two + shift) for one, two in marks if one >= start and two <= end)
    return f"{before}{text[start:end]}{after}", inside
