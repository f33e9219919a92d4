"""What the catalogue knows beyond the call at hand, for the panel to keep and to search."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from nba_desktop.contract.base import Answer, Code, Language

ArticleId = Annotated[str, StringConstraints(min_length=1, max_length=160)]
"""Names an article in every language and version of the catalogue in which it keeps its id or its title."""


class Article(Answer):
    """One piece of further information; `topic` is the title of the action it belongs to, empty for a general one.

    `words` are others it is found by. What depends on the customer stands in the text as `[…]`.
    """

    article_id: ArticleId
    title: str
    text: str
    action_id: Code | None = None
    topic: str = ""
    words: tuple[str, ...] = ()


class KnowledgeBase(Answer):
    """All articles of one version of the catalogue, in one language."""

    version: str
    language: Language
    articles: tuple[Article, ...] = ()
