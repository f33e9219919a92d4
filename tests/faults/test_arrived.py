"""What counts lost, doubled and disordered events does find them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.processes import DATABASE
from tests.faults.arrived import Arrived, compare

GOOD = ["a1", "a2", "a3"]
TABLES = """
CREATE TABLE contacts (contact_id TEXT, interaction_id TEXT);
CREATE TABLE events (event_id TEXT, contact_id TEXT, seq INTEGER, type TEXT);
CREATE TABLE responses (contact_id TEXT);
INSERT INTO contacts VALUES ('c', 'call-1');
INSERT INTO events VALUES ('a1', 'c', 1, 'contact_started'), ('a2', 'c', 2, 'response_recorded');
INSERT INTO responses VALUES ('c'), (NULL);
"""
LAST = "INSERT INTO events VALUES ('a3', 'c', 3, 'contact_ended');"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (LAST, Arrived(0, 0, 0)),
        ("", Arrived(1, 0, 0)),
        (LAST + "INSERT INTO events VALUES ('a3', 'c', 4, 'contact_ended')", Arrived(0, 1, 0)),
        (LAST + "INSERT INTO events VALUES ('a4', 'c', 3, 'contact_ended')", Arrived(0, 1, 2)),
        (LAST + "INSERT INTO responses VALUES ('c')", Arrived(0, 1, 0)),
        (LAST + "INSERT INTO contacts VALUES ('d', 'call-1')", Arrived(0, 1, 0)),
        ("DELETE FROM events WHERE seq = 2;" + LAST, Arrived(1, 1, 2)),
        ("UPDATE events SET seq = 3 - seq;" + LAST, Arrived(0, 0, 2)),
    ],
)
def test_each_kind_is_counted(tmp_path: Path, changes: str, found: Arrived) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database:
        database.executescript(TABLES + changes)
    assert compare(GOOD, tmp_path) == found
