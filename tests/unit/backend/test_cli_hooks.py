"""`hook`: telephone systems are set up by commands that say what is wrong."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nba_desktop.backend.calls.sources import SourceService
from nba_desktop.backend.cli import main
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.backend.tokens import ensure_agent, token_hash
from nba_desktop.contract.numbers import NumberFormat, NumberRules
from tests.fakes.backend_site import NOW, sql_store

RESOURCES = Path(__file__).parents[3] / "resources"


class Site:
    def __init__(self, folder: Path, store: SqlStore, captured: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.sources = SourceService(store)
        self._captured = captured
        self.err = ""

    def run(self, *arguments: str, code: int = 0) -> str:
        try:
            ended = main(["hook", *arguments, "--data", str(self.folder)], RESOURCES)
        except SystemExit as end:
            ended = int(str(end.code))
        out, self.err = self._captured.readouterr()
        assert ended == code, self.err
        return out


@pytest.fixture
def site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Site]:
    with sql_store(tmp_path, customers=False) as store:
        with store.write() as unit:
            ensure_agent(unit.access, "anna", NOW)
            ensure_agent(unit.access, "ben", NOW)
        yield Site(tmp_path, store, capsys)


def test_a_source_is_made_with_all_that_it_is_told(site: Site) -> None:
    address = site.run(
        *("create", "pbx", "--dialect", "zammad", "--number-format", "national", "--region", "AT"),
        *("--trunk-prefix", "0", "--extension-digits", "3", "--queue", "service", "--queue", "sales"),
        *("--internal-calls", "--public-url", "https://nba.example/x/", "--events-per-second", "7"),
    ).strip()
    head, _, token = address.partition("?token=")
    assert head == "https://nba.example/x/v1/hooks/pbx"
    assert "not shown again" in site.err
    source = site.sources.sources()["pbx"]
    assert source.secret_sha256 == token_hash(token)
    assert source.signing_key == ""
    assert source.numbers == NumberRules(NumberFormat.NATIONAL, "AT", "0", 3)
    assert (source.queues, source.internal_calls, source.events_per_s) == (frozenset({"service", "sales"}), True, 7)
    assert token not in site.run("list")


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [("zammad", "e164_without_plus"), ("placetel", "national"), ("sipgate", "e164_without_plus")],
)
def test_numbers_are_read_as_the_dialect_usually_writes_them(site: Site, dialect: str, expected: str) -> None:
    site.run("create", "pbx", "--dialect", dialect, "--public-url", "https://nba.example")
    assert site.sources.sources()["pbx"].numbers.format.value == expected


def test_a_shared_secret_may_be_given_and_is_kept_because_it_signs(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("given-by-the-provider\n"))
    out = site.run("create", "pbx", "--dialect", "placetel", "--secret-stdin")
    assert out.splitlines() == ["/v1/hooks/pbx", "given-by-the-provider"]
    assert "X-PLACETEL-SIGNATURE" in site.err
    assert site.sources.sources()["pbx"].signing_key == "given-by-the-provider"


def test_users_are_mapped_shown_and_taken_back(site: Site) -> None:
    site.run("create", "pbx", "--dialect", "zammad")
    site.run("map", "pbx", "--user", "Anna Adler", "--agent", "anna")
    site.run("map", "pbx", "--user", "+49 30 555000", "--agent", "anna")
    site.run("map", "pbx", "--user", "+49 30 555000", "--agent", "ben")
    source = site.sources.sources()["pbx"]
    assert source.agents_of("ANNA ADLER") == {"anna"}
    assert source.agents_of("4930555000") == {"anna", "ben"}
    listed = site.run("list")
    assert [line.split()[-1] for line in listed.splitlines()[-3:]] == ["anna", "ben", "anna"]
    site.run("unmap", "pbx", "--user", "+49 30 555000", "--agent", "ben")
    assert site.sources.sources()["pbx"].agents_of("4930555000") == {"anna"}
    site.run("unmap", "pbx", "--user", "anna adler")
    assert site.sources.sources()["pbx"].agents_of("Anna Adler") == set()


def test_another_secret_makes_the_old_one_worthless(site: Site) -> None:
    old = site.run("create", "pbx", "--dialect", "zammad").strip()
    new = site.run("rotate", "pbx").strip()
    assert old != new
    assert site.sources.sources()["pbx"].secret_sha256 == token_hash(new.partition("=")[2])


def test_a_source_goes_with_its_users(site: Site) -> None:
    site.run("create", "pbx", "--dialect", "zammad")
    site.run("map", "pbx", "--user", "201", "--agent", "anna")
    site.run("delete", "pbx")
    assert site.sources.sources() == {}
    site.run("create", "pbx", "--dialect", "zammad")
    assert site.sources.sources()["pbx"].agents == {}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("create", "Pbx", "--dialect", "zammad"), "a-z, 0-9"),
        (("create", "new", "--dialect", "q931"), "invalid choice"),
        (("create", "new", "--dialect", "sipgate"), "--public-url"),
        (("create", "new", "--dialect", "sipgate", "--public-url", "nba.example"), "https://"),
        (("create", "new", "--dialect", "sipgate", "--public-url", "https://nba.example/?a"), "https://"),
        (("create", "new", "--dialect", "zammad", "--region", "XX"), "two-letter country code"),
        (("create", "new", "--dialect", "zammad", "--trunk-prefix", "x"), "trunk prefix"),
        (("create", "new", "--dialect", "zammad", "--extension-digits", "12"), "0 to 9 digits"),
        (("create", "new", "--dialect", "zammad", "--events-per-second", "0"), "1 to 100000"),
        (("create", "new", "--dialect", "zammad", "--queue", ""), "1 to 128"),
        (("create", "pbx", "--dialect", "zammad"), "there is a source pbx already"),
        (("map", "new", "--user", "201", "--agent", "anna"), "there is no source new"),
        (("map", "pbx", "--user", "201", "--agent", "zoe"), "there is no agent zoe"),
        (("map", "pbx", "--user", " ", "--agent", "anna"), "1 to 128"),
        (("map", "pbx", "--user", "202", "--agent", "ben"), "already"),
        (("unmap", "pbx", "--user", "201"), "no such user"),
        (("unmap", "pbx", "--user", "202", "--agent", "anna"), "no such user"),
        (("rotate", "new"), "there is no source new"),
        (("delete", "new"), "there is no source new"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_way_out(site: Site, arguments: tuple[str, ...], complaint: str) -> None:
    site.run("create", "pbx", "--dialect", "zammad")
    site.run("map", "pbx", "--user", "202", "--agent", "ben")
    site.run(*arguments, code=2)
    assert complaint in " ".join(site.err.split())


@pytest.mark.parametrize("secret", ["", "short\n", "x" * 201, "ümläutige-geheimnisse\n"])
def test_a_secret_that_is_too_weak_or_unreadable_is_refused(
    site: Site, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(secret))
    site.run("create", "pbx", "--dialect", "placetel", "--secret-stdin", code=2)
    assert "16 to 200" in site.err
    assert not secret.strip() or secret.strip() not in site.err


def test_a_mistyped_folder_is_no_backend(site: Site, tmp_path: Path) -> None:
    site.folder = tmp_path / "nowhere"
    for arguments in (("list",), ("rotate", "pbx"), ("delete", "pbx")):
        site.run(*arguments, code=2)
        assert "there is no backend's database" in site.err
