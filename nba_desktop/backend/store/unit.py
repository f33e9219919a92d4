"""Everything within one transaction, as the services see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from nba_desktop.backend.store.access import Access, Audit
from nba_desktop.backend.store.catalogues import Catalogues
from nba_desktop.backend.store.consents import Consents
from nba_desktop.backend.store.contacts import Contacts
from nba_desktop.backend.store.customers import Customers
from nba_desktop.backend.store.decisions import Decisions
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.hooks import Hooks
from nba_desktop.backend.store.learning import Learning
from nba_desktop.backend.store.outcomes import Outcomes
from nba_desktop.backend.store.settings import Settings


class SqlUnit:
    """The repositories of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.customers = Customers(connection)
        self.contacts = Contacts(connection)
        self.decisions = Decisions(connection)
        self.consents = Consents(connection)
        self.outcomes = Outcomes(connection)
        self.learning = Learning(connection)
        self.catalogues = Catalogues(connection)
        self.settings = Settings(connection)
        self.access = Access(connection)
        self.audit = Audit(connection)
        self.hooks = Hooks(connection)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Open a part of the transaction that is undone alone when it raises."""
        with self._connection.begin_nested():
            yield


class SqlStore:
    """Hands out transactions on a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def read(self) -> Iterator[SqlUnit]:
        """Open a transaction that reads."""
        with self._database.reading() as connection:
            yield SqlUnit(connection)

    @contextmanager
    def write(self) -> Iterator[SqlUnit]:
        """Open a transaction that writes; durable when the block ends, or not done at all."""
        with self._database.writing() as connection:
            yield SqlUnit(connection)

    def close(self) -> None:
        """Close every connection to the database."""
        self._database.close()
