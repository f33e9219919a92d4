"""Real processes of the product, for tests that leave nothing out."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.cli import main

LIMIT_S = 60.0
COMMAND = (sys.executable, "-m", "nba_desktop")
DATABASE = "backend.sqlite3"


@dataclass(frozen=True, slots=True)
class Site:
    """A site's backend: where it listens, a token of one agent, and its folder."""

    url: str
    token: str
    data: Path


def run(*arguments: str, stdin: str | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run one command of the product to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        env={**os.environ, **environ},
        check=False,
    )


def run_here(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run one command of the product in this process, for what any process but the server's may do.

    One that is started for it takes a second before it begins.
    """
    said, complained = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(complained), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(stdin))
        code = main(arguments)
    return subprocess.CompletedProcess(arguments, code, said.getvalue(), complained.getvalue())


@cache
def _made_site() -> tuple[bytes, str]:
    """The database of a new site, and its agent's token; made by the commands once, because they take long."""
    with tempfile.TemporaryDirectory() as data:
        loaded = run_here("backend", "samples", "load", "--data", data)
        assert loaded.returncode == 0, loaded.stderr
        token = run_here("backend", "token", "create", "--data", data, "--agent", "anna", "--role", "agent")
        assert token.returncode == 0, token.stderr
        assert [path.name for path in Path(data).iterdir()] == [DATABASE]
        return (Path(data) / DATABASE).read_bytes(), token.stdout.strip().splitlines()[-1]


def make_site(data: Path) -> str:
    """Put the database of a new site into a folder, unless one is there; return its agent's token."""
    database, token = _made_site()
    data.mkdir(exist_ok=True)
    if not (data / DATABASE).exists():
        (data / DATABASE).write_bytes(database)
    return token


@contextmanager
def site_backend(data: Path, *options: str) -> Iterator[Site]:
    """A backend as a site runs it, with the sample customers and one agent's token; one that was there goes on."""
    token = make_site(data)
    process = subprocess.Popen(
        [*COMMAND, "backend", "serve", "--data", str(data), "--port", "0", *options],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        hello = json.loads(process.stdout.readline())
        yield Site(hello["url"], token, data)
    finally:
        process.terminate()
        process.communicate(timeout=LIMIT_S)


def rows(data: Path, query: str) -> list[tuple[Any, ...]]:
    """What a backend has on its disk."""
    with closing(sqlite3.connect(f"file:{data / DATABASE}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()
