"""Which key calls which command: the usual keys, the agent's own, and what cannot be a key; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self

from nba_desktop.domain.key_names import KeyFault, fault_of, read_key


class Command(StrEnum):
    """What a key can do; the value is the command's name in the agent's preferences."""

    SEARCH = "search"
    CONFIRM_CALLER = "confirm_caller"
    SPEAKER = "speaker"
    TIMELINE = "timeline"
    CRM = "crm"
    DATA_WISH = "data_wish"
    HANDOVER = "handover"
    NEXT_CALL = "next_call"
    PREVIOUS_CALL = "previous_call"
    END_BY_HAND = "end_by_hand"
    SIGN_IN = "sign_in"
    DAY = "day"
    DUE = "due"
    ANSWERS = "answers"
    CONCERN = "concern"
    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    FOLLOW_UP = "follow_up"
    FLAGS = "flags"
    ACTION_1 = "action_1"
    ACTION_2 = "action_2"
    ACTION_3 = "action_3"
    WHY = "why"
    QUESTION = "question"
    GUIDE = "guide"
    BENEFITS = "benefits"
    OBJECTIONS = "objections"
    KNOWLEDGE = "knowledge"
    GUIDE_BACK = "guide_back"
    DIGIT_1 = "digit_1"
    DIGIT_2 = "digit_2"
    DIGIT_3 = "digit_3"
    DIGIT_4 = "digit_4"
    DIGIT_5 = "digit_5"
    DIGIT_6 = "digit_6"
    UNDO = "undo"
    NOTE = "note"
    CONSENT = "consent"
    FINISH = "finish"
    CLOSE = "close"
    COLLAPSE = "collapse"
    WINDOW_MENU = "window_menu"
    PREFERENCES = "preferences"
    FORWARD = "forward"
    HELP = "help"
    OWN_REVIEW = "own_review"
    PRACTICE = "practice"
    PRACTICE_STEP = "practice_step"


class CommandGroup(StrEnum):
    """What commands have to do with, for a list of them."""

    CALL = "call"
    CONCERN = "concern"
    ACTIONS = "actions"
    RESPONSE = "response"
    WINDOW = "window"


_KEYS: Final[Mapping[CommandGroup, Mapping[Command, str]]] = {
    CommandGroup.CALL: {
        Command.SEARCH: "Ctrl+F",
        Command.CONFIRM_CALLER: "Alt+A",
        Command.SPEAKER: "Alt+R",
        Command.TIMELINE: "Alt+J",
        Command.CRM: "Ctrl+O",
        Command.DATA_WISH: "Ctrl+D",
        Command.HANDOVER: "Alt+H",
        Command.NEXT_CALL: "Ctrl+Tab",
        Command.PREVIOUS_CALL: "Ctrl+Shift+Tab",
        Command.END_BY_HAND: "Alt+Q",
        Command.SIGN_IN: "Alt+L",
        Command.DAY: "Alt+Y",
        Command.DUE: "Alt+I",
        Command.ANSWERS: "Ctrl+H",
    },
    CommandGroup.CONCERN: {
        Command.CONCERN: "Alt+C",
        Command.SOLVED: "Alt+S",
        Command.NOT_SOLVED: "Alt+X",
        Command.FOLLOW_UP: "Alt+V",
        Command.FLAGS: "Alt+M",
    },
    CommandGroup.ACTIONS: {
        Command.ACTION_1: "Ctrl+1",
        Command.ACTION_2: "Ctrl+2",
        Command.ACTION_3: "Ctrl+3",
        Command.WHY: "Alt+W",
        Command.QUESTION: "Ctrl+M",
        Command.GUIDE: "Alt+G",
        Command.BENEFITS: "Alt+B",
        Command.OBJECTIONS: "Alt+O",
        Command.KNOWLEDGE: "Alt+K",
        Command.GUIDE_BACK: "Alt+Left",
    },
    CommandGroup.RESPONSE: {
        Command.DIGIT_1: "Alt+1",
        Command.DIGIT_2: "Alt+2",
        Command.DIGIT_3: "Alt+3",
        Command.DIGIT_4: "Alt+4",
        Command.DIGIT_5: "Alt+5",
        Command.DIGIT_6: "Alt+6",
        Command.UNDO: "Alt+U",
        Command.NOTE: "Alt+N",
        Command.CONSENT: "Alt+E",
        Command.FINISH: "Alt+F",
    },
    CommandGroup.WINDOW: {
        Command.CLOSE: "Esc",
        Command.COLLAPSE: "Alt+Z",
        Command.WINDOW_MENU: "Alt+D",
        Command.PREFERENCES: "Ctrl+,",
        Command.FORWARD: "Ctrl+Alt+N",
        Command.HELP: "F1",
        Command.OWN_REVIEW: "Ctrl+R",
        Command.PRACTICE: "Alt+P",
        Command.PRACTICE_STEP: "Alt+T",
    },
}
USUAL: Final[Mapping[Command, str]] = MappingProxyType({c: key for keys in _KEYS.values() for c, key in keys.items()})
"""The keys as the program comes: a command each."""
GROUPS: Final[Mapping[CommandGroup, tuple[Command, ...]]] = MappingProxyType({g: tuple(k) for g, k in _KEYS.items()})
"""The commands in the order in which they are listed."""
_NAMES: Final = {command.value: command for command in Command}
FIXED: Final = frozenset({Command.CLOSE})
"""What is the same in every program keeps its key."""


@dataclass(frozen=True, slots=True)
class KeyProblem:
    """Why a command cannot have a key: `other` has it already, or `why` says what it is used for.

    A problem without a command is about a name, in `name`, that no command has.
    """

    why: KeyFault
    key: str
    command: Command | None = None
    other: Command | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class KeyMap:
    """Every command's key; no two commands have the same one. An empty key of `FORWARD` is none."""

    own: Mapping[Command, str] = field(default_factory=dict)
    """What differs from the usual keys."""

    def __getitem__(self, command: Command) -> str:
        """The command's key, such as `Alt+N`."""
        return self.own.get(command, USUAL[command])

    def problem(self, command: Command, key: str) -> KeyProblem | None:
        """Why the command cannot have this key; None when it can."""
        if not key and command is Command.FORWARD:
            return None
        written = read_key(key)
        if written is None:
            return KeyProblem(KeyFault.UNREADABLE, key, command)
        if command in FIXED:
            return None if written == USUAL[command] else KeyProblem(KeyFault.FIXED, written, command)
        fault = fault_of(written, everywhere=command is Command.FORWARD)
        if fault is not None:
            return KeyProblem(fault, written, command)
        other = next((one for one in Command if one is not command and self[one] == written), None)
        return KeyProblem(KeyFault.TAKEN, written, command, other) if other else None

    def rebound(self, command: Command, key: str) -> Self:
        """The map with another key for a command. Raises `ValueError` for a key that it cannot have."""
        if self.problem(command, key) is not None:
            raise ValueError(f"{command.value} cannot have this key")
        return self._with(command, read_key(key) or "")

    def _with(self, command: Command, key: str) -> Self:
        own = {one: its for one, its in self.own.items() if one is not command}
        if key != USUAL[command]:
            own[command] = key
        return type(self)(MappingProxyType(own))


def key_map(overrides: Mapping[str, str]) -> tuple[KeyMap, tuple[KeyProblem, ...]]:
    """The map with the keys that were kept by the commands' names, and what of them cannot be.

    Of two commands that would share a key, those that differ from the usual go back to their usual key.
    """
    problems: list[KeyProblem] = []
    own: dict[Command, str] = {}
    for name, key in overrides.items():
        command = _NAMES.get(name)
        if command is None:
            problems.append(KeyProblem(KeyFault.UNKNOWN, key, name=name))
            continue
        problem = KeyMap().problem(command, key)
        if problem is not None and problem.why is not KeyFault.TAKEN:
            problems.append(problem)
        else:
            own[command] = read_key(key) or ""
    while (shared := _shared(own)) is not None:
        problems.append(shared)
        for command in (shared.command, shared.other):
            if command is not None:
                own.pop(command, None)
    differing = {command: key for command, key in own.items() if key != USUAL[command]}
    return KeyMap(MappingProxyType(differing)), tuple(problems)


def _shared(own: Mapping[Command, str]) -> KeyProblem | None:
    """Two commands with one key, the first of them with a key of its own."""
    seen: dict[str, Command] = {}
    for command in _own_last(own):
        key = own.get(command, USUAL[command])
        if key and key in seen:
            return KeyProblem(KeyFault.TAKEN, key, command, seen[key])
        seen[key] = command
    return None


def _own_last(own: Iterable[Command]) -> Iterable[Command]:
    chosen = frozenset(own)
    return sorted(Command, key=lambda command: command in chosen)
