"""The consent wordings of the versions that decide, kept so that each consent can be proved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from nba_desktop.backend.catalogues.lifecycle import Lives
from nba_desktop.backend.consent.wording import register_wordings
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.contract.base import Language
from nba_desktop.contract.consent import ConsentWording

LANGUAGES: Final[tuple[Language, ...]] = ("de", "en")


def register_wordings_of(unit: Unit, lives: Lives, now: datetime, of_version: Callable[[Unit, str], Catalogue]) -> None:
    """Introduce the wordings of the live version and of the ramped one, retire all others; `of_version` reads one.

    Raises `ConfigurationError` when a wording was edited without a new version, or a version no longer loads.
    """
    deciding = [lives.live] if lives.ramp is None else [lives.live, lives.ramp.version]
    catalogues = [of_version(unit, version) for version in deciding if version is not None]
    register_wordings(unit.consents, [one for catalogue in catalogues for one in wordings_of(catalogue)], now)


def wordings_of(catalogue: Catalogue) -> list[ConsentWording]:
    """Return a catalogue's wordings in every language."""
    return [one for language in LANGUAGES for one in catalogue.wordings(language)]
