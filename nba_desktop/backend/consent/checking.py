"""Check the whole chain of the ledger and say where it does not hold, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final, TypeAlias

from nba_desktop.backend.consent.canonical import COLUMNS, FIELDS, FORM, Row, row_hash, text_hash
from nba_desktop.backend.consent.ledger import BEGINNING, LedgerHead
from nba_desktop.backend.errors import UnreadableEntry

_POSITION: Final = COLUMNS.index("position")
_PREVIOUS: Final = COLUMNS.index("prev_hash")
_FORM: Final = COLUMNS.index("form")
_HASH: Final = COLUMNS.index("hash")
_NEAR: Final = 1_000
"""How far from where it stands the place of a moved entry is looked for."""

Line: TypeAlias = tuple[str, int, str, str, int]
"""The canonical text of an entry as the database writes it, its position, prev_hash, hash and form."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries that follow one another in the ledger: as lines where the database writes them, else as rows alone.

    Lines are only believed where they hold; `rows` reads the same entries value by value.
    """

    rows: Callable[[], Sequence[Row]]
    lines: Sequence[Line] = ()

    def hashes(self) -> list[str]:
        """Return the hashes that the entries carry."""
        return [one[3] for one in self.lines] or [str(row[_HASH]) for row in self.rows()]


class Fault(StrEnum):
    """How a chain can be broken."""

    CHANGED = "changed"
    REMOVED = "removed"
    MOVED = "moved"
    FORKED = "forked"
    REPLACED = "replaced"
    CUT_OFF = "cut_off"
    END_CHANGED = "end_changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """What a check found: how many entries hold, from the first on, and the first that does not, if there is one.

    `broken_at` is the position of the first wrong entry.
    """

    entries: int
    broken_at: int | None = None
    fault: Fault | None = None
    reason: str = ""


class ChainCheck:
    """Takes a ledger in order, batch by batch, in little memory."""

    def __init__(self) -> None:
        self._last = BEGINNING
        self._recent: list[str] = []
        self._broken: LedgerCheck | None = None

    @property
    def broken(self) -> bool:
        """Whether a fault was found: what comes behind it cannot be judged any more."""
        return self._broken is not None

    def take(self, batch: Batch) -> None:
        """Check the next entries."""
        if self._broken is not None:
            return
        if batch.lines and self._holds(batch.lines):
            _, positions, _, hashes, _ = zip(*batch.lines, strict=True)
            self._last = LedgerHead(positions[-1], hashes[-1])
            self._recent = [*self._recent[-_NEAR:], *hashes]
            return
        for row in batch.rows():
            self._broken = self._wrong(row)
            if self._broken is not None:
                return
            self._last = LedgerHead(self._last.position + 1, str(row[_HASH]))
            self._recent.append(self._last.hash)

    def _holds(self, lines: Sequence[Line]) -> bool:
        """Say whether all of some lines hold; where not, or where one is of another form, their rows say what is so."""
        texts, positions, previous, hashes, forms = zip(*lines, strict=True)
        first = self._last.position + 1
        return (
            positions == tuple(range(first, first + len(lines)))
            and previous == (self._last.hash, *hashes[:-1])
            and set(forms) == {FORM}
            and hashes == tuple(map(text_hash, texts))
        )

    def unreadable(self, position: int) -> None:
        """Say that the entry at a position, the next one, cannot be read from the database."""
        if self._broken is None:
            self._broken = self._fault(position, Fault.UNREADABLE, "the entry cannot be read")

    def end(self, head: LedgerHead | None) -> LedgerCheck:
        """Return what was found, by what the ledger says of its end; None when that is missing."""
        if self._broken is not None:
            return self._broken
        last = self._last
        if head is None:
            return self._fault(last.position + 1, Fault.END_CHANGED, "the record of the chain's end is missing")
        if head.position > last.position:
            missing = _entries(last.position + 1, head.position)
            return self._fault(last.position + 1, Fault.CUT_OFF, f"the end of the chain was cut off: {missing} missing")
        if head != last:
            return self._fault(
                max(min(head.position, last.position), 1),
                Fault.END_CHANGED,
                f"the record of the chain's end names entry {head.position} with another hash than the chain has",
            )
        return LedgerCheck(last.position)

    def _wrong(self, row: Row) -> LedgerCheck | None:
        last, position = self._last, row[_POSITION]
        expected = last.position + 1
        if not isinstance(position, int) or position < expected:
            return self._fault(expected, Fault.FORKED, f"there is a second entry at {position}")
        if position > expected:
            return self._fault(expected, Fault.REMOVED, f"an entry is missing: {_entries(expected, position - 1)} gone")
        if row[_FORM] not in FIELDS:
            return self._fault(expected, Fault.CHANGED, "the entry was changed: nobody knows a form like its own")
        if row[_HASH] != row_hash(row):
            place = _place_of(row, position)
            if place is not None:
                return self._fault(expected, Fault.MOVED, f"the entry was moved: its place is {place}")
            return self._fault(expected, Fault.CHANGED, "the entry was changed")
        if row[_PREVIOUS] != last.hash:
            return self._fault(expected, *self._elsewhere(str(row[_PREVIOUS])))
        return None

    def _elsewhere(self, previous: str) -> tuple[Fault, str]:
        if previous in self._recent:
            back = len(self._recent) - 1 - self._recent.index(previous)
            return Fault.FORKED, f"the chain forks: the entry continues entry {self._last.position - back}"
        return Fault.REPLACED, "the entry does not continue the one before it: that one was replaced"

    def _fault(self, position: int, fault: Fault, reason: str) -> LedgerCheck:
        return LedgerCheck(self._last.position, position, fault, reason)


def verify(batches: Iterable[Batch], head: LedgerHead | None) -> LedgerCheck:
    """Walk the chain and return the first place where it does not hold."""
    check = ChainCheck()
    try:
        for batch in batches:
            check.take(batch)
            if check.broken:
                break
    except UnreadableEntry as error:
        check.unreadable(error.position)
    return check.end(head)


def _place_of(row: Row, position: int) -> int | None:
    """Return where a row belongs whose hash is right but for its position."""
    for place in chain.from_iterable((position - by, position + by) for by in range(1, _NEAR)):
        if place > 0:
            moved = [*row[:_POSITION], place, *row[_POSITION + 1 :]]
            if row_hash(moved) == row[_HASH]:
                return place
    return None


def _entries(first: int, last: int) -> str:
    return f"entry {first} is" if first == last else f"entries {first} to {last} are"
