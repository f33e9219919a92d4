"""Results as files: each file goes on behind the one before, and the same run writes the same file."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.outbound.signing import key_of
from tests.fakes.backend_site import sql_store
from tests.unit.backend.outbound.conftest import tell

RESOURCES = Path(__file__).parents[4] / "resources"


def run(folder: Path, *arguments: str) -> int:
    try:
        return main(["outbound", *arguments, "--data", str(folder)], RESOURCES)
    except SystemExit as end:
        return int(str(end.code))


def ids(file: Path) -> list[str]:
    return [json.loads(line)["id"] for line in file.read_text(encoding="utf-8").splitlines()]


def test_each_file_goes_on_behind_the_one_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, again, cursor = tmp_path / "out.jsonl", tmp_path / "again.jsonl", tmp_path / "cursor"
    exporting = ("export", str(out), "--cursor", str(cursor), "--source", "urn:test")
    with sql_store(tmp_path, customers=False) as store:
        first = tell(store, "K-1", "K-2")
        assert run(tmp_path, *exporting) == 0
        assert ids(out) == first
        whole: dict[str, Any] = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
        assert (whole["type"], whole["subject"]) == ("de.nba-desktop.contact.note_written", "K-1")
        assert (whole["source"], whole["data"]) == ("urn:test", {"customer_no": "K-1"})
        assert out.stat().st_mode & 0o077 == 0
        assert run(tmp_path, *exporting) == 0
        assert ids(out) == []
        second = tell(store, "=1+1")
        assert run(tmp_path, *exporting) == 0
        assert ids(out) == second
        # Without a cursor all of it, and the same whenever it is written.
        for file in (out, again):
            assert run(tmp_path, "export", str(file)) == 0
        assert ids(out) == [*first, *second]
        assert out.read_bytes() == again.read_bytes()
        assert run(tmp_path, "export", str(out), "--format", "csv", "--types", "note_written") == 2
        assert run(tmp_path, "export", str(out), "--format", "csv", "--types", "contact.note_written") == 0
        assert run(tmp_path, "export", str(tmp_path / "none" / "out")) == 2
        cursor.write_text("far", encoding="ascii")
        assert run(tmp_path, *exporting) == 2
        assert f"{cursor} is no cursor" in capsys.readouterr().err
    with out.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert [row["id"] for row in rows] == [*first, *second]
    assert (rows[-1]["subject"], json.loads(rows[-1]["data"])) == ("'=1+1", {"customer_no": "=1+1"})


def test_an_endpoint_is_set_up_and_looked_after(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = ("--url", "https://crm.invalid/results")
    with sql_store(tmp_path, customers=False) as store:
        tell(store, "K-1")
        assert run(tmp_path, "add", "crm", *url, "--since", "2026-03-01", "--types", "contact.note_written") == 0
        shown = capsys.readouterr()
        assert len(key_of(shown.out.strip())) == 32
        assert "not shown again" in shown.err
        for wrong in (
            ("add", "crm", *url),
            ("add", "CRM", *url),
            ("add", "erp", "--url", "http://crm.invalid/results"),
            ("add", "erp", "--url", "https://me:secret@crm.invalid"),
            ("add", "erp", *url, "--types", "everything"),
            ("add", "erp", *url, "--give-up-days", "0"),
            ("rotate", "erp"), ("remove", "erp"), ("enable", "erp"), ("replay", "erp"), ("replay", "crm", "--id", "1"),
        ):  # fmt: skip
            assert run(tmp_path, *wrong) == 2, wrong
        assert "secret@" not in capsys.readouterr().err
        assert run(tmp_path, "disable", "crm") == 0
        assert run(tmp_path, "status") == 0
        (_, line) = capsys.readouterr().out.splitlines()
        assert line.split()[:3] == ["crm", "disabled", "1"]
        assert line.split()[-4:] == ["0", "0", "contact.note_written", url[1]]
        with store.write() as unit:
            unit._connection.exec_driver_sql("UPDATE deliveries SET state = 'dead', last_problem = 'HTTP 500'")
        assert run(tmp_path, "status") == 1
        assert run(tmp_path, "dead") == 1
        found = capsys.readouterr().out
        assert "HTTP 500" in found
        assert "K-1" not in found
        assert run(tmp_path, "enable", "crm") == 0
        assert run(tmp_path, "replay", "crm") == 0
        assert capsys.readouterr().out.startswith("1 dead letters wait again")
        assert run(tmp_path, "rotate", "crm") == 0
        assert run(tmp_path, "remove", "crm") == 0
        assert "1 results were not handed over" in capsys.readouterr().out
    assert main(["outbound", "types"], RESOURCES) == 0
    assert "customer.erased" in capsys.readouterr().out
