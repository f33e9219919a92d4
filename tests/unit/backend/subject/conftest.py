"""Backends whose catalogue says how long data are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes.backend_site import PORTAL_CATALOGUE

RULES = """
retention:
  touchpoint_days: 100
  contact_days: 300
  withheld_call_days: 30
  decision_days: 200
  teaser_days: 100
  reading_days: 100
  queue_call_days: 150
  at_hour: 3
"""


@pytest.fixture
def with_rules(tmp_path: Path) -> Path:
    """A catalogue with a rule of every kind."""
    file = tmp_path / "catalogue.yaml"
    file.write_text(PORTAL_CATALOGUE.read_text(encoding="utf-8") + RULES, encoding="utf-8")
    return file
