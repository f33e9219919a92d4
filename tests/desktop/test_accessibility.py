"""The panel as a screen reader has it: everything named, a whole call by its actions alone, what happens announced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from operator import eq
from pathlib import Path
from typing import Any

import pytest

from nba_desktop.contract.base import Language
from nba_desktop.demo.telephone import Telephone
from tests.desktop.accessibility import Reader, accessibility_bus, missing, reader
from tests.desktop.talking import Talking, talking
from tests.desktop.words import words
from tests.desktop.xserver import XServer

HELMUT = "+493512805504"
HIS_NUMBER, HIS_AGE = "K-104776", 76
MISSING = missing()

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")

OPERABLE = {"push button", "check box", "radio button", "text", "combo box", "list", "page tab", "toggle button"}


@pytest.fixture
def language() -> Language:
    """One of them: what has a name in one has one in the other, as the widgets' own tests say."""
    return "de"


@pytest.fixture
def panel(
    screen: XServer, telephone: Telephone, language: Language, tmp_path: Path
) -> Iterator[tuple[Talking, Reader]]:
    arguments = (str(tmp_path / "data"), str(telephone.port), language)
    with (
        accessibility_bus(screen, tmp_path / "runtime"),
        talking(screen, "tests.desktop.panel_program", *arguments) as program,
    ):
        # Qt asks the registry who listens, then subscribes to what follows: a reader that comes between is not heard.
        program.wait_for("link", lambda link: link == "up")
        with reader(screen) as heard:
            yield program, heard


class Agent:
    """Takes calls by the words of one language, with no keyboard, no mouse and no eyes."""

    def __init__(self, program: Talking, screen_reader: Reader, language: Language) -> None:
        self.program, self.reader = program, screen_reader
        self._words = words(language)

    def press(self, name: str, role: str | None = None) -> None:
        self.reader.press(self._words[name], role)

    def write(self, text: str, into: str) -> None:
        self.reader.write(text, self._words[into])

    def hear(self, words: str) -> None:
        self.reader.hear(self._words[words])

    def look(self, name: str, role: str) -> dict[str, Any]:
        """The one node in this role with this name, or that begins with it."""
        return self.find(self.reader.read(), name, role)

    def find(self, nodes: list[dict[str, Any]], name: str, role: str) -> dict[str, Any]:
        """The same among nodes that were read already."""
        word = self._words[name]
        found = [node for node in nodes if node["role"] == role and node["name"].startswith(word)]
        assert len(found) == 1, f"{len(found)} × {role} {name!r}"
        return found[0]

    def has_groups(self, nodes: list[dict[str, Any]], *names: str) -> bool:
        named = {node["name"] for node in nodes if node["role"] == "panel"}
        return {self._words[name] for name in names} <= named


def test_a_whole_call_is_operated_by_accessibility_actions_alone(
    panel: tuple[Talking, Reader], telephone: Telephone, language: Language
) -> None:
    program, screen_reader = panel
    agent = Agent(program, screen_reader, language)
    authenticate(agent, telephone)
    solve(agent)
    follow_the_guide(agent)
    respond(agent)
    record_a_consent(agent)

    agent.press("Write a note on this call")
    agent.write("84 €", into="Note on this call")
    program.wait_for("note", lambda note: note == "84 €")
    telephone.go_on()
    agent.hear("Wrap-up")
    check_controls(screen_reader.read())
    agent.press("Finish wrap-up")
    program.wait_for("calls", lambda calls: calls == [])

    heard = Counter(screen_reader.announced)
    assert [words for words, times in heard.items() if times > 1] == []
    assert True not in program.all("focus"), "the keyboard stays where the agent has it"


def authenticate(agent: Agent, telephone: Telephone) -> None:
    telephone.play("01", HELMUT)
    agent.hear("Ringing")
    telephone.go_on()
    agent.program.wait_for("customer", bool)
    agent.reader.hear("Helmut Brandt")
    agent.press("Customer number", "check box")
    before = [f"{node['name']} {node['description']} {node['text']}" for node in agent.reader.read()]
    born = {str(datetime.now(tz=UTC).year - HIS_AGE - before_his_birthday) for before_his_birthday in (0, 1)}
    assert not [words for words in before if any(secret in words for secret in {HIS_NUMBER, *born})]
    agent.press("Date of birth", "check box")
    assert "checked" in agent.look("Date of birth", "check box")["states"]
    agent.press("Authenticated", "push button")
    agent.program.wait_for("authenticated", bool)
    agent.hear("Caller authenticated")


def solve(agent: Agent) -> None:
    agent.press("Instalment", "check box")
    agent.program.wait_for("concern", bool)
    agent.press("Solved", "check box")
    agent.program.wait_for("solved", bool)
    agent.hear("1. Make the instalment fit")
    nodes = agent.reader.read()
    check_controls(nodes)
    groups = ("Customer", "Customer journey", "Concern", "Next best actions", "Chosen action", "Response")
    assert agent.has_groups(nodes, *groups)
    assert any(HIS_NUMBER in node["name"] for node in nodes)


def follow_the_guide(agent: Agent) -> None:
    agent.press("1 Make the instalment fit", "radio button")
    agent.program.wait_for("action", lambda rank: rank == 1)
    agent.press("Make the instalment fit", "check box")
    agent.program.wait_for("bridge", bool)
    agent.press("Ask for the current meter reading", "check box")
    agent.program.wait_for("steps", lambda steps: steps == 1)
    agent.write("48213", into="Reading")
    agent.program.wait_for("inputs", lambda inputs: inputs == ["48213"])
    agent.press("next month")
    agent.program.wait_for("choices", lambda choices: len(choices) == 1)
    for tab, name in (("benefits", "Benefits"), ("knowledge", "Knowledge"), ("objections", "Objections")):
        agent.press(name, "page tab")
        agent.program.wait_for("tab", partial(eq, tab))
        nodes = agent.reader.read()
        assert "selected" in agent.find(nodes, name, "page tab")["states"]
        check_controls(nodes)
    agent.press("But winter is still to come.")
    agent.program.wait_for("raised", lambda raised: raised == 1)


def respond(agent: Agent) -> None:
    agent.press("Declined", "push button")
    assert "expanded" in agent.look("Declined", "push button")["states"]
    agent.press("No need", "push button")
    agent.program.wait_for("responses", lambda codes: codes == ["DECLINED_NO_NEED"])
    agent.hear("No need")
    agent.press("Change")
    agent.program.wait_for("responses", lambda codes: codes == [])
    agent.press("Accepted", "push button")
    agent.program.wait_for("responses", lambda codes: codes == ["ACCEPTED_DONE"])


def record_a_consent(agent: Agent) -> None:
    agent.press("Consent", "push button")
    agent.program.wait_for("drawer", bool)
    check_controls(agent.reader.read())
    agent.press("Our own offers, Phone", "check box")
    agent.press("Phone: Yes")
    agent.write("Ja, gern", into="Customer’s words")
    agent.press("Save answers")
    agent.program.wait_for("consents", lambda answers: answers == ["yes"])
    agent.press("Consent", "push button")
    agent.program.wait_for("drawer", lambda is_open: not is_open)


def check_controls(nodes: list[dict[str, Any]]) -> None:
    """Every control has a name, and no two that can be used at the same time have the same one."""
    controls = [node for node in nodes if node["role"] in OPERABLE]
    assert [node for node in controls if not node["name"]] == []
    usable = Counter((node["role"], node["name"]) for node in controls if "sensitive" in node["states"])
    assert usable
    assert [name for name, times in usable.items() if times > 1] == []
