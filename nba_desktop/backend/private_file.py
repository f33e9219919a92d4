"""Files with a secret: whoever else may read them on this machine is found before they are used."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from nba_desktop.backend.errors import ConfigurationError

_OTHERS: Final = 0o007


def check_private(path: Path) -> None:
    """Refuse a file that every user of this machine may read; raises `ConfigurationError` with the way out."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
    # On Windows the mode says nothing about who may read a file.
    if sys.platform != "win32" and mode & _OTHERS:
        raise ConfigurationError(f"every user of this machine may read {path}: chmod o= {path}")
