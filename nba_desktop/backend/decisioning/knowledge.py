"""The whole knowledge of a catalogue, for the panel to keep: that of every action, and what belongs to none."""

from __future__ import annotations

import hashlib
from typing import Final

from nba_desktop.backend.decisioning.content import GAP, gaps
from nba_desktop.backend.decisioning.entries.actions import ActionEntry
from nba_desktop.backend.decisioning.entries.base import Words
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.entries.guide import ArticleEntry, KnowledgeEntry
from nba_desktop.contract.base import Language
from nba_desktop.contract.knowledge import Article, KnowledgeBase

_DIGITS: Final = 12


def article_id(action: ActionEntry, item: KnowledgeEntry) -> str:
    """What an action's article is called, in every language; without an id of its own it changes with its title."""
    own = item.id or hashlib.sha256(item.title.de.encode()).hexdigest()[:_DIGITS]
    return f"{action.id}/{own}"


def knowledge_of(entry: CatalogueEntry, version: str, language: Language) -> KnowledgeBase:
    """Every article in one language, the general ones first; what depends on the customer is a marked gap."""
    general = [_article(one.id, one, language) for one in entry.knowledge]
    of_actions = [
        _article(article_id(action, one), one, language, action) for action in entry.actions for one in action.knowledge
    ]
    return KnowledgeBase(version=version, language=language, articles=(*general, *of_actions))


def _article(
    name: str, item: KnowledgeEntry | ArticleEntry, language: Language, action: ActionEntry | None = None
) -> Article:
    return Article(
        article_id=name,
        title=_open(item.title, language),
        text=_open(item.text, language),
        action_id=None if action is None else action.id,
        topic="" if action is None else _open(action.title, language),
        words=item.words.into(language),
    )


def _open(words: Words, language: Language) -> str:
    """A text for nobody in particular: each of its gaps is marked."""
    text = words.into(language)
    for gap in gaps(text):
        text = text.replace(f"{{{gap.name}:{gap.how}}}" if gap.how else f"{{{gap.name}}}", GAP)
    return text
