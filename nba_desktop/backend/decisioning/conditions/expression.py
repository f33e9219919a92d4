"""A checked condition as a typed tree: what the language allows and nothing else.

`every`, `some` and `opposite` make trees without needless parts: no group in a group of the same kind, and `Always`
only as a whole tree. Both follow from Kleene's logic, so the answer stays the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from nba_desktop.backend.decisioning.attributes import AttributeType

Scalar = str | int | float | bool | date
Relation = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Asked:
    """The value of an attribute or of a journey query, by its key."""

    key: str
    type: AttributeType


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value written in the condition."""

    value: Scalar


@dataclass(frozen=True, slots=True)
class Days:
    """The days from one date to another; negative when they come the other way round."""

    start: Asked
    end: Asked


Operand = Asked | Fixed | Days


@dataclass(frozen=True, slots=True)
class Always:
    """True or false for everyone."""

    truth: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """An attribute that is itself true or false."""

    asked: Asked


@dataclass(frozen=True, slots=True)
class Compare:
    """Two operands of one type, at least one of them asked; only numbers and dates have an order."""

    left: Operand
    relation: Relation
    right: Operand


@dataclass(frozen=True, slots=True)
class Member:
    """Whether something asked is one of the fixed values (of its type)."""

    operand: Asked | Days
    members: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class Opposite:
    """`not`."""

    inner: Expression


@dataclass(frozen=True, slots=True)
class Every:
    """`and` over two or more."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """`or` over two or more."""

    parts: tuple[Expression, ...]


Expression = Always | Flag | Compare | Member | Opposite | Every | Some


def every(parts: Sequence[Expression]) -> Expression:
    """`and` over any number of expressions."""
    flat: list[Expression] = []
    for part in parts:
        match part:
            case Always(truth=False):
                return part
            case Always():
                continue
            case Every():
                flat.extend(part.parts)
            case _:
                flat.append(part)
    if not flat:
        return Always(True)
    return flat[0] if len(flat) == 1 else Every(tuple(flat))


def some(parts: Sequence[Expression]) -> Expression:
    """`or` over any number of expressions."""
    flat: list[Expression] = []
    for part in parts:
        match part:
            case Always(truth=True):
                return part
            case Always():
                continue
            case Some():
                flat.extend(part.parts)
            case _:
                flat.append(part)
    if not flat:
        return Always(False)
    return flat[0] if len(flat) == 1 else Some(tuple(flat))


def opposite(inner: Expression) -> Expression:
    """`not` over an expression."""
    match inner:
        case Always():
            return Always(not inner.truth)
        case Opposite():
            return inner.inner
        case _:
            return Opposite(inner)
