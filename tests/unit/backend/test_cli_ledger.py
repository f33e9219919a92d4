"""The commands of the consent ledger, on a real file: check, anchor, expire, hand over."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.app import open_app
from nba_desktop.backend.cli import main
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.consent.ledger import LedgerEntry
from nba_desktop.backend.consent.restriction import restrict
from nba_desktop.backend.consent.verify_proof import main as check_proof
from nba_desktop.backend.opening import open_store
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentChannel
from tests.fakes.backend_ledger import entry
from tests.fakes.backend_site import CATALOGUE, NOW, with_customers

ROOT = Path(__file__).parents[3]
RESOURCES = ROOT / "resources"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A backend with six entries."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "backend.sqlite3").write_bytes(with_customers())
    with open_app(BackendConfig(data=folder, resources=RESOURCES, catalogue=CATALOGUE)):
        pass
    say(folder, *(entry(event_id=new_id(), wording_id=None, wording_sha256=None) for _ in range(6)))
    return folder


def say(data: Path, *entries: LedgerEntry) -> None:
    with open_store(BackendConfig(data=data, resources=RESOURCES)) as store, store.write() as unit:
        for one in entries:
            unit.consents.append(one)


def run(*arguments: object) -> int:
    try:
        return main([str(one) for one in arguments], RESOURCES)
    except SystemExit as end:
        return int(str(end.code))


def sql(data: Path, statement: str) -> None:
    with closing(sqlite3.connect(data / "backend.sqlite3")) as database, database:
        database.execute(statement)


def test_a_check_says_it_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ledger", "verify", "--data", data, "--json") == 0
    good = json.loads(capsys.readouterr().out)
    assert (good["holds"], good["entries"], good["broken_at"], good["fault"]) == (True, 6, None, None)
    sql(data, "UPDATE consent_events SET note = 'x' WHERE position = 4")
    assert run("ledger", "verify", "--data", data, "--json") == 1
    bad = json.loads(capsys.readouterr().out)
    assert (bad["holds"], bad["entries"], bad["broken_at"], bad["fault"]) == (False, 3, 4, "changed")
    assert bad["reason"] == "the ledger is broken at entry 4: the entry was changed"


@pytest.mark.parametrize("whole_page", [False, True])
def test_a_damaged_index_is_said_though_the_chain_holds(
    data: Path, capsys: pytest.CaptureFixture[str], whole_page: bool
) -> None:
    file = data / "backend.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        named = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_consent_events_customer_id_position'"
        ((page,),) = database.execute(named)
        ((size,),) = database.execute("PRAGMA page_size")
    content = bytearray(file.read_bytes())
    place = slice((page - 1) * size, page * size)
    assert b"c-lisa" in content[place]
    # By this index a customer's entries are found: under another name one of them is in no proof.
    content[place] = bytes(size) if whole_page else content[place].replace(b"c-lisa", b"c-lisb", 1)
    file.write_bytes(content)
    assert run("ledger", "verify", "--data", data, "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["holds"], said["entries"], said["broken_at"], said["fault"]) == (False, 6, None, "damaged")
    assert "ix_consent_events_customer_id_position" in said["damage"] or whole_page
    assert run("ledger", "anchor", "--data", data, "--to", data) == 1
    assert "nothing was anchored: the database is damaged" in capsys.readouterr().err


def test_anchors_show_that_history_was_written_anew(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anchor = ("ledger", "anchor", "--data", data, "--to", tmp_path)
    verify = ("ledger", "verify", "--data", data, "--anchors", tmp_path / "consent-anchors.jsonl")
    assert run(*anchor) == 0
    assert run(*anchor) == 0
    assert "the last anchor says this already" in capsys.readouterr().out
    say(data, entry(event_id=new_id()))
    # The last entry names a wording that was never registered: that is said, and the chain is anchored all the same.
    assert run(*anchor[:-1], tmp_path / "consent-anchors.jsonl") == 1
    assert run(*verify) == 1
    assert capsys.readouterr().err.count("wordings its entries name were changed: CALLS.de.v1 (missing)") == 2
    assert len((tmp_path / "consent-anchors.jsonl").read_text().splitlines()) == 2
    sql(data, "DELETE FROM consent_events")
    sql(data, f"UPDATE consent_head SET position = 0, hash = '{'0' * 64}'")
    say(data, *(entry(event_id=new_id(), wording_id=None, wording_sha256=None) for _ in range(9)))
    assert run("ledger", "verify", "--data", data) == 0
    assert run(*verify) == 1
    assert "the entries 1 to 6 are not those that were anchored" in capsys.readouterr().err
    assert run(*anchor) == 1
    assert "nothing was anchored" in capsys.readouterr().err


def test_nothing_is_anchored_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    with open_store(BackendConfig(data=data, resources=RESOURCES)):
        pass
    assert run("ledger", "anchor", "--data", data, "--to", tmp_path) == 0
    assert "there is nothing to anchor" in capsys.readouterr().out
    assert not (tmp_path / "consent-anchors.jsonl").exists()


def test_a_proof_is_handed_over_and_the_access_is_kept(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, anchors = tmp_path / "out", tmp_path / "consent-anchors.jsonl"
    assert run("ledger", "anchor", "--data", data, "--to", anchors) == 0
    given = ("--customer", "K-104233", "--reason", "Anfrage der Behörde", "--by", "dana")
    assert run("ledger", "proof", "--data", data, *given, "--out", out, "--anchors", anchors) == 0
    assert "the proof of 6 entries, with the anchor of" in capsys.readouterr().out
    assert {one.name for one in out.iterdir()} == {"proof.json", "proof.pdf", "verify_proof.py"}
    assert check_proof([str(out / "proof.json"), "--anchors", str(anchors)]) == 0
    with closing(sqlite3.connect(data / "backend.sqlite3")) as database:
        kept = database.execute("SELECT agent_id, role, operation, reason, customer_id FROM readings").fetchall()
    assert kept == [("dana", "admin", "ledger proof", "Anfrage der Behörde", "c-lisa")]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"--customer": "K-9"}, "no customer has that number"),
        ({"--customer": "K-200111"}, "no entry of that customer"),
        ({"--reason": " "}, "1 to 180 printable characters"),
        ({"--purpose": "NONE"}, "invalid"),
        ({"--anchors": "nowhere.jsonl"}, "cannot be read"),
        ({"--by": ""}, "1 to 64 printable characters"),
    ],
)
def test_what_cannot_be_proved_is_said(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, str], said: str
) -> None:
    given = {"--customer": "K-104233", "--reason": "Anfrage", "--by": "dana", "--out": str(tmp_path / "out")} | changes
    assert run("ledger", "proof", "--data", data, *(part for one in given.items() for part in one)) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_no_proof_is_made_of_a_changed_entry(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sql(data, "UPDATE consent_events SET note = 'x' WHERE position = 4")
    given = ("--customer", "K-104233", "--reason", "Anfrage", "--by", "dana", "--out", tmp_path / "out")
    assert run("ledger", "proof", "--data", data, *given) == 2
    assert "an entry of this customer was changed" in capsys.readouterr().err


def test_the_proof_of_an_erased_customer_is_still_there_for_the_officer(data: Path, tmp_path: Path) -> None:
    with open_store(BackendConfig(data=data, resources=RESOURCES)) as store, store.write() as unit:
        restrict(unit, "c-lisa", NOW)
    sql(data, "UPDATE customers SET customer_no_search = 'gone', customer_no = 'gone' WHERE customer_id = 'c-lisa'")
    given = ("--customer", "K-104233", "--reason", "Anfrage", "--by", "dana", "--language", "en")
    assert run("ledger", "proof", "--data", data, *given, "--out", tmp_path / "out") == 0
    assert check_proof([str(tmp_path / "out" / "proof.json")]) == 0


def test_what_was_not_confirmed_expires(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = datetime.now(UTC) - timedelta(days=20)
    say(data, entry(event_id=new_id(), channel=ConsentChannel.EMAIL, contact_point="lisa@example.org", at=given))
    assert run("ledger", "expire", "--data", data) == 0
    assert run("ledger", "expire", "--data", data) == 0
    assert [line[0] for line in capsys.readouterr().out.splitlines()] == ["1", "0"]


def test_what_need_not_be_kept_is_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(
        data,
        entry(event_id=new_id(), customer_id="c-jan", at=datetime(2016, 3, 1, 9, tzinfo=UTC)),
        entry(event_id=new_id(), customer_id="c-jan", at=datetime(2017, 3, 1, 9, tzinfo=UTC), event="withdrawn"),
    )
    assert run("ledger", "due", "--by", "dana", "--data", data, "--json") == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "customer_id": "c-jan",
            "customer_no": "K-104234",
            "purpose": "ADV_OWN",
            "channel": "PHONE",
            "entries": 2,
            "retention_until": "2022-03-01T23:00:00+00:00",
        }
    ]
    assert run("ledger", "due", "--by", "dana", "--data", data) == 0
    said = capsys.readouterr().out
    assert said == "K-104234 ADV_OWN PHONE: since 2022-03-02\n1 proof need not be kept any longer\n"
    with closing(sqlite3.connect(data / "backend.sqlite3")) as database:
        read = database.execute("SELECT agent_id, operation, basis, customer_id FROM readings").fetchall()
    assert read == [("dana", "ledger due", "duty", "c-jan")] * 2
