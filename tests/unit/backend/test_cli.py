"""The commands of the backend: what they print, and what they say to bad input."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from nba_desktop.backend.app import open_app
from nba_desktop.backend.cli import main
from nba_desktop.backend.config import BackendConfig
from nba_desktop.backend.opening import open_store
from tests.fakes.backend_site import migrated

ROOT = Path(__file__).parents[3]
RESOURCES = ROOT / "resources"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("serve", "--embedded", "--catalogue", "{missing}"), "there is no catalogue at"),
        (("serve", "--embedded", "--catalogue", "{broken}"), "broken.yaml:2:"),
        (("serve", "--embedded", "--data", "{broken}/x"), "cannot be used"),
        pytest.param(
            ("serve", "--host", "192.0.2.1", "--port", "0", "--plain-http"),
            "cannot listen on 192.0.2.1",
            marks=pytest.mark.expected_log("a new database was begun in"),
        ),
        pytest.param(
            ("serve", "--host", "no.such.host.invalid", "--port", "0", "--plain-http"),
            "cannot listen on no.such.host",
            marks=pytest.mark.expected_log("a new database was begun in"),
        ),
        (("serve", "--host", "0.0.0.0"), "would cross the network unencrypted. Give --tls-certificate"),
        (("serve", "--behind-proxy", "10.0.0.5,proxy"), "'proxy' is neither an address such as"),
        (("serve", "--tls-certificate", "{broken}"), "--tls-certificate and --tls-key belong together"),
        (("serve", "--tls-key-password-file", "{broken}"), "--tls-key-password-file is for --tls-key"),
        (("serve", "--tls-certificate", "{missing}", "--tls-key", "{missing}"), "missing.yaml cannot be read"),
        (("serve", "--embedded", "--tls-certificate", "x", "--tls-key", "x"), "--embedded serves this machine alone"),
        (("serve", "--otlp-endpoint", "localhost:4318"), "an address begins with http://"),
        (("serve", "--requests-per-s", "0"), "a rate is a number from 1 to"),
        (("serve", "--port", "70000"), "a port is a number"),
        (("token", "create", "--agent", "", "--role", "agent"), "1 to 64 printable characters"),
        (("token", "create", "--agent", "anna", "--role", "king"), "invalid choice"),
        (("token", "revoke", "01a2003f-0000-7000-8000-000000000000"), "there is no backend's database in"),
        (("token", "list"), "there is no backend's database in"),
        (("ledger", "verify", "--data", "{missing}"), "there is no backend's database in"),
        (("token", "revoke", "x"), "invalid UUID"),
        (("samples", "load", "--data", "{broken}/x"), "cannot be used"),
        (("catalogue", "check", "{broken}"), "broken.yaml:2:"),
        (("catalogue", "check", "{missing}"), "there is no catalogue at"),
        ((), "required"),
    ],
)
def test_what_cannot_be_used_is_said_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("company: {name: 3", encoding="utf-8")
    filled = [one.format(broken=broken, missing=tmp_path / "missing.yaml") for one in arguments]
    if filled and filled[0] in ("serve", "token") and "--data" not in filled:
        filled += ["--data", str(tmp_path / "data")]
    assert run(*filled) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def run(*arguments: str) -> int:
    """The exit code of a command, whichever way it ends."""
    try:
        return main(arguments, RESOURCES)
    except SystemExit as end:
        return int(str(end.code))


def new_site(folder: Path) -> tuple[str, str]:
    (folder / "backend.sqlite3").write_bytes(migrated())
    return "--data", str(folder)


@pytest.mark.parametrize(
    "command",
    [
        ("token", "create", "--agent", "anna", "--role", "agent"),
        ("agent", "add", "anna"),
        ("hook", "create", "pbx", "--dialect", "zammad"),
        ("outbound", "add", "crm", "--url", "https://crm.example/events"),
        ("migrate",),
    ],
    ids=" ".join,
)
def test_a_mistyped_folder_is_not_made_a_site_and_the_way_out_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    mistyped = tmp_path / "nba-desktpo"
    assert run(*command, "--data", str(mistyped)) == 2
    said = capsys.readouterr().err
    assert f"there is no backend's database in {mistyped}: name its folder with --data, or begin one there with" in said
    assert f"`nba-desktop backend serve --data {mistyped}`" in said
    assert not mistyped.exists()


def test_a_broken_database_is_said_and_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "backend.sqlite3"
    file.write_bytes(b"this is no database" * 1000)
    assert run("serve", "--embedded", "--data", str(tmp_path)) == 2
    said = capsys.readouterr().err
    assert f"the database refused: file is not a database: move {file} away as it is, and put a copy back" in said
    assert file.read_bytes() == b"this is no database" * 1000


def test_an_emptied_database_is_no_new_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "backend.sqlite3"
    file.touch()
    for command in (("serve", "--port", "0"), ("serve", "--embedded"), ("token", "list")):
        assert run(*command, "--data", str(tmp_path)) == 2
        said = capsys.readouterr().err
        assert f"{file} is damaged: it is empty. Move it away, then put a copy back with" in said
    assert file.stat().st_size == 0


@pytest.mark.expected_log("a new database was begun in")
def test_a_server_that_begins_a_new_database_says_where_and_only_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # An address that nobody here has: it ends where it would begin to listen.
    command = ("serve", "--data", str(tmp_path), "--host", "192.0.2.1", "--port", "0", "--plain-http")
    assert run(*command) == 2
    assert f"a new database was begun in {tmp_path}" in capsys.readouterr().err
    assert run(*command) == 2
    assert "a new database" not in capsys.readouterr().err


def test_a_token_that_is_not_there_cannot_be_revoked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = new_site(tmp_path)
    assert run("token", "create", *data, "--agent", "anna", "--role", "agent") == 0
    assert run("token", "revoke", *data, "01a2003f-0000-7000-8000-000000000000") == 2
    assert "no valid token" in capsys.readouterr().err


def test_the_database_is_this_users_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with open_store(BackendConfig(tmp_path, RESOURCES)):
        assert (tmp_path / "backend.sqlite3").stat().st_mode & 0o077 == 0


def test_a_wording_that_was_changed_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = BackendConfig(data=tmp_path, resources=RESOURCES)
    with open_app(config):
        pass
    assert run("ledger", "verify", "--data", str(tmp_path)) == 0
    with closing(sqlite3.connect(config.database_file)) as database, database:
        database.execute("UPDATE consent_wordings SET text = 'Ja?' WHERE language = 'de'")
    assert run("ledger", "verify", "--data", str(tmp_path)) == 1
    assert "were changed: " in capsys.readouterr().err


def test_tokens_are_made_listed_and_revoked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = new_site(tmp_path)
    assert run("token", "create", *data, "--agent", "anna", "--role", "agent", "--role", "team_lead") == 0
    token, warning = capsys.readouterr()
    assert "not shown again" in warning
    assert run("token", "list", *data) == 0
    listed = capsys.readouterr().out
    assert "anna" in listed
    assert "agent,team_lead" in listed
    assert listed.rstrip().endswith("valid")
    assert token.strip() not in listed
    assert run("token", "revoke", *data, listed.split()[0]) == 0
    run("token", "list", *data)
    assert "revoked" in capsys.readouterr().out


def test_samples_are_loaded_once_and_their_ledger_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ("--data", str(tmp_path))
    assert run("samples", "load", *data) == 0
    assert "sample customers loaded" in capsys.readouterr().err
    assert run("samples", "load", *data) == 0
    assert "there are customers already" in capsys.readouterr().err
    assert run("ledger", "verify", *data) == 0
    assert "the ledger holds" in capsys.readouterr().out

    with closing(sqlite3.connect(tmp_path / "backend.sqlite3")) as database, database:
        database.execute("UPDATE consent_events SET note = 'x' WHERE position = 7")
    assert run("ledger", "verify", *data) == 1
    assert "entry 7: the entry was changed" in capsys.readouterr().err


def test_the_sample_catalogue_is_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("catalogue", "check", str(RESOURCES / "sample" / "catalogue")) == 0
    assert "the catalogue is good" in capsys.readouterr().out


def test_the_openapi_document_is_printed_as_it_is_checked_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("openapi") == 0
    assert capsys.readouterr().out == (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == []
