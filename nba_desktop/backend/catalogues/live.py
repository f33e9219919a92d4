"""The versions of the catalogue that decide now, compiled; read again only when a step was taken."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from nba_desktop.backend.catalogues.content import CatalogueFiles
from nba_desktop.backend.catalogues.lifecycle import Lives, lives_of
from nba_desktop.backend.decisioning.arms import ramp_share
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.loader import catalogue_version, load_catalogue_files
from nba_desktop.backend.errors import CatalogueErrors, ConfigurationError, NotFound
from nba_desktop.backend.ports.unit import Unit

_log = logging.getLogger(__name__)

_KEPT: Final = 16
"""Compiled versions held in memory: those in force, and old ones that explanations ask for."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The version that decides, the one that decides for a share of the customers, and those that watch."""

    live: Catalogue
    ramp: tuple[Catalogue, int] | None = None
    shadows: tuple[Catalogue, ...] = ()

    def decides_for(self, customer_id: str | None) -> Catalogue:
        """Return the version that decides for a customer; nobody in particular gets the live one."""
        if self.ramp is None or customer_id is None:
            return self.live
        ramped, percent = self.ramp
        return ramped if ramp_share(customer_id, ramped.version) * 100 < percent else self.live


class LiveCatalogues:
    """Hands out compiled versions; one for a process, used by many threads.

    A running server notices what another process activates, ramps or rolls back without being told: every decision
    asks `in_force` within its own transaction, which reads the number of the last step – one look into an index – and
    everything else only when that has changed. So the first decision after a step is by the new version, in each
    process.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._compiled: OrderedDict[str, Catalogue] = OrderedDict()
        self._in_force: InForce | None = None
        self._revision = -1

    def in_force(self, unit: Unit) -> InForce:
        """Return what decides now.

        A stored version that no longer loads, because the product was updated, is a `ConfigurationError` when nothing
        was in force yet; later it is logged and what was in force stays. A shadow that does not load is left out.
        """
        with self._lock:
            revision = unit.catalogues.revision()
            if self._in_force is None or revision != self._revision:
                self._in_force = self._read(unit, self._in_force)
                self._revision = revision
            return self._in_force

    def for_customer(self, unit: Unit, customer_id: str | None) -> Catalogue:
        """Return the version that decides for a customer now."""
        return self.in_force(unit).decides_for(customer_id)

    def of_files(self, files: CatalogueFiles) -> Catalogue:
        """Compile a catalogue that is about to be stored, once for all who ask for its version from now on.

        Raises `CatalogueErrors` with every mistake.
        """
        with self._lock:
            known = self._compiled.get(catalogue_version(files))
            return known or self._keep(load_catalogue_files(files))

    def of_version(self, unit: Unit, version: str) -> Catalogue:
        """Return any stored version; raise `NotFound`, or `ConfigurationError` when it no longer loads."""
        with self._lock:
            return self._of_version(unit, version)

    def _read(self, unit: Unit, before: InForce | None) -> InForce:
        lives = lives_of(unit.catalogues.steps())
        try:
            in_force = self._deciding(unit, lives)
        except ConfigurationError as error:
            if before is None:
                raise
            _log.error("%s; version %s stays in force", error, before.live.version)
            return before
        shadows: list[Catalogue] = []
        for version in lives.shadows:
            try:
                shadows.append(self._of_version(unit, version))
            except ConfigurationError as error:
                _log.error("%s; it is left out as a shadow", error)
        return InForce(in_force.live, in_force.ramp, tuple(shadows))

    def _deciding(self, unit: Unit, lives: Lives) -> InForce:
        if lives.live is None:
            raise ConfigurationError("no version of the catalogue is live: approve and activate one")
        live = self._of_version(unit, lives.live)
        if lives.ramp is None:
            return InForce(live)
        return InForce(live, (self._of_version(unit, lives.ramp.version), lives.ramp.percent))

    def _of_version(self, unit: Unit, version: str) -> Catalogue:
        known = self._compiled.get(version)
        if known is None:
            return self._keep(stored_catalogue(unit, version))
        self._compiled.move_to_end(version)
        return known

    def _keep(self, catalogue: Catalogue) -> Catalogue:
        self._compiled[catalogue.version] = catalogue
        if len(self._compiled) > _KEPT:
            self._compiled.popitem(last=False)
        return catalogue


def stored_catalogue(unit: Unit, version: str) -> Catalogue:
    """Compile a stored version; raise `NotFound`, or `ConfigurationError` when it no longer loads."""
    row = unit.catalogues.by_version(version)
    if row is None:
        raise NotFound(f"there is no version {version} of the catalogue")
    try:
        return load_catalogue_files(row.files)
    except CatalogueErrors as errors:
        raise ConfigurationError(
            f"version {version} of the catalogue no longer loads, because this version of the product reads it "
            f"differently (mistake 1 of {len(errors.errors)}: {errors.errors[0]}): write it out with "
            f"`catalogue show {version} --out FOLDER`, put it right, submit, approve and activate it"
        ) from errors
