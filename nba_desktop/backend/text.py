"""Text as search compares it: without case, accents and spelling variants."""

from __future__ import annotations

import unicodedata

_SPELLINGS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o", "å": "a", "ł": "l", "đ": "d"})
# Applied to both sides of a comparison, so that Müller, Mueller and Muller are one name.
_DIGRAPHS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


def fold_text(text: str) -> str:
    """Return lower-case words separated by single blanks, without accents and punctuation."""
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_SPELLINGS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    for written, spoken in _DIGRAPHS:
        plain = plain.replace(written, spoken)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def fold_code(text: str) -> str:
    """Return a customer, contract or meter number without case, blanks and punctuation."""
    return "".join(c for c in text.casefold() if c.isalnum())


def digits_of(text: str) -> str:
    """Return the ASCII digits of `text`."""
    return "".join(c for c in text if c in "0123456789")
