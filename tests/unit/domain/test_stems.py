"""Words as a search compares them."""

from __future__ import annotations

import sys

import pytest

from nba_desktop.contract.base import Language
from nba_desktop.domain.stems import stem_of


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no stemmer had been loaded in this process yet."""
    for name in [name for name in sys.modules if name.split(".")[0] == "snowballstemmer"]:
        monkeypatch.delitem(sys.modules, name)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Häuser", "HAUS"),
        ("de", "Zählerstände", "Zählerstand"),
        ("de", "Straße", "STRASSE"),
        ("en", "meter readings", "meter reading"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: Language, one: str, other: str) -> None:
    stem = stem_of(language)
    assert stem(one) == stem(other)


@pytest.mark.usefixtures("unloaded")
def test_only_the_stemmers_of_the_panels_languages_are_loaded() -> None:
    assert stem_of("de")("Rechnungen") == "rechnung"
    assert stem_of("en")("invoices") == "invoic"
    stemmers = {name for name in sys.modules if name.startswith("snowballstemmer.") and name.endswith("_stemmer")}
    assert stemmers == {"snowballstemmer.german_stemmer", "snowballstemmer.english_stemmer"}


@pytest.mark.usefixtures("unloaded")
def test_a_panel_without_its_dependencies_says_which_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(ModuleNotFoundError, match="snowballstemmer is not installed"):
        stem_of("de")
