"""What the agent chose in the panel, in a file of its own beside the settings, which belong to whoever set them up."""

from __future__ import annotations

import logging
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from nba_desktop.adapters.files import write_atomically
from nba_desktop.contract.base import Language
from nba_desktop.domain.errors import SettingsError
from nba_desktop.domain.preferences import Preferences, TextSize, Theme

_log: Final = logging.getLogger(__name__)
_LARGEST_FILE: Final = 64 * 1024


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    form: Literal[1] = 1
    language: Language | None = None
    theme: Theme | None = None
    text_size: TextSize | None = None
    keys: dict[str, str] = {}


class PreferencesFile:
    """One small file that is replaced as a whole, and only by what the agent chooses."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set_aside: Path | None = None
        """Where a file went that is none of ours, so that nothing of it is lost."""

    def load(self) -> Preferences:
        """What was chosen last, or nothing yet; a damaged file is set aside. Raises `SettingsError`."""
        return self._aside() if (kept := self.kept()) is None else kept

    def kept(self) -> Preferences | None:
        """What was chosen last, or nothing yet; None for a damaged file, which stays. Raises `SettingsError`."""
        try:
            with self.path.open("rb") as file:
                content = file.read(_LARGEST_FILE + 1)
        except FileNotFoundError:
            return Preferences()
        except OSError as error:
            raise SettingsError(str(self.path), f"cannot be read ({error.strerror})") from None
        try:
            if len(content) > _LARGEST_FILE:
                return None
            kept = _Kept.model_validate_json(content)
        except ValidationError:
            return None
        return Preferences(kept.language, kept.theme, kept.text_size, kept.keys)

    def save(self, preferences: Preferences) -> None:
        """Keep them in place of what was there. Raises `SettingsError`; what was kept before then stays."""
        kept = _Kept(
            language=preferences.language,
            theme=preferences.theme,
            text_size=preferences.text_size,
            keys=dict(preferences.keys),
        )
        try:
            write_atomically(self.path, kept.model_dump_json(indent=2, exclude_none=True).encode() + b"\n")
        except OSError as error:
            raise SettingsError(str(self.path), f"cannot be written ({error.strerror})") from None

    def _aside(self) -> Preferences:
        place = self.path.with_name(f"{self.path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        try:
            os.replace(self.path, place)
        except OSError as error:
            raise SettingsError(str(self.path), f"cannot be set aside ({error.strerror})") from None
        self.set_aside = place
        _log.info("the preferences were no sound file and are set aside")
        return Preferences()
