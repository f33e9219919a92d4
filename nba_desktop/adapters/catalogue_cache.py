"""The last catalogue head of each language, for the time when the backend is away."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from nba_desktop.adapters.files import write_atomically
from nba_desktop.contract.base import Language
from nba_desktop.contract.contact import CatalogueHead

_log: Final = logging.getLogger(__name__)


class CatalogueCache:
    """One file per language in `folder`. It is a cache: what cannot be read or kept is fetched again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, language: Language) -> CatalogueHead | None:
        """The last head in this language; None when there is none that can be used."""
        try:
            head = CatalogueHead.model_validate_json(self._path(language).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            _log.info("the cached catalogue is of no use (%s)", type(error).__name__)
            return None
        return head if head.language == language else None

    def save(self, head: CatalogueHead) -> None:
        """Keep a head in place of the older one; a disk that does not take it is logged."""
        try:
            write_atomically(self._path(head.language), head.model_dump_json().encode())
        except OSError as error:
            _log.warning("the catalogue cannot be cached (%s)", error.strerror)

    def _path(self, language: Language) -> Path:
        return self._folder / f"catalogue-{language}.json"
