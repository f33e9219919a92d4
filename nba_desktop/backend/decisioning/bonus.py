"""Which bonus an offer holds: the smallest that keeps the customer, pays, and may be promised by this agent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Action
from nba_desktop.backend.decisioning.entries.policies import BonusEntry
from nba_desktop.contract.codes import ChurnClass

NoBonus = Literal["no_ladder", "not_moved", "not_worth_it", "above_authority"]


@dataclass(frozen=True, slots=True)
class BonusDecision:
    """A bonus in EUR, or None and why there is none.

    `not_moved`: no step moves this customer's retention enough; `not_worth_it`: those that do cost more than the
    margin they save; `above_authority`: the agent may promise none of those that would pay.
    """

    eur: float | None
    none_because: NoBonus | None = None


def bonus_for(action: Action, churn_class: Value, rules: BonusEntry, authority: str | None) -> BonusDecision:
    """Climb the action's bonus ladder for a customer of this churn class (None where it is not known).

    `authority` is the agent's level; without one, or with one the catalogue does not name, he may promise nothing.
    """
    ladder = action.entry.value.bonus_ladder
    if not ladder:
        return BonusDecision(None, "no_ladder")
    churn = ChurnClass(churn_class) if isinstance(churn_class, str) and churn_class in set(ChurnClass) else None
    points = [(step, 0.0 if churn is None else step.retention_points.get(churn, 0.0)) for step in ladder]
    moving = [(step, moved) for step, moved in points if moved >= rules.enough_points]
    if not moving:
        return BonusDecision(None, "not_moved")
    paying = [step.eur for step, moved in moving if moved / 100 * action.entry.value.margin_eur > step.eur]
    if not paying:
        return BonusDecision(None, "not_worth_it")
    limit = rules.limits_eur.get(authority, 0.0) if authority is not None else 0.0
    smallest = next((eur for eur in paying if eur <= limit), None)
    return BonusDecision(smallest, None if smallest is not None else "above_authority")


def value_with_bonus(action: Action, eur: float | None) -> float:
    """The value of an action as a factor around 1, its bonus taken off its margin; never below 0."""
    if not eur:
        return action.value
    return max((action.entry.value.margin_eur - eur) / action.median_eur, 0.0)
