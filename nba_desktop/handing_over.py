"""A call that another program reports: read, and handed to the panel that runs, without what a panel needs itself.

A softphone starts this with every call: what is imported here is waited for while it rings.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from nba_desktop import paths
from nba_desktop.adapters.cti.call_url import parse_call_url
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.adapters.single_instance import SingleInstance, session_key
from nba_desktop.domain.call_event import CallEvent

PATIENT: Final = 5
"""Attempts for a call that nobody else will take."""

_HAND_OVER_MS: Final = 2_000


def check_call(text: str) -> CallEvent:
    """What a call URL says, whatever the settings make of its number. Raises `CallUrlError`."""
    return parse_call_url(text, NumberSettings(), datetime.now(UTC))


def hand_over(text: str, attempts: int = 1) -> bool:
    """Give a call to the panel that runs in this session; False when none does, or none that takes it in time."""
    instance = SingleInstance(paths.runtime_dir(), session_key())
    return any(instance.send_to_running(text, _HAND_OVER_MS) for _ in range(attempts))
