"""A PostgreSQL server of the tests' own: on a free port, gone with the process that started it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Final

import psycopg
from sqlalchemy import URL

BINARIES: Final = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
# initdb refuses to run for root.
_USER: Final = "postgres" if os.name == "posix" and os.geteuid() == 0 else None
_OWNER: Final = "nba"
_START_S: Final = 30.0
# Nothing here need outlive the machine, and each database lives for one test.
_SETTINGS: Final = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "16MB",
    "max_connections": "60",
}
# Ends the server and removes its folder as soon as nobody holds the other end of its input any more: also when the
# tests were killed.
_WATCHED: Final = """
"$1"/postgres -D "$2/data" >"$2/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -QUIT $server
wait $server
rm -rf "$2"
"""


@dataclass
class Server:
    """One server; `nba` owns it and needs no password at its socket, everybody else needs one."""

    folder: Path
    port: int
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> URL:
        """Where a database is, by the server's socket."""
        query = {"host": str(self.folder), "port": str(self.port)}
        return URL.create("postgresql+psycopg", username=_OWNER, database=database, query=query)

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Carry out statements, each by itself."""
        with psycopg.connect(
            host=str(self.folder), port=self.port, user=_OWNER, dbname=database, autocommit=True
        ) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def dumped(self, url: URL) -> list[str]:
        """Return every line that describes a database's schema, in order of the alphabet."""
        said = self._program("pg_dump", "--schema-only", "--exclude-table=alembic_version", str(url.database))
        return sorted(line for line in said.splitlines() if line and not line.startswith(("--", "\\")))

    def fed(self, url: URL, sql: str) -> None:
        """Carry out a text of statements as an administrator does."""
        self._program("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", str(url.database), text=sql)

    def made(self, template: str = "template0") -> URL:
        """Make a database like another one, and return where it is."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: URL) -> None:
        """Remove a database, whoever still uses it."""
        self.run(f"DROP DATABASE {url.database} WITH (FORCE)")

    def _program(self, name: str, *arguments: str, text: str | None = None) -> str:
        assert BINARIES is not None
        done = subprocess.run(
            [str(BINARIES / name), *arguments], input=text, capture_output=True, text=True, timeout=50, check=False,
            env={"LC_ALL": "C", "PGHOST": str(self.folder), "PGPORT": str(self.port), "PGUSER": _OWNER},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def server() -> Iterator[Server]:
    """Start a server, and stop it when the block ends or the process dies."""
    assert BINARIES is not None
    # Short: the name of a socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="nba-pg-", dir="/tmp"))
    if _USER is not None:
        shutil.chown(folder, _USER)
    port = _free_port()
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}
    made = subprocess.run(
        [str(BINARIES / "initdb"), "--no-sync", "--auth-local=trust", "--auth-host=scram-sha-256", "--locale=C",
         "--encoding=UTF8", f"--username={_OWNER}", f"--pgdata={folder / 'data'}"],
        capture_output=True, text=True, timeout=50, check=False, cwd=folder, user=_USER, env=environment,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    settings = _SETTINGS | {
        "listen_addresses": "'127.0.0.1'",
        "port": str(port),
        "unix_socket_directories": f"'{folder}'",
    }
    with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{name} = {value}\n" for name, value in settings.items())
    watched = subprocess.Popen(
        ["/bin/sh", "-c", _WATCHED, "sh", str(BINARIES), str(folder)],
        stdin=subprocess.PIPE, cwd="/", user=_USER, env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_until_ready(folder, watched)
        yield Server(folder, port)
    finally:
        assert watched.stdin is not None
        watched.stdin.close()
        watched.wait(20)


def _wait_until_ready(folder: Path, watched: subprocess.Popen[bytes]) -> None:
    ready = folder / "data" / "postmaster.pid"
    end = time.monotonic() + _START_S
    while not (ready.exists() and ready.read_text(encoding="utf-8").rstrip().endswith("ready")):
        log = folder / "log"
        assert watched.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        time.sleep(0.01)


def _free_port() -> int:
    """A port that nobody gets by chance before the server takes it: below those that are given out unasked."""
    for number in range(10_000):
        port = 20_000 + (os.getpid() + number) % 10_000
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
