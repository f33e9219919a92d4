"""A monkey at the complete panel: whatever is clicked, typed, rung or answered, in any order, it stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.widget.monkey.checks import is_foreign
from tests.widget.monkey.monkey import Monkey

STEPS = 60


@pytest.fixture(params=[36, 41, 43])
def monkey(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[Monkey]:
    made = Monkey(qapp, tmp_path, request.param)
    yield made
    made.close()


def test_the_panel_stays_whole_whatever_is_done_to_it(monkey: Monkey) -> None:
    for _ in range(STEPS):
        try:
            monkey.step()
        except AssertionError as wrong:
            wrong.add_note("\n".join(monkey.trace[-12:]))
            raise


def test_words_of_the_other_language_are_noticed() -> None:
    assert is_foreign("In call", "de")
    assert is_foreign("Im Gespräch", "en")
    assert not is_foreign("Im Gespräch", "de")
    assert not is_foreign("English", "de")
