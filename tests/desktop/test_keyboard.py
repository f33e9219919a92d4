"""A whole call by keyboard alone: the hotkey brings the panel forward, Esc gives the keyboard back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from nba_desktop.contract.base import Language
from nba_desktop.demo.telephone import Telephone
from nba_desktop.domain.key_map import Command, KeyMap
from tests.desktop.talking import Talking, talking
from tests.desktop.words import words
from tests.desktop.xserver import XServer, wait_for

HELMUT = "+493512805504"
KEYS = KeyMap()
MOST_TABS = 80
X_NAMES = {"Esc": "Escape"}


@pytest.fixture
def language() -> Language:
    """The other than the screen reader's, which has the same call."""
    return "en"


@pytest.fixture
def panel(
    screen: XServer, other: Talking, telephone: Telephone, language: Language, tmp_path: Path
) -> Iterator[Talking]:
    arguments = (str(tmp_path / "data"), str(telephone.port), language)
    with talking(screen, "tests.desktop.panel_program", *arguments) as program:
        program.wait_for("link", lambda link: link == "up")
        yield program


class Typist:
    """Has a keyboard and reads what the panel says of itself."""

    def __init__(self, screen: XServer, program: Talking, spoken: Mapping[str, str]) -> None:
        self.screen, self.program, self.words = screen, program, spoken

    def command(self, command: Command) -> None:
        """Press a command's key."""
        self.key(KEYS[command])

    def key(self, keys: str) -> None:
        parts = [X_NAMES.get(part, part) for part in keys.split("+")]
        self.screen.key("+".join([*(part.lower() for part in parts[:-1]), _last(parts[-1])]))

    def tab_to(self, name: str) -> None:
        """Press the tabulator until the keyboard is at the control that begins with this name."""
        word = self.words[name]
        been: list[str] = []
        for _ in range(MOST_TABS):
            self._to_next(been)
            been.append(str(self.program.last("at")[1]))
            if word in been[-1]:
                return
        raise AssertionError(f"never came to {word!r}, but to {been}")

    def _to_next(self, been: list[str]) -> None:
        at = len(self.program.all("at"))
        self.screen.key("Tab")
        wait_for(f"another control after {been[-1:]}", lambda: len(self.program.all("at")) > at)

    def tick(self, name: str) -> None:
        """Go to a control and press it."""
        self.tab_to(name)
        self.screen.key("space")

    def type(self, text: str) -> None:
        """Type a text and end it with Return."""
        self.screen.xdotool("type", text)
        self.program.wait_for("text", lambda shown: shown is not None and text in shown)
        self.screen.key("Return")


def _last(part: str) -> str:
    return part.lower() if len(part) == 1 else part


def test_a_whole_call_is_operated_by_the_keyboard_alone(
    screen: XServer, other: Talking, panel: Talking, telephone: Telephone, language: Language
) -> None:
    typist = Typist(screen, panel, words(language))
    telephone.play("01", HELMUT)
    panel.wait_for("calls", lambda calls: "offered" in calls)
    telephone.go_on()
    panel.wait_for("customer", bool)
    assert screen.active == other.last("window")
    typist.command(Command.FORWARD)
    panel.wait_for("focus", bool)

    typist.tick("Customer number")
    typist.tick("Date of birth")
    typist.command(Command.CONFIRM_CALLER)
    panel.wait_for("authenticated", bool)
    typist.command(Command.CONCERN)
    typist.type(typist.words["Instalment"])
    panel.wait_for("concern", bool)
    typist.command(Command.SOLVED)
    panel.wait_for("solved", bool)
    panel.wait_for("actions", lambda actions: actions > 0)

    follow_the_guide(typist)
    respond(typist)
    record_a_consent(typist)
    typist.command(Command.NOTE)
    typist.type("84 Euro")
    panel.wait_for("note", lambda note: note == "84 Euro")
    telephone.go_on()
    panel.wait_for("calls", lambda calls: calls == ["wrap_up"])
    assert screen.active == panel.last("panel")
    typist.command(Command.FINISH)
    panel.wait_for("calls", lambda calls: calls == [])

    typist.command(Command.CLOSE)
    wait_for("the other program's keyboard", lambda: screen.active == other.last("window"))
    screen.xdotool("type", "done")
    wait_for("the keys", lambda: "".join(other.all("key")) == "done")


def follow_the_guide(typist: Typist) -> None:
    panel = typist.program
    typist.command(Command.ACTION_1)
    panel.wait_for("action", lambda rank: rank == 1)
    typist.command(Command.BENEFITS)
    panel.wait_for("tab", lambda tab: tab == "benefits")
    typist.command(Command.OBJECTIONS)
    panel.wait_for("tab", lambda tab: tab == "objections")
    typist.type(typist.words["winter"])
    panel.wait_for("raised", lambda raised: raised == 1)
    typist.command(Command.KNOWLEDGE)
    panel.wait_for("tab", lambda tab: tab == "knowledge")
    typist.command(Command.GUIDE)
    panel.wait_for("tab", lambda tab: tab == "guide")
    typist.tick("Ask for the current meter reading")
    panel.wait_for("steps", lambda steps: steps == 1)
    typist.tab_to("Reading")
    typist.type("48213")
    panel.wait_for("inputs", lambda inputs: inputs == ["48213"])
    typist.tick("next month")
    panel.wait_for("choices", lambda choices: len(choices) == 1)


def respond(typist: Typist) -> None:
    panel = typist.program
    typist.command(Command.DIGIT_4)
    panel.wait_for("group", lambda group: group == "declined")
    typist.command(Command.DIGIT_1)
    panel.wait_for("responses", lambda codes: codes == ["DECLINED_NO_NEED"])
    typist.command(Command.UNDO)
    panel.wait_for("responses", lambda codes: codes == [])
    typist.command(Command.DIGIT_1)
    panel.wait_for("responses", lambda codes: codes == ["ACCEPTED_DONE"])


def record_a_consent(typist: Typist) -> None:
    panel = typist.program
    typist.command(Command.CONSENT)
    panel.wait_for("drawer", bool)
    typist.tick("Our own offers, Phone")
    typist.tick("Phone: Yes")
    typist.tab_to("Customer’s words")
    typist.type("Ja, gern")
    typist.tick("Save answers")
    panel.wait_for("consents", lambda answers: answers == ["yes"])
    typist.command(Command.CLOSE)
    panel.wait_for("drawer", lambda is_open: not is_open)
