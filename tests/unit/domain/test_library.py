"""The catalogue's knowledge, found."""

from __future__ import annotations

from nba_desktop.domain.library import Shelf
from nba_desktop.domain.own import Own
from nba_desktop.domain.stems import stem_of
from tests.fakes.knowledge import knowledge_base

shelf = Shelf(knowledge_base("de"), stem_of("de"))


def test_an_article_is_found_by_title_text_topic_and_further_words() -> None:
    for query, article_id in (
        ("umzug", "move"),
        ("Zählerstände", "move"),
        ("Mahnungen", "arrears"),
        ("abschlag passend", "SRV_INSTALMENT/calculated"),
    ):
        assert shelf.search(query)[0].article.article_id == article_id


def test_the_excerpt_shows_the_words_that_were_searched_for() -> None:
    (found,) = shelf.search("Beratungsstellen")
    assert [found.excerpt[start:end] for start, end in found.marks] == ["Beratungsstellen"]


def test_what_is_kept_outlives_the_article() -> None:
    own = Own().toggled("move", "Umzug").noted("dropped", "Alter Artikel", "Notiz")
    kept = shelf.kept(own)
    assert [(one.article.title, bool(one.article.text)) for one in kept] == [("Umzug", True), ("Alter Artikel", False)]
