"""The colours of the panel: one set of tokens for each theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme as `#rrggbb`; which lie on which, and how they differ, is measured by a test."""

    window: str
    ground: str
    text: str
    muted: str
    border: str
    edge: str
    accent: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    bad: str
    bad_soft: str
    chip: str


LIGHT: Final = Tokens(
    window="#ffffff",
    ground="#f3f6f8",
    text="#1b2430",
    muted="#5b6877",
    border="#dde3ea",
    edge="#7b8896",
    accent="#0a6b6b",
    accent_soft="#e2f1f0",
    on_accent="#ffffff",
    good="#1b7a3d",
    good_soft="#e6f3ea",
    bad="#b3261e",
    bad_soft="#fbeae9",
    chip="#edf0f4",
)
DARK: Final = Tokens(
    window="#1e2530",
    ground="#161b22",
    text="#e6eaf0",
    muted="#9aa6b4",
    border="#353e4b",
    edge="#7d8a9a",
    accent="#4fc3bd",
    accent_soft="#173d3d",
    on_accent="#10201f",
    good="#5dd08a",
    good_soft="#1a3526",
    bad="#ff8a80",
    bad_soft="#43272a",
    chip="#2a323e",
)
CONTRAST_LIGHT: Final = Tokens(
    window="#ffffff",
    ground="#ffffff",
    text="#000000",
    muted="#2b333d",
    border="#56616e",
    edge="#000000",
    accent="#004a4a",
    accent_soft="#d9f2f1",
    on_accent="#ffffff",
    good="#004d1c",
    good_soft="#e2f5e8",
    bad="#860c06",
    bad_soft="#fdeae8",
    chip="#eceff3",
)
CONTRAST_DARK: Final = Tokens(
    window="#000000",
    ground="#000000",
    text="#ffffff",
    muted="#d8dee6",
    border="#8d98a5",
    edge="#ffffff",
    accent="#7af2ea",
    accent_soft="#003a3a",
    on_accent="#000000",
    good="#86f5ad",
    good_soft="#00300f",
    bad="#ffb9b2",
    bad_soft="#420a08",
    chip="#1b222a",
)
