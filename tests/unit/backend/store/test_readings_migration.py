"""Who read whom before every reading was kept is in the log afterwards, and on the way back nothing of it is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import column, select, table

from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.rows.audit import LookRow, Reading
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.schema.audit import readings
from nba_desktop.backend.store.unit import SqlUnit
from nba_desktop.backend.store.upgrade import downgrade
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ReadBasis, ReadOperation, Role
from tests.fakes.backend_site import NOW, Stores
from tests.unit.backend.store.test_migrations import to_version

BEFORE = "0016"


@pytest.fixture
def database(tmp_path: Path, each_store: Stores) -> Iterator[Database]:
    with closing(Database(each_store.empty(tmp_path))) as opened:
        to_version(opened, BEFORE)
        with opened.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO agents (agent_id, recipient_code, created_at) "
                "VALUES ('anna', 'A-1', '2026-03-12 09:30:00.000000')"
            )
        yield opened


def told_before(database: Database, reason: str, customer_ids: str) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO customer_reads (read_id, at, agent_id, reason, customer_ids) "
            f"VALUES ('{new_id().hex}', '2026-03-12 09:30:00.000000', 'anna', '{reason}', '{customer_ids}')"
        )


def test_each_customer_of_a_reading_has_a_row_and_it_comes_back_as_it_was(database: Database) -> None:
    told_before(database, "Rückfrage", '["c-lisa", "c-jan"]')
    told_before(database, "nichts gefunden", "[]")
    migrate(database)
    with database.reading() as connection:
        found = connection.execute(select(readings).order_by(readings.c.reason, readings.c.place)).all()
    assert [(row.reason, row.place, row.customer_id, row.together) for row in found] == [
        ("Rückfrage", 0, "c-lisa", 2),
        ("Rückfrage", 1, "c-jan", 2),
        ("nichts gefunden", 0, None, 0),
    ]
    assert {(row.agent_id, row.role, row.operation, row.basis, row.contact_id) for row in found} == {
        ("anna", None, None, "reason", None)
    }
    downgrade(database, BEFORE)
    assert said_before(database) == {"Rückfrage": {"c-lisa", "c-jan"}, "nichts gefunden": set()}


def test_a_reading_without_words_goes_back_by_its_operation(database: Database) -> None:
    migrate(database)
    with database.writing() as connection:
        reading = Reading(NOW, "anna", Role.AGENT, ReadOperation.SETTLE_CALLER, ReadBasis.CONTACT, "", new_id())
        SqlUnit(connection).audit.add(reading, ["c-lisa"])
    downgrade(database, BEFORE)
    assert said_before(database) == {"settle_caller": {"c-lisa"}}


def test_who_looked_at_the_log_has_no_place_in_the_version_before(database: Database) -> None:
    migrate(database)
    with database.writing() as connection:
        SqlUnit(connection).audit.add_look(LookRow(new_id(), NOW, "anna", Role.ADMIN, "Prüfung", "anna"))
    with pytest.raises(ConfigurationError, match="audit_looks"):
        downgrade(database, BEFORE)


def said_before(database: Database) -> dict[str, set[str]]:
    before = table("customer_reads", column("reason"), column("customer_ids"))
    with database.reading() as connection:
        return {row.reason: set(json.loads(row.customer_ids)) for row in connection.execute(select(before))}
