"""Why these and why not those: one recorded decision, explained after the fact."""

from __future__ import annotations

from uuid import UUID

from nba_desktop.contract.base import Answer, Code, Moment
from nba_desktop.contract.codes import ActionKind, DecisionChannel, Load, NoRecommendation
from nba_desktop.contract.recommendation import Because, Factors, LiveUse, WhyNot


class Move(Answer):
    """What moved a propensity away from the action's base rate, in log-odds."""

    name: str
    log_odds: float


class ExplainedAction(Answer):
    """An action that was shown, with every factor of its place."""

    action_id: Code
    title: str
    kind: ActionKind
    rank: int
    quiet: bool = False
    factors: Factors
    because: tuple[Because, ...] = ()
    base_rate: float
    moved_by: tuple[Move, ...] = ()
    shown_probability: float


class DecisionExplanation(Answer):
    """One decision as it was recorded: what was shown, what was not, and the reason for each.

    `withheld` are attributes without a legal basis in that moment, `stale` those that were too old to be used; neither
    was looked at. `live` is what was asked of other systems for it; what they did not say was missing. Names and
    contact points are not recorded: where a sentence needs one, it shows `[…]`.
    """

    decision_id: UUID
    decided_at: Moment
    catalogue_version: str
    model_version: str
    arm: Code
    load: Load
    channel: DecisionChannel
    placement: Code | None = None
    concern: Code | None = None
    concern_solved: bool | None = None
    shown: tuple[ExplainedAction, ...] = ()
    not_shown: tuple[WhyNot, ...] = ()
    none_because: NoRecommendation | None = None
    withheld: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    live: tuple[LiveUse, ...] = ()
