"""The commands that hand data over, erase them and end them, on a real file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nba_desktop.backend.app import open_app
from nba_desktop.backend.cli import main
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.errors import StoreUnavailable
from nba_desktop.backend.opening import open_store
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.subject.records import WishRow
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import DataField
from nba_desktop.contract.wish import WishKind
from tests.fakes.backend_site import CATALOGUE, with_customers

RESOURCES = Path(__file__).parents[3] / "resources"
LISA = ("--customer", "K-104233", "--by", "dana", "--reason", "Antrag vom 1. März")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "backend.sqlite3").write_bytes(with_customers())
    with open_app(BackendConfig(data=folder, resources=RESOURCES, catalogue=CATALOGUE)):
        pass
    return folder


def run(*arguments: object) -> int:
    try:
        return main([str(one) for one in arguments], RESOURCES)
    except SystemExit as end:
        return int(str(end.code))


def test_the_data_are_handed_over_in_three_forms(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run("subject", "export", "--data", data, *LISA, "--out", out, "--language", "en") == 0
    assert str(out) in capsys.readouterr().out
    assert sorted(one.name for one in out.iterdir()) == ["data.html", "data.json", "data.pdf"]
    assert json.loads((out / "data.json").read_text(encoding="utf-8"))["customer"][0]["first_name"] == "Lisa"
    assert "Your stored data" in (out / "data.html").read_text(encoding="utf-8")
    assert (out / "data.pdf").read_bytes().startswith(b"%PDF")
    with closing(sqlite3.connect(data / "backend.sqlite3")) as connection:
        assert connection.execute("SELECT agent_id, operation, reason FROM readings").fetchall() == [
            ("dana", "subject export", "Antrag vom 1. März")
        ]
    # Nothing is written over.
    assert run("subject", "export", "--data", data, *LISA, "--out", out) == 2
    assert "not empty" in capsys.readouterr().err


def test_a_customer_is_erased_and_known_to_be(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("subject", "erase", "--data", data, *LISA, "--dry-run") == 0
    assert "this would be erased" in capsys.readouterr().out
    assert run("subject", "erased", "--data", data, "--customer", "K-104233") == 0
    assert "no customer of that number was erased here" in capsys.readouterr().out
    assert run("subject", "erase", "--data", data, *LISA) == 0
    said = capsys.readouterr().out
    assert "touchpoints" in said
    assert "removed: nothing needs it any more" in said
    again = (*LISA[:-1], "noch einmal")
    assert run("subject", "erase", "--data", data, *again) == 0
    said = capsys.readouterr().out
    assert said.startswith("the customer was erased already: at ")
    assert said.endswith(" by dana: Antrag vom 1. März\nthere was nothing left to erase\n")
    assert run("subject", "erase", "--data", data, *again, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["parts"], answer["erased_before"] is None) == ([], False)
    assert run("subject", "erased", "--data", data, "--customer", "K-104233") == 0
    told = capsys.readouterr()
    assert "by dana: Antrag vom 1. März" in told.out
    assert "should not be added again" in told.err


def test_the_erasure_holds_where_the_file_cannot_be_written_anew(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def blocked(_: SqlStore) -> None:
        raise StoreUnavailable("the file's log is still being read")

    monkeypatch.setattr(SqlStore, "tidy", blocked)
    assert run("subject", "erase", "--data", data, *LISA) != 0
    told = capsys.readouterr()
    assert told.out.startswith("the customer is erased:")
    assert "the erasure holds" in told.err
    assert run("subject", "erased", "--data", data, "--customer", "K-104233") == 0
    assert "by dana" in capsys.readouterr().out


def test_who_is_not_there_is_said(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = ("--customer", "K-999999", "--by", "dana", "--reason", "Antrag")
    assert run("subject", "erase", "--data", data, *nobody) == 2
    assert run("subject", "export", "--data", data, *nobody, "--out", tmp_path / "out") == 2
    assert capsys.readouterr().err.count("no customer has that number") == 2
    assert run("subject", "erase", "--data", data, *nobody[:-1], "x" * 181) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("birth=17.4.1991", "birth: cannot be corrected here: there are salutation"),
        ("birth_date=17.4.1991", "birth_date: a day such as 1970-12-31. Fields: salutation"),
    ],
)
def test_a_wrong_correction_names_the_field_and_never_the_value(
    data: Path, capsys: pytest.CaptureFixture[str], change: str, said: str
) -> None:
    assert run("subject", "correct", "--data", data, "--by", "dana", "--customer", "K-104233", "--set", change) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "17.4.1991" not in told


def test_retention_is_tried_run_and_reported(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("retention", "reports", "--data", data) == 0
    assert "no report yet" in capsys.readouterr().out
    assert run("retention", "run", "--data", data, "--dry-run") == 0
    said = capsys.readouterr().out
    assert said.startswith("nothing was removed: this is what would be\n")
    assert "WHAT WOULD BE" in said
    assert "calls parted from their agent" in said
    assert run("retention", "run", "--data", data, "--dry-run", "--json") == 0
    tried = {one["kind"]: one for one in json.loads(capsys.readouterr().out)}
    assert (tried["agents"]["dry_run"], tried["agents"]["what"]) == (True, "calls parted from their agent")
    assert run("retention", "run", "--data", data, "--json") == 0
    done = json.loads(capsys.readouterr().out)
    always = ("agents", "audit_looks", "consent_proof", "corrections", "readings", "results")
    assert {one["kind"]: one["number"] for one in done} == dict.fromkeys(always, 0)
    assert run("retention", "reports", "--data", data, "--json") == 0
    reported = json.loads(capsys.readouterr().out)
    assert {one["kind"]: one for one in reported} == {one["kind"]: one for one in done}


def test_what_a_customer_asked_for_in_a_call_is_listed_and_answered(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about = ("--data", data, "--by", "dana")
    assert run("subject", "wishes", *about) == 0
    assert capsys.readouterr().out == "nobody asked for anything that was not answered\n"
    wish = WishRow(
        wish_id=new_id(),
        kind=WishKind.CORRECTION,
        at=datetime(2026, 3, 12, 9, 30, tzinfo=UTC),
        agent_id="anna",
        customer_id="c-lisa",
        customer_hash="0" * 64,
        contact_id=new_id(),
        about=DataField.ADDRESS,
        words="Lindenweg 14",
    )
    config = BackendConfig(data=data, resources=RESOURCES, catalogue=CATALOGUE)
    with open_store(config, existing=True) as store, store.write() as unit:
        unit.wishes.add(wish)
    assert run("subject", "wishes", *about) == 0
    listed = capsys.readouterr().out.splitlines()[1].split()
    assert listed == [str(wish.wish_id), "2026-03-12", "09:30", "correction", "address", "K-104233", "Lindenweg", "14"]
    answer = ("subject", "answer", wish.wish_id, *about, "--refused", "--text", "Mietvertrag fehlt")
    assert [run(*answer), run(*answer)] == [0, 0]
    assert capsys.readouterr().out == "answered\nit was answered so before\n"
    assert run("subject", "answer", wish.wish_id, *about, "--done") == 2
    assert run("subject", "answer", new_id(), *about, "--done") == 2
    assert "there is no wish by that id" in capsys.readouterr().err
