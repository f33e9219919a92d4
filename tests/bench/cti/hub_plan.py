"""Which calls a telephone system reports to the hub, in which order, and what each agent must see of them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import urlencode

Kind = Literal["newCall", "answer", "hangup"]
Seen = tuple[tuple[str, Kind], ...]
"""The states that a conversation enters at one agent, each with the report that brings it."""

SOURCES: Final = ("front", "back")
"""Two telephone systems: the first reports in JSON, the second in forms."""

_NORMAL: Final[Seen] = (("offered", "newCall"), ("live", "answer"), ("wrap_up", "hangup"))
_UNRUNG: Final[Seen] = (("live", "answer"), ("wrap_up", "hangup"))
_MISSED: Final[Seen] = (("offered", "newCall"), ("withdrawn", "hangup"))
_ELSEWHERE: Final[Seen] = (("offered", "newCall"), ("withdrawn", "answer"))

N: Final = "newCall"
A: Final = "answer"
H: Final = "hangup"
_SHAPES: Final[tuple[tuple[int, str, tuple[tuple[Kind, ...], ...], Seen], ...]] = (
    # Weight, name, what is reported (together: at once, over several connections), and what the agent sees.
    (70, "in order", ((N,), (A,), (H,)), _NORMAL),
    (12, "each report doubled", ((N, N), (A, A), (H, H)), _NORMAL),
    (6, "answer before the ringing", ((A,), (N,), (H,)), _UNRUNG),
    (5, "answer and ringing come again after the end", ((N,), (A,), (H,), (A, N)), _NORMAL),
    (4, "end before the answer", ((N,), (H,), (A,)), _MISSED),
    (2, "ringing after the end", ((A,), (H,), (N,)), _UNRUNG),
    (1, "end before anything", ((H,), (N,), (A,)), ()),
)
MIN_CALLS: Final = len(_SHAPES)
"""So many calls show every shape."""

_GROUP_SHARE: Final = 0.1
_GROUP: Final = 3
_PAUSES_S: Final = (0.1, 1.2)


@dataclass(frozen=True, slots=True)
class PlannedCall:
    """One call: `steps` are reports with the seconds after the beginning at which they are due.

    `sees` says by agent what must be seen; nobody else may see anything.
    """

    call_id: str
    source: str
    shape: str
    caller: str
    users: tuple[str, ...]
    answering: str
    steps: tuple[tuple[float, tuple[Kind, ...]], ...]
    sees: Mapping[str, Seen]

    @property
    def conversation(self) -> str:
        """What panels know it by."""
        return f"{self.source}:{self.call_id}"

    def body(self, kind: Kind) -> tuple[str, bytes]:
        """Return the content type and the body of one of its webhooks."""
        fields: dict[str, str | list[str]] = {"event": kind, "callId": self.call_id, "direction": "in"}
        fields |= {"from": self.caller, "to": "4930555000"}
        match kind:
            case "newCall":
                fields |= {"user": list(self.users), "queue": "service"}
            case "answer":
                fields |= {"user": self.answering}
            case "hangup":
                fields |= {"cause": "normalClearing"}
        if self.source == SOURCES[0]:
            return "application/json", json.dumps(fields).encode()
        return "application/x-www-form-urlencoded", urlencode(fields, doseq=True).encode()


def agents(count: int) -> tuple[str, ...]:
    """The ids of the agents; each one's user name in the telephone systems is the same in capital letters."""
    return tuple(f"agent-{number:03}" for number in range(count))


def plan(calls_per_s: int, seconds: int, agent_count: int, seed: int = 1) -> tuple[PlannedCall, ...]:
    """Return the calls of `seconds`, in the order they begin; the same for the same arguments.

    They arrive at random, not evenly. One in ten rings a group of agents; every shape is among them.
    """
    chance = random.Random(seed)
    begins = sorted(chance.uniform(0, seconds) for _ in range(calls_per_s * seconds))
    return tuple(_calls(begins, agents(agent_count), chance))


def _calls(begins: list[float], everybody: tuple[str, ...], chance: random.Random) -> Iterator[PlannedCall]:
    weights = [weight for weight, *_ in _SHAPES]
    for number, begin in enumerate(begins):
        # The first ones show every shape, so that a short run has them all.
        _, name, order, seen = _SHAPES[number] if number < len(_SHAPES) else chance.choices(_SHAPES, weights)[0]
        in_order = order[0][0] == N and order[1][0] == A
        group = _GROUP if in_order and chance.random() < _GROUP_SHARE else 1
        rung = chance.sample(everybody, min(group, len(everybody)))
        at = begin
        steps = []
        for kinds in order:
            steps.append((at, kinds))
            at += chance.uniform(*_PAUSES_S)
        yield PlannedCall(
            call_id=f"c{number}",
            source=SOURCES[number % len(SOURCES)],
            shape=name,
            caller=f"4906{number:09}",
            users=tuple(agent.upper() for agent in rung),
            answering=rung[0].upper(),
            steps=tuple(steps),
            sees={rung[0]: seen} | dict.fromkeys(rung[1:], _ELSEWHERE),
        )
