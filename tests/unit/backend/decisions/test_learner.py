"""What answers teach survives everything, counts once, and can be taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from nba_desktop.backend.decisioning.attributes import Value
from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.learning.update import Update
from nba_desktop.backend.decisions.learner import Learner
from nba_desktop.backend.errors import NotFound
from nba_desktop.backend.ports.unit import Unit
from nba_desktop.backend.rows.decisions import PortalDecisionRow
from nba_desktop.backend.rows.learning import SnapshotRow
from nba_desktop.backend.rows.outcomes import OutcomeRow
from nba_desktop.backend.store.unit import SqlStore
from nba_desktop.contract.base import new_id
from nba_desktop.contract.codes import OutcomeCode
from tests.fakes.backend_site import NOW, sql_store
from tests.fakes.decisions import sample_catalogue

FIX, MAINTENANCE = "RET_FIX12", "XS_MAINTAIN"
VALUES: dict[str, Value] = {"has_electricity": True, "churn_class": "high", "concern": "tariff", "concern_solved": True}
SAMPLE = sample_catalogue()


class Rolled(Exception):
    """Ends a transaction that must not count."""


@dataclass
class Site:
    """A store with its learner, and what happens to recommendations there."""

    store: SqlStore
    learner: Learner
    catalogue: Catalogue = SAMPLE
    now: datetime = NOW

    def another_learner(self, snapshot_every: int = 5000) -> Learner:
        return Learner(self.store, lambda _unit, _version: self.catalogue, lambda: self.now, snapshot_every)

    def decided(self) -> UUID:
        decision_id = new_id()
        with self.store.write() as unit:
            unit.decisions.add_portal(
                PortalDecisionRow(
                    decision_id=decision_id,
                    customer_id="c-1",
                    placement="home",
                    decided_at=self.now,
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

    def version(self, learner: Learner | None = None) -> str:
        with self.store.write() as unit:
            return (learner or self.learner).model_for(unit, self.catalogue).version

    def accepts(self, times: int) -> None:
        for _ in range(times):
            self.hears(self.decided(), FIX, OutcomeCode.COMPLETED)

    def keeps(self) -> int:
        with self.store.write() as unit:
            kept = self.learner.snapshot(unit, self.catalogue)
        assert kept is not None
        return kept

    def restores(self, snapshot_id: int) -> int:
        with self.store.write() as unit:
            return self.learner.restore(unit, snapshot_id)

    def adds(self, content: bytes, restored_from: int | None = None) -> int:
        """A snapshot of the model as it is, with another content."""
        version = self.version()
        with self.store.write() as unit:
            position, _ = unit.learning.head()
            return unit.learning.add_snapshot(
                SnapshotRow(0, position, "bayes", version, self.now, content, restored_from)
            )

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
        made.learner = made.another_learner()
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


YEARS = timedelta(days=20 * 365)


@pytest.mark.parametrize("restarted", [True, False])
def test_calls_under_a_wrong_clock_count_and_do_not_stop_learning(site: Site, tmp_path: Path, restarted: bool) -> None:
    (tmp_path / "right").mkdir()
    with sql_store(tmp_path / "right") as store:
        right = Site(store, Learner(store, lambda _unit, _version: SAMPLE, lambda: NOW))
        right.accepts(22)
        after_22 = right.mean()
        right.accepts(38)
        after_60 = right.mean()
    site.accepts(20)
    after_20 = site.mean()
    site.now = NOW + YEARS
    site.accepts(2)
    site.now = NOW
    if restarted:
        site.learner = site.another_learner()
    assert after_20 < site.mean() == pytest.approx(after_22, abs=0.03)
    site.accepts(38)
    assert site.mean() == pytest.approx(after_60, abs=0.015)
    assert after_60 - after_22 > 0.04


def test_an_update_from_the_future_is_taken_back_as_it_was_added(site: Site) -> None:
    site.accepts(3)
    site.now = NOW + YEARS
    decision = site.decided()
    site.hears(decision, FIX, OutcomeCode.COMPLETED)
    site.now = NOW
    site.means()
    site.now = NOW + timedelta(days=60)
    site.hears(decision, FIX, OutcomeCode.REVOKED)
    with site.store.read() as unit:
        *_, last = unit.learning.after(0, "bayes")
    # The no that replaces it is dated by the clock that is right.
    assert Update.from_bytes(last.content).at == site.now
    assert np.allclose(site.means(), site.means(site.another_learner()), rtol=0, atol=1e-9)


def test_a_clock_that_is_set_back_neither_forgets_nor_magnifies(site: Site) -> None:
    site.accepts(5)
    known = site.means()
    site.now = NOW - YEARS
    assert np.allclose(site.means(), known, rtol=0, atol=1e-9)
    site.now = NOW
    assert np.allclose(site.means(), known, rtol=0, atol=1e-9)
    site.now = NOW + timedelta(days=900)
    forgotten = site.means()
    site.now = NOW
    assert not np.allclose(forgotten, known, rtol=0, atol=1e-3)
    assert np.allclose(site.means(), known, rtol=0, atol=1e-9)


@pytest.mark.expected_log(r"snapshot [12] of the model is dated in the future and left out")
def test_a_snapshot_from_the_future_is_not_used_nor_is_what_brings_it_back(site: Site) -> None:
    site.accepts(5)
    known = site.means()
    site.now = NOW + YEARS
    kept = site.keeps()
    site.now = NOW
    assert np.allclose(site.means(site.another_learner()), known, rtol=0, atol=1e-9)
    site.restores(kept)
    assert np.allclose(site.means(site.another_learner()), known, rtol=0, atol=1e-9)


def test_what_was_taken_back_after_a_snapshot_stays_taken_back_when_it_is_restored(site: Site) -> None:
    nothing, decision = site.means(), site.decided()
    site.hears(decision, FIX, OutcomeCode.COMPLETED)
    kept = site.keeps()
    site.hears(decision, FIX, OutcomeCode.REVOKED, later=1)
    only_no = site.means()
    for times in (1, 2):
        site.restores(kept)
        assert site.log()[2:] == [(FIX, 1, 0.0), *[(FIX, -1, 1.0)] * times]
        assert np.allclose(site.means(), nothing, rtol=0, atol=1e-6)
    # What is heard later is learnt once, and nothing is taken back that is not there.
    site.hears(decision, FIX, OutcomeCode.PENDING_LAPSED, later=2)
    assert site.log()[5:] == [(FIX, 1, 0.0)]
    assert np.allclose(site.means(), only_no, rtol=0, atol=1e-6)
    assert np.allclose(site.means(site.another_learner()), only_no, rtol=0, atol=1e-6)


def test_what_a_snapshot_knows_and_still_holds_is_not_taken_back_when_it_is_restored(site: Site) -> None:
    decision = site.decided()
    site.hears(decision, FIX, OutcomeCode.COMPLETED)
    kept, known = site.keeps(), site.means()
    site.hears(decision, FIX, OutcomeCode.REVOKED, later=1)
    site.hears(decision, FIX, OutcomeCode.COMPLETED, later=2)
    site.restores(kept)
    assert np.allclose(site.means(), known, rtol=0, atol=1e-9)
    site.hears(decision, FIX, OutcomeCode.COMPLETED, later=3)
    assert np.allclose(site.means(), known, rtol=0, atol=1e-9)


def test_a_model_version_names_one_state(site: Site) -> None:
    beside, names = site.another_learner(), [site.version()]

    def named() -> None:
        names.append(site.version())
        assert site.version(beside) == site.version(site.another_learner()) == names[-1]

    decision = site.decided()
    for later, code in enumerate((OutcomeCode.COMPLETED, OutcomeCode.REVOKED, OutcomeCode.COMPLETED)):
        site.hears(decision, FIX, code, later)
        named()
    kept = site.keeps()
    assert site.version() == names[-1]
    site.accepts(1)
    named()
    restored = site.restores(kept)
    named()
    with site.store.read() as unit:
        row = unit.learning.snapshot(restored)
    assert row is not None
    assert row.model_version == names[-1]
    site.accepts(1)
    named()
    assert len(set(names)) == len(names) == 7


@pytest.mark.expected_log(r"snapshot 2 of the model is left out.* damaged")
@pytest.mark.parametrize("content", [b"\0", b"", b"nothing"])
def test_a_damaged_snapshot_is_said_and_made_up_for_by_the_one_before(site: Site, content: bytes) -> None:
    site.accepts(2)
    site.keeps()
    site.accepts(2)
    site.adds(content)
    site.accepts(2)
    assert np.allclose(site.means(site.another_learner()), site.means(), rtol=0, atol=1e-9)
    assert site.version(site.another_learner()) == site.version()


@pytest.mark.expected_log(r"snapshot [123] of the model is left out.* damaged")
@pytest.mark.parametrize("damaged", [{3}, {1, 3}, {1, 2, 3}])
def test_a_damaged_snapshot_that_brought_one_back_still_sets_aside_what_came_between(
    site: Site, damaged: set[int]
) -> None:
    site.accepts(2)
    then = site.means()
    if 1 in damaged:
        site.adds(b"\0")
    else:
        site.keeps()
    site.hears(site.decided(), FIX, OutcomeCode.TEASER_DISMISSED)
    if 2 in damaged:
        site.adds(b"\0")
    else:
        site.keeps()
    site.hears(site.decided(), FIX, OutcomeCode.TEASER_DISMISSED)
    site.adds(b"\0", restored_from=1)
    assert np.allclose(site.means(site.another_learner()), then, rtol=0, atol=1e-9)
    assert np.allclose(site.means(), then, rtol=0, atol=1e-9)


def test_a_snapshot_that_was_not_kept_hides_no_restore(site: Site) -> None:
    site.accepts(1)
    kept, then = site.keeps(), site.means()
    site.accepts(1)
    with suppress(Rolled), site.store.write() as unit:
        undone = site.learner.snapshot(unit, SAMPLE)
        raise Rolled
    with site.store.write() as unit:
        assert site.another_learner().restore(unit, kept) == undone
    assert np.allclose(site.means(), then, rtol=0, atol=1e-9)


def test_a_transaction_keeps_the_model_once(site: Site) -> None:
    site.learner = site.another_learner(snapshot_every=1)
    site.accepts(1)
    decisions = [site.decided() for _ in range(3)]
    with site.store.write() as unit:
        for decision in decisions:
            site.takes_in(unit, decision, FIX, OutcomeCode.COMPLETED)
    with site.store.read() as unit:
        assert [one.position for one in unit.learning.snapshots()] == [1]
