"""The rows of a campaign file as values, actions, responses and moments."""

from __future__ import annotations

import csv
import gzip
import lzma
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

import numpy as np

from nba_desktop.backend.analysis.replay_mapping import FeatureEntry, MappingEntry
from nba_desktop.backend.arrays import FloatArray, Places
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.errors import EvaluationError

Convert = Callable[[str], Value]
_OPENERS: Final[dict[str, Callable[..., TextIO]]] = {".xz": lzma.open, ".gz": gzip.open}


@dataclass(frozen=True, slots=True, eq=False)
class ReplayRows:
    """A file in memory, one entry a row: `actions` are places in the mapping's actions, `labels` are 0 and 1.

    `periods` number the runs of equal values in the period's column, None without one; `moments` are None where the
    file's order stands for time.
    """

    values: list[Mapping[str, Value]]
    actions: Places
    labels: FloatArray
    periods: Places | None
    moments: list[datetime] | None


def read_rows(path: Path, entry: MappingEntry, check_header: Callable[[list[str]], None]) -> ReplayRows:
    """Read the file, packed or not; rows with a moment are put in its order.

    Raises `EvaluationError` with file, row and column for what cannot be read; `check_header` may refuse the columns.
    """
    values: list[Mapping[str, Value]] = []
    actions: list[int] = []
    labels: list[float] = []
    periods: list[str] = []
    moments: list[datetime] = []
    converters = [(one.column, _converter(one)) for one in entry.features]
    places = {one.logged_as: place for place, one in enumerate(entry.actions)}
    with _opened(path) as file:
        reader = csv.DictReader(file, delimiter=entry.file.separator, strict=True)
        check_header(list(reader.fieldnames or []))
        for row in _rows(path, reader):
            at = f"{path.name}, line {reader.line_num}"
            values.append({name: _value(convert, row[name], name, at) for name, convert in converters})
            actions.append(_action(entry, row, places, at))
            labels.append(float(row[entry.response.column] == entry.response.yes))
            if entry.period is not None:
                periods.append(row[entry.period])
            if entry.time.column is not None:
                moments.append(_moment(row[entry.time.column], entry.time.column, at))
    if not values:
        raise EvaluationError(f"{path.name} has no rows")
    if not any(labels):
        raise EvaluationError(
            f"{path.name}: no row has '{entry.response.yes}' in column '{entry.response.column}': see 'response: yes'"
        )
    order = sorted(range(len(moments)), key=lambda row: moments[row]) if moments else list(range(len(values)))
    return ReplayRows(
        values=[values[row] for row in order],
        actions=np.array(actions, dtype=np.intp)[order],
        labels=np.array(labels)[order],
        periods=_runs([periods[row] for row in order]) if periods else None,
        moments=[moments[row] for row in order] if moments else None,
    )


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        with _OPENERS.get(path.suffix, open)(path, "rt", encoding="utf-8-sig", newline="") as file:
            yield file
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{path.name} is not UTF-8 text: save it as UTF-8") from error
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise EvaluationError(f"{path.name} cannot be read: {error}") from error


def _rows(path: Path, reader: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    try:
        for row in reader:
            if None in row or None in row.values():
                raise EvaluationError(
                    f"{path.name}, line {reader.line_num}: the row has not as many cells as the first line has names: "
                    "see 'separator'"
                )
            yield row
    except csv.Error as error:
        raise EvaluationError(f"{path.name}, line {reader.line_num}: {error}") from error


def _converter(entry: FeatureEntry) -> Convert:
    missing = {"", *entry.missing}
    match entry.type:
        case "number":
            return lambda text: None if text in missing else float(text)
        case "bool":
            return lambda text: None if text in missing else text == entry.yes
    return lambda text: None if text in missing else text


def _value(convert: Convert, text: str, column: str, at: str) -> Value:
    try:
        return convert(text)
    except ValueError as error:
        raise EvaluationError(
            f"{at}, column '{column}': '{text}' is no number: list it under 'missing', or declare a category"
        ) from error


def _action(entry: MappingEntry, row: Mapping[str, str], places: Mapping[str | None, int], at: str) -> int:
    if entry.action_column is None:
        return 0
    logged = row[entry.action_column]
    if logged not in places:
        raise EvaluationError(
            f"{at}, column '{entry.action_column}': no action is 'logged_as' '{logged}': add it to 'actions'"
        )
    return places[logged]


def _moment(text: str, column: str, at: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise EvaluationError(f"{at}, column '{column}': '{text}' is no moment such as 2026-05-04T10:30:00Z") from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _runs(values: list[str]) -> Places:
    changes = [int(now != before) for now, before in zip(values, [values[0], *values], strict=False)]
    return np.cumsum(changes).astype(np.intp)
