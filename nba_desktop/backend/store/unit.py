"""Everything within one transaction, as the services see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic
from typing import Final

from sqlalchemy import Connection

from nba_desktop.backend.errors import StoreUnavailable
from nba_desktop.backend.rows.settings import SettingRow
from nba_desktop.backend.store.access import Access
from nba_desktop.backend.store.arrivals import Arrivals
from nba_desktop.backend.store.audit import Audit
from nba_desktop.backend.store.catalogues import Catalogues
from nba_desktop.backend.store.consents import Consents, KnownHead
from nba_desktop.backend.store.contacts import Contacts
from nba_desktop.backend.store.customers import Customers
from nba_desktop.backend.store.decisions import Decisions
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.feedback import FeedbackTable
from nba_desktop.backend.store.follow_ups import FollowUps
from nba_desktop.backend.store.hooks import Hooks
from nba_desktop.backend.store.imports import Imports
from nba_desktop.backend.store.learning import Learning
from nba_desktop.backend.store.outbound import Outbound
from nba_desktop.backend.store.outcomes import Outcomes
from nba_desktop.backend.store.pending import Pending
from nba_desktop.backend.store.retention import Retention
from nba_desktop.backend.store.review_facts import ReviewFacts
from nba_desktop.backend.store.review_log import ReviewLog
from nba_desktop.backend.store.review_material import ReviewMaterial
from nba_desktop.backend.store.settings import Settings
from nba_desktop.backend.store.site_data import SiteData
from nba_desktop.backend.store.site_figures import SiteFacts
from nba_desktop.backend.store.subjects import Subjects
from nba_desktop.backend.store.teams import Teams
from nba_desktop.backend.store.values import Values
from nba_desktop.backend.store.wishes import Wishes
from nba_desktop.backend.store.write_trial import WriteTrial

_TRIAL: Final = "write_trial"
_TRIAL_WAITS_S: Final = 1.0


class SqlUnit:
    """The repositories of one transaction."""

    def __init__(self, connection: Connection, ledger_head: KnownHead | None = None) -> None:
        self._connection = connection
        self.customers = Customers(connection)
        self.arrivals = Arrivals(connection)
        self.contacts = Contacts(connection)
        self.decisions = Decisions(connection)
        self.consents = Consents(connection, ledger_head)
        self.outcomes = Outcomes(connection)
        self.learning = Learning(connection)
        self.catalogues = Catalogues(connection)
        self.settings = Settings(connection)
        self.access = Access(connection)
        self.audit = Audit(connection)
        self.hooks = Hooks(connection)
        self.teams = Teams(connection)
        self.review = ReviewFacts(connection)
        self.review_material = ReviewMaterial(connection)
        self.review_log = ReviewLog(connection)
        self.site = SiteFacts(connection)
        self.pending = Pending(connection)
        self.follow_ups = FollowUps(connection)
        self.feedback = FeedbackTable(connection)
        self.imports = Imports(connection)
        self.values = Values(connection)
        self.site_data = SiteData(connection)
        self.outbound = Outbound(connection)
        self.wishes = Wishes(connection)
        self.subjects = Subjects(connection)
        self.retention = Retention(connection)

    @contextmanager
    def part(self) -> Iterator[None]:
        """Open a part of the transaction that is undone alone when it raises."""
        with self._connection.begin_nested():
            yield


class SqlStore:
    """Hands out transactions on a database."""

    def __init__(self, database: Database, clock: Callable[[], float] = monotonic) -> None:
        self._database = database
        self._ledger_head = KnownHead()
        self._trial = WriteTrial(self._write_something, clock)

    @contextmanager
    def read(self) -> Iterator[SqlUnit]:
        """Open a transaction that reads."""
        with self._database.reading() as connection:
            yield SqlUnit(connection, self._ledger_head)

    @contextmanager
    def write(self) -> Iterator[SqlUnit]:
        """Open a transaction that writes; durable when the block ends, or not done at all."""
        with self._writing() as unit:
            yield unit

    def check_writes(self) -> None:
        """Raise `StoreUnavailable` while no write gets through: one is tried now and then, not at every question."""
        self._trial.check()

    def tidy(self) -> None:
        """Leave nothing of what was removed in the database's file; takes a while and keeps writers waiting."""
        self._database.tidy()

    def close(self) -> None:
        """Close every connection to the database."""
        self._database.close()

    @contextmanager
    def _writing(self, wait_s: float | None = None) -> Iterator[SqlUnit]:
        try:
            with self._database.writing(wait_s) as connection:
                yield SqlUnit(connection, self._ledger_head)
        except StoreUnavailable as error:
            if error.way_out:
                self._trial.refused(error)
            raise

    def _write_something(self) -> None:
        with self._writing(_TRIAL_WAITS_S) as unit:
            unit.settings.put(SettingRow(_TRIAL, "", datetime.now(UTC), "installation"))
