"""What was probably meant, for whoever mistyped a name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def guess(written: str, known: Iterable[str], alike: float = 0.6) -> str:
    """The known name that was probably meant, as a question; empty when none is close.

    `alike` is how close a name has to be, from 0 to 1 (the ratio of `difflib`).
    """
    close = difflib.get_close_matches(written, list(known), n=1, cutoff=alike)
    return f"did you mean '{close[0]}'?" if close else ""
