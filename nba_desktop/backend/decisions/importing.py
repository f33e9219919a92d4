"""Take a file of completions in: some lines at a time, each time all or nothing, and on from there after a crash."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, tzinfo
from itertools import islice
from pathlib import Path
from typing import IO, Final

from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.decisions.completion_file import CompletionFile, Line
from nba_desktop.backend.decisions.outcomes import OutcomeService
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.ports import Store, Unit
from nba_desktop.backend.rows import ImportRow

_KIND: Final = "completions"
_AT_A_TIME: Final = 100
"""Lines of one transaction: few enough that calls do not wait."""
_HEADING: Final = ("line", "verdict", "reason")

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
        if progress is None or again or not _has(verdicts, progress.verdict_bytes):
            # Without its verdicts there is nothing to go on from; what was taken in is a duplicate then.
            progress = self._begun(file, progress)
        with _written(verdicts, progress.verdict_bytes) as out:
            if progress.verdict_bytes == 0:
                progress = replace(progress, verdict_bytes=_append(out, [_HEADING]))
            for lines in _some(islice(file.lines(self._zone(), self._clock()), progress.lines, None)):
                progress = self._take(lines, progress, out)
                tell(progress)
        return self._ended(progress)

    def try_out(self, file: CompletionFile, verdicts: Path, tell: Tell) -> ImportRow:
        """Say what would become of each line, and keep none of it; a line is not compared with others far from it."""
        progress = self._new(file)
        with _written(verdicts, 0) as out:
            _append(out, [_HEADING])
            for lines in _some(file.lines(self._zone(), self._clock())):
                with self._store.write() as unit:
                    try:
                        with unit.part():
                            judged = [self._judged(unit, one) for one in lines]
                            raise _NotKept
                    except _NotKept:
                        pass
                _append(out, judged)
                progress = _counted(progress, judged, 0, self._clock())
                tell(progress)
        return progress

    def _take(self, lines: Sequence[Line], before: ImportRow, out: IO[bytes]) -> ImportRow:
        with self._store.write() as unit:
            self._check_alone(unit, before)
            judged = [self._judged(unit, one) for one in lines]
            progress = _counted(before, judged, _append(out, judged), self._clock())
            unit.imports.put(progress)
        return progress

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


def _has(verdicts: Path, length: int) -> bool:
    try:
        return verdicts.stat().st_size >= length
    except OSError:
        return False


@contextmanager
def _written(verdicts: Path, keep: int) -> Iterator[IO[bytes]]:
    """Open the file of verdicts behind what is kept of it; made for this user alone."""
    try:
        descriptor = os.open(verdicts, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "r+b") as out:
            out.truncate(keep)
            out.seek(keep)
            yield out
    except OSError as error:
        raise ConfigurationError(f"the verdicts cannot be written to {verdicts.name}: {error.strerror}") from error


def _append(out: IO[bytes], rows: Sequence[tuple[str, str, str]]) -> int:
    """Write rows so that they outlive a crash, and return how long the file is with them."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    out.write(text.getvalue().encode())
    out.flush()
    os.fsync(out.fileno())
    return out.tell()
