"""Where the program's own files and the user's folders are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_APP = "nba-desktop"


def _root() -> Path:
    """The folder that holds `resources` and `translations`: bundle, installed wheel or source tree."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle)
    package = Path(__file__).resolve().parent
    installed = package / "_data"
    return installed if installed.is_dir() else package.parent


def resource(*parts: str) -> Path:
    """The path of a shipped file or folder under `resources`."""
    return _root().joinpath("resources", *parts)


def translation(name: str) -> Path:
    """The path of a compiled translation, such as `nba_de.qm`."""
    return _root() / "translations" / name


def config_dir() -> Path:
    """Where the user's settings are."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False))


def data_dir() -> Path:
    """Where the outbox and the embedded backend's database are; local, never a roaming profile."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def cache_dir() -> Path:
    """Where the last catalogue head is kept."""
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def runtime_dir() -> Path:
    """Where the lock and the socket of the running panel are; only this user can write there."""
    session = os.environ.get("XDG_RUNTIME_DIR")
    if session and Path(session).is_dir():
        return Path(session)
    folder = data_dir()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
