"""A team's week as packed arrays: small types, one after the other, with the names they stand for in front.

    4 bytes: length of the head · head (JSON) · the arrays of `CALLS`, `ACTIONS`, `OBJECTIONS` in this order

A million facts are a dozen megabytes and are read with one copy. The form is the store's own business: what cannot be
read is packed anew from the rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nba_desktop.backend.arrays import BoolArray, Places
from nba_desktop.contract.codes import ResponseCode

FORM: Final = 4
NONE: Final = 0xFFFF
"""Stands for no name, and for a time that nobody knows."""
NO_CODE: Final = 0xFF
"""Stands for no code."""

CODES: Final = tuple(ResponseCode)
"""What the numbers of codes mean; one that is added goes to the end."""

_CODE_NUMBERS: Final = {code.value: number for number, code in enumerate(CODES)}
_LONGEST: Final = NONE - 1
_FIRST_DAY: Final = date(2000, 1, 1)

Column: TypeAlias = "npt.NDArray[np.unsignedinteger[Any]]"

CALL_BITS: Final = (
    "identified",
    "authenticated",
    "solved",
    "opportunity",
    "presented",
    "accepted",
    "needs_reason",
    "consent_missing",
    "consent_asked",
    "consent_granted",
    "consent_pending",
    "consent_confirmed",
    "transferred",
    "repeated",
)
ACTION_BITS: Final = (
    "shown",
    "addressed",
    "offered",
    "decided",
    "accepted",
    "coded",
    "completed",
    "withheld",
    "completed_anyhow",
)

CALLS: Final[dict[str, np.dtype[Any]]] = {
    "agent": np.dtype("<u2"),
    "queue": np.dtype("<u2"),
    "concern": np.dtype("<u2"),
    "stratum": np.dtype("<u2"),
    "arm": np.dtype("<u2"),
    "bits": np.dtype("<u2"),
    "reason": np.dtype("u1"),
    "talk_s": np.dtype("<u2"),
    "hold_s": np.dtype("<u2"),
    "after_s": np.dtype("<u2"),
    "painted_ms": np.dtype("<u2"),
    "chance_before": np.dtype("<u2"),
    "actions": np.dtype("u1"),
}
"""One row for each call; `actions` is how many of the next table are its."""
ACTIONS: Final[dict[str, np.dtype[Any]]] = {"action": np.dtype("<u2"), "bits": np.dtype("<u2"), "code": np.dtype("u1")}
OBJECTIONS: Final[dict[str, np.dtype[Any]]] = {"fact": np.dtype("<u4"), "objection": np.dtype("<u2")}
"""One row for each objection raised, in order; `fact` is the place of its action in the table before."""

CALL_COLUMNS: Final = (
    "contact_id",
    "agent",
    "queue",
    "concern",
    "stratum",
    "arm",
    *CALL_BITS,
    "reason",
    "talk_s",
    "hold_s",
    "after_s",
    "painted_ms",
    "chance_before",
)
ACTION_COLUMNS: Final = ("contact_id", "action_id", *ACTION_BITS, "code")
OBJECTION_COLUMNS: Final = ("contact_id", "action_id", "objection_id")

_NAMES: Final = ("agents", "queues", "concerns", "actions", "arms", "objections")
_NAMES_OF: Final = {
    "agent": "agents",
    "queue": "queues",
    "concern": "concerns",
    "stratum": "actions",
    "arm": "arms",
    "action": "actions",
    "objection": "objections",
}
"""Whose numbers stand in a column, where it is not a number by itself."""

Row: TypeAlias = "tuple[Any, ...]"


@dataclass(frozen=True, slots=True)
class WeekRows:
    """The facts of a team's week as they are kept: tuples of `CALL_COLUMNS`, `ACTION_COLUMNS`, `OBJECTION_COLUMNS`.

    What stands for a contact is the same in all three; `repeated` and `coded` and `completed` are yes or no like the
    rest. Objections are in the order they were raised.
    """

    calls: Sequence[Row]
    actions: Sequence[Row]
    objections: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Segment:
    """A team's week in memory: columns by name, and the names that numbers in them stand for."""

    names: dict[str, tuple[str, ...]]
    calls: dict[str, Column]
    actions: dict[str, Column]
    objections: dict[str, Column]

    @property
    def call_of_action(self) -> Places:
        """For each action the place of its call."""
        return np.repeat(np.arange(len(self.calls["agent"])), self.calls["actions"])

    def call_bit(self, name: str) -> BoolArray:
        """Return one yes or no of each call."""
        return _bit(self.calls["bits"], CALL_BITS.index(name))

    def action_bit(self, name: str) -> BoolArray:
        """Return one yes or no of each action."""
        return _bit(self.actions["bits"], ACTION_BITS.index(name))

    def first_chance_since(self, day: date) -> BoolArray:
        """Which calls come before any opportunity call of their customer since a day."""
        before = self.calls["chance_before"]
        first: BoolArray = (before == NONE) | (before < day_number(day))
        return first

    def only(self, calls: BoolArray) -> Segment:
        """Return some of the calls with what belongs to them; the names stay."""
        if calls.all():
            return self
        actions = calls[self.call_of_action]
        fact = self.objections["fact"]
        objections = actions[fact]
        said = {name: column[objections] for name, column in self.objections.items()}
        said["fact"] = (np.cumsum(actions) - 1)[fact[objections]].astype(fact.dtype)
        return Segment(
            self.names,
            {name: column[calls] for name, column in self.calls.items()},
            {name: column[actions] for name, column in self.actions.items()},
            said,
        )

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return sum(one.nbytes for table in (self.calls, self.actions, self.objections) for one in table.values())


def day_number(day: date) -> int:
    """The number that stands for a day in a column."""
    return min(max((day - _FIRST_DAY).days, 0), _LONGEST)


def _bit(bits: Column, place: int) -> BoolArray:
    mask: BoolArray = (bits & bits.dtype.type(1 << place)) != 0
    return mask


class _Numbers:
    """Gives names numbers in the order they come."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self.names: dict[str, int] = {name: number for number, name in enumerate(names)}

    def of(self, names: Iterable[str | None]) -> list[int]:
        known = self.names
        return [NONE if name is None else known.setdefault(name, len(known)) for name in names]


def segment_of(rows: WeekRows) -> Segment:
    """Put the facts of a team's week into columns."""
    numbers = {name: _Numbers() for name in _NAMES}
    calls, actions, objections = (
        dict(zip(names, zip(*table, strict=True) if table else ((),) * len(names), strict=True))
        for names, table in (
            (CALL_COLUMNS, rows.calls),
            (ACTION_COLUMNS, rows.actions),
            (OBJECTION_COLUMNS, rows.objections),
        )
    )
    place = {contact_id: number for number, contact_id in enumerate(calls["contact_id"])}
    of_call = np.array([place[contact_id] for contact_id in actions["contact_id"]], dtype=np.intp)
    order = np.argsort(of_call, kind="stable")
    fact = {key: number for number, key in enumerate(zip(actions["contact_id"], actions["action_id"], strict=True))}
    moved = np.empty(len(order), dtype=np.intp)
    moved[order] = np.arange(len(order))
    raised = moved[[fact[key] for key in zip(objections["contact_id"], objections["action_id"], strict=True)]]
    columns = {
        "agent": numbers["agents"].of(calls["agent"]),
        "queue": numbers["queues"].of(calls["queue"]),
        "concern": numbers["concerns"].of(calls["concern"]),
        "stratum": numbers["actions"].of(calls["stratum"]),
        "arm": numbers["arms"].of(calls["arm"]),
        "bits": _bits(calls, CALL_BITS),
        "reason": _codes(calls["reason"]),
        **{name: _times(calls[name]) for name in ("talk_s", "hold_s", "after_s", "painted_ms")},
        "chance_before": [NONE if one is None else day_number(one) for one in calls["chance_before"]],
        "actions": np.bincount(of_call, minlength=len(calls["agent"])),
    }
    flat = {
        "action": np.array(numbers["actions"].of(actions["action_id"]), dtype=np.intp)[order],
        "bits": _bits(actions, ACTION_BITS)[order],
        "code": np.array(_codes(actions["code"]), dtype=np.intp)[order],
    }
    said = {"fact": raised, "objection": numbers["objections"].of(objections["objection_id"])}
    return Segment(
        {name: tuple(one.names) for name, one in numbers.items()},
        {name: np.asarray(columns[name]).astype(dtype) for name, dtype in CALLS.items()},
        {name: np.asarray(flat[name]).astype(dtype) for name, dtype in ACTIONS.items()},
        {name: np.asarray(said[name]).astype(dtype) for name, dtype in OBJECTIONS.items()},
    )


def joined(segments: Sequence[Segment], first: Mapping[str, Sequence[str]]) -> Segment:
    """Put segments behind one another, as if all were one week's; `first` are names that get the first numbers."""
    numbers = {name: _Numbers(first.get(name, ())) for name in _NAMES}
    tables: tuple[dict[str, list[Column]], ...] = tuple(
        {name: [np.zeros(0, dtype)] for name, dtype in columns.items()} for columns in (CALLS, ACTIONS, OBJECTIONS)
    )
    facts = 0
    for one in segments:
        new = {name: np.array([*numbers[name].of(one.names[name]), NONE], dtype="<u2") for name in _NAMES}
        for found, table in zip(tables, (one.calls, one.actions, one.objections), strict=True):
            for name, column in table.items():
                if name in _NAMES_OF:
                    # No name is a larger number than any, and clipped to the last, which stays none.
                    column = new[_NAMES_OF[name]].take(column, mode="clip")
                found[name].append(column + facts if name == "fact" else column)
        facts += len(one.actions["action"])
    calls, actions, objections = (
        {
            name: np.concatenate(parts).astype(dtype, copy=False)
            for (name, dtype), parts in zip(columns.items(), found.values(), strict=True)
        }
        for columns, found in zip((CALLS, ACTIONS, OBJECTIONS), tables, strict=True)
    )
    return Segment({name: tuple(one.names) for name, one in numbers.items()}, calls, actions, objections)


def packed(segment: Segment) -> bytes:
    """Return a segment as bytes."""
    tables = (segment.calls["agent"], segment.actions["action"], segment.objections["fact"])
    head = json.dumps(
        {"form": FORM, "rows": [len(one) for one in tables], "names": segment.names}, ensure_ascii=False
    ).encode()
    parts = [len(head).to_bytes(4, "little"), head]
    parts += [segment.calls[name].tobytes() for name in CALLS]
    parts += [segment.actions[name].tobytes() for name in ACTIONS]
    parts += [segment.objections[name].tobytes() for name in OBJECTIONS]
    return b"".join(parts)


def unpacked(content: bytes) -> Segment | None:
    """Return a segment from its bytes, or None where they are of another form and are to be packed anew."""
    end = 4 + int.from_bytes(content[:4], "little")
    head = json.loads(content[4:end])
    if head["form"] != FORM:
        return None
    place = end
    tables: list[dict[str, Column]] = []
    for rows, columns in zip(head["rows"], (CALLS, ACTIONS, OBJECTIONS), strict=True):
        table: dict[str, Column] = {}
        for name, dtype in columns.items():
            table[name] = np.frombuffer(content, dtype, rows, place)
            place += rows * dtype.itemsize
        tables.append(table)
    return Segment({name: tuple(names) for name, names in head["names"].items()}, *tables)


def _bits(columns: Mapping[str, Sequence[Any]], names: Sequence[str]) -> Places:
    bits = np.zeros(len(columns[names[0]]), dtype=np.intp)
    for place, name in enumerate(names):
        bits |= np.array(columns[name], dtype=np.bool_).astype(np.intp) << place
    return bits


def _codes(codes: Sequence[str | None]) -> list[int]:
    return [NO_CODE if code is None else _CODE_NUMBERS[code] for code in codes]


def _times(times: Sequence[int | None]) -> list[int]:
    return [NONE if one is None else min(one, _LONGEST) for one in times]
