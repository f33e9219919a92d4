"""`catalogue try`: one customer, as a campaign manager reads it; nothing is recorded."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.cli import main
from nba_desktop.backend.decisioning.loader import catalogue_version
from tests.fakes.backend_site import NOW, sql_store
from tests.unit.backend.catalogues.contents import content

RESOURCES = Path(__file__).parents[3] / "resources"
SAMPLE = str(RESOURCES / "sample" / "catalogue")
FIRST = catalogue_version(content(1))


def run(*arguments: str) -> int:
    named = ("--by", "carla", "--reason", "Rückfrage") if "--data" in arguments else ()
    try:
        return main(["catalogue", "try", *arguments, *named], RESOURCES)
    except SystemExit as end:
        return int(str(end.code))


@pytest.fixture
def data(tmp_path: Path) -> str:
    with sql_store(tmp_path) as store, store.write() as unit:
        take_in(unit, content(1), NOW, explicit=True, catalogues=LiveCatalogues())
    return str(tmp_path)


def test_a_sample_customer_sees_ranked_actions_with_factors_reasons_and_why_not_the_others(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(SAMPLE, "--customer", "K-104776", "--concern", "instalment", "--solved", "--language", "en") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "customer K-104776, concern instalment, solved, load normal"
    heads = lines.index(next(line for line in lines if line.startswith("RANK")))
    first = lines[heads + 1].split()
    assert first[:3] == ["1", "SRV_INSTALMENT", "service"]
    priority, propensity, context, value, levers = (
        float(one.rstrip("%")) / (100 if "%" in one else 1) for one in first[3:8]
    )
    assert priority == pytest.approx(propensity * context * value * levers, rel=0.01)
    assert "   + fits the concern instalment" in lines
    rest = lines[lines.index("Not shown:") :]
    stages = [line.strip() for line in rest if line.startswith("  ") and not line.startswith("   ")]
    assert stages == sorted(set(stages), key=stages.index)
    assert {"eligibility", "applicability"} <= set(stages)
    assert any("[no_wallbox]" in line for line in rest)


def test_the_catalogue_in_force_is_tried_on_a_customer_of_the_store_and_only_that_is_kept(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(f"{data}/backend.sqlite3")) as database:
        before = set(database.iterdump())
        for catalogue in ("live", FIRST[:4]):
            assert run(catalogue, "--data", data, "--customer", "K-104233", "--language", "en", "--load", "high") == 0
            out = capsys.readouterr().out
            assert f"catalogue {FIRST}" in out
            assert "load high" in out
            assert "1. SRV_BILL: Your bill is new." in out
        kept = set(database.iterdump()) - before
        assert len(kept) == 3
        assert sum(one.startswith('INSERT INTO "readings"') and "'c-lisa'" in one for one in kept) == 2
        assert sum(one.startswith('INSERT INTO "agents"') for one in kept) == 1


def test_a_draft_on_disk_is_tried_on_a_customer_of_the_store(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "catalogue.yaml"
    draft.write_text(content(5)["catalogue.yaml"], encoding="utf-8")
    assert run(str(draft), "--data", data, "--customer", "K-104233") == 0
    assert f"catalogue {catalogue_version(content(5))}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("live", "--customer", "K-1"), "name the backend's folder with --data"),
        (("live", "--customer", "K-1", "--data", "{data}"), "there is no customer with the number K-1 in"),
        (("{sample}", "--customer", "K-1"), "no sample customer with the number K-1; there are for example K-104776"),
        (("zzz", "--customer", "K-104233", "--data", "{data}"), "there is no version zzz"),
        (("live", "--customer", "K-104233", "--concern", "bil", "--data", "{data}"), "no concern bil: bill, move"),
        (("live", "--customer", "K-104233", "--skills", "sing", "--data", "{data}"), "knows no skill sing: it names"),
        (("live", "--customer", "K-104233", "--skills", "a-b", "--data", "{data}"), "'a-b' is not a code"),
        (("live", "--customer", "K-104233", "--authority", "king", "--data", "{data}"), "no authority king"),
        (("live", "--customer", "K-104233", "--load", "huge", "--data", "{data}"), "invalid choice"),
        (("live", "--customer", "K-104233", "--language", "fr", "--data", "{data}"), "invalid choice"),
        (("live", "--data", "{data}"), "--customer"),
    ],
)
def test_what_cannot_be_tried_is_said(
    data: str, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    assert run(*(one.format(data=data, sample=SAMPLE) for one in arguments)) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err


@pytest.mark.parametrize("named", [(), ("--by", "carla"), ("--reason", "Rückfrage")])
def test_a_customer_of_a_database_is_read_by_somebody_and_for_a_reason(
    data: str, capsys: pytest.CaptureFixture[str], named: tuple[str, ...]
) -> None:
    assert main(["catalogue", "try", "live", "--data", data, "--customer", "K-104233", *named], RESOURCES) == 2
    assert "--by and --reason" in capsys.readouterr().err
