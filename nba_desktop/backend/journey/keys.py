"""What a touchpoint is known by: the source it comes from and the id it has there."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

_LONGEST: Final = 64
_HASHED: Final = "sha256"


def touchpoint_key(source: str, source_id: str) -> str:
    """Return the id of a touchpoint, the same whenever and by whichever way it comes; at most 64 characters.

    Ids of one source that follow one another stay in order, which the indexes of a database like. What is long, or
    could be mistaken for another source's, is hashed.
    """
    key = f"{source}:{source_id}"
    plain = key.isascii() and key.isprintable() and ":" not in source and source != _HASHED
    if plain and len(key) <= _LONGEST:
        return key
    hashed = sha256(f"{source}\0{source_id}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{_HASHED}:{hashed[:56]}"
