"""The command that makes up calls, and what a sample site is set up with for its review."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.half_year.site import AGREEMENT, set_up_review
from nba_desktop.backend.rows.review_log import ReviewModeRow
from nba_desktop.backend.rows.teams import TeamRow
from nba_desktop.backend.store.engine import Database
from nba_desktop.backend.store.migrate import migrate
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.codes import ReviewMode
from tests.fakes.decisions import RESOURCES

NOW = datetime(2026, 7, 15, 23, tzinfo=UTC)


def test_calls_are_made_once_and_the_command_says_what_is_true_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ("sample", "--data", str(tmp_path), "--calls", "60", "--agents", "4", "--teams", "2", "--weeks", "1")
    assert main(order, RESOURCES) == 0
    printed = capsys.readouterr()
    assert "60 calls of 500 customers, " in printed.err
    head, *rows = printed.out.splitlines()
    assert head.split() == ["TEAM", "AGENT", "PSEUDONYM", "OPPORTUNITIES", "TRUE", "EFFECT"]
    assert [row.split()[0] for row in rows] == ["team_1", "team_2", "team_1", "team_2"]
    assert rows[3].endswith("none")

    assert main(order, RESOURCES) == 2
    assert "there are calls already" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-5", "many", "10000001"])
def test_a_number_that_is_none_is_refused(tmp_path: Path, number: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(("sample", "--data", str(tmp_path), f"--calls={number}"), RESOURCES)
    assert "a number from 1 to 10000000" in capsys.readouterr().err


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    database = Database(f"sqlite:///{tmp_path}/site.sqlite3")
    migrate(database)
    return SqlStore(database)


def test_a_sample_site_has_a_team_with_its_lead_and_an_agreement_that_is_in_force(store: SqlStore) -> None:
    for _start in range(2):
        with store.write() as unit:
            set_up_review(unit, "panel", NOW)
    with store.read() as unit:
        (team,), (member,), (mode,) = unit.teams.all(), unit.teams.members(), unit.review_log.modes()
    store.close()
    assert (team.name, team.leads) == ("Team Elbe", frozenset({"panel"}))
    assert (member.agent_id, member.team_id) == ("panel", team.team_id)
    assert member.since < NOW.date()
    assert (mode.mode, mode.agreement) == (ReviewMode.COACHING, AGREEMENT)
    assert mode.until is not None
    assert mode.until > NOW.date() + timedelta(days=300)


def test_a_site_keeps_the_teams_and_the_mode_it_has(store: SqlStore) -> None:
    with store.write() as unit:
        unit.teams.add(TeamRow("own", "Own", NOW))
        unit.review_log.add_mode(ReviewModeRow(ReviewMode.OFF, None, None, NOW, "carla"))
        set_up_review(unit, "panel", NOW)
    with store.read() as unit:
        assert [one.team_id for one in unit.teams.all()] == ["own"]
        assert [one.mode for one in unit.review_log.modes()] == [ReviewMode.OFF]
    store.close()
