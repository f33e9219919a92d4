"""The rules in tests/conftest.py bite: each of these probes passes or fails as it should."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

PROBES = """
import logging, os, socket
import pytest
from PySide6.QtCore import qWarning

def test_bad_log():
    logging.getLogger("probe").warning("a surprise")

@pytest.mark.expected_log("probe: a surprise")
def test_good_log():
    logging.getLogger("probe").warning("a surprise")

@pytest.mark.expected_log("probe: a surprise")
def test_bad_silence():
    pass

def test_bad_network():
    with pytest.raises(OSError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)

def test_bad_look_up():
    with pytest.raises(OSError):
        socket.create_connection(("example.org", 80), timeout=1)

def test_good_unknown_host():
    with pytest.raises(socket.gaierror):
        socket.create_connection(("backend.invalid", 80), timeout=1)

def test_good_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()

def test_bad_qt_message(qtbot):
    qWarning("a surprise")

def test_bad_resource():
    socket.socket()

def test_bad_home():
    assert os.path.expanduser("~") == HOME

def test_bad_mark():
    assert 1
"""


def test_what_is_unexpected_fails_and_nothing_else(tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    home = repr(str(Path.home()))
    probes = PROBES.replace("HOME", home).replace("def test_bad_mark", "@pytest.mark.unheard_of\ndef test_bad_mark")
    for number, probe in enumerate(re.split(r"\n\n(?=def|@)", probes)[1:]):
        header = probes.split("\n\n", 1)[0]
        (tmp_path / f"test_probe_{number}.py").write_text(f"{header}\n\n{probe}\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "--continue-on-collection-errors", "."],
        cwd=tmp_path, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    unclean = set(re.findall(r"^(?:FAILED|ERROR) (test_probe_\d+\.py)", run.stdout, flags=re.MULTILINE))
    for path in tmp_path.glob("test_probe_*.py"):
        assert (path.name in unclean) == ("def test_bad_" in path.read_text(encoding="utf-8")), path.read_text("utf-8")
