"""Print what the backend alone needs of its lock, with the hashes: `requirements.py LOCK [PYTHON]`.

The lock holds the panel's packages, too, which a server has no use for. With PYTHON, such as 3.11, only what that
Python on Linux needs is printed, without conditions: pip judges them by the Python it runs in.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

# What pyproject.toml asks for on the panel's behalf and neither backend nor contract imports.
PANEL_ONLY = {
    "keyring",
    "platformdirs",
    "pyside6-essentials",
    "requests",
    "snowballstemmer",
    "websockets",
}
PRODUCT = "nba-desktop"


@dataclass(frozen=True)
class Locked:
    """One entry of a lock: its name and condition, the lines as they stand, and who asks for it."""

    name: str
    condition: str
    lines: tuple[str, ...]
    asked_by: frozenset[str]


def read(text: str) -> list[Locked]:
    """The entries of a lock as `uv pip compile` writes it."""
    entries = []
    for block in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE):
        lines = block.splitlines()
        if not lines or lines[0].startswith("#"):
            continue
        head, _, condition = lines[0].removesuffix("\\").partition(";")
        comments = [line.strip("# ") for line in lines if line.lstrip().startswith("#")]
        asked_by = {line.removeprefix("via").split("(")[0].strip() for line in comments} - {""}
        code = tuple(line for line in lines if not line.lstrip().startswith("#"))
        entries.append(Locked(head.split("==")[0].strip(), condition.strip(), code, frozenset(asked_by)))
    return entries


def for_the_backend(entries: list[Locked]) -> list[Locked]:
    """Without the panel's packages, and without what only these ask for."""
    kept = [entry for entry in entries if entry.name not in PANEL_ONLY]
    while True:
        names = {entry.name for entry in kept} | {PRODUCT}
        needed = [entry for entry in kept if entry.asked_by & names]
        if len(needed) == len(kept):
            return kept
        kept = needed


def for_python(entries: list[Locked], python: str) -> list[Locked]:
    """What this Python on Linux needs."""
    from packaging.markers import Marker

    target = {
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "linux",
    }
    return [one for one in entries if not one.condition or Marker(one.condition).evaluate(target)]


def main(lock: Path, python: str | None = None) -> None:
    """Print the entries."""
    entries = for_the_backend(read(lock.read_text(encoding="utf-8")))
    for entry in for_python(entries, python) if python else entries:
        first, *rest = entry.lines
        print("\n".join([re.sub(r" ;[^\\]*", " ", first) if python else first, *rest]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
