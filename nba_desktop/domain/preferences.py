"""How the agent likes his panel; what he has not chosen is as the settings say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from nba_desktop.contract.base import Language
from nba_desktop.domain.key_map import Command, KeyMap
from nba_desktop.domain.settings_in_force import SettingsInForce

Theme = Literal["system", "light", "dark", "contrast_light", "contrast_dark"]
TextSize = Literal[100, 110, 125, 150, 175, 200]
"""In percent of the usual size."""
THEMES: Final[tuple[Theme, ...]] = ("system", "light", "dark", "contrast_light", "contrast_dark")
TEXT_SIZES: Final[tuple[TextSize, ...]] = (100, 110, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True)
class Preferences:
    """The agent's own choices; None where he has made none. `keys` are those that differ, by the commands' names."""

    language: Language | None = None
    theme: Theme | None = None
    text_size: TextSize | None = None
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setup:
    """What the panel is set to now; `has_hotkey` says whether this desktop knows keys for the whole of it.

    `practising` is for a panel that is itself the practice, and need not lead there. `in_force` says where every
    setting comes from, and which of them the agent cannot change.
    """

    language: Language = "de"
    theme: Theme = "system"
    text_size: TextSize = 100
    keys: KeyMap = field(default_factory=KeyMap)
    has_hotkey: bool = True
    practising: bool = False
    in_force: SettingsInForce = field(default_factory=SettingsInForce)

    def locks_key(self, command: Command) -> bool:
        """Whether the machine's policy holds a command's key; for the whole desktop's it has a setting of its own."""
        names = ("keys", f"keys.{command.value}", *(("hotkey",) if command is Command.FORWARD else ()))
        return any(map(self.in_force.locks, names))
