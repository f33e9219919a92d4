"""The place of the window, from one start to the next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nba_desktop.adapters.dock.place import load_place, save_place
from nba_desktop.domain.window_place import Edge, WindowPlace

PLACES = st.builds(WindowPlace, st.sampled_from(Edge), st.integers(0, 1000), st.booleans(), st.text(max_size=40))
GOOD = {"edge": "left", "width": 500, "collapsed": True, "monitor": "DP-1"}


@given(PLACES)
def test_a_place_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, place: WindowPlace) -> None:
    path = tmp_path_factory.mktemp("place") / "dock.json"
    assert save_place(path, place)
    assert load_place(path) == place


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"[]",
        b"[" * 60_000,
        json.dumps(GOOD | {"edge": "top"}).encode(),
        json.dumps(GOOD | {"width": "500"}).encode(),
        json.dumps(GOOD | {"width": True}).encode(),
        json.dumps(GOOD | {"collapsed": 1}).encode(),
        json.dumps(GOOD | {"monitor": None}).encode(),
        json.dumps({"edge": "left"}).encode(),
    ],
    ids=lambda content: repr(content[:60]),
)
def test_what_is_not_sense_is_the_usual_place(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "dock.json"
    path.write_bytes(content)
    assert load_place(path) == WindowPlace()


def test_the_place_of_a_folder_that_is_none_is_the_usual_one(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "dock.json"
    assert not save_place(path, WindowPlace())
    assert load_place(path) == WindowPlace()
