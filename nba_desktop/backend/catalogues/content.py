"""A catalogue as its files' texts; their hash is its version."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nba_desktop.backend.decisioning.loader import read_files
from nba_desktop.backend.errors import ConfigurationError

CatalogueFiles = Mapping[str, str]
"""Texts by file name."""


def files_at(path: Path) -> CatalogueFiles:
    """Return the texts of a catalogue, a file or a folder of `*.yaml`.

    Raises `ConfigurationError` when there is none, `CatalogueErrors` when a file cannot be read as text.
    """
    if not path.exists():
        raise ConfigurationError(f"there is no catalogue at {path}: name a file or a folder of .yaml files")
    return read_files(path)
