"""Importing does no work, and the panel needs nothing of the backend."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

IMPORT_ALL = """
import importlib, os, pkgutil, sys, threading
import nba_desktop

blocked = set(sys.argv[1:])

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name in blocked or name.split(".")[0] in blocked:
            raise ModuleNotFoundError(f"the panel must not need {name}", name=name)

def import_below(*names):
    names = list(names)
    while names:
        name = names.pop()
        if name in blocked or name.endswith(".__main__"):
            continue
        module = importlib.import_module(name)
        names += [found.name for found in pkgutil.iter_modules(getattr(module, "__path__", ()), name + ".")]

before = set(os.listdir())
sys.meta_path.insert(0, Blocked())
import_below("nba_desktop")
print("the panel is there")
backend = [name for name in blocked if name.startswith("nba_desktop.")]
blocked.clear()
import_below(*backend)

assert threading.active_count() == 1, f"an import started threads: {threading.enumerate()}"
assert set(os.listdir()) == before, "an import wrote files"
if "PySide6.QtCore" in sys.modules:
    assert sys.modules["PySide6.QtCore"].QCoreApplication.instance() is None, "an import made the application"
"""

RUN_A_PANEL = """
import importlib, json, linecache, sys, time
from pathlib import Path
from nba_desktop.loading import WITHOUT_QT, load_panel

for name in WITHOUT_QT:
    importlib.import_module(name)
print([name for name in sys.modules if name.startswith("PySide6")])
load_panel()
print(len(linecache.cache))
from nba_desktop.app import Launch, Panel, new_application
from tests.fakes.keyrings import KeptSecrets

folder = Path(sys.argv[1])
settings = folder / "settings.json"
settings.write_text(json.dumps({"backend": {"mode": "site", "url": "http://127.0.0.1:9"}}))
app = new_application()
panel = Panel(Launch(folder, settings_file=settings, token="token", secrets=KeptSecrets()), app)
panel.start()
deadline = time.monotonic() + 30
while not panel.is_recording and time.monotonic() < deadline:
    app.processEvents()
panel.on_message("nba-desktop:call?number=%2B493512805504&id=1&state=answered")
panel.session.library.set_compact(True)
panel.stop()
print(sorted(path.name for path in folder.rglob("*.sqlcipher")))
print([name for name in ("cryptography", "joserfc") if name in sys.modules])
"""

BACKEND_ONLY = (
    "nba_desktop.backend",
    *("alembic", "fastapi", "matplotlib", "numpy", "polars", "psycopg", "sqlalchemy", "starlette", "uvicorn", "yaml"),
)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a program says that imports every module: first the panel's, while the backend's packages are missing."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORT_ALL, *BACKEND_ONLY],
        cwd=tmp_path_factory.mktemp("folder"), capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    # It says so where the machine is busy and the home is new.
    return run.stdout + run.stderr.replace("Matplotlib is building the font cache; this may take a moment.\n", "")


def test_the_panel_is_imported_without_any_package_of_the_backend(said: str) -> None:
    assert said.startswith("the panel is there"), said


def test_importing_any_module_does_no_work_and_says_nothing(said: str) -> None:
    assert said == "the panel is there\n"


def test_a_panel_that_neither_seals_nor_signs_in_loads_no_second_cryptography_and_keeps_no_source(
    tmp_path: Path,
) -> None:
    # SQLCipher is loaded anyway; `cryptography` would be another eight megabytes in every panel. A keyring of Linux
    # (secretstorage) loads it by itself, so this panel has one in memory.
    run = subprocess.run(
        [sys.executable, "-c", RUN_A_PANEL, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    files = ["decided.sqlcipher", "heard.sqlcipher", "outbox.sqlcipher", "own.sqlcipher"]
    without_qt, sources_kept = "[]", "0"
    assert run.stdout.splitlines() == [without_qt, sources_kept, str(files), "[]"], run.stdout + run.stderr


def test_nobody_walks_the_focus_chain() -> None:
    # PySide takes each widget of the chain for a child of the one before, and forgets all of them with it: whoever
    # walks it has the panel crash after its content was made anew.
    walks = [path for path in (ROOT / "nba_desktop").rglob("*.py") if "InFocusChain()" in path.read_text("utf-8")]
    assert not walks


def test_one_press_of_a_key_is_one_command() -> None:
    # A shortcut repeats while its key is held down, and with it what it records, unless it is told not to.
    makes = [path for path in (ROOT / "nba_desktop").rglob("*.py") if "QShortcut(" in path.read_text("utf-8")]
    assert makes == [ROOT / "nba_desktop" / "ui" / "shortcuts.py"]
