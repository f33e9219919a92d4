"""`team` and `review`: set up by commands that say what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.opening import now_utc
from nba_desktop.backend.review.rules import mode_now
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.codes import ReviewMode
from tests.fakes.backend_review import Call, open_site
from tests.fakes.backend_services import open_services

RESOURCES = Path(__file__).parents[3] / "resources"
TODAY = now_utc().date()


class Site:
    def __init__(self, folder: Path, store: SqlStore, captured: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.store = store
        self._captured = captured
        self.err = ""

    def run(self, *arguments: str, code: int = 0) -> str:
        try:
            ended = main([*arguments, "--data", str(self.folder)], RESOURCES)
        except SystemExit as end:
            ended = int(str(end.code))
        out, self.err = self._captured.readouterr()
        assert ended == code, self.err
        return out

    def mode(self) -> ReviewMode:
        with self.store.read() as unit:
            return mode_now(unit.review_log.modes(), TODAY).mode


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Site]:
    with open_services(tmp_path) as services:
        yield Site(tmp_path, services.store, capsys)


def test_a_team_is_set_up(site: Site) -> None:
    site.run("team", "add", "strom", "--name", "Team Strom Dresden")
    site.run("team", "member", "strom", "--agent", "anna", "--from", "2026-01-01")
    site.run("team", "member", "strom", "--agent", "ben")
    site.run("team", "lead", "strom", "--agent", "ben")
    assert "team_lead" in site.err
    heads, row = site.run("team", "list").splitlines()
    assert heads.split() == ["TEAM", "NAME", "LEADS", "MEMBERS"]
    assert row.split() == ["strom", "Team", "Strom", "Dresden", "ben", "anna,ben"]


def test_who_leaves_a_team_is_in_none_from_then_on(site: Site) -> None:
    site.run("team", "add", "strom", "--name", "Strom")
    site.run("team", "member", "strom", "--agent", "anna", "--from", "2026-01-01")
    site.run("team", "member", "strom", "--agent", "anna", "--leaves")
    site.run("team", "lead", "strom", "--agent", "ben")
    site.run("team", "lead", "strom", "--agent", "ben", "--remove")
    assert site.run("team", "list").splitlines()[1].split() == ["strom", "Strom", "–", "–"]
    with site.store.read() as unit:
        assert [(one.agent_id, one.team_id) for one in unit.teams.members()] == [("anna", "strom"), ("anna", None)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("team", "add", "strom", "--name", "Again"), "there is a team strom already"),
        (("team", "member", "gas", "--agent", "anna"), "there is no team gas"),
        (("team", "member", "strom", "--agent", "nobody"), "there is no agent nobody"),
        (("team", "member", "strom", "--agent", "anna", "--leaves"), "anna is not in the team strom"),
        (("team", "lead", "strom", "--agent", "nobody"), "there is no agent nobody"),
        (("team", "add", "the team", "--name", "x"), "is not a code"),
        (("team", "add", "x", "--name", " "), "1 to 200 printable"),
        (("team", "member", "strom", "--agent", "anna", "--from", "soon"), "invalid"),
        (("review", "mode", "coaching", "--by", "carla"), "need a works agreement"),
        (("review", "mode", "off"), "say who sets the mode"),
        (("review", "mode", "off", "--by", "carla", "--agreement", "BV"), "needs no works agreement"),
        (
            ("review", "mode", "coaching", "--by", "carla", "--agreement", "BV", "--until", "2020-01-01"),
            "ended on 2020-01-01",
        ),
        (("review", "mode", "coaching", "--agreement", " "), "1 to 200 printable"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(site: Site, arguments: tuple[str, ...], said: str) -> None:
    site.run("team", "add", "strom", "--name", "Strom")
    site.run(*arguments, code=2)
    assert said in site.err


def test_the_mode_is_set_with_its_agreement_and_its_history_stays(site: Site) -> None:
    assert site.run("review", "mode").strip() == "mode: team_only"
    until = (TODAY + timedelta(days=30)).isoformat()
    site.run("review", "mode", "coaching", "--agreement", "BV 2026/07", "--until", until, "--by", "Carla")
    assert site.mode() is ReviewMode.COACHING
    assert site.run("review", "mode").splitlines()[0] == f"mode: coaching (BV 2026/07, until {until})"
    site.run("review", "mode", "off", "--by", "Dora")
    assert f"whatever the mode is, no fact is removed until the agreement (BV 2026/07) ends on {until}" in site.err
    lines = site.run("review", "mode").splitlines()
    assert lines[0] == "mode: off"
    assert [line.split()[2] for line in lines[3:]] == ["Carla", "Dora"]


def test_who_looked_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_site(tmp_path) as opened:
        opened.services.clock.now = now_utc()
        opened.review.team(opened.lead, opened.team_asked(queue="strom"), "de")
        site = Site(tmp_path, opened.services.store, capsys)
        _, row = site.run("review", "accesses").splitlines()
    assert row.split()[2:] == ["lea", "coaching_talk", "strom", "–", "2026-02-16..2026-03-15", "strom", "no", "–"]


def test_the_facts_are_worked_out_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_site(tmp_path, agents=1) as opened:
        opened.keep([Call(opened.agents[0]) for _ in range(3)])
        site = Site(tmp_path, opened.services.store, capsys)
        assert site.run("review", "rebuild").strip() == "facts of 3 calls and changes worked out"
        assert "3 of 3" in site.err
