"""Parquet, read a batch at a time by polars, which the extra `precompute` brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from nba_desktop.backend.errors import ConfigurationError

_READ_AHEAD: Final = 100_000
"""Rows that are read from the file at once, because it is packed in large groups."""


def parquet_header(path: Path) -> tuple[tuple[str, ...], int]:
    """Return the columns of a file and how many rows it has; raise `ConfigurationError` where it is no Parquet."""
    polars = _polars()
    try:
        table = polars.scan_parquet(path)
        return tuple(table.collect_schema().names()), int(table.select(polars.len()).collect().item())
    except (polars.exceptions.PolarsError, OSError) as error:
        raise ConfigurationError(f"{path.name} cannot be read: this is not Parquet") from error


def parquet_batches(
    path: Path, wanted: Sequence[str], skip: int, size: int
) -> Iterator[tuple[list[int], list[Sequence[Any]]]]:
    """Return the numbers of some rows, the first is 1, and their cells by column."""
    polars = _polars()
    rows = int(polars.scan_parquet(path).select(polars.len()).collect().item())
    for start in range(skip, rows, _READ_AHEAD):
        many = polars.scan_parquet(path).slice(start, _READ_AHEAD).select(list(wanted)).collect()
        for some in many.iter_slices(size):
            yield list(range(start + 1, start + some.height + 1)), [some.get_column(name).to_list() for name in wanted]
            start += some.height


def _polars() -> ModuleType:
    try:
        import polars
    except ImportError as error:
        raise ConfigurationError(
            "Parquet is read with the extra `precompute`: install nba-desktop[precompute], or write the file as CSV"
        ) from error
    return polars
