"""The machine's policy in the running panel: what it holds nobody chooses, and a broken one connects nothing."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop import __version__
from nba_desktop.adapters.flight.recorder import FOLDER
from nba_desktop.adapters.policy import Policy, policy_of
from nba_desktop.app import Launch, Panel
from nba_desktop.domain.blocked import BlockedCode
from nba_desktop.domain.errors import FailureCode
from nba_desktop.domain.key_map import Command
from nba_desktop.practice import command as practice
from nba_desktop.runner import run_panel
from nba_desktop.team import command as review
from nba_desktop.ui.panel.tour import Tour
from nba_desktop.ui.texts.failures import notice_words
from nba_desktop.ui.theme import current_tokens
from nba_desktop.ui.tokens import CONTRAST_DARK
from tests.fakes.keyrings import KeptSecrets
from tests.widget.ui.looking import part

CALL = "nba-desktop:call?number=%2B493512805504&id=1&state=answered"
PLACE = "/etc/xdg/nba-desktop/policy.json"
NOWHERE = "http://127.0.0.1:9"
Start = Callable[..., Panel]


@pytest.fixture
def start(qapp: QApplication, tmp_path: Path) -> Iterator[Start]:
    started: list[Panel] = []

    def start_panel(policy: dict[str, Any], url: str | None = NOWHERE, **given: Any) -> Panel:
        launch = Launch(
            data_dir=tmp_path / "data",
            policy=policy_of(policy, PLACE),
            settings_file=tmp_path / "settings.json",
            backend_url=url,
            token="token",
            secrets=KeptSecrets(),
            **given,
        )
        panel = Panel(launch, qapp)
        started.append(panel)
        panel.start()
        return panel

    yield start_panel
    for panel in started:
        panel.stop()


def test_what_the_policy_holds_is_not_chosen_and_is_there_again_without_it(start: Start, tmp_path: Path) -> None:
    chosen = {"form": 1, "language": "en", "theme": "light", "text_size": 125, "keys": {"note": "F8", "forward": "F9"}}
    (tmp_path / "preferences.json").write_text(json.dumps(chosen))
    policy = {"language": "de", "theme": "contrast_dark", "text_size": 150, "keys": {"help": "F2"}, "hotkey": ""}
    panel = start(policy)
    preferring = panel.preferring
    assert (panel.language, current_tokens(), preferring.setup.text_size) == ("de", CONTRAST_DARK, 150)
    assert (preferring.setup.keys[Command.HELP], preferring.setup.keys[Command.NOTE]) == ("F2", "Alt+N")
    assert preferring.hotkey == ""
    panel.window.language_chosen.emit("en")
    panel.window.theme_chosen.emit("dark")
    panel.window.text_size_chosen.emit(200)
    panel.window.key_chosen.emit(Command.NOTE, "F7")
    panel.window.key_chosen.emit(Command.FORWARD, "Ctrl+Alt+X")
    panel.window.keys_reset.emit()
    assert (panel.language, current_tokens(), preferring.setup.text_size) == ("de", CONTRAST_DARK, 150)
    assert (preferring.setup.keys[Command.NOTE], preferring.hotkey) == ("Alt+N", "")
    assert FailureCode.SETTING_LOCKED in [notice.code for notice in panel.session.state.notices]
    assert all(preferring.in_force.locks(key) for key in policy)
    panel.stop()
    assert json.loads((tmp_path / "preferences.json").read_text()) == chosen
    assert start({}).preferring.setup.keys[Command.NOTE] == "F8"


def test_a_key_that_the_policy_holds_is_taken_from_the_command_that_the_agent_gave_it(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "preferences.json").write_text('{"keys": {"note": "Ctrl+Alt+X", "help": "F2"}}')
    panel = start({"hotkey": "ctrl+alt+x"}, language="en", theme="light")
    keys = panel.preferring.setup.keys
    assert (panel.preferring.hotkey, keys[Command.NOTE], keys[Command.HELP]) == ("Ctrl+Alt+X", "Alt+N", "F2")
    assert panel.session.state.notices == ()


def test_what_is_in_force_follows_the_agents_choices(start: Start, tmp_path: Path) -> None:
    panel = start({"theme": "light"}, language="de")
    assert panel.preferring.in_force.by_key["language"].source == "command_line"
    panel.window.language_chosen.emit("en")
    panel.window.key_chosen.emit(Command.NOTE, "F7")
    by_key = panel.preferring.in_force.by_key
    assert (by_key["language"].value, by_key["language"].source) == ('"en"', "chosen")
    assert by_key["language"].where == str(tmp_path / "preferences.json")
    assert json.loads(by_key["keys"].value) == {"note": "F7"}
    assert by_key["theme"].locked


class Listening:
    """A place that counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.port: int = self._socket.getsockname()[1]

    def came(self) -> bool:
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()


def test_a_policy_that_cannot_be_relied_on_connects_nothing_and_says_so(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    policy = policy_of({"telephony": {"tls": "sometimes"}, "theme": "light"}, PLACE)
    backend, telephone = Listening(), Listening()
    asterisk = {"source": "asterisk_ami", "username": "u", "extension": "1", "interface": "PJSIP/1"}
    url = f"http://127.0.0.1:{backend.port}"
    settings = {"backend": {"mode": "site", "url": url}, "telephony": {**asterisk, "port": telephone.port}}
    (tmp_path / "settings.json").write_text(json.dumps(settings))
    secrets = KeptSecrets()
    # Neither the file nor an option leads anywhere.
    for option in (None, url):
        panel = Panel(
            Launch(
                tmp_path / "data",
                policy,
                tmp_path / "settings.json",
                "en",
                backend_url=option,
                token="t",
                secrets=secrets,
            ),
            qapp,
        )
        panel.start()
        qtbot.waitUntil(lambda panel=panel: panel.session.state.backend.status == "down")  # type: ignore[misc]
        panel._show_first_tour()
        assert not part(panel.window, Tour).is_open
        panel.on_message(CALL)
        assert panel.session.state.contact is not None
        assert panel.session.state.backend.failure is FailureCode.POLICY_INVALID
        assert panel.link.backend is None
        assert panel.session.state.telephony.failure is FailureCode.POLICY_INVALID
        blocked = panel.session.state.blocked
        assert blocked is not None
        assert (blocked.code, blocked.problems, blocked.panel) == (
            BlockedCode.POLICY_BROKEN,
            policy.problems,
            __version__,
        )
        (words,) = [notice_words(one) for one in panel.session.state.notices]
        assert f"{PLACE}, " in words
        assert "correct the policy" in words
        panel.stop()
    assert not backend.came()
    assert not telephone.came()
    assert not (tmp_path / "data" / FOLDER).exists()
    backend.close()
    telephone.close()


ELSEWHERE = "https://elsewhere.example.com"


@pytest.mark.parametrize(
    ("start_it", "held", "option"),
    [
        (lambda folder, policy: run_panel(Launch(folder, policy, backend_url=ELSEWHERE)), "backend.url", "--backend"),
        (
            lambda folder, policy: review.run(
                own=True,
                settings_file=None,
                data_dir=folder,
                url=ELSEWHERE,
                token="t",
                language=None,
                theme=None,
                policy=policy,
            ),
            "backend.url",
            "--backend",
        ),
        (lambda _, policy: practice.run(None, "en", None, policy), "language", "--language"),
    ],
    ids=["panel", "review", "practice"],
)
def test_a_start_that_goes_against_the_policy_is_refused(
    start_it: Callable[[Path, Policy], int],
    held: str,
    option: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (sys, threading):
        monkeypatch.setattr(module, "excepthook", module.excepthook)
    policy = policy_of({"backend": {"mode": "site", "url": "https://nba.example.com"}, "language": "de"}, PLACE)
    assert start_it(tmp_path, policy) == 2
    assert capsys.readouterr().err == f"nba-desktop: {PLACE}: holds {held}; start without {option}\n"
