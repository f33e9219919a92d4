"""A file of another system, looked through once, and read a batch of rows at a time in bounded memory."""

from __future__ import annotations

import codecs
import csv
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Final

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.importing.fields import KindName
from nba_desktop.backend.importing.heading import best_delimiter, check_delimiter, check_heading
from nba_desktop.backend.importing.mapping import FileFormat, FileMapping

_CHUNK: Final = 1 << 20
_PACKED: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks of Excel begin, new ones and old ones."""
_ONE_BYTE: Final = frozenset({"cp1252", "cp850", "iso8859-1", "iso8859-15"})
"""Encodings in which everything can be read, also what was written in UTF-8."""
_LOOKED_AT: Final = 1_000
"""Lines of JSON that are looked at for the columns there are."""


@dataclass(slots=True)
class Batch:
    """Some rows: where each ends in the file, its cells by the columns asked for, and rows that cannot be read."""

    lines: list[int] = field(default_factory=list)
    columns: list[Sequence[Any]] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows of data it has, broken ones included."""
        return len(self.lines) + len(self.broken)


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file whose text is readable from beginning to end.

    `file_id` is the same for the same content, mapping and kind. `header` are the columns there are, of JSON lines
    those of the first lines. `about` is how many rows it has, if no text runs over several lines. `made_at` is when it
    was written last.
    """

    path: Path
    format: FileFormat
    file_id: str
    mapping: FileMapping
    header: tuple[str, ...]
    delimiter: str
    about: int
    made_at: datetime

    def batches(self, wanted: Sequence[str], skip: int, size: int) -> Iterator[Batch]:
        """Read rows behind the first `skip` ones, `size` at a time; broken quotes raise `ConfigurationError`."""
        match self.format:
            case "csv":
                return _csv_batches(self, wanted, skip, size)
            case "jsonl":
                return _json_batches(self, wanted, skip, size)
            case "parquet":
                from nba_desktop.backend.importing.parquet import parquet_batches

                return (Batch(lines, columns) for lines, columns in parquet_batches(self.path, wanted, skip, size))


def look_through(path: Path, kind: KindName, mapping: FileMapping) -> DataFile:
    """Look through a whole file before any of it counts; raise `ConfigurationError` that names the line.

    What may be wrong: there is no such file, it is a workbook, it is in another encoding, or it has no heading that
    the mapping fits.
    """
    form = mapping.file_format(path)
    content = hashlib.sha256(f"{kind}\x1f{mapping.model_dump_json()}\x1f".encode())
    try:
        with path.open("rb") as raw:
            if form != "parquet" and raw.read(4) in _PACKED:
                raise ConfigurationError(f"{path.name}: this is an Excel workbook: save it as CSV")
            raw.seek(0)
            ends = _hashed(raw, content, path, None if form == "parquet" else mapping.encoding)
        made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError as error:
        raise _unreadable(path, error) from error
    delimiter: str = mapping.delimiter or ","
    match form:
        case "parquet":
            from nba_desktop.backend.importing.parquet import parquet_header

            header, about = parquet_header(path)
        case "csv":
            delimiter, header = _heading(path, mapping)
            about = max(0, ends - 1)
        case "jsonl":
            header, about = _json_header(path, mapping), ends
    return DataFile(path, form, content.hexdigest(), mapping, header, delimiter, about, made_at)


def _hashed(raw: IO[bytes], content: hashlib._Hash, path: Path, encoding: str | None) -> int:
    """Hash a file and return how many lines it has; text that is not in its encoding is found here."""
    decoder = None if encoding is None else codecs.getincrementaldecoder(encoding)()
    ends, last = 0, b"\n"
    unsettled = encoding is not None and codecs.lookup(encoding).name in _ONE_BYTE
    while chunk := raw.read(_CHUNK):
        content.update(chunk)
        if unsettled and not chunk.isascii():
            unsettled = False
            if _is_utf8(chunk):
                raise ConfigurationError(
                    f"{path.name}: this is written in UTF-8 and not in {encoding}; write `encoding: utf-8`"
                )
        try:
            if decoder is not None:
                decoder.decode(chunk)
        except UnicodeDecodeError as error:
            line = ends + error.object[: error.start].count(b"\n") + 1
            raise _wrong_encoding(path, line, encoding or "") from error
        ends += chunk.count(b"\n")
        last = chunk[-1:]
    try:
        if decoder is not None:
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(path, ends + 1, encoding or "") from error
    return ends + (last != b"\n")


def _is_utf8(chunk: bytes) -> bool:
    try:
        # The last sign of the chunk may be cut.
        codecs.getincrementaldecoder("utf-8")().decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _wrong_encoding(path: Path, line: int, encoding: str) -> ConfigurationError:
    return ConfigurationError(
        f"{path.name}, line {line}: this is not written in {encoding}; name the encoding in the mapping, "
        "such as `encoding: cp1252`"
    )


def _unreadable(path: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError(f"{path.name} cannot be read: {error.strerror or type(error).__name__}")


@contextmanager
def _opened(path: Path, mapping: FileMapping) -> Iterator[IO[str]]:
    # A byte order mark is no part of the first column's name.
    encoding = "utf-8-sig" if codecs.lookup(mapping.encoding).name == "utf-8" else mapping.encoding
    try:
        with path.open(encoding=encoding, newline="") as text:
            yield text
    except OSError as error:
        raise _unreadable(path, error) from error


def _no_csv(path: Path, line: int, error: csv.Error) -> ConfigurationError:
    return ConfigurationError(f"{path.name}, line {line}: this is not CSV: {error}")


def _heading(path: Path, mapping: FileMapping) -> tuple[str, tuple[str, ...]]:
    """Return what separates the columns, and their names."""
    with _opened(path, mapping) as text:
        first = text.readline()
        delimiter: str = mapping.delimiter or best_delimiter(first, mapping)
        check_delimiter(path.name, first, delimiter, mapping)
        text.seek(0)
        rows = csv.reader(text, delimiter=delimiter, quotechar=mapping.quote, strict=True)
        try:
            heading = [one.strip() for one in next(rows, [])]
        except csv.Error as error:
            raise _no_csv(path, rows.line_num, error) from error
    check_heading(path.name, heading, mapping)
    return delimiter, tuple(heading)


def _csv_batches(file: DataFile, wanted: Sequence[str], skip: int, size: int) -> Iterator[Batch]:
    width = len(file.header)
    places = [file.header.index(name) for name in wanted]
    # A getter of one place gives no tuple.
    pick: Callable[[list[str]], Sequence[str]] = (
        itemgetter(*places) if len(places) > 1 else lambda row: tuple(row[place] for place in places)
    )
    with _opened(file.path, file.mapping) as text:
        rows = csv.reader(text, delimiter=file.delimiter, quotechar=file.mapping.quote, strict=True)
        try:
            next(rows)
            for _ in islice(filter(None, rows), skip):
                pass
            while True:
                batch = Batch()
                picked = []
                for row in islice(filter(None, rows), size):
                    if len(row) == width:
                        batch.lines.append(rows.line_num)
                        picked.append(pick(row))
                    else:
                        batch.broken.append((rows.line_num, f"it has {len(row)} columns, the heading has {width}"))
                if not batch.rows:
                    return
                batch.columns = list(zip(*picked, strict=True)) or [() for _ in places]
                yield batch
        except csv.Error as error:
            raise _no_csv(file.path, rows.line_num, error) from error


def _json_header(path: Path, mapping: FileMapping) -> tuple[str, ...]:
    """Return every name in the first lines, of inner objects by the way to them."""
    found: dict[str, None] = {}
    with _opened(path, mapping) as text:
        for line in islice(text, _LOOKED_AT):
            one = _object(line)
            if one is not None:
                found |= dict.fromkeys(_ways(one))
    return tuple(found)


def _ways(one: dict[str, Any], before: str = "") -> Iterator[str]:
    for name, value in one.items():
        yield before + name
        if isinstance(value, dict):
            yield from _ways(value, f"{before}{name}.")


def _json_batches(file: DataFile, wanted: Sequence[str], skip: int, size: int) -> Iterator[Batch]:
    getters = [_getter(name) for name in wanted]
    with _opened(file.path, file.mapping) as text:
        filled = islice(((number, line) for number, line in enumerate(text, start=1) if line.strip()), skip, None)
        while some := list(islice(filled, size)):
            batch = Batch()
            picked = []
            for number, line in some:
                one = _object(line)
                if one is None:
                    batch.broken.append((number, "it is no JSON object"))
                else:
                    batch.lines.append(number)
                    picked.append([get(one) for get in getters])
            batch.columns = list(zip(*picked, strict=True)) or [() for _ in wanted]
            yield batch


def _object(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _getter(name: str) -> Callable[[dict[str, Any]], Any]:
    """Return what finds a value by its name, or by the way to it."""
    way = name.split(".")

    def get(one: dict[str, Any]) -> Any:
        if name in one or len(way) == 1:
            return one.get(name)
        found: Any = one
        for step in way:
            found = found.get(step) if isinstance(found, dict) else None
        return found

    return get
