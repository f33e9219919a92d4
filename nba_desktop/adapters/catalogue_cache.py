"""The last catalogue head and knowledge of each language, for the time when the backend is away."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final, TypeVar

from pydantic import ValidationError

from nba_desktop.adapters.files import write_atomically
from nba_desktop.contract.base import Language
from nba_desktop.contract.contact import CatalogueHead
from nba_desktop.contract.knowledge import KnowledgeBase

_log: Final = logging.getLogger(__name__)

K = TypeVar("K", CatalogueHead, KnowledgeBase)


class CatalogueCache:
    """A file per language and kind in `folder`. It is a cache: what cannot be read or kept is fetched again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, language: Language) -> CatalogueHead | None:
        """The last head in this language; None when there is none that can be used."""
        return self._load("catalogue", language, CatalogueHead)

    def save(self, head: CatalogueHead) -> None:
        """Keep a head in place of the older one; a disk that does not take it is logged."""
        self._save("catalogue", head)

    def load_knowledge(self, language: Language) -> KnowledgeBase | None:
        """The last knowledge in this language; None when there is none that can be used."""
        return self._load("knowledge", language, KnowledgeBase)

    def save_knowledge(self, base: KnowledgeBase) -> None:
        """Keep the knowledge in place of the older one; a disk that does not take it is logged."""
        self._save("knowledge", base)

    def _load(self, what: str, language: Language, kind: type[K]) -> K | None:
        try:
            kept = kind.model_validate_json(self._path(what, language).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            _log.info("the cached %s is of no use (%s)", what, type(error).__name__)
            return None
        return kept if kept.language == language else None

    def _save(self, what: str, kept: CatalogueHead | KnowledgeBase) -> None:
        try:
            write_atomically(self._path(what, kept.language), kept.model_dump_json().encode())
        except OSError as error:
            _log.warning("the %s cannot be cached (%s)", what, error.strerror)

    def _path(self, what: str, language: Language) -> Path:
        return self._folder / f"{what}-{language}.json"
