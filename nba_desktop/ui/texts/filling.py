"""Putting parameters into a sentence that may have to do without some of them."""

from __future__ import annotations

from string import Formatter


def fill(sentence: str, params: dict[str, str], without: str = "") -> str:
    """`sentence` with its `{name}` gaps filled; `without` when a parameter it needs is missing."""
    needed = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    return sentence.format(**params) if needed <= params.keys() else without
