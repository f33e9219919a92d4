"""The scheme of call URLs, and whether it reaches this program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SCHEME: Final = "nba-desktop"
REGISTER: Final = "nba-desktop scheme register"


@dataclass(frozen=True, slots=True)
class SchemeState:
    """Whether `nba-desktop:` addresses reach this program; `way_out` is empty when they do."""

    ok: bool
    says: str
    way_out: str = ""


def not_registered() -> SchemeState:
    """What is said where nothing opens the addresses."""
    return SchemeState(False, f"no program is registered for {SCHEME}: addresses", f"run {REGISTER}")
