"""Where the window was is comfort, and no more than that."""

from __future__ import annotations

from pathlib import Path

from nba_desktop.adapters.window_file import load_window, save_window


def test_the_windows_place_is_remembered(tmp_path: Path) -> None:
    assert load_window(tmp_path / "window") is None
    assert save_window(tmp_path / "window", b"\x00\x01geometry")
    assert load_window(tmp_path / "window") == b"\x00\x01geometry"


def test_a_windows_place_that_is_garbage_or_cannot_be_kept_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "window").write_bytes(b"\xffnot hex")
    assert load_window(tmp_path / "window") is None
    assert save_window(tmp_path / "window" / "below", b"geometry") is False
