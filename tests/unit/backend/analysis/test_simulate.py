"""The command `simulate`: its customers, its versions, its outputs, and what it says to bad input."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.backend.analysis.population import generated_population, stored_population
from nba_desktop.backend.analysis.simulate import Progress
from nba_desktop.backend.catalogues.content import files_at
from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.cli import main
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.consent.ledger import LedgerEntry
from nba_desktop.backend.decisioning.learning.protocols import Example
from nba_desktop.backend.model import CustomerRecord, PastExposure, PastResponse, TouchpointRecord
from nba_desktop.backend.opening import now_utc, open_store
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.decisions import ResponseRow
from nba_desktop.backend.rows.learning import LearningRow
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ConsentPurpose, ResponseCode
from tests.fakes.backend_site import filled, migrated
from tests.fakes.decisions import NOW, RESOURCES, SAMPLE_CATALOGUE, customer, model_for, sample_catalogue

Simulate = Callable[..., dict[str, Any]]


@pytest.fixture
def simulate(capsys: pytest.CaptureFixture[str]) -> Simulate:
    def run(*arguments: str) -> dict[str, Any]:
        assert main(["simulate", "--json", *arguments], RESOURCES) == 0
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        return report

    return run


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    try:
        code = main(["simulate", *arguments], RESOURCES)
    except SystemExit as ended:
        code = int(str(ended.code))
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


@pytest.fixture(scope="module")
def made() -> bytes:
    """The database of a backend with 12 customers."""

    def fill(unit: Unit) -> None:
        take_in(unit, files_at(SAMPLE_CATALOGUE), now_utc(), explicit=False, catalogues=LiveCatalogues())
        unit.customers.add([one.record for one in generated_population(RESOURCES, now_utc(), 12, 3).people], [])

    return filled(migrated(), fill)


@pytest.fixture
def data(tmp_path: Path, made: bytes) -> Path:
    """The folder of that backend."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "backend.sqlite3").write_bytes(made)
    return folder


def opened(folder: Path) -> Any:
    return open_store(BackendConfig(data=folder, resources=RESOURCES))


def edited(folder: Path, was: str, becomes: str) -> Path:
    """A copy of the sample catalogue with one place of its texts changed."""
    copy = folder / "edited"
    shutil.copytree(SAMPLE_CATALOGUE, copy)
    for file in copy.glob("*.yaml"):
        text = file.read_text("utf-8")
        if was in text:
            file.write_text(text.replace(was, becomes, 1), "utf-8")
            return copy
    raise AssertionError(was)


def test_generated_customers_and_the_sample_catalogue_need_no_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--customers", "20"], RESOURCES) == 0
    text = capsys.readouterr().out
    assert text.startswith("Simulation of 20 generated customers (seed 20260101)")
    assert "Actions that are never first" in text
    assert max(map(len, text.splitlines())) <= 120


def test_the_report_says_on_whom_and_in_which_situation(simulate: Simulate) -> None:
    report = simulate("--customers", "20", "--seed", "4", "--concern", "move", "--unsolved", "--load", "high")
    assert (report["customers"], report["source"], report["seed"]) == (20, "generated", 4)
    assert (report["concern"], report["solved"], report["load"]) == ("move", False, "high")
    assert report["customers_per_second"] > 0
    assert report["result"]["version"] == sample_catalogue().version
    assert report["result"]["model_version"] == model_for(sample_catalogue(), "bayes").version
    assert report["result"]["authority"] == "senior"
    assert report["result"]["skills"] == ["energy_advice"]


def test_an_agent_without_skills_and_authority_is_simulated_too(simulate: Simulate) -> None:
    result = simulate("--customers", "20", "--skills", "none", "--authority", "none")["result"]
    assert (result["authority"], result["skills"]) == (None, [])
    missing = [one for one in result["rules"] if one["rule"] == "skill_missing"]
    assert {one["fails"] for one in missing} == {20}
    assert simulate("--customers", "20", "--authority", "standard")["result"]["authority"] == "standard"


def test_the_same_seed_generates_the_same_customers() -> None:
    def ids(seed: int) -> list[tuple[str, str]]:
        return [
            (one.record.customer_id, one.record.street) for one in generated_population(RESOURCES, NOW, 9, seed).people
        ]

    assert ids(1) == ids(1)
    assert ids(1) != ids(2)
    assert len(ids(1)) == 9


def test_generated_customers_have_the_consents_of_the_samples() -> None:
    people = list(generated_population(RESOURCES, NOW, 60, 1).people)
    assert any(one.consents.objected for one in people)
    assert any(purpose is ConsentPurpose.PROFILE_USAGE for one in people for purpose, _ in one.consents.states)


def test_a_version_is_compared_with_another_file(simulate: Simulate, tmp_path: Path) -> None:
    folder = edited(tmp_path, "base_rate: 0.14", "base_rate: 0.9")
    report = simulate("--customers", "40", "--catalogue", str(folder), "--against", str(SAMPLE_CATALOGUE))
    assert report["result"]["version"] != report["against"]["version"]
    assert report["comparison"]["first_changed"] > 0
    assert report["comparison"]["added"] == []


def test_the_page_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    assert main(["simulate", "--customers", "10", "--html", str(file)], RESOURCES) == 0
    text = file.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.count("<svg") == 5
    said = capsys.readouterr()
    assert "Funnel by stage" in said.out
    assert said.err == f"page written: {file}\n"


def test_a_page_overwrites_nothing_but_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sales.yaml"
    file.write_text("actions: []", "utf-8")
    said = refused(capsys, "--customers", "5", "--html", str(file))
    assert "sales.yaml is not the name of a page: name a file that ends in .html" in said
    assert file.read_text("utf-8") == "actions: []"


def test_customers_of_a_store_are_simulated_with_the_live_version(simulate: Simulate, data: Path) -> None:
    report = simulate("--data", str(data))
    assert (report["customers"], report["source"]) == (12, "store")
    assert report["result"]["name"] == "live"
    version = report["result"]["version"]
    assert version == sample_catalogue().version
    again = simulate("--data", str(data), "--catalogue", version[:8], "--against", "live")
    assert again["comparison"]["first_changed"] == 0
    assert again["result"] | {"name": ""} == again["against"] | {"name": ""}


def test_customers_of_a_store_are_drawn_by_lot(data: Path) -> None:
    with opened(data) as store:

        def drawn(size: int | None, seed: int) -> list[str]:
            return [one.record.customer_id for one in stored_population(store, size, seed, None).people]

        assert len(set(drawn(None, 1))) == 12
        assert drawn(99, 1) == drawn(None, 1)
        assert len(set(drawn(5, 1))) == 5
        assert drawn(5, 1) == drawn(5, 1)
        assert any(drawn(5, 1) != drawn(5, seed) for seed in (2, 3, 4))


def test_what_a_store_knows_of_its_customers_counts(data: Path) -> None:
    now = now_utc()
    with opened(data) as store:
        before = {one.record.customer_id: one for one in stored_population(store, None, 1, now).people}
        customer_id = min(before)
        with store.write() as unit:
            unit.decisions.add_response(response(customer_id, "XS_GREEN", ResponseCode.STOP_TOPIC, 3))
        person = next(
            one
            for one in stored_population(store, None, 1, now - timedelta(days=90)).people
            if one.record.customer_id == customer_id
        )
    assert person.record == before[customer_id].record
    assert [(one.action_id, one.code) for one in person.past] == [("XS_GREEN", ResponseCode.STOP_TOPIC)]


class Remembered:
    """A store of one customer to whom something was shown; remembers since when that was asked."""

    def __init__(self) -> None:
        self.since: datetime | None = None
        self.customers = self.decisions = self.consents = self

    def read(self) -> AbstractContextManager[Remembered]:
        return nullcontext(self)

    def ids(self) -> list[str]:
        return ["c-1"]

    def several(self, _ids: Sequence[str]) -> list[CustomerRecord]:
        return [customer()]

    def touchpoints(self, _customer_id: str) -> tuple[TouchpointRecord, ...]:
        return ()

    def of_customer(self, _customer_id: str) -> tuple[LedgerEntry, ...]:
        return ()

    def past_responses(self, _customer_id: str) -> tuple[PastResponse, ...]:
        return ()

    def past_exposures(self, _customer_id: str, since: datetime) -> tuple[PastExposure, ...]:
        self.since = since
        return (PastExposure("XS_GREEN", "addressed", since),)


def test_what_was_shown_is_read_as_far_back_as_caps_look() -> None:
    store: Any = Remembered()
    (person,) = stored_population(store, None, 1, NOW).people
    assert person.exposures == (PastExposure("XS_GREEN", "addressed", NOW),)
    assert store.since == NOW
    (unasked,) = stored_population(store, None, 1, None).people
    assert unasked.exposures == ()


def test_a_topic_that_was_stopped_is_in_the_funnel(simulate: Simulate, data: Path) -> None:
    def stopped() -> int:
        rules = simulate("--data", str(data))["result"]["rules"]
        return sum(one["fails"] for one in rules if (one["action_id"], one["rule"]) == ("XS_GREEN", "topic_blocked"))

    assert stopped() == 0
    with opened(data) as store, store.write() as unit:
        unit.decisions.add_response(response(unit.customers.ids()[0], "XS_GREEN", ResponseCode.STOP_TOPIC, 3))
    assert stopped() == 1


def test_the_learnt_model_of_a_store_decides(simulate: Simulate, data: Path) -> None:
    fresh = simulate("--data", str(data))["result"]["model_version"]
    with opened(data) as store:
        learnt(store)
    assert simulate("--data", str(data))["result"]["model_version"] != fresh


def learnt(store: SqlStore) -> None:
    """Put a yes into the log of what was learnt."""
    catalogue = sample_catalogue()
    now = now_utc()
    update = model_for(catalogue, "bayes").update_for(Example("XS_GREEN", {}, 1.0, now), [])
    assert update is not None
    row = LearningRow(new_id(), new_id(), "XS_GREEN", 1, 1.0, 1.0, now, now, "bayes", update.to_bytes())
    with store.write() as unit:
        unit.learning.append(row)


def response(customer_id: str, action_id: str, code: ResponseCode, days_ago: int) -> ResponseRow:
    return ResponseRow(
        event_id=new_id(),
        retracts=None,
        contact_id=None,
        customer_id=customer_id,
        decision_id=None,
        action_id=action_id,
        code=code,
        note="",
        at=now_utc() - timedelta(days=days_ago),
    )


@pytest.mark.parametrize("number", ["0", "-3", "many", "1.5", ""])
def test_no_number_of_customers_is_said_so(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "is not a number of customers: 1 or more" in refused(capsys, f"--customers={number}")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--concern", "holiday"), "the catalogue knows no concern holiday: bill, charging"),
        (("--skills", "juggling"), "the catalogue knows no skill juggling: energy_advice"),
        (("--authority", "king"), "the catalogue knows no authority king: senior, standard"),
        (("--catalogue", "nowhere.yaml"), "there is no catalogue at nowhere.yaml"),
        (("--against", "4be1c0"), "to name a version, name the backend's folder with --data"),
        (("--html", "nowhere/page.html"), "there is no folder nowhere to write the page into"),
        (("--html", "."), "is a folder: name a file with --html"),
        (("--data", "nowhere"), "there is no backend's database in nowhere"),
    ],
)
def test_what_cannot_be_simulated_is_named(
    options: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in refused(capsys, "--customers", "5", *options)


def test_a_broken_catalogue_is_reported_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("actions: [", "utf-8")
    assert "broken.yaml:2:1: this is not YAML" in refused(capsys, "--customers", "5", "--catalogue", str(file))


def test_an_unknown_version_is_said_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(capsys, "--data", str(data), "--against", "ffffff")
    assert "there is no version ffffff: `catalogue list` shows those there are" in said


def test_an_empty_store_is_said_so_with_the_way_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with opened(tmp_path / "empty") as store, store.write() as unit:
        take_in(unit, files_at(SAMPLE_CATALOGUE), now_utc(), explicit=False, catalogues=LiveCatalogues())
    said = refused(capsys, "--data", str(tmp_path / "empty"))
    assert "there are no customers in this backend" in said
    assert "leaving --data away" in said


def test_a_page_that_cannot_be_written_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # A link to a place that is not there: its own folder is, and writing fails all the same.
    link = tmp_path / "page.html"
    link.symlink_to(tmp_path / "gone" / "page.html")
    said = refused(capsys, "--customers", "5", "--html", str(link))
    assert "page.html cannot be written: No such file or directory" in said


def test_progress_is_told_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(10_000)
    for done, seconds in ((100, 1.0), (1500, 3.0), (1600, 3.5), (3100, 6.2), (10_000, 20.0)):
        progress(done, seconds)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "1,500 of 10,000 customers, 500 a second",
        "3,100 of 10,000 customers, 500 a second",
    ]
