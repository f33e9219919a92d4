"""The panel as a screen reader has it: everything named, a whole call by its actions alone, what happens announced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from nba_desktop.contract.base import Language
from nba_desktop.demo.telephone import Telephone
from nba_desktop.paths import translation
from tests.desktop.accessibility import Reader, accessibility_bus, missing, reader
from tests.desktop.talking import Talking, talking
from tests.desktop.xserver import XServer, wait_for

HELMUT = "+493512805504"
MISSING = missing()

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")

OPERABLE = {"push button", "check box", "radio button", "text", "combo box", "list", "list item", "toggle button"}


@pytest.fixture(params=["de", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


class Words:
    """The panel's own words in one language."""

    def __init__(self, language: Language) -> None:
        self._translator = QTranslator()
        assert self._translator.load(str(translation(f"nba_{language}.qm")))

    def __call__(self, english: str, context: str = "texts") -> str:
        return self._translator.translate(context, english) or english


@pytest.fixture
def words(language: Language) -> Words:
    return Words(language)


@pytest.fixture
def panel(
    screen: XServer, telephone: Telephone, language: Language, tmp_path: Path
) -> Iterator[tuple[Talking, Reader]]:
    arguments = (str(tmp_path / "data"), str(telephone.port), language)
    with (
        accessibility_bus(screen, tmp_path / "runtime"),
        talking(screen, "tests.desktop.panel_program", *arguments) as program,
        reader(screen) as heard,
    ):
        program.wait_for("link", lambda link: link == "up")
        yield program, heard


def test_a_whole_call_is_operated_by_accessibility_actions_alone(
    panel: tuple[Talking, Reader], telephone: Telephone, words: Words, language: Language
) -> None:
    program, screen_reader = panel
    telephone.play("01", HELMUT)
    wait_for("the call announced", lambda: screen_reader.heard(words("Ringing")))
    telephone.go_on()
    program.wait_for("customer", bool)

    screen_reader.press(words("Customer number"))
    screen_reader.press(words("Date of birth"))
    screen_reader.press(words("Authenticated", "Identification"))
    program.wait_for("authenticated", bool)
    wait_for("who is calling", lambda: screen_reader.heard(words("Caller authenticated")))
    assert every_control_has_a_name(screen_reader)

    screen_reader.press({"de": "Abschlag", "en": "Instalment"}[language])
    program.wait_for("concern", bool)
    screen_reader.press(words("Solved", "ConcernView"))
    program.wait_for("solved", bool)
    program.wait_for("actions", lambda actions: actions > 0)
    wait_for("the actions", lambda: screen_reader.heard(words("Next best actions: {titles}").split("{")[0]))

    screen_reader.press(words("Accepted"))
    program.wait_for("responses", lambda responses: len(responses) == 1)
    wait_for("what was recorded", lambda: screen_reader.heard(words("Recorded: {response}").split("{")[0]))
    telephone.go_on()
    program.wait_for("calls", lambda calls: calls == ["InteractionState.WRAP_UP"] or "wrap_up" in calls)
    assert every_control_has_a_name(screen_reader)


def every_control_has_a_name(screen_reader: Reader) -> bool:
    nodes = [node for node in screen_reader.read() if node["role"] in OPERABLE]
    assert [node for node in nodes if not node["name"]] == []
    # Two controls of one name cannot be told apart.
    usable = [(node["role"], node["name"]) for node in nodes if "sensitive" in node["states"]]
    assert [name for name, times in Counter(usable).items() if times > 1] == []
    return bool(nodes)
