"""The agents' guides say what the program does: its keys, its pictures, and the same in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nba_desktop.domain.key_map import USUAL

ROOT = Path(__file__).parents[2]
GUIDES = ("docs/agent-guide.de.md", "docs/agent-guide.en.md")
LARGEST_PICTURE = 150_000
"""Bytes."""

IN_EVERY_PROGRAM = {"Alt", "Alt+Tab", "Tab", "Shift+Tab"}
ENGLISH = {"Strg": "Ctrl", "Umschalt": "Shift"}


def text_of(guide: str) -> str:
    return (ROOT / guide).read_text(encoding="utf-8")


def keys_of(guide: str) -> list[str]:
    """The keys that a guide names, in English, in their order."""
    named = re.findall(r"`((?:Strg|Ctrl|Alt|Umschalt|Shift|Esc|Tab|F\d)[^`]*)`", text_of(guide))
    return ["+".join(ENGLISH.get(part, part) for part in re.split(r"\+(?!$)", key)) for key in named]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_key_of_a_guide_is_a_key_of_the_program(guide: str) -> None:
    assert set(keys_of(guide)) - IN_EVERY_PROGRAM <= set(USUAL.values())


def test_both_guides_name_the_same_keys_in_the_same_order() -> None:
    assert keys_of(GUIDES[0]) == keys_of(GUIDES[1])


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_has_small_pictures_in_its_own_language(guide: str) -> None:
    language = guide.split(".")[1]
    pictures = re.findall(r'src="([^"]+)"', text_of(guide))
    assert len(pictures) >= 4
    for picture in pictures:
        assert picture.endswith(f".{language}.png")
        assert (ROOT / "docs" / picture).stat().st_size < LARGEST_PICTURE


def test_every_picture_is_in_a_guide() -> None:
    named = {one for guide in GUIDES for one in re.findall(r'src="pictures/([^"]+)"', text_of(guide))}
    assert named == {path.name for path in (ROOT / "docs" / "pictures").iterdir()}


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_has_no_more_than_two_pages(guide: str) -> None:
    assert len(text_of(guide).split()) < 1_000
