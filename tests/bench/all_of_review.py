"""Everything that is measured of the review and of the consent ledger, one after the other; the last line is JSON.

    .venv/bin/python tests/bench/all_of_review.py [--facts N] [--entries N] [--teams N] [--database URL]

The review is measured on SQLite and on PostgreSQL: a server of its own where its programs are installed, or the empty
database that is named. The first figures are the worse ones of both; those of each are behind them. A part that takes
longer than it may ends everything. Small and quick: `--facts 100000 --entries 20000 --teams 100`.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from tests.fakes import postgresql  # noqa: E402

_LONGEST_S: Final = 1800.0
"""Of one part."""


def main() -> int:
    """Run the parts, each in a process of its own, and print their figures together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", help="an empty PostgreSQL database instead of a server of its own")
    parser.add_argument("--facts", type=int, default=2_000_000, help="recommendations in the review")
    parser.add_argument("--entries", type=int, default=200_000, help="entries of the ledger that is checked")
    parser.add_argument("--teams", type=int, default=2_000, help="teams that are simulated for each mix of actions")
    options = parser.parse_args()
    facts = ("--facts", str(options.facts))
    reviews = {"sqlite": _figures("review.py", *facts)}
    with _server(options.database) as url:
        if url is None:
            print("PostgreSQL is not installed here: the figures are SQLite's alone")
        else:
            reviews["postgresql"] = _figures("review.py", "--database", url, *facts)
    window = _figures("review_window.py")
    ledger = _figures("ledger.py", "--entries", str(options.entries))
    statistics = _figures("review_statistics.py", "--teams", str(options.teams))
    found = {
        "first_paint_ms": max(one["first_paint_ms"] for one in reviews.values()) + window["window_paint_ms"],
        "filter_ms": max(one["filter_ms"] for one in reviews.values()) + window["window_filter_ms"],
        "ledger_append_ratio": ledger["ledger_append_ratio"],
        "verify_per_s": ledger["verify_per_s"],
        "false_team_share": statistics["false_team_share"],
        "true_found_share": statistics["true_found_share"],
        **window,
        **{f"{name}_{key}": value for name, one in reviews.items() for key, value in one.items()},
    }
    print(json.dumps(found))
    return 0


@contextmanager
def _server(named: str | None) -> Iterator[str | None]:
    """The database that is named, else an empty one of a server of its own, else None."""
    if named is not None or postgresql.BINARIES is None:
        yield named
        return
    with postgresql.server() as server:
        yield server.made().render_as_string(hide_password=False)


def _figures(program: str, *arguments: str) -> dict[str, Any]:
    """Run a part, show what it says, and return its last line."""
    print(f"== {program} {' '.join(one for one in arguments if '://' not in one)}", flush=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(HERE / program), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=_LONGEST_S,
        env=environment,
        cwd=ROOT,
    )
    print(f"{done.stdout.rstrip()}\n{time.perf_counter() - began:.0f} s", flush=True)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


if __name__ == "__main__":
    raise SystemExit(main())
