"""The migrations lead to the schema, completely or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, inspect

from nba_desktop.backend.errors import StoreTooNew, StoreUnavailable
from nba_desktop.backend.store.contacts import Contacts
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import NEWEST, migrate
from nba_desktop.backend.store.schema import metadata
from nba_desktop.backend.store.upgrade import alembic_config
from nba_desktop.contract.base import new_id

CONTACT = new_id()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(URL.create("sqlite", database=str(tmp_path / "x.sqlite3")))) as opened:
        yield opened


def test_the_migrations_lead_to_the_schema(database: Database) -> None:
    migrate(database)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        inspector = inspect(connection)
        for table in metadata.sorted_tables:
            unique = {one["name"] for one in inspector.get_unique_constraints(table.name)}
            foreign = {one["name"] for one in inspector.get_foreign_keys(table.name)}
            named = {str(one.name) for one in table.constraints}
            assert unique | foreign | {inspector.get_pk_constraint(table.name)["name"]} == named


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database)
    migrate(database)
    with database.reading() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == NEWEST


def test_a_migration_that_breaks_leaves_nothing(database: Database) -> None:
    last = metadata.sorted_tables[-1].name
    with database.writing() as connection:
        # In the way of the migration's last table.
        connection.exec_driver_sql(f"CREATE VIEW {last} AS SELECT 1")
    with pytest.raises(StoreUnavailable):
        migrate(database)
    with database.reading() as connection:
        assert inspect(connection).get_table_names() == []


def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    migrate(database)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTooNew, match="newer version"):
        migrate(database)


def test_there_is_one_line_of_migrations() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    assert script.get_heads() == [NEWEST]


def test_contacts_from_before_transfers_name_no_telephone_system(database: Database) -> None:
    config = alembic_config()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.exec_driver_sql("INSERT INTO agents (agent_id, recipient_code, created_at) VALUES ('a', 'r', 0)")
        connection.exec_driver_sql(
            "INSERT INTO contacts (contact_id, agent_id, started_at, channel, direction, number_raw, presentation, "
            "interaction_id, language, auth_level, note) VALUES "
            f"('{CONTACT.hex}', 'a', '2026-03-12 09:30:00.000000', 'call', 'inbound', '', 'allowed', 'i', 'de', "
            "'none', '')"
        )
    migrate(database)
    with database.reading() as connection:
        contact = Contacts(connection).by_id(CONTACT)
    assert contact is not None
    assert (contact.source, contact.ivr_path, contact.ivr_level, contact.interaction_id) == ("", None, None, "i")
