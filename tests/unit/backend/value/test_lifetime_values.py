"""The run that values all customers: what it writes, what it leaves alone, and how it goes on after an end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.decisions import lifetime_values
from nba_desktop.backend.decisions.lifetime_values import ValueService
from nba_desktop.backend.errors import ConfigurationError, Conflict
from nba_desktop.backend.model import ContractRecord, TouchpointRecord
from nba_desktop.contract.codes import ContactChannel
from tests.fakes.backend_calls import in_call, objection, tell
from tests.fakes.backend_services import Services, open_services
from tests.fakes.backend_site import CATALOGUE, LISA, NOW, Stores

RESOURCES = Path(__file__).parents[4] / "resources"
VALUE = """
value:
  margins:
    electricity: {eur_year: 18, per_unit: {kwh_year: 0.02}}
  purchases: {touchpoint: payment, amount: amount_eur, margin: 0.3}
  at_hour: 11
"""
NEW = [
    replace(
        LISA,
        customer_id=f"c-{number}",
        customer_no=f"K-{number}",
        phones=(),
        contracts=(ContractRecord(f"V-{number}", "Strom", "electricity", LISA.since),) if number != 2 else (),
        value=None,
    )
    for number in (1, 2, 3, 4)
]
PAID = [
    TouchpointRecord(
        f"p-{number}", "c-2", NOW - timedelta(days=number), ContactChannel.SHOP, "payment", {"amount_eur": amount}
    )
    for number, amount in ((30, 20.0), (90, "30"), (99, "ten"), (5, None))
]


def catalogue(folder: Path, value: str = VALUE) -> Path:
    path = folder / "catalogue.yaml"
    path.write_text(CATALOGUE.read_text(encoding="utf-8") + value, encoding="utf-8")
    return path


@contextmanager
def opened(folder: Path) -> Iterator[Services]:
    with open_services(folder, catalogue(folder)) as services:
        with services.store.write() as unit:
            unit.customers.add(NEW, PAID)
        yield services


@pytest.fixture
def each_site(tmp_path: Path, each_store: Stores) -> Iterator[Services]:
    with opened(tmp_path) as services:
        yield services


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Services]:
    with opened(tmp_path) as services:
        yield services


def service(site: Services) -> ValueService:
    return ValueService(site.store, site.catalogues, site.clock)


def silent(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def models_of(site: Services) -> dict[str, str | None]:
    with site.store.read() as unit:
        found = unit.customers.several(unit.customers.ids())
    return {one.customer_id: one.value.model for one in found if one.value is not None}


CALCULATED = {f"c-{number}": "retention table 1" for number in (1, 3, 4)} | {"c-2": "plain mean 1"}
DELIVERED = {"c-ann": None, "c-jan": None, "c-lisa": None}


def test_a_run_values_whom_nobody_has_valued_once_a_day(each_site: Services) -> None:
    tried = service(each_site).run(silent, dry_run=True)
    assert models_of(each_site) == DELIVERED
    assert service(each_site).last() is None
    report = service(each_site).run(silent)
    assert (report.counts.first, report.counts.kept, report.counts.unread) == (4, 3, 2)
    assert tried.counts == report.counts
    assert models_of(each_site) == CALCULATED | DELIVERED
    assert "no contract has ended" in report.models.notes[0]
    assert service(each_site).run(silent).done_before
    assert service(each_site).last() == report

    # The next day it may change its own values, and no other.
    each_site.clock.now += timedelta(days=1)
    again = service(each_site).run(silent, replace_delivered=True)
    assert (again.counts.first, again.counts.kept, again.counts.unknown) == (0, 0, 2)
    assert models_of(each_site) == CALCULATED | DELIVERED | {"c-lisa": "retention table 1"}
    with each_site.store.read() as unit:
        lisa = unit.customers.by_id("c-lisa")
    assert lisa is not None
    assert lisa.value is not None
    assert lisa.value.calculated
    assert lisa.value.as_of == each_site.clock.now.date()
    assert again.counts.changed == {f"B→{lisa.value.value_class.value}": 1}


def test_a_run_that_was_cut_short_goes_on(site: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifetime_values, "_AT_A_TIME", 2)
    told: list[tuple[str, int, int]] = []

    def breaks(step: str, done: int, total: int) -> None:
        told.append((step, done, total))
        if (step, done) == ("writing", 4):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        service(site).run(breaks)
    assert told == [("reading", 2, 7), ("reading", 4, 7), ("reading", 6, 7), ("reading", 7, 7),
                    ("writing", 2, 7), ("writing", 4, 7)]  # fmt: skip
    assert models_of(site) == CALCULATED | DELIVERED
    cut = service(site).last()
    assert cut is not None
    assert cut.ended_at is None
    told.clear()
    report = service(site).run(lambda *one: told.append(one))
    assert told == [("writing", 6, 7), ("writing", 7, 7), ("writing", 7, 7)]
    assert (report.counts.done, report.counts.first, report.started_at) == (7, 4, cut.started_at)
    with site.store.read() as unit:
        last = unit.values.last_run()
    assert last is not None
    assert last.after is None


def test_two_runs_never_write_at_once(site: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifetime_values, "_AT_A_TIME", 2)
    others = 0

    def meets(step: str, done: int, _total: int) -> None:
        nonlocal others
        if (step, done) == ("writing", 2):
            others += 1
            assert service(site).run(silent).counts.done == 7

    with pytest.raises(Conflict, match="another run"):
        service(site).run(meets)
    assert others == 1


def test_a_server_runs_when_the_hour_has_come(site: Services) -> None:
    # Half past ten in Berlin.
    assert service(site).run_if_due() is None
    site.clock.now += timedelta(hours=1)
    assert service(site).run_if_due() is not None
    assert service(site).run_if_due() is None
    site.clock.now += timedelta(hours=23)
    assert service(site).run_if_due() is None
    site.clock.now += timedelta(hours=2)
    report = service(site).run_if_due()
    assert report is not None
    assert report.started_at == site.clock.now


def test_whoever_objects_to_advertising_is_not_valued(site: Services) -> None:
    service(site).run(silent)
    view = in_call(site, "c-3")
    tell(site, objection(view))
    site.clock.now += timedelta(days=1)
    report = service(site).run(silent)
    assert (report.counts.objected, report.counts.kept) == (1, 3)
    assert "c-3" not in models_of(site)


def test_without_anything_to_calculate_by_the_way_out_is_named(tmp_path: Path) -> None:
    with open_services(tmp_path, catalogue(tmp_path, "")) as services:
        assert service(services).run_if_due() is None
        with pytest.raises(ConfigurationError, match="declare margins or purchases in its part `value:`, or import"):
            service(services).run(silent)


def sites_day() -> date:
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


def test_the_command_says_what_came_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(tmp_path):
        pass
    place = ["--data", str(tmp_path)]

    def said(*arguments: str) -> tuple[str, str]:
        assert main(["value", *arguments, *place], RESOURCES) == 0
        out, err = capsys.readouterr()
        return out, err

    began = sites_day()
    assert said("show") == ("no value was calculated yet: `nba-desktop backend value run` does so\n", "")
    assert "4 customers would be valued, 4 of them for the first time; 3 keep" in said("run", "--dry-run")[0]
    out, err = said("run")
    assert "4 customers valued, 4 of them for the first time; 3 keep a delivered value" in out
    assert "note: no contract has ended" in err
    assert "2 purchases were left out" in err
    assert "calculated already; --again" in said("run")[1]
    shown, _ = said("show")
    assert "electricity" in shown
    assert "plain mean" in shown
    found = json.loads(said("show", "--json")[0])
    assert (found["first"], found["kept"]) == (4, 3)
    assert found["day"] in {day.isoformat() for day in (began, sites_day())}


def test_a_value_that_is_delivered_afterwards_is_not_calculated_over(site: Services, tmp_path: Path) -> None:
    service(site).run(silent)
    names = ("value_class", "value_low_eur", "value_high_eur", "value_trend", "value_as_of", "value_horizon_years")
    columns = ("customer_no", *names, "churn", "value_model")
    (tmp_path / "values.csv").write_text(f"{','.join(columns)}\nK-1,A,2000,3000,up,2026-03-01,10,low,SAP CLV 3\n")
    mapping = "\n".join(["source: crm", "fields:", *(f"  {name}: {name}" for name in columns)])
    (tmp_path / "mapping.yaml").write_text(mapping)
    files = [str(tmp_path / "values.csv"), "--mapping", str(tmp_path / "mapping.yaml")]
    assert main(["import", "customers", *files, "--data", str(tmp_path)], RESOURCES) == 0
    site.clock.now += timedelta(days=1)
    assert service(site).run(silent).counts.kept == 4
    assert models_of(site) == CALCULATED | DELIVERED | {"c-1": "SAP CLV 3"}
