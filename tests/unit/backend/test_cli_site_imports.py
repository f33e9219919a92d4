"""`import customers|contracts|…`: a site's own data from the command line, with the sample files."""

from __future__ import annotations

import csv
import os
import shutil
import stat
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from tests.fakes.backend_services import open_services

RESOURCES = Path(__file__).parents[3] / "resources"
FILES = {
    "customers": "customers.csv",
    "contracts": "contracts.csv",
    "numbers": "numbers.csv",
    "consents": "consents.csv",
    "touchpoints": "touchpoints.jsonl",
}


def test_the_sample_files_are_taken_in_and_change_nothing_the_second_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def take(kind: str, *options: str) -> tuple[int, str]:
        file, mapping = folder / FILES[kind], folder / f"{kind}.map.yaml"
        result = main(
            ["import", kind, str(file), "--mapping", str(mapping), "--data", str(tmp_path), *options], RESOURCES
        )
        return result, "".join(capsys.readouterr())

    folder = tmp_path / "import"
    shutil.copytree(RESOURCES / "sample" / "import", folder)
    with open_services(tmp_path) as services:
        code, said = take("customers", "--dry-run")
        assert (code, "10 customers, would be 10 added" in said) == (0, True)
        for kind in FILES:
            code, said = take(kind)
            assert (code, "0 changed, 0 unchanged, 0 refused" in said) == (0, True), said
        assert "this file was taken in on" in take("customers")[1]
        for kind in FILES:
            code, said = take(kind, "--again")
            assert (code, ", 0 added, 0 changed" in said) == (0, True), said
        with services.store.read() as unit:
            anna = unit.customers.by_customer_no("100201")
            assert anna is not None
            assert (anna.iban_last4, anna.value, len(anna.contracts), len(anna.phones)) == ("2051", None, 2, 2)
            assert [one.touchpoint_id for one in unit.customers.touchpoints(anna.customer_id)] == [
                "journeys:t-9002",
                "journeys:t-9001",
            ]
    if os.name != "nt":
        # Beside personal data, though it holds none.
        assert stat.S_IMODE((folder / "customers.csv.customers.verdicts.csv").stat().st_mode) == 0o600


def test_what_is_refused_is_reported_with_its_reason_and_the_command_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, mapping, out = tmp_path / "c.csv", tmp_path / "map.yaml", tmp_path / "out.csv"
    file.write_text("Nr;Name;Seit\nA-1;Vogt;gestern\nA-2;Lang;heute\nA-3;Lang;2020-01-01\n", encoding="utf-8")
    mapping.write_text("source: crm\nfields: {customer_no: Nr, last_name: Name, since: Seit}\n", encoding="utf-8")
    arguments = ["import", "customers", str(file), "--mapping", str(mapping), "--data", str(tmp_path)]
    with open_services(tmp_path):
        assert main([*arguments, "--verdicts", str(out)], RESOURCES) == 1
        said = capsys.readouterr().out
        assert "3 customers, 1 added, 0 changed, 0 unchanged, 2 refused" in said
        assert "2 × refused, line 2 first: 'Seit' is no date as 2026-03-12" in said
        assert "gestern" not in said + out.read_text(encoding="utf-8")
        with out.open(encoding="utf-8", newline="") as text:
            assert [row["verdict"] for row in csv.DictReader(text)] == ["refused", "refused", "added"]
        mapping.write_text("source: crm\nfields: {customer_no: Nr, last_name: Name, since: Beginn}\n", encoding="utf-8")
        assert main(arguments, RESOURCES) == 2
        assert capsys.readouterr().err.endswith("map.yaml:2:51: c.csv has no column 'Beginn'\n")


def test_what_lacks_something_is_taken_in_and_counted_behind_what_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, mapping = tmp_path / "c.csv", tmp_path / "map.yaml"
    arguments = ["import", "customers", str(file), "--mapping", str(mapping), "--data", str(tmp_path)]
    mapping.write_text(
        "source: crm\nfields: {customer_no: Nr, last_name: Name, since: Seit, meter_no: Z}\n", encoding="utf-8"
    )
    lacking = "cannot be authenticated: too few security items, 2 are needed"
    unopened = "cannot be opened from the CRM: the customer number is not up to 64 ASCII letters"
    with open_services(tmp_path):
        file.write_text(
            "Nr,Name,Seit,Z\nA-1,Vogt,2020-01-01,\nA-2,Vogt,2020-01-01,\nA?3,Vogt,2020-01-01,\n"
            "A-4,Vogt,2020-01-01,01067\nA-5,Vogt,gestern,01067\n",
            encoding="utf-8",
        )
        assert main(arguments, RESOURCES) == 1
        first, refused, some, other = capsys.readouterr().out.splitlines()
        assert first.startswith("5 customers, 4 added")
        assert "1 × refused, line 6" in refused
        assert some == f"  3 customers, line 2 first: {lacking}"
        assert other.startswith(f"  1 customers, line 4 first: {unopened}")
        file.write_text("Nr,Name,Seit,Z\n", encoding="utf-8")
        assert main(arguments, RESOURCES) == 0
        assert "c.csv has no rows" in capsys.readouterr().err
