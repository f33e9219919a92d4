"""Results as files: JSON lines of CloudEvents, or a table; each run goes on behind the one before."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.outbound.envelope import as_json, cloud_event
from nba_desktop.backend.outbound.records import ResultEvent, ResultType
from nba_desktop.backend.outbound.telling import WRITTEN_AS_FILES
from nba_desktop.backend.ports.unit import Store
from nba_desktop.backend.rows.settings import SettingRow

Format = Literal["jsonl", "csv"]
COLUMNS: Final = ("id", "sequence", "type", "time", "subject", "data")
_AT_A_TIME: Final = 500
_FORMULA: Final = frozenset("=+-@\t\r")


@dataclass(frozen=True, slots=True)
class Written:
    """How many results a file got, and the position of the last: the next file goes on behind it."""

    results: int
    position: int


def export(
    store: Store,
    out: Path,
    format_: Format,
    behind: int,
    since: datetime | None,
    types: frozenset[ResultType],
    source: str,
    now: datetime,
) -> Written:
    """Write the results behind a position into a file for this user alone, complete or not at all.

    The same position gives the same lines, as long as none of them was removed. Raises `ConfigurationError` where it
    cannot be written, or where a file is: whoever reads it may not be through with it.
    """
    if out.exists():
        raise ConfigurationError(f"{out} is there already: give each run a file of its own, or remove that one first")
    with store.write() as unit:
        if unit.settings.get(WRITTEN_AS_FILES) is None:
            unit.settings.put(SettingRow(WRITTEN_AS_FILES, "", now, "outbound export"))
    part = out.with_name(out.name + ".part")
    results, position = 0, behind
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            if format_ == "csv":
                file.write(_row(COLUMNS))
            for event in _results(store, behind, since, types):
                file.write(_cells(event, source) if format_ == "csv" else f"{as_json(event, source)}\n")
                results, position = results + 1, event.position
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        raise ConfigurationError(f"{out} cannot be written: {error.strerror}") from error
    return Written(results, position)


def read_cursor(file: Path) -> int:
    """Return the position behind which to go on, 0 where there is no file yet; raise `ConfigurationError`."""
    try:
        text = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return 0
    except (OSError, UnicodeDecodeError):
        text = ""
    if not text.isdigit() or len(text) > 18:
        raise ConfigurationError(f"{file} is no cursor: it holds one number that `outbound export` wrote")
    return int(text)


def write_cursor(file: Path, position: int) -> None:
    """Keep the position, after the results are on disk; raise `ConfigurationError`."""
    part = file.with_name(file.name + ".part")
    try:
        with part.open("w", encoding="ascii") as out:
            out.write(f"{position}\n")
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be written: {error.strerror}") from error


def _results(store: Store, behind: int, since: datetime | None, types: frozenset[ResultType]) -> Iterator[ResultEvent]:
    while True:
        with store.read() as unit:
            found = unit.outbound.behind(behind, types, since, _AT_A_TIME)
        yield from found
        if len(found) < _AT_A_TIME:
            return
        behind = found[-1].position


def _cells(event: ResultEvent, source: str) -> str:
    whole = cloud_event(event, source)
    data = json.dumps(whole["data"], ensure_ascii=False)
    cells = (str(whole.get(name, "")) for name in COLUMNS[:-1])
    # A spreadsheet would take it for a formula.
    return _row((*(f"'{one}" if one[:1] in _FORMULA else one for one in cells), data))


def _row(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
