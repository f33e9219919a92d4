"""The whole knowledge of the sample catalogue."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from nba_desktop.backend.decisioning.entries.guide import InputEntry
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.paths import resource

catalogue = load_catalogue(resource("sample", "catalogue"))


def test_every_article_is_there_once_and_in_both_languages() -> None:
    german, english = catalogue.knowledge("de"), catalogue.knowledge("en")
    ids = [one.article_id for one in german.articles]
    assert ids == [one.article_id for one in english.articles]
    assert len(set(ids)) == len(ids) >= 30
    assert german.version == catalogue.version


def test_general_articles_come_first_and_those_of_an_action_name_it() -> None:
    german = catalogue.knowledge("de").articles
    assert (german[0].article_id, german[0].action_id) == ("instalment_how", None)
    of_action = next(one for one in german if one.action_id == "SRV_INSTALMENT")
    assert of_action.topic == "Abschlag passend machen"
    assert of_action.article_id.startswith("SRV_INSTALMENT/")


def test_what_depends_on_the_customer_is_a_marked_gap() -> None:
    for article in (*catalogue.knowledge("de").articles, *catalogue.knowledge("en").articles):
        assert "{" not in article.title + article.text


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"kind": "text", "most": 5}, "a text has no 'least' and no 'most'"),
        ({"kind": "amount", "least": 9, "most": 5}, "'least' lies above 'most'"),
        ({"kind": "integer", "most": -1}, "'least' lies above 'most'"),
        ({"kind": "date", "most": 99_999}, "days from today"),
    ],
)
def test_limits_that_no_value_can_keep_are_a_mistake(limits: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        InputEntry.model_validate({"name": "value", "label": {"de": "Wert", "en": "Value"}, **limits})
