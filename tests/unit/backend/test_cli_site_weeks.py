"""`nba-desktop backend site weeks`: the site's figures where there is no window."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.rows.site_figures import QueueCallRow
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import ResponseCode
from tests.fakes.backend_review import FIRST, LAST, Call, Said, open_site

RESOURCES = Path(__file__).parents[3] / "resources"
DAYS = ["--from", FIRST.isoformat(), "--to", LAST.isoformat()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    at = datetime(2026, 2, 17, 9, tzinfo=UTC)
    with open_site(tmp_path) as site:
        site.keep([Call(agent, (Said("SRV_BILL", ResponseCode.ACCEPTED_DONE),)) for agent in site.agents])
        site.keep([Call(site.agents[0], day=FIRST + timedelta(days=7))])
        with site.services.store.write() as unit:
            unit.site.add_queue_calls(
                [
                    QueueCallRow(new_id(), "pbx", None, at, at + timedelta(seconds=n), at + timedelta(60))
                    for n in (5, 50)
                ]
            )
    return tmp_path


def said(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main(["site", "weeks", "--data", str(folder), *DAYS, *more], RESOURCES) == 0
    return capsys.readouterr().out


def test_each_week_is_a_line_and_what_nobody_knows_a_dash(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head, line, *rest = said(folder, capsys).splitlines()
    assert head.split()[:4] == ["WEEK", "CALLS", "TALK", "HANDLING"]
    assert line.split()[:5] == ["2026-02-16", "8", "300", "s", "-"]
    assert "50.0 %" in line
    assert rest[-1] == "1 weeks of too few agents are left out"


def test_as_json_it_is_what_the_route_answers(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(said(folder, capsys, "--json"))
    [week] = answer["weeks"]
    assert (week["monday"], week["calls"], answer["left_out_weeks"]) == ("2026-02-16", 8, 1)
    assert (week["service_level"]["successes"], week["service_level"]["trials"]) == (1, 2)


def test_days_that_are_no_period_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["site", "weeks", "--data", str(folder), "--from", "2026-02-16", "--to", "2026-02-17"], RESOURCES)
    assert code == 2
    assert "no period of 4 to 106 weeks" in capsys.readouterr().err
