"""The shape of a call centre's day: how many calls come in each bin of it."""

from __future__ import annotations

import csv
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

_DAY_S: Final = 86_400
_LARGEST: Final = 64 * 1024 * 1024
_TIME: Final = re.compile(r"([0-2][0-9]):([0-5][0-9])(:[0-5][0-9])?")


class ProfileError(Exception):
    """A profile that is missing or cannot be read; the message names the file and the way out."""


@dataclass(frozen=True, slots=True)
class DayProfile:
    """Calls per bin of one day; `calls` begins at `begin_s` seconds after midnight and every bin lasts `bin_s`."""

    begin_s: int
    bin_s: int
    calls: tuple[float, ...]

    @property
    def end_s(self) -> int:
        """When the last bin ends, in seconds after midnight."""
        return self.begin_s + self.bin_s * len(self.calls)

    def expected(self, from_s: float, to_s: float) -> float:
        """Return how many calls come on average between two times."""
        return sum(
            calls * max(0.0, min(end, to_s) - max(begin, from_s)) / self.bin_s for begin, end, calls in self.bins()
        )

    def busiest_per_s(self, over_s: int = 3600) -> float:
        """Return the calls per second of the busiest time of this length."""
        length = min(over_s, self.end_s - self.begin_s)
        starts = range(self.begin_s, self.end_s - length + 1, self.bin_s)
        return max(self.expected(start, start + length) for start in starts) / length

    def bins(self) -> Iterator[tuple[int, int, float]]:
        """Yield begin, end and calls of each bin."""
        for index, calls in enumerate(self.calls):
            begin = self.begin_s + index * self.bin_s
            yield begin, begin + self.bin_s, calls


def load_profile(path: Path, day: date | None = None) -> DayProfile:
    """Read a CSV file (also `.xz`) with the columns `Time` or `DateTime`, and `Calls`; `#` begins a comment.

    Of a file of many days the mean day is taken, or `day`; a bin that a day lacks had no calls. Raises `ProfileError`.
    """
    sums: dict[int, float] = {}
    rows: Counter[int] = Counter()
    days: set[str] = set()
    try:
        for moment, seconds, calls in _rows(path):
            if day is None or moment == day.isoformat():
                sums[seconds] = sums.get(seconds, 0.0) + calls
                rows[seconds] += 1
                days.add(moment)
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise ProfileError(f"{path} cannot be read: {error}") from error
    if not sums:
        of_day = f" of {day}" if day else ""
        raise ProfileError(f"{path} holds no calls{of_day}")
    times = sorted(sums)
    # A bin in which nobody called may be missing in the file.
    bin_s = min((later - earlier for earlier, later in pairwise(times)), default=_DAY_S)
    if any((time - times[0]) % bin_s for time in times):
        raise ProfileError(f"{path}: its bins are of different lengths")
    # Times without a day are of so many days as the most frequent one is there.
    count = len(days) if days != {""} else max(rows.values())
    mean = tuple(sums.get(time, 0.0) / count for time in range(times[0], times[-1] + bin_s, bin_s))
    if not sum(mean):
        raise ProfileError(f"{path} holds bins, but no calls")
    return DayProfile(times[0], bin_s, mean)


def _rows(path: Path) -> Iterator[tuple[str, int, float]]:
    with lzma.open(path, "rb") if path.suffix == ".xz" else path.open("rb") as file:
        data = file.read(_LARGEST)
    lines = (line for line in data.decode("utf-8-sig").splitlines() if line.strip() and not line.startswith("#"))
    reader = csv.reader(lines)
    header = next(reader, [])
    when = next((name for name in ("DateTime", "Time") if name in header), None)
    if when is None or "Calls" not in header:
        raise ProfileError(f"{path} needs the columns Time (or DateTime) and Calls")
    yield from _values(path, reader, header.index(when), header.index("Calls"))


def _values(path: Path, rows: Iterable[list[str]], when: int, calls: int) -> Iterator[tuple[str, int, float]]:
    for number, row in enumerate(rows, start=2):
        try:
            moment, _, time = row[when].strip().rpartition(" ")
            match = _TIME.fullmatch(time)
            count = float(row[calls])
            if match is None or int(match[1]) > 23 or not 0 <= count < 1e9:
                raise ValueError(row)
        except (ValueError, IndexError):
            raise ProfileError(f"{path}, row {number}: a time such as 08:05 and a number of calls are needed") from None
        yield moment, int(match[1]) * 3600 + int(match[2]) * 60 + int((match[3] or ":0")[1:]), count
