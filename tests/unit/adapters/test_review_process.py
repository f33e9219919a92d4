"""The agent's own review beside the panel: who it asks is told where nobody else can read it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from nba_desktop.adapters.review_process import ReviewBeside

PATIENCE_S = 20.0
LISTENS = (
    "import sys, time; line = sys.stdin.readline; "
    "open(sys.argv[1], 'w').write(line() + line() + ' '.join(sys.argv[2:])); time.sleep(60)"
)


def is_open(review: ReviewBeside) -> bool:
    return review.is_open


def told(path: Path) -> str:
    until = time.monotonic() + PATIENCE_S
    while not (path.is_file() and path.read_text()):
        assert time.monotonic() < until
        time.sleep(0.02)
    return path.read_text()


def test_the_token_and_each_that_takes_its_place_go_by_standard_input_and_are_no_argument(tmp_path: Path) -> None:
    review = ReviewBeside(["--theme", "dark"], (sys.executable, "-c", LISTENS, str(tmp_path / "told")))
    assert review.start("http://127.0.0.1:9", "geheim")
    assert review.renew("neu")
    said = told(tmp_path / "told")
    assert said == "geheim\nneu\nme --backend http://127.0.0.1:9 --token-stdin --theme dark"
    assert is_open(review)
    review.stop()
    review.stop()
    assert not is_open(review)
    assert not review.renew("zu spät")


def test_a_program_that_is_not_there_is_said(tmp_path: Path) -> None:
    review = ReviewBeside([], (str(tmp_path / "nothing"),))
    assert not review.start("http://127.0.0.1:9", "geheim")
    assert not review.is_open
