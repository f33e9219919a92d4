"""Cases that are data: files of YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def cases(file: Path) -> Any:
    """Return what a file says; libyaml reads it many times faster than the parser that is written in Python."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
