"""Ids as they are made elsewhere, of the moment and a chance that is the same for the same seed."""

from __future__ import annotations

import random
from typing import Final
from uuid import UUID

_VERSION: Final = 7 << 76
_VARIANT: Final = 2 << 62


def id_at(chance: random.Random, at: float) -> UUID:
    """Return a UUIDv7 of a moment, given in seconds since 1970."""
    return UUID(
        int=(int(at * 1000) << 80) | _VERSION | (chance.getrandbits(12) << 64) | _VARIANT | chance.getrandbits(62)
    )
