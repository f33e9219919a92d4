"""The verdicts of an import in a file beside it: each line of data with what became of it and why."""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Final

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.importing.judging import NOTES, TAKEN

_AT_ONCE: Final = 10_000
HEADING: Final = ("line", "verdict", "reason")
_HEADING_BYTES: Final = b"line,verdict,reason\n"


class VerdictFile:
    """A file of verdicts, open behind what is kept of it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def append(self, rows: Iterable[Sequence[str | int]]) -> int:
        """Write rows so that they outlive a crash, and return how long the file is with them."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows)
        self._out.write(text.getvalue().encode())
        self._out.flush()
        os.fsync(self._out.fileno())
        return self._out.tell()


def has(path: Path, length: int) -> bool:
    """Say whether the file is there with so many bytes of verdicts."""
    try:
        with path.open("rb") as file:
            begins = file.read(len(_HEADING_BYTES)) == _HEADING_BYTES
        return path.stat().st_size >= length and (begins or not length)
    except OSError:
        return False


@contextmanager
def written(path: Path, keep: int) -> Iterator[VerdictFile]:
    """Open the file behind what is kept of it, made for this user alone.

    Raises `ConfigurationError` where it cannot be written, or where something else than verdicts is in it.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "r+b") as out:
            if out.read(len(_HEADING_BYTES)) not in {b"", _HEADING_BYTES}:
                raise ConfigurationError(f"{path.name} holds something else than verdicts: name another file")
            out.truncate(keep)
            out.seek(keep)
            file = VerdictFile(out)
            if keep == 0:
                file.append([HEADING])
            yield file
    except OSError as error:
        raise ConfigurationError(f"the verdicts cannot be written to {path.name}: {error.strerror}") from error


class Tally:
    """How many lines have which verdict and why, with the first line of each reason.

    What a record lacks that was taken in counts by itself, whatever else it lacks.
    """

    def __init__(self) -> None:
        self.verdicts: Counter[str] = Counter()
        self._notes: Counter[str] = Counter()
        self._reasons: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], int] = {}

    def count(self, verdicts: Iterable[tuple[int, str, str]]) -> None:
        """Take some lines in."""
        listed = list(verdicts)
        self.verdicts.update(verdict for _, verdict, _ in listed)
        for line, verdict, reason in listed:
            if reason and verdict in TAKEN:
                for note in reason.split(NOTES):
                    self._notes[note] += 1
                    self._first.setdefault(("", note), line)
            elif reason:
                self._reasons[verdict, reason] += 1
                self._first.setdefault((verdict, reason), line)

    def reasons(self) -> list[tuple[str, str, int, int]]:
        """Return verdict, reason, how often and the first line of it, the most frequent first."""
        return [(*key, times, self._first[key]) for key, times in self._reasons.most_common()]

    def notes(self) -> list[tuple[str, int, int]]:
        """Return what records lack that were taken in, how many and the first line of it, the most frequent first."""
        return [(note, times, self._first["", note]) for note, times in self._notes.most_common()]


def tally_of(path: Path, length: int) -> Tally:
    """Count what stands in the first bytes of a file of verdicts."""
    tally = Tally()
    with path.open("rb") as file:
        rows = csv.reader(line.decode() for line in _until(file, length))
        next(rows, None)
        while some := [(int(line), verdict, reason) for line, verdict, reason in islice(rows, _AT_ONCE)]:
            tally.count(some)
    return tally


def _until(file: IO[bytes], length: int) -> Iterator[bytes]:
    for line in file:
        length -= len(line)
        if length < 0:
            return
        yield line
