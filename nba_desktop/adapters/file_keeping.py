"""A file where the user wants it: as a whole, or not at all."""

from __future__ import annotations

from pathlib import Path

from nba_desktop.adapters.files import disk_failure, write_atomically
from nba_desktop.domain.errors import FileNotKept


def keep_file(path: Path, content: bytes) -> None:
    """Write a file in place of what is there. Raises `FileNotKept`; what was there before then stays."""
    try:
        write_atomically(path, content)
    except OSError as error:
        raise FileNotKept(f"the file cannot be written ({error.strerror})", disk_failure(error)) from None
