"""Signals of a part that are told on by what it is in."""

from __future__ import annotations

from PySide6.QtCore import QObject


def pass_on(source: QObject, target: QObject, *names: str) -> None:
    """Connect signals of one object to those of the same names of another; `AttributeError` where one has none."""
    for name in names:
        getattr(source, name).connect(getattr(target, name))
