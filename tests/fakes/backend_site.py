"""A backend for tests: a small catalogue, a few customers, a store on disk."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, Protocol
from uuid import UUID

import requests
import uvicorn
from fastapi import FastAPI
from sqlalchemy import URL, event
from sqlalchemy.pool import ConnectionPoolEntry

from nba_desktop.backend.app import open_app
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.model import ContractRecord, CustomerRecord, Phone, TouchpointRecord, ValueRecord
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, ChurnClass, ContactChannel, Experience, Trend, ValueClass
from nba_desktop.contract.events import AnyEvent, CallerAuthenticated, CallerNumber, ContactStarted

CATALOGUE = Path(__file__).with_name("backend_catalogue.yaml")
PORTAL_CATALOGUE = Path(__file__).with_name("backend_portal_catalogue.yaml")
NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)

LISA = CustomerRecord(
    customer_id="c-lisa",
    customer_no="K-104233",
    salutation="ms",
    first_name="Lisa",
    last_name="Müller",
    birth_date=date(1991, 4, 17),
    street="Lindenweg 12",
    postcode="01067",
    city="Dresden",
    since=date(2019, 5, 1),
    language="de",
    household_id="h-1",
    email="lisa@example.org",
    iban_last4="4417",
    meter_no="1EMH0012345678",
    phones=(Phone("+493511234567", "phone_home"), Phone("+4915112345678", "phone_mobile")),
    contracts=(ContractRecord("V-20019", "Elbtal Strom", "electricity", date(2019, 5, 1)),),
    value=ValueRecord(ValueClass.B, 600, 900, Trend.UP, date(2026, 3, 1), 5, ChurnClass.LOW),
    facts={"home_owner": True, "bill_date": date(2026, 3, 1), "kwh_year": 2400},
)
JAN = replace(
    LISA,
    customer_id="c-jan",
    customer_no="K-104234",
    salutation="mr",
    first_name="Jan",
    birth_date=date(1989, 1, 3),
    email=None,
    iban_last4=None,
    phones=(Phone("+493511234567", "phone_home"),),
    contracts=(),
    open_complaint=True,
)
ANN = replace(
    LISA,
    customer_id="c-ann",
    customer_no="K-200111",
    first_name="Ann",
    last_name="O'Neill",
    street="Am 100% Hang 3",
    postcode="01445",
    city="Radebeul",
    language="en",
    household_id="h-2",
    phones=(Phone("+4935198765432", "phone_home"),),
    contracts=(ContractRecord("V-30001", "Elbtal Gas", "gas", date(2020, 1, 1)),),
)
JOURNEY = tuple(
    TouchpointRecord(
        touchpoint_id=f"t-{number}",
        customer_id="c-lisa",
        at=datetime(2026, 3, number, 8, 0, tzinfo=UTC),
        channel=ContactChannel.EMAIL,
        type="bill_sent",
        params={"amount_eur": 61.5},
        experience=Experience.NEUTRAL,
        case_id="case-1",
        case_open=number < 3,
    )
    for number in (1, 2, 3)
)


class HastyDatabase(Database):
    """A database that does not wait for the disk: what a test writes need not outlive the machine.

    After `close` it is used again, for another file: what SQLAlchemy has compiled once, it knows.
    """

    def __init__(self, closed: list[HastyDatabase]) -> None:
        super().__init__("sqlite:///named-when-it-connects")
        self._closed = closed
        self.file = Path()
        event.listen(self._engine, "do_connect", self._name_file)
        event.listen(self._engine, "connect", _do_not_wait_for_the_disk)

    def close(self) -> None:
        super().close()
        if self not in self._closed:
            self._closed.append(self)

    def _name_file(self, _dialect: object, _record: object, arguments: list[Any], _named: object) -> None:
        arguments[0] = str(self.file)


def _do_not_wait_for_the_disk(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA synchronous = OFF").close()


@cache
def _closed_databases() -> list[HastyDatabase]:
    return []


@cache
def migrated() -> bytes:
    """An empty database at the newest schema; made once, because it takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.sqlite3"
        with closing(Database(URL.create("sqlite", database=str(file)))) as database:
            migrate(database)
        return file.read_bytes()


@cache
def with_customers() -> bytes:
    """A database with the customers above; made once."""
    return filled(migrated(), lambda unit: unit.customers.add([LISA, JAN, ANN], JOURNEY))


def filled(database: bytes, fill: Callable[[Unit], None]) -> bytes:
    """A database's file after `fill`; made once and copied, it spares each test the same writes."""
    with tempfile.TemporaryDirectory() as folder:
        with Files().store_of(database, Path(folder)) as store, store.write() as unit:
            fill(unit)
        return (Path(folder) / "backend.sqlite3").read_bytes()


class Stores(Protocol):
    """Where the stores of tests are."""

    def store_of(self, content: bytes, folder: Path) -> AbstractContextManager[SqlStore]: ...

    def url_of(self, folder: Path) -> URL: ...

    def fresh(self, folder: Path) -> URL: ...

    def empty(self, folder: Path) -> URL: ...

    def test_ended(self) -> None: ...


class Files:
    """Stores in files: what a test gets that asks for nothing else."""

    @contextmanager
    def store_of(self, content: bytes, folder: Path) -> Iterator[SqlStore]:
        """A store in `folder` that begins with what a file holds."""
        file = folder / "backend.sqlite3"
        file.write_bytes(content)
        closed = _closed_databases()
        hasty = closed.pop() if closed else HastyDatabase(closed)
        hasty.file = file
        with closing(SqlStore(hasty)) as store:
            yield store

    def url_of(self, folder: Path) -> URL:
        """Where the store of a folder is."""
        return URL.create("sqlite", database=str(folder / "backend.sqlite3"))

    def fresh(self, folder: Path) -> URL:
        """Where a database of the newest schema is, which no other test has."""
        (folder / "backend.sqlite3").write_bytes(migrated())
        return self.url_of(folder)

    def empty(self, folder: Path) -> URL:
        """Where a database is that has no schema yet."""
        return self.url_of(folder)

    def test_ended(self) -> None:
        """Leave the files to whoever made the folder."""


STORES: ContextVar[Stores] = ContextVar("STORES")
"""Where the running test has its stores, if not in files."""


def stores() -> Stores:
    """Where the running test has its stores: in files unless it says otherwise."""
    return STORES.get(Files())


def store_of(content: bytes, folder: Path) -> AbstractContextManager[SqlStore]:
    """A store that begins with what a SQLite file holds."""
    return stores().store_of(content, folder)


def url_of(folder: Path) -> URL:
    """Where the store of a folder is."""
    return stores().url_of(folder)


def sql_store(folder: Path, customers: bool = True) -> AbstractContextManager[SqlStore]:
    """A migrated store in `folder`, with the customers above."""
    return store_of(with_customers() if customers else migrated(), folder)


def started(number: str | None = "+4935198765432", /, **changes: Any) -> ContactStarted:
    """A call that begins; without number it is withheld."""
    caller = (
        CallerNumber(presentation="restricted")
        if number is None
        else CallerNumber(raw=number, e164=number, presentation="allowed")
    )
    values: dict[str, Any] = {
        "event_id": new_id(),
        "contact_id": new_id(),
        "seq": 1,
        "at": NOW,
        "number": caller,
        "interaction_id": "i-1",
    }
    return ContactStarted(**values | changes)


def authenticated(contact_id: UUID, customer_id: str = "c-lisa", /, **changes: Any) -> CallerAuthenticated:
    """The caller proved who he is."""
    values: dict[str, Any] = {
        "event_id": new_id(),
        "contact_id": contact_id,
        "seq": 2,
        "at": NOW,
        "customer_id": customer_id,
        "level": AuthLevel.AUTHENTICATED,
        "items_passed": ("customer_no", "birth_date"),
    }
    return CallerAuthenticated(**values | changes)


@dataclass(frozen=True)
class Client:
    """Sends requests as one token's owner."""

    url: str
    token: str | None = None

    def send(self, method: str, path: str, **kwargs: Any) -> requests.Response:
        headers = {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **kwargs.pop("headers", {})}
        return requests.request(method, f"{self.url}{path}", headers=headers, timeout=20, **kwargs)

    def post(self, path: str, event: AnyEvent) -> requests.Response:
        return self.send("POST", path, json=event.model_dump(mode="json"))

    def post_events(self, *events: AnyEvent | dict[str, Any]) -> list[dict[str, Any]]:
        raw = [event if isinstance(event, dict) else event.model_dump(mode="json") for event in events]
        answer = self.send("POST", "/v1/events", json={"events": raw})
        assert answer.status_code == 200, answer.text
        verdicts: list[dict[str, Any]] = answer.json()["verdicts"]
        return verdicts


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve `app` on a loopback port and give its address."""
    config = uvicorn.Config(app, port=0, access_log=False, log_config=None, ws="none", proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        waiting = threading.Event()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            waiting.wait(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(20)


def backend_app(folder: Path, **changes: Any) -> AbstractContextManager[FastAPI]:
    """The whole backend on a fresh store in `folder`, unless one is there or the site names another."""
    if "database" not in changes and not (folder / "backend.sqlite3").exists():
        (folder / "backend.sqlite3").write_bytes(migrated())
    # A test asks faster than anybody else.
    values: dict[str, Any] = {"data": folder, "resources": folder, "catalogue": CATALOGUE, "requests_per_s": 10_000}
    return open_app(BackendConfig(**values | changes))
