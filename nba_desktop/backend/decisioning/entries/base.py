"""What every part of a catalogue file is made of: frozen entries, and words in both languages."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from nba_desktop.contract.base import Language

_UNSPEAKABLE: Final = frozenset({"Cc", "Zl", "Zp"})
"""Controls and breaks of lines and paragraphs, which neither a card nor a terminal shows as they are meant."""


def one_line(text: str) -> str:
    """Return a text without control characters as it is; raise `ValueError` for any other."""
    for one in text:
        if unicodedata.category(one) in _UNSPEAKABLE:
            what = {"\n": "a line break", "\t": "a tab"}.get(one, f"the control character U+{ord(one):04X}")
            raise ValueError(f"the text holds {what}: write it in one line of plain characters")
    return text


Sentence = Annotated[
    str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True), AfterValidator(one_line)
]


class Entry(BaseModel):
    """A part of the catalogue file: frozen, and a key nobody knows is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Words(Entry):
    """A sentence in both languages; may hold `{attribute}` gaps where the catalogue allows them."""

    de: Sentence
    en: Sentence

    def into(self, language: Language) -> str:
        """Return the sentence in one language."""
        return self.de if language == "de" else self.en


class WordList(Entry):
    """A list of words in both languages."""

    de: tuple[Sentence, ...] = ()
    en: tuple[Sentence, ...] = ()

    def into(self, language: Language) -> tuple[str, ...]:
        """Return the words in one language."""
        return self.de if language == "de" else self.en
