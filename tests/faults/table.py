"""The twenty faults as `faults.yaml` declares them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parents[2]
DOCUMENT: Final = ROOT / "docs" / "reliability.md"
_FILE: Final = Path(__file__).with_name("faults.yaml")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: `tests` must run and pass, `programs` end well; `also` may be skipped."""

    number: int
    fault: str
    expected: str
    tests: tuple[str, ...]
    also: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    procedure: str = ""


def load_faults() -> tuple[Fault, ...]:
    """Every fault, by its number."""
    loaded: list[dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(_fault(**one) for one in loaded)


def _fault(*, also: list[str] | None = None, programs: list[str] | None = None, tests: list[str], **rest: Any) -> Fault:
    return Fault(tests=tuple(tests), also=tuple(also or ()), programs=tuple(programs or ()), **rest)
