"""The doctor against real links, and a call that rang through a real socket told afterwards."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nba_desktop.adapters.flight.recorder import FOLDER
from nba_desktop.adapters.flight.ring import read_records
from nba_desktop.adapters.settings import TelephonySettings
from nba_desktop.app import Launch, Panel
from nba_desktop.demo.telephone import Telephone
from nba_desktop.domain.call import InteractionState
from tests.e2e.processes import run, run_here, site_backend

# What tries a link in this process makes itself an application without windows, if there is none.
pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("qapp")]

CALLER = "+493512805504"


@contextmanager
def simulator() -> Iterator[Telephone]:
    telephone = Telephone("--speed", "20")
    try:
        yield telephone
    finally:
        telephone.stop()


def settings_file(folder: Path, **parts: Any) -> Path:
    file = folder / "settings.json"
    file.write_text(json.dumps(parts), encoding="utf-8")
    return file


def asterisk(port: int, **more: Any) -> dict[str, Any]:
    fields = {"source": "asterisk_ami", "username": "cti", "extension": "201", "interface": "PJSIP/agent1"}
    return {**fields, "port": port, **more}


def examined(
    file: Path, folder: Path, *, stdin: str = "", options: tuple[str, ...] = (), own_process: bool = False
) -> dict[str, dict[str, Any]]:
    """The doctor's findings by check."""
    command = run if own_process else run_here
    done = command("doctor", "--json", "--settings", str(file), "--data", str(folder), *options, stdin=stdin)
    report = json.loads(done.stdout)
    assert done.returncode == (0 if report["ok"] else 1), done.stderr
    return {one["check"]: one for one in report["checks"]}


def test_the_telephone_system_is_tried_for_real(tmp_path: Path) -> None:
    with simulator() as telephone:
        file = settings_file(tmp_path, telephony=asterisk(telephone.port))
        good = examined(file, tmp_path, stdin="cti-demo\n", options=("--secret-stdin",), own_process=True)["telephony"]
        assert good["ok"], good
        bad = examined(file, tmp_path, stdin="wrong\n", options=("--secret-stdin",))["telephony"]
        assert not bad["ok"]
        assert "user name or secret are refused" in bad["says"]
        assert "manager.conf" in bad["way_out"]
    gone = examined(file, tmp_path, stdin="cti-demo\n", options=("--secret-stdin",))["telephony"]
    assert "nothing listens there" in gone["says"]


@contextmanager
def serving(answer: Callable[[bytes], bytes], greeting: bytes) -> Iterator[int]:
    """Something on a port: it greets, then answers each packet."""

    def serve() -> None:
        connection, _ = server.accept()
        # The doctor leaves without a word once it knows enough.
        with connection, contextlib.suppress(ConnectionError):
            connection.sendall(greeting)
            while data := connection.recv(65536):
                connection.sendall(answer(data))

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        thread.join(10)


def test_an_account_without_rights_is_told_what_it_lacks(tmp_path: Path) -> None:
    def answer(data: bytes) -> bytes:
        text = ""
        for block in data.decode().split("\r\n\r\n"):
            fields = dict(line.split(": ", 1) for line in block.split("\r\n") if ": " in line)
            if fields.get("Action") == "Login":
                text += (
                    f"Response: Success\r\nActionID: {fields['ActionID']}\r\nMessage: Authentication accepted\r\n\r\n"
                )
            elif fields:
                text += f"Response: Error\r\nActionID: {fields['ActionID']}\r\nMessage: Permission denied\r\n\r\n"
        return text.encode()

    with serving(answer, b"Asterisk Call Manager/11.0.0\r\n") as port:
        file = settings_file(tmp_path, telephony=asterisk(port))
        finding = examined(file, tmp_path, stdin="cti-demo\n", options=("--secret-stdin",))["telephony"]
    assert not finding["ok"]
    assert "lacks rights" in finding["says"]


def test_the_backend_is_tried_with_its_token(tmp_path: Path) -> None:
    with site_backend(tmp_path / "site") as site:
        file = settings_file(tmp_path, backend={"mode": "site", "url": site.url})
        found = examined(file, tmp_path, stdin=f"{site.token}\n", options=("--token-stdin",), own_process=True)
        assert found["backend"]["ok"], found
        assert "takes the token" in found["backend"]["says"]
        assert "agrees with the backend" in found["clock"]["says"]
        assert "on this machine" in found["certificate"]["says"]
        bad = examined(file, tmp_path, stdin="wrong\n", options=("--token-stdin",))["backend"]
        assert "does not accept the token" in bad["says"]
        assert "nba-desktop token set" in bad["way_out"]
    gone = examined(file, tmp_path, stdin=f"{site.token}\n", options=("--token-stdin",))["backend"]
    assert not gone["ok"]


def test_each_finding_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{", encoding="utf-8")
    done = run("doctor", "--settings", str(tmp_path / "settings.json"), "--data", str(tmp_path), DISPLAY=":0")
    assert done.returncode == 1
    found = [line.split()[:2] for line in done.stdout.splitlines()]
    assert ["PROBLEM", "settings"] in found
    assert ["ok", "display"] in found
    checks = [check for _, check in found]
    assert checks == ["versions", "policy", "settings", "display", "fonts", "instance", "disk", "outbox"]


@pytest.fixture
def start(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[..., Panel]]:
    started: list[Panel] = []

    def start_panel(port: int = 0, **telephony: Any) -> Panel:
        panel = Panel(
            Launch(
                data_dir=tmp_path,
                settings_file=tmp_path / "settings.json",
                language="en",
                theme="light",
                backend_url="http://127.0.0.1:9",
                token="token",
                telephony=TelephonySettings(**asterisk(port, **telephony)) if port else None,
                telephony_secret="cti-demo" if port else None,
            ),
            qapp,
        )
        started.append(panel)
        panel.start()
        qtbot.waitUntil(lambda: panel.is_recording, timeout=10_000)
        return panel

    yield start_panel
    for panel in started:
        panel.stop()


def test_a_call_that_rang_in_the_panel_is_told_exported_and_played_again(
    tmp_path: Path, start: Callable[..., Panel], qtbot: QtBot
) -> None:
    with simulator() as telephone:
        panel = start(telephone.port)
        qtbot.waitUntil(lambda: telephone.report("client", "logged_in") is not None, timeout=20_000)
        telephone.play("01", CALLER)
        qtbot.waitUntil(lambda: _state(panel) is InteractionState.OFFERED, timeout=20_000)
        telephone.go_on()
        qtbot.waitUntil(lambda: telephone.report("waiting_for", "ended") is not None, timeout=20_000)
        telephone.go_on()
        qtbot.waitUntil(lambda: _state(panel) is InteractionState.WRAP_UP, timeout=20_000)
        panel.stop()

    told = run_here("doctor", "call", "last", "--data", str(tmp_path), "--export", str(tmp_path / "call.jsonl"))
    assert told.returncode == 0, told.stderr
    assert "It rang at PJSIP/agent1: the panel showed it." in told.stdout
    assert "It ended normally" in told.stdout
    kept = "".join(path.read_text("utf-8") for path in (tmp_path / "flight-recorder").glob("*.jsonl"))
    assert '"kind": "heard"' in kept
    assert CALLER.lstrip("+") not in kept
    again = run_here("doctor", "replay", str(tmp_path / "call.jsonl"))
    assert again.returncode == 0, again.stderr
    states = [change["now"] for line in again.stdout.splitlines() for change in json.loads(line)["calls"]]
    assert states == ["offered", "live", "wrap_up"]


def test_a_call_of_a_filtered_queue_is_told_though_it_was_never_shown(
    tmp_path: Path, start: Callable[..., Panel], qtbot: QtBot
) -> None:
    with simulator() as telephone:
        panel = start(telephone.port, queues=("sales",))
        qtbot.waitUntil(lambda: telephone.report("client", "logged_in") is not None, timeout=20_000)
        telephone.play("01", CALLER)
        qtbot.waitUntil(lambda: telephone.report("waiting_for", "answered") is not None, timeout=20_000)
        telephone.go_on()
        qtbot.waitUntil(lambda: telephone.report("waiting_for", "ended") is not None, timeout=20_000)
        # What the telephone system has said by now, the panel may still have to read.
        qtbot.waitUntil(
            lambda: "queue_filtered" in {one.get("verdict") for one in read_records(tmp_path / FOLDER).records}
        )
        assert _state(panel) is None
        panel.stop()
    told = run_here("doctor", "call", "last", "--data", str(tmp_path))
    assert "its queue “service” is not one of those in your settings (sales)" in told.stdout


def test_a_call_handed_over_by_a_program_is_told_and_a_broken_one_too(
    tmp_path: Path, start: Callable[..., Panel]
) -> None:
    panel = start()
    panel.on_message("nba-desktop:call?number=%2B493512805504&id=x1&state=ringing")
    panel.on_message("nba-desktop:call?number=%2B493512805504&id=x2")
    panel.stop()
    told = run_here("doctor", "call", "last", "--data", str(tmp_path))
    assert "It rang: the panel showed it." in told.stdout
    assert "call_url could not be read (missing_parameter)" in told.stdout
    assert "2805504" not in told.stdout


def test_a_recorder_that_is_switched_off_keeps_nothing(tmp_path: Path, start: Callable[..., Panel]) -> None:
    settings_file(tmp_path, flight_recorder={"enabled": False})
    panel = start()
    panel.on_message("nba-desktop:call?number=%2B493512805504&id=x1&state=ringing")
    panel.stop()
    assert not (tmp_path / "flight-recorder").exists()


def _state(panel: Panel) -> InteractionState | None:
    contacts = panel.session.state.contacts
    return contacts[-1].interaction.state if contacts else None
