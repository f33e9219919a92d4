"""How long the bundle takes from its start to the first painted pixel, beside the same program from source.

`first_paint.py BUNDLE [PAIRS]` starts the two in turn on a virtual screen, so that whatever else the machine does meets
both. The last line is JSON with the medians in milliseconds and their quotient.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from smoke_bundle import SmokeError, panel, screen

ROOT = Path(__file__).resolve().parents[1]
# Nobody listens there: what is painted first does not wait for a backend.
NOBODY = "http://127.0.0.1:9"


def main(bundle: Path, pairs: int = 7) -> int:
    """Print the proof."""
    programs = {
        "frozen": [str(bundle.resolve() / "nba-desktop")],
        "source": [sys.executable, "-m", "nba_desktop"],
    }
    took: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory(prefix="nba-paint-") as folder:
        for turn in range(pairs + 1):
            for name, program in programs.items():
                seconds = first_paint(program, Path(folder) / f"{name}-{turn}")
                # The files of a first start are not in memory yet.
                if turn:
                    took[name].append(seconds)
    frozen, source = (statistics.median(took[name]) for name in ("frozen", "source"))
    proof = {
        "frozen_ms": round(frozen * 1000),
        "source_ms": round(source * 1000),
        "frozen_over_source_first_paint": round(frozen / source, 3),
        "pairs": pairs,
    }
    print(json.dumps(proof))
    return 0


def first_paint(program: Sequence[str], folder: Path) -> float:
    """Seconds from the start to the first pixel, on a screen of its own."""
    folder.mkdir()
    environ = {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        "PYTHONPATH": str(ROOT),
    }
    words = [*program, "panel", "--backend", NOBODY, "--token-stdin", "--data", str(folder / "data")]
    with screen(environ, folder) as is_painted:
        if is_painted is None:
            raise SmokeError("without Xvfb nobody can see when something is painted")
        started = time.monotonic()
        with panel([*words, "--language", "de", "--theme", "light"], "no-token", environ, folder) as shown:
            shown.wait_for(is_painted, "nothing was painted")
            return time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *(int(text) for text in sys.argv[2:])))
