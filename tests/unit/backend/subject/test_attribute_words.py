"""A customer is told in his language what an attribute means."""

from __future__ import annotations

import pytest

from nba_desktop.backend.decisioning.attributes import ATTRIBUTES, Attribute
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.subject.attribute_words import meaning_of
from nba_desktop.paths import resource

NEVER_DELIVERED = {"calendar", "contact", "journey", "ledger"}
"""Where attributes come from that are worked out here, and in no customer's data."""


@pytest.mark.parametrize("site", ["sample", "telecom"])
def test_every_attribute_that_is_delivered_is_explained_in_both_languages(site: str) -> None:
    catalogue = load_catalogue(resource(site, "catalogue"))
    told = [
        one
        for one in catalogue.vocabulary.attributes.values()
        if one.source not in NEVER_DELIVERED and one.type != "words"
    ]
    assert [one.name for one in told if meaning_of(one, "de") == one.description] == []
    assert all(meaning_of(one, "en") == one.description for one in told)


def test_a_site_that_says_it_in_one_language_is_quoted_in_that_one() -> None:
    plain = Attribute("bonus_points", "integer", "service", "points of the bonus programme", "crm")
    assert meaning_of(plain, "de") == meaning_of(plain, "en") == "points of the bonus programme"
    assert meaning_of(ATTRIBUTES["solar"], "de") == "hat eine Solaranlage"
