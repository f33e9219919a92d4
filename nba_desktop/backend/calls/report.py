"""What one webhook says, in words that no provider has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from nba_desktop.backend.errors import MalformedHook


class ReportKind(StrEnum):
    """What happened to the call."""

    BEGAN = "began"
    ANSWERED = "answered"
    ENDED = "ended"


Ending = Literal["normal", "unanswered", "failed", "forwarded", "unknown"]


@dataclass(frozen=True, slots=True)
class CallReport:
    """One thing that happened to one call.

    `users` are those it rings, or for an outbound call who makes it; `answered_by` names who took it, the surest name
    first. Both are names or numbers of the telephone system, not of agents. `nobody` says that a machine took it. What
    a webhook leaves out is empty.
    """

    kind: ReportKind
    call_id: str
    interaction_id: str = ""
    direction: Literal["inbound", "outbound"] | None = None
    caller: str = ""
    called: str = ""
    users: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    nobody: bool = False
    queue: str | None = None
    diverted_from: str | None = None
    ending: Ending = "unknown"


_LONGEST: Final = 128
_MOST_USERS: Final = 200


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a webhook, each with all of its values; a name's trailing `[]` is dropped."""

    values: dict[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """Return a field, empty when it is missing; raise `MalformedHook` when it is too long to be what it says.

        What cannot be shown is left out: control characters, and halves of characters that no JSON can carry on.
        """
        text = "".join(letter for letter in self._first(name) if letter.isprintable())
        if len(text) > _LONGEST:
            raise MalformedHook(f"the field {name} is longer than {_LONGEST} characters")
        return text

    def needed(self, name: str) -> str:
        """Return a field that must be there and is taken as it is; raise `MalformedHook`."""
        text = self.one(name)
        if not text or text != self._first(name):
            raise MalformedHook(f"the field {name} is missing or not readable")
        return text

    def _first(self, name: str) -> str:
        return (self.values.get(name) or ("",))[0].strip()

    def many(self, name: str) -> tuple[str, ...]:
        """Return all values of a field; raise `MalformedHook` when there are too many."""
        found = tuple(text for value in self.values.get(name, ()) if (text := value.strip()))
        if len(found) > _MOST_USERS or any(len(text) > _LONGEST for text in found):
            raise MalformedHook(f"the field {name} has too many or too long values")
        return found
