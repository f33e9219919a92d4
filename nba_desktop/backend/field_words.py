"""What is wrong with a field, in a few words that hold the way out and nothing of what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_WORDS: Final[Mapping[str, str]] = {
    "missing": "is missing: send it",
    "extra_forbidden": "holds a name that nobody knows: leave it out",
    "json_invalid": "is no JSON: send one JSON document in UTF-8",
    "uuid": "is no id: send a UUID",
    "int": "is no whole number: send one, such as 3",
    "float": "is no number: send one, such as 3.5",
    "bool": "is neither true nor false: send one of them",
    "string_type": "is no text: send one in quotes",
    "string_too_short": "is too short: send at least {min_length} characters",
    "string_too_long": "is too long: send at most {max_length} characters",
    "string_pattern_mismatch": "is not of the form {pattern}",
    "too_short": "holds too little: send at least {min_length}",
    "too_long": "holds too much: send at most {max_length}",
    "greater_than_equal": "is too small: send at least {ge}",
    "less_than_equal": "is too large: send at most {le}",
    "greater_than": "is too small: send more than {gt}",
    "less_than": "is too large: send less than {lt}",
    "enum": "is none of its values: send {expected}",
    "literal_error": "is none of its values: send {expected}",
    "timezone_aware": "has no zone: send RFC 3339 with one, such as 2026-03-12T09:30:00Z",
    "datetime": "is no moment: send RFC 3339 with a zone, such as 2026-03-12T09:30:00Z",
    "date": "is no day: send one such as 2026-03-12",
    "dict": "is no object: send {{…}}",
    "model": "is no object: send {{…}}",
    "list": "is no list: send […]",
    "tuple": "is no list: send […]",
}
"""By the kind of an error as pydantic names it, or by the word that it begins with."""


def in_words(error: Mapping[str, Any]) -> str:
    """Say what is wrong; what the model asks for may be quoted, what was sent never is."""
    kind = str(error["type"])
    if kind == "value_error":
        # From a validator of the contract: it repeats nothing of what was sent.
        return str(error["msg"]).removeprefix("Value error, ")
    words = _WORDS.get(kind) or _WORDS.get(kind.partition("_")[0])
    return kind.replace("_", " ") if words is None else words.format_map(error.get("ctx", {}))
