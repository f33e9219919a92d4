"""Which folder is a site, whose calls its demo plays, and what day its files are of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nba_desktop.demo.own_site import callers_of, of_today, site_folder
from nba_desktop.demo.waiting import DemoError
from nba_desktop.paths import resource


def test_a_site_is_named_by_its_folder_or_by_a_name_that_is_shipped(tmp_path: Path) -> None:
    assert site_folder("telecom") == resource("telecom")
    assert site_folder(str(resource("telecom"))) == resource("telecom")
    for none in (str(tmp_path), "sample", "no such site"):
        with pytest.raises(DemoError, match="a site is a folder with 'catalogue'"):
            site_folder(none)


def test_somebody_calls(tmp_path: Path) -> None:
    assert len(callers_of(resource("telecom"))) > 3
    for text in ("callers = []", "callers = 3", "callers = [3]", "", "callers = ["):
        (tmp_path / "demo.toml").write_text(text, encoding="utf-8")
        with pytest.raises(DemoError, match=r"demo\.toml"):
            callers_of(tmp_path)


def test_days_are_counted_from_today() -> None:
    text = "a;@ago 1 20:14;@in 45;@ago 0\nsomebody@ago.example;@ in 3"
    assert of_today(text, date(2026, 3, 1)) == ("a;2026-02-28 20:14;2026-04-15;2026-03-01\nsomebody@ago.example;@ in 3")
