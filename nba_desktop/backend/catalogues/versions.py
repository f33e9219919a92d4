"""What people do with versions of the catalogue; each step is appended in one transaction, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from nba_desktop.backend.catalogues.content import CatalogueFiles
from nba_desktop.backend.catalogues.lifecycle import (
    INSTALLATION,
    Life,
    Lives,
    Step,
    described,
    lives_of,
    newest_change,
    same_person,
)
from nba_desktop.backend.catalogues.live import stored_catalogue
from nba_desktop.backend.catalogues.wordings import register_wordings_of, wordings_of
from nba_desktop.backend.consent.wording import check_wordings
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.loader import load_catalogue_files
from nba_desktop.backend.decisioning.personas import PersonaResult, run_personas
from nba_desktop.backend.errors import LifecycleError
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.catalogues import StepRow, VersionRow

LIVE: Final = "live"
"""What the live version may be called instead of its name."""


@dataclass(frozen=True, slots=True)
class ListedVersion:
    """A version as `list` shows it: its life, its state in words, and the steps it took, oldest first."""

    life: Life
    state: str
    steps: tuple[StepRow, ...]


class VersionService:
    """Submits, approves, activates, ramps, shadows, rolls back and retires versions.

    `by` is who acts. Versions are named by any beginning of their name that only one has, or by `live`. Each method
    raises `LifecycleError` for a step that is not possible.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def submit(self, files: CatalogueFiles, by: str, note: str = "") -> str:
        """Keep a catalogue as a draft and return its version; raise `CatalogueErrors` for one with mistakes."""
        catalogue = load_catalogue_files(files)
        version = catalogue.version
        with self._store.write() as unit:
            if lives_of(unit.catalogues.steps()).live is None:
                raise LifecycleError(
                    "this backend has no catalogue yet: start it once, so that the one it begins with is taken in "
                    "(nba-desktop backend serve --data DIR), then submit the next"
                )
            check_wordings(unit.consents, wordings_of(catalogue))
            # A retired version is submitted again under its name: the same content is the same version.
            if unit.catalogues.by_version(version) is None:
                unit.catalogues.add(VersionRow(version, dict(files), self._clock(), by, note))
            self._take(unit, Step.SUBMITTED, version, by, note=note)
        return version

    def approve(self, version: str, by: str, note: str = "") -> tuple[str, tuple[PersonaResult, ...]]:
        """Approve a draft that someone else submitted, if its personas all pass; return its name and their results."""
        with self._store.write() as unit:
            name = resolved(lives_of(unit.catalogues.steps()), version)
            self._take(unit, Step.APPROVED, name, by, note=note)
            results = tuple(run_personas(stored_catalogue(unit, name)))
            if not results:
                raise LifecycleError(
                    f"version {name} is a draft and cannot be approved: it has no personas, so nothing shows what its "
                    "customers would see; write some (see docs/catalogue.md) and submit it anew"
                )
            failed = [one for one in results if not one.passed]
            if failed:
                # Raising takes the step back.
                raise LifecycleError(
                    f"version {name} is a draft and cannot be approved: {len(failed)} of {len(results)} personas do "
                    "not see what they must; put it right and submit it anew, as a version of its own\n"
                    + "\n".join(persona_line(one) for one in failed)
                )
        return name, results

    def activate(self, version: str, by: str, percent: int | None = None, note: str = "") -> Lives:
        """Make an approved version live, or with `percent` below 100 let it decide for a share of the customers."""
        with self._store.write() as unit:
            name = resolved(lives_of(unit.catalogues.steps()), version)
            step = Step.ACTIVATED if percent is None or percent == 100 else Step.RAMPED
            return self._take(unit, step, name, by, percent, note)

    def shadow(self, version: str, by: str, stop: bool = False) -> Lives:
        """Let a draft or approved version decide beside the live one, recorded and not shown; or stop it."""
        with self._store.write() as unit:
            name = resolved(lives_of(unit.catalogues.steps()), version)
            return self._take(unit, Step.SHADOW_ENDED if stop else Step.SHADOWED, name, by)

    def roll_back(self, by: str, reason: str = "", version: str | None = None) -> tuple[str, Lives]:
        """Take the newest change back at once: end the ramp, else bring back the version that was live before.

        With `version` only that one is taken back, in case another was already. Returns the version that was taken
        back, and what is in force now.
        """
        with self._store.write() as unit:
            before = lives_of(unit.catalogues.steps())
            name = newest_change(before)
            if name is None:
                raise LifecycleError("no version is live: there is nothing to roll back")
            if version is not None and resolved(before, version) != name:
                raise LifecycleError(
                    f"a rollback would take back version {name}, not {resolved(before, version)}: nothing was changed"
                )
            after = self._take(unit, Step.ROLLED_BACK, name, by, note=reason)
            if after.live is not None and after.live != before.live:
                after = self._take(unit, Step.CAME_BACK, after.live, by, note=reason)
            return name, after

    def retire(self, version: str, by: str, reason: str = "") -> str:
        """Put a draft or an approved version aside and return its name."""
        with self._store.write() as unit:
            name = resolved(lives_of(unit.catalogues.steps()), version)
            self._take(unit, Step.RETIRED, name, by, note=reason)
        return name

    def versions(self) -> Sequence[ListedVersion]:
        """Return every version with its life, the one that was submitted last at the end."""
        with self._store.read() as unit:
            steps = unit.catalogues.steps()
        lives = lives_of(steps)
        listed = [
            ListedVersion(life, described(lives, life), tuple(one for one in steps if one.version == life.version))
            for life in lives.of.values()
        ]
        return sorted(listed, key=lambda one: one.life.submitted_at)

    def stored(self, version: str) -> tuple[str, CatalogueFiles]:
        """Return a version's full name and its files."""
        with self._store.read() as unit:
            name = resolved(lives_of(unit.catalogues.steps()), version)
            row = unit.catalogues.by_version(name)
        assert row is not None
        return name, row.files

    def catalogue(self, version: str) -> Catalogue:
        """Return a version compiled; raise `ConfigurationError` when it no longer loads."""
        with self._store.read() as unit:
            return stored_catalogue(unit, resolved(lives_of(unit.catalogues.steps()), version))

    def _take(self, unit: Unit, step: Step, version: str, by: str, percent: int | None = None, note: str = "") -> Lives:
        if same_person(by, INSTALLATION):
            raise LifecycleError(f"'{INSTALLATION}' is nobody's name: say who acts")
        before = lives_of(unit.catalogues.steps())
        row = StepRow(version, step.value, by, self._clock(), percent, note)
        after = before.after(row)
        unit.catalogues.append_step(row)
        if (after.live, after.ramp) != (before.live, before.ramp):
            register_wordings_of(unit, after, row.at, stored_catalogue)
        return after


def resolved(lives: Lives, text: str) -> str:
    """Return the version that is called `live` or begins with `text`; raise `LifecycleError` for none or several."""
    if text == LIVE:
        if lives.live is None:
            raise LifecycleError("no version is live yet: submit one, have it approved, and activate it")
        return lives.live
    found = [version for version in lives.of if text and version.startswith(text)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise LifecycleError(f"there is no version {text}: `catalogue list` shows those there are")
    raise LifecycleError(f"several versions begin with {text}: {', '.join(found)}; write more of the one you mean")


def persona_line(result: PersonaResult) -> str:
    """One persona's result, in words."""
    if result.passed:
        return f"  persona {result.persona_id}: as expected ({', '.join(result.shown) or 'nothing'})"
    return f"  persona {result.persona_id}: " + "; ".join(result.complaints)
