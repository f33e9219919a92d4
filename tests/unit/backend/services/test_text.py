"""How search compares text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.text import digits_of, fold_code, fold_text


@pytest.mark.parametrize("spelling", ["Müller", "MUELLER", "Muller", "mu\u0308ller", "müller,"])
def test_the_spellings_of_a_name_are_one(spelling: str) -> None:
    assert fold_text(spelling) == "muller"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Weiß", "weiss"), ("François  Côté", "francois cote"), ("O'Neill", "o neill"), ("Łódź", "lodz"), ("\x00", "")],
)
def test_accents_and_punctuation_do_not_count(text: str, folded: str) -> None:
    assert fold_text(text) == folded


def test_a_number_is_one_however_it_is_written() -> None:
    assert fold_code("K-104 233") == fold_code("k104233") == "k104233"
    assert digits_of("+49 (351) 12-3 ٣") == "49351123"


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_but_spelling(text: str) -> None:
    folded = fold_text(text)
    assert folded == " ".join(folded.split())
    assert "\x00" not in folded
    assert all(character.isalnum() or character == " " for character in folded)
