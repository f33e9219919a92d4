"""What the browser shows at the end of a sign-in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignInPages:
    """What the browser shows at the end, as plain text."""

    done: str
    failed: str
