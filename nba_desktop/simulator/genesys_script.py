"""Conversations of a stand-in for Genesys Cloud, as files: one notification a line, with its time and phase."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

BASE_TIME: Final = datetime.fromisoformat("2026-01-05T09:00:00+00:00")
"""When every script begins."""

_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z")
_TOPIC: Final = re.compile(r"v2\.users\.([0-9a-f-]{36})\.conversations")


class ScriptError(Exception):
    """A script that is missing or cannot be read."""


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """One notification, `at` seconds after the beginning; `phase` names what it means for the agent."""

    at: float
    phase: str | None
    message: dict[str, Any]

    @property
    def conversation(self) -> dict[str, Any]:
        """The snapshot in it."""
        body: dict[str, Any] = self.message["eventBody"]
        return body


def load(folder: Path, number: str) -> tuple[ScriptStep, ...]:
    """Read the script whose file's name begins with `number`. Raises `ScriptError`."""
    scripts = sorted(folder.glob("[0-9][0-9]_*.jsonl"))
    path = next((one for one in scripts if one.name.partition("_")[0] == number), None)
    if path is None:
        raise ScriptError(f"no script {number} in {folder}")
    try:
        steps = tuple(_step(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())
    except OSError as error:
        raise ScriptError(f"{path} cannot be read ({error.strerror})") from None
    except (ValueError, KeyError, TypeError):
        raise ScriptError(f"{path} is not a script") from None
    if not steps:
        raise ScriptError(f"{path} is empty")
    return steps


def renew(
    steps: tuple[ScriptStep, ...], user: str, caller: str | None, now: datetime, make_id: Callable[[], uuid.UUID]
) -> tuple[ScriptStep, ...]:
    """Make a new call of a script: fresh ids, times from `now` on, `user` as the agent, `caller` as the customer."""
    topic = _TOPIC.fullmatch(steps[0].message["topicName"])
    ids = {} if topic is None else {topic[1]: user}
    customer = next(_customers(steps), None)

    def new_id(match: re.Match[str]) -> str:
        # Ids that mean something everywhere (a wrap-up code of zeros) stay.
        if match[0].startswith("00000000-"):
            return match[0]
        return ids.setdefault(match[0], str(make_id()))

    def new_time(match: re.Match[str]) -> str:
        moved = now + (datetime.fromisoformat(match[0]) - BASE_TIME)
        return moved.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def renewed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: renewed(one) for key, one in value.items()}
        if isinstance(value, list):
            return [renewed(one) for one in value]
        if not isinstance(value, str):
            return value
        if caller is not None and value == customer:
            return f"tel:{caller}"
        return _TIME.sub(new_time, _UUID.sub(new_id, value))

    return tuple(ScriptStep(step.at, step.phase, renewed(step.message)) for step in steps)


def _customers(steps: tuple[ScriptStep, ...]) -> Iterator[str]:
    for step in steps:
        for participant in step.conversation["participants"]:
            if participant.get("purpose") == "customer" and "address" in participant:
                yield participant["address"]


def _step(values: dict[str, Any]) -> ScriptStep:
    phase = values.get("phase")
    message = values["message"]
    if not isinstance(message["eventBody"]["participants"], list) or not isinstance(message["topicName"], str):
        raise TypeError
    return ScriptStep(float(timedelta(milliseconds=values["at_ms"]).total_seconds()), phase, message)
