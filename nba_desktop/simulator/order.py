"""What the simulator is told to play: which recording, by whom, for whom, and how long each part of it lasts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from nba_desktop.simulator.recording import Gate

_LONGEST_S = 86_400.0
_HIGHEST_AGENT = 99


class OrderError(ValueError):
    """A command that cannot be obeyed."""


@dataclass(frozen=True, slots=True)
class PlayOrder:
    """One call to play. Times are seconds before `--speed` shortens them.

    `call` names it in commands and reports, so that several are told apart. It begins `after_s`. At the answer and at
    the end it waits for `{"continue": true}`, unless `ring_s` or `talk_s` says how long that part lasts, or `pause` is
    false: then it lasts as long as recorded. `wait_s` lets the caller wait in the queue before a telephone rings.
    `agents` says who plays the recording's agents 1 and 2; a part that nobody plays is left out.
    """

    recording: str
    caller: str | None = None
    call: str = ""
    pause: bool = True
    after_s: float = 0.0
    wait_s: float | None = None
    ring_s: float | None = None
    talk_s: float | None = None
    agents: tuple[int, ...] | None = None

    def lasting(self, gate: Gate) -> float | None:
        """Return how long the part before `gate` lasts; None when that is not said."""
        return {"offered": self.wait_s, "answered": self.ring_s, "ended": self.talk_s}[gate]

    def command(self) -> dict[str, object]:
        """Return the command that `play_order` reads."""
        values: dict[str, object] = {"play": self.recording}
        if not self.pause:
            values["pause"] = False
        if self.call:
            values["call"] = self.call
        if self.after_s:
            values["after"] = self.after_s
        named = {"from": self.caller, "wait": self.wait_s, "ring": self.ring_s, "talk": self.talk_s}
        values |= {key: value for key, value in named.items() if value is not None}
        if self.agents is not None:
            values["agents"] = list(self.agents)
        return values


def play_order(command: Mapping[str, object]) -> PlayOrder:
    """Read `{"play": "01", "from": "+49…", "call": "a", "after": 2, "wait": 5, "ring": 3, "talk": 60, "agents": [7]}`.

    All but `play` may be left out. Raises `OrderError`.
    """
    recording, caller, call = command.get("play"), command.get("from"), command.get("call", "")
    if not isinstance(recording, str) or not isinstance(call, str) or not isinstance(caller, str | None):
        raise OrderError("play, from and call are texts")
    # One line per field: a number with a line break in it would forge fields.
    clean = None if caller is None else caller.replace("\r", "").replace("\n", "")
    return PlayOrder(
        recording=recording,
        caller=clean,
        call=call,
        pause=command.get("pause") is not False,
        after_s=seconds(command, "after") or 0.0,
        wait_s=seconds(command, "wait"),
        ring_s=seconds(command, "ring"),
        talk_s=seconds(command, "talk"),
        agents=_agents(command.get("agents")),
    )


def seconds(command: Mapping[str, object], key: str) -> float | None:
    """Return the seconds that stand under `key`, None without them. Raises `OrderError`."""
    value = command.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise OrderError(f"{key} is a number of seconds")
    if not 0 <= value <= _LONGEST_S:
        raise OrderError(f"{key} is 0 to {_LONGEST_S:g} seconds")
    return float(value)


def _agents(value: object) -> tuple[int, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(set(map(str, value))) < len(value):
        raise OrderError("agents is a list of different numbers")
    if not all(isinstance(one, int) and 1 <= one <= _HIGHEST_AGENT for one in value):
        raise OrderError(f"an agent is a number from 1 to {_HIGHEST_AGENT}")
    return tuple(value)
