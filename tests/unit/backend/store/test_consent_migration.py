"""The columns for the proof come and go without touching what is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.util import CommandError
from sqlalchemy import insert, inspect, update

from nba_desktop.backend.consent.checking import verify
from nba_desktop.backend.store.consents import Consents
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.schema.consents import consent_events, consent_head
from nba_desktop.backend.store.upgrade import alembic_config
from tests.fakes.backend_ledger import chain, entry
from tests.fakes.backend_site import Stores

_LATER = ("form", "campaign_id", "corrects", "wording_record_sha256")


@pytest.fixture
def database(tmp_path: Path, each_store: Stores) -> Iterator[Database]:
    with closing(Database(each_store.empty(tmp_path))) as opened:
        yield opened


def migrated(database: Database, revision: str, down: bool = False) -> None:
    config = alembic_config()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(config, revision)


def test_entries_from_before_still_hold_and_new_ones_follow(database: Database) -> None:
    before = chain([entry(form=1), entry(form=1, call_id=None)])
    migrated(database, "0004")
    with database.writing() as connection:
        names = {one["name"] for one in inspect(connection).get_columns("consent_events")}
        assert not set(_LATER) & names
        rows = [{name: getattr(one, name) for name in names} for one in before]
        connection.execute(insert(consent_events), rows)
        connection.execute(update(consent_head).values(position=before[-1].position, hash=before[-1].hash))
    migrate(database)
    with database.writing() as connection:
        consents = Consents(connection)
        assert consents.of_customer("c-lisa") == tuple(before)
        consents.append(entry(campaign_id="autumn"))
        check = verify(consents.batches(), consents.end())
    assert (check.entries, check.broken_at) == (3, None)
    # Down would take away what the new entry's hash covers.
    with pytest.raises(CommandError, match="could not check"):
        migrated(database, "0004", down=True)


def test_the_way_down_is_open_while_nothing_was_written(database: Database) -> None:
    migrated(database, "0005")
    migrated(database, "0004", down=True)
    migrated(database, "0005")
    with database.reading() as connection:
        assert list(Consents(connection).batches()) == []
