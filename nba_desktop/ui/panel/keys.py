"""The commands of the panel in the order of its controls, and how their keys are shown."""

from __future__ import annotations

from typing import Final

from nba_desktop.contract.codes import ResponseGroup
from nba_desktop.domain.contact import Tab
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.ui.texts.key_words import native_key

USUAL_KEYS: Final = KeyMap()
TABS: Final = {
    Tab.GUIDE: Command.GUIDE,
    Tab.BENEFITS: Command.BENEFITS,
    Tab.OBJECTIONS: Command.OBJECTIONS,
    Tab.KNOWLEDGE: Command.KNOWLEDGE,
}
ACTIONS: Final = (Command.ACTION_1, Command.ACTION_2, Command.ACTION_3)
DIGITS: Final = (
    Command.DIGIT_1,
    Command.DIGIT_2,
    Command.DIGIT_3,
    Command.DIGIT_4,
    Command.DIGIT_5,
    Command.DIGIT_6,
)
"""Without an open group the group in this place; with one its reason in this place."""
GROUPS: Final = dict(zip(ResponseGroup, DIGITS, strict=False))


def shown(sequence: str) -> str:
    """A key as the platform writes it: Strg+1 in German."""
    return native_key(sequence)
