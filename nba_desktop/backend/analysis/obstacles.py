"""What besides the catalogue's own rules stands between each action and one customer.

The engine stops at the first; here each is named, so that it can be told which is the only one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from nba_desktop.backend.analysis.population import Person
from nba_desktop.backend.decisioning.catalogue import Action, Catalogue
from nba_desktop.backend.decisioning.contact_policy import ContactPolicy, blocked_by_consent
from nba_desktop.backend.decisioning.learning.update import FloatArray
from nba_desktop.contract.codes import ActionKind, Load, Stage


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
        self._threshold: float = getattr(catalogue.entry.load_gate, load.value)
        today = now.astimezone(catalogue.zone).date()
        self._for_all = [
            Obstacle(place, stage, rule)
            for place, action in enumerate(catalogue.actions)
            for stage, rule in _of_action(action, today, skills)
        ]
        self._advertising = [place for place, one in enumerate(catalogue.actions) if one.advertising]
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

    def of(self, person: Person, open_complaint: bool, means: FloatArray | None) -> list[Obstacle]:
        """Name all for one person; `means` are the actions' propensities, needed where it is `gated`."""
        found = list(self._for_all)
        if person.consents.objected:
            found += [Obstacle(place, Stage.LEGAL, "advertising_objection") for place in self._advertising]
        if open_complaint:
            found += [Obstacle(place, Stage.APPLICABILITY, "open_complaint") for place in self._advertising]
        for place, purpose in self._asking:
            settled = blocked_by_consent(self._catalogue, purpose, person.consents, self._now)
            if settled is not None:
                found.append(Obstacle(place, settled.stage, settled.rule))
        if person.past or person.exposures:
            policy = ContactPolicy(self._catalogue, person.past, person.exposures, self._now)
            for place, action in enumerate(self._catalogue.actions):
                out = policy.removal(action)
                if out is not None:
                    found.append(Obstacle(place, out.stage, out.rule))
        if self.gated and means is not None:
            found += [
                Obstacle(place, Stage.SELECTION, "load_gate") for place in self._sales if means[place] < self._threshold
            ]
        return found


def _of_action(action: Action, today: date, skills: frozenset[str]) -> Iterator[tuple[Stage, str]]:
    """What keeps the action from everybody."""
    first, last = action.entry.valid_from, action.entry.valid_to
    if first is not None and today < first:
        yield Stage.ELIGIBILITY, "not_valid_yet"
    if last is not None and today > last:
        yield Stage.ELIGIBILITY, "no_longer_valid"
    if not skills.issuperset(action.skills):
        yield Stage.AGENT, "skill_missing"
