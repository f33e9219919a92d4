"""Whatever is in a file, it is read, refused row by row, or told with its place; nothing else ever happens."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nba_desktop.backend.decisioning.vocabulary import BUILT_IN
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.importing.data_file import look_through
from nba_desktop.backend.importing.mapping import read_mapping
from nba_desktop.backend.importing.reading import compile_reader

MAPPING = """
source: log
decimal: ","
fields: {id: id, customer_no: nr, at: {column: at, format: epoch_s}, type: type, channel: channel, case_open: open}
params: {minutes: minutes, effective_date: day}
"""
CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["1.234,5", "1e999", "-0", "31.12.2026", "2026-02-30", '"', "\x00", "chat", "true", "9" * 400]),
)
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats().map(repr),
        st.text(max_size=8).map(lambda text: '"' + text.replace('"', "") + '"'),
    ),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=4,
).map(str)


def count_rows(name: str, content: bytes) -> tuple[int, int]:
    """How many rows of a file are read or refused, and how many there are."""
    with tempfile.TemporaryDirectory() as folder:
        path, mapping = Path(folder) / name, Path(folder) / "map.yaml"
        path.write_bytes(content)
        mapping.write_text(MAPPING, encoding="utf-8")
        read = read_mapping(mapping)
        reader = compile_reader("touchpoints", read, BUILT_IN, ZoneInfo("Europe/Berlin"), date(2026, 3, 12))
        file = look_through(path, "touchpoints", read.entry)
        said = rows = 0
        for batch in file.batches(reader.columns, 0, 2):
            done = reader.read(batch)
            said += len(done.lines) + len(done.refused)
            rows += batch.rows
        return said, rows


def told(name: str, lines: list[str]) -> tuple[int, int]:
    """As `count_rows`; a file that cannot be read as a whole counts when it is told with a line."""
    try:
        return count_rows(name, "\n".join(lines).encode("utf-8", "surrogatepass"))
    except ConfigurationError as error:
        return 0, 0 if "line" in str(error) else 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELL, min_size=6, max_size=9), max_size=3))
def test_every_row_of_any_csv_is_read_or_refused(rows: list[list[str]]) -> None:
    lines = ["id,nr,at,type,channel,open,minutes,day", *(",".join(row) for row in rows)]
    said, there = told("t.csv", lines)
    assert said == there


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["id", "nr", "at", "open", "minutes", "day"]), JSON), max_size=3))
def test_every_line_of_any_json_is_read_or_refused(rows: list[dict[str, str]]) -> None:
    lines = ["{" + ", ".join(f'"{name}": {value}' for name, value in row.items()) + "}" for row in rows]
    said, there = told("t.jsonl", lines)
    assert said == there


@pytest.mark.parametrize("line", ["[" * 100_000, '{"id": ' + "9" * 5_000 + "}", "{", "null", '{"id": "\\ud800"}'])
def test_json_that_is_none_or_too_much_is_refused(line: str) -> None:
    assert count_rows("t.jsonl", f"{line}\n".encode()) == (1, 1)
