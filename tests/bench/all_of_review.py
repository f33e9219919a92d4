"""Everything that is measured of the review and of the consent ledger, one after the other; the last line is JSON.

    .venv/bin/python tests/bench/all_of_review.py [--database postgresql://USER@HOST/DATABASE]

With a database, which must be empty, the review is measured in it; the ledger is measured in a SQLite file of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]


def main() -> int:
    """Run the parts, each in a process of its own, and print their figures together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", help="where the review is measured; default: SQLite in a temporary folder")
    parser.add_argument("--facts", type=int, default=2_000_000, help="recommendations in the review")
    options = parser.parse_args()
    where = ["--database", options.database] if options.database else []
    review = _figures("review.py", *where, "--facts", str(options.facts))
    window = _figures("review_window.py")
    ledger = _figures("ledger.py")
    statistics = _figures("review_statistics.py")
    found = {
        "first_paint_ms": review["first_paint_ms"] + window["window_paint_ms"],
        "filter_ms": review["filter_ms"] + window["window_paint_ms"],
        **ledger,
        **statistics,
        "memory_mb": review["memory_mb"],
    }
    print(json.dumps(found))
    return 0


def _figures(program: str, *arguments: str) -> dict[str, Any]:
    """Run a part, show what it says, and return its last line."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [sys.executable, str(HERE / program), *arguments],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=environment,
        cwd=ROOT,
    )
    print(done.stdout, end="", flush=True)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


if __name__ == "__main__":
    raise SystemExit(main())
