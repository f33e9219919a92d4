from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nba_desktop.adapters.embedded_backend import EmbeddedBackend, RunningBackend, backend_command
from nba_desktop.domain.errors import BackendStartError, FailureCode

ROOT = Path(__file__).parents[3]

GREETING = '{"url": "http://127.0.0.1:8123", "token": "t-123", "version": "0.1.0"}'
# What the real one does: one line, then serve until the panel is gone.
SERVES = f"""
import sys
from pathlib import Path
sys.stdout.write({GREETING!r} + "\\n"); sys.stdout.flush()
sys.stdin.buffer.read()
Path("ended").write_text("by the end of stdin")
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], EmbeddedBackend]]:
    """Makes backends whose child runs a piece of Python in `tmp_path`."""
    monkeypatch.chdir(tmp_path)
    made: list[EmbeddedBackend] = []

    def make(code: str) -> EmbeddedBackend:
        made.append(EmbeddedBackend([sys.executable, "-c", code]))
        return made[-1]

    yield make
    for backend in made:
        backend.stop(grace_s=0.2)


Make = Callable[[str], EmbeddedBackend]


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


def test_the_child_says_where_it_is_and_with_which_token(child: Make) -> None:
    backend = child(SERVES)
    running = backend.start()
    assert running == RunningBackend(url="http://127.0.0.1:8123", token="t-123", version="0.1.0")
    assert backend.running


def test_the_token_is_not_shown_when_the_answer_is_printed(child: Make) -> None:
    assert "t-123" not in repr(child(SERVES).start())


def test_what_a_newer_child_says_besides_is_no_hindrance(child: Make) -> None:
    code = SERVES.replace('"version"', '"pid": 4711, "version"')
    assert child(code).start().version == "0.1.0"


def test_stopping_ends_the_child_by_its_stdin(child: Make, tmp_path: Path) -> None:
    backend = child(SERVES)
    backend.start()
    backend.stop()
    assert not backend.running
    assert (tmp_path / "ended").read_text() == "by the end of stdin"
    backend.stop()


def test_a_child_that_will_not_end_is_ended_by_force(child: Make) -> None:
    code = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SERVES + "\ntime.sleep(60)"
    backend = child(code)
    backend.start()
    process = backend._process
    backend.stop(grace_s=0.2)
    assert process is not None
    assert process.returncode == -signal.SIGKILL


def test_a_child_that_writes_a_lot_is_not_stopped_by_full_pipes(child: Make, tmp_path: Path) -> None:
    code = SERVES.replace(
        "sys.stdin.buffer",
        "[s.write('log ' * 250_000) for s in (sys.stdout, sys.stderr)]; sys.stderr.write('the end'); "
        "Path('written').touch(); sys.stdin.buffer",
    )
    backend = child(code)
    backend.start()
    wait_until((tmp_path / "written").exists)
    backend.stop()
    assert backend.last_words.endswith("the end")
    assert len(backend.last_words) <= 2000


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")
def test_a_panel_that_is_killed_leaves_no_child_behind(tmp_path: Path) -> None:
    panel = (
        "import sys\n"
        "from nba_desktop.adapters.embedded_backend import EmbeddedBackend\n"
        "backend = EmbeddedBackend([sys.executable, '-c', sys.argv[1]])\n"
        "backend.start()\n"
        "sys.stdout.write(f'{backend._process.pid}\\n'); sys.stdout.flush()\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", panel, SERVES],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        child_pid = int(process.stdout.readline())
        os.kill(child_pid, 0)
        assert not (tmp_path / "ended").exists()
        process.kill()
    wait_until((tmp_path / "ended").exists)


# ---- what does not come up


def error_of(backend: EmbeddedBackend, limit_s: float = 20.0) -> str:
    with pytest.raises(BackendStartError) as caught:
        backend.start(limit_s)
    assert caught.value.code is FailureCode.BACKEND_NOT_STARTED
    assert not backend.running
    return str(caught.value)


def test_a_child_that_fails_has_the_last_word(child: Make) -> None:
    said = error_of(child("raise SystemExit('catalogue.yaml:12: unknown key: titel')"))
    assert said == "the backend did not come up; its last words:\ncatalogue.yaml:12: unknown key: titel"


def test_missing_packages_are_said_with_the_way_out(child: Make) -> None:
    said = error_of(child("import no_such_package_as_this"))
    assert "its packages are missing: install nba-desktop[backend]" in said
    assert "no_such_package_as_this" in said


def test_a_child_that_says_nothing_in_time_is_given_up(child: Make) -> None:
    said = error_of(child("import time; time.sleep(60)"), limit_s=0.3)
    assert said == "the backend did not come up within 0.3 s, and left no word why"


@pytest.mark.parametrize(
    "line",
    ["", "Uvicorn running", "[]", "{}", '{"url": "http://127.0.0.1:1", "token": "", "version": "1"}', "x" * 100_000],
)
def test_a_child_that_says_something_else_is_given_up(child: Make, line: str) -> None:
    said = error_of(child(f"import sys; print({line!r}); sys.stdout.flush(); sys.stdin.read()"))
    assert said == "the backend did not come up, and left no word why"


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "cannot be started" in error_of(EmbeddedBackend([str(tmp_path / "nothing")]))


def test_a_bundle_without_a_backend_says_so(child: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "no backend of its own" in error_of(child(SERVES))


def test_the_command_runs_this_python_with_the_sample_site(tmp_path: Path) -> None:
    command = backend_command(tmp_path)
    assert command[:3] == (sys.executable, "-m", "nba_desktop")
    assert command[3:] == ("backend", "serve", "--embedded", "--data", str(tmp_path), "--samples")
