"""Build the packages twice, compare and try them, and print sizes and times; the last line is JSON.

`package.py [--only STEP…]` runs some of the steps alone, on what the others have built before. A step that fails, or a
goal that is missed, is exit code 1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
AGAIN = ROOT / "build" / "again"
BUNDLE = "nba-desktop"

BUNDLE_MB = 165
DEB_MB = 47
FROZEN_OVER_SOURCE = 1.1
HEAVIEST = 15


class StepError(Exception):
    """A step failed; the text says which and where its output is."""


@dataclass(frozen=True)
class Runner:
    """Runs the programs of the steps, and keeps what they print in a folder."""

    logs: Path

    def run(self, name: str, *words: str, environ: Mapping[str, str] | None = None) -> str:
        """Run to the end and return the last line of what was printed. Raises `StepError`."""
        return self.result(name, self.start(name, *words, environ=environ))

    def start(self, name: str, *words: str, environ: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start something that runs beside others."""
        with (self.logs / f"{name}.log").open("wb") as log:
            own = {**os.environ, **(environ or {})}
            return subprocess.Popen(words, cwd=ROOT, env=own, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def result(self, name: str, process: subprocess.Popen[bytes]) -> str:
        """Wait for its end."""
        code = process.wait()
        log = self.logs / f"{name}.log"
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        if code:
            raise StepError("\n".join([f"{name} failed (exit code {code}), all of it in {log}:", *lines[-12:]]))
        return lines[-1] if lines else ""


def main() -> int:
    """Run the steps."""
    steps: dict[str, Callable[[Runner], dict[str, Any]]] = {
        "bundle": bundle,
        "packages": packages,
        "lintian": lintian,
        "deb_test": deb_test,
        "msi_test": msi_test,
        "first_paint": first_paint,
    }
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(steps), default=list(steps))
    options = parser.parse_args()
    runner = Runner(ROOT / "build" / "package")
    runner.logs.mkdir(parents=True, exist_ok=True)
    figures: dict[str, Any] = {}
    failed = []
    for name in options.only:
        started = time.monotonic()
        try:
            found = steps[name](runner)
        except StepError as error:
            print(f"{name}: {error}", file=sys.stderr, flush=True)
            failed.append(name)
            continue
        print(f"{name}: {time.monotonic() - started:.0f} s, {json.dumps(found)}", flush=True)
        reproducible = figures.get("reproducible", True) and found.get("reproducible", True)
        figures |= found | ({"reproducible": reproducible} if "reproducible" in found else {})
    missed = goals(figures)
    for sentence in missed:
        print(f"package: {sentence}", file=sys.stderr)
    print(json.dumps(figures | ({"failed": failed} if failed else {})))
    return 1 if failed or missed else 0


def goals(figures: Mapping[str, Any]) -> list[str]:
    """What is too large, too slow or not the same twice."""
    limits = {"bundle_mb": BUNDLE_MB, "deb_mb": DEB_MB, "frozen_over_source_first_paint": FROZEN_OVER_SOURCE}
    said = [f"{key} is {figures[key]}, at most {limits[key]}" for key in limits if figures.get(key, 0) > limits[key]]
    return said + ([] if figures.get("reproducible", True) else ["two builds are not the same"])


def bundle(runner: Runner) -> dict[str, Any]:
    """The panel's bundle, proved, and once more beside it; what weighs what."""
    proof = json.loads(runner.run("bundle", "sh", "packaging/bundle.sh"))
    runner.run("bundle-again", "sh", "packaging/bundle.sh", str(AGAIN))
    for size, name in heaviest(DIST / BUNDLE):
        print(f"  {size / 1e6:6.1f} MB  {name}")
    differing = differences(DIST / BUNDLE, AGAIN / BUNDLE)
    if differing:
        print(f"  not the same twice: {', '.join(differing[:HEAVIEST])}", file=sys.stderr)
    return {"bundle_mb": proof["bundle_mb"], "reproducible": not differing}


def packages(runner: Runner) -> dict[str, Any]:
    """Both Debian packages from each of the two bundles."""
    again = {"DIST": str(AGAIN), "BUNDLE": str(AGAIN / BUNDLE)}
    for name in ("deb", "backend_deb"):
        # Packing is one thread's work: the two go side by side.
        pair = [
            (name, runner.start(name, "sh", f"packaging/{name}.sh")),
            (f"{name}-again", runner.start(f"{name}-again", "sh", f"packaging/{name}.sh", environ=again)),
        ]
        failed = []
        for one, process in pair:
            try:
                runner.result(one, process)
            except StepError as error:
                failed.append(str(error))
        if failed:
            raise StepError("\n".join(failed))
    built = {path.name: path for path in DIST.glob("*.deb")}
    sizes = {name.split("_")[0]: round(path.stat().st_size / 1e6, 1) for name, path in built.items()}
    same = all(digest(path) == digest(AGAIN / name) for name, path in built.items())
    return {"deb_mb": sizes["nba-desktop"], "backend_deb_mb": sizes["nba-desktop-backend"], "reproducible": same}


def lintian(runner: Runner) -> dict[str, Any]:
    """Debian's own look at the packages: no error that has not its reason in the overrides."""
    debs = [str(path) for path in sorted(DIST.glob("*.deb"))]
    runner.run("lintian", "lintian", "--allow-root", "--fail-on", "error,warning", *debs)
    return {"lintian_errors": 0}


def deb_test(runner: Runner) -> dict[str, Any]:
    """Installed, run, upgraded, removed and purged in a minimal Debian."""
    proof = json.loads(runner.run("deb_test", "sh", "packaging/deb_test.sh"))
    return {"deb_installed_run_upgraded_purged": proof["backend_purge_keeps_database"]}


def msi_test(runner: Runner) -> dict[str, Any]:
    """The Windows installer's logic, with a stand-in for the panel."""
    proof = json.loads(runner.run("msi_test", "sh", "packaging/windows/msi_test.sh"))
    return {"msi_test": proof}


def first_paint(runner: Runner) -> dict[str, Any]:
    """From the start to the first pixel, beside the program from source."""
    proof = json.loads(runner.run("first_paint", sys.executable, "packaging/first_paint.py", str(DIST / BUNDLE)))
    return {key: proof[key] for key in ("frozen_ms", "source_ms", "frozen_over_source_first_paint")}


def heaviest(folder: Path) -> list[tuple[int, str]]:
    """The largest files."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted(((path.stat().st_size, str(path.relative_to(folder))) for path in files), reverse=True)[:HEAVIEST]


def differences(one: Path, other: Path) -> list[str]:
    """What is not the same in two folders: names, contents, links and the right to run."""
    first, second = contents(one), contents(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def contents(folder: Path) -> dict[str, str]:
    """Every file of a folder by what it is."""
    found = {}
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file():
            found[name] = f"{path.stat().st_mode:o} {digest(path)}"
    return found


def digest(path: Path) -> str:
    """A file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
