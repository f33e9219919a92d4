"""`catalogue …`: what the commands print from draft to roll-back, and what they say to bad input."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nba_desktop.backend.catalogues.installation import take_in
from nba_desktop.backend.catalogues.live import LiveCatalogues
from nba_desktop.backend.cli import main
from nba_desktop.backend.decisioning.loader import catalogue_version
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.paths import resource
from tests.fakes.backend_site import sql_store
from tests.unit.backend.catalogues.contents import BROKEN, UNHAPPY, content

RESOURCES = Path(__file__).parents[3] / "resources"
FIRST = catalogue_version(content(1))


class Terminal:
    """Runs commands on one backend's folder, and gives what they said."""

    def __init__(self, folder: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._captured = captured
        self.err = ""

    def run(self, *arguments: str, code: int = 0) -> str:
        """What a `catalogue` command prints; `{data}` names the backend, `{folder}` a folder beside it."""
        filled = [one.format(data=self.folder / "data", folder=self.folder) for one in arguments]
        try:
            ended = main(["catalogue", *filled], RESOURCES)
        except SystemExit as end:
            ended = int(str(end.code))
        out, self.err = self._captured.readouterr()
        assert ended == code, self.err
        return out

    def on_data(self, *arguments: str, code: int = 0) -> str:
        return self.run(*arguments, "--data", "{data}", code=code)

    def file(self, number: int, **more: str) -> str:
        path = self.folder / f"number-{number}" / "catalogue.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content(number, **more)["catalogue.yaml"].encode())
        return str(path)

    def submitted(self, number: int, **more: str) -> str:
        return self.on_data("submit", self.file(number, **more), "--by", "ada").strip()

    def approved(self, number: int) -> str:
        version = self.submitted(number)
        self.on_data("approve", version, "--by", "bob")
        return version


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    (tmp_path / "data").mkdir()
    with sql_store(tmp_path / "data") as opened:
        with opened.write() as unit:
            take_in(unit, content(1), datetime(2026, 3, 1, tzinfo=UTC), explicit=True, catalogues=LiveCatalogues())
        yield opened


@pytest.fixture
def terminal(store: SqlStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, capsys)


def test_check_runs_the_personas_and_counts(terminal: Terminal) -> None:
    said = terminal.run("check", terminal.file(2))
    assert said.splitlines() == [
        "  persona CURIOUS: as expected (SRV_BILL)",
        f"the catalogue is good: 1 groups, 1 actions, 1 personas, version {catalogue_version(content(2))}",
    ]


def test_check_fails_when_a_persona_sees_what_it_must_not(terminal: Terminal) -> None:
    said = terminal.run("check", terminal.file(2, more=UNHAPPY), code=1)
    assert said == "  persona LEFT_ALONE: never expected: SRV_BILL; shown: SRV_BILL\n"
    assert "a version like this is not approved" in terminal.err


def test_check_says_that_nothing_was_tested_without_personas(terminal: Terminal) -> None:
    terminal.run("check", terminal.file(2, more=""))
    assert "the catalogue has no personas" in terminal.err


def test_a_version_goes_from_submitted_to_live_and_back(terminal: Terminal) -> None:
    version = terminal.submitted(2)
    assert version == catalogue_version(content(2))
    assert "A second person approves it now" in terminal.err
    said = terminal.on_data("approve", version[:6], "--by", "bob", "--note", "read every text")
    assert said == f"  persona CURIOUS: as expected (SRV_BILL)\nversion {version} is approved\n"
    assert terminal.on_data("activate", version[:6], "--by", "bob", "--ramp", "5%").splitlines() == [
        f"live: {FIRST}",
        f"ramp: {version} for 5 % of the customers",
    ]
    assert terminal.on_data("activate", version, "--by", "bob") == f"live: {version}\n"
    assert terminal.on_data("rollback", "--by", "cleo", "--reason", "complaints").splitlines() == [
        f"version {version} no longer decides",
        f"live: {FIRST}",
    ]
    shown = terminal.on_data("show", version).splitlines()
    assert shown[0] == f"version {version}: retired"
    assert [line.split("  ")[1].strip() for line in shown[4:]] == [
        "submitted",
        "approved",
        "ramped to 5 %",
        "activated",
        "rolled back",
    ]
    assert shown[-1].endswith("cleo  complaints")
    assert shown[5].endswith("bob   read every text")


def test_list_names_versions_states_dates_and_people(terminal: Terminal) -> None:
    version = terminal.submitted(2)
    heads, first, second = terminal.on_data("list").splitlines()
    assert heads.split() == ["VERSION", "STATE", "SINCE", "(UTC)", "SUBMITTED", "APPROVED", "NOTE"]
    assert first.split() == [FIRST, "live", "2026-03-01", "00:00", "2026-03-01", "installation", "–"]
    assert second.startswith(f"{version}  draft")
    assert "ada" in second


def test_a_shadow_is_started_and_stopped(terminal: Terminal) -> None:
    version = terminal.submitted(2)
    assert terminal.on_data("shadow", version, "--by", "ada") == f"in shadow: {version}\n"
    assert "draft, in shadow" in terminal.on_data("list")
    assert terminal.on_data("shadow", version, "--by", "ada", "--stop") == "in shadow: none\n"


def test_a_draft_is_retired(terminal: Terminal) -> None:
    version = terminal.submitted(2)
    assert terminal.on_data("retire", version, "--by", "ada") == f"version {version} is retired\n"


def test_files_are_written_back_as_the_same_version_and_nothing_is_overwritten(
    terminal: Terminal, tmp_path: Path
) -> None:
    path = Path(terminal.file(7))
    original = path.read_bytes()
    # Line ends are the platform's and make no other version.
    path.write_bytes(original.replace(b"\n", b"\r\n"))
    version = terminal.on_data("submit", str(path), "--by", "ada").strip()
    assert version == catalogue_version(content(7))
    out = tmp_path / "out"
    said = terminal.on_data("show", version, "--out", str(out))
    assert said == f"version {version}: 1 files written into {out}\n"
    assert (out / "catalogue.yaml").read_bytes() == original
    assert version in terminal.run("check", str(out))
    terminal.on_data("show", version, "--out", str(out), code=2)
    assert "is there already: name an empty folder with --out" in terminal.err


def test_diff_takes_versions_live_and_files(terminal: Terminal) -> None:
    file = Path(terminal.file(2))
    file.write_text(file.read_text(encoding="utf-8").replace("base_rate: 0.6", "base_rate: 0.7"), encoding="utf-8")
    expected = [
        "changed: action SRV_BILL",
        "  factors",
        "    base_rate: 0.6 → 0.7",
        "0 added, 0 removed, 1 changed",
    ]
    assert terminal.run("diff", terminal.file(1), str(file)).splitlines() == expected
    assert terminal.on_data("diff", "live", str(file)).splitlines() == expected
    version = terminal.on_data("submit", str(file), "--by", "ada").strip()
    assert terminal.on_data("diff", FIRST[:5], version[:5]).splitlines() == expected
    assert terminal.on_data("diff", "live", FIRST) == "nothing differs\n"


def test_an_output_that_cannot_show_every_character_ends_no_command(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    redirected = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(redirected, encoding="ascii", write_through=True))
    file = Path(terminal.file(2))
    file.write_text(file.read_text(encoding="utf-8").replace("base_rate: 0.6", "base_rate: 0.7"), encoding="utf-8")
    terminal.run("diff", terminal.file(1), str(file))
    assert b"base_rate: 0.6 ? 0.7" in redirected.getvalue()


def test_attributes_prints_the_register(terminal: Terminal) -> None:
    lines = terminal.run("attributes").splitlines()
    assert lines[0].split()[:3] == ["ATTRIBUTE", "TYPE", "SOURCE"]
    (kwh,) = (line for line in lines if line.startswith("kwh_year "))
    assert "service" in kwh
    assert any("consent:profiling" in line for line in lines)


def test_attributes_of_a_catalogue_are_those_it_declares_too(terminal: Terminal) -> None:
    lines = terminal.run("attributes", str(resource("telecom", "catalogue"))).splitlines()
    (volume,) = (line for line in lines if line.startswith("tariff_gb "))
    assert "integer (GB)" in volume
    assert not [line for line in lines if line.startswith("kwh_year ")]
    (test,) = (line for line in lines if line.startswith("speed_test "))
    assert test.split(maxsplit=1)[1].split("  ")[0] == "app, portal"
    assert lines[-1] == "kinds of contract: fixed, mobile, tv"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("check", "{folder}/none"), "there is no catalogue at"),
        (("check", "{folder}/broken.yaml"), "unknown time zone 'Europe/Berlyn'"),
        (("check", "{folder}/data"), "the folder holds no .yaml file"),
        (("check", "{folder}/binary.yaml"), "binary.yaml"),
        (("submit", "{folder}/broken.yaml", "--by", "ada", "--data", "{data}"), "unknown time zone"),
        (("submit", "{folder}/broken.yaml", "--by", "ada", "--data", "{folder}"), "there is no backend's database in"),
        (("submit", "{folder}/broken.yaml", "--data", "{data}"), "--by"),
        (("submit", "x", "--by", "", "--data", "{data}"), "a name has 1 to 64 printable characters"),
        (("submit", "x", "--by", "a" * 65, "--data", "{data}"), "a name has 1 to 64 printable characters"),
        (("submit", "x", "--by", "a\nb", "--data", "{data}"), "a name has 1 to 64 printable characters"),
        (("submit", "{folder}/good.yaml", "--by", "installation", "--data", "{data}"), "nobody's name"),
        (("submit", "x", "--by", "ada", "--note", "n" * 501, "--data", "{data}"), "at most 500 printable"),
        (("approve", "zzz", "--by", "ada", "--data", "{data}"), "there is no version zzz: `catalogue list`"),
        (("approve", "live", "--by", "ada", "--data", "{data}"), "is live and cannot be approved"),
        (("activate", "live", "--by", "ada", "--data", "{data}"), "is live and cannot be activated"),
        (("activate", "live", "--by", "ada", "--ramp", "0", "--data", "{data}"), "percent from 1 to 100"),
        (("activate", "live", "--by", "ada", "--ramp", "2.5", "--data", "{data}"), "percent from 1 to 100"),
        (("activate", "live", "--by", "ada", "--ramp", "all", "--data", "{data}"), "percent from 1 to 100"),
        (("shadow", "live", "--by", "ada", "--data", "{data}"), "is live and cannot be put in shadow"),
        (("shadow", "live", "--by", "ada", "--stop", "--data", "{data}"), "not in shadow: there is nothing to stop"),
        (("rollback", "--by", "ada", "--data", "{data}"), "no version was live before it"),
        (("retire", "live", "--by", "ada", "--data", "{data}"), "is live and cannot be retired"),
        (("diff", "live", "live"), "name the backend's folder with --data"),
        (("diff", "live", "nothing", "--data", "{data}"), "there is no version nothing"),
        (("show", "live", "--data", "{folder}/nowhere"), "there is no backend's database in"),
        (("show", "live", "--out", "{folder}/good.yaml/x", "--data", "{data}"), "cannot be written"),
        ((), "required"),
    ],
)
def test_what_cannot_be_done_is_said_on_stderr(terminal: Terminal, arguments: tuple[str, ...], says: str) -> None:
    (terminal.folder / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    (terminal.folder / "good.yaml").write_text(content(3)["catalogue.yaml"], encoding="utf-8")
    (terminal.folder / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    assert terminal.run(*arguments, code=2) == ""
    assert says in terminal.err


def test_the_submitter_cannot_approve(terminal: Terminal) -> None:
    version = terminal.submitted(2)
    assert terminal.on_data("approve", version, "--by", "Ada", code=2) == ""
    assert f"version {version} is a draft that ada submitted: a second person has to approve it" in terminal.err


def test_personas_that_fail_are_told_when_approving(terminal: Terminal) -> None:
    version = terminal.submitted(2, more=UNHAPPY)
    assert terminal.on_data("approve", version, "--by", "bob", code=2) == ""
    assert "persona LEFT_ALONE: never expected: SRV_BILL" in terminal.err


def test_a_second_ramp_waits_for_the_first(terminal: Terminal) -> None:
    second, third = terminal.approved(2), terminal.approved(3)
    terminal.on_data("activate", second, "--by", "bob", "--ramp", "5")
    terminal.on_data("activate", third, "--by", "bob", "--ramp", "5", code=2)
    assert f"while version {second} is ramped to 5 %: finish that ramp" in terminal.err


def test_a_store_without_versions_says_how_one_comes_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sql_store(tmp_path, customers=False):
        assert main(["catalogue", "list", "--data", str(tmp_path)], RESOURCES) == 0
    assert "the first start of the backend takes one in" in capsys.readouterr().out
