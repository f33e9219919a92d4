"""Full-text search in German and English."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.domain.stems import stem_of
from nba_desktop.domain.text_index import Document, TextIndex, excerpt

GERMAN = {
    "instalment": ("Wonach sich der Abschlag richtet", "Nach dem letzten Verbrauch; weniger ist zu berücksichtigen."),
    "payments": ("Abschlagszahlungen im Voraus", "Zahlbar zum Monatsersten."),
    "meter": ("Zählerstand selbst ablesen", "Ein Foto genügt. Danach wird die Rechnung korrigiert."),
    "parts": ("Ratenzahlung", "Raten sind möglich, auch bei einer Nachzahlung."),
    "cancel": ("Kündigung", "Gekündigt wird in Textform; in der Straße des Kunden bleibt der Anschluss."),
}
ENGLISH = {
    "reading": ("Reading the meter", "A photo of the display is enough."),
    "bill": ("Explaining the bill", "Compare readings and instalments."),
}
index = TextIndex(
    (Document(key, ((title, 3.0), (text, 1.0))) for key, (title, text) in GERMAN.items()), stem_of("de"), True
)
english = TextIndex(
    (Document(key, ((title, 3.0), (text, 1.0))) for key, (title, text) in ENGLISH.items()), stem_of("en"), False
)


def found(query: str, in_english: bool = False) -> list[str]:
    return [hit.key for hit in (english if in_english else index).search(query)]


@pytest.mark.parametrize(
    ("query", "first", "also"),
    [
        ("Abschlag", "instalment", "payments"),
        ("Abschläge", "instalment", "payments"),
        ("Abschlagszahlung", "payments", "instalment"),
        ("abschlaege", "instalment", "payments"),
        ("zahlung", "parts", "payments"),
        ("Zählerstände", "meter", "meter"),
        ("zaehlerst", "meter", "meter"),
        ("ZAHLERSTAND", "meter", "meter"),
        ("ablesung", "meter", "meter"),
        ("abl", "meter", "meter"),
        ("kündigen", "cancel", "cancel"),
        ("Kuendigung", "cancel", "cancel"),
        ("strasse", "cancel", "cancel"),
        ("Foto Rechnung", "meter", "meter"),
    ],
)
def test_german_words_are_found_in_every_form(query: str, first: str, also: str) -> None:
    assert found(query)[0] == first
    assert also in found(query)


@pytest.mark.parametrize(("query", "first"), [("meters", "reading"), ("billing", "bill"), ("instalment", "bill")])
def test_english_words_are_found_in_every_form(query: str, first: str) -> None:
    assert found(query, in_english=True)[0] == first


def test_english_has_no_compounds() -> None:
    assert found("stalment", in_english=True) == []


def test_who_asks_with_too_many_words_gets_what_fits_best() -> None:
    assert found("Foto Quark") == ["meter"]
    assert index.search("Foto Quark", every_word=True) == ()
    assert [hit.key for hit in index.search("Foto Rechnung", every_word=True)] == ["meter"]


@pytest.mark.parametrize("query", ["", "  ", "?!", "–"])
def test_a_query_without_words_finds_nothing(query: str) -> None:
    assert found(query) == []


def test_the_words_of_the_query_are_marked_in_a_text() -> None:
    text = "Die Abschläge und Raten, Zählerstand ablesen"
    marks = index.marks(text, "abschlag ablesung")
    assert [text[start:end] for start, end in marks] == ["Abschläge", "ablesen"]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert TextIndex((), stem_of("de"), True).search("abschlag") == ()


@given(st.text(max_size=60), st.text(max_size=300))
@settings(max_examples=60)
def test_any_query_is_answered_and_marks_are_words_of_the_text(query: str, text: str) -> None:
    hits = index.search(query)
    assert all(hit.score > 0 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    last = 0
    for start, end in index.marks(text, query):
        assert last <= start < end <= len(text)
        last = end


@given(st.lists(st.text("abc", min_size=1, max_size=12), min_size=1, max_size=60), st.integers(0, 59))
def test_an_excerpt_holds_the_first_mark_and_its_marks_are_the_same_words(words: list[str], place: int) -> None:
    place = min(place, len(words) - 1)
    text = " ".join(words)
    start = len(" ".join(words[:place])) + (1 if place else 0)
    span = (start, start + len(words[place]))
    short, marks = excerpt(text, (span,), 80)
    assert [short[one:two] for one, two in marks] == [words[place]]
    assert len(short) <= 80 + 16
