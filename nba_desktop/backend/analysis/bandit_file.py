"""A log of another system as a CSV file: reward, propensity and action in every row."""

from __future__ import annotations

import csv
import lzma
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import numpy as np

from nba_desktop.backend.arrays import BoolArray, FloatArray, IntArray
from nba_desktop.backend.errors import EvaluationError
from nba_desktop.backend.guessing import guess

MOST_CATEGORIES: Final = 100


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column is what; `target` is the target policy's probability of the logged action."""

    reward: str = "reward"
    propensity: str = "propensity"
    action: str = "action"
    target: str | None = None
    customer: str | None = None
    context: tuple[str, ...] = ()

    def named(self) -> tuple[str, ...]:
        """Every column that is read."""
        optional = tuple(one for one in (self.target, self.customer) if one is not None)
        return (self.reward, self.propensity, self.action, *optional, *self.context)


@dataclass(frozen=True, slots=True, eq=False)
class BanditLog:
    """A file's rows as arrays of shape (n,), features of shape (n, d); actions are numbered as in `action_names`."""

    rewards: FloatArray
    propensities: FloatArray
    actions: IntArray
    action_names: tuple[str, ...]
    targets: FloatArray | None
    clusters: IntArray | None
    features: FloatArray


def read_bandit_file(path: Path, columns: Columns) -> BanditLog:
    """Read a CSV file, also packed as .csv.xz, separated by comma, semicolon or tab, with a first line of names.

    Raises EvaluationError with file, row (the line as an editor counts it), column and what to do.
    """
    lines, cells = _read(path, columns.named())
    rewards = _numbers(path, lines, columns.reward, cells[columns.reward])
    propensities = _numbers(path, lines, columns.propensity, cells[columns.propensity])
    _refuse(
        path, lines, columns.propensity, cells[columns.propensity], ~((propensities > 0) & (propensities <= 1)),
        "a propensity is above 0 and at most 1: correct the row or leave it out",
    )  # fmt: skip
    targets = None
    if columns.target is not None:
        targets = _numbers(path, lines, columns.target, cells[columns.target])
        _refuse(
            path, lines, columns.target, cells[columns.target], ~((targets >= 0) & (targets <= 1)),
            "a target probability lies between 0 and 1",
        )  # fmt: skip
    names, actions = _numbered(cells[columns.action])
    clusters = None if columns.customer is None else _numbered(cells[columns.customer])[1]
    encoded = [_encoded(path, name, cells[name]) for name in columns.context]
    features = np.column_stack(encoded) if encoded else np.empty((len(lines), 0))
    return BanditLog(rewards, propensities, actions, names, targets, clusters, features)


def _read(path: Path, wanted: Sequence[str]) -> tuple[list[int], dict[str, list[str]]]:
    with _text(path) as file:
        try:
            header = file.readline()
            if not header.strip():
                raise EvaluationError(f"{path}: the first line is empty; it must name the columns")
            delimiter = max(",;\t", key=header.count)
            names = next(csv.reader([header], delimiter=delimiter, strict=True), [])
            places = {name: _place(path, names, name) for name in dict.fromkeys(wanted)}
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            lines: list[int] = []
            cells: dict[str, list[str]] = {name: [] for name in places}
            for row in reader:
                line = reader.line_num + 1
                if not row:
                    continue
                if len(row) != len(names):
                    raise EvaluationError(
                        f"{path}, row {line}: {len(row)} cells, but the first line names {len(names)}"
                    )
                lines.append(line)
                for name, place in places.items():
                    cells[name].append(row[place])
        except UnicodeDecodeError:
            raise EvaluationError(f"{path}: this is not UTF-8 text: save the file as CSV in UTF-8") from None
        except csv.Error as error:
            raise EvaluationError(f"{path}: this is not a CSV file: {error}") from None
        except (lzma.LZMAError, EOFError):
            raise EvaluationError(f"{path}: the packed file is damaged: pack it again with xz") from None
    if not lines:
        raise EvaluationError(f"{path}: there are no rows")
    return lines, cells


@contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    try:
        if path.suffix == ".xz":
            with lzma.open(path, "rt", encoding="utf-8-sig", newline="") as packed:
                yield packed
        else:
            with path.open(encoding="utf-8-sig", newline="") as plain:
                yield plain
    except OSError as error:
        raise EvaluationError(f"{path} cannot be read: {error.strerror or error}") from None


def _place(path: Path, names: Sequence[str], wanted: str) -> int:
    if names.count(wanted) == 1:
        return names.index(wanted)
    if wanted in names:
        raise EvaluationError(f"{path}: the first line names {wanted!r} {names.count(wanted)} times")
    hint = guess(wanted, names) or f"there are {', '.join(repr(one) for one in names[:20])}"
    raise EvaluationError(f"{path}: there is no column {wanted!r}: {hint}")


def _numbers(path: Path, lines: Sequence[int], column: str, cells: Sequence[str]) -> FloatArray:
    values = np.empty(len(cells))
    for place, cell in enumerate(cells):
        value = _number(cell)
        if value is None:
            # Not the cell's text: a wrongly named column may hold a person's name.
            what = "not a number" if cell.strip() else "empty"
            raise EvaluationError(
                f"{path}, row {lines[place]}, column {column!r}: the cell is {what}: correct it or leave the row out"
            )
        values[place] = value
    return values


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _refuse(
    path: Path, lines: Sequence[int], column: str, cells: Sequence[str], wrong: BoolArray, way_out: str
) -> None:
    if wrong.any():
        place = int(np.argmax(wrong))
        more = int(wrong.sum()) - 1
        others = f" ({more} more rows are like it)" if more else ""
        raise EvaluationError(f"{path}, row {lines[place]}, column {column!r}: {cells[place]}: {way_out}{others}")


def _numbered(cells: Sequence[str]) -> tuple[tuple[str, ...], IntArray]:
    names, places = np.unique(np.array(cells), return_inverse=True)
    return tuple(str(name) for name in names), places.astype(np.int64)


def _encoded(path: Path, column: str, cells: Sequence[str]) -> FloatArray:
    """A column of numbers as it is, any other with a column of 0 and 1 for each of its values."""
    values = [_number(cell) for cell in cells]
    if all(value is not None for value in values):
        return np.array(values, dtype=np.float64).reshape(-1, 1)
    names, places = _numbered(cells)
    if len(names) > MOST_CATEGORIES:
        raise EvaluationError(
            f"{path}, column {column!r}: {len(names)} different values are too many for a context; "
            f"at most {MOST_CATEGORIES} words, or numbers in every row"
        )
    return np.eye(len(names))[places]
