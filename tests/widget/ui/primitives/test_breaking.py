"""Words that are wider than their line are broken where a reader expects it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.ui.primitives.breaking import SOFT_HYPHEN, broken, whole


def in_twelve(word: str) -> bool:
    return len(word) <= 12


@pytest.mark.parametrize(
    "syllables",
    [
        "Abschlags zah lung",
        "Preis garan tie",
        "Mar keting wider spruch",
        "Wei ter ver bun den",
        "Nach bear bei tung",
        "Hei zungs war tung",
        "Geburts datum",
        "unter drückt",
        "authen tica ted",
    ],
)
def test_a_word_is_broken_at_its_syllables(syllables: str) -> None:
    word = syllables.replace(" ", "")
    assert broken(word, lambda one: one != word).split(SOFT_HYPHEN) == syllables.split()


def test_what_fits_is_left_alone() -> None:
    assert broken("Abschlag passend machen", in_twelve) == "Abschlag passend machen"


def test_what_has_no_syllables_is_broken_anywhere_without_a_hyphen() -> None:
    number = "DE02120300000000202051"
    shown = broken(number, in_twelve)
    assert SOFT_HYPHEN not in shown
    assert whole(shown) == number
    assert len(shown) > len(number)


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("/etc/xdg/nba-desktop/policy.json", "/ etc/ xdg/ nba- desktop/ policy. json"),
        ("https://nba.example/v1", "https:// nba. example/ v1"),
        (r"HKLM\Software\Policies", "HKLM\\ Software\\ Policies"),
        ("pbx.beispielhausen.example", "pbx. b|e|i|s|p|i|e|l|h|a|u|s|e|n|. example"),
    ],
)
def test_an_address_is_broken_between_its_parts_without_a_hyphen(address: str, parts: str) -> None:
    shown = broken(address, in_twelve)
    assert SOFT_HYPHEN not in shown
    assert shown == "\u200b".join(parts.replace("|", " ").split())
    assert whole(shown) == address


def test_markup_stays_whole() -> None:
    rich = '<span style="font-weight:600">Abschlagszahlung</span> &amp; mehr'
    shown = broken(rich, in_twelve, markup=True)
    assert '<span style="font-weight:600">' in shown
    assert "&amp;" in shown
    assert whole(shown) == rich


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\u00ad\u200b"), max_size=80))
def test_nothing_is_lost_by_breaking(text: str) -> None:
    assert whole(broken(text, lambda word: len(word) <= 4)) == text
