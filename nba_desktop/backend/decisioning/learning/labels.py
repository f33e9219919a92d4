"""What the responses to one recommendation teach, as the table of response codes in the documentation says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from nba_desktop.contract.codes import OutcomeCode, ResponseCode


@dataclass(frozen=True, slots=True)
class Label:
    """What is learnt: 1 for accepted, 0 for declined; a weak label counts with less than weight 1."""

    accepted: int
    weight: float = 1.0


YES: Final = Label(1)
NO: Final = Label(0)
WEAK_NO: Final = Label(0, weight=0.3)
"""“Not today” says more about the day than about the action."""

_ANSWERS: Final[dict[ResponseCode | OutcomeCode, Label]] = {
    ResponseCode.ACCEPTED_DONE: YES,
    ResponseCode.ACCEPTED_PENDING: YES,
    ResponseCode.DECLINED_NO_NEED: NO,
    ResponseCode.DECLINED_PRICE: NO,
    ResponseCode.DECLINED_HAS_OTHER: NO,
    ResponseCode.DECLINED_TRUST: NO,
    ResponseCode.DECLINED_NOT_NOW: WEAK_NO,
    ResponseCode.STOP_TOPIC: NO,
}
"""Every code that says yes or no."""

_OPEN: Final = frozenset(
    {
        ResponseCode.INTEREST_INFO,
        ResponseCode.INTEREST_CALLBACK,
        ResponseCode.INTEREST_SPECIALIST,
        ResponseCode.THINKING,
        ResponseCode.NOT_DECIDER,
    }
)
"""What the customer says instead of yes or no. Interest is not acceptance and does not train it."""

_UNDONE: Final = frozenset({OutcomeCode.REVOKED, OutcomeCode.CANCELLED_BY_CUSTOMER})
"""These say that a yes did not hold; without a yes before them they say nothing about this recommendation."""


def final_label(codes: Iterable[ResponseCode | OutcomeCode | str]) -> Label | None:
    """Return what everything known of one recommendation comes to, its codes in the order of their moments.

    The customer's last word counts: a yes or no replaces the one before it, and an open answer takes it back. What is
    no word of the customer (not addressed, call dropped, wrong data, no code, a teaser seen or clicked) leaves it. A
    completion is a yes whatever was said before it, also before or after a lapse or without any code; what undoes a yes
    makes it a no. Raises `ValueError` for a code that neither table knows.
    """
    label: Label | None = None
    completed = False
    for code in codes:
        known = _as_code(code)
        if known is OutcomeCode.COMPLETED:
            label, completed = YES, True
        elif known in _UNDONE or (known is OutcomeCode.PENDING_LAPSED and not completed):
            label = NO if label == YES else label
        elif known is OutcomeCode.TEASER_DISMISSED:
            # A click that closes a teaser does not unsay a yes given elsewhere.
            label = label or WEAK_NO
        elif known in _OPEN:
            label = None
        else:
            label = _ANSWERS.get(known, label)
    return label


def _as_code(code: ResponseCode | OutcomeCode | str) -> ResponseCode | OutcomeCode:
    """Return the code as a member of its table; raises `ValueError` when neither table has it."""
    if isinstance(code, ResponseCode | OutcomeCode):
        return code
    return ResponseCode(code) if code in ResponseCode.__members__ else OutcomeCode(code)
