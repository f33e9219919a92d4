"""What every kind of record has in common: what becomes of each row, and whose it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final, NamedTuple, Protocol

from nba_desktop.backend.consent.wording import Wording
from nba_desktop.backend.importing.reading import Rows
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.subject.erasure import hash_of_number
from nba_desktop.backend.text import fold_code

ADDED: Final = "added"
CHANGED: Final = "changed"
UNCHANGED: Final = "unchanged"
SKIPPED: Final = "skipped"
REFUSED: Final = "refused"
ERASED: Final = "erased"
TAKEN: Final = frozenset({ADDED, CHANGED, UNCHANGED})
VERDICTS: Final = (ADDED, CHANGED, UNCHANGED, SKIPPED, REFUSED, ERASED)
NOTES: Final = "; "
"""Between what a record lacks and what else it lacks."""

_ERASED: Final = "the customer was erased and is not brought back"
_UNKNOWN: Final = "no customer has this number: take customers in first"


class Verdict(NamedTuple):
    """What becomes of a row, by the line it ends in; a reason names the column and the rule, never the value.

    What is taken in may have one, too: it says what the record lacks.
    """

    line: int
    verdict: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of some rows, and what writes it down within the same transaction."""

    verdicts: list[Verdict]
    write: Callable[[Unit], None]


@dataclass(frozen=True, slots=True)
class Context:
    """What is the same for a whole file.

    `said_by` is the system and the file as rows name them, `made_on` the day the file was written in the site's `zone`,
    `salt` what the hashes of erased customers were made with. `security_items` are those the site asks for, and of
    `security_required` of them callers must know the answers.
    """

    source: str
    said_by: str
    made_on: date
    now: datetime
    zone: tzinfo
    salt: str
    wordings: Mapping[str, Wording]
    security_items: frozenset[str]
    security_required: int


class Kind(Protocol):
    """Judges rows of one kind; the same row again is unchanged."""

    def judge(self, unit: Unit, rows: Rows) -> Judged:
        """Say what becomes of each readable row, as if the ones before it were written."""


class Owners:
    """The customers that some rows name, found at once."""

    def __init__(self, unit: Unit, numbers: Iterable[str], context: Context) -> None:
        self._folded = {number: fold_code(number) for number in set(numbers)}
        self._ids = unit.site_data.customer_ids(set(self._folded.values()))
        missing = {number: folded for number, folded in self._folded.items() if folded not in self._ids}
        self._erased = erased_among(unit, missing, context.salt)

    def ids(self) -> dict[str, str]:
        """Return the customers' ids by the number as it is written."""
        return {number: self._ids[folded] for number, folded in self._folded.items() if folded in self._ids}

    def refusal(self, line: int, number: str) -> Verdict:
        """Return why a row of nobody is not taken in."""
        return refusal_of(line, self._folded[number] in self._erased)


def refusal_of(line: int, erased: bool) -> Verdict:
    """Return why a row of somebody who is not there is not taken in."""
    return Verdict(line, ERASED, _ERASED) if erased else Verdict(line, REFUSED, _UNKNOWN)


def erased_among(unit: Unit, numbers: Mapping[str, str], salt: str) -> frozenset[str]:
    """Return the folded numbers, of those given as they are written, that erased customers had."""
    if not numbers:
        return frozenset()
    hashes = {hash_of_number(salt, folded): folded for folded in numbers.values()}
    restricted, erased = unit.site_data.erased(list(numbers), list(hashes))
    return frozenset({numbers[one] for one in restricted} | {hashes[one] for one in erased})


def by_column(rows: Iterable[Mapping[str, Any]], names: Iterable[str]) -> dict[str, list[Any]]:
    """Return rows as columns."""
    listed = list(rows)
    return {name: [row[name] for row in listed] for name in names}
