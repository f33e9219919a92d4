"""The one place of these tests that opens the panel's store: as a site's panel does, encrypted and sealed."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Final

from joserfc.jwk import ECKey

from nba_desktop.adapters.agent_stores import STORE_KEY, StoreKeys, StorePlan, open_store
from nba_desktop.adapters.sealing import read_site_key
from nba_desktop.adapters.sqlite_outbox import SqliteOutbox
from nba_desktop.app import Launch
from nba_desktop.contract.events import AnyEvent
from tests.fakes.keyrings import KeptSecrets

_KEY: Final = bytes(range(32))
SETTINGS: Final = "settings.json"


@cache
def site_key() -> ECKey:
    """The key pair of the site, whose private half no panel has."""
    return ECKey.generate_key("P-256")


def open_outbox(folder: Path) -> SqliteOutbox:
    """The outbox of a panel whose data are in `folder`; one that had to be set aside is no good one here."""
    public = json.dumps(site_key().as_dict(private=False))
    plan = StorePlan(folder, STORE_KEY, "required", public, timedelta(days=7))
    opened = open_store(plan, StoreKeys(_KEY, read_site_key(public)))
    assert opened.store is not None, opened.error
    assert opened.notices == ()
    return opened.store


def a_launch(folder: Path, url: str, token: str, call: str | None = None) -> Launch:
    """How a site's panel is started whose keyring has the key of that outbox."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"outbox_encryption": "required", "site_public_key": json.dumps(site_key().as_dict(private=False))}
    (folder / SETTINGS).write_text(json.dumps(settings), encoding="utf-8")
    secrets = KeptSecrets()
    secrets.store(STORE_KEY, base64.b64encode(_KEY).decode())
    return Launch(
        data_dir=folder,
        settings_file=folder / SETTINGS,
        language="de",
        theme="light",
        backend_url=url,
        token=token,
        first_call=call,
        secrets=secrets,
    )


def hear_of_each_put(hear: Callable[[list[str]], None]) -> None:
    """From now on tell the ids of what an outbox of this process has acknowledged, whoever opens it; for programs."""
    put = SqliteOutbox.put

    def put_and_tell(store: SqliteOutbox, *events: AnyEvent) -> None:
        put(store, *events)
        hear([str(event.event_id) for event in events])

    SqliteOutbox.put = put_and_tell  # type: ignore[assignment, method-assign]


def fill_up(outbox: SqliteOutbox) -> None:
    """From now on the outbox may take no more of the disk than it has, as on a full one."""
    outbox._db.execute("PRAGMA max_page_count = 1")


def make_room(outbox: SqliteOutbox) -> None:
    """Somebody has tidied up."""
    outbox._db.execute("PRAGMA max_page_count = 1000000")
