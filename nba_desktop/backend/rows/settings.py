"""What the site says while it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SettingRow:
    """Something the site says while it runs."""

    name: str
    content: str
    at: datetime
    actor: str
