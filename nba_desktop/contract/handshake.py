"""Whether a panel and a backend understand each other: one number for the contract, and the version of each program.

Each request of a panel carries both headers, each answer of a backend too. Who sends none – another system, a probe –
is judged by nobody.
"""

from __future__ import annotations

import re
from typing import Final, Literal

PROTOCOL: Final = 1
"""Counts the contract's incompatible changes.

Whoever raises it keeps what the number before needs: panels and backends of one site are never updated in one moment.
"""

PROTOCOL_HEADER: Final = "NBA-Protocol"
VERSION_HEADER: Final = "NBA-Version"

TooOld = Literal["panel_too_old", "backend_too_old"]

_APART: Final = 1
_NUMBERS: Final = re.compile(r"\d{1,9}(?:\.\d{1,9}){0,5}", re.ASCII)


def too_old(panel: int, backend: int) -> TooOld | None:
    """Which of the two protocols must be brought up to date before they understand each other; None when they do."""
    if abs(panel - backend) <= _APART:
        return None
    return "panel_too_old" if panel < backend else "backend_too_old"


def is_version(text: str) -> bool:
    """Whether a text is dotted numbers, such as `1.4.2`."""
    return _NUMBERS.fullmatch(text) is not None


def version_order(text: str) -> tuple[int, ...]:
    """The numbers a version begins with, to be compared: `1.10` comes after `1.9`, and `1.0` is `1`.

    What follows them (`rc1`, `+local`) does not count; what begins with none comes before every version.
    """
    found = _NUMBERS.match(text)
    numbers = [int(one) for one in found[0].split(".")] if found else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def read_protocol(text: str) -> int | None:
    """The number of a header, None for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None
