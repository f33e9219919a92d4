"""PostgreSQL takes schema and migrations unchanged, also as text that an administrator runs himself."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import URL, create_mock_engine
from sqlalchemy.schema import ExecutableDDLElement

from nba_desktop.backend.store.schema.metadata import metadata
from nba_desktop.backend.store.upgrade import alembic_config
from tests.fakes.postgresql import Server


def migration_sql(steps: str = "head") -> str:
    """The migrations as PostgreSQL is told them; `steps` may be `from:to`."""
    config = alembic_config()
    config.set_main_option("dialect", "postgresql")
    config.output_buffer = io.StringIO()
    command.upgrade(config, steps, sql=True)
    return config.output_buffer.getvalue()


def schema_sql() -> str:
    """The schema as PostgreSQL is told it."""
    statements: list[str] = []

    def collect(statement: ExecutableDDLElement, *_args: object, **_kwargs: object) -> None:
        statements.append(str(statement.compile(dialect=engine.dialect)))

    engine = create_mock_engine("postgresql+psycopg://", collect)
    metadata.create_all(engine, checkfirst=False)
    return ";\n".join(statements) + ";\n"


@pytest.fixture
def empty(postgresql: Server) -> Iterator[URL]:
    url = postgresql.made()
    yield url
    postgresql.drop(url)


@pytest.fixture(scope="module")
def of_schema(postgresql: Server) -> Iterator[list[str]]:
    """The lines that describe the schema as it is in the code."""
    url = postgresql.made()
    postgresql.fed(url, schema_sql())
    yield postgresql.dumped(url)
    postgresql.drop(url)


def test_the_types_keep_their_meaning_on_postgresql() -> None:
    sql = migration_sql()
    assert "at TIMESTAMP WITH TIME ZONE NOT NULL" in sql
    assert "event_id UUID NOT NULL" in sql
    assert sql.startswith("BEGIN;")
    assert "timestamp without time zone" not in sql.lower()


def test_indexes_on_contacts_that_are_there_keep_nobody_from_writing() -> None:
    made = [line for line in migration_sql("0003:0004").splitlines() if line.startswith("CREATE INDEX")]
    assert len(made) == 2
    assert [line for line in made if not line.startswith("CREATE INDEX CONCURRENTLY ")] == []


def test_migrations_and_schema_come_to_the_same_on_a_real_postgresql(
    postgresql: Server, empty: URL, of_schema: list[str]
) -> None:
    postgresql.fed(empty, migration_sql())
    migrated = postgresql.dumped(empty)
    assert migrated == of_schema
    assert sum("CREATE TABLE" in line for line in migrated) == len(metadata.tables)


def test_an_upgrade_that_broke_off_is_run_again_on_a_real_postgresql(
    postgresql: Server, empty: URL, of_schema: list[str]
) -> None:
    # What is left when the making of an index breaks off: the columns, and an index that is of no use.
    broke_off = """
        ALTER TABLE contacts ADD COLUMN source VARCHAR(64);
        CREATE INDEX ix_contacts_source_interaction_id ON contacts (source);
    """
    postgresql.fed(empty, migration_sql("0003") + broke_off + migration_sql("0003:head"))
    assert postgresql.dumped(empty) == of_schema
