"""What is recommended for which contact reason in which arm, and how probable that was.

There are a few lists for each contact reason, drawn once; a call draws one of them. So the probability that an action
was shown is known exactly, and does not depend on the agent.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nba_desktop.backend.decisioning.arms import Arm
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.samples.half_year import truth
from nba_desktop.contract.codes import RESPONSE_GROUPS, ActionKind, ConsentPurpose, ResponseCode, ResponseGroup

SLOTS: Final = 3
_VARIANTS: Final = {Arm.RANKED: 6, Arm.WITHOUT_LEVERS: 6, Arm.RANDOM: 12}
_NOISE: Final = 0.35
_LIFTED: Final = 1.6
_ONLY_FITTING: Final = frozenset({ActionKind.SERVICE, ActionKind.RETENTION})


@dataclass(frozen=True, slots=True)
class Offer:
    """A list of candidates, best first, and how many of them are shown, with the probability of each to be shown."""

    candidates: tuple[Action, ...]
    shown: tuple[Action, ...]
    probabilities: Mapping[str, float]
    probability: float


@dataclass(frozen=True, slots=True)
class _Case:
    concern: str
    may_advertise: bool
    may_ask: bool


class Offers:
    """Draws offers; `chance` settles the lists once."""

    def __init__(self, catalogue: Catalogue, concerns: Sequence[str], chance: random.Random) -> None:
        # Consents for other purposes need other proofs than a made-up call has.
        usable = [one for one in catalogue.actions if _usable(one)]
        self._lists = {
            (concern, arm): [_drawn(chance, _sensible(usable, concern), concern, arm) for _ in range(number)]
            for concern in concerns
            for arm, number in _VARIANTS.items()
        }
        self._known: dict[_Case, dict[Arm, list[Offer]]] = {}

    def draw(self, chance: random.Random, concern: str, arm: Arm, may_advertise: bool, may_ask: bool) -> Offer:
        """Return what is recommended to a customer in an arm."""
        case = _Case(concern, may_advertise, may_ask)
        if case not in self._known:
            self._known[case] = self._offers(case)
        return chance.choice(self._known[case][arm])

    def _offers(self, case: _Case) -> dict[Arm, list[Offer]]:
        lists: dict[Arm, list[tuple[Action, ...]]] = {
            arm: [tuple(one for one in drawn if _may(one, case))[:SLOTS] for drawn in self._lists[case.concern, arm]]
            for arm in _VARIANTS
        }
        lists[Arm.NOTHING] = lists[Arm.RANKED]
        slates = {arm: [_shown(arm, one) for one in found] for arm, found in lists.items()}
        weights: dict[str, float] = {}
        whole: dict[tuple[str, ...], float] = {}
        for arm, found in slates.items():
            for slate in found:
                share = truth.ARMS.of(arm) / 100 / len(found)
                names = tuple(one.action_id for one in slate)
                whole[names] = whole.get(names, 0.0) + share
                for name in names:
                    weights[name] = weights.get(name, 0.0) + share
        return {
            arm: [
                Offer(listed, slate, weights, whole[tuple(one.action_id for one in slate)])
                for listed, slate in zip(found, slates[arm], strict=True)
            ]
            for arm, found in lists.items()
        }


def asks(action: Action) -> bool:
    """Whether an action asks for the consent to be advertised to."""
    return action.entry.kind is ActionKind.CONSENT and action.entry.consent_purpose is ConsentPurpose.ADV_OWN


def accepting(action: Action) -> ResponseCode | None:
    """Return the code of a yes to an action, or None where the catalogue has none."""
    found = [code for code in RESPONSE_GROUPS[ResponseGroup.ACCEPTED] if code in action.entry.responses]
    return found[0] if found else None


def fits(action: Action, concern: str) -> bool:
    """Whether the contact reason is one of the action's own."""
    return concern in action.entry.concerns


def _usable(action: Action) -> bool:
    return accepting(action) is not None and (action.entry.kind is not ActionKind.CONSENT or asks(action))


def _may(action: Action, case: _Case) -> bool:
    return (case.may_advertise or not action.advertising) and (case.may_ask or not asks(action))


def _shown(arm: Arm, listed: Sequence[Action]) -> tuple[Action, ...]:
    slate = tuple(listed)
    return tuple(one for one in slate if one.entry.kind is ActionKind.SERVICE) if arm is Arm.NOTHING else slate


def _sensible(actions: Sequence[Action], concern: str) -> list[Action]:
    """Service and retention are offered only for what the call is about."""
    return [one for one in actions if one.entry.kind not in _ONLY_FITTING or fits(one, concern)]


def _drawn(chance: random.Random, actions: Sequence[Action], concern: str, arm: Arm) -> tuple[Action, ...]:
    """All actions in some order: by what they promise with a little chance, or by lot."""
    if arm is Arm.RANDOM:
        return tuple(chance.sample(list(actions), k=len(actions)))
    keys = {
        one.action_id: truth.probability(one.entry.base_rate, fits(one, concern))
        * (_LIFTED if fits(one, concern) or asks(one) else 1.0)
        * math.sqrt(one.value)
        * chance.lognormvariate(0, _NOISE)
        for one in actions
    }
    return tuple(sorted(actions, key=lambda one: -keys[one.action_id]))
