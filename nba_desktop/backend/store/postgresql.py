"""What is special about PostgreSQL: a server that may be away, several processes that write, and a site's own set-up.

Writers take turns here as they do on SQLite, by one advisory lock that ends with its transaction: the chain of the
consents, the log of the model and “each event once” rely on nobody writing between what is read and what is written.
So nothing of this program can dead-lock or fail to serialise, and several processes write no more than one could.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, Row, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from nba_desktop.backend.errors import BackendError, ConfigurationError, StoreBusy, StoreUnavailable

OLDEST: Final = 15
"""The oldest server that is supported, and the one the tests were made with."""

_EXAMPLE: Final = "postgresql://USER@HOST/DATABASE"
_WRITES: Final = "nba_writes"
_WRITER_LOCK: Final = int.from_bytes(b"nba-desk", "big")
_CONNECT_S: Final = 10
_IDLE_WRITER_S: Final = 60
"""A writer that does nothing for so long has lost its process or its way; it must not keep all others waiting."""

# A peer that vanished without a word is noticed within half a minute, by either side.
_KEEPALIVES: Final = {"idle": 10, "interval": 5, "count": 3}

_LOOK: Final = """
SELECT current_setting('server_version_num')::int / 10000 AS version,
       current_setting('server_encoding') AS encoding,
       'B' < 'a' AND 'a b' < 'aa' AND 'z' < 'ä' AS bytewise,
       pg_is_in_recovery() AS standby,
       current_user AS who,
       coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may_create
"""


class Postgresql:
    """Transactions on a server; `busy_wait_s` is the longest wait for a lock of another process."""

    def __init__(self, url: URL, busy_wait_s: float) -> None:
        self._url = url
        try:
            self.engine = create_engine(
                url,
                # Parameters are personal data: they must not appear in error texts.
                hide_parameters=True,
                # A server lets a hundred in as it comes, and several processes share them.
                pool_size=5,
                max_overflow=15,
                pool_timeout=10,
                # After a restart of the server the first request finds a new connection instead of an error.
                pool_pre_ping=True,
                connect_args=_connect_args(url, busy_wait_s),
            )
        except ImportError as error:
            raise ConfigurationError(
                "PostgreSQL needs the driver psycopg, which this installation does not have: install "
                "'psycopg[binary]', or 'nba-desktop[backend]' anew"
            ) from error
        event.listen(self.engine, "begin", _on_begin)
        # What the transaction is goes with its BEGIN and costs no question of its own.
        self.reads: Engine = self.engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        # Each statement sees what was committed before it, so what is read is never older than the lock.
        self.writes: Engine = self.engine.execution_options(
            isolation_level="READ COMMITTED", postgresql_readonly=False, **{_WRITES: True}
        )

    def check(self) -> None:
        """Raise what says why the server cannot be reached or this database not be used, and the way out."""
        try:
            with self.engine.connect() as connection:
                found = connection.exec_driver_sql(_LOOK).one()
        except DBAPIError as error:
            raise _cannot_open(self._url, str(error.orig)) from error
        problem = _unfit(self._url, found)
        if problem:
            raise ConfigurationError(f"the database at {shown(self._url)} cannot be used: {problem}")

    def tidy(self) -> None:
        """Let the server reuse what was removed; its log and backups are its administrator's."""
        with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.exec_driver_sql("VACUUM")

    def trouble(self, error: DBAPIError) -> StoreUnavailable:
        """Return why a statement was refused; never what it was."""
        match getattr(error.orig, "sqlstate", None):
            case "55P03":
                return StoreBusy("the store is busy with another write")
            case "40001" | "40P01":
                return StoreBusy("the database was busy with somebody else's work: try again")
            case None:
                return StoreUnavailable("the connection to the database server is lost or cannot be made")
            case str(state) if error.connection_invalidated or state.startswith(("08", "57P", "25P03")):
                return StoreUnavailable("the connection to the database server is lost or cannot be made")
            case "53100":
                return StoreUnavailable("the database refused: its disk is full", "make room on the database server")
            case state:
                return StoreUnavailable(f"the database refused: {type(error).__name__} ({state})")


def read_address(text: str) -> URL:
    """Return a database's address; raise `ConfigurationError`, which never repeats it, for what is none."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ConfigurationError(
            f"the database's address cannot be read: it looks like {_EXAMPLE}; in a user or password, write the "
            "characters @ : / ? # % as %40 %3A %2F %3F %23 %25"
        ) from None
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise ConfigurationError(
            f"the database's address begins with {url.drivername}: a server's begins with postgresql "
            f"({_EXAMPLE}); SQLite is a folder, named with --data"
        )
    if not url.database:
        raise ConfigurationError(f"the database's address names no database: it looks like {_EXAMPLE}")
    return url.set(drivername="postgresql+psycopg")


def shown(url: URL) -> str:
    """Return an address as people may see it: without password and options."""
    return url.set(drivername="postgresql", query={}).render_as_string(hide_password=True).replace(":***@", "@")


def bytes_of(connection: Connection, asked: str, values: Mapping[str, object]) -> bytes | None:
    """Return the one value of bytes that is asked for, None where there is none.

    The driver has bytes sent as digits unless it is told otherwise: four times as much work where they are many.
    """
    # Only where there is a server is there its driver.
    from psycopg import Error

    driver: Any = connection.connection.driver_connection
    try:
        row: tuple[bytes | None] | None = driver.execute(asked, values, binary=True).fetchone()
    except Error as error:
        raise StoreUnavailable(f"the database refused: {type(error).__name__} ({error.sqlstate})") from error
    return None if row is None else row[0]


def _connect_args(url: URL, busy_wait_s: float) -> dict[str, object]:
    ours = {
        "lock_timeout": int(busy_wait_s * 1000),
        "timezone": "UTC",
        **{f"tcp_keepalives_{name}": value for name, value in _KEEPALIVES.items()},
    }
    options = " ".join(f"-c {name}={value}" for name, value in ours.items())
    arguments: dict[str, object] = {
        "connect_timeout": _CONNECT_S,
        "application_name": "nba-desktop",
        "tcp_user_timeout": sum(_KEEPALIVES.values()) * 1000,
        "keepalives_idle": _KEEPALIVES["idle"],
        "keepalives_interval": _KEEPALIVES["interval"],
        "keepalives_count": _KEEPALIVES["count"],
    }
    # What the site says in the address counts.
    mine = {name: value for name, value in arguments.items() if name not in url.query}
    return mine | {"options": f"{options} {url.query['options']}" if "options" in url.query else options}


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES, False):
        # As on SQLite, a commit is on disk whatever the server is set to; stricter settings stay.
        connection.exec_driver_sql(
            f"SET LOCAL idle_in_transaction_session_timeout = '{_IDLE_WRITER_S}s';"
            "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';"
            f"SELECT pg_advisory_xact_lock({_WRITER_LOCK})"
        )


def _unfit(url: URL, found: Row[tuple[object, ...]]) -> str:
    name, quoted = url.database, f'"{url.database}"'
    if found.version < OLDEST:
        return f"the server is PostgreSQL {found.version}, and {OLDEST} or newer is needed: update the server"
    if found.encoding != "UTF8" or not found.bytewise:
        # Else it would sort by a language's rules, differently with each update of the system.
        return (
            f"it is not in UTF-8 with the order of the bytes: make a database with CREATE DATABASE {quoted} "
            "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
        )
    if found.standby:
        return "the server is a standby, which only reads: name the primary server"
    if not found.may_create:
        return f'{found.who} may make no tables in {name}: run ALTER DATABASE {quoted} OWNER TO "{found.who}"'
    return ""


_SAID: Final = (
    ("password authentication failed", "the password or the user is wrong: name them in the address, in NBA_DATABASE, "
     "or the password in a file that the address names with ?passfile="),
    ("no password supplied", "the server wants a password: name it in NBA_DATABASE, or in a file that the address "
     "names with ?passfile="),
    ("no pg_hba.conf entry", "the server lets nobody in from here by that user: its administrator adds a line to "
     "pg_hba.conf"),
)  # fmt: skip
_SAID_FOR_NOW: Final = (
    ("connection refused", "no server listens there: start it, or put host and port right"),
    ("no such file or directory", "no server listens there: start it, or put the socket's folder right"),
    ("translate host name", "there is no host of that name: put it right"),
    ("resolve host", "there is no host of that name: put it right"),
    ("timeout", "it does not answer: look at network and firewall"),
    ("too many clients", "it has no connection left: raise max_connections there"),
    ("connection slots", "it has no connection left: raise max_connections there"),
    ("starting up", "it is starting: try again"),
    ("shutting down", "it is stopping: start it again"),
)


def _cannot_open(url: URL, said: str) -> BackendError:
    """What the driver says, with the way out where its words are known; a server may speak another language."""
    if url.password:
        said = said.replace(str(url.password), "…")
    line = " ".join(said.split())
    begin = f"the database at {shown(url)} cannot be opened"
    if f'database "{url.database}" does not exist' in line:
        return ConfigurationError(
            f'{begin}: there is no database {url.database}: make it with CREATE DATABASE "{url.database}" '
            "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C', or put its name right"
        )
    for words, way_out in _SAID:
        if words in line.lower():
            return ConfigurationError(f"{begin}: {way_out}")
    for words, way_out in _SAID_FOR_NOW:
        if words in line.lower():
            return StoreUnavailable(f"{begin}: {way_out}")
    return StoreUnavailable(f"{begin}: {line}")
