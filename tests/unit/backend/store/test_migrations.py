"""The migrations lead to the schema and back, completely or not at all, and lose nothing on either way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from nba_desktop.backend.errors import ConfigurationError, StoreTooNew, StoreUnavailable
from nba_desktop.backend.rows.access import AgentProfile
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import NEWEST, migrate, version_of
from nba_desktop.backend.store.schema.contacts import contacts
from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.unit import SqlUnit
from nba_desktop.backend.store.upgrade import alembic_config, downgrade
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from tests.fakes.backend_site import JOURNEY, LISA, NOW, Stores

CONTACT = new_id()


@pytest.fixture
def database(tmp_path: Path, each_store: Stores) -> Iterator[Database]:
    with closing(Database(each_store.empty(tmp_path))) as opened:
        yield opened


@pytest.fixture
def newest(tmp_path: Path, each_store: Stores) -> Iterator[Database]:
    """A database at the newest version, which a test does not take away from it."""
    with closing(Database(each_store.fresh(tmp_path))) as opened:
        yield opened


def to_version(database: Database, version: str) -> None:
    config = alembic_config()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)


def versions() -> list[str]:
    """Every version, the newest first."""
    return [one.revision for one in ScriptDirectory.from_config(alembic_config()).walk_revisions()]


def shape(database: Database) -> dict[str, tuple[object, ...]]:
    """Columns, keys and indexes of each table, in whatever order they were made."""
    with database.reading() as connection:
        inspector = inspect(connection)
        columns = inspector.get_multi_columns()
        foreign, unique = inspector.get_multi_foreign_keys(), inspector.get_multi_unique_constraints()
        indexes = inspector.get_multi_indexes()
        return {
            key[1]: (
                sorted((one["name"], str(one["type"]), one["nullable"]) for one in columns[key]),
                sorted(str(one["name"]) for one in foreign[key]),
                sorted(str(one["name"]) for one in unique[key]),
                sorted(str(one["name"]) for one in indexes[key]),
            )
            for key in columns
            if key[1] != "alembic_version"
        }


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
            # A number that is never given again is SQLite's own, without a name.
            key = inspector.get_pk_constraint(table.name)["name"] or table.primary_key.name
            assert unique | foreign | {key} == named


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database)
    migrate(database)
    assert version_of(database) == NEWEST


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


def test_each_migration_is_undone_to_what_was_there_before(database: Database) -> None:
    line = versions()
    before = []
    for version in reversed(line):
        before.append(shape(database))
        to_version(database, version)
    newest = shape(database)
    for version, was in zip([*line[1:], "base"], reversed(before), strict=True):
        downgrade(database, version)
        assert shape(database) == was, f"on the way back to {version}"
    migrate(database)
    assert shape(database) == newest


def test_what_was_there_is_there_after_a_way_back_and_forth(database: Database) -> None:
    def read() -> object:
        with database.reading() as connection:
            unit = SqlUnit(connection)
            return unit.customers.touchpoints("c-lisa"), unit.access.recipient_code("anna"), unit.consents.end()

    migrate(database)
    with database.writing() as connection:
        unit = SqlUnit(connection)
        code = ensure_agent(unit.access, "anna", NOW)
        unit.customers.add([LISA], JOURNEY)
        # The one value of the sample that the first version has no place for.
        connection.exec_driver_sql("UPDATE customers SET facts_as_of = NULL")
    said = read()
    downgrade(database, "0001")
    migrate(database)
    assert read() == said
    assert code in str(said)


def set_profile(unit: SqlUnit) -> None:
    unit.access.set_profile(AgentProfile("anna", "Anna Arndt", frozenset({"english"}), None))


def begin_a_transferred_call(unit: SqlUnit) -> None:
    unit._connection.execute(
        contacts.insert().values(
            contact_id=CONTACT,
            agent_id="anna",
            started_at=NOW,
            channel="call",
            direction="inbound",
            number_raw="",
            presentation="allowed",
            interaction_id="i",
            language="de",
            auth_level="none",
            note="",
            source="asterisk",
        )
    )


def block(unit: SqlUnit) -> None:
    unit.access.set_blocked("anna", NOW)


def sign_in(unit: SqlUnit) -> None:
    unit.access.add_sign_in("anna", "https://login.example", "0815", NOW)


@pytest.mark.parametrize(
    ("say", "what"),
    [
        (set_profile, "agents \\(display_name, skills, authority\\)"),
        (begin_a_transferred_call, "contacts \\(source"),
        (block, "agents \\(blocked_since"),
        (sign_in, "sign_ins"),
    ],
)
def test_no_way_back_loses_what_was_said(newest: Database, say: Callable[[SqlUnit], None], what: str) -> None:
    with newest.writing() as connection:
        unit = SqlUnit(connection)
        ensure_agent(unit.access, "anna", NOW)
        say(unit)
    with pytest.raises(ConfigurationError, match=f"no place for what is in {what}"):
        downgrade(newest, "0001")
    assert version_of(newest) == NEWEST


def test_there_is_no_way_back_to_what_never_was(newest: Database) -> None:
    with pytest.raises(ConfigurationError, match="cannot go back to 7777"):
        downgrade(newest, "7777")


def test_contacts_from_before_transfers_name_no_telephone_system(database: Database) -> None:
    to_version(database, "0003")
    with database.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO agents (agent_id, recipient_code, created_at) VALUES ('a', 'r', '2026-03-12 09:30:00.000000')"
        )
        connection.exec_driver_sql(
            "INSERT INTO contacts (contact_id, agent_id, started_at, channel, direction, number_raw, presentation, "
            "interaction_id, language, auth_level, note) VALUES "
            f"('{CONTACT.hex}', 'a', '2026-03-12 09:30:00.000000', 'call', 'inbound', '', 'allowed', 'i', 'de', "
            "'none', '')"
        )
    migrate(database)
    with database.reading() as connection:
        contact = SqlUnit(connection).contacts.by_id(CONTACT)
    assert contact is not None
    assert (contact.source, contact.ivr_path, contact.ivr_level, contact.interaction_id) == ("", None, None, "i")
