"""How far a long command is, on one line of a terminal; where nobody watches, nothing."""

from __future__ import annotations

import sys
from typing import Final

from nba_desktop.backend.rows.imports import ImportRow

_WIDTH: Final = 30


class Bar:
    """Draws how many of `count` lines are done; the count may be a little off."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._watched = sys.stderr.isatty()

    def show_import(self, progress: ImportRow) -> None:
        """Draw the line anew."""
        if not self._watched or not self._count:
            return
        share = min(progress.lines / self._count, 1)
        filled = round(share * _WIDTH)
        sys.stderr.write(
            f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {share:4.0%}  {progress.lines} of {self._count} lines, "
            f"{progress.refused} refused "
        )
        sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._watched and self._count:
            sys.stderr.write("\n")
