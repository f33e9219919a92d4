"""Catalogues as commands name them, and the codes of a catalogue that commands are given."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from nba_desktop.backend.catalogues.versions import VersionService
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.entries.catalogue import CatalogueEntry
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.ports.unit import Store


def named_catalogue(name: str, store: Store | None) -> Catalogue:
    """Load a catalogue by where it is, or by its version (or `live`) where a `store` is named.

    Raises `ConfigurationError` when there is none, `CatalogueErrors` for one with mistakes.
    """
    if Path(name).exists():
        return load_catalogue(Path(name))
    if store is None:
        raise ConfigurationError(
            f"there is no catalogue at {name}: to name a version, name the backend's folder with --data"
        )
    return VersionService(store, now_utc).catalogue(name)


def skills_of(entry: CatalogueEntry) -> frozenset[str]:
    """Every skill a catalogue names."""
    of_groups = (skill for group in entry.groups for skill in group.skills)
    of_actions = (skill for action in entry.actions for skill in action.skills)
    return frozenset((*entry.skills, *of_groups, *of_actions))


def check_codes(
    catalogues: Iterable[Catalogue], concern: str | None, skills: Iterable[str], authority: str | None
) -> None:
    """Raise `ConfigurationError` for a code that none of the catalogues knows.

    A mistyped one would silently be no concern, no skill, no level.
    """
    entries = [one.entry for one in catalogues]
    concerns = {one.code for entry in entries for one in entry.concerns}
    _check_known("concern", [concern] if concern else [], concerns)
    _check_known("skill", sorted(skills), {skill for entry in entries for skill in skills_of(entry)})
    levels = {level for entry in entries for level in entry.bonus.limits_eur}
    _check_known("authority", [authority] if authority else [], levels)


def _check_known(what: str, given: Iterable[str], there: Collection[str]) -> None:
    for one in given:
        if one not in there:
            names = ", ".join(sorted(there)) or "it names none"
            raise ConfigurationError(f"the catalogue knows no {what} {one}: {names}")
