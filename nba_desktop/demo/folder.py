"""The folder of one demo: there while it runs, gone afterwards, however it ends."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def demo_folder(*, keep: bool = False) -> Iterator[Path]:
    """Yield a new folder and remove it at the end, or say where it is kept."""
    folder = Path(tempfile.mkdtemp(prefix="nba-desktop-demo-"))
    try:
        yield folder
    finally:
        if keep:
            print(f"database kept in {folder}", file=sys.stderr)
        else:
            shutil.rmtree(folder)
