"""Completions as a file of another system: CSV with a heading, read a line at a time.

Columns: `customer_no` or `customer_id`, `action_id`, `outcome` (a code), `at` (a day or a moment); where they are known
`reference` (the row's own name there) and `decision_id`. A `Mapping` says how another system calls and writes them.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path
from typing import IO, Final, Literal, get_args
from uuid import UUID, uuid5

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.contract.codes import OutcomeCode
from nba_desktop.contract.outcome import OutcomeReported

Column = Literal["customer_no", "customer_id", "action_id", "outcome", "at", "reference", "decision_id"]

_NEEDED: Final[tuple[Column, ...]] = ("action_id", "outcome", "at")
_CUSTOMER: Final[tuple[Column, ...]] = ("customer_no", "customer_id")
_DELIMITERS: Final = (";", ",", "\t", "|")
_CODES: Final = frozenset(
    {
        OutcomeCode.COMPLETED,
        OutcomeCode.PENDING_LAPSED,
        OutcomeCode.REVOKED,
        OutcomeCode.CANCELLED_BY_CUSTOMER,
    }
)
_IDS: Final = UUID("5b0d7f6e-0c52-5d0a-8c9e-2f3f6f0a77c4")
"""What the ids of rows are made from, so that a row is the same however often it comes."""


class Mapping(BaseModel):
    """How a file calls and writes what it says.

    `columns` are its headings by ours, `outcomes` our codes by its words; `date_format` is as strftime has it. Without
    a `delimiter` the heading tells.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[Column, str] = Field(default_factory=dict)
    outcomes: dict[str, OutcomeCode] = Field(default_factory=dict)
    date_format: str | None = None
    delimiter: Literal[";", ",", "\t", "|"] | None = None
    encoding: str = "utf-8-sig"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of data: where it ends in the file, and what it says, or the words that say why it cannot be read."""

    number: int
    said: OutcomeReported | str


@dataclass(frozen=True, slots=True)
class CompletionFile:
    """A file that was looked through once: its heading fits, and all of it is readable text.

    `file_id` is the same for the same content, source and mapping. `unread` are columns that mean nothing here.
    """

    path: Path
    file_id: str
    source: str
    mapping: Mapping
    delimiter: str
    places: dict[Column, int]
    width: int
    unread: tuple[str, ...]
    count: int

    def lines(self, zone: tzinfo, now: datetime) -> Iterator[Line]:
        """Read the lines of data in order; a day without a zone is the site's."""
        with _opened(self.path, self.mapping) as text:
            rows = _rows(self.path, text, self.delimiter)
            next(rows)
            for number, row in rows:
                if row:
                    yield Line(number, self._said(row, zone, now))

    def _said(self, row: Sequence[str], zone: tzinfo, now: datetime) -> OutcomeReported | str:
        if len(row) != self.width:
            return f"it has {len(row)} columns, the heading has {self.width}"
        told = {name: row[place].strip() for name, place in self.places.items()}
        code = self.mapping.outcomes.get(told["outcome"]) or _code(told["outcome"])
        if code is None or code not in _CODES:
            return f"'outcome' is none of {', '.join(sorted(_CODES))}: the mapping can translate it"
        at = _moment(told["at"], self.mapping.date_format, zone)
        if at is None:
            shape = self.mapping.date_format or "2026-03-12 or 2026-03-12T14:30"
            return f"'at' is not written as {shape}: the mapping can name the format"
        if at.astimezone(zone).date() > now.astimezone(zone).date():
            return "'at' lies in the future"
        customer = {name: told[name] or None for name in _CUSTOMER if name in told}
        if customer.get("customer_no"):
            customer.pop("customer_id", None)
        reference = told.get("reference") or "\x1f".join((*map(str, customer.values()), told["action_id"], told["at"]))
        try:
            return OutcomeReported.model_validate(
                {
                    "event_id": uuid5(_IDS, f"{self.source}\x1f{reference}\x1f{code.value}"),
                    "source": self.source,
                    "at": at,
                    **customer,
                    "decision_id": told.get("decision_id") or None,
                    "action_id": told["action_id"],
                    "code": code,
                }
            )
        except ValidationError as error:
            return "; ".join(_problem(one["loc"], one["msg"]) for one in error.errors(include_input=False))


def read_mapping(path: Path) -> Mapping:
    """Read a mapping from YAML; raise `ConfigurationError` with what is wrong where."""
    try:
        return Mapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except ValidationError as error:
        wrong = "; ".join(_problem(one["loc"], one["msg"]) for one in error.errors(include_input=False))
        raise ConfigurationError(f"the mapping {path.name} cannot be used: {wrong}") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"the mapping {path.name} cannot be read: {_reason(error)}") from error


def look_through(path: Path, source: str, mapping: Mapping) -> CompletionFile:
    """Look through a whole file, in bounded memory, before any of it counts.

    Raises `ConfigurationError` that names the line: unreadable text, a heading without what is needed, broken quotes.
    """
    try:
        with path.open("rb") as raw:
            content = hashlib.file_digest(raw, "sha256")
    except OSError as error:
        raise ConfigurationError(f"{path.name} cannot be read: {_reason(error)}") from error
    content.update(f"\x1f{source}\x1f{mapping.model_dump_json()}".encode())
    with _opened(path, mapping) as text:
        heading_line = text.readline()
        delimiter = mapping.delimiter or _delimiter(heading_line, mapping)
        text.seek(0)
        rows = _rows(path, text, delimiter)
        heading = [one.strip() for one in next(rows, (0, []))[1]]
        places = _places(path, heading, mapping)
        count = sum(1 for _, row in rows if row)
    return CompletionFile(
        path=path,
        file_id=content.hexdigest(),
        source=source,
        mapping=mapping,
        delimiter=delimiter,
        places=places,
        width=len(heading),
        unread=tuple(one for place, one in enumerate(heading) if place not in places.values()),
        count=count,
    )


@contextmanager
def _opened(path: Path, mapping: Mapping) -> Iterator[IO[str]]:
    """Open the text; what breaks while it is read is said with its place."""
    try:
        with path.open(encoding=mapping.encoding, newline="") as text:
            yield text
    except UnicodeDecodeError as error:
        raise ConfigurationError(
            f"{path.name}, line {_undecodable(path, mapping.encoding)}: this is not written in {mapping.encoding}; "
            "name the encoding in the mapping, such as `encoding: cp1252`"
        ) from error
    except LookupError as error:
        raise ConfigurationError(f"the mapping names an encoding that there is not: {mapping.encoding}") from error
    except OSError as error:
        raise ConfigurationError(f"{path.name} cannot be read: {_reason(error)}") from error


def _undecodable(path: Path, encoding: str) -> int:
    """Return the line that cannot be decoded."""
    number = 0
    with path.open("rb") as raw:
        for number, line in enumerate(raw, start=1):
            try:
                line.decode(encoding)
            except UnicodeDecodeError:
                return number
    return number


def _rows(path: Path, text: IO[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Read rows with the line each ends in, heading and empty ones included."""
    rows = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise ConfigurationError(f"{path.name}, line {rows.line_num}: this is not CSV: {error}") from error
        if row is None:
            return
        yield rows.line_num, row


def _delimiter(heading: str, mapping: Mapping) -> str:
    """Return what parts the heading into the most columns that are known here."""
    known = {mapping.columns.get(name, name) for name in get_args(Column)}
    return max(_DELIMITERS, key=lambda one: len(known & {name.strip(' \r\n"') for name in heading.split(one)}))


def _places(path: Path, heading: Sequence[str], mapping: Mapping) -> dict[Column, int]:
    """Return where each column stands; raise `ConfigurationError` that says what the heading lacks."""
    wanted: dict[Column, str] = {name: mapping.columns.get(name, name) for name in get_args(Column)}
    twice = sorted({one for one in heading if one in wanted.values() and heading.count(one) > 1})
    missing = [wanted[name] for name in _NEEDED if wanted[name] not in heading]
    missing += [wanted[name] for name in mapping.columns if wanted[name] not in heading and name not in _NEEDED]
    if not any(wanted[name] in heading for name in _CUSTOMER):
        missing.append(" or ".join(wanted[name] for name in _CUSTOMER))
    if twice:
        raise ConfigurationError(f"{path.name}, line 1: the heading has {', '.join(twice)} more than once")
    if missing:
        raise ConfigurationError(
            # Never what it has: a file without a heading begins with a customer.
            f"{path.name}, line 1: the heading lacks {', '.join(missing)}; name what the file calls them in a mapping"
        )
    return {name: heading.index(called) for name, called in wanted.items() if called in heading}


def _code(text: str) -> OutcomeCode | None:
    return OutcomeCode(text) if text in OutcomeCode.__members__ else None


def _moment(text: str, date_format: str | None, zone: tzinfo) -> datetime | None:
    """Read a day or a moment; a day is its midnight, None where it is neither."""
    try:
        if date_format is not None:
            at = datetime.strptime(text, date_format)  # noqa: DTZ007 (the zone follows where the format has none)
        elif len(text) == len("2026-03-12"):
            at = datetime.combine(date.fromisoformat(text), time())
        else:
            at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=zone)


def _problem(place: tuple[int | str, ...], message: str) -> str:
    where = ".".join(map(str, place))
    return f"{where}: {message}" if where else message


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return " ".join(str(error).split())
