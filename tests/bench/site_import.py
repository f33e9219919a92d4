"""How fast a site's customers and touchpoints are taken in, in how much memory, and whether a killed import goes on.

    .venv/bin/python tests/bench/site_import.py [--customers N] [--touchpoints N] [--database URL] [--folder DIR]

The files are made up first: customers with some attributes, touchpoints in order of time as a log has them. Each import
is a process of its own, as an integrator starts it. The import of touchpoints is killed once on its way (kill -9) and
begun again; then every touchpoint must be there, once. A database that is named must be empty. The largest of what is
made up, and the database, take some 10 GB of the temporary folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import func, select

from nba_desktop.backend.catalogues.content import files_at
from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import database_url, open_store
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.postgresql import read_address
from nba_desktop.backend.store.schema.arrivals import touchpoints
from nba_desktop.backend.store.schema.customers import customers
from nba_desktop.backend.store.schema.imports import imports

ROOT: Final = Path(__file__).resolve().parents[2]
RESOURCES: Final = ROOT / "resources"
NOW: Final = datetime(2026, 7, 1, tzinfo=UTC)
KILLED_AFTER: Final = 0.3
"""Which share of the touchpoints are in when the import is killed."""

CUSTOMERS_MAP: Final = """
source: billing
delimiter: ";"
date_format: "%d.%m.%Y"
decimal: ","
yes: ja
no: nein
fields:
  customer_no: Nr
  salutation: {column: Anrede, codes: {Herr: mr, Frau: ms}}
  first_name: Vorname
  last_name: Nachname
  birth_date: Geburtsdatum
  street: Strasse
  postcode: PLZ
  city: Ort
  since: Seit
  email: Mail
attributes:
  kwh_year: Verbrauch
  instalment_eur: Abschlag
  wallbox: Wallbox
"""
TOUCHPOINTS_MAP: Final = """
source: log
fields:
  id: id
  customer_no: customer
  at: at
  type: type
  channel: channel
  case_id: case
params:
  topic: topic
"""
_ENDED: Final = os.WEXITED | os.WNOHANG | os.WNOWAIT
"""Whether a process has ended, without taking what it used from `wait4`."""
FIRST: Final = ("Anna", "Jonas", "Marie", "Peter", "Sophie", "Ali", "Ruth", "Tim", "Lena", "Max")
LAST: Final = ("Berger", "Vogt", "König", "Öztürk", "Lang", "Demir", "Schäfer", "Wagner", "Hartmann", "Nowak")
KINDS: Final = (
    ("portal_login", "portal"),
    ("app_login", "app"),
    ("call_solved", "phone"),
    ("call_open", "phone"),
    ("email_received", "email"),
    ("mail_opened", "email"),
    ("price_letter", "post"),
    ("chat", "chat"),
)
TOPICS: Final = ("Umzug", "Abschlag", "Rechnung", "Tarif", "")


def main() -> int:
    """Print what was taken in, the figures as JSON in the last line; 1 where a row is missing or there twice."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--touchpoints", type=int, default=20_000_000)
    parser.add_argument("--database", type=read_address, help="where; default: SQLite in a temporary folder")
    parser.add_argument("--folder", type=Path, help="where the temporary folder is made")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        config = BackendConfig(data=folder / "data", resources=RESOURCES, database=args.database)
        with open_store(config) as store, store.write() as unit:
            take_in(unit, files_at(RESOURCES / "sample" / "catalogue"), NOW, True, LiveCatalogues())
        print(f"making up {args.customers} customers and {args.touchpoints} touchpoints", flush=True)
        write_customers(folder / "customers.csv", args.customers)
        write_touchpoints(folder / "touchpoints.csv", args.touchpoints, args.customers)
        (folder / "customers.yaml").write_text(CUSTOMERS_MAP, encoding="utf-8")
        (folder / "touchpoints.yaml").write_text(TOUCHPOINTS_MAP, encoding="utf-8")
        people = run(folder, config, "customers")
        print(f"customers: {people.seconds:.0f} s, {people.peak_mb} MB", flush=True)
        killed = run(folder, config, "touchpoints", kill_at=int(args.touchpoints * KILLED_AFTER))
        print(f"touchpoints until killed: {killed.rows} in {killed.seconds:.0f} s, {killed.peak_mb} MB", flush=True)
        resumed = run(folder, config, "touchpoints")
        print(f"touchpoints from there: {resumed.seconds:.0f} s, {resumed.peak_mb} MB", flush=True)
        with closing(Database(database_url(config))) as database, database.reading() as connection:
            there = [
                connection.execute(select(func.count()).select_from(one)).scalar() for one in (customers, touchpoints)
            ]
        said = sum(1 for _ in (folder / "touchpoints.csv.touchpoints.verdicts.csv").open("rb")) - 1
    whole = there == [args.customers, args.touchpoints] and said == args.touchpoints
    resumed_ok = whole and 0 < killed.rows < args.touchpoints
    print(
        json.dumps(
            {
                "customers_per_s": round(args.customers / people.seconds),
                "touchpoints_per_s": round(args.touchpoints / (killed.seconds + resumed.seconds)),
                "peak_mb": max(people.peak_mb, killed.peak_mb, resumed.peak_mb),
                "resumed_ok": resumed_ok,
            }
        )
    )
    return 0 if resumed_ok else 1


def write_customers(path: Path, count: int) -> None:
    """Write customers as a German billing system exports them."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        out.write("Nr;Anrede;Vorname;Nachname;Geburtsdatum;Strasse;PLZ;Ort;Seit;Mail;Verbrauch;Abschlag;Wallbox\n")
        for number in range(count):
            first, last = chance.choice(FIRST), chance.choice(LAST)
            day, year = chance.randint(1, 28), chance.randint(1940, 2005)
            date = f"{day:02}.0{day % 9 + 1}"
            cells = (
                10_000_000 + number,
                "Frau" if number % 2 else "Herr",
                first,
                last,
                f"{date}.{year}",
                f"Lindenweg {number % 200}",
                number % 90_000 + 10_000,
                "Leipzig",
                f"{date}.{2000 + day % 25}",
                f"kunde{number}@example.org",
                f"{1 + day % 8}.{100 + number % 900}",
                f"{40 + day},50",
                "ja" if day > 25 else "nein",
            )
            out.write(";".join(map(str, cells)) + "\n")


def write_touchpoints(path: Path, count: int, people: int) -> None:
    """Write two years of touchpoints, oldest first, of customers in no order."""
    chance = random.Random(11)
    begin, step = NOW - timedelta(days=730), timedelta(days=730) / max(count, 1)
    with path.open("w", encoding="utf-8") as out:
        out.write("id;customer;at;type;channel;case;topic\n")
        for number in range(count):
            dice = chance.random()
            kind, channel = KINDS[int(dice * len(KINDS))]
            at = (begin + number * step).strftime("%Y-%m-%dT%H:%M:%SZ")
            case = f"C-{number}" if dice > 0.9 else ""
            topic = TOPICS[number % len(TOPICS)]
            out.write(f"{number};{10_000_000 + int(chance.random() * people)};{at};{kind};{channel};{case};{topic}\n")


@dataclass(frozen=True)
class Ran:
    """An import: how long it took, its largest memory, and how many rows were in at its end."""

    seconds: float
    peak_mb: int
    rows: int


def run(folder: Path, config: BackendConfig, kind: str, kill_at: int | None = None) -> Ran:
    """Take a file in by the command, or kill it once so many rows are in."""
    where = ["--data", str(config.data)]
    environment = dict(os.environ)
    if config.database is not None:
        where = []
        environment["NBA_DATABASE"] = config.database.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "nba_desktop", "backend", "import", kind, str(folder / f"{kind}.csv")]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--mapping", str(folder / f"{kind}.yaml"), *where],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    rows = 0
    with closing(Database(database_url(config))) as database:
        while kill_at is not None and not os.waitid(os.P_PID, process.pid, _ENDED):
            time.sleep(0.2)
            with database.reading() as connection:
                rows = connection.execute(select(imports.c.lines).where(imports.c.kind == kind)).scalar() or 0
            if rows >= kill_at:
                process.send_signal(signal.SIGKILL)
                break
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, -signal.SIGKILL}:
        raise SystemExit(f"the import of {kind} failed with {process.returncode}")
    return Ran(time.perf_counter() - began, round(used.ru_maxrss / 1024), rows)


if __name__ == "__main__":
    sys.exit(main())
