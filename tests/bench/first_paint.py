"""From the start of the process to the first painted panel, imports included; run as a script it is that process."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_STARTED = "NBA_BENCH_STARTED_NS"


def first_paints(count: int) -> list[float]:
    """Milliseconds of `count` starts, after one that warms the file cache; there is no backend to talk to."""
    return [_start() for _ in range(count + 1)][1:]


def _start() -> float:
    with tempfile.TemporaryDirectory(prefix="nba-bench-") as folder:
        environ = {**os.environ, "HOME": folder, _STARTED: str(time.monotonic_ns())}
        done = subprocess.run(
            [sys.executable, __file__, folder], env=environ, capture_output=True, text=True, timeout=60, check=True
        )
    return float(done.stdout)


def _panel(folder: Path) -> int:
    from nba_desktop.app import Launch, Panel, new_application

    app = new_application()
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

    def painted() -> None:
        panel.window.painted.disconnect(painted)
        print((time.monotonic_ns() - int(os.environ[_STARTED])) / 1e6)
        app.quit()

    panel.window.painted.connect(painted)
    panel.start()
    code = app.exec()
    panel.stop()
    return code


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    sys.exit(_panel(Path(sys.argv[1])))
