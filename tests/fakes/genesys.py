"""The stand-in for Genesys Cloud: its scripts, and a process of it that a test drives."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from nba_desktop.adapters.cti.genesys.payload import Conversation, read_conversation
from nba_desktop.adapters.cti.genesys.settings import GenesysSourceSettings
from nba_desktop.adapters.cti.genesys.snapshot import AttributeNames, GenesysTranslator, GenesysUser
from nba_desktop.adapters.cti.numbers import NumberSettings
from nba_desktop.simulator.genesys_script import ScriptStep, load

SCRIPTS: Final = Path(__file__).parents[2] / "resources" / "telephony" / "genesys"
AGENT: Final = "5f0c6f0e-2a51-4b38-9f0e-0d2f5a9b1c01"
COLLEAGUE: Final = "7b6d2c1a-91d4-4f7b-8a55-3e1d6c4b2a02"
CUSTOMER: Final = "+493512805504"

_PROGRAM: Final = """
import sys
from pathlib import Path
from nba_desktop.simulator.genesys_command import run
sys.exit(run(sys.argv[2:], Path(sys.argv[1])))
"""
_LIMIT_S: Final = 20.0


def names() -> list[str]:
    """The numbers of all scripts."""
    return sorted(path.name.partition("_")[0] for path in SCRIPTS.glob("*.jsonl"))


def steps(number: str) -> tuple[ScriptStep, ...]:
    """One script as it is written."""
    return load(SCRIPTS, number)


def snapshots(number: str) -> list[Conversation]:
    """The conversations of one script, in their order."""
    read = [read_conversation(step.conversation) for step in steps(number)]
    assert None not in read
    return [one for one in read if one is not None]


def translator(user: str = AGENT, extension: str = "201", *, internal_calls: bool = True) -> GenesysTranslator:
    """A translator as the panel makes it with the settings' defaults."""
    return GenesysTranslator(
        "genesys_cloud",
        GenesysUser(user, extension),
        NumberSettings(),
        AttributeNames(),
        internal_calls=internal_calls,
    )


class StandIn:
    """A process of the stand-in and what it reported."""

    def __init__(self, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(SCRIPTS), "--speed", "200", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=SCRIPTS.parents[2],
        )
        self.reports: list[dict[str, Any]] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.port = int(self.wait_for("listening")["listening"])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def settings(self, **changes: Any) -> GenesysSourceSettings:
        """What a panel needs to speak to it."""
        values: dict[str, Any] = {
            "api_url": self.url,
            "login_url": self.url,
            "grant": "client_credentials",
            "client_id": "nba-desktop-demo",
            "secret": "genesys-demo",
            "user_id": AGENT,
            "extension": "201",
        }
        return GenesysSourceSettings(**{**values, **changes})

    def tell(self, **command: object) -> None:
        """Give a command and return once it is obeyed, or refused."""
        done = self.count("obeyed") + self.count("error")
        self._write(command)
        wait(lambda: self.count("obeyed") + self.count("error") > done)

    def _write(self, command: dict[str, object]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()

    def advance(self) -> None:
        """Play to the next phase."""
        self.tell(**{"continue": True})

    def count(self, key: str, value: object = None) -> int:
        return sum(key in one and value in (None, one[key]) for one in self.reports)

    def wait_for(self, key: str, value: object = None, times: int = 1) -> dict[str, Any]:
        wait(lambda: self.count(key, value) >= times)
        return [one for one in self.reports if key in one and value in (None, one[key])][times - 1]

    def end(self) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        code = self._process.wait(timeout=_LIMIT_S)
        self._reader.join()
        self._process.stdout.close()
        return code

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.reports.append(json.loads(line))


def wait(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + _LIMIT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not become so in time"
        time.sleep(0.01)
