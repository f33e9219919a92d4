"""Which customers are compared with which: control arms and the ramp of a version, both by hash.

A customer keeps the arm for a whole period, so that what is compared are customers and not single calls. The hash is
BLAKE2b over length-prefixed fields, with a purpose of its own for arms and for the ramp, so that the two are
independent; Python's `hash()` would give another arm in every process.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Final, Literal

from nba_desktop.backend.errors import ConfigurationError

PeriodLength = Literal["month", "quarter", "year"]


class Arm(StrEnum):
    """What decides about the advertising actions a customer is shown; service actions are shown in every arm."""

    RANKED = "ranked"
    WITHOUT_LEVERS = "without_levers"
    RANDOM = "random"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ArmShares:
    """The share of customers in each arm, in percent; together 100.

    Raises ConfigurationError for a share below 0 and for shares that do not add up.
    """

    ranked: float = 90
    without_levers: float = 4
    random: float = 4
    nothing: float = 2

    def __post_init__(self) -> None:
        shares = {arm.value: self.of(arm) for arm in Arm}
        for name, share in shares.items():
            if not 0 <= share <= 100:
                raise ConfigurationError(f"the share of the arm {name} is {share}: give a percentage from 0 to 100")
        total = math.fsum(shares.values())
        if not math.isclose(total, 100, abs_tol=1e-9):
            given = ", ".join(f"{name} {share:g}" for name, share in shares.items())
            raise ConfigurationError(f"the shares of the arms add up to {total:g}, not to 100 ({given})")

    def of(self, arm: Arm) -> float:
        """The share of one arm in percent."""
        match arm:
            case Arm.RANKED:
                return self.ranked
            case Arm.WITHOUT_LEVERS:
                return self.without_levers
            case Arm.RANDOM:
                return self.random
            case Arm.NOTHING:
                return self.nothing


# Control arms lie at the low end: switching one off moves its own customers and no others to `ranked`.
_CONTROLS_FIRST: Final = (Arm.NOTHING, Arm.RANDOM, Arm.WITHOUT_LEVERS)


def arm_of(customer_id: str, period: str, salt: str, shares: ArmShares) -> Arm:
    """The customer's arm in a period (as `period_of` names it); `salt` is the site's, so that sites differ."""
    place = _uniform(b"nba-arm", salt, period, customer_id) * 100
    end = 0.0
    for arm in _CONTROLS_FIRST:
        end += shares.of(arm)
        if place < end:
            return arm
    return Arm.RANKED


def period_of(day: date, length: PeriodLength = "quarter") -> str:
    """The period of a local day: "2026-11", "2026Q4" or "2026"."""
    match length:
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "quarter":
            return f"{day.year:04}Q{(day.month + 2) // 3}"
        case "year":
            return f"{day.year:04}"


def ramp_share(customer_id: str, version: str) -> float:
    """The customer's place in the ramp of a version, from 0 to below 1: he is in while it is below the ramp's share.

    Who is in at 2 % therefore stays in at 10 %; another version orders the customers anew.
    """
    return _uniform(b"nba-ramp", version, customer_id)


def _uniform(purpose: bytes, *fields: str) -> float:
    digest = blake2b(digest_size=8, person=purpose)
    for field in fields:
        data = field.encode()
        digest.update(len(data).to_bytes(4, "big"))
        digest.update(data)
    # 53 bits are what a float between 0 and 1 holds exactly.
    return (int.from_bytes(digest.digest(), "big") >> 11) / 2**53
