"""`agent`, `load`, `model`: what a site sets while it runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.cli import main
from nba_desktop.backend.tokens import ensure_agent
from tests.fakes.backend_site import CATALOGUE, NOW, sql_store

RESOURCES = Path(__file__).parents[3] / "resources"
FILES = {
    "catalogue.yaml": CATALOGUE.read_text(encoding="utf-8").replace(
        "groups:\n", "bonus: {limits_eur: {team_lead: 50}}\nskills: [retention, solar]\ngroups:\n"
    )
}


class Site:
    def __init__(self, folder: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
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


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Site:
    with sql_store(tmp_path) as store, store.write() as unit:
        take_in(unit, FILES, NOW, explicit=True, catalogues=LiveCatalogues())
        ensure_agent(unit.access, "anna", NOW)
        ensure_agent(unit.access, "ben", NOW)
    return Site(tmp_path, capsys)


def test_what_an_agent_may_do_is_set_part_by_part(site: Site) -> None:
    site.run("agent", "set", "--agent", "anna", "--skills", "solar, retention", "--authority", "team_lead")
    assert site.err == ""
    site.run("agent", "set", "--agent", "anna", "--name", "Anna Adler")
    heads, anna, ben = site.run("agent", "list").splitlines()
    assert heads.split() == ["AGENT", "NAME", "SKILLS", "AUTHORITY", "BLOCKED"]
    assert anna.split() == ["anna", "Anna", "Adler", "retention,solar", "team_lead", "–"]
    assert ben.split() == ["ben", "–", "–", "–", "–"]
    site.run("agent", "set", "--agent", "anna", "--name", "", "--skills", "", "--authority", "")
    assert site.run("agent", "list").splitlines()[1].split() == ["anna", "–", "–", "–", "–"]


def test_a_skill_that_no_catalogue_names_is_kept_and_pointed_out(site: Site) -> None:
    site.run("agent", "set", "--agent", "anna", "--skills", "singing", "--authority", "king")
    assert "knows no skill singing" in site.err
    assert "knows no authority king" in site.err
    assert "singing" in site.run("agent", "list")


def test_the_load_is_shown_as_it_was_set(site: Site) -> None:
    assert site.run("load", "show") == "load: normal (never set)\n"
    assert site.run("load", "set", "high", "--by", "ada") == "load: high\n"
    assert site.run("load", "show").startswith("load: high (set ")
    assert site.run("load", "show").endswith("by ada)\n")


def test_the_model_is_kept_and_brought_back(site: Site) -> None:
    shown = site.run("model", "show")
    assert "mode:     bayes" in shown
    assert "updates:  0 in the log" in shown
    assert "snapshots: none" in shown
    assert site.run("model", "snapshot") == "snapshot 1 kept\n"
    assert "this is snapshot 2" in site.run("model", "restore", "1")
    *_, heads, first, second = site.run("model", "show").splitlines()
    assert heads.startswith("SNAPSHOT")
    assert first.split()[0] == "1"
    assert second.endswith("brought back from 1")


def test_a_model_that_does_not_learn_is_not_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"catalogue.yaml": FILES["catalogue.yaml"] + "learning: {mode: fixed}\n"}
    with sql_store(tmp_path) as store, store.write() as unit:
        take_in(unit, files, NOW, explicit=True, catalogues=LiveCatalogues())
    site = Site(tmp_path, capsys)
    assert "mode:     fixed" in site.run("model", "show")
    site.run("model", "snapshot", code=2)
    assert "the mode fixed learns nothing" in site.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("agent", "set", "--agent", "nobody"), "there is no agent nobody: `agent list`"),
        (("agent", "set", "--agent", ""), "1 to 64 printable characters"),
        (("agent", "set", "--agent", "anna", "--skills", "a b"), "'a b' is not a code"),
        (("agent", "set", "--agent", "anna", "--authority", "7"), "'7' is not a code"),
        (("agent", "set", "--agent", "anna", "--name", "x" * 201), "at most 200 printable"),
        (("agent", "set", "--agent", "anna", "--skills", ",".join(f"s{n}" for n in range(400))), "too many codes"),
        (("load", "set", "huge", "--by", "ada"), "invalid choice"),
        (("load", "set", "high"), "--by"),
        (("load", "set", "high", "--by", "\t"), "1 to 64 printable characters"),
        (("model", "restore", "9"), "there is no snapshot 9"),
        (("model", "restore", "x"), "invalid int value"),
    ],
)
def test_what_cannot_be_set_is_said(site: Site, arguments: tuple[str, ...], says: str) -> None:
    assert site.run(*arguments, code=2) == ""
    assert says in site.err


@pytest.mark.parametrize("command", [("agent", "list"), ("load", "show"), ("model", "show")])
def test_a_mistyped_folder_is_no_empty_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    Site(tmp_path / "nowhere", capsys).run(*command, code=2)
    assert not (tmp_path / "nowhere").exists()
