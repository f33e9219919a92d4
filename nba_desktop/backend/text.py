"""Text as search compares it: without case, accents and spelling variants."""

from __future__ import annotations

import re
import unicodedata

_SPELLINGS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o", "å": "a", "ł": "l", "đ": "d"})
# Applied to both sides of a comparison, so that Müller, Mueller and Muller are one name.
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_ASCII_WORDS = re.compile("[a-z0-9]+")


def fold_text(text: str) -> str:
    """Return lower-case words separated by single blanks, without accents and punctuation."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_SPELLINGS)
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    for written, spoken in _DIGRAPHS:
        plain = plain.replace(written, spoken)
    if plain.isascii():
        return " ".join(_ASCII_WORDS.findall(plain))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def fold_code(text: str) -> str:
    """Return a customer, contract or meter number without case, blanks and punctuation."""
    if text.isascii() and text.isalnum():
        return text.lower()
    return "".join(c for c in text.casefold() if c.isalnum())


def digits_of(text: str) -> str:
    """Return the ASCII digits of `text`."""
    return "".join(c for c in text if c in "0123456789")
