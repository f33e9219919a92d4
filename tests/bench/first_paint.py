"""From the start of the process to the first painted panel, with its parts, beside a bare window of the same toolkit.

Run as a script it is that process: `panel` or `bare`, and a folder. The bare one loads the same modules, makes one
empty window of the same size, and waits for its first picture.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_STARTED = "NBA_BENCH_STARTED_NS"
_PARTS = ("interpreter", "imports", "application", "panel", "painted")


@dataclass
class FirstPaints:
    """Milliseconds of each start, and of its parts by name."""

    panel: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    parts: dict[str, list[float]] = field(default_factory=dict)


def first_paints(count: int, warm_up: int = 1) -> FirstPaints:
    """Start both `count` times by turns, after some that warm the file cache; there is no backend to talk to."""
    found = FirstPaints(parts={name: [] for name in _PARTS})
    for number in range(-warm_up, count):
        bare, panel = _start("bare"), _start("panel")
        if number < 0:
            continue
        found.bare.append(bare[-1])
        found.panel.append(panel[-1])
        for name, before, after in zip(_PARTS, (0.0, *panel), panel, strict=False):
            found.parts[name].append(after - before)
    return found


def _start(which: str) -> list[float]:
    """Milliseconds since the start at which each part was done."""
    with tempfile.TemporaryDirectory(prefix="nba-bench-") as folder:
        environ = {**os.environ, "HOME": folder, _STARTED: str(time.monotonic_ns())}
        command = [sys.executable, __file__, which, folder]
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=True)
    moments: list[float] = json.loads(done.stdout)
    return moments


def _run(which: str, folder: Path) -> int:
    moments = [_now()]
    from nba_desktop.loading import NEW_OBJECTS, load_panel

    # As the program's own start does.
    gc.set_threshold(NEW_OBJECTS)
    load_panel()
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from nba_desktop.app import Launch, Panel, new_application
    from nba_desktop.ui.panel.window import SIZE

    moments.append(_now())
    app = new_application()
    moments.append(_now())

    class Bare(QWidget):
        def __init__(self, on_painted: Callable[[], None]) -> None:
            super().__init__()
            self._on_painted = on_painted
            self.resize(*SIZE)

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, self._on_painted)

    stop: Callable[[], None] = lambda: None  # noqa: E731

    def painted() -> None:
        if len(moments) < len(_PARTS):
            moments.append(_now())
            print(json.dumps(moments))
            app.quit()

    if which == "bare":
        window = Bare(painted)
        moments.append(_now())
        window.show()
    else:
        panel = Panel(
            Launch(
                data_dir=folder,
                settings_file=folder / "settings.json",
                language="de",
                theme="light",
                backend_url="http://127.0.0.1:9",
                token="bench",
            ),
            app,
        )
        moments.append(_now())
        panel.window.painted.connect(painted)
        panel.start()
        stop = panel.stop
    code = app.exec()
    stop()
    return code


def _now() -> float:
    return (time.monotonic_ns() - int(os.environ[_STARTED])) / 1e6


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(_run(sys.argv[1], Path(sys.argv[2])))
