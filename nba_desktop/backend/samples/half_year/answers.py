"""What becomes of one recommendation that an agent raises: objections, the customer's word, and what follows later."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.samples.half_year import truth
from nba_desktop.backend.samples.half_year.offers import accepting, fits
from nba_desktop.contract.codes import (
    RESPONSE_GROUPS,
    ClosingForm,
    Duty,
    OutcomeCode,
    ResponseCode,
    ResponseGroup,
)

_DAY_S: Final = 86_400.0
_OTHERWISE: Final = {ResponseGroup.DECLINED: 12, ResponseGroup.INTEREST: 4, ResponseGroup.THINKING: 3}
_LAPSES_AFTER_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a recommendation; `mistaken` is what was clicked first and taken back."""

    action: Action
    objections: tuple[str, ...]
    code: ResponseCode
    mistaken: ResponseCode | None
    link: bool

    @property
    def accepted(self) -> bool:
        """Whether the customer said yes."""
        return self.code in RESPONSE_GROUPS[ResponseGroup.ACCEPTED]

    @property
    def declined(self) -> bool:
        """Whether the customer said no."""
        return self.code in RESPONSE_GROUPS[ResponseGroup.DECLINED]


def answered(chance: random.Random, action: Action, concern: str, effect: truth.AgentEffect) -> Answer:
    """Return what a customer says to an action that an agent raises."""
    rate = truth.probability(action.entry.base_rate, fits(action, concern), effect.points)
    yes = accepting(action)
    dear = truth.TOO_EXPENSIVE in (one.id for one in action.entry.objections) and chance.random() < truth.PRICE_RAISED
    code = yes if yes is not None and chance.random() < rate else _otherwise(chance, action, effect, dear)
    objections = (truth.TOO_EXPENSIVE,) if dear else _other_objection(chance, action, code)
    mistaken = None
    if chance.random() < truth.CORRECTED:
        mistaken = chance.choice([one for one in action.entry.responses if one is not code] or [ResponseCode.NO_CODE])
    sent = confirmed_in_text(action) and yes is code and chance.random() < truth.LINK_SENT
    return Answer(action, objections, code, mistaken, sent)


def confirmed_in_text(action: Action) -> bool:
    """Whether what a customer accepts is to be confirmed in text form."""
    entry = action.entry
    return entry.closing_form is ClosingForm.TEXT_FORM or Duty.CONFIRMATION_DURABLE_MEDIUM in entry.duties


def later(chance: random.Random, answer: Answer) -> Iterator[tuple[float, OutcomeCode]]:
    """Yield what other systems say afterwards, with the seconds after the call."""
    done: float | None = None
    if answer.code is ResponseCode.ACCEPTED_PENDING:
        lot = chance.random()
        if lot < truth.CONFIRMED:
            done = min(chance.expovariate(1 / 3.0), 13.0) * _DAY_S + 3600
            yield done, OutcomeCode.COMPLETED
        elif lot < truth.CONFIRMED + truth.LAPSED:
            yield _LAPSES_AFTER_DAYS * _DAY_S, OutcomeCode.PENDING_LAPSED
    elif answer.code is ResponseCode.ACCEPTED_DONE and Duty.WITHDRAWAL_14_DAYS in answer.action.entry.duties:
        done = 0.0
    if done is not None and chance.random() < truth.UNDONE:
        code = chance.choice((OutcomeCode.REVOKED, OutcomeCode.CANCELLED_BY_CUSTOMER))
        yield done + chance.uniform(1, 13) * _DAY_S, code


def anyway(chance: random.Random, action: Action, concern: str) -> float | None:
    """Return how many seconds after a call a customer does by himself what he did not accept in it, None if not."""
    return chance.uniform(0.2, 13) * _DAY_S if chance.random() < anyway_rate(action, concern) else None


def anyway_rate(action: Action, concern: str) -> float:
    """Return how probably he does; whether it was shown to him makes no difference."""
    return truth.probability(action.entry.base_rate, fits(action, concern)) * truth.RAISED[0] * truth.ANYWAY


def _otherwise(chance: random.Random, action: Action, effect: truth.AgentEffect, dear: bool) -> ResponseCode:
    if chance.random() >= truth.CODED:
        return ResponseCode.NO_CODE
    known = {group: [code for code in RESPONSE_GROUPS[group] if code in action.entry.responses] for group in _OTHERWISE}
    weights = {group: float(_OTHERWISE[group]) for group, codes in known.items() if codes}
    if not weights:
        return ResponseCode.NO_CODE
    if dear and len(weights) > 1 and ResponseGroup.DECLINED in weights:
        share = effect.declined_after_price
        share = truth.DECLINED_AFTER_PRICE if share is None else share
        rest = sum(weights.values()) - weights[ResponseGroup.DECLINED]
        weights[ResponseGroup.DECLINED] = rest * share / (1 - share)
    group = chance.choices(list(weights), list(weights.values()))[0]
    if dear and group is ResponseGroup.DECLINED and ResponseCode.DECLINED_PRICE in known[group]:
        return ResponseCode.DECLINED_PRICE
    return chance.choice(known[group])


def _other_objection(chance: random.Random, action: Action, code: ResponseCode) -> tuple[str, ...]:
    """An objection other than the price; more often before a no than before a yes."""
    if code in RESPONSE_GROUPS[ResponseGroup.ACCEPTED]:
        share = truth.ANY_OBJECTION_BEFORE_YES
    elif code in RESPONSE_GROUPS[ResponseGroup.DECLINED]:
        share = truth.ANY_OBJECTION_BEFORE_NO
    else:
        return ()
    others = [one.id for one in action.entry.objections if one.id != truth.TOO_EXPENSIVE]
    return (chance.choice(others),) if others and chance.random() < share else ()
