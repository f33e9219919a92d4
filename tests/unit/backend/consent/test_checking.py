"""Any change of the ledger is found and located: in memory, and by SQL on a real file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.backend.consent.canonical import COLUMNS, FIELDS, Row, canonical_text
from nba_desktop.backend.consent.checking import Batch, Fault, LedgerCheck, verify
from nba_desktop.backend.consent.ledger import LedgerEntry, LedgerHead, chained, entry_hash, row_of
from nba_desktop.backend.store.unit import SqlStore
from tests.fakes.backend_ledger import chain, checked, entry, head_of
from tests.fakes.backend_site import sql_store

COUNT = 9
TEXTS = [name for name in COLUMNS if name not in ("position", "form", "read_aloud_confirmed")]


@cache
def ledger() -> tuple[LedgerEntry, ...]:
    """A chain in both forms, with what JSON must escape."""
    said = ("Ja, gern", 'Ja, "gern"', "C:\\Ja\nja", "Ja \x7f ja", "ja\u2028", "👍", "", "Jä", "\\u0041")
    return tuple(
        chain(
            entry(
                event_id=UUID(int=number + 1),
                call_id=None if number == 4 else UUID(int=number + 100),
                at=datetime(2026, 3, 12, 9, number, 0, 5, tzinfo=UTC),
                customer_words=words,
                form=1 if number < 3 else 2,
                campaign_id="autumn" if number == 6 else None,
                corrects=UUID(int=3) if number == 7 else None,
            )
            for number, words in enumerate(said)
        )
    )


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    with sql_store(tmp_path) as store:
        with store.write() as unit:
            unit.consents.append_all(ledger())
        yield tmp_path / "backend.sqlite3"


def stored(file: Path) -> LedgerCheck:
    with sql_store_again(file) as store, store.read() as unit:
        return verify(unit.consents.batches(), unit.consents.end())


def sql_store_again(file: Path) -> Any:
    from nba_desktop.backend.store.engine import Database

    return closing(SqlStore(Database(f"sqlite:///{file}")))


def batch(rows: Sequence[Row]) -> Batch:
    return Batch(partial(list, rows))


def sql(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        for one in statements:
            database.execute(one)


def unbound(file: Path) -> None:
    """Take the database's own protection away, as whoever owns the file can."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE copied AS SELECT * FROM consent_events")
        database.execute("DROP TABLE consent_events")
        database.execute("ALTER TABLE copied RENAME TO consent_events")


def test_entries_of_both_forms_hold(file: Path) -> None:
    assert checked(ledger(), head_of(ledger())).entries == COUNT
    assert (stored(file).entries, stored(file).broken_at) == (COUNT, None)


def test_what_the_database_gives_makes_the_same_text_as_the_entry(file: Path) -> None:
    with sql_store_again(file) as store, store.read() as unit:
        (batch,) = list(unit.consents.batches())
        rows = batch.rows()
    texts = [canonical_text(row_of(one)) for one in ledger()]
    assert [canonical_text(row) for row in rows] == texts
    # Of the form that is written now the database itself gives the text.
    assert [line[0] for line in batch.lines][3:] == texts[3:]


def test_the_first_form_has_none_of_what_came_later() -> None:
    assert set(FIELDS[2]) - set(FIELDS[1]) == {"form", "campaign_id", "corrects", "wording_record_sha256"}
    first = ledger()[0]
    # Its hash does not cover them, so that they must not be there.
    assert checked([replace(first, campaign_id="x")], head_of([first])).fault is Fault.CHANGED


@given(st.data())
def test_any_changed_character_is_found_where_it_is(data: st.DataObject) -> None:
    entries = list(ledger())
    place = data.draw(st.integers(0, COUNT - 1))
    row = list(row_of(entries[place]))
    column = COLUMNS.index(data.draw(st.sampled_from(TEXTS)))
    old = "" if row[column] is None else str(row[column])
    at = data.draw(st.integers(0, len(old)))
    character = data.draw(st.characters(exclude_categories=["Cs"]))
    changed = data.draw(st.sampled_from([old[:at] + character + old[at:], old[:at] + old[at + 1 :]]))
    if changed == old or (row[column] is None and not changed):
        return
    row[column] = changed
    rows = [row_of(one) for one in entries]
    check = verify([batch([*rows[:place], row, *rows[place + 1 :]])], head_of(entries))
    assert check.broken_at == place + 1


@given(st.data())
def test_in_whatever_batches_the_first_fault_is_found(data: st.DataObject) -> None:
    entries = list(ledger())
    place, cut = data.draw(st.integers(0, COUNT - 1)), data.draw(st.integers(0, COUNT))
    entries[place] = replace(entries[place], note="x")
    rows = [row_of(one) for one in entries]
    assert verify([batch(rows[:cut]), batch(rows[cut:])], head_of(entries)).broken_at == place + 1


def dropped(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    return entries[:3] + entries[4:]


def dropped_and_renumbered(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    return entries[:3] + [replace(one, position=one.position - 1) for one in entries[4:]]


def swapped(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    left, right = entries[3], entries[5]
    return [*entries[:3], replace(right, position=4), entries[4], replace(left, position=6), *entries[6:]]


def forked(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    other = chained(replace(entries[3], note="x"), LedgerHead(entries[1].position + 1, entries[1].hash))
    return [*entries[:3], replace(other, position=4, hash=entry_hash(replace(other, position=4))), *entries[4:]]


def replaced(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    other = chained(replace(entries[3], note="x"), head_of(entries[:3]))
    return [*entries[:3], other, *entries[4:]]


def twice(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    return [*entries[:4], entries[3], *entries[4:]]


def cut_off(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    return entries[:6]


def foreign_form(entries: list[LedgerEntry]) -> list[LedgerEntry]:
    return [*entries[:3], replace(entries[3], form=3), *entries[4:]]


FAULTS: list[tuple[Callable[[list[LedgerEntry]], list[LedgerEntry]], int, Fault, str]] = [
    (dropped, 4, Fault.REMOVED, "entry 4 is gone"),
    (dropped_and_renumbered, 4, Fault.MOVED, "its place is 5"),
    (swapped, 4, Fault.MOVED, "its place is 6"),
    (forked, 4, Fault.FORKED, "continues entry 2"),
    (replaced, 5, Fault.REPLACED, "that one was replaced"),
    (twice, 5, Fault.FORKED, "a second entry at 4"),
    (cut_off, 7, Fault.CUT_OFF, "entries 7 to 9 are missing"),
    (foreign_form, 4, Fault.CHANGED, "knows a form"),
]


@pytest.mark.parametrize(("spoil", "broken_at", "fault", "said"), FAULTS)
def test_how_the_chain_is_broken_is_said(
    spoil: Callable[[list[LedgerEntry]], list[LedgerEntry]], broken_at: int, fault: Fault, said: str
) -> None:
    check = checked(spoil(list(ledger())), head_of(ledger()))
    assert (check.broken_at, check.fault) == (broken_at, fault)
    assert said in check.reason


@pytest.mark.parametrize(
    ("head", "broken_at", "said"),
    [
        (None, 10, "is missing"),
        (LedgerHead(7, ledger()[6].hash), 7, "names entry 7"),
        (LedgerHead(9, "0" * 64), 9, "names entry 9"),
    ],
)
def test_a_changed_record_of_the_end_is_found(head: LedgerHead | None, broken_at: int, said: str) -> None:
    check = checked(ledger(), head)
    assert (check.broken_at, check.fault) == (broken_at, Fault.END_CHANGED)
    assert said in check.reason


SQL: list[tuple[Sequence[str], int, Fault]] = [
    (["UPDATE consent_events SET customer_words = 'Nein' WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET event_id = upper(event_id) || 'x' WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET at = replace(at, ' ', 'T') WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET at = '2026' WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET read_aloud_confirmed = 2 WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET note = x'00ff' WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET note = CAST(note AS BLOB) WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET note = note || char(0) || 'x' WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET event = 'invented' WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET form = 1 WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET form = 2 WHERE position = 2"], 2, Fault.CHANGED),
    (["UPDATE consent_events SET campaign_id = 'x' WHERE position = 2"], 2, Fault.CHANGED),
    (["UPDATE consent_events SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE position = 5"], 5, Fault.CHANGED),
    (["UPDATE consent_events SET note = CAST(x'4aff61' AS TEXT) WHERE position = 5"], 5, Fault.UNREADABLE),
    (["DELETE FROM consent_events WHERE position = 5"], 5, Fault.REMOVED),
    (["DELETE FROM consent_events WHERE position = 9"], 9, Fault.CUT_OFF),
    (["DELETE FROM consent_head"], 10, Fault.END_CHANGED),
    (
        [
            "UPDATE consent_events SET position = 99 WHERE position = 5",
            "UPDATE consent_events SET position = 5 WHERE position = 6",
            "UPDATE consent_events SET position = 6 WHERE position = 99",
        ],
        5,
        Fault.MOVED,
    ),
]


@pytest.mark.parametrize(("statements", "broken_at", "fault"), SQL)
def test_tampering_with_the_file_is_found(file: Path, statements: Sequence[str], broken_at: int, fault: Fault) -> None:
    sql(file, *statements)
    check = stored(file)
    assert (check.broken_at, check.fault) == (broken_at, fault), check.reason
    assert check.entries == broken_at - 1


def test_tampering_past_the_databases_own_protection_is_found(file: Path) -> None:
    unbound(file)
    sql(file, "INSERT INTO consent_events SELECT * FROM consent_events WHERE position = 3")
    assert (stored(file).broken_at, stored(file).fault) == (4, Fault.FORKED)


def test_the_wordings_that_entries_name_are_said(file: Path) -> None:
    with sql_store_again(file) as store, store.read() as unit:
        assert unit.consents.named_wordings() == [("CALLS.de.v1", "1" * 64, None)]
