"""The catalogue's knowledge beside what the agent keeps for himself: found, opened, marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from nba_desktop.contract.base import Language
from nba_desktop.contract.knowledge import Article, KnowledgeBase
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.own import Own
from nba_desktop.domain.stems import Stem
from nba_desktop.domain.text_index import Document, Span, TextIndex, excerpt

_TITLE: Final = 3.0
_WORDS: Final = 2.0
_TOPIC: Final = 1.5
_TEXT: Final = 1.0
_SHOWN: Final = 20


class LibraryStatus(StrEnum):
    """LOADING until the first knowledge is there, FAILED when none came; EMPTY when the catalogue has none."""

    EMPTY = "empty"
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article of a list: what of its text is shown, and where in that the words of the search stand."""

    article: Article
    excerpt: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class LibraryState:
    """What the knowledge page shows beside the chosen action's own articles.

    `kept` are favourites and noted articles, the newest first; one that the catalogue dropped has no text any more.
    `failure` says why the knowledge did not come, or what is the agent's could not be kept.
    """

    status: LibraryStatus = LibraryStatus.EMPTY
    query: str = ""
    found: tuple[FoundArticle, ...] = ()
    kept: tuple[FoundArticle, ...] = ()
    opened: Article | None = None
    own: Own = field(default_factory=Own)
    failure: FailureCode | None = None


class Shelf:
    """A knowledge base with its index; made once per version and language, where nobody waits for a paint."""

    def __init__(self, base: KnowledgeBase, stem: Stem) -> None:
        self.version = base.version
        self.language: Language = base.language
        self._articles = {one.article_id: one for one in base.articles}
        documents = (
            Document(
                one.article_id,
                ((one.title, _TITLE), (" ".join(one.words), _WORDS), (one.topic, _TOPIC), (one.text, _TEXT)),
            )
            for one in self._articles.values()
        )
        self._index = TextIndex(documents, stem, compounds=base.language == "de")

    @property
    def is_empty(self) -> bool:
        """Whether the catalogue has no knowledge at all."""
        return not self._articles

    def article(self, article_id: str) -> Article | None:
        """One article, or None when the catalogue has it no more."""
        return self._articles.get(article_id)

    def search(self, query: str) -> tuple[FoundArticle, ...]:
        """The articles that fit a query, the best first, with their marks."""
        return tuple(self._found(self._articles[hit.key], query) for hit in self._index.search(query, _SHOWN))

    def kept(self, own: Own) -> tuple[FoundArticle, ...]:
        """The agent's favourites, then the other articles he noted something on."""
        dropped = (Article(article_id=one, title=title, text="") for one, title in own.titles.items())
        return tuple(_plain(self._articles.get(one.article_id, one)) for one in dropped)

    def _found(self, article: Article, query: str) -> FoundArticle:
        text, marks = excerpt(article.text, self._index.marks(article.text, query))
        return FoundArticle(article, text, marks)


def _plain(article: Article) -> FoundArticle:
    return FoundArticle(article, excerpt(article.text, ())[0])
