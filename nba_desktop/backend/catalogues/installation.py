"""Which catalogue a backend starts with: its file as long as nobody has acted, then what people put in force."""

from __future__ import annotations

from datetime import datetime

from nba_desktop.backend.catalogues.content import CatalogueFiles
from nba_desktop.backend.catalogues.lifecycle import INSTALLATION, Step, lives_of
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.catalogues.wordings import register_wordings_of
from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.ports import Unit
from nba_desktop.backend.rows import StepRow, VersionRow


def take_in(unit: Unit, files: CatalogueFiles, now: datetime, explicit: bool, catalogues: LiveCatalogues) -> None:
    """Make the files the live catalogue of a backend that starts, unless people decide by versions; register wordings.

    The first version of a store, and another content as long as only the installation has ever acted, is taken in and
    made live. Once a person has submitted, approved or activated anything, the store decides: files that were named
    (`explicit`) and are not the live version are a `ConfigurationError` with the way out. What is compiled for it,
    `catalogues` keeps. Raises `CatalogueErrors` for files that are no catalogue.
    """
    lives = lives_of(unit.catalogues.steps())
    if lives.only_installation:
        catalogue = catalogues.of_files(files)
        if catalogue.version != lives.live:
            if unit.catalogues.by_version(catalogue.version) is None:
                unit.catalogues.add(VersionRow(catalogue.version, files, now, INSTALLATION, ""))
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
