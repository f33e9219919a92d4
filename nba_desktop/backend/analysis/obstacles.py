"""What besides the catalogue's own rules stands between each action and one customer.

The engine stops at the first; here each is named, so that it can be told which is the only one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from nba_desktop.backend.analysis.population import Person
from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.built_in_rules import (
    ADVERTISING_OBJECTION,
    is_objected_to,
    load_gate,
    out_of_date,
    skill_missing,
    value_missing,
)
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.contact_policy import ContactPolicy, Removal, blocked_by_consent
from nba_desktop.backend.decisioning.quiet import (
    REPRESENTATIVE,
    is_held_back,
    is_the_customers_own,
    quiet_reasons,
    quiet_removals,
)
from nba_desktop.contract.codes import ActionKind, Load, QuietReason, Stage


class Obstacle(NamedTuple):
    """A built-in rule that keeps the action at `place` of the catalogue out."""

    place: int
    stage: Stage
    rule: str


class Obstacles:
    """Finds them in one catalogue; for calls, where no place of the portal is asked."""

    def __init__(self, catalogue: Catalogue, skills: frozenset[str], load: Load, now: datetime) -> None:
        self._catalogue = catalogue
        self._now = now
        self._threshold, self._gated_out = load_gate(catalogue, load)
        today = now.astimezone(catalogue.zone).date()
        self._for_all = [
            _obstacle(place, out)
            for place, action in enumerate(catalogue.actions)
            for out in (out_of_date(action, today), skill_missing(action, skills))
            if out is not None
        ]
        self._objected_to = [place for place, one in enumerate(catalogue.actions) if is_objected_to(one)]
        self._held_back = [place for place, one in enumerate(catalogue.actions) if is_held_back(one)]
        self._own = [place for place, one in enumerate(catalogue.actions) if is_the_customers_own(one)]
        self._needing = [(place, one) for place, one in enumerate(catalogue.actions) if one.entry.needs]
        self._asking = [
            (place, purpose)
            for place, one in enumerate(catalogue.actions)
            if (purpose := one.entry.consent_purpose) is not None
        ]
        self._sales = [place for place, one in enumerate(catalogue.actions) if one.entry.kind is ActionKind.SALES]

    @property
    def gated(self) -> bool:
        """Whether the load of the queues keeps anything out, so that propensities are needed."""
        return self._threshold > 0

    def of(self, person: Person, values: Mapping[str, Value], means: FloatArray | None) -> list[Obstacle]:
        """Name all for one person with these values.

        `means` are the actions' propensities, needed where it is `gated`.
        """
        found = list(self._for_all)
        if person.consents.objected:
            found += [_obstacle(place, ADVERTISING_OBJECTION) for place in self._objected_to]
        reasons = quiet_reasons(values, self._catalogue.entry.quiet)
        if QuietReason.REPRESENTATIVE in reasons:
            found += [_obstacle(place, REPRESENTATIVE) for place in self._own]
        found += [_obstacle(place, out) for out in quiet_removals(values, reasons) for place in self._held_back]
        found += [
            _obstacle(place, out)
            for place, action in self._needing
            if (out := value_missing(action, values)) is not None
        ]
        for place, purpose in self._asking:
            settled = blocked_by_consent(self._catalogue, purpose, person.consents, self._now)
            if settled is not None:
                found.append(_obstacle(place, settled))
        if person.past or person.exposures:
            policy = ContactPolicy(self._catalogue, person.past, person.exposures, self._now)
            for place, action in enumerate(self._catalogue.actions):
                out = policy.removal(action)
                if out is not None:
                    found.append(_obstacle(place, out))
        if self.gated and means is not None:
            found += [_obstacle(place, self._gated_out) for place in self._sales if means[place] < self._threshold]
        return found


def _obstacle(place: int, out: Removal) -> Obstacle:
    return Obstacle(place, out.stage, out.rule)
