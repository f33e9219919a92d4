"""That the tour was seen: one small file in the data folder."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from nba_desktop.adapters.files import write_atomically

_log: Final = logging.getLogger(__name__)
_CONTENT: Final = b"The tour of the panel was seen.\n"


class TourMark:
    """The mark is that the file is there; nothing but comfort depends on it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def seen(self) -> bool:
        """Whether the tour was seen to its end, or skipped, on this workstation."""
        try:
            return self._path.is_file()
        except OSError:
            return True

    def leave(self) -> None:
        """Remember it; where that cannot be written the tour is shown once more at the next start."""
        try:
            write_atomically(self._path, _CONTENT)
        except OSError as error:
            _log.info("the mark of the tour cannot be written (%s)", error.strerror)
