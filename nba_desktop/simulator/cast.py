"""Other people in a recorded call: the agents of the laboratory played by whoever is free."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from nba_desktop.simulator.arrivals import Length
from nba_desktop.simulator.recording import Step

_AGENT: Final = re.compile(r"\bagent([12])\b")
_NOBODY: Final = "<unknown>"
_EXTENSION: Final = re.compile(r"(?<![0-9+.])20([12])(?![0-9.])")


def interface_of(agent: int) -> str:
    """Return an agent's interface at the simulated telephone system, such as `PJSIP/agent1`."""
    return f"PJSIP/agent{agent}"


def extension_of(agent: int) -> str:
    """Return an agent's extension there, such as 201."""
    return str(200 + agent)


def names_agent(step: Step) -> bool:
    """Whether a message speaks of an agent or of his telephone."""
    return any(True for key, value in step.fields for _ in _roles(key, value))


def cast(steps: tuple[Step, ...], agents: tuple[int, ...]) -> tuple[Step, ...]:
    """Return the call with `agents` in the places of the recorded agents 1 and 2.

    Messages about an agent whom nobody plays are left out; what had to wait there waits at the next one.
    """
    return tuple(_cast(steps, agents))


def with_offer(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the call with a gate before the first message about an agent: the caller may wait there."""
    at = next((index for index, step in enumerate(steps) if names_agent(step)), None)
    if at is None or steps[at].gate is not None:
        return steps
    return (*steps[:at], replace(steps[at], gate="offered"), *steps[at + 1 :])


def _cast(steps: tuple[Step, ...], agents: tuple[int, ...]) -> Iterator[Step]:
    waiting = None
    for step in steps:
        # The caller's own messages name whom he was connected to last; they are his all the same.
        roles = {role for key, value in step.fields if not _is_other_end(key) for role in _roles(key, value)}
        if any(role > len(agents) for role in roles):
            waiting = step.gate or waiting
            continue
        gate, waiting = step.gate or waiting, None
        fields = tuple((key, _replaced(key, value, agents)) for key, value in step.fields)
        yield replace(step, fields=fields, gate=gate)


def _roles(key: str, value: str) -> Iterator[int]:
    if not _is_id(key):
        for pattern in (_AGENT, _EXTENSION):
            for match in pattern.finditer(value):
                yield int(match[1])


def _replaced(key: str, value: str, agents: tuple[int, ...]) -> str:
    if any(role > len(agents) for role in _roles(key, value)):
        return _NOBODY
    if _is_id(key):
        return value
    value = _AGENT.sub(lambda match: f"agent{agents[int(match[1]) - 1]}", value)
    return _EXTENSION.sub(lambda match: extension_of(agents[int(match[1]) - 1]), value)


def _is_other_end(key: str) -> bool:
    return key.endswith("ConnectedLineNum")


def _is_id(key: str) -> bool:
    return key.endswith(("Uniqueid", "Linkedid"))


def length_of(steps: tuple[Step, ...]) -> Length:
    """Return how long a recording takes besides what it waits at its gates."""
    before = after = 0.0
    rings = False
    for earlier, later in pairwise(with_offer(steps)):
        rings = rings or later.gate == "offered"
        lasts = later.at - earlier.at if later.gate is None else 0.0
        before, after = (before, after + lasts) if rings else (before + lasts, after)
    return Length(before, after, any(step.gate == "answered" for step in steps))
