"""PostgreSQL takes schema and migrations unchanged, and both come to the same there."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_mock_engine
from sqlalchemy.schema import ExecutableDDLElement

from nba_desktop.backend.store.schema import metadata
from nba_desktop.backend.store.upgrade import alembic_config

BINARIES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
# initdb refuses to run for root.
USER = "postgres" if os.name == "posix" and os.geteuid() == 0 else None


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


def test_the_types_keep_their_meaning_on_postgresql() -> None:
    sql = migration_sql()
    assert "at TIMESTAMP WITH TIME ZONE NOT NULL" in sql
    assert "event_id UUID NOT NULL" in sql
    assert sql.startswith("BEGIN;")
    assert "without time zone" not in sql.lower()


def test_indexes_on_contacts_that_are_there_keep_nobody_from_writing() -> None:
    made = [line for line in migration_sql("0003:0004").splitlines() if line.startswith("CREATE INDEX")]
    assert len(made) == 2
    assert [line for line in made if not line.startswith("CREATE INDEX CONCURRENTLY ")] == []


class Server:
    """A PostgreSQL of this test alone, on a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str, text: str | None = None) -> str:
        assert BINARIES is not None
        done = subprocess.run(
            [str(BINARIES / command[0]), *command[1:]],
            input=text, capture_output=True, text=True, timeout=50, check=False, cwd=self.folder, user=USER,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C", "PGHOST": str(self.folder), "PGUSER": "nba"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr or done.stdout
        return done.stdout

    def shape_of(self, sql: str, database: str) -> list[str]:
        """Run `sql` in a new database and return every line that describes it."""
        self.run("createdb", database)
        self.run("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--dbname={database}", text=sql)
        dump = self.run("pg_dump", "--schema-only", "--exclude-table=alembic_version", database)
        return sorted(line for line in dump.splitlines() if line and not line.startswith(("--", "\\")))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    if BINARIES is None:
        pytest.skip("no PostgreSQL server is installed here")
    folder = Path(tempfile.mkdtemp(prefix="nba-pg-"))
    if USER is not None:
        shutil.chown(folder, USER)
    server = Server(folder)
    data = str(folder / "data")
    try:
        server.run("initdb", "--no-sync", "--auth=trust", "--username=nba", "--encoding=UTF8", f"--pgdata={data}")
        options = f"-c listen_addresses= -c fsync=off -k {folder}"
        log = str(folder / "log")
        server.run("pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={log}", f"--options={options}")
        try:
            yield server
        finally:
            server.run("pg_ctl", "stop", "--wait", "--mode=immediate", f"--pgdata={data}")
    finally:
        shutil.rmtree(folder)


def test_migrations_and_schema_come_to_the_same_on_a_real_postgresql(server: Server) -> None:
    migrated = server.shape_of(migration_sql(), "migrated")
    assert migrated == server.shape_of(schema_sql(), "schema")
    assert sum("CREATE TABLE" in line for line in migrated) == len(metadata.tables)


def test_an_upgrade_that_broke_off_is_run_again_on_a_real_postgresql(server: Server) -> None:
    # What is left when the making of an index breaks off: the columns, and an index that is of no use.
    broke_off = """
        ALTER TABLE contacts ADD COLUMN source VARCHAR(64);
        CREATE INDEX ix_contacts_source_interaction_id ON contacts (source);
    """
    again = server.shape_of(migration_sql("0003") + broke_off + migration_sql("0003:0004"), "again")
    assert again == server.shape_of(schema_sql(), "made")
