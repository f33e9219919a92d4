"""The panel's figures, side by side in one run; the last line is JSON.

`make bench` runs it, under Xvfb first where that is installed, then offscreen, whose figures are in the JSON.
`--samples N` sets how often each thing is measured, `--platform` chooses one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

_STARTS = 5


def main() -> int:
    options = _options()
    if options.platform is None:
        return _both(options.samples)
    os.environ["QT_QPA_PLATFORM"] = options.platform
    from tests.bench.commits import commits
    from tests.bench.first_paint import first_paints
    from tests.bench.painting import measure

    with tempfile.TemporaryDirectory(prefix="nba-bench-") as folder:
        painting = measure(Path(folder), options.samples)
        commit_ms = commits(Path(folder) / "commits.sqlite3", options.samples * 10)
    starts = first_paints(_STARTS)

    print(f"platform {options.platform}, {options.samples} calls; ms, median and 95th percentile")
    for name, values in painting.rows():
        print(f"  {name:<62} {statistics.median(values):8.2f} {_percentile(values, 95):8.2f}")
    print(f"  {f'process start to first paint, of {_STARTS}':<62} {statistics.median(starts):8.0f} {max(starts):8.0f}")
    # The call event is the ringing; the authenticated view, which the agent's key brings, stands beside it.
    repaint, full_view = statistics.median(painting.repaint), statistics.median(painting.full_view)
    summary = {
        "painted_ms_p50": round(statistics.median(painting.candidate), 2),
        "painted_ms_p95": round(_percentile(painting.candidate, 95), 2),
        "painted_over_repaint": round(statistics.median(painting.candidate) / repaint, 2),
        "rebuild_over_painted": round(statistics.median(painting.rebuilt) / full_view, 2),
        "full_view_ms_p50": round(full_view, 2),
        "full_view_ms_p95": round(_percentile(painting.full_view, 95), 2),
        "full_view_over_repaint": round(full_view / repaint, 2),
        "first_paint_ms": round(statistics.median(starts)),
        "rss_mb": round(painting.rss_mb, 1),
        "outbox_commit_ms_p50": round(statistics.median(commit_ms), 3),
        "outbox_commit_ms_p99": round(_percentile(commit_ms, 99), 3),
    }
    p50, p99 = summary["outbox_commit_ms_p50"], summary["outbox_commit_ms_p99"]
    print(f"  {'outbox commit (WAL, FULL), median and 99th percentile':<62} {p50:8.3f} {p99:8.3f}")
    print(json.dumps(summary))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=60, help="calls to measure (default: %(default)s)")
    parser.add_argument("--platform", choices=["offscreen", "xcb"], help="xcb uses the display there is")
    options = parser.parse_args()
    if options.samples < 5:
        parser.error("--samples must be at least 5")
    return options


def _both(samples: int) -> int:
    command = [sys.executable, __file__, "--samples", str(samples), "--platform"]
    xvfb = shutil.which("xvfb-run")
    if xvfb:
        subprocess.run([xvfb, "-a", "-s", "-screen 0 1600x1200x24", *command, "xcb"], check=True)
    else:
        print("xvfb-run is not installed: no figures with a display")
    return subprocess.run([*command, "offscreen"], check=False).returncode


def _percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    sys.exit(main())
