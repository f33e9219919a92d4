"""One server for each folder, and commands beside it as before."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nba_desktop.backend.cli import main
from nba_desktop.backend.errors import ConfigurationError
from nba_desktop.backend.one_server import LOCK_FILE, only_server
from tests.fakes.backend_site import migrated

RESOURCES = Path(__file__).parents[3] / "resources"
HOLDS_IT = """
import os, pathlib, sys
import nba_desktop.backend.one_server as it
with it.only_server(pathlib.Path(sys.argv[1])):
    print(flush=True)
    sys.stdin.read()
"""


def test_a_second_server_is_told_who_serves_there_and_what_to_do_and_commands_are_not_kept_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "backend.sqlite3").write_bytes(migrated())
    with only_server(tmp_path):
        assert main(("serve", "--data", str(tmp_path), "--port", "0"), RESOURCES) == 2
        said = capsys.readouterr().err
        assert f"another backend (process {os.getpid()}) serves the database in {tmp_path} already" in said
        assert "--data" in said
        assert main(("ledger", "verify", "--data", str(tmp_path)), RESOURCES) == 0
        assert main(("token", "create", "--data", str(tmp_path), "--agent", "a", "--role", "agent"), RESOURCES) == 0
        assert main(("backup", "--data", str(tmp_path), "--to", str(tmp_path)), RESOURCES) == 0
    with only_server(tmp_path):
        assert (tmp_path / LOCK_FILE).read_text(encoding="ascii") == f"{os.getpid()}\n"


def test_nothing_is_put_back_under_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, data = tmp_path / "copy.sqlite3", tmp_path / "data"
    copy.write_bytes(migrated())
    with only_server(data):
        assert main(("restore", str(copy), "--data", str(data)), RESOURCES) == 2
        assert (
            f"(process {os.getpid()}) serves the database in {data} already: stop it first" in capsys.readouterr().err
        )
        assert [one.name for one in data.iterdir()] == [LOCK_FILE]
    assert main(("restore", str(copy), "--data", str(data)), RESOURCES) == 0


def test_a_window_that_looks_on_has_its_backend_beside_the_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = ("--catalogue", str(tmp_path / "nowhere"))
    with only_server(tmp_path):
        assert main(("serve", "--embedded", "--beside", "--data", str(tmp_path), *nowhere), RESOURCES) == 2
    # It came as far as to look for its catalogue.
    assert "there is no catalogue at" in capsys.readouterr().err
    assert main(("serve", "--beside", "--data", str(tmp_path), *nowhere), RESOURCES) == 2
    assert "--beside is for --embedded" in capsys.readouterr().err


def test_a_killed_server_leaves_the_folder_free(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", HOLDS_IT, str(tmp_path)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"\n"
        with pytest.raises(ConfigurationError, match=rf"process {holder.pid}\b"), only_server(tmp_path):
            pass
        holder.kill()
    with only_server(tmp_path):
        pass
