"""What each factor of the priority decides: who would be shown something else if it counted 1 for every action.

The priorities and the rules of selection are the engine's own; only candidates change their order, so the stages
before need not be gone through again.
"""

from __future__ import annotations

from collections import Counter
from typing import Final, get_args

import numpy as np

from nba_desktop.backend.analysis.simulation_report import WithoutFactor
from nba_desktop.backend.arrays import FloatArray
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.engine import CALL_SLOTS
from nba_desktop.backend.decisioning.ranking import Factor
from nba_desktop.backend.decisioning.record import DecisionRecord
from nba_desktop.backend.decisioning.scoring import Scoring
from nba_desktop.backend.decisioning.selection import Candidates, slates
from nba_desktop.contract.codes import ActionKind

FACTORS: Final[tuple[Factor, ...]] = get_args(Factor)


class Sensitivity:
    """Counts for one catalogue, decision by decision."""

    def __init__(self, catalogue: Catalogue, authority: str | None) -> None:
        entries = [one.entry for one in catalogue.actions]
        self._authority = authority
        self._ids = [one.id for one in entries]
        self._kinds = [one.kind for one in entries]
        self._places = {action_id: place for place, action_id in enumerate(self._ids)}
        self._service = np.array([one is ActionKind.SERVICE for one in self._kinds], dtype=np.bool_)
        self._consent = np.array([one is ActionKind.CONSENT for one in self._kinds], dtype=np.bool_)
        self._strategic = np.array([one.strategic for one in entries], dtype=np.bool_)
        self._scorings = [Scoring(catalogue, (factor,)) for factor in FACTORS]
        self._first: Counter[Factor] = Counter()
        self._shown: Counter[Factor] = Counter()
        self._moved: dict[Factor, Counter[str]] = {factor: Counter() for factor in FACTORS}

    def add(self, record: DecisionRecord, means: FloatArray) -> None:
        """Count one decision; `means` are the propensities of the catalogue's actions."""
        for factor, slate in zip(FACTORS, self.slates(record, means), strict=True):
            if set(slate) != set(record.slate):
                self._shown[factor] += 1
            if slate[:1] != record.slate[:1]:
                self._first[factor] += 1
                self._moved[factor][self._kind(slate[0])] += 1
                self._moved[factor][self._kind(record.slate[0])] -= 1

    def slates(self, record: DecisionRecord, means: FloatArray) -> list[tuple[str, ...]]:
        """Return what would be shown without each factor, best first."""
        if len(record.candidates) < 2:
            return [record.slate] * len(FACTORS)
        # Of equal priorities the smaller id goes first.
        rows = sorted(record.candidates, key=lambda one: one.action_id)
        places = np.array([self._places[one.action_id] for one in rows], dtype=np.intp)
        candidates = Candidates(
            service=self._service[places],
            consent=self._consent[places],
            strategic=self._strategic[places],
            quiet=np.array([one.quiet for one in rows], dtype=np.bool_),
        )
        values, every = record.inputs, means[np.newaxis, :]
        priorities = np.vstack(
            [one.priorities(every, values, one.factors(values, self._authority))[0] for one in self._scorings]
        )
        chosen = slates(candidates, candidates.keys(priorities[:, places]), CALL_SLOTS)
        return [tuple(rows[one].action_id for one in slate) for slate in chosen.tolist()]

    def result(self, customers: int) -> tuple[WithoutFactor, ...]:
        """Return what was found, the factor that decides most first places before the others."""
        found = [
            WithoutFactor(
                factor=factor,
                first_changed=self._first[factor],
                first_changed_share=self._first[factor] / customers,
                shown_changed=self._shown[factor],
                shown_changed_share=self._shown[factor] / customers,
                first_places={
                    kind.value: self._moved[factor][kind.value]
                    for kind in ActionKind
                    if self._moved[factor][kind.value]
                },
            )
            for factor in FACTORS
        ]
        return tuple(sorted(found, key=lambda one: -one.first_changed))

    def _kind(self, action_id: str) -> str:
        return self._kinds[self._places[action_id]].value
