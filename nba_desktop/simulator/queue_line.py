"""How many wait in each queue, when several calls are played at once."""

from __future__ import annotations

from dataclasses import replace

from nba_desktop.simulator.recording import Step


class QueueLines:
    """Counts the callers of every queue and puts the counts into the messages that tell them."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[str]] = {}

    def renumbered(self, step: Step) -> Step:
        """Return the message with the numbers that hold now; a recording only knows its own callers."""
        event, uniqueid = step.get("Event"), step.get("Uniqueid")
        if event == "Hangup":
            for line in self._waiting.values():
                if uniqueid in line:
                    line.remove(uniqueid)
            return step
        if event not in ("QueueCallerJoin", "QueueCallerLeave"):
            return step
        line = self._waiting.setdefault(step.get("Queue"), [])
        if event == "QueueCallerJoin" and uniqueid not in line:
            line.append(uniqueid)
        place = line.index(uniqueid) + 1 if uniqueid in line else 1
        if event == "QueueCallerLeave" and uniqueid in line:
            line.remove(uniqueid)
        told = {"Count": str(len(line)), "Position": str(place)}
        return replace(step, fields=tuple((key, told.get(key, value)) for key, value in step.fields))
