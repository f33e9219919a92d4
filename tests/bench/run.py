"""The panel's figures, side by side in one run; the last line is JSON.

`make bench` runs it, under Xvfb first where that is installed, then offscreen, whose figures are in the JSON.
`--samples N` sets how often each thing is measured, `--calls N` over how many calls memory is watched, `--platform`
chooses one.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

_WARM_UP = 5


def main() -> int:
    options = _options()
    if options.platform is None:
        return _both(options)
    os.environ["QT_QPA_PLATFORM"] = options.platform
    from nba_desktop.loading import NEW_OBJECTS, load_panel

    # As the program's own start does.
    gc.set_threshold(NEW_OBJECTS)
    load_panel()
    from tests.bench.bench_panel import bench_panel
    from tests.bench.endurance import idle_cpu_percent, memory_over
    from tests.bench.painting import measure, measure_rebuilt

    with tempfile.TemporaryDirectory(prefix="nba-bench-") as folder:
        with bench_panel(Path(folder)) as bench:
            painting = measure(bench, options.samples, min(_WARM_UP, options.samples))
            rss_mb, growth = memory_over(bench, options.calls)
            idle = idle_cpu_percent(options.idle_s)
            measure_rebuilt(bench, painting, max(2, options.samples // 4))
        # What is loaded from here on would have counted as the panel's memory.
        from nba_desktop.adapters.sealing import read_site_key
        from tests.bench.commits import commits
        from tests.bench.figures import Measured, goals, summary, table, times
        from tests.bench.first_paint import first_paints
        from tests.bench.keys import keys_lost
        from tests.bench.timeline import scroll
        from tests.fakes.site_keys import PUBLIC

        print(f"platform {options.platform}, {options.samples} calls; ms, median and 95th percentile")
        _say(times(painting.rows()))
        count = options.samples * 10
        commit_ms = commits(Path(folder) / "commits.sqlite3", count)
        sealed_ms = commits(Path(folder) / "commits.sqlcipher", count, b"k" * 32, read_site_key(PUBLIC))
    lost, said = (None, "left out") if options.no_keys else keys_lost()
    measured = Measured(
        painting=painting,
        commits=commit_ms,
        sealed_commits=sealed_ms,
        starts=first_paints(options.starts),
        scrolling=scroll(options.samples * 10),
        calls=options.calls,
        rss_mb=rss_mb,
        rss_growth_mb=growth,
        idle_cpu_percent=idle,
        keys_lost=lost,
        keys_said=said,
    )
    figures = summary(measured)
    _say(table(measured))
    print("goals:")
    _say(goals(figures))
    print(json.dumps(figures))
    return 0


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=60, help="calls to measure (default: %(default)s)")
    parser.add_argument("--calls", type=int, default=500, help="calls to watch memory over (default: %(default)s)")
    parser.add_argument("--starts", type=int, default=7, help="starts to measure (default: %(default)s)")
    parser.add_argument("--idle-s", type=float, default=20.0, help="seconds without a call (default: %(default)s)")
    parser.add_argument("--no-keys", action="store_true", help="leave the keys of another program out")
    parser.add_argument("--platform", choices=["offscreen", "xcb"], help="xcb uses the display there is")
    options = parser.parse_args()
    if min(options.samples, options.calls, options.starts) < 2:
        parser.error("--samples, --calls and --starts must be at least 2")
    return options


def _both(options: argparse.Namespace) -> int:
    command = [sys.executable, __file__, "--samples", str(options.samples), "--starts", str(options.starts)]
    command += ["--calls", str(options.calls), "--idle-s", str(options.idle_s)]
    xvfb = shutil.which("xvfb-run")
    if xvfb:
        screen = [xvfb, "-a", "-s", "-screen 0 1600x1200x24"]
        # The keys need a window manager and have a display of their own; once is enough.
        subprocess.run([*screen, *command, "--no-keys", "--platform", "xcb"], check=True)
    else:
        print("xvfb-run is not installed: no figures with a display")
    last = [*command, "--platform", "offscreen", *(["--no-keys"] if options.no_keys else [])]
    return subprocess.run(last, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
