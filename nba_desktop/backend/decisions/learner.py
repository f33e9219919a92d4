"""The model in memory beside its log in the store: what answers teach is appended there, and applied from there.

The log is the truth: an update counts once it is committed, is taken back by a row of its own, and a model is the
newest snapshot with the rows behind it. So a process that is killed loses nothing, and one that runs beside it
learns the same. The model's time is the clock's: what a wrong clock dated in the future counts as of now.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from nba_desktop.backend.decisioning.catalogue import Catalogue
from nba_desktop.backend.decisioning.learning.factory import make_model
from nba_desktop.backend.decisioning.learning.labels import final_label
from nba_desktop.backend.decisioning.learning.protocols import Example, LearningModel
from nba_desktop.backend.decisioning.learning.settings import LearningSettings
from nba_desktop.backend.decisioning.learning.update import Update
from nba_desktop.backend.decisioning.propensity import features_for, traits_of
from nba_desktop.backend.decisioning.record import values_of
from nba_desktop.backend.decisions.lineage import SKEW, Span, is_dated_later, is_in, lineage, restores_in, spans_of
from nba_desktop.backend.errors import NotFound, SnapshotError
from nba_desktop.backend.ports.learning import LearningStore
from nba_desktop.backend.ports.unit import Store, Unit
from nba_desktop.backend.rows.learning import LearningRow, SnapshotRow
from nba_desktop.contract.base import new_id

SNAPSHOT_EVERY: Final = 5000
"""Updates after which the model is kept whole, so that a start need not read the log from its beginning."""

_MOST_MODELS: Final = 8

CatalogueOf = Callable[[Unit, str], Catalogue]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Held:
    """A model with the place in the log up to which it has learnt, and the snapshots there were then.

    `as_of` is the newest moment it was advanced to. `clamped` says of each update dated later than the clock, by
    decision and action, as of when it counts; from `right_from` on the first of them is no longer dated later.
    """

    model: LearningModel
    as_of: datetime
    position: int = 0
    snapshot_id: int = 0
    snapshot_position: int = 0
    restores: int = 0
    clamped: dict[tuple[UUID, str], datetime] = field(default_factory=dict)
    right_from: datetime | None = None

    def fits(self, now: datetime) -> bool:
        """Whether it can be advanced to a moment: not when the clock was set back, or put right again."""
        return self.as_of - SKEW <= now and (self.right_from is None or now < self.right_from)

    def take(self, row: LearningRow, now: datetime) -> None:
        """Learn an update of the log, as of now when it is dated later."""
        update, key = Update.from_bytes(row.content), (row.decision_id, row.action_id)
        at = update.at if update.at <= now + SKEW else now
        if row.sign < 0:
            # It is taken back as it was added.
            at = self.clamped.pop(key, at)
        elif at != update.at:
            self.clamped[key] = at
            self.right_from = update.at if self.right_from is None else min(self.right_from, update.at)
        self.model.apply(replace(update, at=at), row.sign)
        self.position = row.position

    def taken(self, row: LearningRow) -> Update:
        """Return an update as it was learnt."""
        update = Update.from_bytes(row.content)
        return replace(update, at=self.clamped.get((row.decision_id, row.action_id), update.at))


class Learner:
    """Gives each catalogue its model, and learns from responses and outcomes.

    One for a process; `catalogue_of` returns a version of the catalogue by its name. Its methods are used within the
    writing transaction `unit`, so that no two learn at a time.
    """

    def __init__(
        self,
        store: Store,
        catalogue_of: CatalogueOf,
        clock: Callable[[], datetime],
        snapshot_every: int = SNAPSHOT_EVERY,
    ) -> None:
        self._store = store
        self._catalogue_of = catalogue_of
        self._clock = clock
        self._snapshot_every = snapshot_every
        self._held: dict[str, _Held] = {}

    def model_for(self, unit: Unit, catalogue: Catalogue) -> LearningModel:
        """Return the model of a catalogue, caught up with everything that is committed."""
        return self._caught_up(unit, catalogue).model

    def learn(self, unit: Unit, decision_id: UUID, action_id: str, event_id: UUID) -> None:
        """Bring what is learnt of one recommendation in line with the codes that count for it now.

        `event_id` is the response, retraction or outcome that was just stored. An update that no longer holds is taken
        back; the same codes again change nothing. A call is decided several times and an action's answers in it come
        to one label and one example: it keeps the decision under which it was first learnt.
        """
        standing = _standing(unit.learning, unit.decisions.same_call(decision_id))
        earlier = standing.get(action_id)
        stored = unit.decisions.stored(decision_id if earlier is None else earlier.decision_id)
        if stored is None:
            return
        catalogue = self._catalogue_of(unit, stored.catalogue_version)
        mode = catalogue.entry.learning.mode
        label = final_label(unit.decisions.codes(decision_id, action_id))
        now = self._clock()
        if earlier is not None:
            if label is not None and (earlier.label, earlier.weight) == (label.accepted, label.weight):
                return
            unit.learning.append(replace(earlier, event_id=event_id, sign=-1, learnt_at=now))
        if label is None or mode == "fixed":
            return
        held = self._caught_up(unit, catalogue)
        example = Example(
            action_id=action_id,
            values=values_of(json.loads(stored.record), catalogue.schema),
            label=label.accepted,
            at=min(stored.decided_at, now),
            weight=label.weight,
        )
        # Rows of this transaction are not in the model yet: there is nothing of them to leave out.
        applied = [one for one in standing.values() if one.mode == mode and one.position <= held.position]
        update = held.model.update_for(example, [held.taken(one) for one in applied])
        if update is None:
            return
        unit.learning.append(
            LearningRow(
                event_id=event_id,
                decision_id=stored.decision_id,
                action_id=action_id,
                sign=1,
                label=label.accepted,
                weight=label.weight,
                decided_at=stored.decided_at,
                learnt_at=now,
                mode=mode,
                content=update.to_bytes(),
            )
        )
        if held.position - held.snapshot_position >= self._snapshot_every:
            kept = [one for one in unit.learning.snapshots() if one.mode == mode]
            # This transaction may have kept one already, which is not known before it is committed.
            if not kept or kept[-1].position < held.position:
                self.snapshot(unit, catalogue)

    def snapshot(self, unit: Unit, catalogue: Catalogue) -> int | None:
        """Keep the model whole and return the snapshot's id; None where the mode does not learn."""
        mode = catalogue.entry.learning.mode
        if mode == "fixed":
            return None
        held = self._caught_up(unit, catalogue)
        return unit.learning.add_snapshot(
            SnapshotRow(
                snapshot_id=0,
                position=held.position,
                mode=mode,
                model_version=held.model.version,
                at=self._clock(),
                content=held.model.snapshot(),
            )
        )

    def restore(self, unit: Unit, snapshot_id: int) -> int:
        """Make the model what it was at a snapshot, and return the new snapshot's id; what came after is set aside.

        The log stays as it is. What was taken back after the snapshot is taken back anew: it holds whatever is
        restored. Raises `NotFound` when there is no such snapshot.
        """
        earlier = unit.learning.snapshot(snapshot_id)
        if earlier is None:
            raise NotFound(f"there is no snapshot {snapshot_id}: `model show` lists them")
        position, _ = unit.learning.head()
        kind, _, _ = earlier.model_version.partition("@")
        restored = unit.learning.add_snapshot(
            replace(
                earlier,
                snapshot_id=0,
                position=position,
                model_version=f"{kind}@{position + restores_in(unit.learning.snapshots()) + 1}",
                at=self._clock(),
                restored_from=snapshot_id,
            )
        )
        self._take_back_anew(unit, earlier.mode)
        return restored

    def _take_back_anew(self, unit: Unit, mode: str) -> None:
        """Take back what stands in the model although its answers, changed outside of it, say otherwise."""
        spans = spans_of(unit.learning.snapshots(), mode)
        changed = dict.fromkeys(
            (row.decision_id, row.action_id)
            for row in unit.learning.after(0, mode)
            if row.sign < 0 and not is_in(row, spans)
        )
        for decision_id, action_id in changed:
            row = _standing(unit.learning, [decision_id]).get(action_id)
            if row is None:
                continue
            label = final_label(unit.decisions.codes(decision_id, action_id))
            if label is None or (row.label, row.weight) != (label.accepted, label.weight):
                unit.learning.append(replace(row, event_id=new_id(), sign=-1, learnt_at=self._clock()))

    def _caught_up(self, unit: Unit, catalogue: Catalogue) -> _Held:
        now = self._clock()
        held = self._held.get(catalogue.version)
        if held is not None and not held.fits(now):
            held = None
        if held is None or (held.position, held.snapshot_id) != unit.learning.head():
            # Only what is committed is learnt: the transaction that asks may yet be undone.
            with self._store.read() as committed:
                held = self._read(committed.learning, catalogue, held, now)
        held.model.advance(now)
        held.as_of = max(held.as_of, now)
        return held

    def _read(self, learning: LearningStore, catalogue: Catalogue, held: _Held | None, now: datetime) -> _Held:
        mode = catalogue.entry.learning.mode
        position, snapshot_id = learning.head()
        if held is None or held.snapshot_id != snapshot_id:
            snapshots = learning.snapshots()
            restores = restores_in(snapshots)
            if held is None or held.restores != restores:
                held = self._built(learning, snapshots, catalogue, now)
            held.restores, held.snapshot_id = restores, snapshot_id
            held.snapshot_position = max((one.position for one in snapshots if one.mode == mode), default=0)
        for row in learning.after(held.position, mode):
            held.take(row, now)
        held.position = position
        # Each update and each snapshot that is brought back makes another state, in every process the same one.
        held.model.count_from(position + held.restores)
        self._held.pop(catalogue.version, None)
        self._held[catalogue.version] = held
        if len(self._held) > _MOST_MODELS:
            del self._held[next(iter(self._held))]
        return held

    def _built(
        self, learning: LearningStore, snapshots: Sequence[SnapshotRow], catalogue: Catalogue, now: datetime
    ) -> _Held:
        """Build the model up to the newest snapshot: from it, else from older ones and the updates between."""
        spans: list[Span] = []
        model: LearningModel | None = None
        for snapshot, span in lineage(snapshots, catalogue.entry.learning.mode):
            spans.append(span)
            if snapshot is None:
                model = _model(catalogue, None)
            elif is_dated_later(snapshot, snapshots, now):
                _log.warning("snapshot %d of the model is dated in the future and left out", snapshot.snapshot_id)
            else:
                model = _restored_or_said(learning, snapshot, catalogue)
            if model is not None:
                break
        assert model is not None, "every lineage ends without a snapshot"
        held = _Held(model, as_of=now)
        newest, *older = spans
        for span in reversed(older):
            for row in learning.after(span.after, catalogue.entry.learning.mode, span.until):
                held.take(row, now)
        held.position = newest.after
        return held


def _standing(learning: LearningStore, decision_ids: Sequence[UUID]) -> dict[str, LearningRow]:
    """The updates of some decisions that are in the model and were not taken back, by action."""
    rows = learning.of_decisions(decision_ids)
    snapshots = learning.snapshots() if rows else ()
    spans = {mode: spans_of(snapshots, mode) for mode in {row.mode for row in rows}}
    standing: dict[str, LearningRow] = {}
    for row in rows:
        if not is_in(row, spans[row.mode]):
            continue
        if row.sign > 0:
            standing[row.action_id] = row
        else:
            standing.pop(row.action_id, None)
    return standing


def _restored_or_said(learning: LearningStore, snapshot: SnapshotRow, catalogue: Catalogue) -> LearningModel | None:
    """The model as a snapshot has it; None where it is damaged, which the log says."""
    whole = learning.snapshot(snapshot.snapshot_id)
    try:
        return None if whole is None else _model(catalogue, whole.content)
    except SnapshotError as error:
        _log.error(
            "snapshot %d of the model is left out, older ones and the log give what it held: %s",
            snapshot.snapshot_id,
            error,
        )
        return None


def _model(catalogue: Catalogue, snapshot: bytes | None) -> LearningModel:
    entry = catalogue.entry.learning
    return make_model(
        LearningSettings(mode=entry.mode, exploration=entry.exploration),
        [traits_of(action) for action in catalogue.actions],
        features_for(catalogue),
        snapshot,
    )
