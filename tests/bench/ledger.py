"""The consent ledger: how its appends compare with plain ones, and how many entries a second are checked.

By itself: `python tests/bench/ledger.py [--entries N] [--appends N] [--database URL]`; the last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, make_url

from nba_desktop.backend.consent.checking import verify
from nba_desktop.backend.consent.ledger import LedgerEntry, LedgerHead, chained
from nba_desktop.backend.rows.contacts import ContactRecord
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import ensure_agent
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import AuthLevel, ConsentChannel, ConsentEventType, ConsentPurpose
from nba_desktop.contract.events import CallerNumber, ConsentRecorded, ContactStarted

_AT_ONCE = 5_000


def ledger_figures(url: URL | str, entries: int = 200_000, appends: int = 4_000) -> tuple[float, float]:
    """Return appends to the ledger ÷ appends of events, and entries checked a second, on an empty database at `url`.

    One entry or one event a transaction, each on the disk when it ends, by turns. The ratio is of the quartiles of the
    fastest, and the rate of the best of three checks: other programs only ever slow them down.
    """
    with closing(Database(url)) as database:
        migrate(database)
        store = SqlStore(database)
        ratio = _append_ratio(store, appends // 2)
        _fill(store, entries)
        return ratio, max(_checked_per_s(store) for _ in range(3))


def _append_ratio(store: SqlStore, count: int) -> float:
    now = datetime.now(UTC)
    contact_id = new_id()
    started = ContactStarted(
        event_id=new_id(), contact_id=contact_id, seq=1, at=now,
        number=CallerNumber(raw="+493511234567", e164="+493511234567", presentation="allowed"), interaction_id="i",
    )  # fmt: skip
    with store.write() as unit:
        ensure_agent(unit.access, "anna", now)
        contact = ContactRecord(contact_id, "anna", now, "inbound", started.number, None, "de")
        unit.contacts.add(contact, started)
    seq = iter(range(2, 1_000_000))

    def plain() -> None:
        event = ConsentRecorded(
            event_id=new_id(), contact_id=contact_id, seq=next(seq), at=now, customer_id="c-lisa",
            purpose=ConsentPurpose.ADV_OWN, channel=ConsentChannel.PHONE, event=ConsentEventType.GRANTED,
        )  # fmt: skip
        with store.write() as unit:
            unit.contacts.add_event(event, event.model_dump_json(), "anna", now)

    def ledger() -> None:
        with store.write() as unit:
            unit.consents.append(_entry())

    taken: dict[Callable[[], None], list[float]] = {plain: [], ledger: []}
    for _ in range(count):
        for append, times in taken.items():
            began = time.perf_counter()
            append()
            times.append(time.perf_counter() - began)
    plain_s, ledger_s = (sorted(times)[len(times) // 4] for times in taken.values())
    return plain_s / ledger_s


def _fill(store: SqlStore, entries: int) -> None:
    for first in range(0, entries, _AT_ONCE):
        with store.write() as unit:
            head, batch = unit.consents.head(), []
            for _ in range(min(_AT_ONCE, entries - first)):
                batch.append(chained(_entry(), head))
                head = LedgerHead(batch[-1].position, batch[-1].hash)
            unit.consents.append_all(batch)


def _checked_per_s(store: SqlStore) -> float:
    began = time.perf_counter()
    # As `ledger verify` does it: the database looks through its pages meanwhile.
    with ThreadPoolExecutor(1) as beside:
        damage = beside.submit(_damage, store)
        with store.read() as unit:
            check = verify(unit.consents.batches(), unit.consents.end())
    assert (check.broken_at, damage.result()) == (None, "")
    return check.entries / (time.perf_counter() - began)


def _damage(store: SqlStore) -> str:
    with store.read() as unit:
        return unit.consents.damage()


def _entry() -> LedgerEntry:
    return replace(_YES, event_id=new_id(), call_id=new_id())


_YES = LedgerEntry(
    position=0, event_id=new_id(), customer_id="c-104233", person_first_name="Lisa", person_last_name="Müller",
    postal_address="Lindenweg 12, 01067 Dresden", contact_point="+4915112345678", purpose=ConsentPurpose.ADV_OWN,
    channel=ConsentChannel.PHONE, event=ConsentEventType.GRANTED, at=datetime(2026, 3, 12, 9, 30, tzinfo=UTC),
    at_local="2026-03-12T10:30:00+01:00", manner="inbound_call", call_id=None, recipient_code="A-23456789",
    authenticated_level=AuthLevel.AUTHENTICATED, wording_id="ADV_OWN_PHONE.de.v1", wording_sha256="1" * 64,
    read_aloud_confirmed=True, customer_words="Ja, gern", evidence_type="agent_record", evidence_ref="",
    source_system="nba-desktop", note="", wording_record_sha256="2" * 64,
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--appends", type=int, default=4_000)
    parser.add_argument("--database", metavar="URL", help="an empty database instead of a SQLite file of its own")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        url = URL.create("sqlite", database=str(Path(folder) / "ledger.sqlite3"))
        found = ledger_figures(
            make_url(options.database) if options.database else url, options.entries, options.appends
        )
    sys.stdout.write(f"ledger append ÷ plain append {found[0]:.2f}, {found[1]:,.0f} entries checked a second\n")
    sys.stdout.write(json.dumps({"ledger_append_ratio": round(found[0], 3), "verify_per_s": round(found[1])}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
