"""Results as files: each file goes on behind the one before, and the same run writes the same file."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.outbound.signing import key_of
from tests.fakes.backend_site import NOW, sql_store
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
    cursor = tmp_path / "cursor"
    files = [tmp_path / f"{number}.jsonl" for number in range(5)]
    behind = ("--cursor", str(cursor), "--source", "urn:test")
    with sql_store(tmp_path, customers=False) as store:
        first = tell(store, "K-1", "K-2")
        assert run(tmp_path, "export", str(files[0]), *behind) == 0
        assert ids(files[0]) == first
        whole: dict[str, Any] = json.loads(files[0].read_text(encoding="utf-8").splitlines()[0])
        assert (whole["type"], whole["subject"]) == ("de.nba-desktop.contact.note_written", "K-1")
        assert (whole["source"], whole["data"]) == ("urn:test", {"customer_no": "K-1"})
        assert files[0].stat().st_mode & 0o077 == 0
        # What was written and may not be read yet is not overwritten, and the cursor stays where it is.
        assert run(tmp_path, "export", str(files[0]), *behind) == 2
        assert "is there already" in capsys.readouterr().err
        assert ids(files[0]) == first
        assert run(tmp_path, "export", str(files[1]), *behind) == 0
        assert ids(files[1]) == []
        second = tell(store, "=1+1")
        assert run(tmp_path, "export", str(files[2]), *behind) == 0
        assert ids(files[2]) == second
        # Without a cursor all of it, and the same whenever it is written.
        for file in files[3:]:
            assert run(tmp_path, "export", str(file)) == 0
        assert ids(files[3]) == [*first, *second]
        assert files[3].read_bytes() == files[4].read_bytes()
        out = tmp_path / "out.csv"
        assert run(tmp_path, "export", str(out), "--format", "csv", "--types", "note_written") == 2
        assert run(tmp_path, "export", str(out), "--format", "csv", "--types", "contact.note_written") == 0
        assert run(tmp_path, "export", str(tmp_path / "none" / "out")) == 2
        cursor.write_text("far", encoding="ascii")
        assert run(tmp_path, "export", str(tmp_path / "new"), *behind) == 2
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
        with store.write() as unit:
            unit.outbound.try_again("crm", 1, NOW + timedelta(days=9999), 7, NOW, "HTTP 500")
        assert run(tmp_path, "status") == 0
        (_, line) = capsys.readouterr().out.splitlines()
        assert line.split()[:3] == ["crm", "enabled", "1"]
        assert "  7         HTTP 500      2053-" in line
        assert run(tmp_path, "disable", "crm") == 0
        assert "`outbound enable crm`" in capsys.readouterr().out
        # Whoever disabled it, a receiver by its 410 or a person: what waits there leaves only when somebody acts.
        assert run(tmp_path, "status") == 1
        (_, line) = capsys.readouterr().out.splitlines()
        assert line.split()[:3] == ["crm", "disabled", "1"]
        assert "HTTP 500" in line
        assert "2053" not in line
        for _ in range(2):
            assert run(tmp_path, "enable", "crm") == 0
            assert "1 results wait and are due now" in capsys.readouterr().out
        with store.read() as unit:
            assert unit.outbound.with_work(now_utc()) == ["crm"]
        assert line.split()[-4:] == ["0", "0", "contact.note_written", url[1]]
        with store.write() as unit:
            unit._connection.exec_driver_sql("UPDATE deliveries SET state = 'dead', last_problem = 'HTTP 500'")
        assert run(tmp_path, "status") == 1
        assert run(tmp_path, "dead") == 1
        found = capsys.readouterr().out
        assert "HTTP 500" in found
        assert "K-1" not in found
        assert run(tmp_path, "enable", "crm") == 0
        assert "nothing waits" in capsys.readouterr().out
        assert run(tmp_path, "replay", "crm") == 0
        assert capsys.readouterr().out.startswith("1 dead letters wait again")
        assert run(tmp_path, "rotate", "crm") == 0
        assert run(tmp_path, "remove", "crm") == 0
        assert "1 results were not handed over" in capsys.readouterr().out
    assert main(["outbound", "types"], RESOURCES) == 0
    assert "customer.erased" in capsys.readouterr().out
