"""Which catalogue a backend starts with: its file as long as nobody has acted, then what people put in force."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Final

from nba_desktop.backend.catalogues.content import CatalogueFiles
from nba_desktop.backend.catalogues.lifecycle import INSTALLATION, Lives, Step, lives_of
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.catalogues.wordings import register_wordings_of
from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.catalogues import StepRow, VersionRow

_BUILT_IN: Final = "the sample that comes with the program"
"""The note of a version that nobody named: only such a one gives way to a newer sample by itself."""
_log = logging.getLogger(__name__)


def take_in(unit: Unit, files: CatalogueFiles, now: datetime, explicit: bool, catalogues: LiveCatalogues) -> None:
    """Make the files the live catalogue of a backend that starts, unless people decide by versions; register wordings.

    The first version of a store is taken in and made live. As long as only the installation has ever acted, files that
    were named (`explicit`) replace what is live, and the sample of a newer program replaces the sample of an older one;
    what a site has named is kept where nothing is named. Each replacement is logged. Once a person has submitted,
    approved or activated anything, the store decides: files that were named and are not the live version are a
    `ConfigurationError` with the way out. What is compiled for it, `catalogues` keeps. Raises `CatalogueErrors` for
    files that are no catalogue.
    """
    lives = lives_of(unit.catalogues.steps())
    before = lives.live
    if lives.only_installation:
        catalogue = catalogues.of_files(files)
        if catalogue.version != lives.live and (explicit or _gives_way(unit, lives)):
            if unit.catalogues.by_version(catalogue.version) is None:
                note = "" if explicit else _BUILT_IN
                unit.catalogues.add(VersionRow(catalogue.version, files, now, INSTALLATION, note))
            for step in (Step.SUBMITTED, Step.ACTIVATED):
                row = StepRow(catalogue.version, step.value, INSTALLATION, now, None, "")
                lives = lives.after(row)
                unit.catalogues.append_step(row)
    elif lives.live is None:
        raise ConfigurationError(
            "the store holds versions of the catalogue and none of them is live: approve one "
            "(catalogue approve VERSION --by NAME) and activate it (catalogue activate VERSION --by NAME); "
            "`catalogue list` shows them"
        )
    elif explicit:
        version = catalogue_version(files)
        if version != lives.live:
            raise ConfigurationError(
                f"the catalogue named with --catalogue is version {version}, live is {lives.live}: since a person has "
                "put versions in force, a file alone does not change what decides. Start without --catalogue, or "
                "submit it (catalogue submit), have a second person approve it, and activate it"
            )
    register_wordings_of(unit, lives, now, catalogues.of_version)
    if before is not None and lives.live != before:
        _tell(before, lives.live, explicit)


def _gives_way(unit: Unit, lives: Lives) -> bool:
    live = None if lives.live is None else unit.catalogues.by_version(lives.live)
    return live is None or live.note == _BUILT_IN


def _tell(before: str, after: str | None, explicit: bool) -> None:
    if explicit:
        _log.warning(
            "the catalogue named with --catalogue, version %s, is live from now on and replaces version %s",
            after,
            before,
        )
    else:
        _log.info("the program's newer sample catalogue, version %s, replaces its sample, version %s", after, before)
