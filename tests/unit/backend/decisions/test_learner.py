"""What answers teach survives everything, counts once, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.loader import load_catalogue
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.errors import NotFound
from nba_desktop.backend.ports import Unit
from nba_desktop.backend.rows import OutcomeRow, PortalDecisionRow
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import OutcomeCode
from tests.fakes.backend_site import NOW, sql_store
from tests.fakes.decisions import SAMPLE_CATALOGUE

FIX, MAINTENANCE = "RET_FIX12", "XS_MAINTAIN"
VALUES: dict[str, Value] = {"has_electricity": True, "churn_class": "high", "concern": "tariff", "concern_solved": True}
SAMPLE = load_catalogue(SAMPLE_CATALOGUE)


class Rolled(Exception):
    """Ends a transaction that must not count."""


@dataclass
class Site:
    """A store with its learner, and what happens to recommendations there."""

    store: SqlStore
    learner: Learner
    catalogue: Catalogue = SAMPLE

    def another_learner(self, snapshot_every: int = 5000) -> Learner:
        return Learner(self.store, lambda _unit, _version: self.catalogue, lambda: NOW, snapshot_every)

    def decided(self) -> UUID:
        decision_id = new_id()
        with self.store.write() as unit:
            unit.decisions.add_portal(
                PortalDecisionRow(
                    decision_id=decision_id,
                    customer_id="c-1",
                    placement="home",
                    decided_at=NOW,
                    catalogue_version=self.catalogue.version,
                    model_version="bayes-1@0",
                    arm="ranked",
                    none_because=None,
                    shown=(FIX, MAINTENANCE),
                    record=json.dumps({"inputs": VALUES}),
                )
            )
        return decision_id

    def hears(self, decision_id: UUID, action_id: str, code: OutcomeCode, later: int = 0) -> UUID:
        with self.store.write() as unit:
            return self.takes_in(unit, decision_id, action_id, code, later)

    def takes_in(self, unit: Unit, decision_id: UUID, action_id: str, code: OutcomeCode, later: int = 0) -> UUID:
        event_id = new_id()
        unit.outcomes.add(
            OutcomeRow(
                event_id,
                "crm",
                decision_id,
                "c-1",
                action_id,
                code,
                NOW + timedelta(days=later),
                NOW + timedelta(days=9),
            )
        )
        self.learner.learn(unit, decision_id, action_id, event_id)
        return event_id

    def means(self, learner: Learner | None = None) -> np.ndarray:
        with self.store.write() as unit:
            return (learner or self.learner).model_for(unit, self.catalogue).propensities(VALUES).means.copy()

    def mean(self, action_id: str = FIX) -> float:
        return float(self.means()[[one.action_id for one in self.catalogue.actions].index(action_id)])

    def log(self) -> list[tuple[str, int, float]]:
        with self.store.read() as unit:
            return [(row.action_id, row.sign, row.label) for row in unit.learning.after(0, "bayes")]


@pytest.fixture
def opened(tmp_path: Path) -> AbstractContextManager[SqlStore]:
    return sql_store(tmp_path)


@pytest.fixture
def site(opened: AbstractContextManager[SqlStore]) -> Iterator[Site]:
    with opened as store:
        made = Site(store, Learner(store, lambda _unit, _version: SAMPLE, lambda: NOW))
        yield made


def test_a_completed_offer_makes_the_next_one_likelier(site: Site) -> None:
    before = site.mean()
    site.hears(site.decided(), FIX, OutcomeCode.COMPLETED)
    assert site.mean() > before


def test_a_revocation_days_later_repairs_what_was_learnt(site: Site) -> None:
    decision = site.decided()
    site.hears(site.decided(), MAINTENANCE, OutcomeCode.COMPLETED)
    before = site.mean()
    site.hears(decision, FIX, OutcomeCode.COMPLETED)
    site.hears(decision, FIX, OutcomeCode.REVOKED, later=9)
    assert site.log() == [(MAINTENANCE, 1, 1.0), (FIX, 1, 1.0), (FIX, -1, 1.0), (FIX, 1, 0.0)]
    assert site.mean() < before


def test_what_was_heard_before_teaches_nothing_again(site: Site) -> None:
    decision = site.decided()
    site.hears(decision, FIX, OutcomeCode.COMPLETED)
    once = site.means()
    site.hears(decision, FIX, OutcomeCode.TEASER_SEEN, later=1)
    with site.store.write() as unit:
        site.learner.learn(unit, decision, FIX, new_id())
    assert len(site.log()) == 1
    assert np.array_equal(site.means(), once)


@pytest.mark.parametrize("in_one_go", [True, False])
def test_the_order_of_a_decisions_answers_does_not_matter(tmp_path: Path, in_one_go: bool) -> None:
    answers = [(FIX, OutcomeCode.COMPLETED), (MAINTENANCE, OutcomeCode.TEASER_DISMISSED)]
    found = []
    for place, order in enumerate((answers, answers[::-1])):
        folder = tmp_path / str(place)
        folder.mkdir()
        with sql_store(folder) as store:
            site = Site(store, Learner(store, lambda _unit, _version: SAMPLE, lambda: NOW))
            decision = site.decided()
            if in_one_go:
                with store.write() as unit:
                    for action_id, code in order:
                        site.takes_in(unit, decision, action_id, code)
            else:
                for action_id, code in order:
                    site.hears(decision, action_id, code)
            found.append(site.means())
    assert np.allclose(found[0], found[1], rtol=0, atol=1e-7)


def test_what_a_transaction_did_not_keep_was_not_learnt(site: Site) -> None:
    before, decision = site.means(), site.decided()
    with suppress(Rolled), site.store.write() as unit:
        site.takes_in(unit, decision, FIX, OutcomeCode.COMPLETED)
        raise Rolled
    assert site.log() == []
    assert np.array_equal(site.means(), before)
    site.hears(decision, FIX, OutcomeCode.TEASER_DISMISSED)
    assert site.mean() < before[[one.action_id for one in SAMPLE.actions].index(FIX)]


def test_a_process_beside_it_and_one_that_starts_later_know_the_same(site: Site) -> None:
    beside = site.another_learner()
    site.means(beside)
    for _ in range(3):
        site.hears(site.decided(), FIX, OutcomeCode.COMPLETED)
    assert np.array_equal(site.means(beside), site.means())
    assert np.allclose(site.means(site.another_learner()), site.means(), rtol=0, atol=1e-12)


def test_a_start_from_a_snapshot_knows_the_same_as_one_from_the_whole_log(site: Site) -> None:
    site.learner = site.another_learner(snapshot_every=2)
    for _ in range(7):
        site.hears(site.decided(), FIX, OutcomeCode.COMPLETED)
    with site.store.read() as unit:
        kept = unit.learning.snapshots()
    assert [one.position for one in kept] == [2, 4, 6]
    assert np.allclose(site.means(site.another_learner()), site.means(), rtol=0, atol=1e-9)


def test_a_restored_model_is_what_it_was_and_learns_on_from_there(site: Site) -> None:
    site.hears(site.decided(), FIX, OutcomeCode.COMPLETED)
    then = site.means()
    with site.store.write() as unit:
        snapshot = site.learner.snapshot(unit, SAMPLE)
    assert snapshot is not None
    mistaken = site.decided()
    site.hears(mistaken, FIX, OutcomeCode.TEASER_DISMISSED)
    assert not np.allclose(site.means(), then)
    with site.store.write() as unit:
        site.learner.restore(unit, snapshot)
    assert np.allclose(site.means(), then, rtol=0, atol=1e-12)
    assert np.allclose(site.means(site.another_learner()), then, rtol=0, atol=1e-12)
    # What was set aside is not taken back a second time when it turns out otherwise.
    site.hears(mistaken, FIX, OutcomeCode.COMPLETED, later=3)
    assert site.log()[-1] == (FIX, 1, 1.0)
    assert [row for row in site.log() if row[1] < 0] == []
    assert site.mean() > then[[one.action_id for one in SAMPLE.actions].index(FIX)]


def test_a_snapshot_that_is_not_there_cannot_be_restored(site: Site) -> None:
    with site.store.write() as unit, pytest.raises(NotFound, match="there is no snapshot 7"):
        site.learner.restore(unit, 7)


def test_a_decision_nobody_knows_teaches_nothing(site: Site) -> None:
    with site.store.write() as unit:
        site.learner.learn(unit, new_id(), FIX, new_id())
    assert site.log() == []
