"""Take a file of completions in: some lines at a time, each time all or nothing, and on from there after a crash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from itertools import islice
from pathlib import Path
from typing import Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisions.completion_file import CompletionFile, Line
from nba_desktop.backend.decisions.known_actions import KnownActions
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.backend.decisions.plain_outcomes import PlainOutcomes
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.importing.verdict_file import VerdictFile, has, written
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.imports import ImportRow

_KIND: Final = "completions"
_AT_A_TIME: Final = 200
"""Lines of one transaction: few enough that calls do not wait."""

Tell = Callable[[ImportRow], None]
"""Is told how far it is after each transaction."""


class CompletionImport:
    """Takes files in; the verdict of each line is written to a file beside.

    How far a file is stands in the store and is written together with the lines, after their verdicts are on disk.
    Whoever is stopped in between begins again where the store says, and cuts off the verdicts that are too many.
    """

    def __init__(
        self, store: Store, catalogues: LiveCatalogues, outcomes: OutcomeService, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._catalogues = catalogues
        self._known = KnownActions(catalogues)
        self._outcomes = outcomes
        self._clock = clock

    def known(self, file: CompletionFile) -> ImportRow | None:
        """Return how far a file was taken in before, or None."""
        with self._store.read() as unit:
            return unit.imports.by_id(file.file_id)

    def run(self, file: CompletionFile, verdicts: Path, tell: Tell, again: bool = False) -> ImportRow:
        """Take a file in, from where it was left, and return what it came to; with `again` from its beginning.

        A file that was taken in before is left as it is unless `again`; no line ever counts twice. Raises
        `ConfigurationError` where the verdicts cannot be written or another process takes the same file in.
        """
        progress = self.known(file)
        if progress is not None and progress.finished and not again:
            return progress
        if progress is None or again or not has(verdicts, progress.verdict_bytes):
            # Without its verdicts there is nothing to go on from; what was taken in is a duplicate then.
            progress = self._begun(file, progress)
        with written(verdicts, progress.verdict_bytes) as out:
            for lines in _some(islice(file.lines(self._zone(), self._clock()), progress.lines, None)):
                progress = self._take(lines, progress, out)
                tell(progress)
        return self._ended(progress)

    def try_out(self, file: CompletionFile, verdicts: Path, tell: Tell) -> ImportRow:
        """Say what would become of each line, and keep none of it; a line is not compared with others far from it."""
        progress = self._new(file)
        with written(verdicts, 0) as out:
            for lines in _some(file.lines(self._zone(), self._clock())):
                with self._store.write() as unit:
                    try:
                        with unit.part():
                            judged = self._judged_all(unit, lines)
                            raise _NotKept
                    except _NotKept:
                        pass
                out.append(judged)
                progress = _counted(progress, judged, 0, self._clock())
                tell(progress)
        return progress

    def _take(self, lines: Sequence[Line], before: ImportRow, out: VerdictFile) -> ImportRow:
        with self._store.write() as unit:
            self._check_alone(unit, before)
            judged = self._judged_all(unit, lines)
            progress = _counted(before, judged, out.append(judged), self._clock())
            unit.imports.put(progress)
        return progress

    def _judged_all(self, unit: Unit, lines: Sequence[Line]) -> list[tuple[str, str, str]]:
        """Return the verdicts of lines in their order; what is plain is written together, the rest one by one."""
        said = [one.said for one in lines if not isinstance(one.said, str)]
        plain = PlainOutcomes(unit, said, self._known, self._clock)
        judged = []
        for one in lines:
            if not isinstance(one.said, str) and plain.takes(one.said):
                judged.append((str(one.number), "accepted", ""))
            else:
                plain.write()
                judged.append(self._judged(unit, one))
        plain.write()
        return judged

    def _judged(self, unit: Unit, line: Line) -> tuple[str, str, str]:
        """Return line, verdict and reason."""
        if isinstance(line.said, str):
            return str(line.number), "refused", line.said
        verdict = self._outcomes.verdict(unit, line.said)
        problem = verdict.problem
        words = "" if problem is None else ": ".join(one for one in (problem.title, problem.detail) if one)
        return str(line.number), verdict.verdict, words

    def _check_alone(self, unit: Unit, before: ImportRow) -> None:
        stored = unit.imports.by_id(before.import_id)
        if stored is None or (stored.lines, stored.started_at) != (before.lines, before.started_at):
            raise ConfigurationError("another process is taking the same file in: let it finish")

    def _new(self, file: CompletionFile) -> ImportRow:
        now = self._clock()
        return ImportRow(file.file_id, _KIND, file.source, 0, 0, 0, 0, 0, now, now, finished=False)

    def _begun(self, file: CompletionFile, before: ImportRow | None) -> ImportRow:
        progress = self._new(file)
        with self._store.write() as unit:
            if unit.imports.by_id(file.file_id) != before:
                raise ConfigurationError("another process is taking the same file in: let it finish")
            unit.imports.put(progress)
        return progress

    def _ended(self, progress: ImportRow) -> ImportRow:
        ended = replace(progress, at=self._clock(), finished=True)
        with self._store.write() as unit:
            self._check_alone(unit, progress)
            unit.imports.put(ended)
        return ended

    def _zone(self) -> tzinfo:
        with self._store.read() as unit:
            return self._catalogues.in_force(unit).live.zone


class _NotKept(Exception):
    """Ends a part of a transaction that is not to be kept."""


def _some(lines: Iterator[Line]) -> Iterator[Sequence[Line]]:
    while some := tuple(islice(lines, _AT_A_TIME)):
        yield some


def _counted(before: ImportRow, judged: Sequence[tuple[str, str, str]], verdict_bytes: int, at: datetime) -> ImportRow:
    times = Counter(verdict for _, verdict, _ in judged)
    return replace(
        before,
        lines=before.lines + len(judged),
        accepted=before.accepted + times["accepted"],
        duplicate=before.duplicate + times["duplicate"],
        refused=before.refused + times["refused"],
        verdict_bytes=verdict_bytes,
        at=at,
    )
