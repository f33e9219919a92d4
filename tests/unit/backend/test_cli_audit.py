"""`audit`: who read a customer, and what somebody read, as text, as CSV and as JSON; that it was asked is kept."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from tests.fakes.backend_readings import kept
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import NOW

RESOURCES = Path(__file__).parents[3] / "resources"
DAYS = ("--from", "2026-03-12", "--to", "2026-03-12")
WHY = ("--by", "ada", "--reason", "Beschwerde 17")


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with open_services(tmp_path) as opened:
        opened.search.search(opened.agent, "Müller", None, "=Rückfrage", "de")
        yield opened


def run(folder: Path, *arguments: str) -> int:
    try:
        return main(["audit", "--data", str(folder), *arguments], RESOURCES)
    except SystemExit as end:
        return int(str(end.code))


def test_a_customers_readings_are_listed_and_the_look_is_one(
    tmp_path: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--customer", "K-104233", *DAYS, *WHY) == 0
    heading, row = capsys.readouterr().out.splitlines()
    assert heading.split()[:3] == ["AT", "AGENT_ID", "ROLE"]
    assert row.split() == [
        *f"{NOW:%Y-%m-%d %H:%M:%S}".split(),
        *("anna", "agent", "search_customers", "reason", "K-104233", "c-lisa", "–", "=Rückfrage"),
    ]
    (look,) = kept(services.store, "audit")
    assert (look.agent_id, look.role, look.basis, look.reason, look.customer_id) == (
        "ada",
        "admin",
        "duty",
        "Beschwerde 17",
        "c-lisa",
    )
    assert run(tmp_path, "--customer", "K-104233", "--from", "2026-03-13", "--to", "2026-03-13", *WHY) == 0
    assert capsys.readouterr().out == "nothing was read in these days\n"


def test_what_somebody_read_is_a_file_for_other_programs(
    tmp_path: Path, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, "--agent", "anna", *DAYS, *WHY, "--format", "csv") == 0
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert [(one["customer_no"], one["reason"]) for one in rows] == [
        ("K-104233", "'=Rückfrage"),
        ("K-104234", "'=Rückfrage"),
    ]
    assert run(tmp_path, "--agent", "anna", *DAYS, *WHY, "--format", "json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["customer_no"], one["reason"]) for one in lines] == [
        ("K-104233", "=Rückfrage"),
        ("K-104234", "=Rückfrage"),
    ]
    with services.store.read() as unit:
        looks = unit.audit.looks("anna", NOW)
    assert [(one.by_agent_id, one.reason) for one in looks] == [("ada", "Beschwerde 17")] * 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--agent", "anna", "--by", "ada"), "--reason"),
        (("--agent", "anna", "--reason", "x"), "--by"),
        (WHY, "--customer"),
        (("--agent", "anna", "--customer", "K-104233", *WHY), "not allowed with"),
        (("--agent", "nobody", *WHY), "nobody of that id is known here"),
        (("--customer", "K-9", *WHY), "no customer has that number"),
        (("--agent", "anna", "--from", "12.3.2026", *WHY), "'12.3.2026' is not a day such as 2026-03-31"),
    ],
)
def test_what_cannot_be_asked_is_said(
    tmp_path: Path, services: Services, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    assert run(tmp_path, *arguments) == 2
    assert says in capsys.readouterr().err
    assert kept(services.store, "audit") == []
